/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "change_series.h"
#include "change_tables.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "publish/table.h"

#define TABLE "changes"

/* The usual change looks at three years of changes on the year before. */
#define YEARS_BEFORE 4

enum column {
    REGION_LEVEL,
    REGION_CODE,
    INDICATOR,
    TIME_PERIOD,
    PERIOD_START,
    VALUE,
    VALUE_LOW,
    VALUE_HIGH,
    PREVIOUS_PERIOD,
    SAME_PERIOD_LAST_YEAR,
    MEAN_12,
    YEAR_TO_DATE,
    USUAL_CHANGE,
    TOLD,
    COMPARABLE,
    REASON,
    VALUE_LOW_UNALLOCATED,
    VALUE_HIGH_UNALLOCATED,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "region_level",
    "region_code",
    "indicator",
    "time_period",
    "period_start",
    "value",
    "value_low",
    "value_high",
    "previous_period",
    "same_period_last_year",
    "mean_12",
    "year_to_date",
    "usual_change",
    "told",
    "comparable",
    "reason",
    "value_low_unallocated",
    "value_high_unallocated",
    "obs_status",
};

/* One indicator of one region. */
typedef struct line_series {
    const kt_change_panel *panel;
    const kt_change_indicator *indicator;
    size_t line;
    kt_change_series series;
} line_series;

/* Whose figure a row has. */
typedef struct subject {
    const char *region_level, *region_code, *indicator;
} subject;

static kt_status put_row(const subject *of, const kt_change_series *series, size_t at,
                         kt_frequency frequency, kt_rows *rows, kt_error *err)
{
    char month[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_period period = {frequency, series->first + (int)at};
    const kt_change_point *point = &series->at[at];
    const kt_year_change change = kt_change_at(series, at);
    kt_rows_text(rows, REGION_LEVEL, of->region_level);
    kt_rows_text(rows, REGION_CODE, of->region_code);
    kt_rows_text(rows, INDICATOR, of->indicator);
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(period, month));
    kt_rows_text(rows, PERIOD_START, kt_period_start(period, start));
    kt_rows_number(rows, VALUE, point->figure.value);
    kt_rows_number(rows, VALUE_LOW, point->figure.low);
    kt_rows_number(rows, VALUE_HIGH, point->figure.high);
    kt_rows_number(rows, PREVIOUS_PERIOD, change.previous);
    kt_rows_number(rows, SAME_PERIOD_LAST_YEAR, change.last_year);
    kt_rows_number(rows, MEAN_12, change.mean_year);
    kt_rows_number(rows, YEAR_TO_DATE, change.year_to_date);
    kt_rows_number(rows, USUAL_CHANGE, change.usual);
    kt_rows_flag(rows, TOLD, change.reason == KT_CHANGE_TOLD);
    kt_rows_flag(rows, COMPARABLE, change.comparable);
    kt_rows_text(rows, REASON, kt_change_word(change.reason));
    kt_rows_number(rows, VALUE_LOW_UNALLOCATED, point->placed.low);
    kt_rows_number(rows, VALUE_HIGH_UNALLOCATED, point->placed.high);
    kt_rows_status(rows, OBS_STATUS, point->obs);
    return kt_rows_end(rows, err);
}

/* What is left over at a level is no region, and its changes are those of the register. */
static bool is_region(const kt_rollup_line *line)
{
    return !kt_text_starts(line->code, "_X");
}

static kt_status add_line(line_series *of, size_t months, kt_rows *rows, kt_error *err)
{
    const kt_change_panel *panel = of->panel;
    const kt_rollup_line *line = &panel->lines[of->line];
    const subject one = {line->level, line->code, of->indicator->id};
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    kt_change_point *points = kt_arena_array(arena, kt_change_point, panel->count);
    kt_change_points(panel, of->indicator, of->line, points);
    of->series.at = points;
    of->series.count = panel->count;
    for (size_t at = panel->count - months; at < panel->count; at++) {
        KT_TRY(panel->months[at] == NULL
                   ? KT_OK
                   : put_row(&one, &of->series, at, panel->newest.frequency, rows, err));
    }
    return KT_OK;
}

static kt_status add_indicator(const kt_analysis_settings *settings, const kt_change_panel *panel,
                               const kt_change_indicator *indicator, kt_rows *rows, kt_error *err)
{
    const kt_change_series series = {
        .first = panel->newest.index - (int)panel->count + 1,
        .year = (size_t)panel->newest.frequency,
        .step = settings->allocated_step,
        .kind = indicator->kind,
    };
    for (size_t i = 0; i < panel->line_count; i++) {
        line_series one = {panel, indicator, i, series};
        KT_TRY(is_region(&panel->lines[i]) ? add_line(&one, settings->changes_months, rows, err)
                                           : KT_OK);
    }
    return KT_OK;
}

static bool publishes_figures(const kt_analysis_job *job, size_t source)
{
    const kt_feed *feed = &job->feeds[source];
    return feed->observations && feed->cube != NULL &&
           job->night->config->sources[source]->publishes_total;
}

static kt_change_source source_of(const kt_analysis_job *job, size_t source)
{
    return (kt_change_source){.source = job->night->config->sources[source],
                              .cube = job->feeds[source].cube,
                              .rollup = job->rollups[source],
                              .breaks = job->night->config->breaks,
                              .protected_share_limit =
                                  job->night->config->analysis.protected_share_limit};
}

static bool is_given_earlier(const kt_analysis_job *job, size_t source,
                             const kt_change_indicator *indicator)
{
    for (size_t i = 0; i < source; i++) {
        const kt_change_source earlier = source_of(job, i);
        if (publishes_figures(job, i) && kt_change_has(&earlier, indicator)) {
            return true;
        }
    }
    return false;
}

static kt_status add_source(const kt_analysis_job *job, size_t source, kt_rows *rows, kt_error *err)
{
    const kt_analysis_settings *settings = &job->night->config->analysis;
    const kt_change_source of = source_of(job, source);
    const size_t count = settings->changes_months + YEARS_BEFORE * (size_t)of.source->frequency;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    kt_change_panel *panel = NULL;
    KT_TRY(kt_change_panel_make(&of, count, arena, &panel, err));
    for (const kt_change_indicator *one = kt_change_indicators; one->id != NULL; one++) {
        const bool wanted = kt_change_has(&of, one) && !is_given_earlier(job, source, one);
        KT_TRY(wanted ? add_indicator(settings, panel, one, rows, err) : KT_OK);
    }
    return KT_OK;
}

/* A line of another table, as its rows say it; a period that nobody collected is no row. */
static kt_status add_panel_line(const kt_config *config, const kt_change_table *table,
                                const kt_panel *panel, const kt_panel_line *line, kt_rows *rows,
                                kt_error *err)
{
    const kt_analysis_settings *settings = &config->analysis;
    const kt_frequency frequency = line->first.frequency;
    const size_t room = settings->changes_months + YEARS_BEFORE * (size_t)frequency;
    const size_t count = line->count < room ? line->count : room;
    const size_t shown = count < settings->changes_months ? count : settings->changes_months;
    const subject of = {kt_panel_cell(panel, line, "region_level"),
                        kt_panel_cell(panel, line, "region_code"),
                        kt_panel_cell(panel, line, table->indicator)};
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    kt_change_point *points = kt_arena_array(arena, kt_change_point, count + 1);
    bool of_parts = false;
    const kt_change_series series = {.at = points,
                                     .count = count,
                                     .first = line->first.index + (int)(line->count - count),
                                     .year = (size_t)frequency,
                                     .step = settings->allocated_step,
                                     .kind = kt_change_table_kind(table, of.indicator, &of_parts)};
    kt_change_table_points(table, config, panel, line, count, points);
    for (size_t at = count - shown; at < count; at++) {
        KT_TRY(points[at].obs == KT_OBS_NOT_COLLECTED
                   ? KT_OK
                   : put_row(&of, &series, at, frequency, rows, err));
    }
    return KT_OK;
}

/* Those of `observations` are told from there. */
static bool is_told_already(const char *indicator)
{
    return kt_change_indicator_find(indicator) != NULL;
}

static kt_status add_table(const kt_analysis_job *job, const kt_change_table *table, kt_rows *rows,
                           kt_error *err)
{
    const kt_panel_place place = kt_analysis_panels(job);
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    kt_panel *panel = NULL;
    KT_TRY(kt_change_table_read(table, job->night->config, &place, arena, &panel, err));
    for (size_t i = 0; i < panel->line_count; i++) {
        const kt_panel_line *line = &panel->lines[i];
        const bool wanted = kt_change_is_region(line) &&
                            !is_told_already(kt_panel_cell(panel, line, table->indicator));
        KT_TRY(wanted ? add_panel_line(job->night->config, table, panel, line, rows, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_tables(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const bool wanted = job->night->config->analysis.changes_level_count > 0;
    for (const kt_change_table *one = kt_change_tables; wanted && one->table != NULL; one++) {
        KT_TRY(add_table(job, one, rows, err));
    }
    return KT_OK;
}

kt_status kt_analyse_changes(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_schema *schema = kt_contract_find(config->contract, TABLE);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"" TABLE "\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(schema, path, &rows, err));
    for (size_t i = 0; i < config->source_count; i++) {
        KT_TRY(publishes_figures(job, i) ? add_source(job, i, rows, err) : KT_OK);
    }
    KT_TRY(add_tables(job, rows, err));
    return kt_rows_close(&rows, NULL, err);
}
