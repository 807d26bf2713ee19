/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "check_rows.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "pipeline/marked.h"
#include "two_sources_rows.h"

#define TABLE "two_sources"

enum {
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE,
    INDICATOR,
    REGISTER,
    SURVEY,
    RATIO,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period", "period_start", "region_level", "region_code", "indicator",
    "register",    "survey",       "ratio",        "obs_status",
};

/* One of the two tables of a pair. */
typedef struct side {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
    const kt_rollup_line *lines;
    size_t line_count;
    size_t measure, occupation; /* KT_NO_CODE: the table cannot give it */
    size_t sector, group;
} side;

static bool open_side(const kt_analysis_job *job, kt_figure_place place, side *out)
{
    const size_t at = kt_config_source(job->night->config, place.source);
    *out = (side){.source = job->night->config->sources[at],
                  .cube = job->cubes[at],
                  .rollup = job->rollups[at]};
    if (out->cube == NULL) {
        return false;
    }
    const kt_rollup_line *occupations = NULL;
    const size_t count = kt_rollup_occupations(out->rollup, &occupations);
    out->line_count = kt_rollup_regions(out->rollup, &out->lines);
    out->measure = kt_codes_find(out->cube->codes[KT_ROLE_MEASURE], place.measure);
    out->occupation = kt_rollup_line_find(occupations, count, KT_TOTAL, KT_TOTAL);
    out->sector = kt_rollup_all_sectors(out->rollup);
    out->group = kt_place_of_all(out->cube, out->source, KT_ROLE_GROUP);
    return out->measure != KT_NO_CODE && out->occupation != KT_NO_CODE &&
           out->sector != KT_NO_CODE && out->group != KT_NO_CODE;
}

/* A period of one side rolled up; NULL where the table does not have it. */
static kt_status roll(const kt_analysis_job *job, const side *of, kt_period period, kt_arena *arena,
                      kt_cube **out, kt_error *err)
{
    char name[KT_PERIOD_SIZE];
    const size_t place =
        kt_codes_find(of->cube->codes[KT_ROLE_PERIOD], kt_period_write(period, name));
    *out = NULL;
    if (place == KT_NO_CODE) {
        return KT_OK;
    }
    const kt_config *config = job->night->config;
    const kt_marked_table table = {.source = of->source,
                                   .cube = of->cube,
                                   .rollup = of->rollup,
                                   .breaks = config->breaks,
                                   .protected_share_limit = config->analysis.protected_share_limit};
    return kt_marked_period(&table, place, arena, out, err);
}

static kt_published_figure figure_of(const side *of, const kt_cube *slab, size_t line)
{
    if (slab == NULL || line == KT_NO_CODE) {
        return (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
    }
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = of->measure,
                                 [KT_ROLE_REGION] = line,
                                 [KT_ROLE_OCCUPATION] = of->occupation,
                                 [KT_ROLE_SECTOR] = of->sector,
                                 [KT_ROLE_GROUP] = of->group};
    return kt_figure_published(slab, kt_cube_at(slab, at), of->source, true);
}

/* A period of the survey and what the register has for it. */
typedef struct comparison {
    const kt_source_pair *pair;
    side counted, asked;
    kt_period period;
    const kt_cube *survey;
    kt_cube *months[KT_MOST_MONTHS];
    size_t month_count;
    kt_rows *rows;
    size_t *ratios; /* how many rows have one */
} comparison;

static kt_published_figure counted_of(const comparison *of, size_t line)
{
    kt_published_figure months[KT_MOST_MONTHS];
    const size_t own = kt_rollup_line_find(of->counted.lines, of->counted.line_count,
                                           of->asked.lines[line].level, of->asked.lines[line].code);
    for (size_t i = 0; i < of->month_count; i++) {
        months[i] = figure_of(&of->counted, of->months[i], own);
    }
    return kt_pair_mean(months, of->month_count);
}

static kt_status add_row(const comparison *of, size_t line, kt_error *err)
{
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_published_figure counted = counted_of(of, line);
    const kt_published_figure asked = figure_of(&of->asked, of->survey, line);
    const kt_published_figure ratio = kt_pair_ratio(counted, asked);
    kt_rows_text(of->rows, TIME_PERIOD, kt_period_write(of->period, name));
    kt_rows_text(of->rows, PERIOD_START, kt_period_start(of->period, start));
    kt_rows_text(of->rows, REGION_LEVEL, of->asked.lines[line].level);
    kt_rows_text(of->rows, REGION_CODE, of->asked.lines[line].code);
    kt_rows_text(of->rows, INDICATOR, of->pair->indicator);
    kt_rows_number(of->rows, REGISTER, counted.is.value);
    kt_rows_number(of->rows, SURVEY, asked.is.value);
    kt_rows_number(of->rows, RATIO, ratio.is.value);
    kt_rows_status(of->rows, OBS_STATUS, ratio.obs);
    *of->ratios += kt_obs_has_value(ratio.obs);
    return kt_rows_end(of->rows, err);
}

/* What is in no region is another thing in each of the two. */
static bool is_compared(const comparison *of, size_t line)
{
    const kt_rollup_line *is = &of->asked.lines[line];
    bool wanted = false;
    for (size_t i = 0; i < of->pair->level_count; i++) {
        wanted = wanted || strcmp(of->pair->levels[i], is->level) == 0;
    }
    return wanted && strncmp(is->code, "_X", 2) != 0;
}

static kt_status add_period(const kt_analysis_job *job, comparison *of, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a period of two sources", 0);
    kt_cube *survey = NULL;
    const kt_month_list months =
        kt_pair_months(of->pair, of->counted.source->frequency, of->period);
    KT_TRY(roll(job, &of->asked, of->period, arena, &survey, err));
    of->survey = survey;
    of->month_count = months.count;
    for (size_t i = 0; i < months.count; i++) {
        KT_TRY(roll(job, &of->counted, months.at[i], arena, &of->months[i], err));
    }
    for (size_t i = 0; i < of->asked.line_count; i++) {
        KT_TRY(is_compared(of, i) ? add_row(of, i, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_pair(const kt_analysis_job *job, size_t at, kt_rows *rows, kt_error *err)
{
    comparison of = {
        .pair = &job->night->config->pairs.at[at], .rows = rows, .ratios = &job->ratios[at]};
    kt_period *periods = NULL;
    if (!open_side(job, of.pair->counted, &of.counted) ||
        !open_side(job, of.pair->asked, &of.asked)) {
        return KT_OK;
    }
    KT_TRY(kt_cube_periods(of.asked.cube, job->arena, &periods, err));
    for (size_t i = 0; i < of.asked.cube->size[KT_ROLE_PERIOD]; i++) {
        of.period = periods[i];
        KT_TRY(periods[i].frequency == of.asked.source->frequency ? add_period(job, &of, err)
                                                                  : KT_OK);
    }
    return KT_OK;
}

kt_status kt_analyse_two_sources(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_schema *schema = kt_contract_find(config->contract, TABLE);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", TABLE);
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    job->ratios = kt_arena_array(job->arena, size_t, config->pairs.count + 1);
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(schema, path, &rows, err));
    for (size_t i = 0; i < config->pairs.count; i++) {
        KT_TRY(add_pair(job, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

kt_status kt_two_sources_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < job->night->config->pairs.count; i++) {
        const kt_source_pair *pair = &job->night->config->pairs.at[i];
        KT_TRY(kt_check_row_add(
            rows,
            (kt_check_row){.check = "two_sources_compared",
                           .subject = kt_arena_print(job->arena, "%s %s %s", pair->indicator,
                                                     pair->counted.source, pair->asked.source),
                           .severity = "note",
                           .result = job->ratios[i] > 0 ? "passed" : "absent",
                           .measured = (double)job->ratios[i],
                           .threshold = NAN,
                           .examples = pair->definition.en},
            err));
    }
    return KT_OK;
}
