/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/region.h"
#include "pages/site.h"

#define ROWS 60 /* of a table */

/* The mismatch between maakunnat: the headline, and its ranges. */
static void put_headline(kt_page *page)
{
    static const kt_page_column columns[] = {
        KT_CELLS("time_period"),
        KT_NUMBERS("value", 4),
        KT_NUMBERS("value_low_unallocated", 4),
        KT_NUMBERS("value_high_unallocated", 4),
        KT_NUMBERS("vacancies_coverage", 1),
        KT_NUMBERS("unemployed_coverage", 1),
        KT_NO_MORE,
    };
    const kt_page_part is = {
        "headline", KT_WORD_run_headline, KT_WORD_run_headline_note, KT_WORD_nothing, columns, 0};
    const kt_sheet rows =
        kt_book_rows(page->book, "mismatch", KT_FILLED("market", "scope", "measure", "alpha"),
                     KT_FILLED("maakunta", KT_COUNTRY, "mismatch", "0.5"));
    kt_page_put_part(page, &is, &rows);
}

/* The same headline by other rules, exponents and markets. */
static void put_sensitivity(kt_page *page)
{
    static const kt_page_column columns[] = {KT_SAID("aspect", "aspect"),
                                             KT_SAID("setting", "setting"), KT_NUMBERS("value", 4),
                                             KT_NO_MORE};
    const kt_page_part is = {"sensitivity",
                             KT_WORD_run_sensitivity,
                             KT_WORD_run_sensitivity_note,
                             KT_WORD_nothing,
                             columns,
                             ROWS};
    kt_sheet rows = kt_book_rows(page->book, "sensitivity", KT_FILLED("headline"),
                                 KT_FILLED("mismatch SSS 0.5"));
    kt_page_put_part(page, &is, &rows);
}

static kt_sheet checks_that(const kt_page *page, const char *result)
{
    return kt_book_rows(page->book, "checks", KT_FILLED("result"), KT_FILLED(result));
}

/* What failed or is near to it stands whole, what had nothing to be made of opens when it is asked
 * for; what passed is counted by whoever opens the table. */
static void put_checks(kt_page *page)
{
    static const char *const results[] = {"failed", "warn"};
    static const kt_page_column columns[] = {
        KT_CELLS("check"),
        KT_CELLS("subject"),
        KT_SAID("severity", "severity"),
        KT_SAID("result", "result"),
        KT_NUMBERS("measured", 3),
        KT_NUMBERS("threshold", 3),
        KT_NUMBERS("cells_failed", 0),
        KT_CELLS("examples"),
        KT_NO_MORE,
    };
    const kt_page_part is = {
        "checks", KT_WORD_run_checks, KT_WORD_run_checks_note, KT_WORD_run_checks_none, columns,
        ROWS};
    kt_sheet rows = {0};
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        const kt_sheet some = checks_that(page, results[i]);
        kt_sheet_join(&rows, &some, page->arena);
    }
    kt_page_put_part(page, &is, &rows);
    rows = checks_that(page, "absent");
    if (rows.row_count > 0) {
        const char *absent = kt_page_say(page, KT_WORD_run_checks_absent);
        kt_page_section(page, "absent", absent);
        kt_page_data(page, absent, &rows, columns);
        kt_html_close(&page->html);
    }
}

static void put_revisions(kt_page *page)
{
    static const kt_page_column columns[] = {
        KT_CELLS("source"),
        KT_CELLS("time_period"),
        KT_NAMES("region_code", "region"),
        KT_NAMES("occupation_code", "occupation"),
        KT_NAMES("indicator", "indicator"),
        KT_NUMBERS("first_value", 0),
        KT_NUMBERS("previous_value", 0),
        KT_NUMBERS("value", 0),
        KT_CELLS("changed_on"),
        KT_NO_MORE,
    };
    static const kt_page_column codes[] = {
        KT_CELLS("source"), KT_SAID("dimension", "dimension"),
        KT_CELLS("code"),   KT_SAID("change", "code_change"),
        KT_CELLS("detail"), KT_NO_MORE,
    };
    const kt_page_part is = {"revisions",
                             KT_WORD_run_revisions,
                             KT_WORD_run_revisions_note,
                             KT_WORD_run_revisions_none,
                             columns,
                             ROWS};
    const kt_page_part of_codes = {
        "codes", KT_WORD_run_codes, KT_WORDS, KT_WORD_run_codes_none, codes, ROWS};
    kt_page_put_part(page, &is, kt_book_table(page->book, "revisions"));
    kt_page_put_part(page, &of_codes, kt_book_table(page->book, "code_changes"));
}

kt_status kt_page_run(kt_page *page, kt_error *err)
{
    const kt_place of = kt_region_country(page);
    kt_page_begin(page, kt_page_say(page, KT_WORD_run), kt_region_subtitle(page, &of));
    kt_region_quality(page);
    put_headline(page);
    put_sensitivity(page);
    put_checks(page);
    put_revisions(page);
    return kt_page_end(page, err);
}
