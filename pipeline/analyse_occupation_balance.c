/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>

#include "analysis_job.h"
#include "balance_rows.h"
#include "core/cleanup.h"
#include "hash_parts.h"
#include "year_files.h"

enum column {
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE,
    OCCUPATION_LEVEL,
    OCCUPATION_CODE,
    UNEMPLOYED,
    VACANCIES,
    EMPLOYED,
    EMPLOYED_YEAR,
    UNEMPLOYMENT_RATE,
    VACANCY_RATE,
    STATE_RAW,
    STATE,
    DEGREE,
    DISTANCE_TO_THRESHOLD,
    MONTHS_IN_STATE,
    ROBUSTNESS,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period",           "period_start",    "region_level", "region_code", "occupation_level",
    "occupation_code",       "unemployed",      "vacancies",    "employed",    "employed_year",
    "unemployment_rate",     "vacancy_rate",    "state_raw",    "state",       "degree",
    "distance_to_threshold", "months_in_state", "robustness",   "obs_status",
};

/* Which series there are: a position among them means the same in every year. */
static void hash_common(const void *context, kt_hasher *hasher)
{
    const kt_balances *all = context;
    for (size_t i = 0; i < all->series_count; i++) {
        kt_hash_text(hasher, all->series[i].region_level.text);
        kt_hash_text(hasher, all->series[i].region_code.text);
        kt_hash_text(hasher, all->series[i].occupation_code.text);
    }
}

/* What the rows say is what they are made from: the months before show in it and nowhere else.
 * Rates and distance follow from the rest. */
static void hash_row(size_t series, const kt_balance_row *row, kt_hasher *hasher)
{
    const double figures[] = {row->unemployed, row->vacancies, row->employed};
    const uint16_t numbers[] = {(uint16_t)(series >> 16), (uint16_t)series,
                                (uint16_t)row->employed_year, (uint16_t)row->months};
    const uint8_t words[] = {(uint8_t)row->raw, (uint8_t)row->state, (uint8_t)row->degree,
                             (uint8_t)row->robust, (uint8_t)row->obs};
    kt_hash_add(hasher, figures, sizeof figures);
    kt_hash_add(hasher, numbers, sizeof numbers);
    kt_hash_add(hasher, words, sizeof words);
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const kt_balances *all = context;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_balance_row *row = kt_balance_row_at(&all->series[i], all->periods[period]);
        if (row != NULL) {
            hash_row(i, row, hasher);
        }
    }
}

/* 0: none. */
static void put_count(kt_rows *rows, size_t column, unsigned count)
{
    kt_rows_number(rows, column, count == 0 ? NAN : (double)count);
}

static kt_status add_row(const kt_balance_series *of, const kt_balance_row *row,
                         const kt_ready_cell *period, const kt_ready_cell *start, kt_rows *rows,
                         kt_error *err)
{
    const bool assessed = row->raw != KT_NOT_ASSESSABLE;
    kt_rows_ready(rows, TIME_PERIOD, period);
    kt_rows_ready(rows, PERIOD_START, start);
    kt_rows_ready(rows, REGION_LEVEL, &of->region_level);
    kt_rows_ready(rows, REGION_CODE, &of->region_code);
    kt_rows_ready(rows, OCCUPATION_LEVEL, &of->occupation_level);
    kt_rows_ready(rows, OCCUPATION_CODE, &of->occupation_code);
    kt_rows_number(rows, UNEMPLOYED, row->unemployed);
    kt_rows_number(rows, VACANCIES, row->vacancies);
    kt_rows_number(rows, EMPLOYED, row->employed);
    put_count(rows, EMPLOYED_YEAR, isnan(row->employed) ? 0 : (unsigned)row->employed_year);
    kt_rows_number(rows, UNEMPLOYMENT_RATE, row->unemployment_rate);
    kt_rows_number(rows, VACANCY_RATE, row->vacancy_rate);
    kt_rows_text(rows, STATE_RAW, kt_balance_word(row->raw));
    kt_rows_text(rows, STATE, kt_balance_word(row->state));
    put_count(rows, DEGREE, (unsigned)row->degree);
    kt_rows_number(rows, DISTANCE_TO_THRESHOLD, row->distance);
    put_count(rows, MONTHS_IN_STATE, row->months);
    kt_rows_text(rows, ROBUSTNESS, !assessed ? "" : (row->robust ? "robust" : "fragile"));
    kt_rows_status(rows, OBS_STATUS, row->obs);
    return kt_rows_end(rows, err);
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const kt_balances *all = context;
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("the name of a period", 0);
    const kt_period month = all->periods[period];
    const kt_ready_cell cell =
        kt_cell_ready(all->schema, TIME_PERIOD, kt_period_write(month, name), arena);
    const kt_ready_cell first =
        kt_cell_ready(all->schema, PERIOD_START, kt_period_start(month, start), arena);
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_balance_row *row = kt_balance_row_at(&all->series[i], month);
        KT_TRY(row == NULL ? KT_OK : add_row(&all->series[i], row, &cell, &first, rows, err));
    }
    return KT_OK;
}

/* The tables of persons employed as the levels of the plan name them. */
static kt_balance_part *parts_of(const kt_analysis_job *job)
{
    const kt_config *config = job->night->config;
    const kt_balance_plan *plan = &config->balance;
    kt_balance_part *parts = kt_arena_array(job->arena, kt_balance_part, plan->level_count + 1);
    for (size_t i = 0; i < plan->level_count; i++) {
        const size_t at = kt_config_source(config, plan->levels[i].employed);
        parts[i] = (kt_balance_part){
            .level = &plan->levels[i],
            .employed = {.source = config->sources[at],
                         .cube = job->cubes[at],
                         .rollup = job->rollups[at],
                         .breaks = config->breaks,
                         .protected_share_limit = config->analysis.protected_share_limit}};
    }
    return parts;
}

kt_status kt_analyse_occupation_balance(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_schema *schema = kt_contract_find(config->contract, KT_BALANCE_TABLE);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", KT_BALANCE_TABLE);
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    const kt_panel_place place = kt_analysis_panels(job);
    const kt_balance_job shared = {.schema = schema,
                                   .observations =
                                       kt_contract_find(config->contract, "observations"),
                                   .plan = &config->balance,
                                   .parts = parts_of(job),
                                   .part_count = config->balance.level_count,
                                   .place = &place};
    kt_balances *all = NULL;
    KT_TRY(kt_balances_make(&shared, job->arena, &all, err));
    job->balances = all;
    const kt_year_table table = {.schema = schema,
                                 .periods = all->periods,
                                 .period_count = all->period_count,
                                 .context = all,
                                 .hash_common = hash_common,
                                 .hash_period = hash_period,
                                 .add_rows = add_rows};
    return kt_year_files(job, &table, err);
}
