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

bool kt_hidden_is_told(size_t hidden_count, double hidden)
{
    return hidden_count > 0 && (hidden_count < KT_HIDDEN_PROJECTS || hidden < KT_HIDDEN_SUM);
}

static bool tells(const total *of)
{
    return kt_hidden_is_told(of->hidden_count, kt_sum_value(of->hidden));
}

/* A figure over a part of the projects tells what the part hides, and what the rest does. */
static bool part_tells(const total *all, const total *part)
{
    return part->count > 0 &&
           (tells(part) ||
            kt_hidden_is_told(all->hidden_count - part->hidden_count,
                              kt_sum_value(all->hidden) - kt_sum_value(part->hidden)));
}

static double ratio(double part, double whole)
{
    return whole > 0.0 ? part / whole : NAN;
}

static bool has_rate(const kt_laari_figure *of)
{
    return !isnan(of->realised) && of->base > 0.0 && of->realised <= of->base;
}

static bool has_both(const kt_laari_figure *of)
{
    return of->realised > 0.0 && !isnan(of->euros);
}

static const char *reason_of(const kt_laari_figure *of)
{
    if (!isnan(of->realised) && !isnan(of->base) && of->realised > of->base) {
        return "more than its base";
    }
    return of->base == 0.0 ? "nobody in its base" : NULL;
}

static const kt_share_interval no_rate = {NAN, NAN, NAN};

static const kt_funnel no_funnel = {NAN, NAN, false};

static bool is_pooled(const kt_laari_figure *of)
{
    return has_rate(of) && !of->doubted;
}

/* funnel: its own, of a pooled one. */
static kt_laari_share share_of(const kt_laari_figure *one, const kt_funnel *funnel, double z)
{
    const bool mixed = has_both(one) && one->other_days;
    return (kt_laari_share){.rate =
                                has_rate(one) ? kt_wilson(one->realised, one->base, z) : no_rate,
                            .funnel = is_pooled(one) ? *funnel : no_funnel,
                            .achievement = ratio(one->realised, one->target),
                            .cost = mixed ? NAN : ratio(one->euros, one->realised),
                            .reason = reason_of(one),
                            .cost_reason = mixed ? KT_OTHER_DAYS : NULL};
}

/* Rates of the projects that have one and are not in doubt, pooled, and each beside the whole. */
static void pool(const kt_laari_figure *figures, size_t count, kt_pooling pooling, kt_arena *arena,
                 kt_laari_result *out)
{
    kt_project_rate *rates = kt_arena_array(arena, kt_project_rate, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (is_pooled(&figures[i])) {
            rates[out->rated++] = (kt_project_rate){figures[i].realised, figures[i].base};
        }
    }
    out->rate = kt_pool_rates(rates, out->rated, pooling, arena);
    for (size_t i = 0, at = 0; i < count; i++) {
        out->of[i] = share_of(&figures[i], &out->rate.funnel[at], pooling.z);
        at += is_pooled(&figures[i]) ? 1 : 0;
    }
}

/* Sums over the projects that are not in doubt, and over parts of them. */
typedef struct sums {
    total target, realised, base, rest, rated, reached, bought;
    kt_sum promised, euros;
    bool other_days;
} sums;

static void add_project(const kt_laari_figure *one, sums *to)
{
    add(&to->target, one->target, one->target_hidden);
    add(&to->realised, one->realised, one->realised_hidden);
    if (has_rate(one)) {
        add(&to->base, one->base, one->base_hidden);
        add(&to->rest, one->base - one->realised, one->base_hidden || one->realised_hidden);
        add(&to->rated, one->realised, one->realised_hidden);
    }
    if (!isnan(one->realised) && !isnan(one->target)) {
        kt_sum_add(&to->promised, one->target);
        add(&to->reached, one->realised, one->realised_hidden);
    }
    if (!isnan(one->realised) && !isnan(one->euros) && !one->other_days) {
        kt_sum_add(&to->euros, one->euros);
        add(&to->bought, one->realised, one->realised_hidden);
    }
    to->other_days = to->other_days || (has_both(one) && one->other_days);
}

kt_laari_result kt_laari_result_of(const kt_laari_figure *figures, size_t count, kt_pooling pooling,
                                   kt_arena *arena)
{
    kt_laari_result out = {.of = kt_arena_array(arena, kt_laari_share, count + 1)};
    sums all = {0};
    for (size_t i = 0; i < count; i++) {
        const kt_laari_figure *one = &figures[i];
        const bool reported = !isnan(one->realised);
        out.reporting += reported ? 1 : 0;
        out.left_out += reported && one->doubted ? 1 : 0;
        if (!one->doubted) {
            add_project(one, &all);
        }
    }
    pool(figures, count, pooling, arena, &out);
    out.target = value_of(&all.target);
    out.realised = value_of(&all.realised);
    out.achievement = ratio(kt_sum_value(all.reached.sum), kt_sum_value(all.promised));
    out.cost = ratio(kt_sum_value(all.euros), kt_sum_value(all.bought.sum));
    out.priced = isnan(out.cost) ? 0 : all.bought.count;
    out.cost_reason = isnan(out.cost) && all.other_days ? KT_OTHER_DAYS : NULL;
    out.any_hidden =
        all.target.hidden_count + all.realised.hidden_count + all.base.hidden_count > 0;
    out.tells = tells(&all.target) || tells(&all.realised) || tells(&all.base) ||
                tells(&all.rest) || part_tells(&all.realised, &all.rated) ||
                part_tells(&all.realised, &all.reached) || part_tells(&all.realised, &all.bought);
    return out;
}
