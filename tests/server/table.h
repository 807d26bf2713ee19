/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_TABLE_H
#define KT_SERVER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "core/arena.h"

/**
 * A table that the server serves: variables with codes, and one figure or symbol a cell. One
 * variable is the time, one the contents: the last one, unless another is marked. Everything lives
 * in the arena that the table was made in, which must outlive the server.
 */
#define KT_SERVED_VARIABLES 8
#define KT_SERVED_TIME      "timeperiod_m"
#define KT_SERVED_DAY_S     (24L * 60 * 60) /* how far a publication moves `updated` */
#define KT_SERVED_CONTENTS  "contentscode"

/** Other values of a variable: some of its own (a value set), or sums of them (an aggregation). */
typedef struct kt_served_codelist {
    const char *id; /* "vs_Fylker"; of an aggregation it begins with "agg_" */
    const char *label;
    const char *const *values;
    const char *const *labels;         /* NULL: the values themselves */
    const char *const *const *members; /* of each value: values of the variable, NULL at the end */
    size_t count;
} kt_served_codelist;

typedef struct kt_served_variable {
    const char *code; /* "Alue" */
    const char *text; /* its name, as the metadata gives it */
    const char *const *values;
    const char *const *labels; /* NULL: the values themselves */
    size_t count;
    bool is_time, is_contents, is_geo;
    const char
        *total; /* the value that stands for an omitted variable; NULL: it cannot be omitted */
    const kt_served_codelist *codelists;
    size_t codelist_count;
    const double *weights; /* a figure is the product of its codes'; NULL: each weighs 1 */
} kt_served_variable;

typedef struct kt_served_table {
    const char *id;      /* "12r5" */
    const char *subject; /* "tyonv" */
    const char *title;
    const char *source;
    time_t updated;
    kt_served_variable variables[KT_SERVED_VARIABLES];
    size_t variable_count;
    size_t time;       /* which variable is the time */
    size_t contents;   /* which variable is the contents */
    bool discontinued; /* will not be updated any more */
    size_t kept_first; /* the periods that are served now: the real service drops old ones */
    size_t kept_count;
    size_t cells;
    double *values;   /* row-major */
    uint8_t *symbols; /* a kt_symbol each */
    char *flags;      /* a letter each, of Eurostat's; 0 for none. NULL: no cell has one */
} kt_served_table;

/** What stands in a cell in place of a figure. */
typedef enum kt_symbol {
    KT_SYMBOL_NONE,
    KT_SYMBOL_PROTECTED, /* "..." */
    KT_SYMBOL_NIL,       /* "-": exactly zero, and yet no number in the reply */
    KT_SYMBOL_MISSING,   /* "." */
    KT_SYMBOLS
} kt_symbol;

const char *kt_symbol_text(uint8_t symbol);

/**
 * Completes a table whose id, subject, title, updated and variables are filled in: counts its
 * cells, takes memory for them (all zero) and keeps every period.
 */
void kt_served_table_complete(kt_served_table *table, kt_arena *arena);

/** The place of a cell. */
size_t kt_served_table_at(const kt_served_table *table, const size_t at[KT_SERVED_VARIABLES]);

/** The position of a value in a variable, or its count if there is none. */
size_t kt_served_value_find(const kt_served_variable *variable, const char *value);

/** The table with a variable's values replaced by those of a code list, in that arena. */
kt_served_table *kt_served_view(const kt_served_table *table, size_t variable,
                                const kt_served_codelist *list, kt_arena *arena);

/** Serves only the periods from first to last (both included; NULL: no cut at that end). */
void kt_served_table_cut(kt_served_table *table, const char *first, const char *last);

/** How an answer with figures, or about a table, is written. */
typedef enum kt_form {
    KT_FORM_JSONSTAT,
    KT_FORM_PXJSON,
    KT_FORM_JSONSTAT_2, /* as PxWeb 2 writes it */
    KT_FORM_METADATA_2, /* the same without figures, with all that is told of the variables */
    KT_FORM_PX,
    KT_FORM_EUROSTAT,
} kt_form;

/** What is asked of a table: positions of each variable, in the table's order. */
typedef struct kt_selection {
    size_t *positions[KT_SERVED_VARIABLES];
    size_t counts[KT_SERVED_VARIABLES];
    bool gone[KT_SERVED_VARIABLES]; /* left out of the query: the total, and no dimension of the
                                       reply */
    size_t cells;
    kt_form form;
} kt_selection;

/**
 * Reads a PxWeb query. False if the service would call it a bad request: no JSON, an unknown
 * variable, value, filter or format, nothing selected.
 */
bool kt_selection_read(const kt_served_table *table, const char *query, kt_arena *arena,
                       kt_selection *out);

/** Writes the table's metadata as PxWeb does. */
void kt_served_metadata(const kt_served_table *table, FILE *out);

/** Writes the selected cells in the form that was asked for. */
void kt_served_data(const kt_served_table *table, const kt_selection *selection, FILE *out);

#endif
