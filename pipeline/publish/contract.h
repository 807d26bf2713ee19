/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_CONTRACT_H
#define KT_PUBLISH_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/problems.h"
#include "core/source.h"

/**
 * The contract as data: one schema a table, from config/contract/<table>.json. Writers, the
 * checker, the Finnish dialect and the manifest all follow it; none of them knows a table by name.
 * A column never changes its name, place or meaning within a contract; new ones come last.
 */
typedef enum kt_column_type {
    KT_COLUMN_TEXT,    /* words for people */
    KT_COLUMN_CODE,    /* a code, a period, a name for machines: never a bare number */
    KT_COLUMN_DATE,    /* 2026-06-01 */
    KT_COLUMN_INTEGER, /* persons, posts, counts */
    KT_COLUMN_NUMBER,
    KT_COLUMN_SHARE, /* a number from 0 to 1 */
    KT_COLUMN_ALPHA, /* an exponent as 0.5, or _Z where the measure has none */
    KT_COLUMN_STATUS /* one letter */
} kt_column_type;

#define KT_NO_COLUMN ((size_t)-1)

typedef struct kt_column {
    const char *name;
    kt_column_type type;
    const char *unit; /* persons, posts, ratio, share ...; "" for none */
    kt_words title;
    const char *description; /* "" for none */
    double least, most;      /* -INFINITY, INFINITY where nothing is said */
    bool optional;           /* may be empty without a reason; the description says when */
    bool unbounded;          /* of a high end: empty means that there is none */
    size_t status;       /* of a figure: the column that says why it is empty; else KT_NO_COLUMN */
    size_t low, high;    /* of a figure: its interval; else KT_NO_COLUMN */
    size_t figure;       /* of a low or high end: the figure it belongs to; else KT_NO_COLUMN */
    const char **values; /* the only texts allowed; NULL: any */
    size_t value_count;
} kt_column;

/** Columns whose texts must stand together in one row of another table. */
typedef struct kt_foreign_key {
    size_t column_count;
    const size_t *columns;    /* positions here */
    const char *table;        /* a table of the contract */
    const char **other_names; /* columns there, in the same order */
} kt_foreign_key;

typedef enum kt_split {
    KT_SPLIT_WHOLE, /* csv/<table>/<table>.csv */
    KT_SPLIT_YEAR   /* csv/<table>/<table>_<year>.csv, by the year of time_period */
} kt_split;

typedef struct kt_schema {
    const char *table;
    const char *file; /* the schema's file, for messages */
    bool is_public;
    kt_split split;
    kt_words title;
    const char *description;
    kt_column *columns;
    size_t column_count;
    const size_t *key; /* positions, in the order that rows are sorted by */
    size_t key_count;
    kt_foreign_key *foreign_keys;
    size_t foreign_key_count;
    size_t time_period, period_start; /* KT_NO_COLUMN where the table has none */
    size_t obs_status;                /* the worst status of the row */
} kt_schema;

#define KT_CONTRACT_VERSION 1

typedef struct kt_contract {
    const kt_schema *tables; /* in the order of their names */
    size_t table_count;
} kt_contract;

/**
 * Loads every *.json of the folder. Mistakes (a key that is no column, a foreign key to nowhere, a
 * type that is none, two columns of one name ...) go to problems; NULL is then returned.
 */
kt_contract *kt_contract_load(const char *folder, kt_arena *arena, kt_problems *problems);

/** The schema of that table, or NULL. */
const kt_schema *kt_contract_find(const kt_contract *contract, const char *table);

/** The position of the column, or KT_NO_COLUMN. */
size_t kt_schema_column(const kt_schema *schema, const char *name);

/**
 * That the schema's columns are exactly these, in this order: whoever writes a table by position
 * asks once before the first row. KT_ERR_CONFIG names the schema's file and the first column that
 * differs.
 */
kt_status kt_schema_expect(const kt_schema *schema, const char *const *names, size_t count,
                           kt_error *err) KT_MUST_CHECK;

/** "text", "code", "integer" ... as the schema files write it. */
const char *kt_column_type_name(kt_column_type type);

/** True for integer, number, share and alpha: the columns that take a decimal comma in csv-fi. */
bool kt_column_is_number(const kt_column *column);

/** The file of a table (and year) below csv/ or csv-fi/: "mismatch/mismatch_2023.csv". */
char *kt_table_file_name(const kt_schema *schema, int year, kt_arena *arena);

#endif
