/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include "analysis/measure.h"
#include "cells.h"

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_VALUE, OUT_LOW, OUT_HIGH, OUT_MODEL_ERROR, OUT_NULL, OUT_EXCESS, OUT_MARKETS };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_mismatch found;
    KT_TRY(kt_mismatch_compute(&cells, &params[0].number, 1, arena, &found, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->number[OUT_VALUE] = found.value;
    findings->number[OUT_LOW] = found.value_low;
    findings->number[OUT_HIGH] = found.value_high;
    findings->number[OUT_MODEL_ERROR] = found.model_error;
    findings->number[OUT_NULL] = found.null_value;
    findings->number[OUT_EXCESS] = found.excess_over_null;
    findings->number[OUT_MARKETS] = (double)found.markets_n;
    findings->reason[0] = found.reason;
    findings->note[0] = found.note;
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_mismatch = {
    .id = "mismatch",
    .version = 1,
    .name_fi = "Kohtaanto-ongelman indeksi",
    .name_sv = "Index för matchningsproblem",
    .name_en = "Mismatch index",
    .definition_fi =
        "Kuinka suuri osa työllistymisistä jää syntymättä, koska työttömät työnhakijat ja avoimet "
        "työpaikat jakautuvat eri tavoin osamarkkinoille (alueille, ammatteihin); 0 = jakaumat "
        "ovat "
        "samat, 1 = ne eivät kohtaa lainkaan. Olettaa, ettei kukaan liiku osamarkkinalta toiselle "
        "eikä osamarkkinan sisällä ole kohtaamattomuutta. Ei kerro syytä eikä mitä pitäisi tehdä. "
        "Mallivirhe ei ole otantavirhe, ja vaihteluväli kertoo vain sen, mitä suojatut solut "
        "voisivat muuttaa.",
    .definition_sv =
        "Hur stor andel av matchningarna som uteblir därför att arbetslösa arbetssökande och "
        "lediga "
        "platser fördelar sig olika på delmarknader (regioner, yrken); 0 = fördelningarna är lika, "
        "1 = de möts inte alls. Förutsätter att ingen rör sig mellan delmarknader och att det inte "
        "finns matchningsproblem inom dem. Säger inget om orsaken eller om vad som borde göras. "
        "Modellfelet är inget urvalsfel, och intervallet anger bara vad skyddade celler kan ändra.",
    .definition_en =
        "The share of matches lost because unemployed job seekers and open vacancies are spread "
        "differently over sub-markets (regions, occupations); 0 = spread alike, 1 = they never "
        "meet. Assumes that nobody moves between sub-markets and that there is no mismatch inside "
        "them. Does not say why, nor what ought to be done. The model error is not a sampling "
        "error, and the range says only what protected cells could change.",
    .formula = "1 - sum_i (v_i/V)^alpha (u_i/U)^(1-alpha)",
    .reference = "Sahin, A., Song, J., Topa, G., Violante, G. L. (2014): Mismatch Unemployment, "
                 "American Economic Review 104(11), 3529-3564",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_LOW] = {.name = "value_low", .unit = "share"},
            [OUT_HIGH] = {.name = "value_high", .unit = "share"},
            [OUT_MODEL_ERROR] = {.name = "model_error", .unit = "share"},
            [OUT_NULL] = {.name = "null_value", .unit = "share"},
            [OUT_EXCESS] = {.name = "excess_over_null", .unit = "share"},
            [OUT_MARKETS] = {.name = "markets_n", .unit = "count"},
        },
    .compute = compute,
};
