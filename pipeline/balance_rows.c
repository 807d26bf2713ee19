/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "balance_rows.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/parallel.h"

enum { UNEMPLOYED, VACANCIES, FIGURES };

static const char *const figures[FIGURES] = {"unemployed", "vacancies"};

/* The table of persons employed, a year after the other. */
typedef struct employed_table {
    const kt_marked_table *from;
    const kt_rollup_line *regions, *occupations;
    size_t region_count, occupation_count;
    int *years; /* ascending, as in the cube */
    kt_cube **slabs;
    size_t year_count;
} employed_table;

/* A line of a panel that becomes a series. */
typedef struct task {
    const kt_panel_line *line;
    const employed_table *employed;
    size_t region, occupation;    /* lines of the roll-up; KT_NO_CODE: the table has no such one */
    kt_published_figure *persons; /* employed, of each year */
    kt_balance_series *out;
} task;

typedef struct making {
    const kt_balance_job *job;
    kt_arena *arena;
    kt_balances *all;
    task *tasks;
    size_t count, room;
} making;

bool kt_balance_has_level(const kt_balance_part *part, const char *region_level)
{
    size_t first = 0;
    return part->employed.cube != NULL &&
           kt_rollup_region_level(part->employed.rollup, region_level, &first) > 0;
}

kt_published_figure kt_balance_figure(const kt_marked_table *table, const kt_cube *slab,
                                      const kt_balance_place *place)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = kt_codes_find(slab->codes[KT_ROLE_MEASURE], place->measure),
        [KT_ROLE_REGION] = place->region,
        [KT_ROLE_OCCUPATION] = place->occupation,
        [KT_ROLE_SECTOR] = kt_rollup_all_sectors(table->rollup),
        [KT_ROLE_GROUP] = kt_place_of_all(table->cube, table->source, KT_ROLE_GROUP)};
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        if (at[role] == KT_NO_CODE) {
            return (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
        }
    }
    return kt_figure_published(slab, kt_cube_at(slab, at), table->source, true);
}

static kt_status open_employed(const making *of, const kt_marked_table *from, employed_table *out,
                               kt_error *err)
{
    kt_period *periods = NULL;
    *out = (employed_table){.from = from, .year_count = from->cube->size[KT_ROLE_PERIOD]};
    out->region_count = kt_rollup_regions(from->rollup, &out->regions);
    out->occupation_count = kt_rollup_occupations(from->rollup, &out->occupations);
    out->years = kt_arena_array(of->arena, int, out->year_count + 1);
    out->slabs = kt_arena_array(of->arena, kt_cube *, out->year_count + 1);
    KT_TRY(kt_cube_periods(from->cube, of->arena, &periods, err));
    for (size_t i = 0; i < out->year_count; i++) {
        out->years[i] = kt_period_year(periods[i]);
        KT_TRY(kt_marked_period(from, i, of->arena, &out->slabs[i], err));
    }
    return KT_OK;
}

/* The position of the newest year that is not after it, or KT_NO_CODE. */
static size_t newest_year(const employed_table *of, int year)
{
    size_t newest = KT_NO_CODE;
    for (size_t i = 0; i < of->year_count; i++) {
        if (of->years[i] <= year && (newest == KT_NO_CODE || of->years[i] > of->years[newest])) {
            newest = i;
        }
    }
    return newest;
}

/* Months that `observations` does not have are no months of the table. */
static bool is_collected(const kt_panel_line *line, size_t month)
{
    for (size_t f = 0; f < FIGURES; f++) {
        if (line->of[f][month].obs != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

static kt_obs worst_of(const kt_published_figure *unemployed, const kt_published_figure *vacancies,
                       const kt_published_figure *employed, kt_balance_reason reason)
{
    const kt_obs obs = kt_obs_worse(kt_obs_worse(unemployed->obs, vacancies->obs), employed->obs);
    if (reason == KT_BALANCE_SMALL_BASE) {
        return kt_obs_worse(obs, KT_OBS_NOT_COLLECTED);
    }
    return reason == KT_BALANCE_NO_EMPLOYED ? kt_obs_worse(obs, KT_OBS_IMPOSSIBLE) : obs;
}

static void judge(const making *of, const task *one, size_t month, kt_balance_memory *memory)
{
    const kt_balance_settings *rules = &of->job->plan->rules;
    const kt_published_figure *unemployed = &one->line->of[UNEMPLOYED][month];
    const kt_published_figure *vacancies = &one->line->of[VACANCIES][month];
    const kt_period period = {KT_MONTHLY, one->line->first.index + (int)month};
    const size_t year = newest_year(one->employed, kt_period_year(period));
    if (year == KT_NO_CODE || !is_collected(one->line, month)) {
        *memory = KT_BALANCE_START;
        return;
    }
    const kt_published_figure employed = one->persons[year];
    const kt_balance_figures input = {unemployed->is, vacancies->is, employed.is.value};
    const kt_balance_view view = kt_balance_assess(rules, &input);
    const bool breaks = unemployed->obs == KT_OBS_BREAK || vacancies->obs == KT_OBS_BREAK;
    const bool assessed = view.reason == KT_BALANCE_ASSESSED;
    kt_balance_step(rules, &view, !breaks, memory);
    one->out->at[month] = (kt_balance_row){
        .unemployed = unemployed->is.value,
        .vacancies = vacancies->is.value,
        .employed = employed.is.value,
        .unemployment_rate = view.unemployment_rate,
        .vacancy_rate = view.vacancy_rate,
        .distance = kt_balance_distance(rules, memory->state, &view),
        .employed_year = one->employed->years[year],
        .months = memory->months,
        .raw = view.state,
        .state = memory->state,
        .reason = view.reason,
        .degree = assessed ? kt_balance_degree(rules, memory->state, &view) : 0,
        .robust = view.robust,
        .obs = worst_of(unemployed, vacancies, &employed, view.reason),
    };
}

static kt_status make_series(void *context, size_t index, kt_error *err)
{
    const making *of = context;
    const task *one = &of->tasks[index];
    kt_balance_memory memory = KT_BALANCE_START;
    (void)err;
    for (size_t year = 0; year < one->employed->year_count; year++) {
        const kt_balance_place place = {"employed", one->region, one->occupation};
        kt_published_figure *persons = &one->persons[year];
        *persons = kt_balance_figure(one->employed->from, one->employed->slabs[year], &place);
        /* The basis of a denominator is named by its year, not by a break of the row's months. */
        persons->obs = persons->obs == KT_OBS_BREAK ? KT_OBS_OBSERVED : persons->obs;
    }
    for (size_t month = 0; month < one->line->count; month++) {
        judge(of, one, month, &memory);
    }
    return KT_OK;
}

/* The part of that level, if its table is this one. */
static const kt_balance_part *part_of(const kt_balance_job *job, const char *level,
                                      const kt_marked_table *employed)
{
    for (size_t i = 0; i < job->part_count; i++) {
        if (strcmp(job->parts[i].level->occupation_level, level) == 0) {
            return job->parts[i].employed.cube == employed->cube ? &job->parts[i] : NULL;
        }
    }
    return NULL;
}

/* Nobody is employed in no region, or in no occupation. */
static bool is_place(const char *code)
{
    return strncmp(code, "_X", 2) != 0;
}

static void add_task(making *of, const kt_panel *panel, const kt_panel_line *line,
                     const employed_table *employed)
{
    const kt_balance_job *job = of->job;
    const char *region_level = kt_panel_cell(panel, line, "region_level");
    const char *region = kt_panel_cell(panel, line, "region_code");
    const char *level = kt_panel_cell(panel, line, "occupation_level");
    const char *occupation = kt_panel_cell(panel, line, "occupation_code");
    const size_t at =
        kt_rollup_line_find(employed->regions, employed->region_count, region_level, region);
    const kt_balance_part *part = part_of(job, level, employed->from);
    if (line->first.frequency != KT_MONTHLY || at == KT_NO_CODE || part == NULL ||
        !is_place(region) || !is_place(occupation)) {
        return;
    }
    of->tasks = kt_arena_grow(of->arena, of->tasks, of->count, &of->room, sizeof *of->tasks);
    of->tasks[of->count++] =
        (task){.line = line,
               .employed = employed,
               .region = at,
               .occupation = kt_rollup_line_find(employed->occupations, employed->occupation_count,
                                                 level, occupation)};
}

static kt_ready_cell ready(const making *of, const char *column, const char *text)
{
    const kt_schema *schema = of->job->schema;
    return kt_cell_ready(schema, kt_schema_column(schema, column), text, of->arena);
}

static void open_series(const making *of, const kt_panel *panel, task *one, kt_balance_series *out)
{
    const kt_panel_line *line = one->line;
    const char *level = kt_panel_cell(panel, line, "occupation_level");
    const size_t months = part_of(of->job, level, one->employed->from)->level->months;
    *out = (kt_balance_series){
        .region_level = ready(of, "region_level", kt_panel_cell(panel, line, "region_level")),
        .region_code = ready(of, "region_code", kt_panel_cell(panel, line, "region_code")),
        .occupation_level = ready(of, "occupation_level", level),
        .occupation_code =
            ready(of, "occupation_code", kt_panel_cell(panel, line, "occupation_code")),
        .first = line->first,
        .count = line->count,
        .shown = months == 0 || months >= line->count ? 0 : line->count - months,
        .at = kt_arena_array(of->arena, kt_balance_row, line->count + 1)};
    one->persons = kt_arena_array(of->arena, kt_published_figure, one->employed->year_count + 1);
}

/* The levels of regions and occupations that are made with that table; false if there are none. */
static bool ask_levels(const making *of, const kt_marked_table *employed, const char **regions,
                       kt_panel_filter *region_filter, kt_panel_filter *occupation_filter)
{
    const kt_balance_job *job = of->job;
    const char **levels = kt_arena_array(of->arena, const char *, job->part_count + 1);
    const kt_balance_part part = {.employed = *employed};
    *region_filter = (kt_panel_filter){.column = "region_level", .texts = regions};
    *occupation_filter = (kt_panel_filter){.column = "occupation_level", .texts = levels};
    for (size_t i = 0; i < job->plan->region_level_count; i++) {
        if (kt_balance_has_level(&part, job->plan->region_levels[i])) {
            regions[region_filter->count++] = job->plan->region_levels[i];
        }
    }
    for (size_t i = 0; i < job->part_count; i++) {
        if (job->parts[i].employed.cube == employed->cube) {
            levels[occupation_filter->count++] = job->parts[i].level->occupation_level;
        }
    }
    return region_filter->count > 0 && occupation_filter->count > 0;
}

/* All levels that have one table of persons employed: `observations` is asked once for them. */
static kt_status add_table(making *of, const kt_marked_table *from, kt_error *err)
{
    const kt_balance_job *job = of->job;
    kt_panel_filter filters[] = {{"source", &job->plan->source, 1}, {0}, {0}};
    const char **regions =
        kt_arena_array(of->arena, const char *, job->plan->region_level_count + 1);
    if (!ask_levels(of, from, regions, &filters[1], &filters[2])) {
        return KT_OK;
    }
    const kt_panel_ask ask = {.schema = job->observations,
                              .figures = figures,
                              .figure_count = FIGURES,
                              .filters = filters,
                              .filter_count = sizeof filters / sizeof filters[0]};
    kt_panel *panel = NULL;
    KT_TRY(kt_panel_read(&ask, job->place, of->arena, &panel, err));
    employed_table *employed = kt_arena_new(of->arena, employed_table);
    KT_TRY(open_employed(of, from, employed, err));
    const size_t before = of->count;
    for (size_t i = 0; i < panel->line_count; i++) {
        add_task(of, panel, &panel->lines[i], employed);
    }
    kt_balances *all = of->all;
    kt_balance_series *series = kt_arena_array(of->arena, kt_balance_series, of->count + 1);
    memcpy(series, all->series, before * sizeof *series);
    all->series = series;
    all->series_count = of->count;
    for (size_t i = before; i < of->count; i++) {
        open_series(of, panel, &of->tasks[i], &series[i]);
    }
    return KT_OK;
}

static bool is_first_of_its_table(const kt_balance_job *job, size_t part)
{
    for (size_t i = 0; i < part; i++) {
        if (job->parts[i].employed.cube == job->parts[part].employed.cube) {
            return false;
        }
    }
    return job->parts[part].employed.cube != NULL;
}

static int by_key(const void *a, const void *b)
{
    const kt_balance_series *left = a, *right = b;
    const kt_ready_cell *const cells[][2] = {{&left->region_level, &right->region_level},
                                             {&left->region_code, &right->region_code},
                                             {&left->occupation_level, &right->occupation_level},
                                             {&left->occupation_code, &right->occupation_code}};
    int order = 0;
    for (size_t i = 0; order == 0 && i < sizeof cells / sizeof cells[0]; i++) {
        order = strcmp(cells[i][0]->text, cells[i][1]->text);
    }
    return order;
}

static void list_periods(const making *of)
{
    kt_balances *all = of->all;
    int first = INT_MAX, end = INT_MIN;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_balance_series *one = &all->series[i];
        const int shown = one->first.index + (int)one->shown;
        first = shown < first ? shown : first;
        end = one->first.index + (int)one->count > end ? one->first.index + (int)one->count : end;
    }
    all->period_count = end > first ? (size_t)(end - first) : 0;
    all->periods = kt_arena_array(of->arena, kt_period, all->period_count + 1);
    for (size_t i = 0; i < all->period_count; i++) {
        all->periods[i] = (kt_period){KT_MONTHLY, first + (int)i};
    }
}

kt_status kt_balances_make(const kt_balance_job *job, kt_arena *arena, kt_balances **out,
                           kt_error *err)
{
    kt_balances *all = kt_arena_new(arena, kt_balances);
    *all = (kt_balances){.schema = job->schema,
                         .plan = job->plan,
                         .parts = job->parts,
                         .part_count = job->part_count,
                         .series = kt_arena_array(arena, kt_balance_series, 1)};
    making of = {.job = job, .arena = arena, .all = all};
    for (size_t i = 0; i < job->part_count; i++) {
        KT_TRY(is_first_of_its_table(job, i) ? add_table(&of, &job->parts[i].employed, err)
                                             : KT_OK);
    }
    for (size_t i = 0; i < of.count; i++) {
        of.tasks[i].out = &all->series[i];
    }
    KT_TRY(kt_parallel(of.count, job->place->threads, make_series, &of, err));
    qsort(all->series, all->series_count, sizeof *all->series, by_key);
    list_periods(&of);
    *out = all;
    return KT_OK;
}

const kt_balance_row *kt_balance_row_at(const kt_balance_series *series, kt_period month)
{
    const int at = month.index - series->first.index;
    if (at < (int)series->shown || at >= (int)series->count) {
        return NULL;
    }
    return series->at[at].employed_year == 0 ? NULL : &series->at[at];
}
