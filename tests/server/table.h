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
 * A table that the server serves: variables with codes, and one figure or symbol a cell. The last
 * variable is the contents ("contentscode"), one variable is the time. Everything lives in the
 * arena that the table was made in, which must outlive the server.
 */
#define KT_SERVED_VARIABLES 6
#define KT_SERVED_TIME      "timeperiod_m"
#define KT_SERVED_DAY_S     (24L * 60 * 60) /* how far a publication moves `updated` */
#define KT_SERVED_CONTENTS  "contentscode"

typedef struct kt_served_variable {
    const char *code; /* "Alue" */
    const char *text; /* its name, as the metadata gives it */
    const char *const *values;
    const char *const *labels; /* NULL: the values themselves */
    size_t count;
    bool is_time;
    const char
        *total; /* the value that stands for an omitted variable; NULL: it cannot be omitted */
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
    size_t kept_first; /* the periods that are served now: the real service drops old ones */
    size_t kept_count;
    size_t cells;
    double *values;   /* row-major */
    uint8_t *symbols; /* a kt_symbol each */
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

/** Serves only the periods from first to last (both included; NULL: no cut at that end). */
void kt_served_table_cut(kt_served_table *table, const char *first, const char *last);

/** What is asked of a table: positions of each variable, in the table's order. */
typedef struct kt_selection {
    size_t *positions[KT_SERVED_VARIABLES];
    size_t counts[KT_SERVED_VARIABLES];
    bool gone[KT_SERVED_VARIABLES]; /* left out of the query: the total, and no dimension of the
                                       reply */
    size_t cells;
    bool as_pxjson;
} kt_selection;

/**
 * Reads a PxWeb query. False if the service would call it a bad request: no JSON, an unknown
 * variable, value, filter or format, nothing selected.
 */
bool kt_selection_read(const kt_served_table *table, const char *query, kt_arena *arena,
                       kt_selection *out);

/** Writes the table's metadata as PxWeb does. */
void kt_served_metadata(const kt_served_table *table, FILE *out);

/** Writes the selected cells as JSON-stat 2.0 or PX-JSON, whichever was asked for. */
void kt_served_data(const kt_served_table *table, const kt_selection *selection, FILE *out);

#endif
