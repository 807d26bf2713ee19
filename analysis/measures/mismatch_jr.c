/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "distance.h"

/*
 * Jackman and Roper (1987): half the sum of the differences of shares,
 *
 *     1/2 sum_i |u_i/U - v_i/V|,
 *
 * the share of job seekers who stand above proportion. In persons it is the sum of the positive
 * u_i - v_i U/V.
 */

static double difference(double unemployed_share, double vacancy_share)
{
    return fabs(unemployed_share - vacancy_share);
}

static double distance_of(const kt_cells *cells, const kt_totals *totals)
{
    return fmin(kt_distance_half_sum(cells, totals, difference), 1.0);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    return kt_distance_compute(self, group, distance_of, arena, out, err);
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
            [KT_DISTANCE_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [KT_DISTANCE_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [KT_DISTANCE_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .results =
        {
            [KT_DISTANCE_VALUE] = {.name = "value", .unit = "share"},
            [KT_DISTANCE_PERSONS] = {.name = "persons_off_proportion", .unit = "persons"},
        },
    .compute = compute,
};
