/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TIME_SERIES_H
#define KT_PIPELINE_TIME_SERIES_H

#include "panel.h"
#include "pipeline/set_measure.h"
#include "x13.h"

/** Which published figures are looked at over time, and how: config/series.json. */
typedef struct kt_series_ask {
    const char *table;
    const char **figures;
    size_t figure_count;
    kt_panel_filter *filters;
    size_t filter_count;
} kt_series_ask;

typedef struct kt_series_settings {
    kt_series_ask *asks;
    size_t ask_count;
    bool logarithms; /* series above zero are split as logarithms */
    kt_set_measure adjust;
    kt_x13_settings x13; /* splits them in its place, where there is such a program */
    kt_set_measure
        breaks; /* of what is adjusted; looked for in the logarithms where they are split */
} kt_series_settings;

#endif
