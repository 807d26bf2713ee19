/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "analysis/mismatch.h"
#include "cells.h"

/*
 * The divergence of order a of the distribution of posts from that of job seekers (Rényi 1961),
 *
 *     R = 1/(a-1) ln sum_i (v_i/V)^a (u_i/U)^(1-a) = -ln(1-M)/(1-a),    M the mismatch index.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const double alpha = params[0].number;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_mismatch found;
    KT_TRY(kt_mismatch_compute(&cells, &alpha, 1, arena, &found, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->reason[0] = found.reason;
    if (found.reason == NULL && found.value >= 1.0) {
        findings->reason[0] = "infinite: no market has both job seekers and posts";
    }
    if (findings->reason[0] == NULL) {
        findings->number[0] = fmax(-log1p(-found.value) / (1.0 - alpha), 0.0);
        findings->note[0] = found.note;
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_renyi = {
    .id = "renyi",
    .version = 1,
    .name_fi = "Rényin divergenssi",
    .name_sv = "Rényis divergens",
    .name_en = "Rényi divergence",
    .definition_fi =
        "Kuinka kaukana avoimien paikkojen jakauma osamarkkinoille on työttömien jakaumasta; 0 = "
        "samat, ilman ylärajaa. Sama tieto kuin kohtaanto-ongelman indeksissä samalla alfalla, "
        "toisella asteikolla: osuutena menetetyistä työllistymisistä sitä ei voi lukea. Ilman "
        "yhteistä osamarkkinaa se on ääretön, eikä lukua ole.",
    .definition_sv =
        "Hur långt de lediga platsernas fördelning på delmarknader är från de arbetslösas; 0 = "
        "lika, utan övre gräns. Samma innehåll som indexet för matchningsproblem med samma alfa, "
        "på en annan skala: det kan inte läsas som andel uteblivna matchningar. Utan gemensam "
        "delmarknad är det oändligt, och det finns inget tal.",
    .definition_en =
        "How far the distribution of vacancies over sub-markets is from that of the unemployed; 0 "
        "= alike, without an upper end. It says what the mismatch index of the same alpha says, on "
        "another scale: it cannot be read as a share of matches lost. Without a sub-market in "
        "common it is infinite, and there is no figure.",
    .formula = "-ln(sum_i (v_i/V)^alpha (u_i/U)^(1-alpha)) / (1-alpha) = -ln(1-M)/(1-alpha)",
    .reference = "Rényi, A. (1961): On Measures of Entropy and Information, Proc. 4th Berkeley "
                 "Symposium on Mathematical Statistics and Probability 1, 547-561",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .params = {KT_PARAM_ALPHA},
    .results = {{.name = "value", .unit = "index"}},
    .compute = compute,
};
