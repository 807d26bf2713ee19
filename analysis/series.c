/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series.h"

#include <math.h>
#include <stdlib.h>

typedef struct dated {
    int index; /* kt_period.index */
    size_t row;
} dated;

static int by_time(const void *a, const void *b)
{
    const dated *one = a, *other = b;
    return one->index < other->index ? -1 : one->index > other->index;
}

kt_series kt_series_of(const kt_group *group, size_t period_input, kt_arena *arena)
{
    dated *all = kt_arena_array(arena, dated, group->row_count + 1);
    size_t *row = kt_arena_array(arena, size_t, group->row_count + 1);
    kt_series series = {.count = group->row_count, .row = row, .gap = group->row_count};
    for (size_t i = 0; i < group->row_count; i++) {
        kt_period period = {0};
        (void)kt_period_read(group->key[period_input][i], &period);
        all[i] = (dated){period.index, i};
        series.frequency = period.frequency;
    }
    qsort(all, group->row_count, sizeof *all, by_time);
    for (size_t i = 0; i < group->row_count; i++) {
        row[i] = all[i].row;
        if (i > 0 && all[i].index != all[i - 1].index + 1 && series.gap == series.count) {
            series.gap = i;
        }
    }
    return series;
}

kt_stretch kt_stretch_of(const kt_series *series, const kt_group *group, size_t period_input,
                         size_t value_input, kt_arena *arena)
{
    double *value = kt_arena_array(arena, double, series->count + 1);
    kt_stretch found = {.value = value};
    size_t end = 0, hole = series->count;
    for (size_t i = 0; i < series->count; i++) {
        const double figure = group->figure[value_input][series->row[i]];
        if (isnan(figure)) {
            hole = end > 0 && hole == series->count ? i : hole;
            continue;
        }
        found.first = end == 0 ? i : found.first;
        value[i - found.first] = figure;
        end = i + 1;
    }
    found.count = end - found.first;
    if (hole < end) {
        found.reason = kt_arena_print(arena, "no figure in %s, amid the series",
                                      group->key[period_input][series->row[hole]]);
    } else if (series->gap > found.first && series->gap < end) {
        found.reason = kt_arena_print(arena, "a gap before %s",
                                      group->key[period_input][series->row[series->gap]]);
    }
    return found;
}
