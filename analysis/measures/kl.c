/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"

/*
 * Kullback and Leibler (1951): the divergence of the distribution of posts from that of job
 * seekers,
 *
 *     sum_i (v_i/V) ln((v_i/V) / (u_i/U)),
 *
 * infinite where posts stand without any job seeker.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };

/* INFINITY where a cell has posts alone. */
static double divergence(const kt_cells *cells, const kt_totals *totals)
{
    kt_sum sum = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (!kt_cells_use(cells, i) || cells->vacancies[i] == 0.0) {
            continue;
        }
        if (cells->unemployed[i] == 0.0) {
            return INFINITY;
        }
        const double posts = cells->vacancies[i] / totals->vacancies.value;
        kt_sum_add(&sum, posts * log(posts / (cells->unemployed[i] / totals->unemployed.value)));
    }
    return fmax(kt_sum_value(sum), 0.0);
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
    const double value = totals.reason == NULL ? divergence(&cells, &totals) : NAN;
    if (isinf(value)) {
        findings->reason[0] = "infinite: a market has posts and no job seekers";
    } else if (totals.reason == NULL) {
        findings->number[0] = value;
        findings->note[0] = kt_totals_note(&totals);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_kl = {
    .id = "kl",
    .version = 1,
    .name_fi = "Kullbackin ja Leiblerin divergenssi",
    .name_sv = "Kullbacks och Leiblers divergens",
    .name_en = "Kullback-Leibler divergence",
    .definition_fi =
        "Kuinka kaukana avoimien paikkojen jakauma osamarkkinoille on työttömien jakaumasta, "
        "paikkoja osuuksineen painottaen; 0 = samat, ilman ylärajaa. Toisin päin luettuna se on "
        "eri luku. Jos jollain osamarkkinalla on paikkoja mutta ei yhtään työtöntä, se on "
        "ääretön, eikä lukua ole: Hellingerin etäisyys on silloinkin.",
    .definition_sv =
        "Hur långt de lediga platsernas fördelning på delmarknader är från de arbetslösas, vägt "
        "med platsernas andelar; 0 = lika, utan övre gräns. Läst åt andra hållet är det ett annat "
        "tal. Om en delmarknad har platser men inga arbetslösa är det oändligt och det finns inget "
        "tal: Hellingeravståndet finns även då.",
    .definition_en =
        "How far the distribution of vacancies over sub-markets is from that of the unemployed, "
        "weighted by the shares of vacancies; 0 = alike, without an upper end. Read the other way "
        "it is another figure. Where a sub-market has posts and no unemployed it is infinite, and "
        "there is no figure: the Hellinger distance is there even so.",
    .formula = "sum_i (v_i/V) ln((v_i/V) / (u_i/U))",
    .reference = "Kullback, S., Leibler, R. A. (1951): On Information and Sufficiency, Annals of "
                 "Mathematical Statistics 22(1), 79-86",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .results = {{.name = "value", .unit = "index"}},
    .compute = compute,
};
