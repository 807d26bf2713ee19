/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "all_periods.h"
#include "analysis_job.h"
#include "check_rows.h"
#include "core/parallel.h"
#include "curve_lines.h"
#include "hash_parts.h"
#include "year_files.h"

#define TABLE "beveridge"

enum column {
    TIME_PERIOD,
    PERIOD_START,
    FIRST_WORD,
    UNEMPLOYMENT_RATE = FIRST_WORD + KT_SERIES_OCCUPATION_LEVEL,
    VACANCY_RATE,
    VACANCY_RATE_DEFINITION,
    REFERENCE_DAY,
    EFFICIENT_UNEMPLOYMENT_RATE,
    EFFICIENT_LOW,
    EFFICIENT_HIGH,
    EFFICIENT_RATE_INDEX,
    UNEMPLOYMENT_GAP,
    SEGMENT,
    OUTWARD_SHIFT,
    METHOD,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period",
    "period_start",
    "source",
    "region_level",
    "region_code",
    "sector_level",
    "sector_code",
    "unemployment_rate",
    "vacancy_rate",
    "vacancy_rate_definition",
    "reference_day",
    "efficient_unemployment_rate",
    "efficient_low",
    "efficient_high",
    "efficient_rate_index",
    "unemployment_gap",
    "segment",
    "outward_shift",
    "method",
    "obs_status",
};

typedef struct making {
    const kt_config *config;
    kt_curve_lines lines;
    kt_arena **arenas; /* of each line */
    const char *method;
    kt_period_list periods;
} making;

static kt_status make_line(void *context, size_t index, kt_error *err)
{
    const making *of = context;
    of->arenas[index] = kt_arena_open(TABLE, 0);
    return kt_curve_line_make(of->config, &of->lines.at[index], of->arenas[index], err);
}

/* Where a line has the period and something to say of it. */
static size_t place_of(const kt_curve_line *line, kt_period period)
{
    const size_t at = kt_period_place(line->first, line->count, period);
    return at != KT_NO_PERIOD && line->unemployment[at].obs != KT_OBS_NOT_COLLECTED ? at
                                                                                    : KT_NO_PERIOD;
}

static void hash_common(const void *context, kt_hasher *hasher)
{
    (void)context;
    kt_hash_text(hasher, TABLE);
}

/* Every number of the row: a year whose rows come out the same is kept. */
static void hash_row(const kt_curve_line *line, size_t at, kt_hasher *hasher)
{
    const kt_curve_point *made = &line->made[at];
    const double numbers[] = {line->unemployment[at].is.value,
                              line->vacancy[at].is.value,
                              made->efficient,
                              made->efficient_low,
                              made->efficient_high,
                              made->index,
                              made->gap,
                              (double)made->segment,
                              made->shift};
    const char letter = kt_obs_letter(line->unemployment[at].obs);
    for (int i = 0; i < KT_SERIES_OCCUPATION_LEVEL; i++) {
        kt_hash_text(hasher, line->word[i]);
    }
    kt_hash_add(hasher, numbers, sizeof numbers);
    kt_hash_add(hasher, &letter, 1);
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const making *of = context;
    for (size_t i = 0; i < of->lines.count; i++) {
        const size_t at = place_of(&of->lines.at[i], of->periods.at[period]);
        if (at != KT_NO_PERIOD) {
            hash_row(&of->lines.at[i], at, hasher);
        }
    }
}

static void put_efficient(const kt_curve_line *line, const kt_curve_point *made, kt_rows *rows)
{
    const bool level = line->ask->level;
    kt_rows_number(rows, EFFICIENT_UNEMPLOYMENT_RATE, level ? made->efficient : NAN);
    kt_rows_number(rows, EFFICIENT_LOW, level ? made->efficient_low : NAN);
    kt_rows_number(rows, EFFICIENT_HIGH, level ? made->efficient_high : NAN);
    kt_rows_number(rows, EFFICIENT_RATE_INDEX, made->index);
    kt_rows_number(rows, UNEMPLOYMENT_GAP, level ? made->gap : NAN);
}

static kt_status put_row(const making *of, const kt_curve_line *line, size_t at, kt_rows *rows,
                         kt_error *err)
{
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_curve_point *made = &line->made[at];
    const kt_period is = kt_period_after(line->first, at);
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(is, period));
    kt_rows_text(rows, PERIOD_START, kt_period_start(is, start));
    for (size_t i = 0; i < KT_SERIES_OCCUPATION_LEVEL; i++) {
        kt_rows_text(rows, FIRST_WORD + i, line->word[i]);
    }
    kt_rows_number(rows, UNEMPLOYMENT_RATE, line->unemployment[at].is.value);
    kt_rows_number(rows, VACANCY_RATE, line->vacancy[at].is.value);
    kt_rows_text(rows, VACANCY_RATE_DEFINITION, kt_rate_name(line->ask->definition));
    kt_rows_text(rows, REFERENCE_DAY, line->ask->reference_day);
    put_efficient(line, made, rows);
    kt_rows_number(rows, SEGMENT, made->segment == 0 ? NAN : (double)made->segment);
    kt_rows_number(rows, OUTWARD_SHIFT, made->shift);
    kt_rows_text(rows, METHOD, of->method);
    kt_rows_status(rows, OBS_STATUS, line->unemployment[at].obs);
    return kt_rows_end(rows, err);
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const making *of = context;
    for (size_t i = 0; i < of->lines.count; i++) {
        const kt_curve_line *line = &of->lines.at[i];
        const size_t at = place_of(line, of->periods.at[period]);
        KT_TRY(at != KT_NO_PERIOD ? put_row(of, line, at, rows, err) : KT_OK);
    }
    return KT_OK;
}

static void gather_periods(making *of, kt_arena *arena)
{
    kt_stretches stretches = {.arena = arena};
    for (size_t i = 0; i < of->lines.count; i++) {
        kt_stretches_add(&stretches, of->lines.at[i].first, of->lines.at[i].count);
    }
    of->periods = kt_stretches_list(&stretches);
}

/* How many lines have a shift in some period, and why the first of the others has none. */
static void count_curves(kt_analysis_job *job, const making *of)
{
    for (size_t i = 0; i < of->lines.count; i++) {
        const kt_curve_line *line = &of->lines.at[i];
        size_t shifts = 0;
        for (size_t j = 0; j < line->count; j++) {
            shifts += isnan(line->made[j].shift) ? 0 : 1;
        }
        job->curves.lines += line->shown ? 1 : 0;
        job->curves.shifted += shifts > 0 ? 1 : 0;
        if (line->shown && shifts == 0 && line->reason != NULL && job->curves.reason == NULL) {
            job->curves.reason =
                kt_arena_print(job->arena, "%s %s: %s", line->word[KT_SERIES_SOURCE],
                               line->word[KT_SERIES_REGION_CODE], line->reason);
        }
    }
}

static kt_status write_files(kt_analysis_job *job, making *of, kt_error *err)
{
    kt_year_table table = {.schema = kt_contract_find(of->config->contract, TABLE),
                           .context = of,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    if (table.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"" TABLE "\"");
    }
    KT_TRY(kt_schema_expect(table.schema, names, COLUMNS, err));
    KT_TRY(kt_parallel(of->lines.count, of->config->analysis.threads, make_line, of, err));
    gather_periods(of, job->arena);
    table.periods = of->periods.at;
    table.period_count = of->periods.count;
    KT_TRY(kt_year_files(job, &table, err));
    count_curves(job, of);
    return KT_OK;
}

static const char *method_of(const kt_config *config, kt_arena *arena)
{
    const kt_beveridge_settings *of = &config->beveridge;
    return of->ask_count == 0
               ? ""
               : kt_arena_print(arena, "%s %s base_year=%d; %s, %s, %s", of->efficient.method,
                                of->band, of->base_year, of->curve.method, of->breaks.method,
                                config->series.adjust.method == NULL
                                    ? "rates as they are"
                                    : config->series.adjust.method);
}

kt_status kt_analyse_beveridge(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_panel_place place = kt_analysis_panels(job);
    making of = {.config = config, .method = method_of(config, job->arena)};
    KT_TRY(kt_curve_lines_read(config, &place, job->arena, &of.lines, err));
    of.arenas = kt_arena_array(job->arena, kt_arena *, of.lines.count + 1);
    const kt_status status = write_files(job, &of, err);
    for (size_t i = 0; i < of.lines.count; i++) {
        kt_arena_free(of.arenas[i]);
    }
    return status;
}

kt_status kt_curves_check(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_curve_counts *counts = &job->curves;
    if (counts->lines == 0) {
        return KT_OK;
    }
    return kt_check_row_add(rows,
                            (kt_check_row){.check = "curves_shifted",
                                           .subject = TABLE,
                                           .severity = "note",
                                           .result = counts->shifted > 0 ? "passed" : "absent",
                                           .measured = (double)counts->shifted,
                                           .threshold = (double)counts->lines,
                                           .examples = counts->reason},
                            err);
}
