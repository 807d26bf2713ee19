/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"

/*
 * Jackman and Roper (1987): half the sum of the differences of shares,
 *
 *     1/2 sum_i |u_i/U - v_i/V|,
 *
 * the share of job seekers who stand above proportion. In persons it is the sum of the positive
 * u_i - v_i U/V.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_VALUE, OUT_PERSONS };

static double half_distance(const kt_cells *cells, const kt_totals *totals)
{
    kt_sum distance = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            kt_sum_add(&distance, fabs(cells->unemployed[i] / totals->unemployed.value -
                                       cells->vacancies[i] / totals->vacancies.value));
        }
    }
    return fmin(kt_sum_value(distance) / 2.0, 1.0);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_totals totals;
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->reason[0] = totals.reason;
    if (totals.reason == NULL) {
        findings->number[OUT_VALUE] = half_distance(&cells, &totals);
        findings->number[OUT_PERSONS] = kt_cells_off_proportion(&cells, &totals);
        findings->note[0] = kt_totals_note(&totals);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_mismatch_jr = {
    .id = "mismatch_jr",
    .version = 1,
    .name_fi = "Kohtaamattomuus (Jackman-Roper)",
    .name_sv = "Bristande matchning (Jackman-Roper)",
    .name_en = "Mismatch (Jackman-Roper)",
    .definition_fi =
        "Kuinka suuri osa työttömistä työnhakijoista on osamarkkinoilla, joilla heitä on enemmän "
        "kuin avoimien paikkojen osuus edellyttäisi; 0 = paikkoja on hakijaa kohti kaikkialla yhtä "
        "paljon. Henkilöinä sama luku ei ole suositus siirtää ketään.",
    .definition_sv =
        "Hur stor andel av de arbetslösa arbetssökande som finns på delmarknader där de är fler än "
        "vad andelen lediga platser motsvarar; 0 = lika många platser per sökande överallt. Samma "
        "tal i personer är ingen rekommendation att flytta någon.",
    .definition_en =
        "The share of unemployed job seekers who are in sub-markets above the proportion that "
        "their "
        "vacancies call for; 0 = as many posts per seeker everywhere. The same in persons is not a "
        "recommendation that anyone move.",
    .formula = "1/2 sum_i |u_i/U - v_i/V|; persons: sum_i max(0, u_i - v_i U/V)",
    .reference = "Jackman, R., Roper, S. (1987): Structural Unemployment, Oxford Bulletin of "
                 "Economics and Statistics 49(1), 9-36",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] =
                {.name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons", .ranged = true},
            [IN_VACANCIES] =
                {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts", .ranged = true},
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_PERSONS] = {.name = "persons_off_proportion", .unit = "persons"},
        },
    .compute = compute,
};
