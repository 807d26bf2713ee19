/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include <gsl/gsl_sort.h>
#include <math.h>

#include "shares.h"
#include "sum.h"

/* Gini's coefficient of n shares in rising order: sum_i (2i - n - 1) s_i / n, i = 1 .. n. */

enum { IN_MARKET, IN_VALUE };

static double coefficient(const kt_shares *shares, kt_arena *arena)
{
    double *rising = kt_arena_array(arena, double, shares->count);
    for (size_t i = 0; i < shares->count; i++) {
        rising[i] = shares->share[i];
    }
    gsl_sort(rising, 1, shares->count);
    const double n = (double)shares->count;
    kt_sum sum = {0};
    for (size_t i = 0; i < shares->count; i++) {
        kt_sum_add(&sum, (2.0 * (double)(i + 1) - n - 1.0) * rising[i]);
    }
    return fmax(kt_sum_value(sum) / n, 0.0);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    (void)err;
    const kt_shares shares = kt_shares_of(group, IN_VALUE, arena);
    const double value = shares.reason == NULL ? coefficient(&shares, arena) : NAN;
    *out = kt_shares_finding(self, &shares, value, arena);
    return KT_OK;
}

const kt_measure kt_measure_gini = {
    .id = "gini",
    .version = 1,
    .name_fi = "Gini-kerroin",
    .name_sv = "Ginikoefficient",
    .name_en = "Gini coefficient",
    .definition_fi =
        "Kuinka epätasaisesti luku jakautuu osamarkkinoille: 0 = tasan, lähellä 1 = kaikki "
        "yhdellä. "
        "Osamarkkina, jolla on nolla, on mukana; osamarkkinoiden kokoa ei oteta huomioon.",
    .definition_sv = "Hur ojämnt talet fördelar sig på delmarknader: 0 = jämnt, nära 1 = allt på "
                     "en. En delmarknad "
                     "med noll är med; delmarknadernas storlek beaktas inte.",
    .definition_en =
        "How unevenly the figure is spread over sub-markets: 0 = even, near 1 = all in one. A "
        "sub-market with zero counts; the size of sub-markets is not taken into account.",
    .formula = "sum_i (2i - n - 1) x_i / (n sum x), x in rising order",
    .reference = "Gini, C. (1912): Variabilita e mutabilita, Cuppini, Bologna; without correction "
                 "for n",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_COUNT},
        },
    .results = {{.name = "value", .unit = "index"}},
    .compute = compute,
};
