/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "cells.h"
#include "core/period.h"
#include "keys.h"

#define ROWS_AT_ONCE ((size_t)4096)

#define KT_MEASURE(name) extern const kt_measure kt_measure_##name;
#include "measures.def"
#undef KT_MEASURE

static const kt_measure *const registry[] = {
#define KT_MEASURE(name) &kt_measure_##name,
#include "measures.def"
#undef KT_MEASURE
};

const kt_measure *kt_measure_at(size_t index)
{
    return index < sizeof registry / sizeof registry[0] ? registry[index] : NULL;
}

const kt_measure *kt_measure_find(const char *id)
{
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        if (strcmp(registry[i]->id, id) == 0) {
            return registry[i];
        }
    }
    return NULL;
}

size_t kt_measure_input_count(const kt_measure *measure)
{
    size_t count = 0;
    while (count < KT_MEASURE_COLUMNS && measure->inputs[count].name != NULL) {
        count++;
    }
    return count;
}

size_t kt_measure_param_count(const kt_measure *measure)
{
    size_t count = 0;
    while (count < KT_MEASURE_PARAMS && measure->params[count].name != NULL) {
        count++;
    }
    return count;
}

size_t kt_measure_result_count(const kt_measure *measure)
{
    size_t count = 0;
    while (count < KT_MEASURE_COLUMNS && measure->results[count].name != NULL) {
        count++;
    }
    return count;
}

/* No figure, no text and no words in any row. */
static void clear(const kt_measure *measure, kt_findings *findings)
{
    const size_t rows = findings->row_count;
    const size_t places = rows * kt_measure_result_count(measure);
    for (size_t i = 0; i < places; i++) {
        findings->number[i] = NAN;
        findings->text[i] = NULL;
    }
    for (size_t i = 0; i < rows; i++) {
        findings->reason[i] = NULL;
        findings->note[i] = NULL;
    }
}

kt_findings *kt_findings_new(const kt_measure *measure, size_t row_count, kt_arena *arena)
{
    const size_t places = row_count * kt_measure_result_count(measure);
    kt_findings *findings = kt_arena_new(arena, kt_findings);
    *findings = (kt_findings){
        .row_count = row_count,
        .key = measure->shape == KT_ONE_ROW ? NULL : kt_arena_array(arena, const char *, row_count),
        .number = kt_arena_array(arena, double, places),
        .text = kt_arena_array(arena, const char *, places),
        .reason = kt_arena_array(arena, const char *, row_count),
        .note = kt_arena_array(arena, const char *, row_count),
    };
    clear(measure, findings);
    return findings;
}

/* Every period of the group reads, and all are months, or all quarters, or all years. */
static kt_status check_periods(const kt_group *group, const kt_input *input, size_t column,
                               kt_error *err)
{
    kt_period first = {0};
    for (size_t row = 0; row < group->row_count; row++) {
        kt_period period;
        const char *text = kt_key_of(group, column, row);
        if (!kt_period_read_dated(text, &period)) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column %s: \"%s\" is not a period such as 2026M06, 2026Q2 or "
                           "Y2026",
                           kt_group_row(group, row), input->name, text);
        }
        first = row == 0 ? period : first;
        if (period.frequency != first.frequency) {
            return kt_fail(
                err, KT_ERR_DATA, "row %zu, column %s: \"%s\" is not of the frequency of \"%s\"",
                kt_group_row(group, row), input->name, text, kt_key_of(group, column, 0));
        }
    }
    return KT_OK;
}

/* One column of figures; low and high are NULL where they are exact. Settling what is settled
 * changes nothing, so its checks serve here again. */
typedef struct figures {
    const double *value, *low, *high;
} figures;

static kt_status check_figures(const kt_group *group, const kt_input *input, figures of,
                               kt_error *err)
{
    for (size_t row = 0; row < group->row_count; row++) {
        kt_figure figure = {
            .value = of.value[row],
            .low = of.low != NULL ? of.low[row] : NAN,
            .high = of.high != NULL ? of.high[row] : NAN,
        };
        KT_TRY(kt_figure_settle(input, kt_group_row(group, row), &figure, err));
    }
    return KT_OK;
}

static kt_status check_many(const kt_group *group, kt_input input, kt_error *err)
{
    for (size_t column = 0; column < group->many_count; column++) {
        input.name = group->many_name[column];
        KT_TRY(check_figures(group, &input, (figures){.value = group->many[column]}, err));
    }
    return KT_OK;
}

static kt_status check_input(const kt_group *group, const kt_input *input, size_t column,
                             kt_error *err)
{
    if (input->many) {
        return check_many(group, *input, err);
    }
    const bool is_key = input->kind == KT_INPUT_KEY || input->kind == KT_INPUT_PERIOD;
    const bool present = is_key ? kt_keys_are_there(group, column) : group->figure[column] != NULL;
    assert(present || input->optional);
    if (!present || input->kind == KT_INPUT_KEY) {
        return KT_OK;
    }
    if (input->kind == KT_INPUT_PERIOD) {
        return check_periods(group, input, column, err);
    }
    const figures of = {group->figure[column], group->low[column], group->high[column]};
    return check_figures(group, input, of, err);
}

static bool holds_nan(const double *value, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (isnan(value[i])) {
            return true;
        }
    }
    return false;
}

/* True if some cell has no figure where the measure needs one. */
static bool lacks_a_figure(const kt_measure *measure, const kt_group *group)
{
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        const kt_input *input = &measure->inputs[i];
        const bool needed = !input->optional && !input->many && group->figure[i] != NULL;
        if (needed && holds_nan(group->figure[i], group->row_count)) {
            return true;
        }
    }
    return false;
}

/* A figure of the cells that have one is not that of all: whoever reads it has to know. */
static void note_missing(kt_findings *findings)
{
    for (size_t i = 0; i < findings->row_count; i++) {
        if (findings->reason[i] == NULL && findings->note[i] == NULL) {
            findings->note[i] = "cells without a figure are left out";
        }
    }
}

static kt_status check_inputs(const kt_measure *measure, const kt_group *group, kt_error *err)
{
    assert(!measure->weighted || group->weights != NULL);
    const size_t count = kt_measure_input_count(measure);
    for (size_t column = 0; column < count; column++) {
        KT_TRY(check_input(group, &measure->inputs[column], column, err));
    }
    return KT_OK;
}

static kt_status compute_all(const kt_measure *measure, const kt_group *group,
                             const kt_param_value *params, kt_arena *arena, kt_findings **out,
                             kt_error *err)
{
    kt_findings_source source = {0};
    if (measure->begin == NULL) {
        return measure->compute(measure, group, params, arena, out, err);
    }
    KT_TRY(measure->begin(measure, group, params, arena, &source, err));
    *out = kt_findings_new(measure, source.row_count, arena);
    source.next(source.state, *out);
    return KT_OK;
}

kt_status kt_measure_run(const kt_measure *measure, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    KT_TRY(check_inputs(measure, group, err));
    KT_TRY(compute_all(measure, group, params, arena, out, err));
    if (lacks_a_figure(measure, group)) {
        note_missing(*out);
    }
    return KT_OK;
}

/* The rows of the source in turns, all of them in the same memory. */
static kt_status pour(const kt_measure *measure, const kt_findings_source *source, bool lacks,
                      const kt_findings_sink *sink, kt_arena *arena, kt_error *err)
{
    kt_findings *rows = kt_findings_new(
        measure, source->row_count < ROWS_AT_ONCE ? source->row_count : ROWS_AT_ONCE, arena);
    for (size_t done = 0; done < source->row_count; done += rows->row_count) {
        const size_t left = source->row_count - done;
        rows->row_count = left < ROWS_AT_ONCE ? left : ROWS_AT_ONCE;
        clear(measure, rows);
        source->next(source->state, rows);
        if (lacks) {
            note_missing(rows);
        }
        KT_TRY(sink->take(sink->context, rows, err));
    }
    return KT_OK;
}

kt_status kt_measure_stream(const kt_measure *measure, const kt_group *group,
                            const kt_param_value *params, const kt_findings_sink *sink,
                            kt_arena *arena, kt_error *err)
{
    kt_findings *findings = NULL;
    kt_findings_source source = {0};
    if (measure->begin == NULL) {
        KT_TRY(kt_measure_run(measure, group, params, arena, &findings, err));
        return sink->take(sink->context, findings, err);
    }
    KT_TRY(check_inputs(measure, group, err));
    KT_TRY(measure->begin(measure, group, params, arena, &source, err));
    return pour(measure, &source, lacks_a_figure(measure, group), sink, arena, err);
}
