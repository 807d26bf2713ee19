/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "adjusted.h"

#include <math.h>

/* One run as the measure wants it. */
typedef struct run_group {
    const kt_series_settings *settings;
    const kt_figure_series *series;
    kt_series_run run;
    bool logarithms;
    double *value;
} run_group;

static bool all_above_zero(const kt_figure_series *series, kt_series_run run)
{
    for (size_t i = run.first; i < run.first + run.count; i++) {
        if (!(series->at[i].is.value > 0.0)) {
            return false;
        }
    }
    return true;
}

static kt_group group_of(run_group *of, kt_arena *arena)
{
    const kt_measure *measure = of->settings->adjust.measure;
    kt_group group = {.row_count = of->run.count};
    const char **periods = kt_arena_array(arena, const char *, of->run.count);
    of->value = kt_arena_array(arena, double, of->run.count);
    for (size_t i = 0; i < of->run.count; i++) {
        char text[KT_PERIOD_SIZE];
        kt_period period = of->series->first;
        period.index += (int)(of->run.first + i);
        periods[i] = kt_arena_copy(arena, kt_period_write(period, text));
        const double value = of->series->at[of->run.first + i].is.value;
        of->value[i] = of->logarithms ? log(value) : value;
    }
    group.key[kt_measure_input_at(measure, "time_period")] = periods;
    group.figure[kt_measure_input_at(measure, "value")] = of->value;
    return group;
}

static double undo(const run_group *of, double number)
{
    return of->logarithms ? exp(number) : number;
}

static void put_run(const run_group *of, const kt_findings *found, const kt_adjusted *out)
{
    const kt_measure *measure = of->settings->adjust.measure;
    const size_t seasonal = kt_measure_result_at(measure, "seasonal");
    const size_t trend = kt_measure_result_at(measure, "trend");
    const size_t remainder = kt_measure_result_at(measure, "remainder");
    const size_t results = kt_measure_result_count(measure);
    kt_series_run next;
    const bool newest = !kt_series_run_next(of->series, of->run.first + of->run.count, &next);
    for (size_t i = 0; i < of->run.count; i++) {
        const double *number = &found->number[i * results];
        const size_t at = of->run.first + i;
        out->reason[at] = found->reason[i];
        out->logarithms[at] = of->logarithms;
        out->provisional[at] = newest && found->note[i] != NULL;
        out->adjusted[at] = undo(of, of->value[i] - number[seasonal]);
        out->trend[at] = undo(of, number[trend]);
        out->remainder[at] = undo(of, number[remainder]);
    }
}

/* The figures to come move what x13as makes of years; provisional is what stl says it of. */
static void put_parts(const run_group *of, const kt_x13_parts *parts, kt_adjusted *out)
{
    kt_series_run next;
    const bool newest = !kt_series_run_next(of->series, of->run.first + of->run.count, &next);
    const size_t half = (size_t)of->series->first.frequency / 2;
    for (size_t i = 0; i < of->run.count; i++) {
        const size_t at = of->run.first + i;
        const bool split = parts->reason == NULL;
        out->reason[at] = parts->reason;
        out->logarithms[at] = of->logarithms;
        out->provisional[at] = newest && split && i + half >= of->run.count;
        out->adjusted[at] = split ? parts->adjusted[i] : NAN;
        out->trend[at] = split ? parts->trend[i] : NAN;
        out->remainder[at] = split ? parts->remainder[i] : NAN;
    }
    out->x13.split += parts->reason == NULL;
    out->x13.failed += parts->failed;
    out->x13.reason = out->x13.reason == NULL && parts->failed ? parts->reason : out->x13.reason;
    out->x13.version = out->x13.version == NULL ? parts->version : out->x13.version;
}

static kt_status adjust_by_x13(const run_group *of, kt_arena *arena, kt_adjusted *out,
                               kt_error *err)
{
    kt_x13_parts parts;
    double *value = kt_arena_array(arena, double, of->run.count);
    kt_period first = of->series->first;
    first.index += (int)of->run.first;
    for (size_t i = 0; i < of->run.count; i++) {
        value[i] = of->series->at[of->run.first + i].is.value;
    }
    const kt_x13_stretch stretch = {first, of->run.count, value, of->logarithms};
    KT_TRY(kt_x13_split(&of->settings->x13, &stretch, arena, &parts, err));
    put_parts(of, &parts, out);
    return KT_OK;
}

static kt_status adjust_run(const kt_series_settings *settings, const kt_figure_series *series,
                            kt_series_run run, kt_arena *arena, kt_adjusted *out, kt_error *err)
{
    run_group of = {.settings = settings,
                    .series = series,
                    .run = run,
                    .logarithms = settings->logarithms && all_above_zero(series, run)};
    if (kt_x13_splits(&settings->x13)) {
        return adjust_by_x13(&of, arena, out, err);
    }
    const kt_group group = group_of(&of, arena);
    kt_findings *found = NULL;
    KT_TRY(kt_set_measure_run(&settings->adjust, &group, arena, &found, err));
    put_run(&of, found, out);
    return KT_OK;
}

kt_status kt_adjust(const kt_series_settings *settings, const kt_figure_series *series,
                    kt_arena *arena, kt_adjusted *out, kt_error *err)
{
    const size_t count = series->count;
    kt_series_run run;
    *out = (kt_adjusted){.adjusted = kt_arena_array(arena, double, count + 1),
                         .trend = kt_arena_array(arena, double, count + 1),
                         .remainder = kt_arena_array(arena, double, count + 1),
                         .reason = kt_arena_array(arena, const char *, count + 1),
                         .logarithms = kt_arena_array(arena, bool, count + 1),
                         .provisional = kt_arena_array(arena, bool, count + 1)};
    for (size_t i = 0; i < count; i++) {
        out->adjusted[i] = out->trend[i] = out->remainder[i] = NAN;
        out->reason[i] = "no figure";
    }
    for (size_t from = 0; kt_series_run_next(series, from, &run); from = run.first + run.count) {
        KT_TRY(adjust_run(settings, series, run, arena, out, err));
    }
    return KT_OK;
}

const char *kt_adjust_method(const kt_series_settings *settings, const char *version,
                             kt_arena *arena)
{
    const char *stl = settings->adjust.method;
    if (kt_x13_splits(&settings->x13)) {
        return kt_x13_method(&settings->x13, version, arena);
    }
    return settings->x13.program == NULL
               ? stl
               : kt_arena_print(arena, "%s in place of %s, which is not there", stl,
                                settings->x13.program);
}
