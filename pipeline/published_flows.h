/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PUBLISHED_FLOWS_H
#define KT_PIPELINE_PUBLISHED_FLOWS_H

#include "panel.h"

/** Stocks and flows of regions by month, over all occupations, as they are published. */

/** Which rows of `observations` and `flows` are read. */
typedef struct kt_flow_question {
    const char *source;        /* of the stocks */
    const char *const *stocks; /* columns of observations */
    size_t stock_count;
    const char *const *levels; /* of regions */
    size_t level_count;
    const char *const *flows;
    size_t flow_count;
} kt_flow_question;

typedef struct kt_flow_panels {
    const kt_panel *stocks, *flows;
    const char *source;
} kt_flow_panels;

kt_status kt_flow_panels_read(const kt_contract *contract, const kt_flow_question *question,
                              const kt_panel_place *place, kt_arena *arena, kt_flow_panels *out,
                              kt_error *err) KT_MUST_CHECK;

/** A figure by month; without a line nothing is known of any. */
typedef struct kt_month_line {
    const kt_panel_line *line; /* NULL: the table has no such rows */
    size_t figure;
} kt_month_line;

/** Stock number `at` of the question. */
kt_month_line kt_stock_line(const kt_flow_panels *of, const char *level, const char *code,
                            size_t at);
kt_month_line kt_flow_line(const kt_flow_panels *of, const char *level, const char *code,
                           const char *flow);

/** The figure of that month, by its index; not collected where there is no row. */
kt_published_figure kt_month_figure(kt_month_line line, int month);

/** Its number, NAN where none is shown. */
double kt_month_number(kt_month_line line, int month);

/** The newest month that is not comparable with the one before; INT_MIN where there is none. */
int kt_month_break(kt_month_line line);

#endif
