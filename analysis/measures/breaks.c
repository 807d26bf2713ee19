/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_series.h"

/*
 * Bai and Perron (1998, 2003): for each number of breaks k the segments with the least sum of
 * squared residuals. Which k is told by the least BIC or LWZ.
 */

enum { PARAM_MAX_BREAKS, PARAM_MIN_SEGMENT };
enum { OUT_BREAK_PERIODS, OUT_SSR, OUT_BIC, OUT_LWZ, OUT_COUNT };

static const char *periods_of(const kt_break_series *of, const kt_segmentation *found,
                              size_t breaks, kt_arena *arena)
{
    const char *joined = "";
    for (size_t i = 0; i < breaks; i++) {
        joined = kt_arena_print(arena, "%s%s%s", joined, i == 0 ? "" : ";",
                                kt_timeline_text(&of->timeline, found->last[i], arena));
    }
    return joined;
}

static void write_row(const kt_break_series *of, const kt_segmentation *found, size_t breaks,
                      kt_arena *arena, kt_findings *findings)
{
    const double ssr = found[breaks].ssr;
    double *number = &findings->number[breaks * OUT_COUNT];
    findings->text[breaks * OUT_COUNT + OUT_BREAK_PERIODS] =
        periods_of(of, &found[breaks], breaks, arena);
    findings->note[breaks] = kt_timeline_note(&of->timeline, arena);
    if (kt_ssr_is_rounding(ssr, of->square_of_y)) {
        number[OUT_SSR] = 0.0;
        findings->note[breaks] = "no residual is left: bic and lwz have no value";
        return;
    }
    const kt_criteria criteria = kt_segments_criteria(&of->observed, ssr, breaks);
    number[OUT_SSR] = ssr;
    number[OUT_BIC] = criteria.bic;
    number[OUT_LWZ] = criteria.lwz;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_break_series of;
    KT_TRY(kt_break_series_read(self, group, arena, &of, err));
    KT_TRY(kt_break_series_min_length(&of, params[PARAM_MIN_SEGMENT].number, err));
    const size_t max_breaks = (size_t)params[PARAM_MAX_BREAKS].number;
    const char *reason = kt_break_series_reason(&of, group, true, arena);
    kt_segmentation *found = kt_arena_array(arena, kt_segmentation, max_breaks + 1);
    if (reason == NULL) {
        kt_segments_find(&of.observed, of.min_length, max_breaks, arena, found);
    }
    kt_findings *findings = kt_findings_new(self, max_breaks + 1, arena);
    for (size_t breaks = 0; breaks <= max_breaks; breaks++) {
        findings->key[breaks] = kt_arena_print(arena, "%zu", breaks);
        findings->reason[breaks] =
            reason != NULL ? reason : kt_break_series_lacks(&of, found, breaks, arena);
        if (findings->reason[breaks] == NULL) {
            write_row(&of, found, breaks, arena, findings);
        }
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_breaks = {
    .id = "breaks",
    .version = 1,
    .name_fi = "Aikasarjan rakennemuutokset (Bai-Perron)",
    .name_sv = "Strukturbrott i en tidsserie (Bai-Perron)",
    .name_en = "Structural breaks of a series (Bai-Perron)",
    .definition_fi =
        "Ajankohdat, joiden välissä sarjan taso (tai x:n mukana sen suora x:ään) on parhaiten "
        "sama, "
        "kullekin muutosten määrälle. Montako muutosta on, sen kertoo pienin BIC tai LWZ; LWZ "
        "löytää "
        "niitä vähemmän. Autokorrelaatio lisää muutoksia, joita ei ole. Muutos löytyy vasta, kun "
        "sen "
        "jälkeen on pienimmän osan verran havaintoja. Tilaston oma katkos ilmoitetaan, sitä ei "
        "etsitä. Ei kerro syytä.",
    .definition_sv =
        "De tidpunkter mellan vilka seriens nivå (eller med x dess linje mot x) bäst är densamma, "
        "för varje antal brott. Hur många de är sägs av minsta BIC eller LWZ; LWZ finner färre. "
        "Autokorrelation ger brott som inte finns. Ett brott hittas först när ett minsta segment "
        "observationer följer det. Statistikens egna brott ska anges, inte sökas. Säger inte "
        "varför.",
    .definition_en =
        "The times between which the level of a series (with x, its line on x) is best taken to be "
        "the same, for each number of breaks. How many there are is told by the least BIC or LWZ; "
        "LWZ finds fewer. Autocorrelation makes for breaks that are not there. A break is found "
        "only once a shortest segment of observations follows it. Breaks of the statistic itself "
        "are to be declared, not searched for. Does not say why.",
    .formula =
        "least sum over segments of SSR; BIC = ln(SSR/T) + ln(T) k(q+1)/T; LWZ = ln(SSR/(T - "
        "(k+1)q - k)) + k(q+1)/T 0.299 (ln T)^2.1; k breaks, q coefficients (1, with x 2)",
    .reference = "Bai, J., Perron, P. (2003): Computation and Analysis of Multiple Structural "
                 "Change Models, Journal of Applied Econometrics 18(1), 1-22",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "breaks_n",
    .inputs = KT_BREAK_INPUTS,
    .params =
        {
            [PARAM_MAX_BREAKS] = KT_PARAM_MAX_BREAKS,
            [PARAM_MIN_SEGMENT] = KT_PARAM_MIN_SEGMENT,
        },
    .results =
        {
            [OUT_BREAK_PERIODS] = {.name = "break_periods", .unit = "", .text = true},
            [OUT_SSR] = {.name = "ssr", .unit = "value squared"},
            [OUT_BIC] = {.name = "bic", .unit = "index"},
            [OUT_LWZ] = {.name = "lwz", .unit = "index"},
        },
    .compute = compute,
};
