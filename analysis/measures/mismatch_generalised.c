/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "analysis/mismatch.h"
#include "cells.h"
#include "sum.h"

/*
 * Mismatch where markets differ: phi_i is how well a market matches, z_i what a match is worth. The
 * planner sends job seekers where x_i^(1/alpha) v_i is, x_i = z_i phi_i; matches lost against his
 * are
 *
 *     1 - sum_i (phi_i/phi_x) sv_i^alpha su_i^(1-alpha),
 *     phi_x = sum_i phi_i (x_i/xbar)^((1-alpha)/alpha) sv_i,   xbar = (sum_i x_i^(1/alpha)
 * sv_i)^alpha.
 *
 * With z the same everywhere phi_x is xbar, and the index is one of efficiency alone.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES, IN_EFFICIENCY, IN_PRODUCTIVITY };
enum { OUT_VALUE, OUT_EFFICIENCY, OUT_PRODUCTIVITY };

/* Markets with weights; both weights relative to their largest, which no index depends on. */
typedef struct weighted {
    const kt_group *group;
    kt_cells cells;
    kt_totals totals;
    double alpha;
    const double *efficiency, *productivity; /* NULL: 1 everywhere */
    double most_efficiency, most_productivity;
    size_t without; /* markets with posts or seekers that have no weight */
} weighted;

static bool is_market(const weighted *of, size_t i)
{
    return kt_cells_use(&of->cells, i) && of->cells.unemployed[i] + of->cells.vacancies[i] > 0.0;
}

static double largest(const weighted *of, const double *weight)
{
    double most = 0.0;
    for (size_t i = 0; weight != NULL && i < of->cells.count; i++) {
        most = is_market(of, i) && weight[i] > most ? weight[i] : most;
    }
    return weight == NULL ? 1.0 : most;
}

static double phi_of(const weighted *of, size_t i)
{
    return of->efficiency == NULL ? 1.0 : of->efficiency[i] / of->most_efficiency;
}

static double worth_of(const weighted *of, size_t i)
{
    const double z = of->productivity == NULL ? 1.0 : of->productivity[i] / of->most_productivity;
    return z * phi_of(of, i);
}

static size_t count_without(const weighted *of)
{
    size_t without = 0;
    for (size_t i = 0; i < of->cells.count; i++) {
        without += is_market(of, i) && isnan(worth_of(of, i));
    }
    return without;
}

static weighted weigh(const kt_group *group, const kt_totals *totals, double alpha, bool by_worth)
{
    weighted of = {.group = group,
                   .cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES),
                   .totals = *totals,
                   .alpha = alpha,
                   .efficiency = group->figure[IN_EFFICIENCY],
                   .productivity = by_worth ? group->figure[IN_PRODUCTIVITY] : NULL};
    of.most_efficiency = largest(&of, of.efficiency);
    of.most_productivity = largest(&of, of.productivity);
    of.without = count_without(&of);
    return of;
}

/* What the planner's matches are, relative to V^alpha U^(1-alpha). */
static double planned(const weighted *of)
{
    kt_sum worth = {0}, matches = {0};
    for (size_t i = 0; i < of->cells.count; i++) {
        if (is_market(of, i)) {
            const double share = of->cells.vacancies[i] / of->totals.vacancies.value;
            kt_sum_add(&worth, pow(worth_of(of, i), 1.0 / of->alpha) * share);
        }
    }
    const double mean = pow(kt_sum_value(worth), of->alpha);
    for (size_t i = 0; i < of->cells.count; i++) {
        if (is_market(of, i)) {
            const double share = of->cells.vacancies[i] / of->totals.vacancies.value;
            kt_sum_add(&matches, phi_of(of, i) * share *
                                     pow(worth_of(of, i) / mean, (1.0 - of->alpha) / of->alpha));
        }
    }
    return kt_sum_value(matches);
}

static double made(const weighted *of)
{
    kt_sum matches = {0};
    for (size_t i = 0; i < of->cells.count; i++) {
        if (is_market(of, i)) {
            const double su = of->cells.unemployed[i] / of->totals.unemployed.value;
            const double sv = of->cells.vacancies[i] / of->totals.vacancies.value;
            kt_sum_add(&matches, phi_of(of, i) * pow(sv, of->alpha) * pow(su, 1.0 - of->alpha));
        }
    }
    return kt_sum_value(matches);
}

/* NAN with a note where a market has no weight, or no post has a weight above 0. */
static double index_of(const weighted *of, const char **note, kt_arena *arena)
{
    if (of->without > 0) {
        *note =
            kt_arena_print(arena, "markets without efficiency or productivity: %zu", of->without);
        return NAN;
    }
    const double plan = planned(of);
    if (!(plan > 0.0)) {
        *note = "no efficiency or productivity above 0 where posts are";
        return NAN;
    }
    return 1.0 - made(of) / plan;
}

static kt_status check_weights(const kt_measure *self, const kt_group *group, kt_error *err)
{
    for (size_t i = 0; i < 2 * group->row_count; i++) {
        const size_t input = i % 2 == 0 ? IN_EFFICIENCY : IN_PRODUCTIVITY, row = i / 2;
        const double *weight = group->figure[input];
        if (weight != NULL && weight[row] < 0.0) {
            return kt_fail(err, KT_ERR_DATA, "row %zu, column %s: %.17g, expected none below 0",
                           kt_group_row(group, row), self->inputs[input].name, weight[row]);
        }
    }
    return KT_OK;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    const kt_cells cells = kt_cells_of(group, IN_UNEMPLOYED, IN_VACANCIES);
    kt_mismatch plain;
    kt_totals totals = {0};
    KT_TRY(check_weights(self, group, err));
    KT_TRY(kt_mismatch_compute(&cells, &params[0].number, 1, arena, &plain, err));
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->reason[0] = plain.reason;
    findings->note[0] = plain.note;
    if (plain.reason == NULL) {
        findings->number[OUT_VALUE] = plain.value;
        if (group->figure[IN_EFFICIENCY] != NULL) {
            const weighted of = weigh(group, &totals, params[0].number, false);
            findings->number[OUT_EFFICIENCY] = index_of(&of, &findings->note[0], arena);
        }
        if (group->figure[IN_PRODUCTIVITY] != NULL) {
            const weighted of = weigh(group, &totals, params[0].number, true);
            findings->number[OUT_PRODUCTIVITY] = index_of(&of, &findings->note[0], arena);
        }
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_mismatch_generalised = {
    .id = "mismatch_generalised",
    .version = 1,
    .name_fi = "Kohtaanto-ongelman indeksi, kun osamarkkinat ovat erilaisia",
    .name_sv = "Index för matchningsproblem när delmarknaderna är olika",
    .name_en = "Mismatch index of unlike markets",
    .definition_fi =
        "Kuinka suuri osa työllistymisistä jää syntymättä verrattuna siihen, että työttömät "
        "hakisivat sieltä, missä kohtaanto toimii parhaiten (tehokkuus) ja työ tuottaa eniten "
        "(tuottavuus). Tuottavuudella painotettu voi olla alle nollan: tuotoksen vuoksi voi "
        "kannattaa luopua työllistymisistä. Painot ovat käyttäjän, ja pienten osamarkkinoiden "
        "arviot on syytä tasoittaa ensin.",
    .definition_sv =
        "Hur stor andel av matchningarna som uteblir jämfört med att arbetslösa söker där "
        "matchningen fungerar bäst (effektivitet) och arbetet ger mest (produktivitet). Vägt med "
        "produktivitet kan det vara under noll: för produktionens skull kan det löna sig att avstå "
        "från matchningar. Vikterna är användarens, och små delmarknaders skattningar bör jämnas "
        "ut "
        "först.",
    .definition_en =
        "The share of matches lost against job seekers who search where matching works best "
        "(efficiency) and work is worth most (productivity). With productivity it may be below "
        "zero: for output it can pay to do without matches. The weights are the user's, and those "
        "of small markets want smoothing first.",
    .formula =
        "1 - sum_i (phi_i/phi_x) (v_i/V)^alpha (u_i/U)^(1-alpha); phi_x = sum_i phi_i "
        "(x_i/xbar)^((1-alpha)/alpha) v_i/V; xbar = (sum_i x_i^(1/alpha) v_i/V)^alpha; x_i = "
        "z_i phi_i; value: phi = z = 1, value_efficiency: z = 1",
    .reference = "Sahin, A., Song, J., Topa, G., Violante, G. L. (2014): Mismatch Unemployment, "
                 "American Economic Review 104(11), 3529-3564",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] = KT_INPUT_VACANCIES,
            [IN_EFFICIENCY] = {.name = "efficiency", .kind = KT_INPUT_NUMBER, .optional = true},
            [IN_PRODUCTIVITY] = {.name = "productivity", .kind = KT_INPUT_NUMBER, .optional = true},
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "share"},
            [OUT_EFFICIENCY] = {.name = "value_efficiency", .unit = "share"},
            [OUT_PRODUCTIVITY] = {.name = "value_productivity", .unit = "share"},
        },
    .compute = compute,
};
