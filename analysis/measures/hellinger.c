/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"

/*
 * The Hellinger distance of the two distributions,
 *
 *     H = sqrt(1/2 sum_i (sqrt(v_i/V) - sqrt(u_i/U))^2),    H^2 = the mismatch index at alpha 1/2.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_VALUE, OUT_PERSONS };

static double distance_of(const kt_cells *cells, const kt_totals *totals)
{
    kt_sum squares = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            const double apart = sqrt(cells->vacancies[i] / totals->vacancies.value) -
                                 sqrt(cells->unemployed[i] / totals->unemployed.value);
            kt_sum_add(&squares, apart * apart);
        }
    }
    return fmin(sqrt(kt_sum_value(squares) / 2.0), 1.0);
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
        findings->number[OUT_VALUE] = distance_of(&cells, &totals);
        findings->number[OUT_PERSONS] = kt_cells_off_proportion(&cells, &totals);
        findings->note[0] = kt_totals_note(&totals);
    }
    *out = findings;
    return KT_OK;
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
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] =
                {.name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons", .ranged = true},
            [IN_VACANCIES] =
                {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts", .ranged = true},
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "distance"},
            [OUT_PERSONS] = {.name = "persons_off_proportion", .unit = "persons"},
        },
    .compute = compute,
};
