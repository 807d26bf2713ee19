/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_CHART_H
#define KT_PAGES_CHART_H

#include "pages/page.h"

/** A line of a chart: a number for each place, NAN where there is none. */
typedef struct kt_chart_line {
    const char *name;
    const char *style; /* a class of the style sheet: own, other */
    const double *value;
} kt_chart_line;

typedef struct kt_chart {
    const char *title, *description; /* what is read out */
    size_t count;                    /* of places, from left to right */
    const char *const *labels;       /* of each place; only some are written */
    const kt_chart_line *lines;
    size_t line_count;
    int decimals; /* of the axis */
} kt_chart;

/** Lines over time as SVG: the axis begins at 0, each line is named at its end. */
void kt_chart_put(kt_page *page, const kt_chart *chart);

#endif
