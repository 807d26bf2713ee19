/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_ASSESS_H
#define KT_TRANSFORM_ASSESS_H

#include "transform/rollup.h"

/**
 * Sums that say little, as most of them is hidden figures. The protected share of a sum is the part
 * of it that stands in hidden cells of the source, by their points: of 10 known persons and points
 * of 2 and 3 in two hidden cells it is 5/15. A sum whose share is above a limit is not assessable:
 * KT_OBS_UNASSESSED, without a value and with its interval, which is as certain as any other's. One
 * that its margins leave a single figure is known, whatever it is made of.
 */

/**
 * The known part of each figure of a period: rolled up as kt_rollup_period does, with zero in the
 * place of every hidden cell. Only values are to be read of it.
 */
kt_status kt_assess_known(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                          kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

/** Of a value of which so much is known; 0 where it is no sum of parts, or nobody is in it. */
double kt_protected_share(double value, double known);

/** True if a limit says anything: it lies between 0 and 1, both excluded. */
bool kt_assess_has_limit(double limit);

/**
 * Marks the figures of a slab, which is that period rolled up. Single hidden cells stay what they
 * are, and so do breaks and what is left over of a country, which is no sum.
 */
kt_status kt_assess_mark(const kt_rollup *rollup, const kt_cube *cube, size_t period, double limit,
                         kt_cube *slab, kt_error *err) KT_MUST_CHECK;

/**
 * Marks sums of marked figures, in a slab that has the regions of a roll-up: converted sectors.
 * Their ends need not be known, and one is marked over a break of its parts. known: the same cells
 * made of the known parts. limit: one that says something.
 */
void kt_assess_mark_sums(const kt_rollup *rollup, const kt_cube *known, double limit,
                         kt_cube *slab);

#endif
