/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_ROWS_H
#define KT_PROJECTS_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "transform/project_list.h"
#include "transform/workbook.h"

/**
 * The rows of a list, whatever it is contained in: handed out one by one, so that what is not meant
 * to be kept never is.
 */

#define KT_LIST_BYTES   ((size_t)256 << 20) /* of a file */
#define KT_LIST_ROWS    500000
#define KT_LIST_COLUMNS 1024

/** A file whose container is known, and its text decoded. */
typedef struct kt_list_body {
    const kt_project_file *file;
    kt_project_container container;
    const char *bytes; /* UTF-8 of a CSV; of a workbook the file's own */
    size_t length;
    char separator;    /* of a CSV */
    const char *sheet; /* of a workbook; NULL */
} kt_list_body;

bool kt_list_is_workbook(const kt_project_file *file);

/** Says in one line what a file is that can be no list, or decodes it by the format's encodings. */
kt_status kt_list_open(const kt_project_file *file, const kt_project_format *format,
                       kt_arena *arena, kt_list_body *out, kt_error *err) KT_MUST_CHECK;

/** How a text of the format is contained if that is its separator. */
kt_project_container kt_list_container(const kt_project_format *format, char separator);

kt_status kt_list_rows(const kt_list_body *body, const kt_list_sink *sink,
                       kt_error *err) KT_MUST_CHECK;

/** Which cell of a row each column of the format is. */
typedef struct kt_list_header {
    size_t line;
    size_t count; /* cells of the header, without empty ones behind the last name */
    size_t *at;   /* for each column of the format; KT_NO_CELL */
    const kt_project_column **columns; /* for each cell of the header; NULL */
    size_t rows_seen;                  /* that were looked at */
    const char **unknown;              /* columns of the file that the format does not name */
    size_t unknown_count;
    const char *missing; /* required columns that are not there, ", " between them; NULL if none */
    size_t missing_count;
} kt_list_header;

#define KT_NO_CELL ((size_t)-1)

/**
 * Looks for the row with the names of the columns among the first of the file, and for the
 * separator that gives it. A file without one gives the nearest row, and what it lacks.
 */
kt_status kt_list_find_header(kt_list_body *body, const kt_project_format *format, kt_arena *arena,
                              kt_list_header *out, kt_error *err) KT_MUST_CHECK;

/** KT_ERR_FORMAT if rows under this header have no anchors to be put together by. */
kt_status kt_list_check_anchors(const kt_list_header *header, const char *name,
                                kt_error *err) KT_MUST_CHECK;

/** Puts a row without quotes together again, in the header's order; false: *reason says why not.
 * Texts are in the arena. */
bool kt_list_repair(const kt_project_format *format, const kt_list_header *header,
                    const kt_list_row *row, kt_arena *arena, kt_list_row *out, const char **reason);

/** True for a cell that holds nothing but blanks. */
bool kt_list_empty(const kt_list_cell *cell);

/** The text without blanks around it, each line break as one line feed, other controls as blanks.
 */
char *kt_list_clean(const char *text, kt_arena *arena);

/** The text with "[…]" for each address, telephone number and named contact person. */
const char *kt_list_without_contacts(const char *text, kt_arena *arena);

/** True if the text fits one of the format's pictures of a code. */
bool kt_list_is_code(const kt_project_format *format, const char *text);

/** True for the form of a date, whether there is such a day or not. */
bool kt_list_is_dated(const kt_project_format *format, const char *text);
bool kt_list_day(const kt_project_format *format, const kt_list_cell *cell, int64_t *day);
bool kt_list_money(const kt_project_format *format, const kt_list_cell *cell, int64_t *cents);

/** Takes "FI193 Keski-Suomi" apart into *code and *name, either NULL; several, joined by '|'. */
void kt_list_location(const char *text, kt_arena *arena, const char **code, const char **name);

#endif
