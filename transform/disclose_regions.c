/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "hiding.h"

/* Regions in regions and in the country (rules 1, 2 and 4). */

static size_t occupation_of(const kt_hiding *hiding, const kt_sum *sum)
{
    return sum->total % hiding->occupations;
}

static bool is_country(const kt_hiding *hiding, const kt_sum *sum)
{
    return kt_sum_row(hiding, sum->total) == hiding->country && !kt_is_row_sum(hiding, sum);
}

static bool is_hideable(const kt_hiding *hiding, const kt_sum *sum)
{
    return kt_obs_has_interval(kt_hiding_obs(hiding, sum->total));
}

/* The total of the row that a place is in. */
static size_t total_of(const kt_hiding *hiding, size_t place)
{
    return kt_sum_row(hiding, place) * hiding->occupations + hiding->total;
}

/*
 * What may be in a total and in no part of it: for one occupation at most what is in no part for
 * all of them.
 */
static double most_besides(const kt_hiding *hiding, const kt_sum *sum)
{
    if (hiding->total == KT_NO_CODE) {
        return kt_hiding_high(hiding, sum->total);
    }
    double besides = kt_hiding_high(hiding, total_of(hiding, sum->total));
    for (size_t i = 0; i < sum->count; i++) {
        const double low = kt_hiding_low(hiding, total_of(hiding, sum->parts[i]));
        besides -= isnan(low) ? 0.0 : low;
    }
    return fmax(besides, 0.0);
}

/* Covers a total if a part of it is hidden. */
static bool hide_total(const kt_hiding *hiding, const kt_sum *sum)
{
    const kt_shown shown = kt_shown_parts(hiding, sum);
    if (shown.hidden == 0 || !is_hideable(hiding, sum)) {
        return false;
    }
    const bool more = sum->kind != KT_PARTS_MAKE_TOTAL || shown.unknown;
    const bool exact = kt_obs_has_value(kt_hiding_obs(hiding, sum->total));
    const double high = shown.known + shown.high;
    if (hiding->occupations == 1 && more && exact && kt_hiding_low(hiding, sum->total) > high) {
        return false;
    }
    const double besides = more && hiding->occupations > 1 ? most_besides(hiding, sum) : 0.0;
    return kt_hide(hiding, sum->total, shown.known + shown.low, high + besides,
                   &hiding->covering->totals);
}

/* The first sum of regions of that level, of any level for NULL; NULL if there is none. */
static const kt_sum *sum_of_level(const kt_hiding *hiding, const char *level)
{
    for (size_t i = 0; i < hiding->sums->count; i++) {
        const kt_sum *sum = &hiding->sums->at[i];
        if (sum->level != NULL && (level == NULL || strcmp(sum->level, level) == 0)) {
            return sum;
        }
    }
    return NULL;
}

static const char *anchor_level(const kt_hiding *hiding)
{
    static const char *const levels[] = {"maakunta", "seutukunta", NULL};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const kt_sum *sum = sum_of_level(hiding, levels[i]);
        if (sum != NULL) {
            return sum->level;
        }
    }
    return NULL;
}

typedef enum which { FINER, ANCHOR, COARSER } which;

static which rank_of(const char *level, const char *anchor)
{
    const bool finer = strcmp(anchor, "maakunta") == 0 && strcmp(level, "seutukunta") == 0;
    return strcmp(level, anchor) == 0 ? ANCHOR : finer ? FINER : COARSER;
}

/* True for the sums of totals, of regions of these levels, that no other table shows. */
static bool is_of(const kt_hiding *hiding, const kt_sum *sum, const char *anchor, which some)
{
    return sum->level != NULL && occupation_of(hiding, sum) == hiding->total &&
           hiding->twin[kt_sum_row(hiding, sum->total)] == KT_NO_CODE &&
           rank_of(sum->level, anchor) == some;
}

/* Totals of regions, again and again until none changes: a part may be a total itself. */
static void hide_levels(const kt_hiding *hiding, const char *anchor, which some)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < hiding->sums->count; i++) {
            const kt_sum *sum = &hiding->sums->at[i];
            changed |= is_of(hiding, sum, anchor, some) && hide_total(hiding, sum);
        }
    }
}

/* All hidden cells of the total lie in one of its parts: that part says no more than the total. */
static void show_only_part(const kt_hiding *hiding, const kt_sum *sum, const kt_shown *shown)
{
    const double left = kt_hiding_low(hiding, sum->total) - shown->known;
    for (size_t i = 0; i < sum->count && shown->hidden == 1; i++) {
        if (hiding->was[sum->parts[i]] == left) {
            kt_show(hiding, sum->parts[i]);
        }
    }
}

static void hide_anchor(const kt_hiding *hiding, const kt_sum *sum)
{
    const kt_shown shown = kt_shown_parts(hiding, sum);
    const bool exact = kt_obs_has_value(kt_hiding_obs(hiding, sum->total));
    if (exact && hiding->occupations == 1 && kt_is_harmless(hiding, sum, &shown)) {
        show_only_part(hiding, sum, &shown);
    } else if (shown.hidden > 0 && is_hideable(hiding, sum)) {
        (void)kt_hide(hiding, sum->total, shown.known + shown.low, shown.known + shown.high,
                      &hiding->covering->totals);
    }
}

void kt_hide_regions(const kt_hiding *hiding)
{
    const char *anchor = anchor_level(hiding);
    if (anchor == NULL || hiding->total == KT_NO_CODE) {
        return;
    }
    hide_levels(hiding, anchor, FINER);
    for (size_t i = 0; i < hiding->sums->count; i++) {
        if (is_of(hiding, &hiding->sums->at[i], anchor, ANCHOR)) {
            hide_anchor(hiding, &hiding->sums->at[i]);
        }
    }
    hide_levels(hiding, anchor, COARSER);
}

/* What the parts of the country allow it to be, if it may not be shown. */
static bool tells_too_much(const kt_hiding *hiding, const kt_sum *sum, double *low, double *high)
{
    const kt_shown shown = kt_shown_parts(hiding, sum);
    const double left = kt_hiding_low(hiding, sum->total) - shown.known;
    if (shown.hidden == 0 || left > shown.low + shown.widest) {
        return false;
    }
    *low = fmax(*low, shown.known + shown.low);
    *high = fmin(*high, shown.known + shown.high);
    return true;
}

void kt_hide_country(const kt_hiding *hiding)
{
    if (hiding->country == KT_NO_CODE || hiding->total == KT_NO_CODE) {
        return;
    }
    const size_t place = hiding->country * hiding->occupations + hiding->total;
    double low = 0.0, high = INFINITY;
    bool hide = false;
    if (hiding->twin[hiding->country] != KT_NO_CODE ||
        !kt_obs_has_value(kt_hiding_obs(hiding, place))) {
        return;
    }
    for (size_t i = 0; i < hiding->sums->count; i++) {
        const kt_sum *sum = &hiding->sums->at[i];
        if (is_country(hiding, sum) && sum->total == place) {
            hide = tells_too_much(hiding, sum, &low, &high) || hide;
        }
    }
    if (hide) {
        (void)kt_hide(hiding, place, low, fmax(low, high), &hiding->covering->totals);
    }
}

/* What the country has in no region, as far as its occupations show it, and what of it is hidden.
 */
typedef struct besides {
    double shown;
    size_t protected_ones;
} besides;

static void add_besides(const kt_hiding *hiding, const kt_sum *sum, besides *to)
{
    const kt_shown parts = kt_shown_parts(hiding, sum);
    const kt_obs obs = kt_hiding_obs(hiding, sum->total);
    if (parts.hidden > 0) {
        return;
    }
    if (kt_obs_has_value(obs)) {
        to->shown += fmax(kt_hiding_low(hiding, sum->total) - parts.known, 0.0);
    } else if (kt_obs_is_hidden(obs)) {
        to->protected_ones++;
    }
}

/* Covers the country's occupations that no region hides anything of. */
static void hide_besides(const kt_hiding *hiding, const kt_sum *sums)
{
    for (size_t o = 0; o < hiding->occupations; o++) {
        const kt_shown parts = kt_shown_parts(hiding, &sums[o]);
        if (o != hiding->total && parts.hidden == 0 && is_hideable(hiding, &sums[o])) {
            (void)kt_hide(hiding, sums[o].total, parts.known,
                          parts.known + most_besides(hiding, &sums[o]), &hiding->covering->totals);
        }
    }
}

/* The sums of one level of regions in the country, one of each occupation. */
static void hold_besides(const kt_hiding *hiding, const kt_sum *sums)
{
    const kt_shown regions = kt_shown_parts(hiding, &sums[hiding->total]);
    const size_t country = sums[hiding->total].total;
    besides found = {0};
    for (size_t o = 0; o < hiding->occupations; o++) {
        if (o != hiding->total) {
            add_besides(hiding, &sums[o], &found);
        }
    }
    const double most = found.shown + hiding->plane.high * (double)found.protected_ones;
    const double left = kt_hiding_high(hiding, country) - regions.known - most;
    const bool covered = kt_obs_is_hidden(kt_hiding_obs(hiding, country));
    if ((regions.hidden > 0 && covered) ||
        (regions.hidden + found.protected_ones > 0 && !(left > regions.low + regions.widest))) {
        hide_besides(hiding, sums);
    }
}

static bool hide_all_columns(const kt_hiding *hiding)
{
    bool changed = false;
    for (size_t i = 0; i < hiding->sums->count; i++) {
        const kt_sum *sum = &hiding->sums->at[i];
        changed |= !kt_is_row_sum(hiding, sum) && occupation_of(hiding, sum) != hiding->total &&
                   hide_total(hiding, sum);
    }
    return changed;
}

void kt_hide_columns(const kt_hiding *hiding)
{
    const kt_sums *sums = hiding->sums;
    for (size_t i = 0; i < sums->count && hiding->total != KT_NO_CODE; i++) {
        if (is_country(hiding, &sums->at[i]) && occupation_of(hiding, &sums->at[i]) == 0) {
            hold_besides(hiding, &sums->at[i]);
        }
    }
    bool changed = true;
    while (changed) {
        changed = hide_all_columns(hiding);
    }
}
