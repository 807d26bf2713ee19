/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BALANCE_H
#define KT_PIPELINE_BALANCE_H

#include <stddef.h>

#include "analysis/balance.h"

/** What the table `occupation_balance` is made with: where its figures come from and its rules. */
typedef struct kt_balance_level {
    const char *occupation_level;
    const char *employed; /* kt_source.id of the persons employed, yearly */
    size_t months;        /* the newest ones that have rows; 0: all */
} kt_balance_level;

typedef struct kt_balance_plan {
    const char *source; /* kt_source.id of unemployed and vacancies; NULL: there is no such table */
    const char **region_levels;
    size_t region_level_count;
    kt_balance_level *levels;
    size_t level_count;
    kt_balance_settings rules;
} kt_balance_plan;

#endif
