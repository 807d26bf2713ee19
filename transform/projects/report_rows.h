/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORT_ROWS_H
#define KT_TRANSFORM_PROJECTS_REPORT_ROWS_H

#include "core/codes.h"
#include "core/csv.h"
#include "transform/project_list.h"

/*
 * What the templates that projects report in have in common: a CSV with named columns in any order,
 * with semicolons or commas, in UTF-8 or Windows-1252; a row that cannot be taken is a reject with
 * its line and reason, more than one in a hundred refuse the file.
 */

#define REPORT_COLUMNS 16

typedef struct report {
    const char *const *columns;
    size_t column_count;
    size_t needed; /* the first so many; the others may be absent */
    kt_arena *arena;
    void *context;
    /* Reads the row. Why it cannot be taken, or NULL; then *key is what no other row may have. */
    const char *(*parse)(struct report *of, const kt_csv_row *row, const char **key);
    const void *made; /* where that leaves what it has read of a row */
    size_t made_size;

    const char *name;
    size_t place[REPORT_COLUMNS]; /* of each column in the file */
    void *rows;                   /* what was made of those that were taken */
    size_t kept, room;
    kt_project_reject *rejects;
    size_t reject_count, reject_room;
    const char *shown; /* of the row that is read: its reason without what was found; NULL */
    kt_codes *seen;    /* keys of rows, and the line of each */
    size_t *line_of;
    size_t line_room;
} report;

/* Column 0 has the project's code. */
kt_status report_read(report *of, const kt_project_file *file, kt_error *err);

/* True if the first line has these two columns. */
bool report_has(const kt_project_file *file, const char *one, const char *other);

/* "" where the file has no such column. */
const char *report_cell(const report *of, const kt_csv_row *row, size_t column);

/* The reason of a reject: what was found in a column, and what was expected. */
const char *report_expected(report *of, const kt_csv_row *row, size_t column, const char *expected);

/* Why the cell is no code that a project can have; NULL: it is one. */
const char *report_project(report *of, const kt_csv_row *row, size_t column);

/* 2024, 2024-H1, END. */
bool report_is_period(const char *word);

/* A decimal comma is a point. NAN of an empty cell; false of what is no number. */
bool report_number(const char *word, double *out);

/* 31.12.2026 or 2026-12-31. KT_NO_DAY of an empty cell; false of what is none. */
bool report_day(const char *word, int64_t *out);

/* The position of a word among pairs of a word and a position, letters of any size; -1: none. */
typedef struct report_word {
    const char *word;
    int means;
} report_word;

int report_meaning(const report_word *words, size_t count, const char *word);

#endif
