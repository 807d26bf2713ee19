/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_SHEET_H
#define KT_TRANSFORM_PROJECTS_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/csv.h"
#include "core/problems.h"
#include "transform/project_list.h"

/** A CSV that people keep among the words of projects; its mistakes are told by row and column. */
typedef struct sheet {
    const kt_csv_table *table;
    kt_arena *arena;
    kt_problems *problems;
} sheet;

/** The columns of a sheet, in their order. */
typedef struct sheet_columns {
    const char *const *names;
    size_t count;
} sheet_columns;

/** False, and a problem, for a file that cannot be read or has other columns. */
bool sheet_open(const char *path, sheet_columns columns, kt_arena *arena, kt_problems *problems,
                sheet *out);

/** The same of a file that somebody dropped: with semicolons or commas, in UTF-8 or Windows-1252.
 */
bool sheet_open_bytes(const kt_project_file *file, sheet_columns columns, kt_arena *arena,
                      kt_problems *problems, sheet *out);

const char *sheet_cell(const sheet *of, size_t row, size_t column);

/** "models.csv: row 3, column state: "gone", expected ..." */
void sheet_wrong(const sheet *of, size_t row, size_t column, const char *expected);

/** The cell, which is one of the words (ended by NULL); else it is told, and the first of them. */
const char *sheet_choose(const sheet *of, size_t row, size_t column, const char *const *words);

/** The parts of a cell that the letter joins; their number. */
size_t sheet_split(const sheet *of, const char *text, char letter, const char *const **out);

#endif
