/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis/measure.h"
#include "curve.h"
#include "timeline.h"

enum { IN_PERIOD, IN_UNEMPLOYMENT, IN_VACANCY };
enum { PARAM_BREAKS, PARAM_ERRORS, PARAM_LAG };
enum {
    OUT_FIRST,
    OUT_LAST,
    OUT_OBSERVATIONS,
    OUT_INTERCEPT,
    OUT_INTERCEPT_ERROR,
    OUT_ELASTICITY,
    OUT_ELASTICITY_ERROR,
    OUT_SHIFT,
    OUT_SHIFT_ERROR,
    OUT_COUNT
};

#define SEGMENTS_MOST 100 /* the regression of all of them has a column for each */

/* The series in time, and which places of it are which segment. */
typedef struct task {
    const kt_group *group;
    kt_timeline timeline;
    double *unemployment, *vacancy;
    int *time;
    size_t segment_count;
    kt_period *last; /* of each segment but the final one, as declared */
    size_t *end;     /* of each segment: the place after its last one */
} task;

static kt_status read_breaks(const kt_param_value *given, task *of, kt_arena *arena, kt_error *err)
{
    const char *at = given->text != NULL ? given->text : "";
    of->last = kt_arena_array(arena, kt_period, strlen(at) + 1);
    of->segment_count = 1;
    while (*at != '\0') {
        const size_t length = strcspn(at, ";");
        kt_period *period = &of->last[of->segment_count - 1];
        (void)kt_period_read(kt_arena_copy_n(arena, at, length), period);
        if (of->timeline.count > 0 && period->frequency != of->timeline.period[0].frequency) {
            return kt_fail(err, KT_ERR_USAGE,
                           "parameter breaks: \"%s\" is not of the frequency of \"%s\"",
                           given->text, kt_timeline_text(&of->timeline, 0, arena));
        }
        if (++of->segment_count > SEGMENTS_MOST) {
            return kt_fail(err, KT_ERR_USAGE, "parameter breaks: more than %d breaks",
                           SEGMENTS_MOST - 1);
        }
        at += length;
        at += *at == ';';
    }
    return KT_OK;
}

static void find_segments(task *of, kt_arena *arena)
{
    of->end = kt_arena_array(arena, size_t, of->segment_count);
    size_t place = 0;
    for (size_t i = 0; i + 1 < of->segment_count; i++) {
        while (place < of->timeline.count &&
               kt_period_compare(of->timeline.period[place], of->last[i]) <= 0) {
            place++;
        }
        of->end[i] = place;
    }
    of->end[of->segment_count - 1] = of->timeline.count;
}

static kt_status read_task(const kt_measure *self, const kt_param_value *params, kt_arena *arena,
                           task *out, kt_error *err)
{
    KT_TRY(kt_timeline_read(self, out->group, IN_PERIOD, arena, &out->timeline, err));
    KT_TRY(read_breaks(&params[PARAM_BREAKS], out, arena, err));
    find_segments(out, arena);
    const size_t count = out->timeline.count;
    out->unemployment = kt_arena_array(arena, double, count);
    out->vacancy = kt_arena_array(arena, double, count);
    out->time = kt_arena_array(arena, int, count);
    for (size_t i = 0; i < count; i++) {
        out->unemployment[i] = out->group->figure[IN_UNEMPLOYMENT][out->timeline.row[i]];
        out->vacancy[i] = out->group->figure[IN_VACANCY][out->timeline.row[i]];
        out->time[i] = out->timeline.period[i].index;
    }
    return KT_OK;
}

static size_t first_of(const task *of, size_t segment)
{
    return segment == 0 ? 0 : of->end[segment - 1];
}

/* Why the segment is not to be fitted, or NULL. */
static const char *reason_of(const task *of, size_t segment, kt_arena *arena)
{
    const size_t first = first_of(of, segment), end = of->end[segment];
    if (first == end) {
        return "no period with both figures";
    }
    kt_period from = of->timeline.period[first], to = of->timeline.period[end - 1];
    if (first > 0) {
        from.index = of->last[segment - 1].index + 1;
    }
    if (end < of->timeline.count) {
        to = of->last[segment];
    }
    const char *gap = kt_timeline_gap(&of->timeline, of->group, from, to, arena);
    if (gap != NULL) {
        return gap;
    }
    for (size_t i = first; i < end; i++) {
        if (of->unemployment[i] == 0.0 || of->vacancy[i] == 0.0) {
            return kt_arena_print(arena, "%s is 0 in %s and has no logarithm",
                                  of->unemployment[i] == 0.0 ? "unemployment_rate" : "vacancy_rate",
                                  kt_timeline_text(&of->timeline, i, arena));
        }
    }
    return NULL;
}

static kt_errors errors_of(const kt_param_value *params)
{
    const char *word = params[PARAM_ERRORS].text;
    kt_errors errors = {.kind = KT_ERRORS_NEWEY_WEST, .lag = (size_t)params[PARAM_LAG].number};
    if (strcmp(word, "classical") == 0) {
        errors.kind = KT_ERRORS_CLASSICAL;
    } else if (strcmp(word, "hc1") == 0) {
        errors.kind = KT_ERRORS_HC1;
    }
    return errors;
}

static void write_row(const task *of, size_t segment, const kt_curve *curve, kt_arena *arena,
                      kt_findings *findings)
{
    const size_t first = first_of(of, segment), end = of->end[segment];
    double *number = &findings->number[segment * OUT_COUNT];
    const char **text = &findings->text[segment * OUT_COUNT];
    findings->key[segment] = kt_arena_print(arena, "%zu", segment + 1);
    findings->reason[segment] = curve->reason;
    if (curve->reason == NULL) {
        findings->note[segment] =
            curve->note != NULL ? curve->note : kt_timeline_note(&of->timeline, arena);
    }
    if (first < end) {
        text[OUT_FIRST] = kt_timeline_text(&of->timeline, first, arena);
        text[OUT_LAST] = kt_timeline_text(&of->timeline, end - 1, arena);
    }
    number[OUT_OBSERVATIONS] = (double)(end - first);
    number[OUT_INTERCEPT] = curve->intercept;
    number[OUT_INTERCEPT_ERROR] = curve->intercept_error;
    number[OUT_ELASTICITY] = curve->elasticity;
    number[OUT_ELASTICITY_ERROR] = curve->elasticity_error;
    number[OUT_SHIFT] = curve->shift;
    number[OUT_SHIFT_ERROR] = curve->shift_error;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    task of = {.group = group};
    KT_TRY(read_task(self, params, arena, &of, err));
    kt_curve_points *points = kt_arena_array(arena, kt_curve_points, of.segment_count);
    for (size_t segment = 0; segment < of.segment_count; segment++) {
        const size_t first = first_of(&of, segment);
        points[segment] = (kt_curve_points){
            .reason = reason_of(&of, segment, arena),
            .count = of.end[segment] - first,
            .unemployment_rate = of.unemployment + first,
            .vacancy_rate = of.vacancy + first,
            .time = of.time + first,
        };
    }
    const kt_errors errors = errors_of(params);
    kt_curve *curves = kt_arena_array(arena, kt_curve, of.segment_count);
    kt_curve_fit(points, of.segment_count, &errors, arena, curves);
    kt_findings *findings = kt_findings_new(self, of.segment_count, arena);
    for (size_t segment = 0; segment < of.segment_count; segment++) {
        write_row(&of, segment, &curves[segment], arena, findings);
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_beveridge = {
    .id = "beveridge",
    .version = 1,
    .name_fi = "Beveridge-käyrä jaksoittain",
    .name_sv = "Beveridgekurvan segmentvis",
    .name_en = "Beveridge curve by segment",
    .definition_fi =
        "Kuinka monta prosenttia vähemmän avoimia paikkoja on, kun työttömyysaste on prosentin "
        "suurempi, kullakin annettujen katkosten välisellä jaksolla; ja kuinka paljon käyrä on "
        "siirtynyt ulospäin edellisestä jaksosta, kun kaikilla jaksoilla on sama jousto "
        "(ln v annetulla u). Asteiden yksikkö näkyy vakiossa. Ulospäin siirtyminen voi johtua myös "
        "tilaston muutoksesta. Käyrä, jonka jousto ei ole positiivinen, ei saa lukuja.",
    .definition_sv =
        "Hur många procent färre lediga platser det finns när arbetslösheten är en procent högre, "
        "för varje segment mellan de angivna brotten; och hur långt kurvan flyttat utåt från "
        "segmentet före, med samma elasticitet i alla (ln v vid givet u). Måttenheten syns i "
        "konstanten. Ett skifte kan också bero på statistiken. En kurva vars elasticitet inte är "
        "positiv får inga tal.",
    .definition_en =
        "By how many per cent vacancies are fewer where the unemployment rate is one per cent "
        "higher, in each segment between the breaks given; and how far the curve has moved outward "
        "since the segment before, with one elasticity for all of them (ln v at a given u). The "
        "unit of the rates shows in the intercept. A change of the statistic moves it too. A curve "
        "whose elasticity is not above 0 gets no figures.",
    .formula =
        "ln v = b - e ln u in each segment, least squares; outward shift: b_j - b_(j-1) in ln "
        "v = b_j - e ln u over all segments that have a curve",
    .reference = "Michaillat, P., Saez, E. (2021): Beveridgean Unemployment Gap, Journal of Public "
                 "Economics Plus 2, 100009; errors: Newey, W. K., West, K. D. (1987), Econometrica "
                 "55(3), 703-708",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "segment",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_UNEMPLOYMENT] = {.name = "unemployment_rate",
                                 .kind = KT_INPUT_COUNT,
                                 .unit = "share"},
            [IN_VACANCY] = {.name = "vacancy_rate", .kind = KT_INPUT_COUNT, .unit = "share"},
        },
    .params =
        {
            [PARAM_BREAKS] = {.name = "breaks",
                              .kind = KT_PARAM_PERIODS,
                              .fallback = "",
                              .meaning = "the last period of each segment but the final one, "
                                         "joined by ';'"},
            [PARAM_ERRORS] = {.name = "errors",
                              .kind = KT_PARAM_CHOICE,
                              .choices = "classical hc1 newey_west",
                              .fallback = "newey_west",
                              .meaning = "which standard errors"},
            [PARAM_LAG] = {.name = "lag",
                           .kind = KT_PARAM_INTEGER,
                           .least = 0.0,
                           .most = 1000.0,
                           .fallback = "12",
                           .meaning = "the last lag with a weight, of newey_west"},
        },
    .results =
        {
            [OUT_FIRST] = {.name = "first", .unit = "", .text = true},
            [OUT_LAST] = {.name = "last", .unit = "", .text = true},
            [OUT_OBSERVATIONS] = {.name = "observations_n", .unit = "count"},
            [OUT_INTERCEPT] = {.name = "intercept", .unit = "log share"},
            [OUT_INTERCEPT_ERROR] = {.name = "intercept_standard_error", .unit = "log share"},
            [OUT_ELASTICITY] = {.name = "elasticity", .unit = "ratio"},
            [OUT_ELASTICITY_ERROR] = {.name = "elasticity_standard_error", .unit = "ratio"},
            [OUT_SHIFT] = {.name = "outward_shift", .unit = "log ratio"},
            [OUT_SHIFT_ERROR] = {.name = "outward_shift_standard_error", .unit = "log ratio"},
        },
    .compute = compute,
};
