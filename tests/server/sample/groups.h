/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_GROUPS_H
#define KT_SERVER_SAMPLE_GROUPS_H

#include "server/sample/model.h"

/**
 * Groups of job seekers beside the modelled unemployed: shares of them, moved by chance in every
 * place and month. Women are the unemployed who are no men; over 50 are none of those under 25; job
 * seekers are the unemployed and everybody else who is counted here, and more.
 */
typedef enum kt_group {
    KT_GROUP_MEN,
    KT_GROUP_WOMEN,
    KT_GROUP_UNDER_25,
    KT_GROUP_OVER_50,
    KT_GROUP_LONG_TERM,
    KT_GROUP_FOREIGN,
    KT_GROUP_REDUCED_WEEK,
    KT_GROUP_LABOUR_TRAINING,
    KT_GROUP_TRIAL,
    KT_GROUP_JOB_SEEKERS,
    KT_GROUPS
} kt_group;

/** The content that the table calls it, and its words. */
const char *kt_group_code(kt_group group);
const char *kt_group_text(kt_group group);

/** The groups of one place with so many unemployed; place tells the dice apart. */
kt_status kt_group_draw(const kt_model *model, size_t month, size_t place, int64_t unemployed,
                        int64_t out[KT_GROUPS], kt_error *err) KT_MUST_CHECK;

#endif
