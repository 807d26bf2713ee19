/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_INDICATOR_H
#define KT_CORE_INDICATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * What a project reports of its participants and results: the words that the readers of reports and
 * the analysis of projects share.
 */

typedef enum kt_indicator_sex {
    KT_SEX_ALL,
    KT_SEX_F,
    KT_SEX_M,
    KT_SEX_NB,
    KT_SEXES
} kt_indicator_sex;

/** One figure of one project. */
typedef struct kt_indicator_value {
    const char *indicator; /* EECO01 */
    size_t period;         /* the place of its report period in the list that goes with it */
    kt_indicator_sex sex;
    bool target; /* what was promised, not what was done */
    double value;
    int64_t reported_day; /* KT_NO_DAY where nobody says */
} kt_indicator_value;

typedef enum kt_check_relation { KT_CHECK_EQUAL, KT_CHECK_AT_MOST } kt_check_relation;

/** The sum of some indicators against that of others, in one period: "EECO03 at most EECO02". */
typedef struct kt_indicator_check {
    const char *id;
    const char *period; /* of the programme: 2021-2027 */
    const char *const *left, *const *right;
    size_t left_count, right_count;
    kt_check_relation relation;
} kt_indicator_check;

#endif
