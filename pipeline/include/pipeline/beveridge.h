/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BEVERIDGE_H
#define KT_PIPELINE_BEVERIDGE_H

#include "pipeline/sectors.h"
#include "pipeline/time_series.h"

/** Of which published figures Beveridge curves are drawn, and how: config/beveridge.json. */
typedef enum kt_curve_figure {
    KT_CURVE_UNEMPLOYED,
    KT_CURVE_VACANCIES,
    KT_CURVE_LABOUR_FORCE,
    KT_CURVE_FIGURES
} kt_curve_figure;

typedef struct kt_curve_ask {
    const char *table;
    const char *source;               /* of the rows; NULL: as their column says */
    const char *of[KT_CURVE_FIGURES]; /* columns; or, with one column, its rows by indicator */
    const char *column;               /* NULL: each figure has its own */
    kt_panel_filter *filters;
    size_t filter_count;
    kt_rate_definition
        definition;            /* by persons employed: those of the labour force who have work */
    const char *reference_day; /* in words, of both stocks */
    bool level;                /* rates are comparable as levels: no register counts them */
} kt_curve_ask;

/** Two ends of a parameter of the sufficient statistics. */
typedef struct kt_parameter_band {
    double low, high;
} kt_parameter_band;

typedef struct kt_beveridge_settings {
    kt_curve_ask *asks;
    size_t ask_count;
    int base_year; /* whose mean the index of efficient unemployment is 100 of */
    kt_set_measure efficient;
    kt_set_measure curve; /* its breaks are those that are found */
    kt_set_measure breaks;
    kt_parameter_band elasticity, recruiting_cost, nonwork_value;
    const char *band; /* the three as words */
} kt_beveridge_settings;

#endif
