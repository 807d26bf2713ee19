/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"

/*
 * The variance of ln(v_i/u_i), weighted by job seekers, and the mismatch that goes with it where
 * ln tightness is normal among them:
 *
 *     var = sum_i w_i (ln theta_i - m)^2,  w_i = u_i/U,  M = 1 - exp(-alpha (1-alpha) var / 2).
 *
 * A market without job seekers or posts has no ln tightness: U is the sum of the others.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_VALUE, OUT_IMPLIED, OUT_MARKETS };

static bool has_log(const kt_cells *cells, size_t cell)
{
    return kt_cells_use(cells, cell) && cells->unemployed[cell] > 0.0 &&
           cells->vacancies[cell] > 0.0;
}

static double log_tightness(const kt_cells *cells, size_t cell)
{
    return log(cells->vacancies[cell] / cells->unemployed[cell]);
}

static double variance(const kt_cells *cells)
{
    kt_sum weight = {0}, level = {0}, square = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (has_log(cells, i)) {
            kt_sum_add(&weight, cells->unemployed[i]);
            kt_sum_add(&level, cells->unemployed[i] * log_tightness(cells, i));
        }
    }
    const double mean = kt_sum_value(level) / kt_sum_value(weight);
    for (size_t i = 0; i < cells->count; i++) {
        if (has_log(cells, i)) {
            const double apart = log_tightness(cells, i) - mean;
            kt_sum_add(&square, cells->unemployed[i] * apart * apart);
        }
    }
    return kt_sum_value(square) / kt_sum_value(weight);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const double alpha = params[0].number;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_totals totals;
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    size_t used = 0;
    for (size_t i = 0; i < cells.count; i++) {
        used += has_log(&cells, i);
    }
    kt_findings *findings = kt_findings_new(self, 1, arena);
    *out = findings;
    findings->reason[0] = totals.reason;
    if (totals.reason == NULL && used == 0) {
        findings->reason[0] = "no market has both job seekers and posts";
    }
    if (findings->reason[0] != NULL) {
        return KT_OK;
    }
    const double value = used == 1 ? 0.0 : variance(&cells);
    findings->number[OUT_VALUE] = value;
    findings->number[OUT_IMPLIED] = -expm1(-alpha * (1.0 - alpha) * value / 2.0);
    findings->number[OUT_MARKETS] = (double)used;
    findings->note[0] = kt_totals_note(&totals);
    if (used < totals.markets_n) {
        findings->note[0] = kt_arena_print(
            arena, "markets without job seekers or posts left out: %zu", totals.markets_n - used);
    }
    return KT_OK;
}

const kt_measure kt_measure_tightness_dispersion = {
    .id = "tightness_dispersion",
    .version = 1,
    .name_fi = "Kireyden hajonta",
    .name_sv = "Spridning av stramheten",
    .name_en = "Dispersion of tightness",
    .definition_fi =
        "Osamarkkinoiden kireyden (paikkoja hakijaa kohti) logaritmin varianssi, painoina "
        "työttömät; 0 = sama kireys kaikkialla. Osamarkkinat, joilla ei ole hakijoita tai "
        "paikkoja, jäävät pois, ja niiden määrä kerrotaan: siksi luku voi laskea, kun paikat "
        "jostain loppuvat. Toinen luku on kohtaanto-ongelman indeksi, joka hajonnasta seuraisi, "
        "jos logaritmi olisi normaalijakautunut.",
    .definition_sv =
        "Variansen av logaritmen av delmarknadernas stramhet (platser per sökande), vägd med de "
        "arbetslösa; 0 = samma stramhet överallt. Delmarknader utan sökande eller platser lämnas "
        "bort och deras antal anges: därför kan talet sjunka när platserna tar slut någonstans. "
        "Det andra talet är det index för matchningsproblem som spridningen skulle ge om "
        "logaritmen var normalfördelad.",
    .definition_en =
        "The variance of the logarithm of the sub-markets' tightness (posts per seeker), weighted "
        "by unemployed; 0 = the same tightness everywhere. Sub-markets without seekers or posts "
        "are left out, and their number is told: so the figure may fall when posts run out "
        "somewhere. The second figure is the mismatch index that the dispersion would give if the "
        "logarithm were normal.",
    .formula = "var = sum_i (u_i/U) (ln(v_i/u_i) - m)^2, m = sum_i (u_i/U) ln(v_i/u_i); "
               "mismatch_implied = 1 - exp(-alpha (1-alpha) var / 2)",
    .reference = "Barnichon, R., Figura, A. (2015): Labor Market Heterogeneity and the Aggregate "
                 "Matching Function, American Economic Journal: Macroeconomics 7(4), 222-249",
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
            [OUT_VALUE] = {.name = "value", .unit = "index"},
            [OUT_IMPLIED] = {.name = "mismatch_implied", .unit = "share"},
            [OUT_MARKETS] = {.name = "markets_n", .unit = "count"},
        },
    .compute = compute,
};
