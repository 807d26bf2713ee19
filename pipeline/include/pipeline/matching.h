/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MATCHING_H
#define KT_PIPELINE_MATCHING_H

#include <stddef.h>

#include "pipeline/set_measure.h"

/** Which matching functions and which counterfactual are published: config/matching.json. */

/** What the markets of a function with effects are. */
typedef enum kt_function_markets {
    KT_MARKETS_NONE,
    KT_MARKETS_REGIONS, /* regions of a level */
    KT_MARKETS_MONTHS,  /* January to December: effects of them take out the season */
} kt_function_markets;

typedef struct kt_function_spec {
    const char *name;   /* as the column model has it */
    const char *scopes; /* a region level, each region of which is a scope */
    const char *hires;  /* a flow */
    kt_function_markets markets;
    const char *market_level; /* of KT_MARKETS_REGIONS; else NULL */
    size_t instruments;       /* how many earlier tightnesses are instruments */
    kt_set_measure fit;
} kt_function_spec;

typedef struct kt_matching_settings {
    const char *source; /* of the stocks, in `observations`; NULL: no function is fitted */
    const char *new_vacancies, *new_unemployed; /* flows; NULL where no function has them */
    kt_function_spec *functions;
    size_t function_count;
} kt_matching_settings;

typedef struct kt_counterfactual_settings {
    const char *source; /* of unemployed and labour force, in `observations`; NULL: there is none */
    const char *scope;  /* a region */
    const char *outflow, *inflow; /* flows */
    const char *market;           /* whose mismatch in that scope */
    kt_set_measure path;
} kt_counterfactual_settings;

#endif
