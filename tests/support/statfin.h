/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_STATFIN_H
#define KT_TESTS_STATFIN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/margin.h"
#include "support/check.h"

/* Tables of Statistics Finland as they stood in November 2023, which are not part of the tree: a
 * test that needs them is skipped where they are absent. An empty figure is a hidden one. */
#define STATFIN_LINE 160

enum { STATFIN_UNEMPLOYED, STATFIN_VACANCIES, STATFIN_SIDES };

/* The lines of a packed file that have the text, from a pipe; close it with pclose. */
static inline FILE *statfin_lines(const char *name, const char *text, kt_arena *arena)
{
    const char *path = kt_arena_print(arena, "%s/data/statfin/%s", KT_SHARED, name);
    FILE *probe = fopen(path, "rb");
    if (probe == NULL) {
        print_message("%s is not here\n", path);
        skip();
    }
    (void)fclose(probe);
    FILE *lines =
        popen(kt_arena_print(arena, "gzip -dc '%s' | LC_ALL=C grep -F '%s'", path, text), "r");
    assert_non_null(lines);
    return lines;
}

/* The side that a content code of both tables belongs to; STATFIN_SIDES for another content. */
static inline int statfin_side(const char *content)
{
    if (strcmp(content, "TYOTTOMATLOPUSSA") == 0) {
        return STATFIN_UNEMPLOYED;
    }
    return strcmp(content, "AVPAIKATLOPUSSA") == 0 ? STATFIN_VACANCIES : STATFIN_SIDES;
}

/* Cuts a line at its commas in place; how many fields, at most most. */
static inline size_t statfin_fields(char *line, char **field, size_t most)
{
    line[strcspn(line, "\r\n")] = '\0';
    size_t count = 0;
    for (char *next = line; next != NULL && count < most; count++) {
        field[count] = next;
        next = strchr(next, ',');
        if (next != NULL) {
            *next++ = '\0';
        }
    }
    return count;
}

static inline double statfin_figure(const char *text)
{
    return *text == '\0' || strcmp(text, "NA") == 0 ? NAN : strtod(text, NULL);
}

/* A month of 12ti as cross tables: first row the country, first column all occupations. */
typedef struct statfin_month {
    kt_codes *regions, *occupations;
    size_t rows, columns;
    double *value[STATFIN_SIDES]; /* NAN where hidden */
    double *low[STATFIN_SIDES], *high[STATFIN_SIDES];
    kt_margin_table *table[STATFIN_SIDES];
} statfin_month;

#define STATFIN_ROWS    20
#define STATFIN_COLUMNS 433

static inline void statfin_month_cell(statfin_month *of, char **field)
{
    const int side = statfin_side(field[2]);
    if (side == STATFIN_SIDES) {
        return;
    }
    const size_t row = kt_codes_intern(of->regions, field[0]);
    const size_t column = kt_codes_intern(of->occupations, field[1]);
    assert_true(row < STATFIN_ROWS && column < STATFIN_COLUMNS);
    const size_t cell = row * STATFIN_COLUMNS + column;
    const double value = statfin_figure(field[3]);
    of->value[side][cell] = value;
    of->low[side][cell] = isnan(value) ? 1.0 : value;
    of->high[side][cell] = isnan(value) ? 4.0 : value;
}

/* month as the file writes it: "2023-10-01". */
static inline statfin_month read_12ti(const char *month, kt_arena *arena)
{
    FILE *lines = statfin_lines("tyonv_12ti_2006M01_2023M10.csv.gz", month, arena);
    statfin_month made = {.regions = kt_codes_new(arena),
                          .occupations = kt_codes_new(arena),
                          .rows = STATFIN_ROWS,
                          .columns = STATFIN_COLUMNS};
    kt_codes_add(made.regions, "SSS", NULL);
    kt_codes_add(made.occupations, "SSS", NULL);
    for (int side = 0; side < STATFIN_SIDES; side++) {
        const size_t cells = made.rows * made.columns;
        made.value[side] = kt_arena_array(arena, double, cells);
        made.low[side] = kt_arena_array(arena, double, cells);
        made.high[side] = kt_arena_array(arena, double, cells);
        made.table[side] =
            kt_margins_cross(made.rows, made.columns, made.low[side], made.high[side], arena);
    }
    char line[STATFIN_LINE];
    size_t count = 0;
    while (fgets(line, sizeof line, lines) != NULL) {
        char *field[5] = {line, line, line, line, line};
        assert_int_equal(statfin_fields(line, field, 5), 5);
        statfin_month_cell(&made, field);
        count++;
    }
    assert_int_equal(pclose(lines), 0);
    assert_int_equal(count, STATFIN_SIDES * STATFIN_ROWS * STATFIN_COLUMNS);
    return made;
}

/* True for a cell of a region and a known occupation: what an index is computed from. */
static inline bool statfin_is_market(const statfin_month *of, size_t cell)
{
    const size_t column = cell % of->columns;
    return cell >= of->columns && column > 0 && kt_codes_at(of->occupations, column)[0] != 'X';
}

#endif
