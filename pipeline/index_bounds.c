/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_bounds.h"

#include <math.h>

#include "index_range.h"
#include "index_unallocated.h"

const kt_index_bounds kt_index_no_bounds = {
    .low = NAN, .high = NAN, .low_unallocated = NAN, .high_unallocated = NAN};

struct kt_index_bounding {
    const kt_index_month *month;
    const kt_market_month *figures;
    kt_arena *arena;
    bool opened;
    kt_range_market market; /* where opened */
    char hash[KT_HASH_SIZE];
    kt_unallocated_market unallocated;
};

kt_index_bounding *kt_index_bounding_new(const kt_index_month *month,
                                         const kt_market_month *figures, kt_arena *arena)
{
    kt_index_bounding *made = kt_arena_new(arena, kt_index_bounding);
    *made = (kt_index_bounding){.month = month, .figures = figures, .arena = arena};
    made->unallocated = kt_index_unallocated_market(month->market, month->slab, figures, arena);
    return made;
}

/* alpha NAN: the range of Jackman and Roper's index. */
static kt_status range_of(kt_index_bounding *of, double alpha, kt_range *out, kt_error *err)
{
    if (!of->opened) {
        of->market =
            kt_index_range_market(of->month->market, of->month->slab, of->figures, of->arena);
        kt_known_ranges_market(&of->market, of->hash);
        of->opened = true;
    }
    const kt_range_question question = {
        .market = &of->market, .hash = of->hash, .alpha = alpha, .effort = kt_range_usual};
    return kt_known_ranges_compute(of->month->ranges, &question, of->arena, out, err);
}

/* A point that does not meet the margins may lie outside what they allow: the range then holds it
 * too. */
static void take_range(const kt_range *range, double value, kt_index_bounds *out)
{
    if (range->reason == NULL) {
        out->low = fmin(range->low, value);
        out->high = fmax(range->high, value);
    }
}

static void take_unallocated(const kt_unallocated *found, double value, kt_index_bounds *out)
{
    if (!isnan(value)) {
        out->low_unallocated = found->low;
        out->high_unallocated = found->high;
    }
}

/* The box is the point itself where no figure is open, or the market has one cell. */
static bool is_open(const kt_mismatch *found)
{
    return !isnan(found->value) && found->value_low < found->value_high;
}

kt_status kt_index_bounds_of(kt_index_bounding *of, const kt_mismatch *found, kt_index_bounds *out,
                             kt_error *err)
{
    *out = kt_index_no_bounds;
    out->low = found->value_low;
    out->high = found->value_high;
    if (is_open(found)) {
        kt_range range;
        KT_TRY(range_of(of, found->alpha, &range, err));
        take_range(&range, found->value, out);
    }
    kt_unallocated unallocated;
    KT_TRY(kt_unallocated_compute(&of->unallocated, found->alpha, of->arena, &unallocated, err));
    take_unallocated(&unallocated, found->value, out);
    return KT_OK;
}

kt_status kt_index_bounds_of_shares(kt_index_bounding *of, const kt_mismatch *found, double value,
                                    kt_index_bounds *out, kt_error *err)
{
    *out = kt_index_no_bounds;
    out->low = out->high = value;
    if (is_open(found)) {
        kt_range range;
        KT_TRY(range_of(of, NAN, &range, err));
        take_range(&range, value, out);
    }
    kt_unallocated unallocated;
    KT_TRY(kt_unallocated_jackman_roper(&of->unallocated, of->arena, &unallocated, err));
    take_unallocated(&unallocated, value, out);
    return KT_OK;
}
