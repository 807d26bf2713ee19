/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_CHART_H
#define KT_PAGES_CHART_H

#include "pages/plot.h"

/** A line of a chart: a figure for each place, NAN where there is none. */
typedef struct kt_chart_line {
    const char *name;
    const char *style; /* a class of the style sheet: own, other */
    const double *value;
    const double *low, *high; /* a band around it; NULL for none */
    const bool *loose;        /* figures that may still change, drawn in dots; NULL for none */
} kt_chart_line;

typedef struct kt_chart {
    const char *id;
    const char *title, *description; /* what is read out */
    size_t count;                    /* of places, from left to right */
    const char *const *labels;       /* of each place; only some are written */
    const kt_chart_line *lines;
    size_t line_count;
} kt_chart;

/** Lines over time as SVG, above them what each of them is; the axis begins at 0. */
void kt_chart_put(kt_page *page, const kt_chart *chart);

/** A small line without axes beside a number; nobody who listens misses anything. */
void kt_spark_put(kt_page *page, const double *values, size_t count);

/** What a style of a chart stands for. */
typedef struct kt_key {
    const char *style, *name;
} kt_key;

void kt_keys_put(kt_page *page, const kt_key *keys, size_t count);

#endif
