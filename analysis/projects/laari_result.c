/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/laari_result.h"

#include <math.h>

#include "sum.h"

/* A sum over projects, and what of it is hidden. */
typedef struct total {
    kt_sum sum, hidden;
    size_t count, hidden_count;
} total;

static void add(total *to, double value, bool hidden)
{
    if (isnan(value)) {
        return;
    }
    kt_sum_add(&to->sum, value);
    to->count++;
    if (hidden) {
        kt_sum_add(&to->hidden, value);
        to->hidden_count++;
    }
}

static double value_of(const total *of)
{
    return of->count > 0 ? kt_sum_value(of->sum) : NAN;
}

/* A reader subtracts what is shown from the sum: too few hidden ones, or too little, are told. */
static bool tells(const total *of)
{
    return of->hidden_count > 0 &&
           (of->hidden_count < KT_HIDDEN_PROJECTS || kt_sum_value(of->hidden) < KT_HIDDEN_SUM);
}

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static bool has_rate(const kt_laari_figure *of)
{
    return !isnan(of->realised) && of->base > 0.0 && of->realised <= of->base;
}

static const char *reason_of(const kt_laari_figure *of)
{
    if (!isnan(of->realised) && !isnan(of->base) && of->realised > of->base) {
        return "more than its base";
    }
    return of->base == 0.0 ? "nobody in its base" : NULL;
}

static const kt_share_interval no_rate = {NAN, NAN, NAN};

/* Rates of the projects that have one, pooled, and each beside the whole. */
static void pool(const kt_laari_figure *figures, size_t count, kt_pooling pooling, kt_arena *arena,
                 kt_laari_result *out)
{
    kt_project_rate *rates = kt_arena_array(arena, kt_project_rate, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (has_rate(&figures[i])) {
            rates[out->rated++] = (kt_project_rate){figures[i].realised, figures[i].base};
        }
    }
    out->rate = kt_pool_rates(rates, out->rated, pooling, arena);
    for (size_t i = 0, at = 0; i < count; i++) {
        const kt_laari_figure *one = &figures[i];
        const bool rated = has_rate(one);
        out->of[i] = (kt_laari_share){
            .rate = rated ? kt_wilson(one->realised, one->base, pooling.z) : no_rate,
            .funnel = rated ? out->rate.funnel[at] : (kt_funnel){NAN, NAN, false},
            .achievement = ratio(one->realised, one->target),
            .cost = ratio(one->euros, one->realised),
            .reason = reason_of(one)};
        at += rated ? 1 : 0;
    }
}

kt_laari_result kt_laari_result_of(const kt_laari_figure *figures, size_t count, kt_pooling pooling,
                                   kt_arena *arena)
{
    kt_laari_result out = {.of = kt_arena_array(arena, kt_laari_share, count + 1)};
    total target = {0}, realised = {0}, base = {0}, rated = {0};
    kt_sum promised = {0}, reached = {0}, euros = {0}, bought = {0};
    for (size_t i = 0; i < count; i++) {
        const kt_laari_figure *one = &figures[i];
        add(&target, one->target, one->target_hidden);
        add(&realised, one->realised, one->realised_hidden);
        if (has_rate(one)) {
            add(&base, one->base, one->base_hidden);
            add(&rated, one->realised, one->realised_hidden);
        }
        if (!isnan(one->realised) && !isnan(one->target)) {
            kt_sum_add(&promised, one->target);
            kt_sum_add(&reached, one->realised);
        }
        if (!isnan(one->realised) && !isnan(one->euros)) {
            kt_sum_add(&euros, one->euros);
            kt_sum_add(&bought, one->realised);
        }
    }
    pool(figures, count, pooling, arena, &out);
    out.reporting = realised.count;
    out.target = value_of(&target);
    out.realised = value_of(&realised);
    out.achievement = ratio(kt_sum_value(reached), kt_sum_value(promised));
    out.cost = ratio(kt_sum_value(euros), kt_sum_value(bought));
    out.any_hidden = target.hidden_count + realised.hidden_count + base.hidden_count > 0;
    out.tells = tells(&target) || tells(&realised) || tells(&base) || tells(&rated);
    return out;
}
