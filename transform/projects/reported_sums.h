/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORTED_SUMS_H
#define KT_TRANSFORM_PROJECTS_REPORTED_SUMS_H

#include "reported_left.h"

/* Rules and groups while more of them are found; the rule of a group is no zero. */
typedef struct reported_sums {
    kt_count_rule *at;
    size_t count, room;
} reported_sums;

typedef struct reported_tying {
    const reported_table *of;
    reported_states states;
    const kt_indicator_family **families; /* those of which the project reports all indicators */
    size_t family_count;
    bool *usable; /* of all families */
    reported_sums rules, groups;
} reported_tying;

/* Without effect for a sum of nothing. */
void reported_add(const reported_tying *of, reported_sums *to, const spelled *sum, bool zero);

void reported_add_rules(reported_tying *of);
void reported_add_groups(reported_tying *of);

#endif
