/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "timeline.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "cells.h"

typedef struct moment {
    kt_period period;
    size_t row;
} moment;

static int by_time(const void *a, const void *b)
{
    const moment *one = a, *other = b;
    const int order = kt_period_compare(one->period, other->period);
    return order != 0 ? order : (one->row > other->row) - (one->row < other->row);
}

static bool lacks_a_figure(const kt_group *group, size_t row)
{
    for (size_t column = 0; column < KT_MEASURE_COLUMNS; column++) {
        if (group->figure[column] != NULL && isnan(group->figure[column][row])) {
            return true;
        }
    }
    return false;
}

static kt_status sort_rows(const kt_group *group, const kt_input *input, size_t column,
                           moment *moments, kt_error *err)
{
    for (size_t row = 0; row < group->row_count; row++) {
        moments[row].row = row;
        (void)kt_period_read(group->key[column][row], &moments[row].period);
    }
    if (group->row_count > 0) {
        qsort(moments, group->row_count, sizeof *moments, by_time);
    }
    for (size_t i = 1; i < group->row_count; i++) {
        if (kt_period_compare(moments[i - 1].period, moments[i].period) == 0) {
            return kt_fail(
                err, KT_ERR_DATA, "row %zu, column %s: \"%s\" is the period of row %zu too",
                kt_group_row(group, moments[i].row), input->name,
                group->key[column][moments[i].row], kt_group_row(group, moments[i - 1].row));
        }
    }
    return KT_OK;
}

kt_status kt_timeline_read(const kt_group *group, const kt_input *input, size_t column,
                           kt_arena *arena, kt_timeline *out, kt_error *err)
{
    moment *moments = kt_arena_array(arena, moment, group->row_count);
    KT_TRY(sort_rows(group, input, column, moments, err));
    size_t first = 0, end = group->row_count;
    while (first < end && lacks_a_figure(group, moments[first].row)) {
        first++;
    }
    while (end > first && lacks_a_figure(group, moments[end - 1].row)) {
        end--;
    }
    *out = (kt_timeline){
        .count = end - first,
        .row = kt_arena_array(arena, size_t, end - first),
        .period = kt_arena_array(arena, kt_period, end - first),
        .trimmed = group->row_count - (end - first),
    };
    for (size_t i = first; i < end; i++) {
        out->row[i - first] = moments[i].row;
        out->period[i - first] = moments[i].period;
    }
    return KT_OK;
}

const char *kt_timeline_text(const kt_timeline *timeline, size_t place, kt_arena *arena)
{
    char text[KT_PERIOD_SIZE];
    return kt_arena_copy(arena, kt_period_write(timeline->period[place], text));
}

const char *kt_timeline_gap(const kt_timeline *timeline, const kt_group *group, kt_period from,
                            kt_period to, kt_arena *arena)
{
    size_t place = 0;
    while (place < timeline->count && kt_period_compare(timeline->period[place], from) < 0) {
        place++;
    }
    for (kt_period due = from; kt_period_compare(due, to) <= 0; due.index++, place++) {
        if (place >= timeline->count || kt_period_compare(timeline->period[place], due) != 0 ||
            lacks_a_figure(group, timeline->row[place])) {
            char text[KT_PERIOD_SIZE];
            return kt_arena_print(arena, "a gap: no figure for %s", kt_period_write(due, text));
        }
    }
    return NULL;
}

const char *kt_timeline_note(const kt_timeline *timeline, kt_arena *arena)
{
    return timeline->trimmed == 0
               ? NULL
               : kt_arena_print(arena, "periods without a figure left out at the ends: %zu",
                                timeline->trimmed);
}
