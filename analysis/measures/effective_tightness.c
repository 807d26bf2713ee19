/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"
#include "weights.h"

/*
 * Job seekers look for posts in the markets they can reach. The posts of market j are looked for by
 * A_j = sum_i w_ij u_i applicants, so that a seeker of market i has
 *
 *     theta_i = sum_j w_ij v_j / A_j
 *
 * posts in reach, in competition. Then sum_i u_i theta_i = V: no post is counted twice or lost,
 * unless the posts of a market are in nobody's reach (A_j = 0, v_j > 0).
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
enum { OUT_APPLICANTS, OUT_VALUE, OUT_COUNT };

static double applicants_of(const kt_cells *cells, const kt_weights_view *weights, size_t work)
{
    kt_sum sum = {0};
    for (size_t home = 0; home < cells->count; home++) {
        if (kt_cells_use(cells, home)) {
            kt_sum_add(&sum, kt_weight(weights, home, work) * cells->unemployed[home]);
        }
    }
    return kt_sum_value(sum);
}

static double posts_in_reach(const kt_cells *cells, const kt_weights_view *weights,
                             const double *applicants, size_t home)
{
    kt_sum sum = {0};
    for (size_t work = 0; work < cells->count; work++) {
        if (kt_cells_use(cells, work) && cells->vacancies[work] > 0.0) {
            kt_sum_add(&sum,
                       kt_weight(weights, home, work) * cells->vacancies[work] / applicants[work]);
        }
    }
    return kt_sum_value(sum);
}

/* Why no market of the group has a figure, or NULL. */
static const char *reason_of(const kt_group *group, const kt_cells *cells, const kt_totals *totals,
                             const double *applicants, kt_arena *arena)
{
    if (totals->cells_used == 0 || totals->unemployed.value == 0.0) {
        return totals->reason;
    }
    for (size_t work = 0; work < cells->count; work++) {
        if (kt_cells_use(cells, work) && cells->vacancies[work] > 0.0 && applicants[work] == 0.0) {
            return kt_arena_print(arena, "no job seeker reaches the posts of %s",
                                  group->key[IN_MARKET][work]);
        }
    }
    return NULL;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_totals totals = {0};
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    kt_weights_view weights = {0};
    KT_TRY(kt_weights_find(group, IN_MARKET, arena, &weights, err));
    double *applicants = kt_arena_array(arena, double, cells.count);
    for (size_t work = 0; work < cells.count; work++) {
        applicants[work] = applicants_of(&cells, &weights, work);
    }
    const char *reason = reason_of(group, &cells, &totals, applicants, arena);
    kt_findings *findings = kt_findings_new(self, cells.count, arena);
    for (size_t row = 0; row < cells.count; row++) {
        findings->key[row] = group->key[IN_MARKET][row];
        findings->reason[row] =
            reason == NULL && !kt_cells_use(&cells, row) ? "a figure is missing" : reason;
        if (findings->reason[row] == NULL) {
            double *number = &findings->number[row * OUT_COUNT];
            number[OUT_APPLICANTS] = applicants[row];
            number[OUT_VALUE] = posts_in_reach(&cells, &weights, applicants, row);
        }
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_effective_tightness = {
    .id = "effective_tightness",
    .version = 1,
    .name_fi = "Työmarkkinoiden kireys ulottuvilla olevilla alueilla",
    .name_sv = "Stramhet på arbetsmarknaden inom räckhåll",
    .name_en = "Effective tightness",
    .definition_fi =
        "Avoimia työpaikkoja yhtä työtöntä työnhakijaa kohti niillä alueilla, jotka ovat hänen "
        "ulottuvillaan, kun samoista paikoista kilpailevat kaikki, jotka niihin ulottuvat. Painot "
        "(pendelöinti tai etäisyys) ovat käyttäjän; tulos riippuu niistä. Summa yli hakijoiden on "
        "paikkojen summa.",
    .definition_sv =
        "Lediga platser per arbetslös arbetssökande i de områden som är inom räckhåll, när alla "
        "som "
        "når samma platser konkurrerar om dem. Vikterna (pendling eller avstånd) är användarens; "
        "resultatet beror på dem. Summan över de sökande är summan av platserna.",
    .definition_en = "Open vacancies per unemployed job seeker in the areas within reach, where "
                     "all who reach the "
                     "same posts compete for them. The weights (commuting or distance) are the "
                     "user's; the result "
                     "depends on them. Summed over job seekers it gives the posts.",
    .formula = "theta_i = sum_j w_ij v_j / A_j, A_j = sum_i w_ij u_i",
    .reference =
        "Reduced form of Manning, A., Petrongolo, B. (2017): How Local Are Labor Markets?, "
        "American Economic Review 107(10), 2877-2907",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_ADD,
    .key_name = "market",
    .weighted = true,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
        },
    .results =
        {
            [OUT_APPLICANTS] = {.name = "applicants", .unit = "persons"},
            [OUT_VALUE] = {.name = "value", .unit = "posts per person"},
        },
    .compute = compute,
};
