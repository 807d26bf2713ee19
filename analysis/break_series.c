/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_series.h"

#include <math.h>

#define OBSERVATIONS_MOST 20000 /* the time of a search grows with their square */

static const double *in_time(const kt_timeline *timeline, const double *figure, kt_arena *arena)
{
    double *sorted = kt_arena_array(arena, double, timeline->count);
    for (size_t i = 0; i < timeline->count; i++) {
        sorted[i] = figure[timeline->row[i]];
    }
    return sorted;
}

kt_status kt_break_series_read(const kt_measure *measure, const kt_group *group, kt_arena *arena,
                               kt_break_series *out, kt_error *err)
{
    *out = (kt_break_series){0};
    KT_TRY(kt_timeline_read(measure, group, KT_BREAK_PERIOD, arena, &out->timeline, err));
    const bool has_x = group->figure[KT_BREAK_X] != NULL;
    out->observed = (kt_observed){
        .count = out->timeline.count,
        .y = in_time(&out->timeline, group->figure[KT_BREAK_VALUE], arena),
        .x = has_x ? in_time(&out->timeline, group->figure[KT_BREAK_X], arena) : NULL,
    };
    for (size_t i = 0; i < out->observed.count; i++) {
        out->square_of_y += out->observed.y[i] * out->observed.y[i];
    }
    return KT_OK;
}

kt_status kt_break_series_min_length(kt_break_series *series, double given, kt_error *err)
{
    if (given >= 1.0 && given != floor(given)) {
        return kt_fail(err, KT_ERR_USAGE,
                       "parameter min_segment: %.17g is not a share below 1 or a whole number of "
                       "observations",
                       given);
    }
    const double count = (double)series->observed.count;
    series->min_length = (size_t)(given < 1.0 ? floor(given * count) : given);
    return KT_OK;
}

/* Why the series cannot be cut into segments, or NULL. */
static const char *reason_of_search(const kt_break_series *series, kt_arena *arena)
{
    const size_t count = series->observed.count;
    const size_t coefficients = kt_segments_coefficients(&series->observed);
    if (count > OBSERVATIONS_MOST) {
        return kt_arena_print(arena, "observations: %zu, at most %d are searched", count,
                              OBSERVATIONS_MOST);
    }
    if (series->min_length <= coefficients) {
        return kt_arena_print(arena,
                              "observations: %zu, min_segment comes to %zu and a segment needs %zu",
                              count, series->min_length, coefficients + 1);
    }
    return NULL;
}

const char *kt_break_series_reason(const kt_break_series *series, const kt_group *group,
                                   bool searched, kt_arena *arena)
{
    const kt_timeline *timeline = &series->timeline;
    if (timeline->count == 0) {
        return "no period has a figure";
    }
    if (isinf(series->square_of_y)) {
        return "the values are too large to be squared";
    }
    const char *reason = searched ? reason_of_search(series, arena) : NULL;
    return reason != NULL ? reason
                          : kt_timeline_gap(timeline, group, timeline->period[0],
                                            timeline->period[timeline->count - 1], arena);
}

const char *kt_break_series_lacks(const kt_break_series *series, const kt_segmentation *found,
                                  size_t breaks, kt_arena *arena)
{
    if ((breaks + 1) * series->min_length > series->observed.count) {
        return kt_arena_print(arena, "observations: %zu, segments of %zu need %zu",
                              series->observed.count, series->min_length,
                              (breaks + 1) * series->min_length);
    }
    if (isnan(found[breaks].ssr)) {
        return breaks == 0 ? "x does not vary" : "x does not vary in some segment";
    }
    if (kt_ssr_is_rounding(found[0].ssr, series->square_of_y)) {
        return "no residual is left without a break";
    }
    return breaks > 0 && kt_ssr_is_rounding(found[breaks - 1].ssr, series->square_of_y)
               ? "no residual is left by fewer breaks"
               : NULL;
}

kt_findings *kt_break_series_finding(const kt_measure *measure, const kt_break_series *series,
                                     const kt_break_test *test, kt_arena *arena)
{
    kt_findings *findings = kt_findings_new(measure, 1, arena);
    findings->reason[0] = test->reason;
    if (test->reason == NULL) {
        findings->number[KT_BREAK_STATISTIC] = test->statistic;
        findings->number[KT_BREAK_P_VALUE] = test->p_value;
        findings->text[KT_BREAK_AT] = kt_timeline_text(&series->timeline, test->at, arena);
        findings->note[0] = kt_timeline_note(&series->timeline, arena);
    }
    return findings;
}
