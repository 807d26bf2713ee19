/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "hash_parts.h"
#include "warning_rows.h"
#include "year_files.h"

enum column {
    TIME_PERIOD,
    PERIOD_START,
    FIRST_WORD,
    SIGNAL = FIRST_WORD + KT_SERIES_INDICATOR - KT_SERIES_REGION_LEVEL,
    VALUE,
    USUAL_LOW,
    USUAL_HIGH,
    Q_VALUE,
    DIRECTION,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period", "period_start",     "region_level",    "region_code", "sector_level",
    "sector_code", "occupation_level", "occupation_code", "signal",      "value",
    "usual_low",   "usual_high",       "q_value",         "direction",   "obs_status",
};

static void hash_common(const void *context, kt_hasher *hasher)
{
    (void)context;
    kt_hash_text(hasher, KT_WARNING_TABLE);
}

/* What a row is weighed from, and by it what all others of its month are weighed against. */
static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const kt_warnings *all = context;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_warning_series *series = &all->series[i];
        const kt_warning_row *row = kt_warning_find(series, all->periods.at[period]);
        if (row == NULL) {
            continue;
        }
        const char flags[] = {kt_obs_letter(row->obs), (char)('0' + row->reason)};
        for (int word = KT_SERIES_REGION_LEVEL; word < KT_SERIES_INDICATOR; word++) {
            kt_hash_text(hasher, series->is->word[word]);
        }
        kt_hash_text(hasher, series->name);
        kt_hash_add(hasher, &row->now, sizeof row->now);
        kt_hash_add(hasher, row->before, sizeof row->before);
        kt_hash_add(hasher, flags, sizeof flags);
    }
}

static kt_status put_row(const kt_warnings *all, const kt_warning_series *series, kt_period period,
                         const kt_warning *found, kt_rows *rows, kt_error *err)
{
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_warning_row *row = kt_warning_find(series, period);
    const bool weighed = row->reason == KT_WARNING_WEIGHED;
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(period, name));
    kt_rows_text(rows, PERIOD_START, kt_period_start(period, start));
    for (size_t i = FIRST_WORD; i < SIGNAL; i++) {
        kt_rows_text(rows, i, series->is->word[KT_SERIES_REGION_LEVEL + i - FIRST_WORD]);
    }
    kt_rows_text(rows, SIGNAL, series->name);
    kt_rows_number(rows, VALUE, kt_warning_shown(all, series, row->now));
    kt_rows_number(rows, USUAL_LOW, weighed ? kt_warning_shown(all, series, found->low) : NAN);
    kt_rows_number(rows, USUAL_HIGH, weighed ? kt_warning_shown(all, series, found->high) : NAN);
    kt_rows_number(rows, Q_VALUE, weighed ? found->q_value : NAN);
    kt_rows_text(rows, DIRECTION, weighed ? kt_warning_word(found->direction) : NULL);
    kt_rows_status(rows, OBS_STATUS, row->obs);
    return kt_rows_end(rows, err);
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const kt_warnings *all = context;
    const kt_period month = all->periods.at[period];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(KT_WARNING_TABLE, 0);
    kt_warning *found = kt_arena_array(arena, kt_warning, all->series_count + 1);
    kt_warnings_weigh(all, month, arena, found);
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_warning_series *series = &all->series[i];
        KT_TRY(kt_warning_find(series, month) == NULL
                   ? KT_OK
                   : put_row(all, series, month, &found[i], rows, err));
    }
    return KT_OK;
}

kt_status kt_analyse_early_warning(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_panel_place place = kt_analysis_panels(job);
    kt_warnings *all = kt_arena_new(job->arena, kt_warnings);
    kt_year_table table = {.schema = kt_contract_find(config->contract, KT_WARNING_TABLE),
                           .context = all,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    if (table.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"" KT_WARNING_TABLE "\"");
    }
    KT_TRY(kt_schema_expect(table.schema, names, COLUMNS, err));
    KT_TRY(
        kt_warnings_make(config->contract, &config->early_warning, &place, job->arena, all, err));
    job->warnings = all;
    table.periods = all->periods.at;
    table.period_count = all->periods.count;
    return kt_year_files(job, &table, err);
}
