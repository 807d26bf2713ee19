/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "adjusted.h"
#include "core/text.h"
#include "curve_lines.h"

typedef struct making {
    const kt_config *config;
    kt_curve_line *line;
    kt_arena *arena;
    kt_adjusted unemployment, vacancy;
    size_t segments; /* so far */
} making;

static size_t param_at(const kt_measure *measure, const char *name)
{
    size_t at = 0;
    while (at + 1 < kt_measure_param_count(measure) &&
           strcmp(measure->params[at].name, name) != 0) {
        at++;
    }
    return at;
}

/* The efficient rate of one pair of rates; NAN where the measure gives none. */
static kt_status efficient_of(const making *of, const kt_set_measure *by, const double rates[2],
                              double *out, kt_error *err)
{
    const kt_measure *measure = by->measure;
    kt_group group = {.row_count = 1};
    kt_findings *found = NULL;
    group.figure[kt_measure_input_at(measure, "unemployment_rate")] = &rates[0];
    group.figure[kt_measure_input_at(measure, "vacancy_rate")] = &rates[1];
    KT_TRY(kt_set_measure_run(by, &group, of->arena, &found, err));
    *out = found->reason[0] == NULL
               ? found->number[kt_measure_result_at(measure, "efficient_unemployment_rate")]
               : NAN;
    return KT_OK;
}

static double end_of(kt_parameter_band band, bool high)
{
    return high ? band.high : band.low;
}

/* The corners of the three parameters: the efficient rate rises throughout in cost and value, and
 * in the elasticity as long as posts are not many times the unemployed. */
static kt_status put_band(const making *of, const double rates[2], kt_curve_point *point,
                          kt_error *err)
{
    const kt_beveridge_settings *settings = &of->config->beveridge;
    const kt_measure *measure = settings->efficient.measure;
    kt_set_measure by = settings->efficient;
    by.params[param_at(measure, "form")].text = "sufficient";
    for (unsigned corner = 0; corner < 8; corner++) {
        double found = NAN;
        by.params[param_at(measure, "elasticity")].number =
            end_of(settings->elasticity, (corner & 1U) != 0);
        by.params[param_at(measure, "recruiting_cost")].number =
            end_of(settings->recruiting_cost, (corner & 2U) != 0);
        by.params[param_at(measure, "nonwork_value")].number =
            end_of(settings->nonwork_value, (corner & 4U) != 0);
        KT_TRY(efficient_of(of, &by, rates, &found, err));
        point->efficient_low = fmin(point->efficient_low, found);
        point->efficient_high = fmax(point->efficient_high, found);
    }
    return KT_OK;
}

static kt_status put_efficient(const making *of, size_t at, kt_error *err)
{
    const kt_curve_line *line = of->line;
    kt_curve_point *point = &line->made[at];
    const double rates[2] = {line->unemployment[at].is.value, line->by_labour_force[at]};
    *point = (kt_curve_point){NAN, NAN, NAN, NAN, NAN, 0, NAN};
    if (isnan(rates[0]) || isnan(rates[1])) {
        return KT_OK;
    }
    KT_TRY(efficient_of(of, &of->config->beveridge.efficient, rates, &point->efficient, err));
    if (!line->ask->level || isnan(point->efficient)) {
        return KT_OK;
    }
    point->gap = rates[0] - point->efficient;
    return put_band(of, rates, point, err);
}

/* A base year that lacks a period is none. */
static void put_index(const making *of)
{
    const kt_curve_line *line = of->line;
    const int periods = (int)line->first.frequency;
    double sum = 0.0;
    for (int i = 0; i < periods; i++) {
        const int at = of->config->beveridge.base_year * periods + i - line->first.index;
        sum += at >= 0 && (size_t)at < line->count ? line->made[at].efficient : NAN;
    }
    for (size_t i = 0; i < line->count; i++) {
        line->made[i].index = 100.0 * line->made[i].efficient * periods / sum;
    }
}

/* One stretch of both adjusted rates, as measures want it. */
typedef struct stretch {
    kt_series_run run;
    const char **period;
    double *unemployment, *vacancy, *log_unemployment, *log_vacancy;
} stretch;

static stretch stretch_of(const making *of, kt_series_run run)
{
    stretch made = {.run = run,
                    .period = kt_arena_array(of->arena, const char *, run.count),
                    .unemployment = kt_arena_array(of->arena, double, run.count),
                    .vacancy = kt_arena_array(of->arena, double, run.count),
                    .log_unemployment = kt_arena_array(of->arena, double, run.count),
                    .log_vacancy = kt_arena_array(of->arena, double, run.count)};
    for (size_t i = 0; i < run.count; i++) {
        char text[KT_PERIOD_SIZE];
        const size_t at = run.first + i;
        const kt_period period = {of->line->first.frequency, of->line->first.index + (int)at};
        made.period[i] = kt_arena_copy(of->arena, kt_period_write(period, text));
        made.unemployment[i] = of->unemployment.adjusted[at];
        made.vacancy[i] = of->vacancy.adjusted[at];
        made.log_unemployment[i] = log(made.unemployment[i]);
        made.log_vacancy[i] = log(made.vacancy[i]);
    }
    return made;
}

/* The last periods of all segments but the final one, joined as the curve's parameter. */
static kt_status find_breaks(const making *of, const stretch *in, const char **out, kt_error *err)
{
    const kt_set_measure *by = &of->config->beveridge.breaks;
    const kt_measure *measure = by->measure;
    const size_t results = kt_measure_result_count(measure);
    const size_t period = kt_measure_result_at(measure, "break_period");
    kt_group group = {.row_count = in->run.count};
    kt_findings *found = NULL;
    group.key[kt_measure_input_at(measure, "time_period")] = in->period;
    group.figure[kt_measure_input_at(measure, "value")] = in->log_vacancy;
    group.figure[kt_measure_input_at(measure, "x")] = in->log_unemployment;
    KT_TRY(kt_set_measure_run(by, &group, of->arena, &found, err));
    *out = "";
    for (size_t i = 0; i < found->row_count; i++) {
        if (found->reason[i] == NULL) {
            *out = kt_arena_print(of->arena, "%s%s%s", *out, (*out)[0] == '\0' ? "" : ";",
                                  found->text[i * results + period]);
        }
    }
    return KT_OK;
}

static size_t place_in(const stretch *in, const char *period)
{
    size_t at = 0;
    while (at < in->run.count && strcmp(in->period[at], period) != 0) {
        at++;
    }
    return at;
}

/* The segments of a stretch, one after the other; a segment that is not fitted has no shift. */
static void put_segments(making *of, const stretch *in, const kt_findings *found)
{
    const kt_measure *measure = of->config->beveridge.curve.measure;
    const size_t results = kt_measure_result_count(measure);
    const size_t last = kt_measure_result_at(measure, "last");
    const size_t shift = kt_measure_result_at(measure, "outward_shift");
    size_t from = 0;
    for (size_t row = 0; row < found->row_count; row++) {
        const char *end = found->text[row * results + last];
        const size_t to = end == NULL ? in->run.count : place_in(in, end) + 1;
        of->segments++;
        of->line->reason = found->reason[row] == NULL ? of->line->reason : found->reason[row];
        for (; from < to && from < in->run.count; from++) {
            kt_curve_point *point = &of->line->made[in->run.first + from];
            point->segment = of->segments;
            point->shift = found->reason[row] == NULL ? found->number[row * results + shift] : NAN;
        }
    }
}

static kt_status fit_stretch(making *of, kt_series_run run, kt_error *err)
{
    const size_t first = run.first;
    if (of->unemployment.reason[first] != NULL || !of->unemployment.logarithms[first] ||
        !of->vacancy.logarithms[first]) {
        of->line->reason = of->unemployment.reason[first] != NULL ? of->unemployment.reason[first]
                                                                  : "a rate is zero";
        return KT_OK;
    }
    const stretch in = stretch_of(of, run);
    kt_set_measure curve = of->config->beveridge.curve;
    const kt_measure *measure = curve.measure;
    const size_t breaks = param_at(measure, "breaks");
    const char *joined = "";
    KT_TRY(find_breaks(of, &in, &joined, err));
    KT_TRY(kt_param_read(&measure->params[breaks], joined, &curve.params[breaks], err));
    kt_group group = {.row_count = run.count};
    kt_findings *found = NULL;
    group.key[kt_measure_input_at(measure, "time_period")] = in.period;
    group.figure[kt_measure_input_at(measure, "unemployment_rate")] = in.unemployment;
    group.figure[kt_measure_input_at(measure, "vacancy_rate")] = in.vacancy;
    KT_TRY(kt_set_measure_run(&curve, &group, of->arena, &found, err));
    put_segments(of, &in, found);
    return KT_OK;
}

static kt_status adjust(const making *of, const kt_published_figure *rates, kt_adjusted *out,
                        kt_error *err)
{
    const kt_figure_series series = {
        .first = of->line->first, .count = of->line->count, .at = rates};
    kt_series_settings settings = of->config->series;
    settings.logarithms = true; /* the curve is one of logarithms */
    settings.x13 = (kt_x13_settings){0};
    return kt_adjust(&settings, &series, of->arena, out, err);
}

kt_status kt_curve_line_make(const kt_config *config, kt_curve_line *line, kt_arena *arena,
                             kt_error *err)
{
    making of = {.config = config, .line = line, .arena = arena};
    kt_series_run run;
    for (size_t i = 0; i < line->count; i++) {
        KT_TRY(put_efficient(&of, i, err));
    }
    put_index(&of);
    if (config->series.adjust.measure == NULL) {
        line->reason = "no series are configured, so rates have no season taken out";
        return KT_OK;
    }
    KT_TRY(adjust(&of, line->unemployment, &of.unemployment, err));
    KT_TRY(adjust(&of, line->vacancy, &of.vacancy, err));
    const kt_figure_series rates = {.count = line->count, .at = line->unemployment};
    for (size_t from = 0; kt_series_run_next(&rates, from, &run); from = run.first + run.count) {
        KT_TRY(fit_stretch(&of, run, err));
    }
    return KT_OK;
}
