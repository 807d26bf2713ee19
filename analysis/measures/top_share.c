/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_sort.h>
#include <math.h>

#include "analysis/measure.h"
#include "shares.h"
#include "sum.h"

/* The share of the n largest. */

enum { IN_MARKET, IN_VALUE };
enum { PARAM_N };

static double largest(const kt_shares *shares, size_t n, kt_arena *arena)
{
    double *rising = kt_arena_array(arena, double, shares->count);
    for (size_t i = 0; i < shares->count; i++) {
        rising[i] = shares->share[i];
    }
    gsl_sort(rising, 1, shares->count);
    kt_sum sum = {0};
    for (size_t i = 0; i < n && i < shares->count; i++) {
        kt_sum_add(&sum, rising[shares->count - 1 - i]);
    }
    return fmin(kt_sum_value(sum), 1.0);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)err;
    const size_t n = (size_t)params[PARAM_N].number;
    kt_shares shares = kt_shares_of(group, IN_VALUE, arena);
    if (shares.note == NULL && n >= shares.count) {
        shares.note = "no more markets than the n largest";
    }
    const double value = shares.reason == NULL ? largest(&shares, n, arena) : NAN;
    *out = kt_shares_finding(self, &shares, value, arena);
    return KT_OK;
}

const kt_measure kt_measure_top_share = {
    .id = "top_share",
    .version = 1,
    .name_fi = "Suurimpien osuus",
    .name_sv = "De störstas andel",
    .name_en = "Share of the largest",
    .definition_fi =
        "Kuinka suuri osa summasta on n suurimmalla osamarkkinalla; suurimmat ovat kunkin ryhmän "
        "omat, joten ne voivat vaihtua. Ei kerro, miten loppu jakautuu.",
    .definition_sv =
        "Hur stor del av summan som finns på de n största delmarknaderna; de största är varje "
        "grupps egna och kan alltså växla. Säger inte hur resten är fördelad.",
    .definition_en =
        "How much of the sum the n largest sub-markets have; the largest are those of each group, "
        "so they may change. Does not say how the rest is spread.",
    .formula = "sum of the n largest s_i, s_i = x_i / sum x",
    .reference = "Concentration ratio: Curry, B., George, K. D. (1983): Industrial Concentration: "
                 "A Survey, Journal of Industrial Economics 31(3), 203-255",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_COUNT},
        },
    .params =
        {
            [PARAM_N] = {.name = "n",
                         .kind = KT_PARAM_INTEGER,
                         .least = 1.0,
                         .most = 1000000.0,
                         .fallback = "4",
                         .meaning = "how many of the largest, 1 or more"},
        },
    .results = {{.name = "value", .unit = "share"}},
    .compute = compute,
};
