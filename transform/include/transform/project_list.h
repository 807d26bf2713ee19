/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_LIST_H
#define KT_TRANSFORM_PROJECT_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/project.h"
#include "transform/project_format.h"

/**
 * A list of funded projects, read by its format. Every row of the file is accounted for:
 * rows = projects + joined + left_out + rejects + footers + blanks. Columns that the format does
 * not name are never stored. Where a cell names several places (or the rows of one project do), its
 * codes and names stand joined by '|', part by part.
 */

/** The bytes of one file; name is for messages. */
typedef struct kt_project_file {
    const char *bytes;
    size_t length;
    const char *name;
    int64_t snapshot_day; /* the day of which the list speaks */
} kt_project_file;

/** A row that is no project because something is wrong with it. */
typedef struct kt_project_reject {
    size_t line;        /* where it begins; of a workbook the row of the sheet */
    const char *code;   /* NULL where none could be read */
    const char *reason; /* "column Aloituspvm: \"31.2.2020\", expected a date as 31.12.2026" */
    const char *shown;  /* the same to all, without what the cell has; NULL: its line is enough */
    int64_t sum[KT_PROJECT_SUM_COUNT]; /* of a list: what could be read of its money all the same */
} kt_project_reject;

/** What is odd about a row that is kept all the same. */
typedef struct kt_list_warning {
    const char *words; /* with what was found: to whom the file belongs */
    const char *shown; /* to all: row, column, what was expected; nothing that was found */
} kt_list_warning;

typedef struct kt_project_list {
    const kt_project_format *format;
    kt_project *projects; /* in the order of the file */
    size_t project_count;
    kt_project_reject *rejects;
    size_t reject_count;
    kt_list_warning *warnings; /* of rows that are kept all the same; the first 200 */
    size_t warning_count;      /* of those in the list */
    size_t warned;             /* of all */
    const char **notes;        /* of the list as a whole: columns that were not read, footers */
    size_t note_count;
    size_t header_line;
    size_t rows;     /* behind the header */
    size_t joined;   /* further rows of a project that is there */
    size_t left_out; /* of funds that the format does not keep */
    size_t footers, blanks;
    int64_t sums[KT_PROJECT_SUM_COUNT]; /* of the projects, in cents; KT_NO_MONEY if none says it */
} kt_project_list;

/**
 * KT_ERR_FORMAT if the file is not of the format, or if more than one row in a hundred is rejected;
 * then *out is untouched, and the message has the first reason.
 */
kt_status kt_project_list_read(const kt_project_file *file, const kt_project_format *format,
                               kt_arena *arena, kt_project_list **out, kt_error *err) KT_MUST_CHECK;

/**
 * The one format whose required columns a row among the first of the file has. None: the message
 * names the nearest one and the columns that lack; two: it names both.
 */
kt_status kt_project_format_of(const kt_project_formats *formats, const kt_project_file *file,
                               const kt_project_format **out, kt_error *err) KT_MUST_CHECK;

#endif
