/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "sum.h"

/*
 * Layard, Nickell and Jackman (1991): half the variance of relative unemployment rates, weighted by
 * labour force,
 *
 *     1/2 sum_i l_i (r_i/r - 1)^2,    l_i = L_i/L, r_i/r = (u_i/U) / l_i,
 *
 * and the coefficient of variation of the rates, the root of twice that.
 *
 * Vacancies play no part in it; they are taken so that one file serves every measure.
 */

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES, IN_LABOUR_FORCE };
enum { OUT_VALUE, OUT_VARIATION };

typedef struct totals {
    double unemployed, labour_force;
    size_t used;
} totals;

static bool is_used(const kt_group *group, size_t row)
{
    return !isnan(group->figure[IN_UNEMPLOYED][row]) && !isnan(group->figure[IN_LABOUR_FORCE][row]);
}

static kt_status sum_rows(const kt_group *group, totals *out, kt_error *err)
{
    kt_sum unemployed = {0}, labour_force = {0};
    size_t used = 0;
    for (size_t row = 0; row < group->row_count; row++) {
        if (!is_used(group, row)) {
            continue;
        }
        const double u = group->figure[IN_UNEMPLOYED][row];
        const double l = group->figure[IN_LABOUR_FORCE][row];
        if (u > 0.0 && l == 0.0) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column labour_force: 0, but %.17g are unemployed",
                           kt_group_row(group, row), u);
        }
        kt_sum_add(&unemployed, u);
        kt_sum_add(&labour_force, l);
        used += l > 0.0;
    }
    *out = (totals){kt_sum_value(unemployed), kt_sum_value(labour_force), used};
    return KT_OK;
}

static double half_variance(const kt_group *group, const totals *of)
{
    kt_sum sum = {0};
    for (size_t row = 0; row < group->row_count; row++) {
        if (is_used(group, row) && group->figure[IN_LABOUR_FORCE][row] > 0.0) {
            const double weight = group->figure[IN_LABOUR_FORCE][row] / of->labour_force;
            const double relative = group->figure[IN_UNEMPLOYED][row] / of->unemployed / weight;
            kt_sum_add(&sum, weight * (relative - 1.0) * (relative - 1.0));
        }
    }
    return kt_sum_value(sum) / 2.0;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    (void)params;
    totals of = {0};
    KT_TRY(sum_rows(group, &of, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    if (of.used == 0) {
        findings->reason[0] = "no market with both figures and a labour force";
    } else if (of.unemployed == 0.0) {
        findings->reason[0] = "no job seekers";
    } else {
        const double value = of.used == 1 ? 0.0 : half_variance(group, &of);
        findings->number[OUT_VALUE] = value;
        findings->number[OUT_VARIATION] = sqrt(2.0 * value);
        findings->note[0] = of.used == 1 ? "single market" : NULL;
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_lnj = {
    .id = "lnj",
    .version = 1,
    .name_fi = "Työttömyysasteiden hajonta (Layard-Nickell-Jackman)",
    .name_sv = "Spridning av arbetslöshetstal (Layard-Nickell-Jackman)",
    .name_en = "Dispersion of unemployment rates (Layard-Nickell-Jackman)",
    .definition_fi =
        "Puolet suhteellisten työttömyysasteiden varianssista, painoina työvoima; 0 = sama "
        "työttömyysaste kaikkialla. Ei ota huomioon avoimia työpaikkoja, ja taipuu laskemaan, kun "
        "työttömyys kaikkialla nousee. Toinen luku on asteiden variaatiokerroin.",
    .definition_sv =
        "Halva variansen av relativa arbetslöshetstal, vägd med arbetskraften; 0 = samma "
        "arbetslöshetstal överallt. Beaktar inte lediga platser och tenderar att sjunka när "
        "arbetslösheten stiger överallt. Det andra talet är talens variationskoefficient.",
    .definition_en =
        "Half the variance of relative unemployment rates, weighted by labour force; 0 = the same "
        "rate everywhere. Does not look at vacancies, and tends to fall when unemployment rises "
        "everywhere. The second figure is the rates' coefficient of variation.",
    .formula = "1/2 sum_i (L_i/L) ((u_i/L_i)/(U/L) - 1)^2; variation: sqrt(2 value)",
    .reference = "Layard, R., Nickell, S., Jackman, R. (1991): Unemployment: Macroeconomic "
                 "Performance and the Labour Market, Oxford University Press, ch. 6",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_ADD,
    .inputs =
        {
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY},
            [IN_UNEMPLOYED] = KT_INPUT_UNEMPLOYED,
            [IN_VACANCIES] =
                {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts", .optional = true},
            [IN_LABOUR_FORCE] = {.name = "labour_force", .kind = KT_INPUT_COUNT, .unit = "persons"},
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "index"},
            [OUT_VARIATION] = {.name = "variation", .unit = "ratio"},
        },
    .compute = compute,
};
