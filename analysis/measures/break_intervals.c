/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "break_interval.h"
#include "break_series.h"

/*
 * Bai (1997), Bai and Perron (2003): the dates of the breaks that a criterion, or the caller,
 * counts, each with the interval in which it lies with the given confidence.
 */

enum { PARAM_MAX_BREAKS, PARAM_MIN_SEGMENT, PARAM_BREAKS_N, PARAM_LEVEL };
enum { OUT_PERIOD, OUT_LOW, OUT_HIGH, OUT_DIRECTION, OUT_SIZE, OUT_COUNT };

#define BEYOND "the interval reaches beyond the series and is cut at its end"

/* What was searched for and found. */
typedef struct search {
    kt_break_series series;
    size_t max_breaks;
    const kt_segmentation *found; /* [0 .. max_breaks] */
    size_t breaks;                /* how many are told */
} search;

static size_t breaks_told(const search *of, const kt_param_value *given)
{
    if (given->text == NULL) {
        return (size_t)given->number;
    }
    const kt_criterion criterion = strcmp(given->text, "lwz") == 0 ? KT_BREAKS_LWZ : KT_BREAKS_BIC;
    return kt_segments_best(&of->series.observed, of->found, of->max_breaks, criterion);
}

static kt_status read_search(const kt_measure *self, const kt_group *group,
                             const kt_param_value *params, kt_arena *arena, search *out,
                             kt_error *err)
{
    const double wanted = params[PARAM_BREAKS_N].number; /* NAN for a criterion */
    out->max_breaks = (size_t)fmax(params[PARAM_MAX_BREAKS].number, isnan(wanted) ? 0.0 : wanted);
    KT_TRY(kt_break_series_read(self, group, arena, &out->series, err));
    return kt_break_series_min_length(&out->series, params[PARAM_MIN_SEGMENT].number, err);
}

/* Searches, and settles how many breaks there are; why there are none to tell of, or NULL. */
static const char *find(search *of, const kt_group *group, const kt_param_value *params,
                        kt_arena *arena)
{
    const char *reason = kt_break_series_reason(&of->series, group, true, arena);
    if (reason != NULL) {
        return reason;
    }
    kt_segmentation *found = kt_arena_array(arena, kt_segmentation, of->max_breaks + 1);
    kt_segments_find(&of->series.observed, of->series.min_length, of->max_breaks, arena, found);
    of->found = found;
    of->breaks = breaks_told(of, &params[PARAM_BREAKS_N]);
    reason = kt_break_series_lacks(&of->series, found, of->breaks, arena);
    return reason == NULL && of->breaks == 0 ? "no break" : reason;
}

/* The end of an interval, inside the series. */
static const char *end_of(const search *of, double place, kt_arena *arena)
{
    const double last = (double)of->series.observed.count - 1.0;
    return kt_timeline_text(&of->series.timeline, (size_t)fmin(fmax(place, 0.0), last), arena);
}

static void write_break(const search *of, const kt_break *at, size_t row, kt_arena *arena,
                        kt_findings *findings)
{
    const char **text = &findings->text[row * OUT_COUNT];
    text[OUT_PERIOD] = kt_timeline_text(&of->series.timeline, at->last, arena);
    text[OUT_DIRECTION] = at->size > 0.0 ? "up" : "down";
    findings->number[row * OUT_COUNT + OUT_SIZE] = at->size;
    findings->note[row] = at->reason;
    if (at->reason != NULL) {
        return;
    }
    text[OUT_LOW] = end_of(of, at->low, arena);
    text[OUT_HIGH] = end_of(of, at->high, arena);
    findings->note[row] = at->low < 0.0 || at->high >= (double)of->series.observed.count
                              ? BEYOND
                              : kt_timeline_note(&of->series.timeline, arena);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    search of = {0};
    KT_TRY(read_search(self, group, params, arena, &of, err));
    const char *reason = find(&of, group, params, arena);
    if (reason != NULL) {
        *out = kt_findings_new(self, 1, arena);
        (*out)->key[0] = "0";
        (*out)->reason[0] = reason;
        return KT_OK;
    }
    kt_break *at = kt_arena_array(arena, kt_break, of.breaks);
    kt_break_intervals(&of.series.observed, &of.found[of.breaks], of.breaks,
                       params[PARAM_LEVEL].number, at);
    kt_findings *findings = kt_findings_new(self, of.breaks, arena);
    for (size_t i = 0; i < of.breaks; i++) {
        findings->key[i] = kt_arena_print(arena, "%zu", i + 1);
        write_break(&of, &at[i], i, arena, findings);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_break_intervals = {
    .id = "break_intervals",
    .version = 1,
    .name_fi = "Rakennemuutosten ajankohdat luottamusväleineen (Bai)",
    .name_sv = "Strukturbrottens tidpunkter med konfidensintervall (Bai)",
    .name_en = "Dates of structural breaks with confidence intervals (Bai)",
    .definition_fi =
        "Sarjasta löydetyt rakennemuutokset: edellisen osan viimeinen ajankohta, väli, jolla se on "
        "annetulla luottamustasolla, ja kuinka paljon osan keskiarvo (tai x:n mukana suoran taso "
        "osien keskimääräisen x:n kohdalla) muuttui: up = nousi, down = laski. Löydetty muutos ei "
        "ole tilaston oma katkos: katkokset ilmoitetaan, niitä ei etsitä, eikä katkoksen yli saa "
        "lukea muutosta työmarkkinoilla. Autokorrelaatio tekee väleistä liian lyhyitä ja lisää "
        "muutoksia, joita ei ole. Ei kerro syytä.",
    .definition_sv =
        "De strukturbrott som hittas i en serie: den sista tidpunkten före brottet, intervallet "
        "där den ligger med given konfidens, och hur mycket segmentets medelvärde (med x: linjens "
        "nivå vid segmentens genomsnittliga x) ändrades: up = steg, down = sjönk. Ett funnet brott "
        "är inte ett brott i statistiken: sådana anges, de söks inte, och över dem får ingen "
        "förändring på arbetsmarknaden utläsas. Autokorrelation gör intervallen för korta och ger "
        "brott som inte finns. Säger inte varför.",
    .definition_en =
        "The structural breaks found in a series: the last time before each, the interval in which "
        "it lies with the given confidence, and how much the mean of the segment (with x, the "
        "level of the line at the mean x of both segments) changed: up or down. A break that is "
        "found is not a break of the statistic: those are declared, not found, and no change of "
        "the labour market is to be read across one. Autocorrelation makes the intervals too short "
        "and makes for breaks that are not there. Does not say why.",
    .formula = "[k - q_(1+level)/2 s, k + q_(1-level)/2 s] rounded outward, s = sigma_1^2 / delta' "
               "Q_1 delta; q quantiles of argmax of Bai's two-sided process with xi = delta' Q_2 "
               "delta / delta' Q_1 delta, phi = xi sigma_2^2 / sigma_1^2; 1, 2 the segments",
    .reference = "Bai, J. (1997): Estimation of a Change Point in Multiple Regression Models, "
                 "Review of Economics and Statistics 79(4), 551-563",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "break",
    .inputs = KT_BREAK_INPUTS,
    .params =
        {
            [PARAM_MAX_BREAKS] = KT_PARAM_MAX_BREAKS,
            [PARAM_MIN_SEGMENT] = KT_PARAM_MIN_SEGMENT,
            [PARAM_BREAKS_N] = {.name = "breaks_n",
                                .kind = KT_PARAM_INTEGER,
                                .least = 0.0,
                                .most = 20.0,
                                .choices = "bic lwz",
                                .fallback = "bic",
                                .meaning = "the number of breaks, or the criterion whose least "
                                           "value tells it"},
            [PARAM_LEVEL] = {.name = "level",
                             .kind = KT_PARAM_NUMBER,
                             .least = 0.0,
                             .most = 1.0,
                             .open = true,
                             .fallback = "0.95",
                             .meaning = "confidence of the intervals, above 0 and below 1"},
        },
    .results =
        {
            [OUT_PERIOD] = {.name = "break_period", .unit = "period", .text = true},
            [OUT_LOW] = {.name = "break_low", .unit = "period", .text = true},
            [OUT_HIGH] = {.name = "break_high", .unit = "period", .text = true},
            [OUT_DIRECTION] = {.name = "direction", .unit = "", .text = true},
            [OUT_SIZE] = {.name = "size", .unit = "value"},
        },
    .compute = compute,
};
