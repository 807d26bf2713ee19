/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_PAGE_H
#define KT_PAGES_PAGE_H

#include "core/csv.h"
#include "pages/book.h"
#include "pages/html.h"
#include "pages/language.h"
#include "pages/shown.h"

/**
 * One page: a self-contained HTML file that needs no script and no network. Sections are put into
 * it one after another; every number is a cell of the book.
 */
typedef struct kt_page {
    kt_html html;
    const kt_language *words;
    kt_book *book;
    const kt_csv_table *notes;      /* of people: region_code, period, text; NULL for none */
    const struct kt_outlines *maps; /* where regions lie, of a level each */
    size_t map_count;
    kt_shown *shown;                         /* the rows it is made of; NULL: they are not kept */
    const struct kt_page_settings *settings; /* of a page that stands among others; NULL: alone */
    const char *file;                        /* its name among them */
    const char *workbook;                    /* where that of its region is; NULL for none */
    const char *script;                      /* that it may run; NULL for none */
    struct kt_clip *clip;                    /* one chart is wanted of it; NULL: the page */
    kt_arena *arena;
} kt_page;

static inline const char *kt_page_say(const kt_page *page, kt_word word)
{
    return page->words->word[word];
}

/** The head and the banner, up to where sections begin; subtitle (may be NULL) stands under the
 * title. */
void kt_page_begin(kt_page *page, const char *title, const char *subtitle);

/** The foot, with the run that it was made from, and the end. Fails if anything of the page did. */
kt_status kt_page_end(kt_page *page, kt_error *err) KT_MUST_CHECK;

/** Which run the page was made from, of which day. */
const char *kt_page_run_line(const kt_page *page);

/** A section with its heading; kt_html_close ends it. id: what links point at. */
void kt_page_section(kt_page *page, const char *id, const char *heading);

/** Keeps count rows of a sheet, from the one at first on, as shown. Tables and facts do so. */
void kt_page_show(kt_page *page, const kt_sheet *sheet, size_t first, size_t count);

/** Says which month the page is of, where it is not the newest. */
void kt_page_tell_month(kt_page *page);

/** A column of a table on a page. */
typedef struct kt_page_column {
    const char *name;   /* of the sheet's column */
    const char *dim;    /* a code that is shown by its name in dim_<dim>; NULL: as it is */
    const char *prefix; /* a word of the page is <prefix>_<cell>; NULL: as it is. Of a cell such as
                           "a|b" each part is shown so. */
    int decimals;       /* of numbers */
    bool translated;    /* <name>_sv and <name>_en say the same */
} kt_page_column;

/** The word <prefix>_<cell>, of "AxB" those of both; or the cell itself where there is none. */
const char *kt_page_say_named(const kt_page *page, const char *prefix, const char *cell);

/** Columns as they are, as numbers, codes shown by name, cells shown by a word, texts in the page's
 * language; and the end. */
#define KT_CELLS(column) \
    {                    \
        .name = (column) \
    }
#define KT_NUMBERS(column, places)             \
    {                                          \
        .name = (column), .decimals = (places) \
    }
#define KT_NAMES(column, of)          \
    {                                 \
        .name = (column), .dim = (of) \
    }
#define KT_SAID(column, by)              \
    {                                    \
        .name = (column), .prefix = (by) \
    }
#define KT_TRANSLATED(column)                \
    {                                        \
        .name = (column), .translated = true \
    }
#define KT_NO_MORE   \
    {                \
        .name = NULL \
    }

/** The rows of a sheet as a table, headed by the titles of the contract; most: 0 means all. A row
 * without a figure says why. */
void kt_page_table(kt_page *page, const char *caption, const kt_sheet *sheet,
                   const kt_page_column *columns, size_t most);

/** The frame of a table that is made row by row: what stands between is its head and body. */
void kt_page_table_begin(kt_page *page, const char *caption);
void kt_page_table_end(kt_page *page);

/** Rows, such as those of a chart, as a table that opens when it is asked for. */
void kt_page_data(kt_page *page, const char *caption, const kt_sheet *sheet,
                  const kt_page_column *columns);

/** The title of a column and a cell of it as a reader sees them. */
const char *kt_page_title(const kt_page *page, const kt_sheet *sheet, const kt_page_column *column);
const char *kt_page_cell(const kt_page *page, const kt_sheet *sheet, size_t row,
                         const kt_page_column *column);

/** A section that is a table with a note above it, or the words that say that there is nothing. */
typedef struct kt_page_part {
    const char *id;
    kt_word heading, note, nothing; /* note: KT_WORDS for none */
    const kt_page_column *columns;
    size_t most; /* rows; 0: all */
} kt_page_part;

void kt_page_put_part(kt_page *page, const kt_page_part *is, const kt_sheet *sheet);

/** One row as a list of titles and cells, empty ones left out. */
void kt_page_facts(kt_page *page, const kt_sheet *sheet, size_t row, const kt_page_column *columns);

/** The rows of `changes` of a region in its newest month, all indicators. */
kt_sheet kt_page_newest_changes(const kt_page *page, const char *level, const char *code);

/** The coverage of needs in a region, all sectors together, in the newest year before or of the day
 * of the list whose needs are known there. */
kt_sheet kt_page_coverage(const kt_page *page, const char *level, const char *code);

/** The columns of coverage, and of ongoing projects, that a page shows. */
extern const kt_page_column kt_page_coverage_columns[], kt_page_ongoing_columns[];

/** Keeps the rows of the newest year before or of the day of the list in which a row has the column
 * `known`. */
void kt_page_keep_newest_year(kt_sheet *sheet, const char *known);

/** The notes of people on the regions of the sheet's rows (region_code). */
void kt_page_notes(kt_page *page, const kt_sheet *places);

/** A figure of a row as a reader sees it: with its range where it is one, or why there is none. */
const char *kt_page_figure(const kt_page *page, const kt_sheet *sheet, size_t row, const char *name,
                           int decimals);

/** The sheet of a project for its steering group. KT_ERR_NOT_FOUND if no list has the code. */
kt_status kt_page_project(kt_page *page, const char *code, kt_error *err) KT_MUST_CHECK;

/** The page of a region: its level and code. KT_ERR_NOT_FOUND if the run has no such region. */
kt_status kt_page_region(kt_page *page, const char *level, const char *code,
                         kt_error *err) KT_MUST_CHECK;

#endif
