/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_FORMAT_H
#define KT_TRANSFORM_PROJECT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"

/**
 * How somebody's list of funded projects is laid out: one file of config/projects/formats/. A
 * column that no entry names is never stored, so contact persons cannot be read in; the entry
 * "nothing" says of a column that it is known and left out. Column names are compared without the
 * blanks around them ("Hankekoodi " of EURA 2021 has one), runs of blanks as one, and without
 * regard to the case of ASCII letters.
 */

typedef enum kt_project_container {
    KT_LIST_CSV,
    KT_LIST_CSV_UNQUOTED, /* commas inside fields, and nothing that says so; where a format has CSV
                             too, what is separated by commas */
    KT_LIST_XLSX,
    KT_LIST_CONTAINERS
} kt_project_container;

typedef enum kt_project_holds {
    KT_LIST_HOLDS_NOTHING,
    KT_LIST_HOLDS_TEXT,
    KT_LIST_HOLDS_SUM,
    KT_LIST_HOLDS_START,
    KT_LIST_HOLDS_END,
    KT_LIST_HOLDS_STATUS,   /* the words as they stand are kept as status_raw */
    KT_LIST_HOLDS_LOCATION, /* "FI193 Keski-Suomi": location_code and location_name */
    KT_LIST_HOLDS_PERIOD,
    KT_LIST_HOLDS_CURRENCY /* anything but EUR refuses the row */
} kt_project_holds;

/** What a column is in a list without quotes: the anchors by which a row is put together again. */
typedef enum kt_project_shape {
    KT_SHAPE_ONE,    /* exactly one field */
    KT_SHAPE_JOINED, /* as many fields as are left, commas between them */
    KT_SHAPE_DIGIT,  /* one digit: the last such field before the dates */
    KT_SHAPE_DATE,   /* the first two neighbours that are dates */
    KT_SHAPE_MONEY,  /* at the end of the row */
    KT_SHAPE_COUNT
} kt_project_shape;

/** One word of a list and ours for it. */
typedef struct kt_project_word {
    const char *theirs, *ours;
} kt_project_word;

typedef struct kt_project_column {
    const char **names; /* spellings of the header */
    size_t name_count;
    kt_project_holds holds;
    kt_project_text text; /* of KT_LIST_HOLDS_TEXT */
    kt_project_sum sum;   /* of KT_LIST_HOLDS_SUM */
    kt_project_shape shape;
    bool required;  /* a file without it is not of this format */
    bool collected; /* the rows of one project may differ in it: its values joined by '|' */
    kt_project_word *words;
    size_t word_count;
} kt_project_column;

typedef struct kt_project_format {
    const char *id, *title, *verified;
    const char *period;       /* of every row that nothing else says it of; NULL */
    kt_project_word *by_code; /* beginnings of codes and the period that they mean */
    size_t by_code_count;
    bool containers[KT_LIST_CONTAINERS];
    const char *sheet; /* of a workbook; NULL: the first that is not hidden */
    const char **encodings;
    size_t encoding_count;
    const char *separators;    /* each a letter */
    const char *decimal_signs; /* each a letter */
    const char **date_orders;  /* d.m.yyyy, yyyy-mm-dd, dd/mm/yyyy */
    size_t date_order_count;
    bool rounds_money;  /* more than two decimals are rounded to cents, not refused */
    const char **codes; /* pictures of codes: "@#####" is a letter and digits; '*' is any rest */
    size_t code_count;
    size_t footer_rows; /* at most so many rows without code and dates at the end */
    const char **funds; /* ours; only rows of these are kept; none: all */
    size_t fund_count;
    bool joins_rows;            /* several rows may be one project */
    kt_project_column *columns; /* of one field the first that is not empty counts */
    size_t column_count;
} kt_project_format;

/** All formats of a folder, by the names of their files. */
typedef struct kt_project_formats {
    const kt_project_format **items;
    size_t count;
} kt_project_formats;

/** One file; mistakes become problems, and then NULL. */
kt_project_format *kt_project_format_load(const char *path, kt_arena *arena, kt_problems *problems);

/** Every .json of a folder, each called after its id; NULL if any has a mistake. */
kt_project_formats *kt_project_formats_load(const char *folder, kt_arena *arena,
                                            kt_problems *problems);

/** NULL if there is none of that id. */
const kt_project_format *kt_project_formats_find(const kt_project_formats *formats, const char *id);

#endif
