/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/flow.h"

#include <math.h>

#include "flow_net.h"

#define MOST_COUNTS ((double)(1 << 20))
#define NO_ARC      ((size_t)-1)

typedef struct heap_item {
    double distance;
    size_t node;
} heap_item;

/* Shortest paths from all nodes with too much to the nearest with too little, in costs reduced by
 * the nodes' prices, so that none is below zero. */
typedef struct search {
    flow_net *net;
    const kt_flow_cost *cost;
    double *price, *distance;
    size_t *reached_by;              /* the arc */
    double source_price, sink_price; /* of where all counts come from and go to */
    heap_item *heap;
    size_t heap_count;
} search;

static bool is_before(heap_item a, heap_item b)
{
    return a.distance < b.distance || (a.distance == b.distance && a.node < b.node);
}

static void heap_push(search *of, heap_item item)
{
    size_t at = of->heap_count++;
    for (; at > 0 && is_before(item, of->heap[(at - 1) / 2]); at = (at - 1) / 2) {
        of->heap[at] = of->heap[(at - 1) / 2];
    }
    of->heap[at] = item;
}

static heap_item heap_pop(search *of)
{
    const heap_item top = of->heap[0], last = of->heap[--of->heap_count];
    size_t at = 0;
    for (size_t child = 1; child < of->heap_count; child = 2 * at + 1) {
        if (child + 1 < of->heap_count && is_before(of->heap[child + 1], of->heap[child])) {
            child++;
        }
        if (!is_before(of->heap[child], last)) {
            break;
        }
        of->heap[at] = of->heap[child];
        at = child;
    }
    of->heap[at] = last;
    return top;
}

static double step(const search *of, const net_arc *arc, double value)
{
    return of->cost == NULL || arc->cell == KT_SLACK
               ? 0.0
               : of->cost->step(of->cost->context, arc->cell, value);
}

static void set_value(const search *of, net_arc *arc, double value)
{
    arc->value = value;
    arc->one_more = value < arc->high ? step(of, arc, value) : INFINITY;
    arc->one_less = value > arc->low ? -step(of, arc, value - 1.0) : INFINITY;
}

/* What it costs to pass one count too many from a node over an arc: the arc takes one less if it
 * fills the node, one more if it drains it. */
static double cost_from(const net_arc *arc, size_t node)
{
    return arc->more == node ? arc->one_less : arc->one_more;
}

static size_t other_end(const net_arc *arc, size_t node)
{
    return arc->more == node ? arc->less : arc->more;
}

static void reach(search *of, size_t node, double distance, size_t arc)
{
    if (distance < of->distance[node]) {
        of->distance[node] = distance;
        of->reached_by[node] = arc;
        heap_push(of, (heap_item){distance, node});
    }
}

static void look_around(search *of, heap_item from)
{
    const flow_net *net = of->net;
    for (size_t i = net->start[from.node]; i < net->start[from.node + 1]; i++) {
        const net_arc *arc = &net->arcs[net->at[i]];
        const size_t to = other_end(arc, from.node);
        const double reduced = cost_from(arc, from.node) + of->price[from.node] - of->price[to];
        /* Rounding may leave a path of cost 0 a hair below it. */
        reach(of, to, from.distance + fmax(0.0, reduced), net->at[i]);
    }
}

static void start_search(search *of)
{
    of->heap_count = 0;
    for (size_t n = 0; n < of->net->node_count; n++) {
        of->distance[n] = INFINITY;
        of->reached_by[n] = NO_ARC;
    }
    for (size_t n = 0; n < of->net->node_count; n++) {
        if (of->net->balance[n] > 0.0) {
            reach(of, n, fmax(0.0, of->source_price - of->price[n]), NO_ARC);
        }
    }
}

/* The node with too little that is nearest, or NO_ARC; its distance, reduced by the sink's price.
 */
static size_t find_nearest(search *of, double *distance)
{
    size_t nearest = NO_ARC;
    *distance = INFINITY;
    start_search(of);
    while (of->heap_count > 0 && of->heap[0].distance < *distance) {
        const heap_item from = heap_pop(of);
        if (from.distance > of->distance[from.node]) {
            continue;
        }
        const double end = from.distance + fmax(0.0, of->price[from.node] - of->sink_price);
        if (of->net->balance[from.node] < 0.0 && end < *distance) {
            *distance = end;
            nearest = from.node;
        }
        look_around(of, from);
    }
    return nearest;
}

static void raise_prices(search *of, double distance)
{
    for (size_t n = 0; n < of->net->node_count; n++) {
        of->price[n] += fmin(of->distance[n], distance);
    }
    of->sink_price += distance;
}

/* Passes one count along the path that ends at node. */
static void pass_one(search *of, size_t node)
{
    flow_net *net = of->net;
    net->balance[node] += 1.0;
    while (of->reached_by[node] != NO_ARC) {
        net_arc *arc = &net->arcs[of->reached_by[node]];
        set_value(of, arc, arc->value + (arc->more == node ? 1.0 : -1.0));
        node = other_end(arc, node);
    }
    net->balance[node] -= 1.0;
}

static double counts_to_pass(const flow_net *net)
{
    double sum = 0.0;
    for (size_t n = 0; n < net->node_count; n++) {
        sum += fmax(0.0, net->balance[n]);
    }
    return sum;
}

static search search_new(flow_net *net, const kt_flow_cost *cost, kt_arena *arena)
{
    search made = {.net = net,
                   .cost = cost,
                   .price = net->price,
                   .distance = kt_arena_array(arena, double, net->node_count),
                   .reached_by = kt_arena_array(arena, size_t, net->node_count),
                   .heap =
                       kt_arena_array(arena, heap_item, 2 * net->arc_count + net->node_count + 1)};
    for (size_t n = 0; n < net->node_count; n++) {
        made.source_price = fmax(made.source_price, net->price[n]);
        made.sink_price = fmin(made.sink_price, net->price[n]);
    }
    return made;
}

kt_status kt_flow_settle(const kt_margin_table *table, const bool *set_aside,
                         const kt_flow_cost *cost, kt_arena *arena, double *value, kt_error *err)
{
    const flow_start from = {table, set_aside, cost == NULL ? NULL : cost->prices, value};
    flow_net net;
    KT_TRY(flow_net_new(&from, arena, &net, err));
    const double counts = counts_to_pass(&net);
    if (counts > MOST_COUNTS) {
        return kt_fail(err, KT_ERR_NO_DATA, "%.0f counts away from the margins", counts);
    }
    search of = search_new(&net, cost, arena);
    for (size_t a = 0; a < net.arc_count; a++) {
        set_value(&of, &net.arcs[a], net.arcs[a].value);
    }
    for (size_t left = (size_t)counts; left > 0; left--) {
        double distance;
        const size_t node = find_nearest(&of, &distance);
        if (node == NO_ARC) {
            return kt_fail(err, KT_ERR_DATA, "no whole numbers meet all margins");
        }
        raise_prices(&of, distance);
        pass_one(&of, node);
    }
    for (size_t a = 0; a < net.arc_count; a++) {
        if (net.arcs[a].cell != KT_SLACK) {
            value[net.arcs[a].cell] = net.arcs[a].value;
        }
    }
    return KT_OK;
}
