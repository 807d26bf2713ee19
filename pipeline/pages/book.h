/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_BOOK_H
#define KT_PAGES_BOOK_H

#include "core/status.h"
#include "pages/sheet.h"

/** A list of texts that ends with NULL. */
#define KT_FILLED(...) ((const char *const[]){__VA_ARGS__, NULL})

/**
 * What pages are made of: tables of one published run, read when they are first asked for and then
 * kept, and the names of codes in every language. Belongs to one thread.
 */
typedef struct kt_book kt_book;

/** What the run says of itself. */
typedef struct kt_book_run {
    const char *folder, *run_id, *as_of, *version;
    bool modelled;
} kt_book_run;

/** folder: of the run. Everything lives in the arena. */
kt_status kt_book_open(const char *folder, const kt_contract *contract, kt_arena *arena,
                       kt_book **out, kt_error *err) KT_MUST_CHECK;

/** The same of a run whose manifest is not written yet; run->folder is where its csv/ is. */
kt_status kt_book_staged(const kt_book_run *run, const kt_contract *contract, kt_arena *arena,
                         kt_book **out, kt_error *err) KT_MUST_CHECK;

const kt_book_run *kt_book_of(const kt_book *book);

/**
 * What follows never fails: a file that cannot be read, or a column that is none, gives no rows and
 * is told by kt_book_end.
 */

/** Turns to an earlier month before any table is read: what begins later is left out, and tables
 * that are split by years are read of that month alone. */
void kt_book_turn_to(kt_book *book, const char *period);

/** The month that was turned to; NULL: the newest. */
const char *kt_book_period(const kt_book *book);

/** The rows of a table (kt_sheet_read). Empty where the run has no such table. */
const kt_sheet *kt_book_table(kt_book *book, const char *table);

/** Those of its rows whose cells are the texts; both lists end with NULL. */
kt_sheet kt_book_rows(kt_book *book, const char *table, const char *const *columns,
                      const char *const *texts);

/** Whether `changes` has a row of the region. */
bool kt_book_has_figures(kt_book *book, const char *level, const char *code);

/** What pages look back on, and rows of it, the oldest month first. */
typedef enum kt_history {
    KT_HISTORY_CURVE,       /* beveridge, five years and a month */
    KT_HISTORY_OCCUPATIONS, /* observations of isco1, twelve months */
    KT_HISTORY_SERIES,      /* series over all occupations, this year and the five before */
    KT_HISTORIES
} kt_history;

kt_sheet kt_book_history(kt_book *book, kt_history which, const char *const *columns,
                         const char *const *texts);

/** The name of a code in a language: dim is "region", "occupation", "sector", "indicator", "theme",
 * "report" (what projects report), "laari", "project" or "model", level NULL where it does not
 * matter. The code itself where nobody knows it. */
const char *kt_book_name(kt_book *book, const char *dim, const char *level, const char *code,
                         const char *language);

/** The first thing that went wrong. */
kt_status kt_book_end(const kt_book *book, kt_error *err) KT_MUST_CHECK;

#endif
