/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>

#include "analysis/measure.h"
#include "segments.h"
#include "timeline.h"

/*
 * Bai and Perron (1998, 2003): for each number of breaks k the segments with the least sum of
 * squared residuals. Which k is told by the least BIC or LWZ.
 */

enum { IN_PERIOD, IN_VALUE, IN_X };
enum { PARAM_MAX_BREAKS, PARAM_MIN_SEGMENT };
enum { OUT_BREAK_PERIODS, OUT_SSR, OUT_BIC, OUT_LWZ, OUT_COUNT };

#define OBSERVATIONS_MOST 20000 /* the time grows with their square */

typedef struct task {
    kt_timeline timeline;
    kt_observed series;
    size_t min_length;
    size_t max_breaks;
    double square_of_y; /* sum of squares of the values */
} task;

/* As strucchange counts: the whole observations in the share. */
static kt_status read_min_segment(double given, size_t count, size_t *out, kt_error *err)
{
    if (given >= 1.0 && given != floor(given)) {
        return kt_fail(err, KT_ERR_USAGE,
                       "parameter min_segment: %.17g is not a share below 1 or a whole number of "
                       "observations",
                       given);
    }
    *out = (size_t)(given < 1.0 ? floor(given * (double)count) : given);
    return KT_OK;
}

static const double *in_time(const kt_timeline *timeline, const double *figure, kt_arena *arena)
{
    double *sorted = kt_arena_array(arena, double, timeline->count);
    for (size_t i = 0; i < timeline->count; i++) {
        sorted[i] = figure[timeline->row[i]];
    }
    return sorted;
}

static kt_status read_task(const kt_measure *self, const kt_group *group,
                           const kt_param_value *params, kt_arena *arena, task *out, kt_error *err)
{
    KT_TRY(kt_timeline_read(self, group, IN_PERIOD, arena, &out->timeline, err));
    const size_t count = out->timeline.count;
    KT_TRY(read_min_segment(params[PARAM_MIN_SEGMENT].number, count, &out->min_length, err));
    const bool has_x = group->figure[IN_X] != NULL;
    out->max_breaks = (size_t)params[PARAM_MAX_BREAKS].number;
    out->series = (kt_observed){
        .count = count,
        .y = in_time(&out->timeline, group->figure[IN_VALUE], arena),
        .x = has_x ? in_time(&out->timeline, group->figure[IN_X], arena) : NULL,
    };
    for (size_t i = 0; i < count; i++) {
        out->square_of_y += out->series.y[i] * out->series.y[i];
    }
    return KT_OK;
}

/* Why the series has no segments at all, or NULL. */
static const char *reason_of(const task *of, const kt_group *group, kt_arena *arena)
{
    const kt_timeline *timeline = &of->timeline;
    if (timeline->count == 0) {
        return "no period has a figure";
    }
    if (timeline->count > OBSERVATIONS_MOST) {
        return kt_arena_print(arena, "observations: %zu, at most %d are searched", timeline->count,
                              OBSERVATIONS_MOST);
    }
    if (isinf(of->square_of_y)) {
        return "the values are too large to be squared";
    }
    const size_t coefficients = kt_segments_coefficients(&of->series);
    if (of->min_length <= coefficients) {
        return kt_arena_print(arena,
                              "observations: %zu, min_segment comes to %zu and a segment needs %zu",
                              timeline->count, of->min_length, coefficients + 1);
    }
    return kt_timeline_gap(timeline, group, timeline->period[0],
                           timeline->period[timeline->count - 1], arena);
}

/* True if what is left is rounding: the segments fit exactly. */
static bool is_exact(const task *of, double ssr)
{
    return kt_ssr_is_rounding(ssr, of->square_of_y);
}

/* Why one number of breaks has no figure, or NULL. */
static const char *reason_of_breaks(const task *of, const kt_segmentation *found, size_t breaks,
                                    kt_arena *arena)
{
    if ((breaks + 1) * of->min_length > of->series.count) {
        return kt_arena_print(arena, "observations: %zu, segments of %zu need %zu",
                              of->series.count, of->min_length, (breaks + 1) * of->min_length);
    }
    if (isnan(found[breaks].ssr)) {
        return breaks == 0 ? "x does not vary" : "x does not vary in some segment";
    }
    if (is_exact(of, found[0].ssr)) {
        return "no residual is left without a break";
    }
    return breaks > 0 && is_exact(of, found[breaks - 1].ssr) ? "no residual is left by fewer breaks"
                                                             : NULL;
}

static const char *periods_of(const task *of, const kt_segmentation *found, size_t breaks,
                              kt_arena *arena)
{
    const char *joined = "";
    for (size_t i = 0; i < breaks; i++) {
        joined = kt_arena_print(arena, "%s%s%s", joined, i == 0 ? "" : ";",
                                kt_timeline_text(&of->timeline, found->last[i], arena));
    }
    return joined;
}

static void write_row(const task *of, const kt_segmentation *found, size_t breaks, kt_arena *arena,
                      kt_findings *findings)
{
    const double ssr = found[breaks].ssr;
    double *number = &findings->number[breaks * OUT_COUNT];
    findings->text[breaks * OUT_COUNT + OUT_BREAK_PERIODS] =
        periods_of(of, &found[breaks], breaks, arena);
    findings->note[breaks] = kt_timeline_note(&of->timeline, arena);
    if (is_exact(of, ssr)) {
        number[OUT_SSR] = 0.0;
        findings->note[breaks] = "no residual is left: bic and lwz have no value";
        return;
    }
    const kt_criteria criteria = kt_segments_criteria(&of->series, ssr, breaks);
    number[OUT_SSR] = ssr;
    number[OUT_BIC] = criteria.bic;
    number[OUT_LWZ] = criteria.lwz;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    task of = {0};
    KT_TRY(read_task(self, group, params, arena, &of, err));
    const char *reason = reason_of(&of, group, arena);
    kt_segmentation *found = kt_arena_array(arena, kt_segmentation, of.max_breaks + 1);
    if (reason == NULL) {
        kt_segments_find(&of.series, of.min_length, of.max_breaks, arena, found);
    }
    kt_findings *findings = kt_findings_new(self, of.max_breaks + 1, arena);
    for (size_t breaks = 0; breaks <= of.max_breaks; breaks++) {
        findings->key[breaks] = kt_arena_print(arena, "%zu", breaks);
        findings->reason[breaks] =
            reason != NULL ? reason : reason_of_breaks(&of, found, breaks, arena);
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
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_NUMBER},
            [IN_X] = {.name = "x", .kind = KT_INPUT_NUMBER, .optional = true},
        },
    .params =
        {
            [PARAM_MAX_BREAKS] = {.name = "max_breaks",
                                  .kind = KT_PARAM_INTEGER,
                                  .least = 0.0,
                                  .most = 20.0,
                                  .fallback = "5",
                                  .meaning = "the largest number of breaks, from 0 to 20"},
            [PARAM_MIN_SEGMENT] = {.name = "min_segment",
                                   .kind = KT_PARAM_NUMBER,
                                   .least = 0.0,
                                   .most = 20000.0,
                                   .open = true,
                                   .fallback = "0.15",
                                   .meaning = "the shortest segment: a share of the observations "
                                              "if below 1, else their number"},
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
