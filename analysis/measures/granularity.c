/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/granularity.h"

#include "analysis/measure.h"
#include "cells.h"
#include "drawing.h"

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { PARAM_ALPHA, PARAM_DRAWS, PARAM_SEED, PARAM_CLUSTER };
enum { OUT_VALUE, OUT_CLOSED, OUT_MEAN, OUT_SD, OUT_EXCESS, OUT_MARKETS };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    const kt_granularity_settings settings = {.alpha = params[PARAM_ALPHA].number,
                                              .draws = (size_t)params[PARAM_DRAWS].number,
                                              .seed = (uint64_t)params[PARAM_SEED].number,
                                              .cluster = &params[PARAM_CLUSTER].number,
                                              .cluster_count = 1};
    kt_granularity found;
    KT_TRY(kt_granularity_compute(&cells, &settings, arena, &found, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->number[OUT_VALUE] = found.value;
    findings->number[OUT_CLOSED] = found.null_closed;
    findings->number[OUT_MEAN] = found.null_mean;
    findings->number[OUT_SD] = found.null_sd;
    findings->number[OUT_EXCESS] = found.excess_over_null;
    findings->number[OUT_MARKETS] = (double)found.markets_n;
    findings->reason[0] = found.reason;
    findings->note[0] = found.note;
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_granularity = {
    .id = "granularity",
    .version = 1,
    .name_fi = "Kohtaanto-ongelman indeksi satunnaisessa jaossa",
    .name_sv = "Matchningsindex vid slumpmässig fördelning",
    .name_en = "Mismatch index of chance alone",
    .definition_fi =
        "Kuinka suuri kohtaanto-ongelman indeksi olisi keskimäärin, jos työttömät työnhakijat ja "
        "avoimet työpaikat arvottaisiin osamarkkinoille samoin todennäköisyyksin: pienissä "
        "soluissa "
        "sattuma yksin tekee indeksistä nollaa suuremman. cluster on ilmoituksen työpaikkojen "
        "määrä, kun ilmoituksen paikat ovat samassa solussa. Ylitys ei ole korjattu indeksi.",
    .definition_sv =
        "Hur stort matchningsindexet i genomsnitt skulle vara om arbetssökande och lediga platser "
        "lottades på delmarknaderna med samma sannolikheter: i små celler gör slumpen ensam att "
        "indexet överstiger noll. cluster är antalet platser i en annons, alla i samma cell. Det "
        "överskjutande är inget korrigerat index.",
    .definition_en =
        "What the mismatch index would be on average if job seekers and vacancies fell into the "
        "sub-markets by lot with the same probabilities: in small cells chance alone keeps the "
        "index above zero. cluster is the number of posts of an advertisement, all in one cell. "
        "The "
        "excess is no corrected index. Drawn by " KT_SAMPLE_GENERATOR " from the seed.",
    .formula = "value - mean of 1 - sum_i (v*_i/V)^alpha (u*_i/U)^(1-alpha), (u*), (v*) "
               "multinomial with (u_i/U + v_i/V)/2; null_closed = alpha(1-alpha)/2 (K-1)(1/U + "
               "cluster/V)",
    .reference = "Hörmann, W. (1993): The transformed rejection method for generating Poisson "
                 "random variables, Insurance: Mathematics and Economics 12(1), 39-45",
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
            [PARAM_CLUSTER] = {.name = "cluster",
                               .kind = KT_PARAM_NUMBER,
                               .least = 1.0,
                               .most = 1e6,
                               .fallback = "1",
                               .meaning = "posts of an advertisement, all in one market"},
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_CLOSED] = {.name = "null_closed", .unit = "share"},
            [OUT_MEAN] = {.name = "null_mean", .unit = "share"},
            [OUT_SD] = {.name = "null_sd", .unit = "share"},
            [OUT_EXCESS] = {.name = "excess_over_null", .unit = "share"},
            [OUT_MARKETS] = {.name = "markets_n", .unit = "count"},
        },
    .compute = compute,
};
