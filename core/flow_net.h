/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_FLOW_NET_H
#define KT_CORE_FLOW_NET_H

#include "core/flow.h"

/* A margin table as a network. Adding one to an arc adds one to the balance of its node `more` and
 * takes one from that of its node `less`; a filling meets the margins when every balance is 0. */
typedef struct net_arc {
    size_t cell; /* KT_SLACK for what a margin of parts within a total leaves over */
    size_t more, less;
    double value, low, high;
    double one_more, one_less; /* what either costs at the value; INFINITY where there is no room */
} net_arc;

#define KT_SLACK ((size_t)-1)

typedef struct flow_net {
    size_t node_count; /* one for each margin and, last, the ground */
    double *balance;
    double *price; /* of each node: what it would pay to be rid of one count too many */
    size_t arc_count;
    net_arc *arcs;
    const size_t *start; /* arcs at node n: at[start[n]] .. at[start[n + 1] - 1] */
    const size_t *at;
} flow_net;

/* What a network is made of. */
typedef struct flow_start {
    const kt_margin_table *table;
    const bool *set_aside;
    const double *prices; /* of margins, or NULL */
    const double *value;  /* of cells */
} flow_start;

/* The network of the open cells at their values. KT_ERR_NO_DATA if the table is none. */
kt_status flow_net_new(const flow_start *from, kt_arena *arena, flow_net *out,
                       kt_error *err) KT_MUST_CHECK;

#endif
