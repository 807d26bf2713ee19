/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MATCHING_ROWS_H
#define KT_PIPELINE_MATCHING_ROWS_H

#include "panel.h"
#include "pipeline/matching.h"

/** The table `matching_function`: functions of published flows and of the stocks a month before. */

#define KT_MATCHING_TABLE "matching_function"

/** One function in one scope: what it was fitted to, and what came of it. */
typedef struct kt_function_fit {
    const kt_function_spec *spec;
    const char *scope;        /* a region */
    kt_group group;           /* as the measure took it; row_count 0: there was nothing to fit */
    const kt_findings *found; /* NULL then */
    kt_period first, last;    /* of the rows */
    kt_obs obs;               /* the worst status of the figures in them; breaks do not count */
    const char *reason;       /* why there is nothing to fit; NULL */
    const char *method;
} kt_function_fit;

typedef struct kt_function_list {
    const kt_matching_settings *settings;
    kt_function_fit *at;
    size_t count;
} kt_function_list;

/** Every function of the settings in each of its scopes, in the arena; none without a source. */
kt_status kt_functions_fit(const kt_contract *contract, const kt_matching_settings *settings,
                           const kt_panel_place *place, kt_arena *arena, kt_function_list *out,
                           kt_error *err) KT_MUST_CHECK;

/** A row of the table: term number `term` of the fit, or the only row of one without terms. */
typedef struct kt_function_row {
    const char *term; /* _T: nothing was fitted */
    double estimate, standard_error;
    size_t n;
    bool admissible;
    const char *reason; /* why there is no estimate, or what must be known of it; NULL */
} kt_function_row;

size_t kt_function_row_count(const kt_function_fit *fit);
kt_function_row kt_function_row_at(const kt_function_fit *fit, size_t term);

#endif
