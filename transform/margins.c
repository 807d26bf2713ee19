/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/margins.h"

#include <math.h>
#include <string.h>

#include "propagate.h"

/* Finding out which margins clash. */
typedef struct search {
    const kt_margin_table *table;
    spread *at;
    bool *in_use; /* what the next propagation spreads */
    size_t *left; /* margins that still clash, ascending */
    size_t count;
} search;

static double clash_without(search *of, size_t first, size_t end)
{
    memset(of->in_use, 0, of->table->margin_count * sizeof *of->in_use);
    for (size_t i = 0; i < of->count; i++) {
        of->in_use[of->left[i]] = i < first || i >= end;
    }
    return spread_run(of->at, of->in_use);
}

static void drop_blocks(search *of, size_t block)
{
    for (size_t first = 0; first < of->count;) {
        const size_t end = first + block < of->count ? first + block : of->count;
        if (clash_without(of, first, end) > 0.0) {
            memmove(&of->left[first], &of->left[end], (of->count - end) * sizeof *of->left);
            of->count -= end - first;
        } else {
            first = end;
        }
    }
}

/*
 * Drops blocks of margins, halving their size down to single ones, as long as what is left still
 * clashes. The last pass tries every margin alone, so that each one left is needed for the clash.
 * Chinneck & Dravnieks (1991), ORSA Journal on Computing 3(2): the deletion filter.
 */
static void drop_what_is_not_needed(search *of)
{
    size_t block = of->count;
    while (block > 1) {
        block = (block + 1) / 2;
        drop_blocks(of, block);
    }
}

static bool is_open(const kt_margin_table *table, size_t cell)
{
    return table->low[cell] < table->high[cell];
}

static bool has_open_part(const kt_margin_table *table, const kt_margin *margin)
{
    for (size_t i = 0; i < margin->part_count; i++) {
        if (is_open(table, margin->parts[i])) {
            return true;
        }
    }
    return false;
}

static bool has_open_cell(const search *of)
{
    for (size_t i = 0; i < of->count; i++) {
        if (has_open_part(of->table, &of->table->margins[of->left[i]])) {
            return true;
        }
    }
    return false;
}

static void list_cells(const search *of, kt_arena *arena, kt_clash *out)
{
    const kt_margin_table *table = of->table;
    const bool only_open = has_open_cell(of);
    bool *listed = kt_arena_array(arena, bool, table->cell_count);
    for (size_t i = 0; i < of->count; i++) {
        const kt_margin *margin = &table->margins[of->left[i]];
        listed[margin->total] = true;
        for (size_t k = 0; k < margin->part_count; k++) {
            const size_t c = margin->parts[k];
            listed[c] |= only_open ? is_open(table, c) : table->low[c] > 0.0;
        }
    }
    size_t *cells = kt_arena_array(arena, size_t, table->cell_count);
    for (size_t c = 0; c < table->cell_count; c++) {
        if (listed[c]) {
            cells[out->cell_count++] = c;
        }
    }
    out->cells = cells;
}

static kt_clash find_clash(search *of, const bool *aside, kt_arena *arena)
{
    of->left = kt_arena_array(arena, size_t, of->table->margin_count);
    of->count = 0;
    for (size_t m = 0; m < of->table->margin_count; m++) {
        if (!aside[m]) {
            of->left[of->count++] = m;
        }
    }
    drop_what_is_not_needed(of);
    kt_clash found = {.excess = clash_without(of, of->count, of->count),
                      .margin_count = of->count,
                      .margins = of->left};
    list_cells(of, arena, &found);
    return found;
}

static void count_cells(const kt_margin_table *table, const spread *at, kt_bounds *out)
{
    for (size_t c = 0; c < table->cell_count; c++) {
        if (is_open(table, c)) {
            out->open_cells++;
            out->fixed_cells += at->low[c] == at->high[c];
        }
    }
}

/* Spreads the margins that are not set aside; by how much a clash misses. */
static double spread_rest(search *of, const bool *aside)
{
    for (size_t m = 0; m < of->table->margin_count; m++) {
        of->in_use[m] = !aside[m];
    }
    return spread_run(of->at, of->in_use);
}

kt_status kt_margins_tighten(const kt_margin_table *table, kt_arena *arena, kt_bounds *out,
                             kt_error *err)
{
    KT_TRY(kt_margins_check(table, err));
    spread at = spread_new(table, kt_margins_index(table, arena), arena);
    search of = {
        .table = table, .at = &at, .in_use = kt_arena_array(arena, bool, table->margin_count)};
    bool *aside = kt_arena_array(arena, bool, table->margin_count);
    kt_clash *clashes = NULL;
    size_t clash_count = 0;
    while (spread_rest(&of, aside) > 0.0) {
        if (clashes == NULL) {
            clashes = kt_arena_array(arena, kt_clash, table->margin_count);
        }
        const kt_clash found = find_clash(&of, aside, arena);
        for (size_t i = 0; i < found.margin_count; i++) {
            aside[found.margins[i]] = true;
        }
        clashes[clash_count++] = found;
    }
    *out = (kt_bounds){.low = at.low,
                       .high = at.high,
                       .margin_set_aside = aside,
                       .clash_count = clash_count,
                       .clashes = clashes};
    count_cells(table, &at, out);
    return KT_OK;
}
