/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/unallocated.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "range_cell.h"
#include "sum.h"
#include "unallocated_place.h"

static int compare_tightness(const void *a, const void *b)
{
    const place *left = a, *right = b;
    if (left->tightness != right->tightness) {
        return left->tightness < right->tightness ? -1 : 1;
    }
    return left->cell < right->cell ? -1 : left->cell > right->cell;
}

double place_level(const place_group *of)
{
    double u = 0.0, v = 0.0, level = 0.0;
    for (size_t i = 0; i < of->count && of->places[i].u > 0.0; i++) {
        u += of->places[i].u;
        v += of->places[i].v;
        level = (v + of->posts) / u;
        if (i + 1 == of->count || level <= of->places[i + 1].tightness) {
            break;
        }
    }
    return level;
}

/* Raises the lowest v/u until the posts are spent: level * u - v to each place below the level. */
static void fill_up(const place_group *of)
{
    const double level = place_level(of);
    for (size_t i = 0; i < of->count; i++) {
        place *at = &of->places[i];
        at->added = fmax(0.0, level * at->u - at->v);
    }
}

static double gain_of_one(const place *at, double alpha)
{
    const double v = at->v + at->added;
    return matches(at->u, v + 1.0, alpha) - matches(at->u, v, alpha);
}

/* The place where one more gains most; the first of equals. */
static place *place_best(const place_group *of, double alpha)
{
    place *best = &of->places[0];
    for (size_t i = 1; i < of->count; i++) {
        if (gain_of_one(&of->places[i], alpha) > gain_of_one(best, alpha)) {
            best = &of->places[i];
        }
    }
    return best;
}

/*
 * From posts in fractions to whole ones. Up to the level each post gains at least what the level
 * does, beyond the next whole one at most that: so the best whole placing rounds every place down
 * and gives what is left, one each, to the places where one more gains most.
 */
static void make_whole(const place_group *of, double alpha)
{
    double left = of->posts;
    for (size_t i = 0; i < of->count; i++) {
        /* A hair of rounding below a whole number would only put its post among those left. */
        of->places[i].added = floor(of->places[i].added);
        left -= of->places[i].added;
    }
    while (left >= 1.0) {
        place_best(of, alpha)->added += 1.0;
        left -= 1.0;
    }
}

/* Sums over the groups: of matches as they are, and with the posts where they make most, and where
 * fewest. */
typedef struct ends {
    kt_sum u, v, matched, most, least;
    double posts;
} ends;

static void place_most(const place_group *of, double alpha, ends *sum)
{
    if (of->places[0].u > 0.0) {
        fill_up(of);
        if (floor(of->posts) == of->posts) {
            make_whole(of, alpha);
        }
    }
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        kt_sum_add(&sum->most, matches(at->u, at->v + at->added, alpha));
    }
}

double place_least(const place_group *of, double alpha)
{
    double least = INFINITY;
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        least = fmin(least, matches(at->u, at->v + of->posts, alpha) - at->matched);
    }
    return least;
}

static void add_own(const place_group *of, ends *sum)
{
    for (size_t i = 0; i < of->count; i++) {
        kt_sum_add(&sum->u, of->places[i].u);
        kt_sum_add(&sum->v, of->places[i].v);
    }
    sum->posts += of->count > 0 ? of->posts : 0.0;
}

static void add_group(const place_group *of, double alpha, ends *sum)
{
    if (of->count == 0) {
        return;
    }
    add_own(of, sum);
    for (size_t i = 0; i < of->count; i++) {
        place *at = &of->places[i];
        at->matched = matches(at->u, at->v, alpha);
        kt_sum_add(&sum->matched, at->matched);
        kt_sum_add(&sum->least, at->matched);
    }
    kt_sum_add(&sum->least, place_least(of, alpha));
    place_most(of, alpha, sum);
}

static bool is_used(const kt_unallocated_market *market, size_t cell)
{
    return !isnan(market->unemployed[cell]) && !isnan(market->vacancies[cell]);
}

static size_t group_of(const kt_unallocated_market *market, size_t cell)
{
    return market->group == NULL ? 0 : market->group[cell];
}

static bool is_count(double figure)
{
    return figure >= 0.0 && isfinite(figure);
}

static kt_status check(const kt_unallocated_market *market, kt_error *err)
{
    for (size_t i = 0; i < market->cell_count; i++) {
        if (group_of(market, i) >= market->group_count) {
            return kt_fail(err, KT_ERR_BUG, "cell %zu is of a group that is not there", i + 1);
        }
        if (is_used(market, i) &&
            (!is_count(market->unemployed[i]) || !is_count(market->vacancies[i]))) {
            return kt_fail(err, KT_ERR_DATA, "cell %zu: %g job seekers and %g vacancies", i + 1,
                           market->unemployed[i], market->vacancies[i]);
        }
    }
    for (size_t g = 0; g < market->group_count; g++) {
        if (!isnan(market->posts[g]) && !is_count(market->posts[g])) {
            return kt_fail(err, KT_ERR_DATA, "group %zu: %g vacancies without a region", g + 1,
                           market->posts[g]);
        }
    }
    return KT_OK;
}

/* The used cells, group by group. */
static place_group *group_cells(const kt_unallocated_market *market, kt_arena *arena)
{
    place_group *made = kt_arena_array(arena, place_group, market->group_count);
    for (size_t i = 0; i < market->cell_count; i++) {
        made[group_of(market, i)].count += is_used(market, i);
    }
    place *next = kt_arena_array(arena, place, market->cell_count);
    for (size_t g = 0; g < market->group_count; g++) {
        made[g].places = next;
        made[g].posts = market->posts[g];
        next += made[g].count;
        made[g].count = 0;
    }
    for (size_t i = 0; i < market->cell_count; i++) {
        if (is_used(market, i)) {
            place_group *to = &made[group_of(market, i)];
            const double u = market->unemployed[i], v = market->vacancies[i];
            to->places[to->count++] =
                (place){.u = u, .v = v, .tightness = u > 0.0 ? v / u : INFINITY, .cell = i};
        }
    }
    for (size_t g = 0; g < market->group_count; g++) {
        qsort(made[g].places, made[g].count, sizeof *made[g].places, compare_tightness);
    }
    return made;
}

static const char *reason_of(const ends *sum)
{
    if (isnan(sum->posts)) {
        return "vacancies without a region are not known";
    }
    if (!(kt_sum_value(sum->u) > 0.0)) {
        return "no job seekers in the cells used";
    }
    return kt_sum_value(sum->v) + sum->posts > 0.0 ? NULL : "no vacancies in the cells used";
}

/* All posts are in the market's cells. */
static place_range range_of_all(const ends *sum, double alpha)
{
    const double v = kt_sum_value(sum->v) + sum->posts;
    const double whole = matches(kt_sum_value(sum->u), v, alpha);
    const double most = kt_sum_value(sum->most) / whole;
    return (place_range){.most = most,
                         .least = sum->posts > 0.0 ? kt_sum_value(sum->least) / whole : most};
}

static place_range range_of(const kt_unallocated_market *market, const place_group *groups,
                            const ends *sum, double alpha, kt_arena *arena)
{
    if (!market->up_to) {
        return range_of_all(sum, alpha);
    }
    const place_whole whole = {.u = kt_sum_value(sum->u),
                               .v = kt_sum_value(sum->v),
                               .matched = kt_sum_value(sum->matched)};
    return place_up_to(groups, market->group_count, &whole, alpha, arena);
}

kt_status kt_unallocated_compute(const kt_unallocated_market *market, double alpha, kt_arena *arena,
                                 kt_unallocated *out, kt_error *err)
{
    KT_TRY(check(market, err));
    const place_group *groups = group_cells(market, arena);
    ends sum = {0};
    for (size_t g = 0; g < market->group_count; g++) {
        add_group(&groups[g], alpha, &sum);
    }
    *out = (kt_unallocated){
        .alpha = alpha, .low = NAN, .high = NAN, .posts = sum.posts, .reason = reason_of(&sum)};
    if (out->reason == NULL) {
        const place_range found = range_of(market, groups, &sum, alpha, arena);
        out->low = fmax(0.0, 1.0 - found.most);
        out->high = fmax(out->low, 1.0 - found.least);
    }
    return KT_OK;
}

/* Shares of a group's cells: matched without its posts, and how much more of it could be with them,
 * everywhere and in the cell where it is least. */
typedef struct room {
    double matched, everywhere, least;
} room;

static room room_of(const place_group *of, double seekers, double posts)
{
    room sum = {.least = of->count > 0 ? INFINITY : 0.0};
    for (size_t i = 0; i < of->count; i++) {
        const double u = of->places[i].u / seekers, v = of->places[i].v / posts;
        sum.matched += fmin(u, v);
        sum.everywhere += fmax(0.0, u - v);
        sum.least = fmin(sum.least, fmax(0.0, u - v));
    }
    return sum;
}

/* What a share of posts adds is its size, until the cell's posts are in proportion. */
static place_range range_of_shares(const place_group *groups, size_t count, double seekers,
                                   double posts)
{
    place_range sum = {0};
    for (size_t g = 0; g < count; g++) {
        const room own = room_of(&groups[g], seekers, posts);
        const double share = groups[g].count > 0 ? groups[g].posts / posts : 0.0;
        sum.most += own.matched + fmin(share, own.everywhere);
        sum.least += own.matched + fmin(share, own.least);
    }
    return sum;
}

kt_status kt_unallocated_jackman_roper(const kt_unallocated_market *market, kt_arena *arena,
                                       kt_unallocated *out, kt_error *err)
{
    KT_TRY(check(market, err));
    const place_group *groups = group_cells(market, arena);
    ends sum = {0};
    for (size_t g = 0; g < market->group_count; g++) {
        add_own(&groups[g], &sum);
    }
    *out = (kt_unallocated){
        .alpha = NAN, .low = NAN, .high = NAN, .posts = sum.posts, .reason = reason_of(&sum)};
    if (market->up_to && out->reason == NULL) {
        out->reason = "vacancies may lie elsewhere";
    }
    if (out->reason == NULL) {
        const double posts = kt_sum_value(sum.v) + sum.posts;
        const place_range found =
            range_of_shares(groups, market->group_count, kt_sum_value(sum.u), posts);
        out->low = fmax(0.0, 1.0 - found.most);
        out->high = sum.posts > 0.0 ? fmax(out->low, 1.0 - found.least) : out->low;
    }
    return KT_OK;
}
