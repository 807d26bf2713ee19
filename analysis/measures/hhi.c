/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"
#include "shares.h"
#include "sum.h"

/* Herfindahl and Hirschman: sum of squared shares, from 1/n (even) to 1 (all in one). */

enum { IN_MARKET, IN_VALUE };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    (void)err;
    const kt_shares shares = kt_shares_of(group, IN_VALUE, arena);
    kt_sum squares = {0};
    for (size_t i = 0; i < shares.count; i++) {
        kt_sum_add(&squares, shares.share[i] * shares.share[i]);
    }
    *out = kt_shares_finding(self, &shares, kt_sum_value(squares), arena);
    return KT_OK;
}

const kt_measure kt_measure_hhi = {
    .id = "hhi",
    .version = 1,
    .name_fi = "Keskittyneisyys (Herfindahl-Hirschman)",
    .name_sv = "Koncentration (Herfindahl-Hirschman)",
    .name_en = "Concentration (Herfindahl-Hirschman)",
    .definition_fi =
        "Osamarkkinoiden osuuksien neliöiden summa: 1 = kaikki yhdellä, 1/n = tasan n "
        "osamarkkinalla. Riippuu osamarkkinoiden määrästä; pienissä luvuissa sattuma nostaa sitä.",
    .definition_sv = "Summan av delmarknadernas andelar i kvadrat: 1 = allt på en, 1/n = jämnt på "
                     "n delmarknader. "
                     "Beror på antalet delmarknader; i små tal höjs den av slumpen.",
    .definition_en = "The sum of the sub-markets' squared shares: 1 = all in one, 1/n = even over "
                     "n sub-markets. "
                     "Depends on the number of sub-markets; in small counts chance raises it.",
    .formula = "sum_i s_i^2, s_i = x_i / sum x",
    .reference = "Hirschman, A. O. (1964): The Paternity of an Index, American Economic Review "
                 "54(5), 761-762",
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
