/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/area.h"
#include "pages/project.h"

/*
 * The sheet of a project for its steering group: what it is, where it works and how vacancies and
 * job seekers meet there, what it has reported and what is missing, who works on the same thing.
 */

static kt_sheet rows_of(const kt_page *page, const char *table, const char *column,
                        const char *text)
{
    return kt_book_rows(page->book, table, KT_FILLED(column), KT_FILLED(text));
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

static void put_places(kt_page *page, const kt_sheet *places)
{
    static const kt_page_column columns[] = {
        KT_NAMES("region_code", "region"),
        KT_SAID("role", "role"),
        KT_NUMBERS("weight", 3),
        KT_SAID("basis", "basis"),
        KT_NO_MORE,
    };
    const kt_page_part is = {
        "places", KT_WORD_project_places, KT_WORDS, KT_WORD_project_places_none, columns, 0};
    kt_page_put_part(page, &is, places);
}

/* How vacancies and job seekers meet in an area that the project works in. */
static void put_gaps_of(kt_page *page, kt_area area)
{
    static const kt_page_column columns[] = {
        KT_NAMES("indicator", "indicator"),
        KT_NUMBERS("value", 2),
        KT_NUMBERS("same_period_last_year", 2),
        KT_NUMBERS("mean_12", 2),
        KT_SAID("told", "told"),
        KT_NO_MORE,
    };
    const kt_sheet changes = kt_page_newest_changes(page, area.level, area.code);
    if (changes.row_count == 0) {
        return;
    }
    kt_page_table(
        page,
        kt_arena_print(
            page->arena, "%s, %s",
            kt_book_name(page->book, "region", area.level, area.code, page->words->name),
            kt_say_period(page->words, kt_sheet_cell(&changes, 0, "time_period"), page->arena)),
        &changes, columns, 0);
}

static void put_gaps(kt_page *page, const kt_area *areas, size_t count)
{
    kt_page_section(page, "gaps", kt_page_say(page, KT_WORD_project_gaps));
    kt_project_note(page, count > 0 ? KT_WORD_project_gaps_note : KT_WORD_project_gaps_none);
    for (size_t i = 0; i < count; i++) {
        put_gaps_of(page, areas[i]);
    }
    kt_html_close(&page->html);
}

/* The coverage of needs in the areas that it works in. */
static void put_needs(kt_page *page, const kt_area *areas, size_t area_count)
{
    kt_page_section(page, "needs", kt_page_say(page, KT_WORD_project_needs));
    size_t count = 0;
    for (size_t i = 0; i < area_count; i++) {
        const kt_sheet here = kt_page_coverage(page, areas[i].level, areas[i].code);
        if (here.row_count > 0) {
            kt_page_table(page,
                          kt_book_name(page->book, "region", areas[i].level, areas[i].code,
                                       page->words->name),
                          &here, kt_page_coverage_columns, 0);
            count++;
        }
    }
    if (count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_needs_none));
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
    const char *beneficiary = kt_sheet_cell(&project, 0, "beneficiary");
    if (*beneficiary == '\0') { /* a person's own firm */
        beneficiary = kt_page_say(page, KT_WORD_project_unnamed);
    }
    kt_page_begin(
        page, kt_sheet_cell(&project, 0, "name"),
        kt_say(page->words, KT_WORD_project_line, KT_FILLED(code, beneficiary), page->arena));
    kt_page_tell_month(page);
    put_facts(page, &project);
    put_places(page, &places);
    kt_area *areas = NULL;
    const size_t area_count = kt_areas_of(page, &places, &areas);
    put_gaps(page, areas, area_count);
    put_needs(page, areas, area_count);
    kt_project_reports(page, code);
    kt_project_clusters(page, code);
    kt_project_neighbours(page, code);
    kt_project_others(page, code, &places);
    kt_page_notes(page, &places);
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_project_limits));
    return kt_page_end(page, err);
}
