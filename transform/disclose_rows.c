/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "hiding.h"

/* The occupations of a region and their total (rule 3). */

typedef struct figure {
    size_t place;
    double value;
} figure;

static int larger_first(const void *a, const void *b)
{
    const figure *left = a;
    const figure *right = b;
    if (left->value != right->value) {
        return left->value < right->value ? 1 : -1;
    }
    return left->place < right->place ? -1 : left->place > right->place;
}

static size_t known_figures(const kt_hiding *hiding, const kt_sum *sum, figure *out)
{
    size_t count = 0;
    for (size_t i = 0; i < sum->count; i++) {
        if (kt_obs_has_value(kt_hiding_obs(hiding, sum->parts[i]))) {
            out[count++] = (figure){sum->parts[i], kt_hiding_low(hiding, sum->parts[i])};
        }
    }
    qsort(out, count, sizeof *out, larger_first);
    return count;
}

/*
 * Covers the k largest figures, with the smallest k for which, whatever the hidden cells are, they
 * can be shared out evenly and be larger than the next one by two. Shared out so, any smaller k
 * would fail again: that it was k tells nothing.
 */
static void cover_largest(const kt_hiding *hiding, const kt_sum *sum, const kt_shown *shown)
{
    figure *figures = kt_arena_array(hiding->arena, figure, sum->count + 1);
    const size_t count = known_figures(hiding, sum, figures);
    double rest = shown->known;
    double least = 0.0, next = 0.0;
    size_t k = 0;
    while (k < count) {
        rest -= figures[k++].value;
        next = k < count ? figures[k].value : 0.0;
        least = kt_hiding_low(hiding, sum->total) - rest - shown->high;
        if (least >= (double)k * (next + 2.0)) {
            break;
        }
    }
    const double most = kt_hiding_high(hiding, sum->total) - rest - shown->low;
    const double low = k == 1 ? fmax(least, 0.0) : next;
    const double high = fmax(most - (double)(k > 0 ? k - 1 : 0) * next, low);
    for (size_t i = 0; i < k; i++) {
        (void)kt_hide(hiding, figures[i].place, low, high, &hiding->covering->figures);
    }
}

/* A total that is an interval must say no more than the row says of itself, and less than both ends
 * of each hidden cell need. */
static bool fits(const kt_hiding *hiding, const kt_sum *sum, const kt_shown *shown)
{
    const double low = kt_hiding_low(hiding, sum->total) - shown->known;
    const double high = kt_hiding_high(hiding, sum->total) - shown->known;
    const double reach = hiding->plane.high - hiding->plane.low;
    if (sum->kind != KT_PARTS_MAKE_TOTAL || shown->unknown) {
        return high >= shown->high;
    }
    return shown->hidden > 0 && low >= shown->low && high <= shown->high &&
           high >= shown->low + reach && low <= shown->high - reach;
}

/* The status of a row's total in the table that shows it. */
static kt_obs twin_obs(const kt_hiding *hiding, size_t total)
{
    const size_t twin = hiding->twin[kt_sum_row(hiding, total)];
    return twin == KT_NO_CODE ? KT_OBS_NOT_COLLECTED : (kt_obs)hiding->totals->status[twin];
}

/* The total is hidden there: it is hidden here alike. */
static void take_over_total(const kt_hiding *hiding, size_t total)
{
    const size_t twin = hiding->twin[kt_sum_row(hiding, total)];
    (void)kt_hide(hiding, total, hiding->totals->low[twin], hiding->totals->high[twin],
                  &hiding->covering->totals);
    if (kt_obs_shows_limits(twin_obs(hiding, total))) {
        hiding->table->cube->status[kt_plane_cell(&hiding->plane, total)] = KT_OBS_PROTECTED;
    }
}

void kt_hide_twins(const kt_hiding *hiding)
{
    for (size_t row = 0; row < hiding->table->cube->size[KT_ROLE_REGION]; row++) {
        const size_t total = row * hiding->occupations;
        if (kt_obs_is_hidden(twin_obs(hiding, total)) &&
            kt_obs_has_value(kt_hiding_obs(hiding, total))) {
            take_over_total(hiding, total);
        }
    }
}

static void hide_row(const kt_hiding *hiding, const kt_sum *sum)
{
    const size_t twin = hiding->twin[kt_sum_row(hiding, sum->total)];
    const kt_shown shown = kt_shown_parts(hiding, sum);
    if (kt_obs_is_hidden(twin_obs(hiding, sum->total))) {
        take_over_total(hiding, sum->total);
        if (!kt_obs_shows_limits(twin_obs(hiding, sum->total)) && !fits(hiding, sum, &shown)) {
            cover_largest(hiding, sum, &shown);
        }
        return;
    }
    const bool exact = kt_obs_has_value(kt_hiding_obs(hiding, sum->total));
    if (shown.hidden == 0 || (exact && kt_is_harmless(hiding, sum, &shown))) {
        return;
    }
    if (exact && twin != KT_NO_CODE) {
        cover_largest(hiding, sum, &shown);
    } else if (kt_obs_has_interval(kt_hiding_obs(hiding, sum->total))) {
        (void)kt_hide(hiding, sum->total, shown.known + shown.low, shown.known + shown.high,
                      &hiding->covering->totals);
    }
}

void kt_hide_rows(const kt_hiding *hiding)
{
    for (size_t i = 0; i < hiding->sums->count; i++) {
        const kt_sum *sum = &hiding->sums->at[i];
        if (!kt_is_row_sum(hiding, sum)) {
            continue;
        }
        if (!hiding->sums_up[kt_sum_row(hiding, sum->total)]) {
            hide_row(hiding, sum);
        } else if (kt_obs_is_hidden(twin_obs(hiding, sum->total))) {
            take_over_total(hiding, sum->total); /* of a sum of regions: it follows from theirs */
        }
    }
}
