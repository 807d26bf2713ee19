/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include <math.h>

#include "shares.h"
#include "sum.h"

/* Shannon's entropy -sum s ln s, in nats; 0 ln 0 = 0. From 0 (all in one) to ln n (even). */

enum { IN_MARKET, IN_VALUE };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    (void)err;
    const kt_shares shares = kt_shares_of(group, IN_VALUE, arena);
    kt_sum sum = {0};
    for (size_t i = 0; i < shares.count; i++) {
        if (shares.share[i] > 0.0) {
            kt_sum_add(&sum, -shares.share[i] * log(shares.share[i]));
        }
    }
    *out = kt_shares_finding(self, &shares, fmax(kt_sum_value(sum), 0.0), arena);
    return KT_OK;
}

const kt_measure kt_measure_entropy = {
    .id = "entropy",
    .version = 1,
    .name_fi = "Entropia",
    .name_sv = "Entropi",
    .name_en = "Entropy",
    .definition_fi =
        "Kuinka monipuolisesti luku jakautuu osamarkkinoille: 0 = kaikki yhdellä, ln n = tasan n "
        "osamarkkinalla. Riippuu osamarkkinoiden määrästä.",
    .definition_sv =
        "Hur mångsidigt talet fördelar sig på delmarknader: 0 = allt på en, ln n = jämnt på n "
        "delmarknader. Beror på antalet delmarknader.",
    .definition_en = "How diversely the figure is spread over sub-markets: 0 = all in one, ln n = "
                     "even over n sub-markets. Depends on the number of sub-markets.",
    .formula = "-sum_i s_i ln s_i, s_i = x_i / sum x",
    .reference = "Shannon, C. E. (1948): A Mathematical Theory of Communication, Bell System "
                 "Technical Journal 27(3), 379-423",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_COUNT},
        },
    .results = {{.name = "value", .unit = "nats"}},
    .compute = compute,
};
