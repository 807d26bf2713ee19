/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "found_breaks.h"
#include "series_work.h"

#define TABLE "breaks"

enum column {
    FIRST_WORD,
    BREAK_PERIOD = FIRST_WORD + KT_SERIES_WORDS,
    BREAK_LOW,
    BREAK_HIGH,
    DIRECTION,
    SIZE,
    KIND,
    REASON,
    METHOD,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "source",           "region_level",    "region_code", "sector_level", "sector_code",
    "occupation_level", "occupation_code", "indicator",   "break_period", "break_low",
    "break_high",       "direction",       "size",        "kind",         "reason",
    "method",           "obs_status",
};

typedef struct making {
    const kt_config *config;
    const char *of_logarithms, *of_levels; /* methods */
    kt_rows *rows;
    kt_break_counts counts;
} making;

static void put_words(const making *of, const kt_figure_series *series)
{
    for (size_t i = 0; i < KT_SERIES_WORDS; i++) {
        kt_rows_text(of->rows, FIRST_WORD + i, series->word[i]);
    }
}

static void put_period(const making *of, enum column column, kt_period period)
{
    char text[KT_PERIOD_SIZE];
    kt_rows_text(of->rows, column, kt_period_write(period, text));
}

static void put_interval(const making *of, const kt_found_break *found)
{
    if (found->bounded) {
        put_period(of, BREAK_LOW, found->low);
        put_period(of, BREAK_HIGH, found->high);
    } else {
        kt_rows_empty(of->rows, BREAK_LOW);
        kt_rows_empty(of->rows, BREAK_HIGH);
    }
}

static kt_status put_found(const making *of, const kt_figure_series *series,
                           const kt_found_break *found, kt_error *err)
{
    put_words(of, series);
    put_period(of, BREAK_PERIOD, found->first);
    put_interval(of, found);
    kt_rows_text(of->rows, DIRECTION, found->direction);
    kt_rows_number(of->rows, SIZE, found->size);
    kt_rows_text(of->rows, KIND, "found");
    kt_rows_text(of->rows, REASON, found->note);
    kt_rows_text(of->rows, METHOD, found->logarithms ? of->of_logarithms : of->of_levels);
    kt_rows_status(of->rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(of->rows, err);
}

static kt_status put_declared(const making *of, const kt_figure_series *series,
                              const kt_break *declared, kt_period first, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(TABLE, 0);
    put_words(of, series);
    put_period(of, BREAK_PERIOD, first);
    put_period(of, BREAK_LOW, first);
    put_period(of, BREAK_HIGH, first);
    kt_rows_empty(of->rows, DIRECTION);
    kt_rows_empty(of->rows, SIZE);
    kt_rows_text(of->rows, KIND, "declared");
    kt_rows_text(of->rows, REASON, declared->what.fi);
    kt_rows_text(of->rows, METHOD, kt_arena_print(arena, "declared %s", declared->id));
    kt_rows_status(of->rows, OBS_STATUS, KT_OBS_BREAK);
    return kt_rows_end(of->rows, err);
}

/* The break that begins in the period, of those that mean the series; NULL if none does. */
static const kt_break *declared_in(const making *of, const kt_figure_series *series,
                                   kt_period period)
{
    const kt_break_place place = {
        .source = strcmp(series->word[KT_SERIES_SOURCE], "_Z") == 0
                      ? NULL
                      : series->word[KT_SERIES_SOURCE],
        .measure = series->word[KT_SERIES_INDICATOR],
        .region = {series->word[KT_SERIES_REGION_LEVEL], series->word[KT_SERIES_REGION_CODE]},
        .occupation = {series->word[KT_SERIES_OCCUPATION_LEVEL],
                       series->word[KT_SERIES_OCCUPATION_CODE]}};
    const kt_breaks *breaks = of->config->breaks;
    for (size_t i = 0; breaks != NULL && i < breaks->count; i++) {
        const kt_break *one = &breaks->at[i];
        if (kt_break_begins(one, place.source, period) && kt_break_means(one, &place)) {
            return one;
        }
    }
    return NULL;
}

static kt_status add_declared(making *of, const kt_figure_series *series, kt_error *err)
{
    for (size_t i = 0; i < series->count; i++) {
        const kt_period period = {series->first.frequency, series->first.index + (int)i};
        const kt_break *declared = declared_in(of, series, period);
        of->counts.declared += declared != NULL;
        KT_TRY(declared == NULL ? KT_OK : put_declared(of, series, declared, period, err));
    }
    return KT_OK;
}

static kt_status add_series(making *of, const kt_figure_series *series,
                            const kt_found_breaks *found, kt_error *err)
{
    of->counts.stretches += found->stretches;
    of->counts.unsplit += found->unsplit;
    of->counts.found += found->count;
    for (size_t i = 0; i < found->count; i++) {
        KT_TRY(put_found(of, series, &found->at[i], err));
    }
    return add_declared(of, series, err);
}

kt_status kt_analyse_breaks(kt_analysis_job *job, const kt_series_work *work, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_schema *schema = kt_contract_find(config->contract, TABLE);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"" TABLE "\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    const kt_series_settings *series = &config->series;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(
        schema, kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena)),
        &rows, err));
    making of = {.config = config,
                 .of_levels = kt_arena_print(job->arena, "%s of=levels, %s", series->breaks.method,
                                             work->method),
                 .of_logarithms = kt_arena_print(job->arena, "%s of=logarithms, %s",
                                                 series->breaks.method, work->method),
                 .rows = rows};
    for (size_t i = 0; i < work->list.count; i++) {
        KT_TRY(add_series(&of, &work->list.at[i], &work->found[i], err));
    }
    of.counts.asked = kt_arena_array(job->arena, size_t, series->ask_count + 1);
    for (size_t i = 0; i < series->ask_count; i++) {
        of.counts.asked[i] = work->list.asked[i];
    }
    job->break_counts = of.counts;
    return kt_rows_close(&rows, NULL, err);
}

/* A kind of series that nothing is of may be a mistake in its words. */
static kt_status check_asked(const kt_analysis_job *job, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_series_ask *ask = &job->night->config->series.asks[at];
    const size_t count = job->break_counts.asked[at];
    return kt_check_row_add(
        rows,
        (kt_check_row){
            .check = "series_read",
            .subject = kt_arena_print(job->arena, "%zu %s %s", at + 1, ask->table, ask->figures[0]),
            .severity = "note",
            .result = count > 0 ? "passed" : "absent",
            .measured = (double)count,
            .threshold = NAN},
        err);
}

kt_status kt_breaks_searched_check(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_break_counts *counts = &job->break_counts;
    for (size_t i = 0; counts->asked != NULL && i < job->night->config->series.ask_count; i++) {
        KT_TRY(check_asked(job, i, rows, err));
    }
    if (counts->stretches == 0) {
        return KT_OK;
    }
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = "breaks_searched",
                       .subject = "series",
                       .severity = "note",
                       .result = "passed",
                       .measured = (double)(counts->stretches - counts->unsplit),
                       .threshold = NAN,
                       .examples =
                           kt_arena_print(job->arena,
                                          "%zu stretches of series searched, %zu %s; %zu breaks "
                                          "found, %zu declared",
                                          counts->stretches - counts->unsplit, counts->unsplit,
                                          job->x13.failed > 0 ? "could not be split"
                                                              : "too short to have a season",
                                          counts->found, counts->declared)},
        err);
}
