/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "distance.h"

/*
 * The Hellinger distance of the two distributions,
 *
 *     H = sqrt(1/2 sum_i (sqrt(v_i/V) - sqrt(u_i/U))^2),    H^2 = the mismatch index at alpha 1/2.
 */

static double squared(double unemployed_share, double vacancy_share)
{
    const double apart = sqrt(vacancy_share) - sqrt(unemployed_share);
    return apart * apart;
}

static double distance_of(const kt_cells *cells, const kt_totals *totals)
{
    return fmin(sqrt(kt_distance_half_sum(cells, totals, squared)), 1.0);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    return kt_distance_compute(self, group, distance_of, arena, out, err);
}

const kt_measure kt_measure_hellinger = {
    .id = "hellinger",
    .version = 1,
    .name_fi = "Hellingerin etäisyys",
    .name_sv = "Hellingeravstånd",
    .name_en = "Hellinger distance",
    .definition_fi =
        "Työttömien ja avoimien paikkojen jakaumien etäisyys osamarkkinoilla; 0 = samat, 1 = ei "
        "yhtään yhteistä osamarkkinaa. Sen neliö on kohtaanto-ongelman indeksi, kun alfa on 0,5. "
        "Etäisyys kerrotaan, kun jakaumia verrataan keskenään; osuutena menetetyistä "
        "työllistymisistä sitä ei voi lukea.",
    .definition_sv =
        "Avståndet mellan arbetslösas och lediga platsers fördelningar på delmarknader; 0 = lika, "
        "1 = ingen gemensam delmarknad. Kvadraten är indexet för matchningsproblem när alfa är "
        "0,5. "
        "Avståndet används för att jämföra fördelningar; det kan inte läsas som andel uteblivna "
        "matchningar.",
    .definition_en =
        "How far apart the distributions of unemployed and of vacancies over sub-markets are; 0 = "
        "alike, 1 = no sub-market in common. Its square is the mismatch index at alpha 0.5. A "
        "distance between distributions: it cannot be read as a share of matches lost.",
    .formula =
        "sqrt(1/2 sum_i (sqrt(v_i/V) - sqrt(u_i/U))^2); persons: sum_i max(0, u_i - v_i U/V)",
    .reference = "Hellinger, E. (1909): Neue Begruendung der Theorie quadratischer Formen von "
                 "unendlichvielen Veraenderlichen, J. reine angew. Math. 136, 210-271",
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
            [KT_DISTANCE_VALUE] = {.name = "value", .unit = "distance"},
            [KT_DISTANCE_PERSONS] = {.name = "persons_off_proportion", .unit = "persons"},
        },
    .compute = compute,
};
