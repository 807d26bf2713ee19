/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FILLINGS_H
#define KT_TESTS_FILLINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/margin.h"
#include "support/check.h"
#include "support/random.h"

/* A cross table (kt_margins_cross) whose truth is known, some counts of 1 to 4 hidden. */
typedef struct hidden_table {
    size_t rows, columns, hidden;
    double *truth, *low, *high;
    kt_margin_table *table;
} hidden_table;

#define MOST_ROWS    4
#define MOST_COLUMNS 5

static inline void draw_truth(hidden_table *of, uint64_t *seed)
{
    for (size_t c = 1; c < of->columns; c++) {
        double sum = random_below(seed, 2) == 0 ? 0.0 : random_below(seed, 4);
        for (size_t r = 1; r < of->rows; r++) {
            of->truth[r * of->columns + c] = random_below(seed, 7);
            sum += of->truth[r * of->columns + c];
        }
        of->truth[c] = sum;
    }
    for (size_t r = 0; r < of->rows; r++) {
        double sum = 0.0;
        for (size_t c = 1; c < of->columns; c++) {
            sum += of->truth[r * of->columns + c];
        }
        of->truth[r * of->columns] = sum;
    }
}

/* Hides figures of 1 to 4, totals too, from a place drawn at random on, at most so many. */
static inline void hide(hidden_table *of, uint64_t *seed, size_t most)
{
    const size_t cells = of->rows * of->columns;
    const size_t first = random_below(seed, (unsigned)cells);
    for (size_t i = 0; i < cells; i++) {
        const size_t c = (first + i) % cells;
        const double truth = of->truth[c];
        const bool hides =
            truth >= 1.0 && truth <= 4.0 && of->hidden < most && random_below(seed, 4) > 0;
        of->low[c] = hides ? 1.0 : truth;
        of->high[c] = hides ? 4.0 : truth;
        of->hidden += hides;
    }
}

static inline hidden_table draw_hidden_sized(uint64_t *seed, size_t rows, size_t columns,
                                             size_t most_hidden, kt_arena *arena)
{
    hidden_table made = {.rows = rows, .columns = columns};
    made.truth = kt_arena_array(arena, double, rows *columns);
    made.low = kt_arena_array(arena, double, rows *columns);
    made.high = kt_arena_array(arena, double, rows *columns);
    draw_truth(&made, seed);
    hide(&made, seed, most_hidden);
    made.table = kt_margins_cross(rows, columns, made.low, made.high, arena);
    return made;
}

static inline hidden_table draw_hidden_table(uint64_t *seed, size_t most_hidden, kt_arena *arena)
{
    const size_t rows = 2 + random_below(seed, MOST_ROWS - 1);
    const size_t columns = 3 + random_below(seed, MOST_COLUMNS - 2);
    return draw_hidden_sized(seed, rows, columns, most_hidden, arena);
}

static inline double parts_of(const kt_margin *margin, const double *value)
{
    double sum = 0.0;
    for (size_t i = 0; i < margin->part_count; i++) {
        sum += value[margin->parts[i]];
    }
    return sum;
}

/* By how much a filling misses the margin that it misses most. */
static inline double largest_miss(const kt_margin_table *table, const double *value)
{
    double worst = 0.0;
    for (size_t m = 0; m < table->margin_count; m++) {
        const kt_margin *margin = &table->margins[m];
        const double over = parts_of(margin, value) - value[margin->total];
        worst = fmax(worst, margin->kind == KT_PARTS_MAKE_TOTAL ? fabs(over) : over);
    }
    return worst;
}

/* Every whole-number filling of a table that meets its margins, one after the other. */
typedef struct fillings {
    const kt_margin_table *table;
    double *value;
    bool begun;
} fillings;

static inline fillings fillings_of(const kt_margin_table *table, kt_arena *arena)
{
    return (fillings){.table = table, .value = kt_arena_array(arena, double, table->cell_count)};
}

/* The next one of the box, as an odometer; false after the last. */
static inline bool next_of_box(fillings *of)
{
    if (!of->begun) {
        of->begun = true;
        memcpy(of->value, of->table->low, of->table->cell_count * sizeof *of->value);
        return true;
    }
    for (size_t c = 0; c < of->table->cell_count; c++) {
        if (of->value[c] < of->table->high[c]) {
            of->value[c] += 1.0;
            return true;
        }
        of->value[c] = of->table->low[c];
    }
    return false;
}

static inline bool next_filling(fillings *of)
{
    while (next_of_box(of)) {
        if (largest_miss(of->table, of->value) == 0.0) {
            return true;
        }
    }
    return false;
}

#endif
