/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/cluster.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "sum.h"

kt_share_interval kt_wilson(double successes, double trials, double z)
{
    if (!(trials > 0.0)) {
        return (kt_share_interval){NAN, NAN, NAN};
    }
    const double share = successes / trials, z2 = z * z;
    const double middle = (share + z2 / (2.0 * trials)) / (1.0 + z2 / trials);
    const double half = z / (1.0 + z2 / trials) *
                        sqrt(share * (1.0 - share) / trials + z2 / (4.0 * trials * trials));
    return (kt_share_interval){share, fmin(fmax(middle - half, 0.0), share),
                               fmax(fmin(middle + half, 1.0), share)};
}

static kt_heterogeneity heterogeneity_of(double q, size_t projects)
{
    const size_t df = projects - 1;
    return (kt_heterogeneity){.q = q,
                              .df = df,
                              .p_value = df == 0 ? NAN : gsl_cdf_chisq_Q(q, (double)df),
                              .i2 = q > (double)df ? (q - (double)df) / q : 0.0};
}

static const char *reason_of(const kt_heterogeneity *found, size_t projects, kt_pooling pooling,
                             kt_arena *arena)
{
    if (projects < pooling.least_projects) {
        return kt_arena_print(arena, "fewer than %zu projects", pooling.least_projects);
    }
    return found->i2 < pooling.i2_limit ? NULL : "not homogeneous";
}

static kt_funnel funnel_of(double found, double whole, double half)
{
    return (kt_funnel){whole - half, whole + half, fabs(found - whole) > half};
}

static const kt_heterogeneity unknown = {.q = NAN, .p_value = NAN, .i2 = NAN};

kt_pooled_rate kt_pool_rates(const kt_project_rate *rates, size_t count, kt_pooling pooling,
                             kt_arena *arena)
{
    kt_sum successes = {0}, trials = {0}, squares = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&successes, rates[i].successes);
        kt_sum_add(&trials, rates[i].trials);
    }
    kt_pooled_rate made = {.all =
                               kt_wilson(kt_sum_value(successes), kt_sum_value(trials), pooling.z),
                           .heterogeneity = unknown,
                           .funnel = kt_arena_array(arena, kt_funnel, count + 1),
                           .reason = "no project"};
    if (count == 0) {
        return made;
    }
    const double share = made.all.share, variance = share * (1.0 - share);
    for (size_t i = 0; i < count; i++) {
        const double own = rates[i].successes / rates[i].trials;
        const double half = pooling.z * sqrt(variance / rates[i].trials);
        kt_sum_add(&squares, rates[i].trials * (own - share) * (own - share));
        made.funnel[i] = funnel_of(own, share, half);
        made.funnel[i].low = fmax(made.funnel[i].low, 0.0);
        made.funnel[i].high = fmin(made.funnel[i].high, 1.0);
    }
    const double q = variance > 0.0 ? kt_sum_value(squares) / variance : 0.0;
    made.heterogeneity = heterogeneity_of(q, count);
    made.reason = reason_of(&made.heterogeneity, count, pooling, arena);
    return made;
}

static double variance_of(const kt_project_change *of, double correlation)
{
    const double before = of->sd_before, after = of->sd_after;
    const double variance = before * before + after * after - 2.0 * correlation * before * after;
    return of->persons >= 2.0 ? variance / of->persons : NAN;
}

static double change_of(const kt_project_change *of)
{
    return of->mean_after - of->mean_before;
}

kt_pooled_change kt_pool_changes(const kt_project_change *changes, size_t count, double correlation,
                                 kt_pooling pooling, kt_arena *arena)
{
    kt_pooled_change made = {.change = NAN,
                             .low = NAN,
                             .high = NAN,
                             .heterogeneity = unknown,
                             .funnel = kt_arena_array(arena, kt_funnel, count + 1),
                             .reason = "no project"};
    kt_sum weights = {0}, weighed = {0}, squares = {0};
    size_t projects = 0;
    for (size_t i = 0; i < count; i++) {
        const double variance = variance_of(&changes[i], correlation);
        if (variance > 0.0) {
            kt_sum_add(&weights, 1.0 / variance);
            kt_sum_add(&weighed, change_of(&changes[i]) / variance);
            made.persons += changes[i].persons;
            projects++;
        }
    }
    if (projects == 0) {
        return made;
    }
    const double all = kt_sum_value(weights), half = pooling.z / sqrt(all);
    made.change = kt_sum_value(weighed) / all;
    made.low = made.change - half;
    made.high = made.change + half;
    for (size_t i = 0; i < count; i++) {
        const double variance = variance_of(&changes[i], correlation);
        const double own = change_of(&changes[i]);
        made.funnel[i] = (kt_funnel){NAN, NAN, false};
        if (variance > 0.0) {
            kt_sum_add(&squares, (own - made.change) * (own - made.change) / variance);
            made.funnel[i] = funnel_of(own, made.change, pooling.z * sqrt(variance));
        }
    }
    made.heterogeneity = heterogeneity_of(kt_sum_value(squares), projects);
    made.reason = reason_of(&made.heterogeneity, projects, pooling, arena);
    return made;
}
