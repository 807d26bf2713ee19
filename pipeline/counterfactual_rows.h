/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_COUNTERFACTUAL_ROWS_H
#define KT_PIPELINE_COUNTERFACTUAL_ROWS_H

#include "panel.h"
#include "pipeline/matching.h"

/** The table `counterfactual`: unemployment as it would have been without mismatch. */

#define KT_COUNTERFACTUAL_TABLE "counterfactual"

/** The rates of one month and what came of them; NAN where there is none. */
typedef struct kt_counterfactual_row {
    kt_period period;
    double unemployment_rate; /* u of u + employed: unemployed by labour force at the month's end */
    double job_finding;       /* flows of the month after, by the stocks at this one's end */
    double separation;
    double mismatch;
    bool begins;             /* a path begins here: after a gap or a break */
    double rate, difference; /* what the measure makes of it */
    const char *reason, *note;
    kt_obs obs;
    const char *method;
} kt_counterfactual_row;

typedef struct kt_counterfactual {
    const kt_counterfactual_settings *settings;
    kt_counterfactual_row *at; /* every month that has an unemployment rate, in time */
    size_t count;
    const char *reason; /* why there is no row at all: which published figures are not there */
} kt_counterfactual;

/** In the arena; nothing without a source. */
kt_status kt_counterfactual_make(const kt_contract *contract,
                                 const kt_counterfactual_settings *settings,
                                 const kt_panel_place *place, kt_arena *arena,
                                 kt_counterfactual *out, kt_error *err) KT_MUST_CHECK;

/** Where the path of a row begins; the row itself where it has no figure. */
size_t kt_counterfactual_start(const kt_counterfactual *of, size_t at);

#endif
