/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "adjusted.h"
#include "core/file.h"
#include "found_breaks.h"
#include "why/why.h"

#define NOT_ASKED     "the configuration of today asks for no such series"
#define NEWEST_INPUTS 24 /* that are listed without being asked for */

static bool is_asked(const kt_why *of, const kt_figure_series *series, kt_period period)
{
    bool same = series->first.frequency == period.frequency;
    for (int i = 0; same && i < KT_SERIES_WORDS; i++) {
        same = strcmp(series->word[i], kt_why_cell(of, kt_series_words[i])) == 0;
    }
    return same;
}

/* The series of published figures that the row is one period of; NULL if the run has none. */
static kt_status find_series(const kt_why *of, kt_period period, const kt_figure_series **out,
                             kt_error *err)
{
    const kt_panel_place place = {.folder = kt_path_join(of->arena, of->run.folder, "csv"),
                                  .parts = kt_path_join(of->arena, of->workspace, "store/months"),
                                  .threads = of->config->analysis.threads};
    kt_figure_series_list list = {0};
    KT_TRY(kt_figure_series_read(of->config->contract, &of->config->series, &place, of->arena,
                                 &list, err));
    *out = NULL;
    for (size_t i = 0; i < list.count; i++) {
        *out = is_asked(of, &list.at[i], period) ? &list.at[i] : *out;
    }
    return KT_OK;
}

/* The figures of the row's own run: what lies beyond a gap or a break played no part. */
static kt_series_run run_of(const kt_figure_series *series, size_t at)
{
    kt_series_run run = {0};
    for (size_t from = 0; kt_series_run_next(series, from, &run); from = run.first + run.count) {
        if (at >= run.first && at < run.first + run.count) {
            return run;
        }
    }
    return (kt_series_run){at, 1};
}

static void put_inputs(const kt_why *of, const kt_figure_series *series, kt_series_run run)
{
    json_t *list = kt_why_section(of, "inputs", json_array());
    const size_t shown = of->all || run.count < NEWEST_INPUTS ? run.count : NEWEST_INPUTS;
    for (size_t i = run.first + run.count - shown; i < run.first + run.count; i++) {
        char name[KT_PERIOD_SIZE];
        const char letter[] = {kt_obs_letter(series->at[i].obs), '\0'};
        const kt_period period = {series->first.frequency, series->first.index + (int)i};
        json_t *row = json_object();
        kt_why_put_text(row, "time_period", kt_period_write(period, name));
        kt_why_put_number(row, "raw", series->at[i].is.value);
        kt_why_put_text(row, "status", letter);
        json_array_append_new(list, row);
    }
}

static void compare(const kt_why *of, const kt_figure_series *series, const kt_adjusted *made,
                    size_t at)
{
    const struct {
        const char *column;
        double number;
    } told[] = {{"raw", series->at[at].is.value},
                {"seasonally_adjusted", made->adjusted[at]},
                {"trend", made->trend[at]},
                {"remainder", made->remainder[at]}};
    json_t *list = kt_why_recomputed(of);
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        kt_why_compare(list, told[i].column, told[i].number, kt_why_cell(of, told[i].column));
    }
}

kt_status kt_why_series(const kt_why *of, kt_error *err)
{
    kt_period period;
    const kt_figure_series *series = NULL;
    kt_adjusted made;
    if (!kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    KT_TRY(find_series(of, period, &series, err));
    const size_t at = series == NULL ? 0 : (size_t)(period.index - series->first.index);
    if (series == NULL || period.index < series->first.index || at >= series->count) {
        (void)kt_why_section(of, "inputs", json_string(NOT_ASKED));
        return KT_OK;
    }
    KT_TRY(kt_adjust(&of->config->series, series, of->arena, &made, err));
    const kt_series_run run = run_of(series, at);
    char first[KT_PERIOD_SIZE], last[KT_PERIOD_SIZE];
    const kt_period from = {period.frequency, series->first.index + (int)run.first};
    const kt_period to = {period.frequency, from.index + (int)run.count - 1};
    (void)kt_why_section(of, "made_from",
                         json_string(kt_arena_print(
                             of->arena,
                             "the %zu figures %s to %s of the run, without a "
                             "gap and without a break of the statistic",
                             run.count, kt_period_write(from, first), kt_period_write(to, last))));
    put_inputs(of, series, run);
    compare(of, series, &made, at);
    return KT_OK;
}

static bool is_the_row(const kt_why *of, const kt_found_break *found)
{
    char text[KT_PERIOD_SIZE];
    return strcmp(kt_period_write(found->first, text), kt_why_cell(of, "break_period")) == 0;
}

static kt_status explain_found(const kt_why *of, const kt_figure_series *series,
                               const kt_period period, kt_error *err)
{
    kt_adjusted made;
    kt_found_breaks found;
    KT_TRY(kt_adjust(&of->config->series, series, of->arena, &made, err));
    KT_TRY(kt_found_breaks_of(&of->config->series, series, &made, of->arena, &found, err));
    put_inputs(of, series, run_of(series, (size_t)(period.index - series->first.index)));
    json_t *list = kt_why_recomputed(of);
    for (size_t i = 0; i < found.count; i++) {
        if (is_the_row(of, &found.at[i])) {
            kt_why_compare(list, "size", found.at[i].size, kt_why_cell(of, "size"));
        }
    }
    return KT_OK;
}

kt_status kt_why_series_break(const kt_why *of, kt_error *err)
{
    kt_period period;
    const kt_figure_series *series = NULL;
    if (!kt_period_read(kt_why_cell(of, "break_period"), &period)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    if (strcmp(kt_why_cell(of, "kind"), "declared") == 0) {
        (void)kt_why_section(of, "made_from", json_string("the registry of declared breaks"));
        return KT_OK;
    }
    KT_TRY(find_series(of, period, &series, err));
    const int at = series == NULL ? -1 : period.index - series->first.index;
    if (at < 0 || (size_t)at >= series->count) {
        (void)kt_why_section(of, "inputs", json_string(NOT_ASKED));
        return KT_OK;
    }
    return explain_found(of, series, period, err);
}
