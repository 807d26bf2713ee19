/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_TIMED_H
#define KT_TESTS_ANALYSIS_TIMED_H

#include "analysis/support.h"
#include "core/period.h"

/* Rows of a measure of series: a period, one figure or two. */
typedef struct timed {
    size_t count;
    const char *const *period;
    const double *figure, *other; /* other may be NULL */
} timed;

/* count periods from first on, as the contract writes them. */
static inline const char *const *periods_from(const char *first, size_t count, kt_arena *arena)
{
    const char **periods = kt_arena_array(arena, const char *, count);
    kt_period period;
    assert_true(kt_period_read(first, &period));
    for (size_t i = 0; i < count; i++, period.index++) {
        char text[KT_PERIOD_SIZE];
        periods[i] = kt_arena_copy(arena, kt_period_write(period, text));
    }
    return periods;
}

/* given[i] is the text of the i-th parameter; NULL takes the fallback, and so does given NULL. */
static inline kt_status try_timed(const char *id, const timed *rows, const char *const *given,
                                  kt_arena *arena, kt_findings **out, kt_error *err)
{
    const kt_measure *measure = kt_measure_find(id);
    kt_param_value params[KT_MEASURE_PARAMS] = {0};
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        KT_TRY(
            kt_param_read(&measure->params[i], given != NULL ? given[i] : NULL, &params[i], err));
    }
    const kt_group group = {.row_count = rows->count,
                            .key = {rows->period},
                            .figure = {NULL, rows->figure, rows->other}};
    return kt_measure_run(measure, &group, params, arena, out, err);
}

static inline const kt_findings *run_timed(const char *id, const timed *rows,
                                           const char *const *given, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_timed(id, rows, given, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

/* The text called result in a row of findings; NULL where there is none. */
static inline const char *found_text(const char *id, const kt_findings *found, size_t row,
                                     const char *result)
{
    const kt_measure *measure = kt_measure_find(id);
    const size_t count = kt_measure_result_count(measure);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(measure->results[i].name, result) == 0) {
            return found->text[row * count + i];
        }
    }
    fail_msg("%s has no result %s", id, result);
    return NULL;
}

#endif
