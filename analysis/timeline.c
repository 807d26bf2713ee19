/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "timeline.h"

#include <math.h>
#include <stdbool.h>

#include "series.h"

static bool lacks_a_figure(const kt_group *group, size_t row)
{
    for (size_t column = 0; column < KT_MEASURE_COLUMNS; column++) {
        if (group->figure[column] != NULL && isnan(group->figure[column][row])) {
            return true;
        }
    }
    return false;
}

kt_status kt_timeline_read(const kt_measure *measure, const kt_group *group, size_t period_input,
                           kt_arena *arena, kt_timeline *out, kt_error *err)
{
    kt_series series;
    KT_TRY(kt_series_read(measure, group, period_input, arena, &series, err));
    size_t first = 0, end = series.count;
    while (first < end && lacks_a_figure(group, series.row[first])) {
        first++;
    }
    while (end > first && lacks_a_figure(group, series.row[end - 1])) {
        end--;
    }
    *out = (kt_timeline){
        .count = end - first,
        .row = series.row + first,
        .period = series.period + first,
        .trimmed = series.count - (end - first),
    };
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
