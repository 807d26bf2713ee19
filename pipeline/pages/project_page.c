/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/page.h"

/*
 * The sheet of a project for its steering group: what it is, where it works and how vacancies and
 * job seekers meet there, what it has reported and what is missing, who works on the same thing.
 */

#define NEIGHBOURS 15

static kt_sheet rows_of(const kt_page *page, const char *table, const char *column,
                        const char *text)
{
    return kt_book_rows(page->book, table, KT_FILLED(column), KT_FILLED(text));
}

/* A section of one table, or of the words that say that there is nothing. */
static void put_section(kt_page *page, const char *id, kt_word heading, kt_word nothing,
                        const kt_sheet *sheet, const kt_page_column *columns)
{
    kt_page_section(page, id, kt_page_say(page, heading));
    if (sheet->row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, nothing));
    } else {
        kt_page_table(page, kt_page_say(page, heading), sheet, columns, 0);
    }
    kt_html_close(&page->html);
}

static void put_facts(kt_page *page, const kt_sheet *project)
{
    static const kt_page_column columns[] = {
        KT_CELLS("period"),
        KT_CELLS("fund"),
        KT_CELLS("priority"),
        KT_CELLS("specific_objective"),
        KT_CELLS("funding_authority"),
        KT_SAID("status", "project"),
        KT_CELLS("start_date"),
        KT_CELLS("end_date"),
        KT_NUMBERS("granted_eu_state_eur", 2),
        KT_NUMBERS("realised_eu_state_eur", 2),
        KT_SAID("relation", "relation"),
        KT_CELLS("snapshot_date"),
        KT_NO_MORE,
    };
    kt_page_section(page, "facts", kt_page_say(page, KT_WORD_project_facts));
    const char *summary = kt_sheet_cell(project, 0, "summary");
    if (*summary != '\0') {
        kt_html_element(&page->html, "p", NULL, summary);
    }
    kt_page_facts(page, project, 0, columns);
    kt_html_close(&page->html);
}

static const kt_page_column place_columns[] = {
    KT_NAMES("region_code", "region"),
    KT_SAID("role", "role"),
    KT_NUMBERS("weight", 3),
    KT_SAID("basis", "basis"),
    KT_NO_MORE,
};

/* Whether an earlier row of the project has the same region. */
static bool is_repeated(const kt_sheet *places, size_t row)
{
    return kt_sheet_find(places, "region_code", kt_sheet_cell(places, row, "region_code"), 0) < row;
}

/* How vacancies and job seekers meet in one region that the project works in. */
static void put_gaps_of(kt_page *page, const kt_sheet *places, size_t row)
{
    const char *code = kt_sheet_cell(places, row, "region_code");
    const bool national = strcmp(code, "SSS") == 0;
    const char *level = national ? "country" : kt_sheet_cell(places, row, "region_level");
    const kt_sheet changes = kt_page_newest_changes(page, level, code);
    if (changes.row_count == 0 || is_repeated(places, row)) {
        return;
    }
    const char *name = kt_book_name(page->book, "region", level, code, page->words->name);
    static const kt_page_column columns[] = {
        KT_NAMES("indicator", "indicator"),
        KT_NUMBERS("value", 2),
        KT_NUMBERS("same_period_last_year", 2),
        KT_NUMBERS("mean_12", 2),
        KT_SAID("told", "told"),
        KT_NO_MORE,
    };
    kt_page_table(
        page,
        kt_arena_print(
            page->arena, "%s, %s", name,
            kt_say_period(page->words, kt_sheet_cell(&changes, 0, "time_period"), page->arena)),
        &changes, columns, 0);
}

static void put_gaps(kt_page *page, const kt_sheet *places)
{
    kt_page_section(page, "gaps", kt_page_say(page, KT_WORD_project_gaps));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, places->row_count > 0 ? KT_WORD_project_gaps_note
                                                            : KT_WORD_project_gaps_none));
    for (size_t row = 0; row < places->row_count; row++) {
        put_gaps_of(page, places, row);
    }
    kt_html_close(&page->html);
}

/* The coverage of needs in the regions that it works in. */
static void put_needs(kt_page *page, const kt_sheet *places)
{
    kt_page_section(page, "needs", kt_page_say(page, KT_WORD_project_needs));
    size_t count = 0;
    for (size_t row = 0; row < places->row_count; row++) {
        const char *level = kt_sheet_cell(places, row, "region_level");
        const char *code = kt_sheet_cell(places, row, "region_code");
        const kt_sheet here = kt_page_coverage(page, level, code);
        if (here.row_count > 0 && !is_repeated(places, row)) {
            kt_page_table(page, kt_book_name(page->book, "region", level, code, page->words->name),
                          &here, kt_page_coverage_columns, 0);
            count++;
        }
    }
    if (count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_needs_none));
    }
    kt_html_close(&page->html);
}

static void put_reports(kt_page *page, const char *code)
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
    static const kt_page_column missing[] = {
        KT_NAMES("laari_id", "laari"),   KT_NUMBERS("required_n", 0),
        KT_NUMBERS("reported_n", 0),     KT_NUMBERS("overdue_n", 0),
        KT_NUMBERS("inconsistent_n", 0), KT_CELLS("checks_failed"),
        KT_SAID("status", "compliance"), KT_NO_MORE,
    };
    const kt_sheet reported =
        kt_book_rows(page->book, "indicator_values", KT_FILLED("project_code", "current"),
                     KT_FILLED(code, "true"));
    put_section(page, "reports", KT_WORD_project_reports, KT_WORD_project_reports_none, &reported,
                values);
    const kt_sheet judged = rows_of(page, "indicator_compliance", "project_code", code);
    put_section(page, "missing", KT_WORD_project_missing, KT_WORD_project_missing_none, &judged,
                missing);
}

/* The other side of each pair that the project is in. */
static void put_neighbours(kt_page *page, const char *code)
{
    static const kt_page_column columns[2][7] = {
        {KT_CELLS("name_b"), KT_CELLS("beneficiary_b"), KT_NUMBERS("score", 2),
         KT_CELLS("shared_terms"), KT_SAID("relation", "relation"), KT_SAID("review", "review"),
         KT_NO_MORE},
        {KT_CELLS("name_a"), KT_CELLS("beneficiary_a"), KT_NUMBERS("score", 2),
         KT_CELLS("shared_terms"), KT_SAID("relation", "relation"), KT_SAID("review", "review"),
         KT_NO_MORE},
    };
    static const char *const sides[] = {"code_a", "code_b"};
    size_t count = 0;
    kt_page_section(page, "neighbours", kt_page_say(page, KT_WORD_project_neighbours));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_project_neighbours_note));
    for (size_t side = 0; side < 2; side++) {
        const kt_sheet pairs = rows_of(page, "project_overlaps", sides[side], code);
        count += pairs.row_count;
        if (pairs.row_count > 0) {
            kt_page_table(page, kt_page_say(page, KT_WORD_project_neighbours), &pairs,
                          columns[side], NEIGHBOURS);
        }
    }
    if (count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_neighbours_none));
    }
    kt_html_close(&page->html);
}

kt_status kt_page_project(kt_page *page, const char *code, kt_error *err)
{
    kt_sheet project = kt_book_rows(page->book, "projects", KT_FILLED("project_code", "current"),
                                    KT_FILLED(code, "true"));
    if (project.row_count == 0) {
        project = rows_of(page, "projects", "project_code", code);
    }
    if (project.row_count == 0) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "project %s: no list of the published run has it",
                       code);
    }
    project.rows += project.row_count - 1; /* what the newest list says */
    project.row_count = 1;
    const kt_sheet places = rows_of(page, "project_regions", "project_code", code);
    kt_page_begin(page, kt_sheet_cell(&project, 0, "name"),
                  kt_say(page->words, KT_WORD_project_line,
                         KT_FILLED(code, kt_sheet_cell(&project, 0, "beneficiary")), page->arena));
    put_facts(page, &project);
    put_section(page, "places", KT_WORD_project_places, KT_WORD_project_places_none, &places,
                place_columns);
    put_gaps(page, &places);
    put_needs(page, &places);
    put_reports(page, code);
    put_neighbours(page, code);
    kt_page_notes(page, &places);
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_project_limits));
    return kt_page_end(page, err);
}
