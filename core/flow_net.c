/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow_net.h"

#include <math.h>

typedef struct builder {
    const flow_start *from;
    const kt_margin_table *table;
    kt_margin_index index;
    int *sign; /* of each margin, so that every open cell has both signs; 0: not yet known */
    flow_net *net;
} builder;

static bool is_open(const kt_margin_table *table, size_t cell)
{
    return table->low[cell] < table->high[cell];
}

static bool in_use(const builder *of, size_t margin)
{
    return of->from->set_aside == NULL || !of->from->set_aside[margin];
}

/* The margins in use that a cell stands in, at most three of them. */
static size_t margins_of(const builder *of, size_t cell, size_t margins[3])
{
    size_t count = 0;
    for (size_t i = of->index.start[cell]; i < of->index.start[cell + 1] && count < 3; i++) {
        if (in_use(of, of->index.margins[i])) {
            margins[count++] = of->index.margins[i];
        }
    }
    return count;
}

/* 1 for a part, -1 for the total: what one more in the cell adds to parts less total. */
static int weight_in(const builder *of, size_t margin, size_t cell)
{
    return of->table->margins[margin].total == cell ? -1 : 1;
}

/* Cell number i of a margin, the total being the last. */
static size_t cell_at(const kt_margin *margin, size_t i)
{
    return i < margin->part_count ? margin->parts[i] : margin->total;
}

/* Gives the margin on the other side of a cell its sign. False if it already has the wrong one. */
static bool sign_across(const builder *of, size_t margin, size_t cell, size_t *stack,
                        size_t *waiting)
{
    size_t both[3];
    const size_t count = margins_of(of, cell, both);
    if (count > 2) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const size_t other = both[i];
        const int want =
            -of->sign[margin] * weight_in(of, margin, cell) * weight_in(of, other, cell);
        if (other != margin && of->sign[other] == 0) {
            of->sign[other] = want;
            stack[(*waiting)++] = other;
        } else if (other != margin && of->sign[other] != want) {
            return false;
        }
    }
    return true;
}

static bool sign_around(const builder *of, size_t m, size_t *stack, size_t *waiting)
{
    const kt_margin *margin = &of->table->margins[m];
    for (size_t i = 0; i <= margin->part_count; i++) {
        const size_t cell = cell_at(margin, i);
        if (is_open(of->table, cell) && !sign_across(of, m, cell, stack, waiting)) {
            return false;
        }
    }
    return true;
}

static bool sign_from(const builder *of, size_t first, size_t *stack)
{
    of->sign[first] = 1;
    stack[0] = first;
    for (size_t waiting = 1; waiting > 0;) {
        const size_t m = stack[--waiting];
        if (!sign_around(of, m, stack, &waiting)) {
            return false;
        }
    }
    return true;
}

static bool find_signs(const builder *of, kt_arena *arena)
{
    const size_t count = of->table->margin_count;
    size_t *stack = kt_arena_array(arena, size_t, count);
    for (size_t m = 0; m < count; m++) {
        if (in_use(of, m) && of->sign[m] == 0 && !sign_from(of, m, stack)) {
            return false;
        }
    }
    return true;
}

static void add_cells(const builder *of)
{
    flow_net *net = of->net;
    const size_t ground = of->table->margin_count;
    for (size_t c = 0; c < of->table->cell_count; c++) {
        size_t margins[3];
        const size_t count = is_open(of->table, c) ? margins_of(of, c, margins) : 0;
        if (count == 0) {
            continue;
        }
        const size_t other = count == 2 ? margins[1] : ground;
        const bool adds = of->sign[margins[0]] * weight_in(of, margins[0], c) > 0;
        net->arcs[net->arc_count++] = (net_arc){.cell = c,
                                                .more = adds ? margins[0] : other,
                                                .less = adds ? other : margins[0],
                                                .value = of->from->value[c],
                                                .low = of->table->low[c],
                                                .high = of->table->high[c]};
    }
}

/* Parts less total. */
static double sum_of(const builder *of, const kt_margin *margin)
{
    double over = -of->from->value[margin->total];
    for (size_t i = 0; i < margin->part_count; i++) {
        over += of->from->value[margin->parts[i]];
    }
    return over;
}

/* What a margin leaves over is an arc to the ground. At a price it starts with nothing. */
static double add_slack(const builder *of, size_t m, double over, double price)
{
    const size_t ground = of->table->margin_count;
    const bool adds = of->sign[m] > 0;
    const double slack = price > 0.0 ? 0.0 : fmax(0.0, -over);
    of->net->arcs[of->net->arc_count++] = (net_arc){.cell = KT_SLACK,
                                                    .more = adds ? m : ground,
                                                    .less = adds ? ground : m,
                                                    .value = slack,
                                                    .high = INFINITY};
    return slack;
}

static void add_margins(const builder *of)
{
    flow_net *net = of->net;
    const size_t ground = of->table->margin_count;
    for (size_t m = 0; m < of->table->margin_count; m++) {
        const kt_margin *margin = &of->table->margins[m];
        if (!in_use(of, m)) {
            continue;
        }
        const double price = of->from->prices == NULL ? 0.0 : of->from->prices[m];
        double over = sum_of(of, margin);
        if (margin->kind == KT_PARTS_WITHIN_TOTAL) {
            over += add_slack(of, m, over, price);
        }
        net->balance[m] = of->sign[m] * over;
        net->balance[ground] -= net->balance[m];
        net->price[m] = -of->sign[m] * price;
    }
}

static void index_arcs(flow_net *net, kt_arena *arena)
{
    size_t *start = kt_arena_array(arena, size_t, net->node_count + 1);
    size_t *at = kt_arena_array(arena, size_t, 2 * net->arc_count);
    for (size_t a = 0; a < net->arc_count; a++) {
        start[net->arcs[a].more]++;
        start[net->arcs[a].less]++;
    }
    for (size_t n = 0, sum = 0; n <= net->node_count; n++) {
        sum += start[n];
        start[n] = sum;
    }
    for (size_t a = net->arc_count; a-- > 0;) {
        at[--start[net->arcs[a].more]] = a;
        at[--start[net->arcs[a].less]] = a;
    }
    net->start = start;
    net->at = at;
}

kt_status flow_net_new(const flow_start *from, kt_arena *arena, flow_net *out, kt_error *err)
{
    const kt_margin_table *table = from->table;
    flow_net net = {.node_count = table->margin_count + 1};
    net.balance = kt_arena_array(arena, double, net.node_count);
    net.price = kt_arena_array(arena, double, net.node_count);
    net.arcs = kt_arena_array(arena, net_arc, table->cell_count + table->margin_count);
    const builder of = {.from = from,
                        .table = table,
                        .index = kt_margins_index(table, arena),
                        .sign = kt_arena_array(arena, int, table->margin_count),
                        .net = &net};
    if (!find_signs(&of, arena)) {
        return kt_fail(err, KT_ERR_NO_DATA,
                       "a hidden cell stands in three margins, or in two the same way");
    }
    add_cells(&of);
    add_margins(&of);
    index_arcs(&net, arena);
    *out = net;
    return KT_OK;
}
