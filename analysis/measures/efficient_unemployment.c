/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis/measure.h"
#include "cells.h"

/*
 * The unemployment rate at which the cost of searching, of the unemployed and of those who recruit,
 * is least along a Beveridge curve of elasticity eps. With kappa, recruiters' time for a vacancy,
 * and zeta, the value of not working, both relative to the product of work,
 *
 *     u* = (kappa eps v u^eps / (1 - zeta))^(1 / (1 + eps)),    theta* = (1 - zeta) / (kappa eps).
 *
 * With eps = 1 and kappa = 1 - zeta that is u* = sqrt(u v) and theta* = 1.
 */

enum { IN_UNEMPLOYMENT, IN_VACANCY };
enum { PARAM_FORM, PARAM_ELASTICITY, PARAM_COST, PARAM_VALUE };
enum { OUT_EFFICIENT, OUT_GAP, OUT_TIGHTNESS };

static kt_status check_rates(const kt_measure *self, const kt_group *group, kt_error *err)
{
    for (size_t input = IN_UNEMPLOYMENT; input <= IN_VACANCY; input++) {
        if (group->figure[input][0] > 1.0) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column %s: %.17g, expected a share of at "
                           "most 1",
                           kt_group_row(group, 0), self->inputs[input].name,
                           group->figure[input][0]);
        }
    }
    return KT_OK;
}

static const char *reason_of(double unemployment, double vacancy)
{
    if (isnan(unemployment) || isnan(vacancy)) {
        return isnan(unemployment) ? "no unemployment rate" : "no vacancy rate";
    }
    if (unemployment == 0.0 || vacancy == 0.0) {
        return unemployment == 0.0 ? "no job seekers" : "no vacancies";
    }
    return NULL;
}

static void write_row(const kt_param_value *params, double u, double v, double *number)
{
    if (strcmp(params[PARAM_FORM].text, "sqrt") == 0) {
        number[OUT_EFFICIENT] = sqrt(u * v);
        number[OUT_TIGHTNESS] = 1.0;
    } else {
        const double elasticity = params[PARAM_ELASTICITY].number;
        const double cost = params[PARAM_COST].number * elasticity;
        const double worth = 1.0 - params[PARAM_VALUE].number;
        number[OUT_EFFICIENT] =
            pow(cost * v * pow(u, elasticity) / worth, 1.0 / (1.0 + elasticity));
        number[OUT_TIGHTNESS] = worth / cost;
    }
    number[OUT_GAP] = u - number[OUT_EFFICIENT];
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    KT_TRY(check_rates(self, group, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    const double u = group->figure[IN_UNEMPLOYMENT][0];
    const double v = group->figure[IN_VACANCY][0];
    findings->reason[0] = reason_of(u, v);
    if (findings->reason[0] == NULL) {
        write_row(params, u, v, findings->number);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_efficient_unemployment = {
    .id = "efficient_unemployment",
    .version = 1,
    .name_fi = "Tehokas työttömyysaste",
    .name_sv = "Effektiv arbetslöshet",
    .name_en = "Efficient unemployment",
    .definition_fi =
        "Työttömyysaste, jolla työn etsimisen ja rekrytoinnin kustannus on yhteensä pienin, sekä "
        "havaitun asteen ero siitä. Asteilla on oltava sama nimittäjä. Rekisterin luvuilla taso ei "
        "ole täystyöllisyys, koska kaikkia paikkoja ei ilmoiteta: vain muutos kertoo jotakin.",
    .definition_sv =
        "Den arbetslöshet vid vilken kostnaden för att söka arbete och att rekrytera tillsammans "
        "är "
        "lägst, och den observerade arbetslöshetens avstånd till den. Talen måste ha samma "
        "nämnare. "
        "Med registrets tal är nivån inte full sysselsättning, eftersom alla platser inte anmäls: "
        "bara förändringen säger något.",
    .definition_en =
        "The unemployment rate at which searching and recruiting together cost least, and how far "
        "the observed rate is from it. The rates must have one denominator. On register data the "
        "level is not full employment, for not all posts are notified: only its change says "
        "something.",
    .formula = "sqrt: u* = sqrt(u v), theta* = 1; sufficient: u* = (kappa eps v u^eps / (1 - "
               "zeta))^(1/(1+eps)), theta* = (1 - zeta)/(kappa eps); gap: u - u*",
    .reference = "Michaillat, P., Saez, E. (2021): Beveridgean Unemployment Gap, Journal of Public "
                 "Economics Plus 2; (2024): u* = sqrt(uv), Brookings Papers on Economic Activity",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_REFUSE,
    .inputs =
        {
            [IN_UNEMPLOYMENT] = {.name = "unemployment_rate",
                                 .kind = KT_INPUT_COUNT,
                                 .unit = "share"},
            [IN_VACANCY] = {.name = "vacancy_rate", .kind = KT_INPUT_COUNT, .unit = "share"},
        },
    .params =
        {
            [PARAM_FORM] = {.name = "form",
                            .kind = KT_PARAM_CHOICE,
                            .choices = "sqrt sufficient",
                            .fallback = "sqrt",
                            .meaning = "sqrt takes none of the other parameters"},
            [PARAM_ELASTICITY] = {.name = "elasticity",
                                  .kind = KT_PARAM_NUMBER,
                                  .least = 0.0,
                                  .most = 100.0,
                                  .open = true,
                                  .fallback = "1",
                                  .meaning = "eps, of the Beveridge curve, above 0"},
            [PARAM_COST] = {.name = "recruiting_cost",
                            .kind = KT_PARAM_NUMBER,
                            .least = 0.0,
                            .most = 100.0,
                            .open = true,
                            .fallback = "0.92",
                            .meaning = "kappa, of a vacancy, in products of a worker, above 0"},
            [PARAM_VALUE] = {.name = "nonwork_value",
                             .kind = KT_PARAM_NUMBER,
                             .least = -100.0,
                             .most = 1.0,
                             .open = true,
                             .fallback = "0.26",
                             .meaning = "zeta, in products of a worker, below 1"},
        },
    .results =
        {
            [OUT_EFFICIENT] = {.name = "efficient_unemployment_rate", .unit = "share"},
            [OUT_GAP] = {.name = "unemployment_gap", .unit = "share"},
            [OUT_TIGHTNESS] = {.name = "efficient_tightness", .unit = "ratio"},
        },
    .compute = compute,
};
