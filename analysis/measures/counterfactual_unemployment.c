/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/measure.h"
#include "cells.h"
#include "series.h"

/*
 * Unemployment as it would have been had no match been lost. Job finding without mismatch is
 * f/(1-M) at the unemployment there was; with fewer job seekers for the same posts it is larger
 * still,
 *
 *     f*_t = f_t/(1 - M_t) (u_t/u*_t)^alpha,    u*_t+1 = s_t (1 - u*_t) + (1 - f*_t) u*_t.
 *
 * The path begins at the rate that was observed, and a probability is at most 1.
 */

enum {
    IN_PERIOD,
    IN_UNEMPLOYMENT,
    IN_FINDING,
    IN_SEPARATION,
    IN_MISMATCH,
    IN_TIGHTNESS,
    FIRST_RATE = IN_UNEMPLOYMENT,
    LAST_RATE = IN_MISMATCH
};
enum { OUT_RATE, OUT_MISMATCH, OUT_COUNT };

#define SETTLED 12 /* periods after which the start no longer shows */

typedef struct path {
    const kt_measure *self;
    const kt_group *group;
    const kt_series *series;
    double alpha;
    double rate;        /* u* of the period */
    bool capped;        /* job finding of the period before would have been above 1 */
    const char *broken; /* why the path cannot go on, or NULL */
} path;

static double figure(const path *of, size_t input, size_t at)
{
    return of->group->figure[input][of->series->row[at]];
}

static const char *period(const path *of, size_t at)
{
    return of->group->key[IN_PERIOD][of->series->row[at]];
}

static kt_status check_rates(const path *of, kt_error *err)
{
    const size_t inputs = LAST_RATE - FIRST_RATE + 1;
    for (size_t i = 0; i < inputs * of->series->count; i++) {
        const size_t at = i / inputs, input = FIRST_RATE + i % inputs;
        if (figure(of, input, at) > 1.0) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column %s: %.17g, expected a share of at most 1",
                           kt_group_row(of->group, of->series->row[at]),
                           of->self->inputs[input].name, figure(of, input, at));
        }
    }
    return KT_OK;
}

static const char *missing_at(const path *of, size_t at, kt_arena *arena)
{
    for (size_t input = FIRST_RATE; input <= LAST_RATE; input++) {
        if (isnan(figure(of, input, at))) {
            return kt_arena_print(arena, "no %s in %s", of->self->inputs[input].name,
                                  period(of, at));
        }
    }
    return NULL;
}

/* From one period to the next. */
static void step(path *of, size_t at)
{
    const double all = figure(of, IN_FINDING, at) / (1.0 - figure(of, IN_MISMATCH, at));
    const double relative = pow(figure(of, IN_UNEMPLOYMENT, at) / of->rate, of->alpha);
    const double finding = of->rate > 0.0 ? all * relative : 1.0;
    of->capped = !(finding <= 1.0);
    of->rate = figure(of, IN_SEPARATION, at) * (1.0 - of->rate) +
               (1.0 - (of->capped ? 1.0 : finding)) * of->rate;
}

static void write_row(const path *of, size_t at, kt_findings *findings)
{
    double *number = &findings->number[at * OUT_COUNT];
    number[OUT_RATE] = of->rate;
    number[OUT_MISMATCH] = figure(of, IN_UNEMPLOYMENT, at) - of->rate;
    if (of->capped) {
        findings->note[at] = "job finding without mismatch would exceed 1, and is taken as 1";
    } else if (at < SETTLED) {
        findings->note[at] = "near the start, which is the observed rate";
    }
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_series series;
    KT_TRY(kt_series_read(self, group, IN_PERIOD, arena, &series, err));
    path of = {.self = self, .group = group, .series = &series, .alpha = params[0].number};
    KT_TRY(check_rates(&of, err));
    kt_findings *findings = kt_findings_new(self, series.count, arena);
    for (size_t at = 0; at < series.count; at++) {
        findings->key[at] = period(&of, at);
        if (of.broken == NULL && at == series.gap) {
            of.broken = kt_arena_print(arena, "a gap before %s", period(&of, at));
        }
        if (of.broken == NULL) {
            of.broken = missing_at(&of, at, arena);
        }
        findings->reason[at] = of.broken;
        if (of.broken == NULL) {
            of.rate = at == 0 ? figure(&of, IN_UNEMPLOYMENT, at) : of.rate;
            write_row(&of, at, findings);
            step(&of, at);
        }
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_counterfactual_unemployment = {
    .id = "counterfactual_unemployment",
    .version = 1,
    .name_fi = "Työttömyys ilman kohtaanto-ongelmaa",
    .name_sv = "Arbetslöshet utan matchningsproblem",
    .name_en = "Unemployment without mismatch",
    .definition_fi =
        "Työttömyysaste, joka olisi seurannut samoista avoimista paikoista ja samoista "
        "työsuhteiden päättymisistä, jos yksikään työllistyminen ei olisi jäänyt syntymättä "
        "kohtaanto-ongelman vuoksi; ero havaittuun on kohtaannon osuus työttömyydestä. Polku alkaa "
        "havaitusta asteesta, joten ensimmäinen vuosi aliarvioi eron. Laskelma, ei ennuste: "
        "palkat ja uudet paikat eivät siinä muutu.",
    .definition_sv =
        "Den arbetslöshet som hade följt av samma lediga platser och samma avslutade anställningar "
        "om ingen matchning hade uteblivit; avståndet till den observerade är matchningsproblemens "
        "del av arbetslösheten. Banan börjar vid den observerade nivån, så det första året "
        "underskattar avståndet. En beräkning, ingen prognos: löner och nya platser ändras inte i "
        "den.",
    .definition_en =
        "The unemployment rate that would have followed from the same posts and separations had no "
        "match been lost to mismatch; what lies between it and the observed rate is mismatch "
        "unemployment. The path begins at the observed rate, so the first year understates it. A "
        "calculation and no forecast: wages and new posts do not change in it.",
    .formula = "f*_t = f_t/(1 - M_t) (u_t/u*_t)^alpha; u*_t+1 = s_t (1 - u*_t) + (1 - f*_t) u*_t; "
               "mismatch unemployment: u_t - u*_t",
    .reference = "Sahin, A., Song, J., Topa, G., Violante, G. L. (2014): Mismatch Unemployment, "
                 "American Economic Review 104(11), 3529-3564",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_UNEMPLOYMENT] = {.name = "unemployment_rate",
                                 .kind = KT_INPUT_COUNT,
                                 .unit = "share"},
            [IN_FINDING] = {.name = "job_finding", .kind = KT_INPUT_COUNT, .unit = "share"},
            [IN_SEPARATION] = {.name = "separation", .kind = KT_INPUT_COUNT, .unit = "share"},
            [IN_MISMATCH] = {.name = "mismatch", .kind = KT_INPUT_NUMBER, .unit = "share"},
            [IN_TIGHTNESS] =
                {.name = "tightness", .kind = KT_INPUT_COUNT, .unit = "ratio", .optional = true},
        },
    .params = {KT_PARAM_ALPHA},
    .results =
        {
            [OUT_RATE] = {.name = "counterfactual_rate", .unit = "share"},
            [OUT_MISMATCH] = {.name = "mismatch_unemployment", .unit = "share"},
        },
    .compute = compute,
};
