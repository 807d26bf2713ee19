/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "break_series.h"

/*
 * Sums of residuals that wander off: of one fit (Ploberger and Krämer 1992), or of the recursive
 * ones (Brown, Durbin and Evans 1975).
 */

enum { PARAM_KIND };

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_break_series of;
    KT_TRY(kt_break_series_read(self, group, arena, &of, err));
    kt_break_test test = {.reason = kt_break_series_reason(&of, group, false, arena)};
    if (test.reason == NULL) {
        test = strcmp(params[PARAM_KIND].text, "ols") == 0
                   ? kt_cusum_ols(&of.observed)
                   : kt_cusum_recursive(&of.observed, arena);
    }
    *out = kt_break_series_finding(self, &of, &test, arena);
    return KT_OK;
}

const kt_measure kt_measure_cusum = {
    .id = "cusum",
    .version = 1,
    .name_fi = "Pysyykö sarja tasollaan (CUSUM)",
    .name_sv = "Håller serien sin nivå (CUSUM)",
    .name_en = "Whether a series keeps its level (CUSUM)",
    .definition_fi =
        "Kuinka kauas jäännösten kertymä enimmillään vaeltaa: yhden sovitteen jäännösten (ols) tai "
        "rekursiivisten jäännösten (recursive), joita verrataan nouseviin suoriin. Pieni p-arvo: "
        "taso (tai x:n mukana suora) ei pysy samana. Ajankohta on se, jossa kertymä on "
        "kauimpana, ei muutoksen arvio. Autokorrelaatio pienentää p-arvoa aiheetta; tilaston oma "
        "katkos ilmoitetaan, sitä ei etsitä.",
    .definition_sv =
        "Hur långt residualernas kumulerade summa som mest vandrar: residualerna från en skattning "
        "(ols) eller de rekursiva (recursive), som jämförs med stigande linjer. Ett litet p-värde: "
        "nivån (med x linjen) håller inte. Tidpunkten är den där summan är längst bort, inte en "
        "skattning av brottet. Autokorrelation gör p-värdet för litet; statistikens egna brott "
        "anges, de söks inte.",
    .definition_en =
        "How far the sum of residuals wanders at most: those of one fit (ols), or recursive ones "
        "(recursive), which are held against rising lines. A small p-value: the level (with x, the "
        "line) does not stay the same. The period is where the sum is farthest off, no estimate of "
        "a break's date. Autocorrelation makes the p-value too small; a break of the statistic "
        "itself is declared, not found.",
    .formula = "ols: max |sum e_i| / (sigma sqrt n); recursive: max |sum w_i| / (sigma_w sqrt m) / "
               "(1 + 2j/m), m recursive residuals, j of them summed",
    .reference = "Ploberger, W., Krämer, W. (1992): The CUSUM Test with OLS Residuals, "
                 "Econometrica 60(2), 271-285; Brown, R. L., Durbin, J., Evans, J. M. (1975), "
                 "Journal of the Royal Statistical Society B 37(2), 149-192",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_REFUSE,
    .inputs = KT_BREAK_INPUTS,
    .params =
        {
            [PARAM_KIND] = {.name = "kind",
                            .kind = KT_PARAM_CHOICE,
                            .choices = "ols recursive",
                            .fallback = "ols",
                            .meaning = "which residuals are summed"},
        },
    .results = KT_BREAK_TEST_RESULTS,
    .compute = compute,
};
