/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found_breaks.h"

#include <math.h>

/* One stretch, and what finds its breaks. */
typedef struct search {
    const kt_set_measure *by;
    const kt_figure_series *series;
    const kt_adjusted *adjusted;
    kt_series_run run;
    kt_arena *arena;
    kt_found_breaks *out;
    size_t room;
} search;

static kt_group group_of(const search *of)
{
    const kt_measure *measure = of->by->measure;
    kt_group group = {.row_count = of->run.count};
    const char **periods = kt_arena_array(of->arena, const char *, of->run.count);
    double *value = kt_arena_array(of->arena, double, of->run.count);
    for (size_t i = 0; i < of->run.count; i++) {
        char text[KT_PERIOD_SIZE];
        const size_t at = of->run.first + i;
        const kt_period period = {of->series->first.frequency, of->series->first.index + (int)at};
        const double adjusted = of->adjusted->adjusted[at];
        periods[i] = kt_arena_copy(of->arena, kt_period_write(period, text));
        value[i] = of->adjusted->logarithms[at] ? log(adjusted) : adjusted;
    }
    group.key[kt_measure_input_at(measure, "time_period")] = periods;
    group.figure[kt_measure_input_at(measure, "value")] = value;
    return group;
}

/* The measure names the last period before the break, and the ends of its interval alike. */
static kt_period after(const char *last_before)
{
    kt_period period = {0};
    if (last_before != NULL && kt_period_read(last_before, &period)) {
        period.index++;
    }
    return period;
}

/* An interval that is cut at the end of the stretch ends with it. */
static kt_period inside(const search *of, kt_period period)
{
    const int last = of->series->first.index + (int)(of->run.first + of->run.count) - 1;
    period.index = period.index > last ? last : period.index;
    return period;
}

static void add_break(search *of, const kt_findings *found, size_t row)
{
    const kt_measure *measure = of->by->measure;
    const size_t results = kt_measure_result_count(measure);
    const char **text = &found->text[row * results];
    const char *low = text[kt_measure_result_at(measure, "break_low")];
    const char *high = text[kt_measure_result_at(measure, "break_high")];
    kt_found_breaks *out = of->out;
    out->at = kt_arena_grow(of->arena, out->at, out->count, &of->room, sizeof *out->at);
    out->at[out->count++] = (kt_found_break){
        .first = after(text[kt_measure_result_at(measure, "break_period")]),
        .low = after(low),
        .high = inside(of, after(high)),
        .bounded = low != NULL && high != NULL,
        .note = found->note[row],
        .direction = text[kt_measure_result_at(measure, "direction")],
        .size = found->number[row * results + kt_measure_result_at(measure, "size")],
        .logarithms = of->adjusted->logarithms[of->run.first]};
}

static kt_status search_run(search *of, kt_error *err)
{
    kt_findings *found = NULL;
    of->out->stretches++;
    if (of->adjusted->reason[of->run.first] != NULL) {
        of->out->unsplit++;
        return KT_OK;
    }
    const kt_group group = group_of(of);
    KT_TRY(kt_set_measure_run(of->by, &group, of->arena, &found, err));
    for (size_t row = 0; row < found->row_count; row++) {
        if (found->reason[row] == NULL) {
            add_break(of, found, row);
        }
    }
    return KT_OK;
}

kt_status kt_found_breaks_of(const kt_series_settings *settings, const kt_figure_series *series,
                             const kt_adjusted *adjusted, kt_arena *arena, kt_found_breaks *out,
                             kt_error *err)
{
    *out = (kt_found_breaks){0};
    search of = {.by = &settings->breaks,
                 .series = series,
                 .adjusted = adjusted,
                 .arena = arena,
                 .out = out};
    for (size_t from = 0; kt_series_run_next(series, from, &of.run);
         from = of.run.first + of.run.count) {
        KT_TRY(search_run(&of, err));
    }
    return KT_OK;
}
