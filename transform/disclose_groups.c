/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose_groups.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "core/text.h"
#include "rollup_plan.h"

/* Contents of which one tells of another. What is in no family is one of its own. */
enum { SEXES, AGES, BESIDE, FAMILIES /* the first of the others */ };

#define UNEMPLOYED "unemployed"

static bool is_group_base(const char *base)
{
    static const char *const bases[] = {UNEMPLOYED, "job_seekers", "reduced_week", "in_services"};
    for (size_t i = 0; i < sizeof bases / sizeof bases[0]; i++) {
        if (kt_text_same(base, bases[i])) {
            return true;
        }
    }
    return false;
}

static bool has_regions_alone(const kt_source *source)
{
    return kt_source_variable(source, KT_ROLE_OCCUPATION) == NULL &&
           kt_source_variable(source, KT_ROLE_SECTOR) == NULL &&
           kt_source_variable(source, KT_ROLE_GROUP) == NULL;
}

static bool is_group(const kt_measure_spec *spec)
{
    return is_group_base(spec->base) && strcmp(spec->measure, UNEMPLOYED) != 0 &&
           strcmp(spec->unit, "persons") == 0 && spec->rounding == 0.0;
}

bool kt_is_group_content(const kt_source *source, const char *measure)
{
    const kt_measure_spec *spec = kt_source_measure(source, measure);
    return has_regions_alone(source) && spec != NULL && is_group(spec);
}

typedef struct content {
    size_t measure;
    size_t family;
    bool of_unemployed;
    bool is_seekers; /* all job seekers */
} content;

typedef enum row_kind { FINER, MAAKUNTA, COARSER, COUNTRY, NOWHERE } row_kind;

typedef struct withholding {
    const kt_reconcile_table *table;
    content *contents;
    size_t count;
    size_t families;
    size_t rows;
    size_t unemployed; /* measure, or KT_NO_CODE */
    row_kind *kinds;   /* of each row */
    size_t *above;     /* of each finer row: its maakunta's; KT_NO_CODE */
    bool *within;      /* of each row and each other: a maakunta that is, or may be, in the other */
    size_t country;    /* row, or KT_NO_CODE */
    size_t period;
    bool *hidden; /* of each family and row: it does not show there in the period */
} withholding;

static size_t family_of(const kt_measure_spec *spec, size_t own)
{
    static const struct {
        const char *group;
        size_t is;
    } families[] = {{"men", SEXES},
                    {"women", SEXES},
                    {"under_20", AGES},
                    {"under_25", AGES},
                    {"over_50", AGES}};
    if (strcmp(spec->base, UNEMPLOYED) != 0) {
        return BESIDE;
    }
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (strcmp(families[i].group, spec->group) == 0) {
            return families[i].is;
        }
    }
    return FAMILIES + own;
}

static void find_contents(withholding *of, kt_arena *arena)
{
    const kt_codes *measures = of->table->cube->codes[KT_ROLE_MEASURE];
    const size_t count = kt_codes_count(measures);
    of->contents = kt_arena_array(arena, content, count + 1);
    of->families = FAMILIES + count;
    of->unemployed = kt_codes_find(measures, UNEMPLOYED);
    for (size_t i = 0; i < count; i++) {
        const char *measure = kt_codes_at(measures, i);
        if (kt_is_group_content(of->table->source, measure)) {
            const kt_measure_spec *spec = kt_source_measure(of->table->source, measure);
            of->contents[of->count++] =
                (content){.measure = i,
                          .family = family_of(spec, i),
                          .of_unemployed = strcmp(spec->base, UNEMPLOYED) == 0,
                          .is_seekers = strcmp(measure, "job_seekers") == 0};
        }
    }
    of->rows = of->table->cube->size[KT_ROLE_REGION];
    of->hidden = kt_arena_array(arena, bool, of->families * of->rows);
}

/* What a row is: of whole maakunta, of parts of them, or of no region. */
static row_kind kind_of(const withholding *of, size_t row)
{
    const char *code = kt_codes_at(of->table->cube->codes[KT_ROLE_REGION], row);
    const kt_class_item *item = kt_class_find(of->table->regions, code);
    if (row == of->country) {
        return COUNTRY;
    }
    for (size_t i = 0; i < of->table->source->unallocated_count; i++) {
        if (strcmp(of->table->source->unallocated[i].code, code) == 0) {
            return NOWHERE;
        }
    }
    if (item != NULL && strcmp(item->level, "maakunta") == 0) {
        return MAAKUNTA;
    }
    return item != NULL && kt_disclose_is_coarse(item->level) ? COARSER : FINER;
}

/* Where it is not known in which of a level's regions a maakunta is, it may be in any. */
static void find_within(const withholding *of, size_t row)
{
    const kt_codes *regions = of->table->cube->codes[KT_ROLE_REGION];
    for (size_t other = 0; other < of->rows; other++) {
        if (of->kinds[row] == MAAKUNTA && of->kinds[other] == COARSER) {
            const char *code = kt_codes_at(regions, other);
            const char *level = kt_class_find(of->table->regions, code)->level;
            const char *parent =
                kt_class_parent(of->table->regions, kt_codes_at(regions, row), level);
            of->within[row * of->rows + other] = parent == NULL || strcmp(parent, code) == 0;
        }
    }
}

static void find_kinds(withholding *of, kt_arena *arena)
{
    const kt_rollup *rollup = of->table->rollup;
    const kt_codes *regions = of->table->cube->codes[KT_ROLE_REGION];
    of->country = rollup->country == KT_NO_CODE ? KT_NO_CODE
                                                : rollup->regions.recipe[rollup->country].member[0];
    of->kinds = kt_arena_array(arena, row_kind, of->rows + 1);
    of->above = kt_arena_array(arena, size_t, of->rows + 1);
    of->within = kt_arena_array(arena, bool, of->rows * of->rows);
    for (size_t row = 0; row < of->rows; row++) {
        of->kinds[row] = kind_of(of, row);
        const char *parent =
            of->kinds[row] == FINER
                ? kt_class_parent(of->table->regions, kt_codes_at(regions, row), "maakunta")
                : NULL;
        of->above[row] = parent == NULL ? KT_NO_CODE : kt_codes_find(regions, parent);
    }
    for (size_t row = 0; row < of->rows; row++) {
        find_within(of, row);
    }
}

static size_t cell_of(const withholding *of, size_t measure, size_t row)
{
    const kt_cube *cube = of->table->cube;
    return of->period * cube->stride[KT_ROLE_PERIOD] + measure * cube->stride[KT_ROLE_MEASURE] +
           row * cube->stride[KT_ROLE_REGION];
}

static kt_obs obs_of(const withholding *of, size_t measure, size_t row)
{
    return (kt_obs)of->table->cube->status[cell_of(of, measure, row)];
}

/* The figure, or what a hidden one may be at most; NAN where there is none. */
static double most_of(const withholding *of, size_t measure, size_t row)
{
    const kt_obs obs = obs_of(of, measure, row);
    const size_t cell = cell_of(of, measure, row);
    return obs == KT_OBS_WITHDRAWN ? of->table->source->protected_high
                                   : of->table->cube->high[cell];
}

/* NAN where it does not show. */
static double shown_of(const withholding *of, size_t measure, size_t row)
{
    return kt_obs_has_value(obs_of(of, measure, row))
               ? of->table->cube->low[cell_of(of, measure, row)]
               : NAN;
}

static bool is_shown_kind(row_kind is)
{
    return is == MAAKUNTA || is == COARSER || is == COUNTRY;
}

/* What the country has in no maakunta; NAN where that cannot be told. */
static double besides(const withholding *of, size_t measure)
{
    double left = of->country == KT_NO_CODE ? NAN : shown_of(of, measure, of->country);
    for (size_t row = 0; row < of->rows; row++) {
        left -= of->kinds[row] == MAAKUNTA ? shown_of(of, measure, row) : 0.0;
    }
    return left;
}

static void hide(const withholding *of, size_t family, size_t row)
{
    if (row != KT_NO_CODE) {
        of->hidden[family * of->rows + row] = true;
    }
}

/* From one figure to the largest that may be hidden. */
static bool is_small(const withholding *of, double figure)
{
    return figure > 0.0 && figure <= of->table->source->protected_high;
}

/*
 * Who is not elsewhere among the unemployed must be in the row: at least so many of the group. Up
 * to one is what a hidden figure says of itself, and more than it can be is hidden only if it was
 * withdrawn.
 */
static bool tells(const withholding *of, const content *one, size_t row, double group,
                  double unemployed)
{
    const double least = group - (unemployed - most_of(of, of->unemployed, row));
    return least > of->table->source->protected_low &&
           (is_small(of, least) || kt_obs_is_hidden(obs_of(of, one->measure, row)));
}

static void hold_finer(const withholding *of, const content *one, size_t row)
{
    const size_t above = of->above[row];
    if (one->of_unemployed && above != KT_NO_CODE &&
        tells(of, one, row, shown_of(of, one->measure, above),
              shown_of(of, of->unemployed, above))) {
        hide(of, one->family, above);
    }
}

static void hold_nowhere(const withholding *of, const content *one, size_t row)
{
    if (one->of_unemployed &&
        tells(of, one, row, besides(of, one->measure), besides(of, of->unemployed))) {
        hide(of, one->family, of->country);
    }
}

/* Where nobody may be unemployed, all job seekers may be of the few who are not. */
static void hold_seekers(const withholding *of, const content *one)
{
    for (size_t row = 0; row < of->rows; row++) {
        if (of->kinds[row] == MAAKUNTA &&
            is_small(of, shown_of(of, one->measure, row) - shown_of(of, of->unemployed, row))) {
            hide(of, one->family, row);
        }
    }
    if (is_small(of, besides(of, one->measure) - besides(of, of->unemployed))) {
        hide(of, one->family, of->country);
    }
}

static void hold_shown(const withholding *of, const content *one, size_t row)
{
    if (!kt_obs_is_hidden(obs_of(of, one->measure, row))) {
        return;
    }
    hide(of, one->family, row);
    for (size_t part = 0; part < of->rows; part++) {
        if (of->within[part * of->rows + row]) {
            hide(of, one->family, part);
        }
    }
}

static void hold_content(const withholding *of, const content *one)
{
    for (size_t row = 0; row < of->rows; row++) {
        if (is_shown_kind(of->kinds[row])) {
            hold_shown(of, one, row);
        } else if (of->unemployed != KT_NO_CODE && of->kinds[row] == FINER) {
            hold_finer(of, one, row);
        } else if (of->unemployed != KT_NO_CODE) {
            hold_nowhere(of, one, row);
        }
    }
    if (of->unemployed != KT_NO_CODE && one->is_seekers) {
        hold_seekers(of, one);
    }
    const double left = besides(of, one->measure);
    if (left < 0.0 || is_small(of, left)) {
        hide(of, one->family, of->country);
    }
}

/* Where the unemployed do not show groups would show them. */
static void hold_unemployed(const withholding *of)
{
    for (size_t row = 0; row < of->rows && of->unemployed != KT_NO_CODE; row++) {
        const bool hidden =
            is_shown_kind(of->kinds[row]) && kt_obs_is_hidden(obs_of(of, of->unemployed, row));
        for (size_t family = 0; family < of->families && hidden; family++) {
            hide(of, family, row);
        }
    }
}

/* A group that some maakunta has, but none that shows it. */
static bool shows_none(const withholding *of, const content *one)
{
    double sum = 0.0;
    for (size_t row = 0; row < of->rows; row++) {
        const double figure = shown_of(of, one->measure, row);
        if (of->kinds[row] == MAAKUNTA && !of->hidden[one->family * of->rows + row] &&
            !isnan(figure)) {
            sum += figure;
        }
    }
    const bool nobody = of->country != KT_NO_CODE &&
                        (shown_of(of, one->measure, of->country) == 0.0 ||
                         obs_of(of, one->measure, of->country) == KT_OBS_NOT_COLLECTED);
    return sum == 0.0 && !nobody;
}

/* Each maakunta that does not show a hidden one tells that it is not zero, and so of the country.
 */
static void hold_few(const withholding *of, const content *one)
{
    bool *hidden = of->hidden + one->family * of->rows;
    bool any = false;
    for (size_t row = 0; row < of->rows; row++) {
        any = any || (of->kinds[row] == MAAKUNTA && hidden[row]);
    }
    for (size_t row = 0; any && shows_none(of, one) && row < of->rows; row++) {
        hidden[row] = hidden[row] || of->kinds[row] == MAAKUNTA;
    }
}

/* What a maakunta does not show, nothing shows that it is in. */
static void hold_coarser(const withholding *of, size_t family)
{
    bool *hidden = of->hidden + family * of->rows;
    for (size_t part = 0; part < of->rows; part++) {
        for (size_t row = 0; hidden[part] && row < of->rows; row++) {
            hidden[row] = hidden[row] || of->within[part * of->rows + row] ||
                          (of->kinds[part] == MAAKUNTA && row == of->country);
        }
    }
}

static void withhold_content(const withholding *of, const content *one, kt_covering *covering)
{
    for (size_t row = 0; row < of->rows; row++) {
        const bool stays = is_shown_kind(of->kinds[row]);
        if (!stays || of->hidden[one->family * of->rows + row]) {
            covering->withheld += stays && obs_of(of, one->measure, row) != KT_OBS_NOT_COLLECTED;
            kt_cube_clear(of->table->cube, cell_of(of, one->measure, row), KT_OBS_NOT_COLLECTED);
        }
    }
}

static void withhold_period(const withholding *of, kt_covering *covering)
{
    memset(of->hidden, 0, of->families * of->rows * sizeof *of->hidden);
    hold_unemployed(of);
    for (size_t i = 0; i < of->count; i++) {
        hold_content(of, &of->contents[i]);
    }
    for (size_t i = 0; i < of->count; i++) {
        hold_few(of, &of->contents[i]);
    }
    for (size_t family = 0; family < of->families; family++) {
        hold_coarser(of, family);
    }
    for (size_t i = 0; i < of->count; i++) {
        withhold_content(of, &of->contents[i], covering);
    }
}

void kt_withhold_groups(const kt_reconcile_table *table, kt_arena *arena, kt_covering *covering)
{
    withholding of = {.table = table};
    if (!has_regions_alone(table->source)) {
        return;
    }
    find_contents(&of, arena);
    find_kinds(&of, arena);
    for (of.period = 0; of.period < table->cube->size[KT_ROLE_PERIOD]; of.period++) {
        if (of.count > 0) {
            withhold_period(&of, covering);
        }
    }
}
