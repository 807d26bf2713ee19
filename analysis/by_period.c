/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "by_period.h"

#include <stdlib.h>
#include <string.h>

#include "core/period.h"

static int by_period_and_market(const void *a, const void *b)
{
    const kt_period_row *one = a, *other = b;
    if (one->period != other->period) {
        return one->period < other->period ? -1 : 1;
    }
    return strcmp(one->market, other->market);
}

kt_period_row *kt_rows_by_period(const kt_group *group, size_t period_input, size_t market_input,
                                 kt_arena *arena)
{
    kt_period_row *rows = kt_arena_array(arena, kt_period_row, group->row_count);
    for (size_t i = 0; i < group->row_count; i++) {
        kt_period period = {0};
        (void)kt_period_read_dated(group->key[period_input][i],
                                   &period); /* kt_measure_run has read it */
        rows[i] = (kt_period_row){
            .market = group->key[market_input][i], .period = period.index, .row = (uint32_t)i};
    }
    if (group->row_count > 0) {
        qsort(rows, group->row_count, sizeof *rows, by_period_and_market);
    }
    return rows;
}

size_t kt_period_end(const kt_period_row *rows, size_t first, size_t count)
{
    size_t end = first;
    while (end < count && rows[end].period == rows[first].period) {
        end++;
    }
    return end;
}

bool kt_period_walk_next(kt_period_walk *walk, const kt_period_row **before,
                         const kt_period_row **now)
{
    const bool has_before = walk->before < walk->middle;
    const bool has_now = walk->now < walk->end;
    int order = has_before ? -1 : 1;
    if (has_before && has_now) {
        order = strcmp(walk->rows[walk->before].market, walk->rows[walk->now].market);
    }
    *before = has_before && order <= 0 ? &walk->rows[walk->before++] : NULL;
    *now = has_now && order >= 0 ? &walk->rows[walk->now++] : NULL;
    return has_before || has_now;
}
