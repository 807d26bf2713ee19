/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/project.h"

static kt_sheet current_of(const kt_page *page, const char *table, const char *code)
{
    return kt_book_rows(page->book, table, KT_FILLED("project_code", "current"),
                        KT_FILLED(code, "true"));
}

/* Everything that was reported, for whoever wants to check it. */
static void put_details(kt_page *page, const char *code)
{
    static const kt_page_column values[] = {
        KT_NAMES("indicator_code", "report"),
        KT_CELLS("report_period"),
        KT_SAID("sex", "sex"),
        KT_SAID("measure", "measure"),
        KT_NUMBERS("value", 0),
        KT_CELLS("reported_on"),
        KT_NO_MORE,
    };
    static const kt_page_column scores[] = {
        KT_CELLS("indicator_code"), KT_CELLS("report_period"),
        KT_SAID("stage", "stage"),  KT_NUMBERS("n", 0),
        KT_NUMBERS("mean", 2),      KT_NUMBERS("sd", 2),
        KT_CELLS("reported_on"),    KT_NO_MORE,
    };
    const kt_sheet counts = current_of(page, "indicator_values", code);
    const kt_sheet answers = current_of(page, "indicator_scores", code);
    if (counts.row_count > 0) {
        kt_html_open(&page->html, "details", NULL);
        kt_html_element(&page->html, "summary", NULL, kt_page_say(page, KT_WORD_project_details));
        kt_page_table(page, kt_page_say(page, KT_WORD_project_details), &counts, values, 0);
        kt_html_close(&page->html);
    }
    if (answers.row_count > 0) {
        kt_page_table(page, kt_page_say(page, KT_WORD_project_scores), &answers, scores, 0);
    }
}

static void put_progress(kt_page *page, const char *code)
{
    static const kt_page_column columns[] = {
        KT_NAMES("indicator_code", "report"),
        KT_CELLS("report_period"),
        KT_NUMBERS("target", 0),
        KT_NUMBERS("realised", 0),
        KT_NUMBERS("achievement", 2),
        KT_NUMBERS("elapsed_share", 1),
        KT_NUMBERS("progress", 2),
        KT_NO_MORE,
    };
    const kt_sheet rows =
        kt_book_rows(page->book, "indicator_progress", KT_FILLED("project_code"), KT_FILLED(code));
    kt_page_section(page, "reports", kt_page_say(page, KT_WORD_project_reports));
    if (rows.row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_reports_none));
    } else {
        kt_project_note(page, KT_WORD_project_progress_note);
        kt_page_table(page, kt_page_say(page, KT_WORD_project_reports), &rows, columns, 0);
    }
    put_details(page, code);
    kt_html_close(&page->html);
}

/* What the cluster asked for, by what came of it. */
static void put_required(kt_page *page, const char *code)
{
    static const char *const states[] = {"overdue", "late", "not_due"};
    static const kt_page_column columns[] = {
        KT_NAMES("indicator_code", "report"), KT_CELLS("report_period"), KT_CELLS("due_date"),
        KT_SAID("state", "report"),           KT_CELLS("reported_on"),   KT_NO_MORE,
    };
    kt_sheet all = {0};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        const kt_sheet some =
            kt_book_rows(page->book, "required_reports", KT_FILLED("project_code", "state"),
                         KT_FILLED(code, states[i]));
        kt_sheet_join(&all, &some, page->arena);
    }
    if (all.row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_required_none));
    } else {
        kt_page_table(page, kt_page_say(page, KT_WORD_project_required), &all, columns, 0);
    }
}

static void put_missing(kt_page *page, const char *code)
{
    static const kt_page_column columns[] = {
        KT_NAMES("laari_id", "laari"),     KT_SAID("status", "compliance"),
        KT_NUMBERS("required_n", 0),       KT_NUMBERS("reported_n", 0),
        KT_NUMBERS("overdue_n", 0),        KT_NUMBERS("late_n", 0),
        KT_SAID("checks_failed", "check"), KT_NO_MORE,
    };
    const kt_sheet judged = kt_book_rows(page->book, "indicator_compliance",
                                         KT_FILLED("project_code"), KT_FILLED(code));
    kt_page_section(page, "missing", kt_page_say(page, KT_WORD_project_missing));
    if (judged.row_count == 0 || *kt_sheet_cell(&judged, 0, "laari_id") == '\0') {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_missing_none));
    } else {
        kt_page_facts(page, &judged, 0, columns);
        put_required(page, code);
    }
    kt_html_close(&page->html);
}

void kt_project_reports(kt_page *page, const char *code)
{
    put_progress(page, code);
    put_missing(page, code);
}
