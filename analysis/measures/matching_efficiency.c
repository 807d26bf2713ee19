/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "series.h"

/*
 * What of job finding tightness does not explain, at an elasticity that is given and not estimated:
 *
 *     f = h/u, theta = v/u: the level f/theta^alpha, and mu = ln f - alpha ln theta less its mean.
 *
 * For one period the level is monotone in alpha, so two elasticities bound it for all between them.
 */

enum { IN_PERIOD, IN_HIRES, IN_UNEMPLOYED, IN_VACANCIES };
enum { PARAM_ALPHA, PARAM_LOW, PARAM_HIGH };
enum { OUT_VALUE, OUT_LOW, OUT_HIGH, OUT_RESIDUAL, OUT_COUNT };

static const char *reason_of(const kt_measure *self, const kt_group *group, size_t row,
                             kt_arena *arena)
{
    for (size_t input = IN_HIRES; input <= IN_VACANCIES; input++) {
        if (isnan(group->figure[input][row])) {
            return kt_arena_print(arena, "no figure of %s", self->inputs[input].name);
        }
    }
    for (size_t input = IN_UNEMPLOYED; input <= IN_VACANCIES; input++) {
        if (group->figure[input][row] == 0.0) {
            return kt_arena_print(arena, "%s are 0", self->inputs[input].name);
        }
    }
    return NULL;
}

static void write_levels(const kt_group *group, size_t row, const kt_param_value *params,
                         double *number)
{
    const double unemployed = group->figure[IN_UNEMPLOYED][row];
    const double finding = group->figure[IN_HIRES][row] / unemployed;
    const double tightness = group->figure[IN_VACANCIES][row] / unemployed;
    const double one = finding / pow(tightness, params[PARAM_LOW].number);
    const double other = finding / pow(tightness, params[PARAM_HIGH].number);
    number[OUT_VALUE] = finding / pow(tightness, params[PARAM_ALPHA].number);
    number[OUT_LOW] = fmin(one, other);
    number[OUT_HIGH] = fmax(one, other);
    number[OUT_RESIDUAL] = number[OUT_VALUE] > 0.0 ? log(number[OUT_VALUE]) : NAN;
}

/* From each logarithm the mean of all: c is what they have in common. */
static void take_mean(kt_findings *findings)
{
    double sum = 0.0;
    size_t count = 0;
    for (size_t i = 0; i < findings->row_count; i++) {
        const double one = findings->number[i * OUT_COUNT + OUT_RESIDUAL];
        sum += isnan(one) ? 0.0 : one;
        count += isnan(one) ? 0 : 1;
    }
    for (size_t i = 0; i < findings->row_count; i++) {
        findings->number[i * OUT_COUNT + OUT_RESIDUAL] -= sum / (double)count;
    }
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_series series;
    const double alpha = params[PARAM_ALPHA].number;
    if (alpha < params[PARAM_LOW].number || alpha > params[PARAM_HIGH].number) {
        return kt_fail(err, KT_ERR_USAGE, "alpha %g is not between alpha_low %g and alpha_high %g",
                       alpha, params[PARAM_LOW].number, params[PARAM_HIGH].number);
    }
    KT_TRY(kt_series_read(self, group, IN_PERIOD, arena, &series, err));
    kt_findings *findings = kt_findings_new(self, series.count, arena);
    for (size_t i = 0; i < series.count; i++) {
        const size_t row = series.row[i];
        findings->key[i] = group->key[IN_PERIOD][row];
        findings->reason[i] = reason_of(self, group, row, arena);
        if (findings->reason[i] == NULL) {
            write_levels(group, row, params, &findings->number[i * OUT_COUNT]);
        }
    }
    take_mean(findings);
    *out = findings;
    return KT_OK;
}

#define ELASTICITY(word, number, text)                                                    \
    {                                                                                     \
        .name = (word), .kind = KT_PARAM_NUMBER, .least = 0.0, .most = 1.0, .open = true, \
        .fallback = (number), .meaning = (text)                                           \
    }

const kt_measure kt_measure_matching_efficiency = {
    .id = "matching_efficiency",
    .version = 1,
    .name_fi = "Kohtaannon tehokkuus",
    .name_sv = "Matchningens effektivitet",
    .name_en = "Matching efficiency",
    .definition_fi =
        "Kuinka suuri osa työttömistä työllistyy kaudessa siihen nähden, montako avointa paikkaa "
        "heitä kohti on. Jousto alpha annetaan eikä arvioida, ja kaista kertoo luvun sen rajoilla. "
        "Arvon taso on vertailtavissa vain saman jouston kanssa. Kaikki, mitä kireys ei selitä, on "
        "siinä: kohtaanto, työnhakijoiden koostumus, ilmoittamisen tapa ja se, mitä täyttyneinä "
        "tai työllistyneinä lasketaan.",
    .definition_sv =
        "Hur stor del av de arbetslösa som får arbete under perioden i förhållande till hur många "
        "lediga platser det finns per arbetslös. Elasticiteten alpha ges och skattas inte, och "
        "bandet visar talet vid dess gränser. Nivån kan jämföras bara vid samma elasticitet. Allt "
        "som stramheten inte förklarar ingår: matchning, de sökandes sammansättning, sättet att "
        "anmäla platser och vad som räknas som anställning.",
    .definition_en =
        "Which share of the unemployed find work in a period, given how many posts there are for "
        "each. The elasticity alpha is given and not estimated; the band is the figure at its "
        "limits. Levels compare only at one elasticity. All that tightness does not explain is in "
        "it: matching, who the job seekers are, how posts are notified, and what is counted as "
        "hires.",
    .formula = "(h/u) / (v/u)^alpha; low and high: at alpha_low and alpha_high; residual: "
               "ln(h/u) - c - alpha ln(v/u), c its mean over the periods",
    .reference = "Barnichon, R., Figura, A. (2015): Labor Market Heterogeneity and the Aggregate "
                 "Matching Function, American Economic Journal: Macroeconomics 7(4), 222-249; "
                 "range of elasticities: Petrongolo, B., Pissarides, C. A. (2001), Journal of "
                 "Economic Literature 39(2), 390-431",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_HIRES] = {.name = "hires", .kind = KT_INPUT_COUNT, .unit = "persons"},
            [IN_UNEMPLOYED] = {.name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons"},
            [IN_VACANCIES] = {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts"},
        },
    .params =
        {
            [PARAM_ALPHA] = KT_PARAM_ALPHA,
            [PARAM_LOW] = ELASTICITY("alpha_low", "0.3", "least exponent of the band"),
            [PARAM_HIGH] = ELASTICITY("alpha_high", "0.7", "largest exponent of the band"),
        },
    .results =
        {
            [OUT_VALUE] = {.name = "value", .unit = "ratio"},
            [OUT_LOW] = {.name = "value_low", .unit = "ratio"},
            [OUT_HIGH] = {.name = "value_high", .unit = "ratio"},
            [OUT_RESIDUAL] = {.name = "residual", .unit = "ratio"},
        },
    .compute = compute,
};
