/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/unallocated.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "sum.h"

/* A cell that posts could go to. */
typedef struct place {
    double u, v;
    double tightness; /* v / u; INFINITY where there are no job seekers */
    double added;     /* posts placed here when most matches are made */
    size_t cell;
} place;

/* The cells of one group. */
typedef struct group {
    size_t count;
    place *places;
    double posts;
} group;

static double matched(double u, double v, double alpha)
{
    return pow(v, alpha) * pow(u, 1.0 - alpha);
}

static int compare_tightness(const void *a, const void *b)
{
    const place *left = a, *right = b;
    if (left->tightness != right->tightness) {
        return left->tightness < right->tightness ? -1 : 1;
    }
    return left->cell < right->cell ? -1 : left->cell > right->cell;
}

/* Raises the lowest v/u until the posts are spent: level * u - v to each place below the level. */
static void fill_up(const group *of)
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
    for (size_t i = 0; i < of->count; i++) {
        place *at = &of->places[i];
        at->added = fmax(0.0, level * at->u - at->v);
    }
}

static double gain_of_one(const place *at, double alpha)
{
    const double v = at->v + at->added;
    return matched(at->u, v + 1.0, alpha) - matched(at->u, v, alpha);
}

/* The place where one more gains most; the first of equals. */
static place *place_best(const group *of, double alpha)
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
static void make_whole(const group *of, double alpha)
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

/* Sums over the groups: of matches with the posts where they make most, and where fewest. */
typedef struct ends {
    kt_sum u, v, most, least;
    double posts;
} ends;

static void place_most(const group *of, double alpha, ends *sum)
{
    qsort(of->places, of->count, sizeof *of->places, compare_tightness);
    if (of->places[0].u > 0.0) {
        fill_up(of);
        if (floor(of->posts) == of->posts) {
            make_whole(of, alpha);
        }
    }
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        kt_sum_add(&sum->most, matched(at->u, at->v + at->added, alpha));
    }
}

static void place_least(const group *of, double alpha, ends *sum)
{
    double least = INFINITY;
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        const double without = matched(at->u, at->v, alpha);
        least = fmin(least, matched(at->u, at->v + of->posts, alpha) - without);
        kt_sum_add(&sum->least, without);
    }
    kt_sum_add(&sum->least, least);
}

static void add_group(const group *of, double alpha, ends *sum)
{
    if (of->count == 0) {
        return;
    }
    for (size_t i = 0; i < of->count; i++) {
        kt_sum_add(&sum->u, of->places[i].u);
        kt_sum_add(&sum->v, of->places[i].v);
    }
    kt_sum_add(&sum->v, of->posts);
    sum->posts += of->posts;
    place_least(of, alpha, sum);
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
static group *group_cells(const kt_unallocated_market *market, kt_arena *arena)
{
    group *made = kt_arena_array(arena, group, market->group_count);
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
            group *to = &made[group_of(market, i)];
            const double u = market->unemployed[i], v = market->vacancies[i];
            to->places[to->count++] =
                (place){.u = u, .v = v, .tightness = u > 0.0 ? v / u : INFINITY, .cell = i};
        }
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
    return kt_sum_value(sum->v) > 0.0 ? NULL : "no vacancies in the cells used";
}

kt_status kt_unallocated_compute(const kt_unallocated_market *market, double alpha, kt_arena *arena,
                                 kt_unallocated *out, kt_error *err)
{
    KT_TRY(check(market, err));
    const group *groups = group_cells(market, arena);
    ends sum = {0};
    for (size_t g = 0; g < market->group_count; g++) {
        add_group(&groups[g], alpha, &sum);
    }
    *out = (kt_unallocated){
        .alpha = alpha, .low = NAN, .high = NAN, .posts = sum.posts, .reason = reason_of(&sum)};
    if (out->reason == NULL) {
        const double whole = matched(kt_sum_value(sum.u), kt_sum_value(sum.v), alpha);
        out->low = fmax(0.0, 1.0 - kt_sum_value(sum.most) / whole);
        out->high =
            sum.posts > 0.0 ? fmax(out->low, 1.0 - kt_sum_value(sum.least) / whole) : out->low;
    }
    return KT_OK;
}
