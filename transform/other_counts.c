/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "other_counts.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"

#define STEPS    200 /* of one search */
#define BRANCHES 3   /* of one step */
#define TIMES    10  /* margins are looked at in one step: more is creeping by one at a time */

kt_status other_counts_open(other_counts *out, const double *truth, const kt_hidden_counts *counts,
                            kt_arena *arena, kt_error *err)
{
    bool *in_use = kt_arena_array(arena, bool, counts->margin_count + 1);
    *out = (other_counts){.truth = truth,
                          .low = kt_arena_array(arena, double, counts->count + 1),
                          .high = kt_arena_array(arena, double, counts->count + 1),
                          .in_use = in_use};
    for (size_t i = 0; i < counts->count; i++) {
        const bool open = counts->at[i].hidden || counts->at[i].sum;
        out->low[i] = open ? 0.0 : truth[i];
        out->high[i] = open ? INFINITY : truth[i];
    }
    memset(in_use, true, counts->margin_count * sizeof *in_use);
    out->table = (kt_margin_table){.cell_count = counts->count,
                                   .low = out->low,
                                   .high = out->high,
                                   .margin_count = counts->margin_count,
                                   .margins = counts->margins};
    KT_TRY(kt_margins_check(&out->table, err));
    out->index = kt_margins_index(&out->table, arena);
    return KT_OK;
}

void other_counts_show(const other_counts *of, size_t cell, bool shown)
{
    of->low[cell] = shown ? of->truth[cell] : 0.0;
    of->high[cell] = shown ? of->truth[cell] : INFINITY;
}

/* Intervals that are still to be looked into, and the count that was narrowed last. */
typedef struct region {
    double *low, *high;
    size_t cell;
} region;

typedef struct search {
    const other_counts *of;
    region stack[STEPS * BRANCHES + 2];
    size_t depth;
    bool *waits;   /* of margins */
    double *found; /* inside the intervals, as near to the truth as they let it be */
    kt_arena *arena;
} search;

/* A part of the region, where the count lies from low to high; nothing if that is empty. */
static void push(search *in, const region *whole, size_t cell, double low, double high)
{
    const size_t count = in->of->table.cell_count;
    if (low > high) {
        return;
    }
    region *part = &in->stack[in->depth++];
    part->cell = cell;
    part->low = kt_arena_array(in->arena, double, count + 1);
    part->high = kt_arena_array(in->arena, double, count + 1);
    memcpy(part->low, whole->low, count * sizeof *part->low);
    memcpy(part->high, whole->high, count * sizeof *part->high);
    part->low[cell] = fmax(low, whole->low[cell]);
    part->high[cell] = fmin(high, whole->high[cell]);
    in->depth -= part->low[cell] > part->high[cell] ? 1 : 0;
}

/* By how much the parts are too few (above 0) or too many. */
static double miss_of(const search *in, const kt_margin *margin)
{
    double left = in->found[margin->total];
    for (size_t i = 0; i < margin->part_count; i++) {
        left -= in->found[margin->parts[i]];
    }
    return margin->kind == KT_PARTS_WITHIN_TOTAL && left > 0.0 ? 0.0 : left;
}

static const kt_margin *first_missed(const search *in, double *miss)
{
    const kt_margin_table *table = &in->of->table;
    for (size_t i = 0; i < table->margin_count; i++) {
        *miss = miss_of(in, &table->margins[i]);
        if (*miss != 0.0) {
            return &table->margins[i];
        }
    }
    return NULL;
}

/* Where the count would go to meet the margin, as far as its interval lets it. */
static double moved(const search *in, const region *within, size_t cell, double by)
{
    return fmin(fmax(in->found[cell] + by, within->low[cell]), within->high[cell]);
}

/* Looks first where one count of the margin, the last that can, has moved; then on both sides. */
static void branch(search *in, const region *within, const kt_margin *margin, double miss)
{
    for (size_t i = 0; i <= margin->part_count; i++) {
        const bool total = i == margin->part_count;
        const size_t cell = total ? margin->total : margin->parts[i];
        const double to = moved(in, within, cell, total ? -miss : miss);
        if (to != in->found[cell]) {
            push(in, within, cell, within->low[cell], to - 1.0);
            push(in, within, cell, to + 1.0, within->high[cell]);
            push(in, within, cell, to, to);
            return;
        }
    }
}

static void settle_near_truth(search *in, const region *within)
{
    for (size_t i = 0; i < in->of->table.cell_count; i++) {
        in->found[i] = fmin(fmax(in->of->truth[i], within->low[i]), within->high[i]);
    }
}

/* True if found is a table. */
static bool step(search *in)
{
    const other_counts *of = in->of;
    const region within = in->stack[--in->depth];
    spread at = {&of->table, of->index, within.low, within.high, in->waits};
    memset(in->waits, 0, of->table.margin_count * sizeof *in->waits);
    for (size_t i = of->index.start[within.cell]; i < of->index.start[within.cell + 1]; i++) {
        in->waits[of->index.margins[i]] = true;
    }
    if (spread_go_on(&at, of->in_use, TIMES) > 0.0) {
        return false;
    }
    double miss = 0.0;
    settle_near_truth(in, &within);
    const kt_margin *margin = first_missed(in, &miss);
    if (margin == NULL) {
        return true;
    }
    branch(in, &within, margin, miss);
    return false;
}

bool other_counts_find(const other_counts *of, size_t cell, double *out)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a search for other counts", 0);
    search *in = kt_arena_new(scratch, search);
    *in = (search){.of = of, .arena = scratch};
    in->found = kt_arena_array(scratch, double, of->table.cell_count + 1);
    in->waits = kt_arena_array(scratch, bool, of->table.margin_count + 1);
    const region whole = {of->low, of->high, cell};
    push(in, &whole, cell, whole.low[cell], of->truth[cell] - 1.0);
    push(in, &whole, cell, of->truth[cell] + 1.0, whole.high[cell]);
    for (size_t steps = 0; steps < STEPS && in->depth > 0; steps++) {
        if (step(in)) {
            memcpy(out, in->found, of->table.cell_count * sizeof *out);
            return true;
        }
    }
    return false;
}
