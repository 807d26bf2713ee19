/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/region.h"

/* Whether the parents of a municipality ("maakunta=MK19;ely=ELY15") name the region. */
static bool lies_in(const char *parents, const char *level, const char *code)
{
    const size_t of_level = strlen(level), of_code = strlen(code);
    for (const char *at = parents; at != NULL && *at != '\0';
         at = strchr(at, ';') == NULL ? NULL : strchr(at, ';') + 1) {
        if (strncmp(at, level, of_level) == 0 && at[of_level] == '=' &&
            strncmp(at + of_level + 1, code, of_code) == 0 &&
            (at[of_level + 1 + of_code] == ';' || at[of_level + 1 + of_code] == '\0')) {
            return true;
        }
    }
    return false;
}

static bool is_town_of(const kt_page *page, const kt_place *of, const char *code)
{
    const kt_sheet *regions = kt_book_table(page->book, "dim_region");
    for (size_t row = kt_sheet_find(regions, "code", code, 0); row < regions->row_count;
         row = kt_sheet_find(regions, "code", code, row + 1)) {
        if (strcmp(kt_sheet_cell(regions, row, "level"), "kunta") == 0) {
            return lies_in(kt_sheet_cell(regions, row, "parents"), of->level, of->code);
        }
    }
    return false;
}

/* The newest rows of an indicator of the municipalities of the region. */
static kt_sheet towns_of(const kt_page *page, const kt_place *of, const char *indicator)
{
    kt_sheet rows =
        kt_book_rows(page->book, "changes", KT_FILLED("region_level", "indicator", "time_period"),
                     KT_FILLED("kunta", indicator, of->month));
    size_t count = 0;
    for (size_t row = 0; row < rows.row_count; row++) {
        if (is_town_of(page, of, kt_sheet_cell(&rows, row, "region_code"))) {
            rows.rows[count++] = rows.rows[row];
        }
    }
    rows.row_count = count;
    return rows;
}

static void put_titles(kt_page *page)
{
    const kt_word words[] = {KT_WORD_dim_region, KT_WORD_towns_unemployed, KT_WORD_towns_year_ago,
                             KT_WORD_towns_vacancies, KT_WORD_towns_year_ago};
    kt_html_open(&page->html, "thead", NULL);
    kt_html_open(&page->html, "tr", NULL);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        kt_html_element(&page->html, "th", KT_FILLED("scope", "col", "class", i > 0 ? "n" : NULL),
                        kt_page_say(page, words[i]));
    }
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

static void put_pair(kt_page *page, const kt_sheet *rows, size_t row)
{
    static const char *const names[] = {"value", "same_period_last_year"};
    for (size_t i = 0; i < 2; i++) {
        kt_html_element(&page->html, "td", KT_FILLED("class", "n"),
                        row < rows->row_count ? kt_page_figure(page, rows, row, names[i], 0)
                                              : "\u2013");
    }
}

void kt_region_towns(kt_page *page, const kt_place *of)
{
    const kt_sheet unemployed = towns_of(page, of, "unemployed");
    const kt_sheet vacancies = towns_of(page, of, "vacancies");
    if (unemployed.row_count == 0) {
        return; /* the country has too many of them, and another source may have none */
    }
    kt_page_section(page, "towns", kt_page_say(page, KT_WORD_towns));
    kt_page_table_begin(page, kt_page_say(page, KT_WORD_towns));
    put_titles(page);
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t row = 0; row < unemployed.row_count; row++) {
        const char *code = kt_sheet_cell(&unemployed, row, "region_code");
        kt_html_open(&page->html, "tr", NULL);
        kt_html_element(&page->html, "th", KT_FILLED("scope", "row"),
                        kt_book_name(page->book, "region", "kunta", code, page->words->name));
        put_pair(page, &unemployed, row);
        put_pair(page, &vacancies, kt_sheet_find(&vacancies, "region_code", code, 0));
        kt_html_close(&page->html);
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
    kt_html_close(&page->html);
}
