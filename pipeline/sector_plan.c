/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

static const char *const names[KT_SECTORS_COLUMNS] = {
    "time_period", "period_start",  "source",        "region_level",
    "region_code", "sector_level",  "sector_code",   "sector_revision",
    "sector_name", "vacancies",     "vacancies_low", "vacancies_high",
    "employed",    "employed_year", "vacancy_rate",  "vacancy_rate_definition",
    "obs_status",
};

static kt_sector_detail detail_of(const char *level)
{
    static const struct {
        const char *level;
        kt_sector_detail detail;
    } levels[] = {{"kunta", KT_DETAIL_TOTAL},
                  {"seutukunta", KT_DETAIL_TOTAL},
                  {"country", KT_DETAIL_COUNTRY},
                  {"maakunta", KT_DETAIL_DIVISIONS}};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(level, levels[i].level) == 0) {
            return levels[i].detail;
        }
    }
    return KT_DETAIL_SECTIONS;
}

static kt_sector_detail least_of(const char *level, bool converted)
{
    if (strcmp(level, "tol2") == 0) {
        return converted ? KT_DETAIL_COUNTRY : KT_DETAIL_DIVISIONS;
    }
    return strcmp(level, KT_TOTAL) == 0 && !converted ? KT_DETAIL_TOTAL : KT_DETAIL_SECTIONS;
}

static kt_ready_cell ready(const kt_sector_rows *all, size_t column, const char *text)
{
    return kt_cell_ready(all->schema, column, text, all->arena);
}

static int by_region(const void *a, const void *b)
{
    const kt_sector_region *left = a, *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    return levels != 0 ? levels : strcmp(left->code.text, right->code.text);
}

static int by_sector(const void *a, const void *b)
{
    const kt_sector_line *left = a, *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    const int codes = levels != 0 ? levels : strcmp(left->code.text, right->code.text);
    return codes != 0 ? codes : strcmp(left->revision.text, right->revision.text);
}

static void plan_regions(kt_sector_rows *all, kt_sector_plan *of)
{
    const kt_rollup_line *lines = NULL, *below = NULL;
    const kt_rollup *denominator = of->from->denominator.rollup;
    const size_t count = kt_rollup_regions(of->from->vacancies.rollup, &lines);
    const size_t below_count = denominator == NULL ? 0 : kt_rollup_regions(denominator, &below);
    of->regions = kt_arena_array(all->arena, kt_sector_region, count + 1);
    for (size_t i = 0; i < count; i++) {
        /* Nobody is employed in no region: a rate of what is left over says nothing. */
        const bool is_place = strncmp(lines[i].code, "_X", 2) != 0;
        of->regions[of->region_count++] = (kt_sector_region){
            .level = ready(all, KT_SECTORS_REGION_LEVEL, lines[i].level),
            .code = ready(all, KT_SECTORS_REGION_CODE, lines[i].code),
            .detail = detail_of(lines[i].level),
            .at = i,
            .denominator =
                is_place ? kt_rollup_line_find(below, below_count, lines[i].level, lines[i].code)
                         : KT_NO_CODE};
    }
    qsort(of->regions, count, sizeof *of->regions, by_region);
}

const kt_conversion *kt_sector_conversion(const kt_sector_settings *settings,
                                          const kt_rollup *rollup, kt_arena *arena)
{
    const kt_sector_revision own = kt_rollup_revision(rollup);
    const bool nace = own == KT_NACE2 || own == KT_NACE21;
    kt_conversion *conversion = NULL;
    for (size_t i = 0; i < settings->convert_count && conversion == NULL; i++) {
        const kt_sector_revision to = settings->convert[i];
        if (nace == (to == KT_NACE2 || to == KT_NACE21)) {
            kt_conversion_new(rollup, to, arena, &conversion);
        }
    }
    return conversion;
}

static kt_sector_view converted_view(const kt_conversion *conversion)
{
    kt_sector_view made = {.conversion = conversion};
    made.count = conversion == NULL ? 0 : kt_conversion_sectors(conversion, &made.lines);
    return made;
}

static kt_sector_view own_view(const kt_rollup *rollup)
{
    kt_sector_view made = {0};
    made.count = rollup == NULL ? 0 : kt_rollup_sectors(rollup, &made.lines);
    return made;
}

/* The denominator's sectors as those of the other classification. */
static kt_sector_view other_view(const kt_sector_rows *all, const kt_rollup *rollup)
{
    kt_conversion *conversion = NULL;
    if (rollup != NULL) {
        const bool old = kt_sector_revisions_same(kt_rollup_revision(rollup), KT_TOL2008);
        kt_conversion_new(rollup, old ? KT_TOL2025 : KT_TOL2008, all->arena, &conversion);
    }
    return converted_view(conversion);
}

static bool is_exact(const kt_sector_view *of, size_t line)
{
    return of->conversion == NULL || strcmp(of->lines[line].made_of, "exact") == 0;
}

static const char *definition_of(const kt_sector_rows *all, const kt_sector_plan *of,
                                 bool converted)
{
    const kt_sector_rate *rate = of->from->rate;
    return rate == NULL ? "_Z"
                        : kt_arena_print(all->arena, "%s%s", kt_rate_name(rate->definition),
                                         converted ? "_converted" : "");
}

/* A table without sectors has a denominator for all of them. */
static void find_denominator(const kt_sector_plan *of, const kt_rollup_line *line,
                             kt_sector_revision revision, kt_sector_line *out)
{
    const kt_rollup *rollup = of->from->denominator.rollup;
    out->denominator = KT_NO_CODE;
    if (rollup == NULL) {
        return;
    }
    const kt_sector_revision own = kt_rollup_revision(rollup);
    out->other_revision = own != KT_SECTOR_REVISIONS && !kt_sector_revisions_same(own, revision);
    const kt_sector_view *below = out->other_revision ? &of->below_converted : &of->below;
    out->denominator = kt_rollup_line_find(below->lines, below->count, line->level, line->code);
}

static kt_status add_sectors(kt_sector_rows *all, kt_sector_plan *of, const kt_sector_view *from,
                             kt_error *err)
{
    const kt_sector_revision revision = from->conversion == NULL
                                            ? kt_rollup_revision(of->from->vacancies.rollup)
                                            : kt_conversion_revision(from->conversion);
    const kt_classification *items = &all->job->classifications->sectors[revision];
    for (size_t i = 0; i < from->count; i++) {
        const kt_rollup_line *line = &from->lines[i];
        const kt_class_item *item = kt_class_find(items, line->code);
        if (item == NULL) {
            return kt_fail(err, KT_ERR_BUG, "%s: %s %s has no name in the classification",
                           KT_SECTORS_TABLE, line->level, line->code);
        }
        kt_sector_line *added = &of->sectors[of->sector_count++];
        *added = (kt_sector_line){
            .level = ready(all, KT_SECTORS_SECTOR_LEVEL, line->level),
            .code = ready(all, KT_SECTORS_SECTOR_CODE, line->code),
            .revision = ready(all, KT_SECTORS_SECTOR_REVISION, kt_sector_revision_name(revision)),
            .name = ready(all, KT_SECTORS_SECTOR_NAME, item->name_fi),
            .least = least_of(line->level, from->conversion != NULL),
            .converted = from->conversion != NULL,
            .at = i};
        find_denominator(of, line, revision, added);
        const kt_sector_view *below = added->other_revision ? &of->below_converted : &of->below;
        const bool exact = is_exact(from, i) && (added->denominator == KT_NO_CODE ||
                                                 is_exact(below, added->denominator));
        added->definition =
            ready(all, KT_SECTORS_VACANCY_RATE_DEFINITION, definition_of(all, of, !exact));
    }
    return KT_OK;
}

static kt_status plan_sectors(kt_sector_rows *all, kt_sector_plan *of, kt_error *err)
{
    of->own = own_view(of->from->vacancies.rollup);
    of->converted = converted_view(
        kt_sector_conversion(all->job->settings, of->from->vacancies.rollup, all->arena));
    of->below = own_view(of->from->denominator.rollup);
    of->below_converted = other_view(all, of->from->denominator.rollup);
    of->sectors =
        kt_arena_array(all->arena, kt_sector_line, of->own.count + of->converted.count + 1);
    KT_TRY(add_sectors(all, of, &of->own, err));
    KT_TRY(add_sectors(all, of, &of->converted, err));
    qsort(of->sectors, of->sector_count, sizeof *of->sectors, by_sector);
    return KT_OK;
}

static size_t total_occupation(const kt_rollup *rollup)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_occupations(rollup, &lines);
    return kt_rollup_line_find(lines, count, KT_TOTAL, KT_TOTAL);
}

static void find_measures(kt_sector_plan *of)
{
    const kt_sector_table *vacancies = &of->from->vacancies;
    const kt_sector_table *denominator = &of->from->denominator;
    const kt_sector_rate *rate = of->from->rate;
    const kt_codes *measures = vacancies->cube->codes[KT_ROLE_MEASURE];
    of->vacancies = kt_codes_find(measures, "vacancies");
    of->occupation = total_occupation(vacancies->rollup);
    of->group = kt_place_of_all(vacancies->cube, vacancies->source, KT_ROLE_GROUP);
    of->rate = of->denominator = KT_NO_CODE;
    if (rate == NULL) {
        return;
    }
    if (denominator->cube != NULL) {
        of->denominator = kt_codes_find(denominator->cube->codes[KT_ROLE_MEASURE],
                                        kt_rate_measure(rate->definition));
        of->denominator_occupation = total_occupation(denominator->rollup);
        of->denominator_group =
            kt_place_of_all(denominator->cube, denominator->source, KT_ROLE_GROUP);
    }
    if (rate->definition == KT_RATE_OCCUPIED && of->denominator == KT_NO_CODE) {
        of->rate = kt_codes_find(measures, "vacancy_rate");
    }
}

static kt_status plan_feed(kt_sector_rows *all, const kt_sector_feed *from, kt_sector_plan *of,
                           kt_error *err)
{
    *of = (kt_sector_plan){.from = from,
                           .source = ready(all, KT_SECTORS_SOURCE, from->vacancies.source->id)};
    plan_regions(all, of);
    KT_TRY(plan_sectors(all, of, err));
    find_measures(of);
    return KT_OK;
}

/* Insertion: there are a handful of sources. */
static void order_feeds(kt_sector_rows *all)
{
    const kt_sector_job *job = all->job;
    for (size_t i = 0; i < job->feed_count; i++) {
        size_t at = i;
        for (; at > 0 && strcmp(job->feeds[all->given[at - 1]].vacancies.source->id,
                                job->feeds[i].vacancies.source->id) > 0;
             at--) {
            all->given[at] = all->given[at - 1];
        }
        all->given[at] = i;
    }
}

static kt_status gather_periods(kt_sector_rows *all, kt_error *err)
{
    const kt_cube **cubes = kt_arena_array(all->arena, const kt_cube *, all->job->feed_count + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        cubes[i] = all->job->feeds[i].vacancies.cube;
    }
    return kt_all_periods(cubes, all->job->feed_count, all->arena, &all->periods, err);
}

kt_status kt_sector_rows_new(const kt_sector_job *job, kt_arena *arena, kt_sector_rows **out,
                             kt_error *err)
{
    kt_sector_rows *all = kt_arena_new(arena, kt_sector_rows);
    *all = (kt_sector_rows){
        .job = job, .arena = arena, .schema = kt_contract_find(job->contract, KT_SECTORS_TABLE)};
    if (all->schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", KT_SECTORS_TABLE);
    }
    KT_TRY(kt_schema_expect(all->schema, names, KT_SECTORS_COLUMNS, err));
    all->feeds = kt_arena_array(arena, kt_sector_plan, job->feed_count + 1);
    all->given = kt_arena_array(arena, size_t, job->feed_count + 1);
    order_feeds(all);
    for (size_t i = 0; i < job->feed_count; i++) {
        KT_TRY(plan_feed(all, &job->feeds[all->given[i]], &all->feeds[i], err));
    }
    KT_TRY(gather_periods(all, err));
    *out = all;
    return KT_OK;
}
