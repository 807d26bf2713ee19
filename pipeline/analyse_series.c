/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "all_periods.h"
#include "check_rows.h"
#include "hash_parts.h"
#include "series_work.h"
#include "year_files.h"

#define TABLE "series"

enum column {
    TIME_PERIOD,
    PERIOD_START,
    FIRST_WORD,
    RAW = FIRST_WORD + KT_SERIES_WORDS,
    SEASONALLY_ADJUSTED,
    TREND,
    REMAINDER,
    END_POINT,
    METHOD,
    REASON,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period",     "period_start", "source",      "region_level",
    "region_code",     "sector_level", "sector_code", "occupation_level",
    "occupation_code", "indicator",    "raw",         "seasonally_adjusted",
    "trend",           "remainder",    "end_point",   "method",
    "reason",          "obs_status",
};

/* What the files of all years are made from. */
typedef struct making {
    const kt_series_work *work;
    const char *of_logarithms, *of_levels; /* methods */
    kt_period_list periods;
} making;

static void hash_common(const void *context, kt_hasher *hasher)
{
    (void)context;
    kt_hash_text(hasher, TABLE);
}

/* Every number of the row, and why it has none: so a year whose rows come out the same is kept. */
static void hash_row(const making *of, size_t series, size_t at, kt_hasher *hasher)
{
    const kt_figure_series *is = &of->work->list.at[series];
    const kt_adjusted *made = &of->work->adjusted[series];
    const double numbers[] = {is->at[at].is.value, made->adjusted[at], made->trend[at],
                              made->remainder[at]};
    const char flags[] = {kt_obs_letter(is->at[at].obs), made->provisional[at] ? 'p' : 's',
                          made->logarithms[at] ? 'l' : 'n'};
    for (int i = 0; i < KT_SERIES_WORDS; i++) {
        kt_hash_text(hasher, is->word[i]);
    }
    kt_hash_add(hasher, numbers, sizeof numbers);
    kt_hash_add(hasher, flags, sizeof flags);
    kt_hash_text(hasher, made->reason[at] == NULL ? "" : made->reason[at]);
}

/* Where a series has the period; a period that nobody collected is no row. */
static size_t place_of(const kt_figure_series *series, kt_period period)
{
    const size_t at = kt_period_place(series->first, series->count, period);
    return at != KT_NO_PERIOD && series->at[at].obs != KT_OBS_NOT_COLLECTED ? at : KT_NO_PERIOD;
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const making *of = context;
    const kt_figure_series_list *list = &of->work->list;
    for (size_t i = 0; i < list->count; i++) {
        const size_t at = place_of(&list->at[i], of->periods.at[period]);
        if (at != KT_NO_PERIOD) {
            hash_row(of, i, at, hasher);
        }
    }
}

static kt_status put_row(const making *of, size_t series, size_t at, kt_rows *rows, kt_error *err)
{
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_figure_series *is = &of->work->list.at[series];
    const kt_adjusted *made = &of->work->adjusted[series];
    const bool split = made->reason[at] == NULL;
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(kt_period_after(is->first, at), period));
    kt_rows_text(rows, PERIOD_START, kt_period_start(kt_period_after(is->first, at), start));
    for (size_t i = 0; i < KT_SERIES_WORDS; i++) {
        kt_rows_text(rows, FIRST_WORD + i, is->word[i]);
    }
    kt_rows_number(rows, RAW, is->at[at].is.value);
    kt_rows_number(rows, SEASONALLY_ADJUSTED, made->adjusted[at]);
    kt_rows_number(rows, TREND, made->trend[at]);
    kt_rows_number(rows, REMAINDER, made->remainder[at]);
    const char *end = made->provisional[at] ? "provisional" : "settled";
    kt_rows_text(rows, END_POINT, split ? end : NULL);
    kt_rows_text(rows, METHOD, made->logarithms[at] ? of->of_logarithms : of->of_levels);
    kt_rows_text(rows, REASON, made->reason[at]);
    kt_rows_status(rows, OBS_STATUS, is->at[at].obs);
    return kt_rows_end(rows, err);
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const making *of = context;
    const kt_figure_series_list *list = &of->work->list;
    for (size_t i = 0; i < list->count; i++) {
        const size_t at = place_of(&list->at[i], of->periods.at[period]);
        KT_TRY(at != KT_NO_PERIOD ? put_row(of, i, at, rows, err) : KT_OK);
    }
    return KT_OK;
}

/* The periods of all series, each once, as files and rows order them. */
static void gather_periods(making *of, kt_arena *arena)
{
    const kt_figure_series_list *list = &of->work->list;
    kt_stretches stretches = {.arena = arena};
    for (size_t i = 0; i < list->count; i++) {
        kt_stretches_add(&stretches, list->at[i].first, list->at[i].count);
    }
    of->periods = kt_stretches_list(&stretches);
}

kt_status kt_analyse_series(kt_analysis_job *job, const kt_series_work *work, kt_error *err)
{
    const kt_config *config = job->night->config;
    const char *method = work->method;
    making of = {.work = work};
    kt_year_table table = {.schema = kt_contract_find(config->contract, TABLE),
                           .context = &of,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    if (table.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"" TABLE "\"");
    }
    KT_TRY(kt_schema_expect(table.schema, names, COLUMNS, err));
    if (method != NULL) {
        of.of_levels = kt_arena_print(job->arena, "%s of=levels", method);
        of.of_logarithms = kt_arena_print(job->arena, "%s of=logarithms", method);
    }
    job->x13 = (kt_x13_counts){
        .split = work->x13.split,
        .failed = work->x13.failed,
        .reason = work->x13.reason == NULL ? NULL : kt_arena_copy(job->arena, work->x13.reason)};
    gather_periods(&of, job->arena);
    table.periods = of.periods.at;
    table.period_count = of.periods.count;
    return kt_year_files(job, &table, err);
}

kt_status kt_x13_check(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_x13_settings *x13 = &job->night->config->series.x13;
    const char *examples = job->x13.reason;
    if (x13->program == NULL) {
        return KT_OK;
    }
    if (!kt_x13_splits(x13)) {
        examples = kt_arena_print(job->arena, "there is no program %s: series are split by stl",
                                  x13->program);
    }
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_X13,
                                           .subject = TABLE,
                                           .severity = "note",
                                           .result = examples == NULL ? "passed" : "warn",
                                           .measured = (double)job->x13.split,
                                           .threshold = NAN,
                                           .cells_failed = job->x13.failed,
                                           .examples = examples},
                            err);
}
