/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_WARNING_ROWS_H
#define KT_PIPELINE_WARNING_ROWS_H

#include "all_periods.h"
#include "figure_series.h"
#include "pipeline/early_warning.h"

/**
 * The rows of early_warning: published figures of the last months, and of the same months of three
 * years before. What is cheap is made for all of them; a month is weighed when its file is written.
 */
#define KT_WARNING_TABLE "early_warning"

/** Why a row is not weighed, the first ones as kt_obs tells of one of its months. */
typedef enum kt_warning_reason {
    KT_WARNING_WEIGHED,
    KT_WARNING_NOT_COLLECTED, /* also before the table began */
    KT_WARNING_MISSING,
    KT_WARNING_IMPOSSIBLE,
    KT_WARNING_PROTECTED,
    KT_WARNING_BREAK, /* of the statistic, between the first and the last of all months */
    KT_WARNING_REASONS
} kt_warning_reason;

/** "protected" ...; NULL for a row that is weighed. */
const char *kt_warning_reason_word(kt_warning_reason reason);

typedef struct kt_warning_row {
    double now;                      /* sum of the months; NAN where there is none */
    double before[KT_WARNING_YEARS]; /* of the years before, the newest first */
    kt_obs obs;                      /* of now */
    kt_warning_reason reason;
} kt_warning_row;

/** One cell of one signal, and its newest months. */
typedef struct kt_warning_series {
    const kt_figure_series *is;
    size_t signal;    /* of the plan */
    const char *name; /* of the signal */
    size_t family;    /* of the signal: cells of the same levels */
    kt_period first;
    size_t count;
    kt_warning_row *at;
} kt_warning_series;

typedef struct kt_warnings {
    const kt_warning_plan *plan;
    kt_warning_series *series; /* as rows of one period are ordered */
    size_t series_count;
    kt_period_list periods;
} kt_warnings;

/** The row of figures that end at that position of a series. */
kt_warning_row kt_warning_row_at(const kt_warning_plan *plan, const kt_figure_series *series,
                                 size_t at);

/** Everything in the arena. A plan without months has no rows. */
kt_status kt_warnings_make(const kt_contract *contract, const kt_warning_plan *plan,
                           const kt_panel_place *place, kt_arena *arena, kt_warnings *out,
                           kt_error *err) KT_MUST_CHECK;

/** The row of a series in that period; NULL if it has none: nobody collected its newest month. */
const kt_warning_row *kt_warning_find(const kt_warning_series *series, kt_period period);

/** Weighs the rows of one period; out has one of each series, filled where the row is weighed. */
void kt_warnings_weigh(const kt_warnings *all, kt_period period, kt_arena *arena, kt_warning *out);

/** What is shown of a sum of that signal: itself or a mean. */
double kt_warning_shown(const kt_warnings *all, const kt_warning_series *series, double sum);

#endif
