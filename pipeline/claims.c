/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "claims.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/number.h"
#include "disclosure.h"
#include "flows.h"

/* A register counts its groups; what a survey says of them is rounded, and an estimate. */
bool kt_is_claimed(const kt_measure_spec *spec)
{
    const bool group = strcmp(spec->group, KT_TOTAL) != 0 && spec->rounding == 0.0;
    return kt_flow_find(spec->base) != NULL || group;
}

/* The measure of the other source that stands in the same cells, or NULL. */
static const kt_measure_spec *rival_of(const kt_measure_spec *spec, const kt_source *other)
{
    const kt_measure_spec *found =
        kt_is_claimed(spec) ? kt_source_measure(other, spec->measure) : NULL;
    return found != NULL && strcmp(found->unit, spec->unit) == 0 ? found : NULL;
}

static bool are_rivals(const kt_source *source, const kt_source *other)
{
    for (size_t i = 0; i < source->measure_count; i++) {
        if (rival_of(&source->measures[i], other) != NULL) {
            return true;
        }
    }
    return false;
}

/* The order of the configuration; under strict disclosure tables of totals come first. */
static bool comes_before(const kt_night *night, size_t one, size_t other)
{
    const size_t first = kt_disclosure_rank(night->config->sources[one]);
    const size_t others = kt_disclosure_rank(night->config->sources[other]);
    return night->config->publish.strict_disclosure && first != others ? first < others
                                                                       : one < other;
}

/* The table at `at` if the source is held against it, or NULL. */
static const kt_table *claimant(const kt_night *night, const kt_source *source, size_t at)
{
    const size_t own = kt_config_source(night->config, source->id);
    const kt_table *table = &night->tables[at];
    return at != own && comes_before(night, at, own) && table->there &&
                   are_rivals(source, table->source)
               ? table
               : NULL;
}

const char *kt_claims_key(const kt_night *night, const kt_source *source, kt_arena *arena)
{
    const char *key = "";
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = claimant(night, source, i);
        if (table != NULL) {
            key = kt_arena_print(arena, "%s %s=%s", key, table->source->id,
                                 table->key == NULL ? "" : table->key);
        }
    }
    return key;
}

/* A table that gives cells. */
typedef struct side {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
    kt_cube *slab; /* of the period that is looked at */
} side;

/* Lines that both sides have: their positions in the first and in the second. */
typedef struct common {
    size_t *first, *second;
    size_t count;
} common;

/* Two tables, and what they said differently. */
typedef struct dispute {
    side first, second; /* the second one is held if they differ */
    common regions, occupations;
    const kt_rollup_line *region, *occupation; /* lines of the second */
    size_t compared, differ;
    double largest;
    const char *example; /* NULL as long as they agree */
    kt_arena *arena;
} dispute;

typedef size_t lines_of(const kt_rollup *rollup, const kt_rollup_line **lines);

/* What is left over depends on the source's own codes for it, so it is no claim. */
static bool is_given(const kt_rollup_line *line)
{
    return strncmp(line->code, "_X", 2) != 0;
}

static common find_common(const dispute *of, lines_of *list)
{
    const kt_rollup_line *first = NULL;
    const kt_rollup_line *second = NULL;
    const size_t first_count = list(of->first.rollup, &first);
    const size_t second_count = list(of->second.rollup, &second);
    common both = {.first = kt_arena_array(of->arena, size_t, second_count + 1),
                   .second = kt_arena_array(of->arena, size_t, second_count + 1)};
    for (size_t i = 0; i < second_count; i++) {
        const size_t found =
            kt_rollup_line_find(first, first_count, second[i].level, second[i].code);
        if (found != KT_NO_CODE && is_given(&second[i])) {
            both.first[both.count] = found;
            both.second[both.count++] = i;
        }
    }
    return both;
}

/* A figure that is one: not hidden, and not made of hidden ones. */
static bool is_known(kt_obs obs)
{
    return kt_obs_has_value(obs) && obs != KT_OBS_ESTIMATED;
}

static void tell(dispute *of, const char *measure, size_t region, size_t occupation, double first,
                 double second)
{
    char one[KT_NUMBER_SIZE], other[KT_NUMBER_SIZE];
    (void)kt_number_write(first, one);
    (void)kt_number_write(second, other);
    of->example = kt_arena_print(
        of->arena,
        "period=%s region=%s occupation=%s measure=%s: %s in %s and %s in %s, expected the same "
        "figure of both",
        kt_codes_at(of->second.slab->codes[KT_ROLE_PERIOD], 0), of->region[region].code,
        of->occupation[occupation].code, measure, one, of->first.source->id, other,
        of->second.source->id);
}

/* One measure and group of both. */
typedef struct claim {
    const kt_measure_spec *first_spec, *second_spec;
    size_t first_at[KT_ROLES], second_at[KT_ROLES];
} claim;

static void compare_cell(dispute *of, claim *one, size_t r, size_t o)
{
    one->first_at[KT_ROLE_REGION] = of->regions.first[r];
    one->first_at[KT_ROLE_OCCUPATION] = of->occupations.first[o];
    one->second_at[KT_ROLE_REGION] = of->regions.second[r];
    one->second_at[KT_ROLE_OCCUPATION] = of->occupations.second[o];
    const size_t first = kt_cube_at(of->first.slab, one->first_at);
    const size_t second = kt_cube_at(of->second.slab, one->second_at);
    const kt_obs first_is = (kt_obs)of->first.slab->status[first];
    const kt_obs second_is = (kt_obs)of->second.slab->status[second];
    const bool provisional = first_is == KT_OBS_PROVISIONAL;
    if (!is_known(first_is) || !is_known(second_is) ||
        provisional != (second_is == KT_OBS_PROVISIONAL)) {
        return;
    }
    const double a = of->first.slab->value[first], b = of->second.slab->value[second];
    const double slack = (one->first_spec->rounding + one->second_spec->rounding) / 2.0;
    of->compared++;
    if (fabs(a - b) <= slack + 1e-9 * fabs(a)) {
        return;
    }
    of->differ++;
    of->largest = fmax(of->largest, fabs(a - b));
    if (of->example == NULL) {
        tell(of, one->second_spec->measure, one->second_at[KT_ROLE_REGION],
             one->second_at[KT_ROLE_OCCUPATION], a, b);
    }
}

/* The position in the first table of what the second calls a group, or KT_NO_CODE. */
static size_t same_group(const dispute *of, size_t group)
{
    const kt_codes *first = of->first.cube->codes[KT_ROLE_GROUP];
    const char *wanted =
        kt_flow_group(of->second.source, kt_codes_at(of->second.cube->codes[KT_ROLE_GROUP], group));
    for (size_t i = 0; i < kt_codes_count(first); i++) {
        if (strcmp(kt_flow_group(of->first.source, kt_codes_at(first, i)), wanted) == 0) {
            return i;
        }
    }
    return KT_NO_CODE;
}

static void compare_group(dispute *of, claim *one, size_t group)
{
    one->second_at[KT_ROLE_GROUP] = group;
    one->first_at[KT_ROLE_GROUP] = same_group(of, group);
    one->first_at[KT_ROLE_SECTOR] =
        kt_place_of_all(of->first.cube, of->first.source, KT_ROLE_SECTOR);
    one->second_at[KT_ROLE_SECTOR] =
        kt_place_of_all(of->second.cube, of->second.source, KT_ROLE_SECTOR);
    if (one->first_at[KT_ROLE_GROUP] == KT_NO_CODE || one->first_at[KT_ROLE_SECTOR] == KT_NO_CODE ||
        one->second_at[KT_ROLE_SECTOR] == KT_NO_CODE) {
        return;
    }
    for (size_t i = 0; i < of->regions.count * of->occupations.count; i++) {
        compare_cell(of, one, i / of->occupations.count, i % of->occupations.count);
    }
}

static void compare_measure(dispute *of, size_t measure)
{
    const char *code = kt_codes_at(of->second.cube->codes[KT_ROLE_MEASURE], measure);
    const kt_measure_spec *own = kt_source_measure(of->second.source, code);
    claim one = {.second_spec = own,
                 .first_spec = own == NULL ? NULL : rival_of(own, of->first.source)};
    if (one.first_spec == NULL) {
        return;
    }
    one.second_at[KT_ROLE_MEASURE] = measure;
    one.first_at[KT_ROLE_MEASURE] = kt_codes_find(of->first.cube->codes[KT_ROLE_MEASURE], code);
    for (size_t g = 0;
         one.first_at[KT_ROLE_MEASURE] != KT_NO_CODE && g < of->second.cube->size[KT_ROLE_GROUP];
         g++) {
        compare_group(of, &one, g);
    }
}

static kt_status compare_period(dispute *of, size_t first, size_t second, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("cells of two sources", 0);
    KT_TRY(kt_rollup_period(of->first.rollup, of->first.cube, first, arena, &of->first.slab, err));
    KT_TRY(
        kt_rollup_period(of->second.rollup, of->second.cube, second, arena, &of->second.slab, err));
    for (size_t m = 0; m < of->second.cube->size[KT_ROLE_MEASURE]; m++) {
        compare_measure(of, m);
    }
    return KT_OK;
}

static kt_status compare_tables(dispute *of, kt_error *err)
{
    assert(of->first.cube != NULL && of->second.cube != NULL);
    const kt_codes *first = of->first.cube->codes[KT_ROLE_PERIOD];
    const kt_codes *second = of->second.cube->codes[KT_ROLE_PERIOD];
    of->regions = find_common(of, kt_rollup_regions);
    of->occupations = find_common(of, kt_rollup_occupations);
    (void)kt_rollup_regions(of->second.rollup, &of->region);
    (void)kt_rollup_occupations(of->second.rollup, &of->occupation);
    for (size_t i = 0; i < kt_codes_count(second); i++) {
        const size_t place = kt_codes_find(first, kt_codes_at(second, i));
        KT_TRY(place == KT_NO_CODE ? KT_OK : compare_period(of, place, i, err));
    }
    return KT_OK;
}

/* A table that stands as it was left is summed as it was. */
static kt_status open_stored(const kt_night *night, const kt_table *table, kt_arena *arena,
                             side *out, kt_error *err)
{
    kt_cube *cube = NULL;
    kt_rollup *rollup = NULL;
    const kt_classifications *classes = table->stop.held == NULL
                                            ? night->config->classifications
                                            : kt_table_classes(night->store, table->source, arena);
    if (classes == NULL) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: the classifications of its last good version",
                       table->source->id);
    }
    KT_TRY(kt_cube_load(kt_table_cube_path(night->store, table->source, arena), arena, &cube, err));
    KT_TRY(kt_rollup_new(cube, kt_table_source(table, arena), classes, arena, &rollup, err));
    *out = (side){.source = table->source, .cube = cube, .rollup = rollup};
    return KT_OK;
}

static kt_check check_of(const dispute *of)
{
    return (kt_check){
        .name = KT_CHECK_CLAIMS,
        .subject = kt_arena_print(of->arena, "%s %s", of->second.source->id, of->first.source->id),
        .severity = "hold",
        .passed = of->example == NULL,
        .measured = of->largest,
        .threshold = 0.0,
        .cells_checked = of->compared,
        .cells_failed = of->differ,
        .examples = of->example == NULL ? "" : of->example};
}

static kt_status settle(const kt_night *night, const kt_table *table, side second, kt_arena *arena,
                        kt_check *row, kt_error *err)
{
    dispute of = {.second = second, .arena = arena};
    KT_TRY(open_stored(night, table, arena, &of.first, err));
    KT_TRY(compare_tables(&of, err));
    *row = check_of(&of);
    if (of.example == NULL) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA, "%s (%zu of %zu common cells differ)", of.example, of.differ,
                   of.compared);
}

kt_status kt_claims_hold(const kt_night *night, const kt_workshop *shop, const kt_assembled *made,
                         kt_arena *arena, kt_checks *out, kt_error *err)
{
    kt_check *rows = kt_arena_array(arena, kt_check, night->config->source_count + 1);
    const side own = {.source = shop->source, .cube = made->cube, .rollup = made->rollup};
    *out = (kt_checks){.rows = rows};
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = claimant(night, shop->source, i);
        KT_TRY(table == NULL ? KT_OK : settle(night, table, own, arena, &rows[out->count], err));
        out->count += table != NULL;
    }
    return KT_OK;
}
