/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "propagate.h"

#include <math.h>
#include <string.h>

/* Intervals that creep towards a clash by one at a time are given up after so many looks at each
 * margin on average; what has been narrowed until then holds. */
#define LOOKS_PER_MARGIN 1000

spread spread_new(const kt_margin_table *table, kt_margin_index index, kt_arena *arena)
{
    return (spread){.table = table,
                    .index = index,
                    .low = kt_arena_array(arena, double, table->cell_count),
                    .high = kt_arena_array(arena, double, table->cell_count),
                    .waits = kt_arena_array(arena, bool, table->margin_count)};
}

/* What the parts of a margin sum to. */
typedef struct ends {
    double low;
    double high; /* of the parts whose high is finite */
    size_t endless;
} ends;

static ends ends_of(const spread *at, const kt_margin *margin)
{
    ends sum = {0};
    for (size_t i = 0; i < margin->part_count; i++) {
        const size_t c = margin->parts[i];
        sum.low += at->low[c];
        if (isinf(at->high[c])) {
            sum.endless++;
        } else {
            sum.high += at->high[c];
        }
    }
    return sum;
}

/* The sum of the highs of all parts but this one. */
static double others_high(const spread *at, const ends *sum, size_t part)
{
    const bool endless = isinf(at->high[part]);
    return sum->endless > (endless ? 1 : 0) ? INFINITY
                                            : sum->high - (endless ? 0.0 : at->high[part]);
}

static bool narrow(spread *at, size_t cell, double low, double high)
{
    if (low <= at->low[cell] && high >= at->high[cell]) {
        return false;
    }
    at->low[cell] = fmax(at->low[cell], low);
    at->high[cell] = fmin(at->high[cell], high);
    for (size_t i = at->index.start[cell]; i < at->index.start[cell + 1]; i++) {
        at->waits[at->index.margins[i]] = true;
    }
    return true;
}

static void narrow_parts(spread *at, const kt_margin *margin, const ends *sum)
{
    const double total_low = at->low[margin->total], total_high = at->high[margin->total];
    for (size_t i = 0; i < margin->part_count; i++) {
        const size_t c = margin->parts[i];
        if (at->low[c] < at->high[c]) {
            const double least =
                margin->kind == KT_PARTS_MAKE_TOTAL ? total_low - others_high(at, sum, c) : 0.0;
            narrow(at, c, least, total_high - (sum->low - at->low[c]));
        }
    }
}

/* By how much the margin cannot be met; 0 if it can, and its cells are then narrowed. */
static double look_at(spread *at, const kt_margin *margin)
{
    const ends sum = ends_of(at, margin);
    const bool makes = margin->kind == KT_PARTS_MAKE_TOTAL;
    const double most = makes && sum.endless == 0 ? sum.high : INFINITY;
    if (sum.low > at->high[margin->total]) {
        return sum.low - at->high[margin->total];
    }
    if (most < at->low[margin->total]) {
        return at->low[margin->total] - most;
    }
    narrow(at, margin->total, sum.low, most);
    narrow_parts(at, margin, &sum);
    return 0.0;
}

/* Looks at each margin that waits, up to the first that is missed; how many there were. */
static size_t look_at_waiting(spread *at, const bool *in_use, double *miss)
{
    size_t looks = 0;
    for (size_t m = 0; m < at->table->margin_count && *miss == 0.0; m++) {
        if (in_use[m] && at->waits[m]) {
            at->waits[m] = false;
            *miss = look_at(at, &at->table->margins[m]);
            looks++;
        }
    }
    return looks;
}

double spread_run(spread *at, const bool *in_use)
{
    const kt_margin_table *table = at->table;
    memcpy(at->low, table->low, table->cell_count * sizeof *at->low);
    memcpy(at->high, table->high, table->cell_count * sizeof *at->high);
    memcpy(at->waits, in_use, table->margin_count * sizeof *at->waits);
    double miss = 0.0;
    size_t looks = 0, more = 1;
    while (more > 0 && miss == 0.0 && looks < LOOKS_PER_MARGIN * table->margin_count) {
        more = look_at_waiting(at, in_use, &miss);
        looks += more;
    }
    return miss;
}
