/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_WORKBOOK_REGION_ROWS_H
#define KT_WORKBOOK_REGION_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"
#include "pages/site.h"
#include "publish/contract.h"

/**
 * The rows of the public tables that are one region's: those that name it where the contract says
 * that a region stands (a foreign key to dim_region). Of tables that are split by years the newest
 * months alone: as many whole ones as stay within KT_WORKBOOK_ROWS rows, at most KT_WORKBOOK_MONTHS
 * of the table and at least one.
 */
#define KT_WORKBOOK_MONTHS  25
#define KT_WORKBOOK_ROWS    300
#define KT_SHEET_MOST_ROWS  1048575 /* what a sheet has room for below its header */
#define KT_SHEET_MOST_TEXT  32767   /* letters of a cell */
#define KT_SHEET_NAME_LIMIT 31

/** Rows of one table in the order of its key. */
typedef struct kt_region_table {
    const kt_schema *schema;
    kt_text cells; /* every cell of every row, each with its terminator */
    size_t rows;
    const char *unfit; /* why no sheet can hold them: "rows" or "text"; NULL if one can */
} kt_region_table;

/** True if a sheet of the region's workbook has them. */
bool kt_region_has_sheet(const kt_region_table *table);

typedef struct kt_region_book {
    const char *level, *code;
    kt_region_table
        *tables; /* one for each table of the contract; without rows where it has none */
} kt_region_book;

/** What books are made of. */
typedef struct kt_region_source {
    const char *csv; /* a run's folder of canonical tables */
    const kt_contract *contract;
    const kt_site_region *regions;
    size_t count;
    unsigned threads;
} kt_region_source;

/** A book for each region; kt_region_books_free releases what is not in the arena. */
kt_status kt_region_books_read(const kt_region_source *from, kt_arena *arena, kt_region_book **out,
                               kt_error *err) KT_MUST_CHECK;

void kt_region_books_free(kt_region_book *books, const kt_region_source *from);

#endif
