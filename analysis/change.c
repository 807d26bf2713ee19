/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/change.h"

#include <assert.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "sum.h"

#define USUAL_YEARS 3
#define USUAL_MOST  ((size_t)USUAL_YEARS * 12)

const char *kt_change_word(kt_change_reason reason)
{
    static const char *const words[] = {
        [KT_CHANGE_TOLD] = NULL,
        [KT_CHANGE_PROTECTED] = "protected",
        [KT_CHANGE_MISSING] = "missing",
        [KT_CHANGE_NOT_COLLECTED] = "not_collected",
        [KT_CHANGE_IMPOSSIBLE] = "impossible",
        [KT_CHANGE_BREAK] = "break",
        [KT_CHANGE_ALLOCATED_SHARE] = "allocated_share",
        [KT_CHANGE_HIDDEN_CELLS] = "hidden_cells",
        [KT_CHANGE_USUAL_UNKNOWN] = "usual_unknown",
        [KT_CHANGE_USUAL] = "usual",
        [KT_CHANGE_UNALLOCATED] = "unallocated",
    };
    return words[reason];
}

static kt_change_reason reason_of(kt_obs obs)
{
    switch (obs) {
    case KT_OBS_PROTECTED:
        return KT_CHANGE_PROTECTED;
    case KT_OBS_MISSING:
        return KT_CHANGE_MISSING;
    case KT_OBS_IMPOSSIBLE:
        return KT_CHANGE_IMPOSSIBLE;
    default:
        return KT_CHANGE_NOT_COLLECTED;
    }
}

/* Why two points have no figures to compare; an absent one has a reason of its own. */
static kt_change_reason without_figure(const kt_change_point *earlier, const kt_change_point *later)
{
    if (!isnan(earlier->figure.value) && !isnan(later->figure.value)) {
        return KT_CHANGE_TOLD;
    }
    const kt_obs before = isnan(earlier->figure.value) ? earlier->obs : KT_OBS_OBSERVED;
    const kt_obs now = isnan(later->figure.value) ? later->obs : KT_OBS_OBSERVED;
    return reason_of(kt_obs_worse(before, now));
}

/* A new basis between first and last: that of first itself is behind both. */
static bool is_broken(const kt_change_series *series, size_t first, size_t last)
{
    for (size_t i = first + 1; i <= last; i++) {
        if (series->at[i].begins) {
            return true;
        }
    }
    return false;
}

static bool is_steady(double before, double now, double step)
{
    return fabs(now - before) <= step + 1e-12; /* false where a share is NAN */
}

/* KT_CHANGE_TOLD where the point can be compared with the one a year before. */
static kt_change_reason compare_with_last_year(const kt_change_series *series, size_t at)
{
    if (at < series->year) {
        return isnan(series->at[at].figure.value) ? reason_of(series->at[at].obs)
                                                  : KT_CHANGE_NOT_COLLECTED;
    }
    const kt_change_point *before = &series->at[at - series->year];
    const kt_change_point *now = &series->at[at];
    const kt_change_reason absent = without_figure(before, now);
    if (absent != KT_CHANGE_TOLD) {
        return absent;
    }
    if (is_broken(series, at - series->year, at)) {
        return KT_CHANGE_BREAK;
    }
    const bool steady =
        is_steady(before->vacancies_allocated, now->vacancies_allocated, series->step) &&
        is_steady(before->unemployed_allocated, now->unemployed_allocated, series->step);
    return steady ? KT_CHANGE_TOLD : KT_CHANGE_ALLOCATED_SHARE;
}

/* Of the periods from first to last; NAN where one has no figure, or a new basis lies between. */
static double gather(const kt_change_series *series, size_t first, size_t last, bool as_sum)
{
    if (is_broken(series, first, last)) {
        return NAN;
    }
    kt_sum sum = {0}, part = {0}, whole = {0};
    for (size_t i = first; i <= last; i++) {
        const kt_change_point *point = &series->at[i];
        if (isnan(point->figure.value)) {
            return NAN;
        }
        kt_sum_add(&sum, point->figure.value);
        kt_sum_add(&part, point->part);
        kt_sum_add(&whole, point->whole);
    }
    if (series->kind == KT_CHANGE_RATIO) {
        return kt_sum_value(part) / kt_sum_value(whole);
    }
    return as_sum ? kt_sum_value(sum) : kt_sum_value(sum) / (double)(last - first + 1);
}

static double year_to_date(const kt_change_series *series, size_t at)
{
    assert(series->year > 0);
    const size_t into_year = (size_t)(series->first + (int)at) % series->year;
    if (into_year > at) {
        return NAN;
    }
    return gather(series, at - into_year, at, series->kind == KT_CHANGE_FLOW);
}

static double usual_change(const kt_change_series *series, size_t at)
{
    double changes[USUAL_MOST];
    size_t count = 0;
    for (size_t back = 0; back < USUAL_YEARS * series->year && back <= at; back++) {
        const size_t i = at - back;
        if (compare_with_last_year(series, i) == KT_CHANGE_TOLD && count < USUAL_MOST) {
            changes[count++] =
                fabs(series->at[i].figure.value - series->at[i - series->year].figure.value);
        }
    }
    if (count < series->year) {
        return NAN;
    }
    gsl_sort(changes, 1, count);
    return gsl_stats_median_from_sorted_data(changes, 1, count);
}

/* How far two intervals are apart; below zero where they meet. An interval without an end meets
 * whatever lies on that side. */
static double distance(kt_interval a, kt_interval b)
{
    const double a_high = isnan(a.high) ? INFINITY : a.high;
    const double b_high = isnan(b.high) ? INFINITY : b.high;
    return fmax(a.low - b_high, b.low - a_high);
}

static bool is_exact(kt_interval figure)
{
    return figure.low == figure.high;
}

static kt_change_reason weigh(const kt_change_point *before, const kt_change_point *now,
                              double usual)
{
    const double least = distance(before->figure, now->figure);
    if (least <= 0.0 && !(is_exact(before->figure) && is_exact(now->figure))) {
        return KT_CHANGE_HIDDEN_CELLS;
    }
    if (isnan(usual)) {
        return KT_CHANGE_USUAL_UNKNOWN;
    }
    if (!(least > usual)) {
        return KT_CHANGE_USUAL;
    }
    return distance(before->placed, now->placed) > 0.0 ? KT_CHANGE_TOLD : KT_CHANGE_UNALLOCATED;
}

kt_year_change kt_change_at(const kt_change_series *series, size_t at)
{
    assert(series->year > 0 && at < series->count);
    kt_year_change change = {
        .previous = at >= 1 ? series->at[at - 1].figure.value : NAN,
        .last_year = at >= series->year ? series->at[at - series->year].figure.value : NAN,
        .mean_year =
            at + 1 >= series->year ? gather(series, at + 1 - series->year, at, false) : NAN,
        .year_to_date = year_to_date(series, at),
        .usual = usual_change(series, at),
        .reason = compare_with_last_year(series, at),
    };
    change.comparable = change.reason == KT_CHANGE_TOLD;
    if (change.comparable) {
        change.reason = weigh(&series->at[at - series->year], &series->at[at], change.usual);
    }
    return change;
}
