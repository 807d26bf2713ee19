/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_DISCLOSE_H
#define KT_TRANSFORM_DISCLOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "transform/reconcile.h"
#include "transform/rollup.h"

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
 *   5. Groups of job seekers (contents of a table by region alone), in each period. What is finer
 *      than a maakunta or in no region shows none, nor do the sums over such rows: what stays is
 *      of whole maakunta. A family is what tells of one another: men and women; the ages; job
 *      seekers, services and the reduced week; each other group alone. A maakunta does not show
 *      a. any group if its unemployed are hidden or covered,
 *      b. a family if one of it is hidden there, or in something coarser that it is in,
 *      c. a family if 2 to 4 of one (a+1 to b) must be in some finer row, as the other unemployed
 *         of the maakunta are too few for the group; of a withdrawn one 2 or more,
 *      d. job seekers if 1 to b of them are not unemployed,
 *      e. a family if some maakunta does not show it, those that show have none of one of it, and
 *         the country has some: that it is withheld would tell where they are.
 *      What is coarser shows what all its maakunta show, unless a or b is so of itself. The
 *      country, too, unless it has 1 to b of one of the family in no maakunta, or c or d is so of
 *      those.
 *
 *   6. Sectors, and groups of a table that has a row of all of them, in each period. What is of all
 *      of them is covered by 1 and 2, or as the other table has it (3). Then
 *      a. regions show none if a sector or a total of a region is hidden or covered, or a sector
 *         of the country is hidden,
 *      b. the country shows no divisions if one of them or of the sections is hidden, and no
 *         sections or groups if one of those is; a figure below b counts as hidden,
 *      c. where regions show none, the country shows those sectors alone of which the largest,
 *         with the largest total of a region, is at most the country's total + a. If that total is
 *         covered it shows none.
 *
 *   7. A rate does not show where the figure that it is of does not: unemployed, vacancies.
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
 *   - x is of a group (5). If its maakunta shows the family, deal what it tells of people (their
 *     sex, their age, which service) anew among the unemployed of the maakunta, or the other job
 *     seekers, who may change places; for a row without a place, among those in no maakunta, if
 *     the country shows it. All else of them stays, and so does every figure that shows. x can be
 *     dealt any value from a to b: the group has more than b there, else b would hold, or what is
 *     said of the country; and c and d say that the others are enough. If the maakunta does not
 *     show it, neither does anything that it is in: let x be all that it has, then b withholds it
 *     again, and nothing else asks. So does the country with what is in none. One family tells of
 *     another only through the unemployed, and of those where they do not show nothing is told.
 *     Unemployed that are hidden in a finer row sum up to what their maakunta shows, or a holds.
 *
 *   - x is of a sector (6). Regions show none. Deal the posts anew among the regions and what is in
 *     none: each post keeps its sector, each region its number, and so every figure that shows. Of
 *     R posts of the region, C of the sector and N in all, x can be any from R + C - N to the
 *     smaller of R and C: that is [a, b], for c says that the former is at most a, and R and C are
 *     above b, or hidden and may be b (posts of another sector of its section, or of all of them
 *     if no section shows, become of x's; its country's figure is hidden again). If x is of the
 *     country, do the latter alone. x is hidden in [a, b], so a and b hold again; c depends on what
 *     shows. Totals that another table of the proof above lets move are hidden, so a holds, and
 *     posts can be dealt to those.
 *
 * What this is not: a figure of another publisher can tell more than ours do, and a run that is
 * out already stays out.
 */
typedef struct kt_covering {
    size_t totals;   /* exact ones that were covered */
    size_t figures;  /* figures of occupations in a region that were covered instead */
    size_t withheld; /* figures of groups, of whole maakunta, that are not collected then */
    size_t sectors;  /* figures of sectors, or of a variable of groups, that are not either */
} kt_covering;

/**
 * Occupations of regions finer than maakunta are too thin for these rules: most of their cells are
 * hidden, in margins of several levels at once. Under strict disclosure they have no rows at all.
 * True of such a region, and of what is summed from such ones.
 */
bool kt_disclose_is_fine(const kt_rollup_line *region);

/** True of the levels of regions that are whole maakunta: of no other does rule 5 show groups. */
bool kt_disclose_is_coarse(const char *level);

/**
 * Covers in table->cube; its protected cells get the source's limits first. totals: another table's
 * covered cube, without occupations, whose regions are the totals of this one's; or NULL. Intervals
 * and points are to be made afterwards.
 */
kt_status kt_disclose_cover(const kt_reconcile_table *table, const kt_cube *totals, kt_arena *arena,
                            kt_covering *out, kt_error *err) KT_MUST_CHECK;

#endif
