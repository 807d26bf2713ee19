/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series.h"

#include <math.h>
#include <stdlib.h>

#include "cells.h"

typedef struct dated {
    kt_period period;
    size_t row;
} dated;

static int by_time(const void *a, const void *b)
{
    const dated *one = a, *other = b;
    const int order = kt_period_compare(one->period, other->period);
    return order != 0 ? order : (one->row > other->row) - (one->row < other->row);
}

static dated *sort_rows(const kt_group *group, size_t period_input, kt_arena *arena)
{
    dated *all = kt_arena_array(arena, dated, group->row_count + 1);
    for (size_t row = 0; row < group->row_count; row++) {
        all[row].row = row;
        (void)kt_period_read_dated(group->key[period_input][row], &all[row].period);
    }
    qsort(all, group->row_count, sizeof *all, by_time);
    return all;
}

kt_status kt_series_read(const kt_measure *measure, const kt_group *group, size_t period_input,
                         kt_arena *arena, kt_series *out, kt_error *err)
{
    const size_t count = group->row_count;
    const dated *all = sort_rows(group, period_input, arena);
    size_t *row = kt_arena_array(arena, size_t, count + 1);
    kt_period *period = kt_arena_array(arena, kt_period, count + 1);
    *out = (kt_series){.count = count, .row = row, .period = period, .gap = count};
    for (size_t i = 0; i < count; i++) {
        row[i] = all[i].row;
        period[i] = all[i].period;
        if (i > 0 && period[i].index == period[i - 1].index) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column %s: \"%s\" is the period of row %zu too",
                           kt_group_row(group, row[i]), measure->inputs[period_input].name,
                           group->key[period_input][row[i]], kt_group_row(group, row[i - 1]));
        }
        if (i > 0 && period[i].index != period[i - 1].index + 1 && out->gap == count) {
            out->gap = i;
        }
    }
    return KT_OK;
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
