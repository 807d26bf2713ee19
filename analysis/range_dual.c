/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "range_dual.h"

#include <math.h>

/* What making a dual needs beside it: where the rows and ties of each side are. */
typedef struct builder {
    range_dual *to;
    kt_margin_index index[2];
    size_t *row_of[2];  /* of each margin, SIZE_MAX where it is not used */
    bool *in_market[2]; /* of each cell of the table */
    size_t tie_count;
    kt_arena *arena;
} builder;

static bool is_open(const kt_margin_table *table, size_t cell)
{
    return table->low[cell] < table->high[cell];
}

bool range_uses(const kt_range_side *side, size_t margin)
{
    const kt_margin_table *table = side->table;
    const kt_margin *of = &table->margins[margin];
    if ((side->set_aside != NULL && side->set_aside[margin]) || isinf(table->high[of->total])) {
        return false;
    }
    for (size_t i = 0; i < of->part_count; i++) {
        if (isinf(table->high[of->parts[i]])) {
            return false;
        }
    }
    return true;
}

static double row_rest(const kt_margin_table *table, const kt_margin *margin, size_t *open)
{
    double rest = 0.0;
    for (size_t i = 0; i <= margin->part_count; i++) {
        const bool is_part = i < margin->part_count;
        const size_t cell = is_part ? margin->parts[i] : margin->total;
        if (is_open(table, cell)) {
            (*open)++;
        } else {
            rest += is_part ? -table->low[cell] : table->low[cell];
        }
    }
    return rest;
}

static void add_rows(builder *of, int side)
{
    const kt_range_side *from = range_side(of->to->market, side);
    of->index[side] = kt_margins_index(from->table, of->arena);
    of->row_of[side] = kt_arena_array(of->arena, size_t, from->table->margin_count);
    for (size_t m = 0; m < from->table->margin_count; m++) {
        const kt_margin *margin = &from->table->margins[m];
        size_t open = 0;
        const double rest = row_rest(from->table, margin, &open);
        of->row_of[side][m] = SIZE_MAX;
        if (open > 0 && range_uses(from, m)) {
            of->row_of[side][m] = of->to->row_count;
            of->to->rows[of->to->row_count++] =
                (range_row){.side = side,
                            .margin = m,
                            .within = margin->kind == KT_PARTS_WITHIN_TOTAL,
                            .rest = rest};
        }
    }
}

/* Ties an open cell to the rows it stands in: ties [*first, *end). */
static void add_ties(builder *of, int side, size_t cell, size_t *first, size_t *end)
{
    const kt_margin_table *table = range_side(of->to->market, side)->table;
    const kt_margin_index *index = &of->index[side];
    *first = of->tie_count;
    for (size_t i = index->start[cell]; i < index->start[cell + 1] && is_open(table, cell); i++) {
        const size_t margin = index->margins[i];
        if (of->row_of[side][margin] != SIZE_MAX) {
            const size_t against = table->margins[margin].total == cell ? 1 : 0;
            of->to->ties[of->tie_count++] = (range_tie)(2 * of->row_of[side][margin] + against);
        }
    }
    *end = of->tie_count;
}

static void add_pair(builder *of, size_t at)
{
    range_dual *to = of->to;
    double low[2], high[2];
    range_pair made = {.cell = at};
    for (int side = 0; side < 2; side++) {
        const kt_range_side *from = range_side(to->market, side);
        const size_t cell = from->cell[at];
        low[side] = from->table->low[cell];
        high[side] = from->table->high[cell];
        add_ties(of, side, cell, &made.tie[side], &made.tie_end[side]);
    }
    if (low[0] == high[0] && low[1] == high[1]) {
        const double here = range_form_at(&to->form, low[0], low[1]);
        to->known[0] += low[0];
        to->known[1] += low[1];
        to->known_matches += here;
        return;
    }
    made.choices = range_cell_new(low, high, &to->form, of->arena);
    to->box_low += made.choices.corner[0];
    to->box_high += made.choices.corner[3];
    to->pairs[to->pair_count++] = made;
}

static void add_others(builder *of, int side)
{
    const kt_margin_table *table = range_side(of->to->market, side)->table;
    for (size_t c = 0; c < table->cell_count; c++) {
        if (of->in_market[side][c] || !is_open(table, c) || isinf(table->high[c])) {
            continue;
        }
        range_other made = {.side = side, .cell = c, .low = table->low[c], .high = table->high[c]};
        add_ties(of, side, c, &made.tie, &made.tie_end);
        if (made.tie < made.tie_end) {
            of->to->others[of->to->other_count++] = made;
        }
    }
}

/* What a margin whose parts make the total says of the market's cells among the parts; none of
 * them may have been counted before. */
typedef struct share {
    size_t cells;
    bool counted;
    double low, high;               /* by their own intervals */
    double margin_low, margin_high; /* by what the others leave */
} share;

static share share_of(const builder *of, int side, const kt_margin *margin, const bool *counted)
{
    const kt_margin_table *table = range_side(of->to->market, side)->table;
    share made = {.margin_low = table->low[margin->total],
                  .margin_high = table->high[margin->total]};
    for (size_t i = 0; i < margin->part_count; i++) {
        const size_t c = margin->parts[i];
        if (of->in_market[side][c]) {
            made.cells++;
            made.counted |= counted[c];
            made.low += table->low[c];
            made.high += table->high[c];
        } else {
            made.margin_low -= table->high[c];
            made.margin_high -= table->low[c];
        }
    }
    return made;
}

static void add_share(builder *of, int side, const kt_margin *margin, bool *counted)
{
    const share found = share_of(of, side, margin, counted);
    if (found.cells == 0 || found.counted) {
        return;
    }
    const double low = fmax(found.low, found.margin_low);
    const double high = fmin(found.high, found.margin_high);
    const bool clash = low > high;
    of->to->total_low[side] += clash ? found.low : low;
    of->to->total_high[side] += clash ? found.high : high;
    for (size_t i = 0; i < margin->part_count; i++) {
        counted[margin->parts[i]] |= of->in_market[side][margin->parts[i]];
    }
}

/* The ends of the market's total: by margins where they hold its cells, cell by cell elsewhere. */
static void add_totals(builder *of, int side)
{
    const kt_range_side *from = range_side(of->to->market, side);
    bool *counted = kt_arena_array(of->arena, bool, from->table->cell_count);
    for (size_t m = 0; m < from->table->margin_count; m++) {
        if (from->table->margins[m].kind == KT_PARTS_MAKE_TOTAL && range_uses(from, m)) {
            add_share(of, side, &from->table->margins[m], counted);
        }
    }
    for (size_t i = 0; i < of->to->market->cell_count; i++) {
        const size_t c = from->cell[i];
        of->to->own_low[side] += from->table->low[c];
        of->to->own_high[side] += from->table->high[c];
        if (!counted[c]) {
            of->to->total_low[side] += from->table->low[c];
            of->to->total_high[side] += from->table->high[c];
        }
    }
}

static void make_room(builder *of)
{
    range_dual *to = of->to;
    size_t cells = 0, rows = 0, ties = 0;
    for (int side = 0; side < 2; side++) {
        const kt_margin_table *table = range_side(to->market, side)->table;
        cells += table->cell_count;
        rows += table->margin_count;
        for (size_t m = 0; m < table->margin_count; m++) {
            ties += table->margins[m].part_count + 1;
        }
        of->in_market[side] = kt_arena_array(of->arena, bool, table->cell_count);
        for (size_t i = 0; i < to->market->cell_count; i++) {
            of->in_market[side][range_side(to->market, side)->cell[i]] = true;
        }
    }
    to->pairs = kt_arena_array(of->arena, range_pair, to->market->cell_count);
    to->others = kt_arena_array(of->arena, range_other, cells);
    to->rows = kt_arena_array(of->arena, range_row, rows);
    to->ties = kt_arena_array(of->arena, range_tie, ties);
}

/* The market's cells, rows and totals, before it is known what is asked of them. */
static void begin(builder *of)
{
    make_room(of);
    for (int side = 0; side < 2; side++) {
        add_rows(of, side);
        add_totals(of, side);
    }
}

static void finish(builder *of)
{
    range_dual *to = of->to;
    for (size_t i = 0; i < to->market->cell_count; i++) {
        add_pair(of, i);
    }
    for (int side = 0; side < 2; side++) {
        add_others(of, side);
    }
    to->box_low += to->known_matches;
    to->box_high += to->known_matches;
}

range_dual range_dual_new(const kt_range_market *market, double alpha, kt_arena *arena)
{
    range_dual made = {.market = market, .form = {.alpha = alpha}};
    builder of = {.to = &made, .arena = arena};
    begin(&of);
    finish(&of);
    return made;
}

range_dual range_dual_of_shares(const kt_range_market *market, bool most, kt_arena *arena)
{
    range_dual made = {.market = market, .form = {.alpha = NAN}};
    builder of = {.to = &made, .arena = arena};
    begin(&of);
    for (int side = 0; side < 2; side++) {
        made.form.per[side] = 1.0 / (most ? made.total_low[side] : made.total_high[side]);
    }
    finish(&of);
    return made;
}
