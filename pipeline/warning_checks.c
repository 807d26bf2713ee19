/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "check_rows.h"
#include "warning_rows.h"

#define EXAMPLES 5

/* Rows of one signal that have the reason: all of the table, those of the newest month by name. */
typedef struct found {
    size_t rows, newest;
    const char *words;
} found;

static void look_at(const kt_analysis_job *job, const kt_warning_series *series,
                    kt_warning_reason reason, found *out)
{
    for (size_t i = 0; i < series->count; i++) {
        const kt_period month = {series->first.frequency, series->first.index + (int)i};
        const kt_warning_row *row = kt_warning_find(series, month);
        if (row == NULL || row->reason != reason) {
            continue;
        }
        out->rows++;
        if (i + 1 == series->count && out->newest++ < EXAMPLES) {
            const char *const *word = series->is->word;
            out->words =
                kt_arena_print(job->arena, "%s%s%s %s %s", out->words, out->newest > 1 ? ", " : "",
                               word[KT_SERIES_REGION_CODE], word[KT_SERIES_SECTOR_CODE],
                               word[KT_SERIES_OCCUPATION_CODE]);
        }
    }
}

static found look_for(const kt_analysis_job *job, size_t signal, kt_warning_reason reason)
{
    found out = {.words = ""};
    for (size_t i = 0; i < job->warnings->series_count; i++) {
        if (job->warnings->series[i].signal == signal) {
            look_at(job, &job->warnings->series[i], reason, &out);
        }
    }
    return out;
}

static kt_status add_given(const kt_analysis_job *job, size_t signal, kt_rows *rows, kt_error *err)
{
    const found what = look_for(job, signal, KT_WARNING_WEIGHED);
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_WARNING_GIVEN,
                                           .subject = job->warnings->plan->signals[signal].name,
                                           .severity = "note",
                                           .result = what.newest == 0 ? "absent" : "passed",
                                           .measured = (double)what.newest,
                                           .threshold = NAN},
                            err);
}

static kt_status add_absent(const kt_analysis_job *job, size_t signal, kt_warning_reason reason,
                            kt_rows *rows, kt_error *err)
{
    const found what = look_for(job, signal, reason);
    if (what.rows == 0) {
        return KT_OK;
    }
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = KT_CHECK_WARNING_ABSENT,
                       .subject = kt_arena_print(job->arena, "%s %s",
                                                 job->warnings->plan->signals[signal].name,
                                                 kt_warning_reason_word(reason)),
                       .severity = "note",
                       .result = "warn",
                       .measured = (double)what.rows,
                       .threshold = NAN,
                       .cells_failed = what.newest,
                       .examples = what.words},
        err);
}

static kt_status add_signal(const kt_analysis_job *job, size_t signal, kt_rows *rows, kt_error *err)
{
    KT_TRY(add_given(job, signal, rows, err));
    for (int reason = KT_WARNING_NOT_COLLECTED; reason < KT_WARNING_REASONS; reason++) {
        KT_TRY(add_absent(job, signal, (kt_warning_reason)reason, rows, err));
    }
    return KT_OK;
}

kt_status kt_warning_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    for (size_t signal = 0; signal < job->warnings->plan->signal_count; signal++) {
        KT_TRY(add_signal(job, signal, rows, err));
    }
    return KT_OK;
}
