/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include "analysis/measure.h"
#include "cells.h"
#include "drawing.h"

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { PARAM_ALPHA, PARAM_DRAWS, PARAM_SEED, PARAM_LEVEL };
enum { OUT_VALUE, OUT_ERROR, OUT_BIAS, OUT_LOW, OUT_HIGH, OUT_MARKETS };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    const kt_bootstrap_settings settings = {.alpha = params[PARAM_ALPHA].number,
                                            .draws = (size_t)params[PARAM_DRAWS].number,
                                            .seed = (uint64_t)params[PARAM_SEED].number,
                                            .level = params[PARAM_LEVEL].number};
    kt_bootstrap found;
    KT_TRY(kt_bootstrap_compute(&cells, &settings, arena, &found, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->number[OUT_VALUE] = found.value;
    findings->number[OUT_ERROR] = found.standard_error;
    findings->number[OUT_BIAS] = found.bias;
    findings->number[OUT_LOW] = found.interval_low;
    findings->number[OUT_HIGH] = found.interval_high;
    findings->number[OUT_MARKETS] = (double)found.markets_n;
    findings->reason[0] = found.reason;
    findings->note[0] = found.note;
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_bootstrap = {
    .id = "bootstrap",
    .version = 1,
    .name_fi = "Kohtaanto-ongelman indeksin mallivirhe arpomalla",
    .name_sv = "Matchningsindexets modellfel genom dragning",
    .name_en = "Model error of the mismatch index by drawing",
    .definition_fi =
        "Kuinka paljon kohtaanto-ongelman indeksi vaihtelisi, jos jokainen luku olisi "
        "Poisson-jakautunut. bias kertoo, kuinka paljon sattuma nostaa indeksiä; vaihteluvälistä "
        "se on poistettu. Mallin virhe eikä otantavirhe: rekisterin luvut eivät ole otoksesta, "
        "ja avoimet työpaikat vaihtelevat enemmän kuin Poisson-luvut.",
    .definition_sv =
        "Hur mycket matchningsindexet skulle variera om varje tal vore Poissonfördelat. bias anger "
        "hur mycket slumpen höjer indexet; i intervallet är det borttaget. Ett modellfel, inget "
        "urvalsfel: registrets tal kommer inte från ett urval, och lediga platser varierar mer än "
        "Poissontal.",
    .definition_en =
        "How far the mismatch index would scatter if every figure were a Poisson count. bias says "
        "how far chance lifts the index; the interval has it taken out. An error of that model, "
        "not "
        "of sampling: a register is no sample, and vacancies vary more than Poisson counts. Drawn "
        "by " KT_SAMPLE_GENERATOR " from the seed.",
    .formula = "standard deviation, mean and 2 value - percentiles of 1 - sum_i (v*_i/V*)^alpha "
               "(u*_i/U*)^(1-alpha), u*_i ~ Poisson(u_i), v*_i ~ Poisson(v_i)",
    .reference = "Davison, A. C., Hinkley, D. V. (1997): Bootstrap Methods and their Application, "
                 "Cambridge University Press, 5.2",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .params =
        {
            [PARAM_ALPHA] = KT_PARAM_ALPHA,
            [PARAM_DRAWS] = KT_PARAM_DRAWS,
            [PARAM_SEED] = KT_PARAM_SEED,
            [PARAM_LEVEL] = KT_PARAM_LEVEL,
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_ERROR] = {.name = "standard_error", .unit = "share"},
            [OUT_BIAS] = {.name = "bias", .unit = "share"},
            [OUT_LOW] = {.name = "interval_low", .unit = "share"},
            [OUT_HIGH] = {.name = "interval_high", .unit = "share"},
            [OUT_MARKETS] = {.name = "markets_n", .unit = "count"},
        },
    .compute = compute,
};
