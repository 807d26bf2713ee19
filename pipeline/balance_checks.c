/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "balance_rows.h"
#include "barometer.h"
#include "check_rows.h"

#define EXAMPLES 5

static kt_period newest_of(const kt_balances *all)
{
    return all->periods[all->period_count - 1];
}

static kt_status add_given(const kt_analysis_job *job, const kt_balance_part *part,
                           const char *region_level, kt_rows *rows, kt_error *err)
{
    const kt_balances *all = job->balances;
    const char *level = part->level->occupation_level;
    const char *id = part->employed.source->id;
    size_t count = 0;
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_balance_series *one = &all->series[i];
        count += strcmp(one->region_level.text, region_level) == 0 &&
                         strcmp(one->occupation_level.text, level) == 0 &&
                         kt_balance_row_at(one, newest_of(all)) != NULL
                     ? 1
                     : 0;
    }
    const char *reason = NULL;
    if (part->employed.cube == NULL) {
        reason = kt_arena_print(job->arena, "%s is not there", id);
    } else if (!kt_balance_has_level(part, region_level)) {
        reason = kt_arena_print(job->arena, "%s has no employed persons of such regions", id);
    } else if (count == 0) {
        reason = "observations has no such rows";
    }
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = KT_CHECK_BALANCE_GIVEN,
                       .subject = kt_arena_print(job->arena, "%s %s", level, region_level),
                       .severity = "note",
                       .result = count == 0 ? "absent" : "passed",
                       .measured = (double)count,
                       .threshold = NAN,
                       .examples = reason},
        err);
}

/* Rows of one reason: all of the table, and those of the newest month by name. */
typedef struct found {
    size_t rows, newest;
    const char *words;
} found;

static found look_for(const kt_analysis_job *job, kt_balance_reason reason)
{
    const kt_balances *all = job->balances;
    found out = {.words = ""};
    for (size_t i = 0; i < all->series_count; i++) {
        const kt_balance_series *one = &all->series[i];
        for (size_t month = one->shown; month < one->count; month++) {
            const kt_balance_row *row = &one->at[month];
            out.rows += row->employed_year != 0 && row->reason == reason ? 1 : 0;
        }
        const kt_balance_row *row = kt_balance_row_at(one, newest_of(all));
        if (row != NULL && row->reason == reason && out.newest++ < EXAMPLES) {
            out.words =
                kt_arena_print(job->arena, "%s%s%s %s", out.words, out.newest > 1 ? ", " : "",
                               one->region_code.text, one->occupation_code.text);
        }
    }
    return out;
}

static kt_status add_reason(const kt_analysis_job *job, kt_balance_reason reason, kt_rows *rows,
                            kt_error *err)
{
    const found what = look_for(job, reason);
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_NOT_ASSESSABLE,
                                           .subject = kt_balance_reason_word(reason),
                                           .severity = "note",
                                           .result = what.rows == 0 ? "passed" : "warn",
                                           .measured = (double)what.rows,
                                           .threshold = NAN,
                                           .cells_failed = what.newest,
                                           .examples = what.words},
                            err);
}

static kt_status add_levels(const kt_analysis_job *job, const kt_balance_part *part, kt_rows *rows,
                            kt_error *err)
{
    const kt_balance_plan *plan = job->balances->plan;
    for (size_t i = 0; i < plan->region_level_count; i++) {
        KT_TRY(add_given(job, part, plan->region_levels[i], rows, err));
    }
    return KT_OK;
}

kt_status kt_balance_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_balances *all = job->balances;
    for (size_t i = 0; i < all->part_count; i++) {
        KT_TRY(add_levels(job, &all->parts[i], rows, err));
    }
    for (kt_balance_reason reason = KT_BALANCE_NO_FIGURE;
         all->period_count > 0 && reason < KT_BALANCE_REASONS; reason++) {
        KT_TRY(add_reason(job, reason, rows, err));
    }
    return job->night->config->barometer_path == NULL ? KT_OK : kt_barometer_checks(job, rows, err);
}
