/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/area.h"
#include "pages/project.h"

#define NEIGHBOURS 15
#define OTHERS     20

/* The other side of each pair that the project is in. */
void kt_project_neighbours(kt_page *page, const char *code)
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
    kt_project_note(page, KT_WORD_project_neighbours_note);
    for (size_t side = 0; side < 2; side++) {
        const kt_sheet pairs =
            kt_book_rows(page->book, "project_overlaps", KT_FILLED(sides[side]), KT_FILLED(code));
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

static bool is_other(void *context, const kt_sheet *projects, size_t row)
{
    const char *const *code = context;
    return strcmp(kt_sheet_cell(projects, row, "project_code"), *code) != 0;
}

void kt_project_others(kt_page *page, const char *code, const kt_sheet *places)
{
    kt_area *areas = NULL;
    const size_t area_count = kt_areas_of(page, places, &areas);
    size_t count = 0;
    kt_page_section(page, "others", kt_page_say(page, KT_WORD_project_others));
    for (size_t i = 0; i < area_count; i++) {
        const kt_sheet all =
            kt_book_rows(page->book, "ongoing_projects", KT_FILLED("region_level", "region_code"),
                         KT_FILLED(areas[i].level, areas[i].code));
        const kt_sheet others = kt_sheet_those(&all, is_other, &code, page->arena);
        if (others.row_count > 0) {
            kt_page_table(page,
                          kt_book_name(page->book, "region", areas[i].level, areas[i].code,
                                       page->words->name),
                          &others, kt_page_ongoing_columns, OTHERS);
            count++;
        }
    }
    if (count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_others_none));
    }
    kt_html_close(&page->html);
}
