/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/margin.h"

#include <math.h>
#include <stdbool.h>

/* Parts first, first + step, ... */
static const size_t *run_of(size_t first, size_t step, size_t count, kt_arena *arena)
{
    size_t *parts = kt_arena_array(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        parts[i] = first + i * step;
    }
    return parts;
}

kt_margin_table *kt_margins_cross(size_t rows, size_t columns, const double *low,
                                  const double *high, kt_arena *arena)
{
    kt_margin *margins = kt_arena_array(arena, kt_margin, rows + columns);
    for (size_t row = 0; row < rows; row++) {
        const size_t first = row * columns;
        margins[row] = (kt_margin){.kind = KT_PARTS_MAKE_TOTAL,
                                   .total = first,
                                   .part_count = columns - 1,
                                   .parts = run_of(first + 1, 1, columns - 1, arena)};
    }
    for (size_t column = 0; column < columns; column++) {
        margins[rows + column] =
            (kt_margin){.kind = KT_PARTS_WITHIN_TOTAL,
                        .total = column,
                        .part_count = rows - 1,
                        .parts = run_of(columns + column, columns, rows - 1, arena)};
    }
    kt_margin_table *table = kt_arena_new(arena, kt_margin_table);
    *table = (kt_margin_table){.cell_count = rows * columns,
                               .low = low,
                               .high = high,
                               .margin_count = rows + columns,
                               .margins = margins};
    return table;
}

static bool is_interval(double low, double high)
{
    return low >= 0.0 && high >= low && isfinite(low) && floor(low) == low && floor(high) == high;
}

static bool names_cells(const kt_margin *margin, size_t cell_count)
{
    for (size_t i = 0; i < margin->part_count; i++) {
        if (margin->parts[i] >= cell_count || margin->parts[i] == margin->total) {
            return false;
        }
    }
    return margin->total < cell_count;
}

kt_status kt_margins_check(const kt_margin_table *table, kt_error *err)
{
    for (size_t c = 0; c < table->cell_count; c++) {
        if (!is_interval(table->low[c], table->high[c])) {
            return kt_fail(err, KT_ERR_DATA, "cell %zu: %g to %g is no interval of whole counts",
                           c + 1, table->low[c], table->high[c]);
        }
    }
    for (size_t m = 0; m < table->margin_count; m++) {
        if (!names_cells(&table->margins[m], table->cell_count)) {
            return kt_fail(err, KT_ERR_BUG, "margin %zu names a cell outside its table", m + 1);
        }
    }
    return KT_OK;
}

static void count_margins(const kt_margin_table *table, size_t *count)
{
    for (size_t m = 0; m < table->margin_count; m++) {
        const kt_margin *margin = &table->margins[m];
        count[margin->total]++;
        for (size_t i = 0; i < margin->part_count; i++) {
            count[margin->parts[i]]++;
        }
    }
}

kt_margin_index kt_margins_index(const kt_margin_table *table, kt_arena *arena)
{
    size_t *start = kt_arena_array(arena, size_t, table->cell_count + 1);
    count_margins(table, start);
    for (size_t c = 0, sum = 0; c <= table->cell_count; c++) {
        const size_t own = start[c];
        start[c] = sum;
        sum += own;
    }
    size_t *margins = kt_arena_array(arena, size_t, start[table->cell_count]);
    size_t *next = kt_arena_array(arena, size_t, table->cell_count);
    for (size_t m = 0; m < table->margin_count; m++) {
        const kt_margin *margin = &table->margins[m];
        margins[start[margin->total] + next[margin->total]++] = m;
        for (size_t i = 0; i < margin->part_count; i++) {
            const size_t c = margin->parts[i];
            margins[start[c] + next[c]++] = m;
        }
    }
    return (kt_margin_index){.start = start, .margins = margins};
}
