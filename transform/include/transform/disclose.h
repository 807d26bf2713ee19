/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_DISCLOSE_H
#define KT_TRANSFORM_DISCLOSE_H

#include <stddef.h>

#include "transform/reconcile.h"

/**
 * Strict disclosure: totals from which a reader could take back part of a protected cell are
 * covered before anything is made of them. A covered total is Q with an interval that follows from
 * its parts alone (known parts + the limits of the hidden ones). What the rest of the program makes
 * of the cube (points, intervals, sums, indices, shares) is then a function of what is published,
 * so only the cube has to be safe.
 *
 * Rules, for each period, measure, sector and group. A protected cell lies in [a, b]. A withdrawn
 * figure (withdraw.h) counts as a protected cell from here on, whatever it was.
 *   1. Regions in regions: a total finer or coarser than the anchor (the coarsest of maakunta,
 *      seutukunta that is summed) is covered if any of its parts is hidden. An anchor with n hidden
 *      cells, that are what is left of it, h, stays if n a + (b-a) <= h <= n b - (b-a). It stays,
 *      too, if h > n b: then it has more parts than are known. Where figures were withdrawn h may
 * be what it is because of them, and it is covered.
 *   2. The country is at least its parts: it stays if what is left of it is above
 *      the lows of its hidden parts + the widest interval of them.
 *   3. Occupations of a region: the total stays as in 1. If another table shows that total, it
 *      stays and the largest other figures of the row are covered instead, as few as can take up
 *      any change of the hidden cells and still be the largest; a total that the other table has
 *      covered is covered here alike.
 *   4. An occupation of a region made of regions, and of the country: covered if a part is hidden.
 *      If regions' totals are covered, those of the country that show unallocated figures are
 *      covered too where these would tell more of the regions than rule 2 allows.
 *
 * Why no protected cell is narrowed. Take the true table, a protected cell x and any value in
 * [a, b]: there is another table with that value in x and the same publication.
 *   - x in a group whose total stays (1, 3): by the condition there are values of the other hidden
 *     cells of the group with the same sum h. Every decision depends on hidden cells only through
 *     which they are and through h, so all are the same. Sums of the group's cells in other
 *     directions (4) are covered. In the country, the sum over all hidden cells is unchanged, so
 *     the unallocated rest can stay what it was.
 *   - x in a group whose total is covered because the condition fails: with all of the group at a,
 *     or all at b, it fails too, so the total is covered there again, inside the same interval.
 *     The country's rest takes up the change: where it is exact, 2 leaves it room for one group at
 *     its highs and all others at their lows; where it is covered, a rest of zero makes it covered
 *     there again. A total of occupations that moves with it is covered in its own table (3), whose
 *     hidden cells, or the covered largest ones, take up the change.
 * So the published bytes are the same for an x anywhere from a to b, whoever knows these rules.
 * Nothing here asks what x is in the true table, so an x that was withdrawn may have been anything:
 * decisions depend on h, and that table is one of those with the same publication. An interval that
 * is made of its limits can miss the total of then, as they miss x.
 *
 * What this is not: a figure of another publisher can tell more than ours do, and a run that is
 * out already stays out.
 */
typedef struct kt_covering {
    size_t totals;  /* exact ones that were covered */
    size_t figures; /* figures of occupations in a region that were covered instead */
} kt_covering;

/**
 * Covers in table->cube; its protected cells get the source's limits first. totals: another table's
 * covered cube, without occupations, whose regions are the totals of this one's; or NULL. Intervals
 * and points are to be made afterwards.
 */
kt_status kt_disclose_cover(const kt_reconcile_table *table, const kt_cube *totals, kt_arena *arena,
                            kt_covering *out, kt_error *err) KT_MUST_CHECK;

#endif
