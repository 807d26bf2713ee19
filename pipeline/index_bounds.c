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

static const kt_range_market *market_of(kt_index_bounding *of)
{
    if (!of->opened) {
        of->market =
            kt_index_range_market(of->month->market, of->month->slab, of->figures, of->arena);
        of->opened = true;
    }
    return &of->market;
}

/*
 * The box is the point itself where no figure is open, or the market has one cell. A point that
 * does not meet the margins may lie outside what they allow: the range then holds it too.
 */
static kt_status set_range(kt_index_bounding *of, const kt_mismatch *found, kt_index_bounds *out,
                           kt_error *err)
{
    out->low = found->value_low;
    out->high = found->value_high;
    if (isnan(found->value) || out->low == out->high) {
        return KT_OK;
    }
    kt_range range;
    KT_TRY(kt_range_compute(market_of(of), found->alpha, &kt_range_usual, of->arena, &range, err));
    if (range.reason == NULL) {
        out->low = fmin(range.low, found->value);
        out->high = fmax(range.high, found->value);
    }
    return KT_OK;
}

kt_status kt_index_bounds_of(kt_index_bounding *of, const kt_mismatch *found, kt_index_bounds *out,
                             kt_error *err)
{
    *out = kt_index_no_bounds;
    KT_TRY(set_range(of, found, out, err));
    kt_unallocated unallocated;
    KT_TRY(kt_unallocated_compute(&of->unallocated, found->alpha, of->arena, &unallocated, err));
    if (!isnan(found->value)) {
        out->low_unallocated = unallocated.low;
        out->high_unallocated = unallocated.high;
    }
    return KT_OK;
}
