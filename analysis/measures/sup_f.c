/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_series.h"

/* Quandt (1960) and Andrews (1993): the largest Wald statistic of one break at any date. */

enum { PARAM_TRIMMING };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_break_series of;
    KT_TRY(kt_break_series_read(self, group, arena, &of, err));
    kt_break_test test = {.reason = kt_break_series_reason(&of, group, false, arena)};
    if (test.reason == NULL) {
        test = kt_sup_f(&of.observed, params[PARAM_TRIMMING].number, arena);
    }
    *out = kt_break_series_finding(self, &of, &test, arena);
    return KT_OK;
}

const kt_measure kt_measure_sup_f = {
    .id = "sup_f",
    .version = 1,
    .name_fi = "Onko sarjassa rakennemuutos (sup-F)",
    .name_sv = "Har serien ett strukturbrott (sup-F)",
    .name_en = "Whether a series has a structural break (sup-F)",
    .definition_fi =
        "Suurin F-suure, jonka yksi taso (tai x:n mukana suora) ennen ja toinen jälkeen antaa, kun "
        "muutoksen ajankohtaa ei tiedetä; alusta ja lopusta jätetään osuus (trimming) pois. Pieni "
        "p-arvo: yksi taso ei riitä. Autokorrelaatio pienentää p-arvoa aiheetta. Ei kerro, montako "
        "muutosta on, eikä miksi; tilaston oma katkos ilmoitetaan, sitä ei etsitä.",
    .definition_sv =
        "Den största F-storhet som en nivå (med x en linje) före och en annan efter ger när "
        "brottets tidpunkt är okänd; i början och slutet utelämnas en andel (trimming). Ett litet "
        "p-värde: en nivå räcker inte. Autokorrelation gör p-värdet för litet. Säger inte hur "
        "många "
        "brott det finns eller varför; statistikens egna brott anges, de söks inte.",
    .definition_en =
        "The largest F statistic that one level (with x, one line) before and another after give "
        "when the date is not known; a share (trimming) is left out at either end. A small "
        "p-value: "
        "one level is not enough. Autocorrelation makes the p-value too small. Does not say how "
        "many breaks there are, nor why; a break of the statistic itself is declared, not found.",
    .formula = "max over k of (SSR - SSR_k) / (SSR_k / (n - 2q)), q coefficients (1, with x 2)",
    .reference = "Andrews, D. W. K. (1993): Tests for Parameter Instability and Structural Change "
                 "With Unknown Change Point, Econometrica 61(4), 821-856; p-value: Hansen, B. E. "
                 "(1997), Journal of Business & Economic Statistics 15(1), 60-67",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_REFUSE,
    .inputs = KT_BREAK_INPUTS,
    .params =
        {
            [PARAM_TRIMMING] = {.name = "trimming",
                                .kind = KT_PARAM_NUMBER,
                                .least = 0.0,
                                .most = 0.5,
                                .open = true,
                                .fallback = "0.15",
                                .meaning = "share of the observations left out at either end, "
                                           "above 0 and below 0.5"},
        },
    .results = KT_BREAK_TEST_RESULTS,
    .compute = compute,
};
