/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/tightness.h"

#include <math.h>

#include "analysis/measure.h"
#include "cells.h"

/* V/U: the rows of a group are one cell, summed first; where one of them lacks a figure the sums
 * are not known. */

enum { IN_UNEMPLOYED, IN_VACANCIES };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_totals totals;
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->number[0] = kt_tightness(totals.unemployed, totals.vacancies).value;
    if (totals.cells_used == 0) {
        findings->reason[0] = "a row without one of its figures: the sums are not known";
    } else if (isnan(findings->number[0])) {
        findings->reason[0] = "no job seekers";
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_tightness = {
    .id = "tightness",
    .version = 1,
    .name_fi = "Työmarkkinoiden kireys",
    .name_sv = "Stramhet på arbetsmarknaden",
    .name_en = "Labour market tightness",
    .definition_fi =
        "Avoimia työpaikkoja yhtä työtöntä työnhakijaa kohti: avoimien paikkojen summa jaettuna "
        "työttömien summalla. Ei kerro, sopivatko paikat hakijoille, eikä sitä, kuinka suuri osa "
        "paikoista ilmoitetaan julkiseen palveluun.",
    .definition_sv =
        "Lediga platser per arbetslös arbetssökande: summan av lediga platser delad med summan av "
        "arbetslösa. Säger inte om platserna passar de sökande och inte heller hur stor del av "
        "platserna som anmäls till den offentliga tjänsten.",
    .definition_en =
        "Open vacancies per unemployed job seeker: the sum of vacancies over the sum of "
        "unemployed. "
        "Does not say whether the posts suit the seekers, nor what share of posts is notified to "
        "the public service.",
    .formula = "V / U",
    .reference = "Pissarides, C. A. (2000): Equilibrium Unemployment Theory, 2nd ed., MIT Press",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .results = {{.name = "value", .unit = "posts per person"}},
    .compute = compute,
};
