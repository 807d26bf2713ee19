/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/number.h"
#include "pages/region.h"

/* The row of an indicator in a sheet of changes; row_count if there is none. */
static size_t row_of(const kt_sheet *changes, const char *indicator)
{
    return kt_sheet_find(changes, "indicator", indicator, 0);
}

static const char *figure_of(const kt_page *page, const kt_sheet *changes, const char *indicator,
                             const char *column, int decimals)
{
    const size_t row = row_of(changes, indicator);
    return row < changes->row_count ? kt_page_figure(page, changes, row, column, decimals)
                                    : kt_page_say(page, KT_WORD_status_L);
}

static void put_tile(kt_page *page, const kt_place *of, const char *indicator, int decimals)
{
    kt_html *to = &page->html;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    kt_html_open(to, "li", NULL);
    kt_html_element(to, "span", NULL, name);
    kt_html_element(to, "b", NULL, figure_of(page, &of->newest, indicator, "value", decimals));
    kt_html_element(to, "span", KT_FILLED("class", "note"),
                    kt_say(page->words, KT_WORD_year_ago,
                           KT_FILLED(figure_of(page, &of->newest, indicator,
                                               "same_period_last_year", decimals)),
                           page->arena));
    if (strcmp(of->code, KT_COUNTRY) != 0) {
        kt_html_element(
            to, "span", KT_FILLED("class", "note"),
            kt_say(page->words, KT_WORD_whole_country,
                   KT_FILLED(figure_of(page, &of->country, indicator, "value", decimals)),
                   page->arena));
    }
}

/* The share of the long-term unemployed stands in its own table. */
static void put_long_term(kt_page *page, const kt_place *of)
{
    put_tile(page, of, "long_term", 0);
    const kt_sheet groups = kt_book_rows(page->book, "target_groups",
                                         KT_FILLED("region_level", "region_code", "group_code"),
                                         KT_FILLED(of->level, of->code, "long_term"));
    if (groups.row_count > 0) {
        kt_html_element(&page->html, "span", KT_FILLED("class", "note"),
                        kt_say(page->words, KT_WORD_share_of_unemployed,
                               KT_FILLED(kt_page_figure(page, &groups, groups.row_count - 1,
                                                        "share_of_unemployed", 1)),
                               page->arena));
    }
    kt_html_close(&page->html);
}

void kt_region_numbers(kt_page *page, const kt_place *of)
{
    static const struct {
        const char *indicator;
        int decimals;
    } tiles[] = {
        {"unemployed", 0}, {"vacancies", 0}, {"job_seekers_per_vacancy", 1}, {"vacancies_new", 0}};
    kt_page_section(page, "numbers", kt_page_say(page, KT_WORD_numbers));
    kt_html_open(&page->html, "ul", KT_FILLED("class", "tiles"));
    for (size_t i = 0; i < sizeof tiles / sizeof tiles[0]; i++) {
        put_tile(page, of, tiles[i].indicator, tiles[i].decimals);
        kt_html_close(&page->html);
    }
    put_long_term(page, of);
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}

static void put_told(kt_page *page, const kt_sheet *changes, size_t row)
{
    double now = 0.0, before = 0.0;
    const char *value = kt_sheet_cell(changes, row, "value");
    const char *earlier = kt_sheet_cell(changes, row, "same_period_last_year");
    if (!kt_number_read(value, strlen(value), &now) ||
        !kt_number_read(earlier, strlen(earlier), &before)) {
        return;
    }
    const char *indicator = kt_sheet_cell(changes, row, "indicator");
    const int decimals = strcmp(indicator, "job_seekers_per_vacancy") == 0 ? 1 : 0;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    kt_html_element(&page->html, "li", NULL,
                    kt_say(page->words, now > before ? KT_WORD_told_more : KT_WORD_told_fewer,
                           KT_FILLED(name, kt_say_number(page->words, value, decimals, page->arena),
                                     kt_say_number(page->words, earlier, decimals, page->arena)),
                           page->arena));
}

/* A change is told where the table of changes says that it is one to tell, and nowhere else.
 * Tightness is job seekers per vacancy the other way round: one of them is enough. */
static bool is_told(const kt_sheet *changes, size_t row)
{
    return strcmp(kt_sheet_cell(changes, row, "told"), "true") == 0 &&
           strcmp(kt_sheet_cell(changes, row, "indicator"), "tightness") != 0;
}

void kt_region_trends(kt_page *page, const kt_place *of)
{
    size_t told = 0;
    kt_page_section(page, "trends", kt_page_say(page, KT_WORD_trends));
    for (size_t row = 0; row < of->newest.row_count; row++) {
        if (!is_told(&of->newest, row)) {
            continue;
        }
        if (told++ == 0) {
            kt_html_open(&page->html, "ul", NULL);
        }
        put_told(page, &of->newest, row);
    }
    if (told > 0) {
        kt_html_close(&page->html);
    } else {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_told_none));
    }
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_told_note));
    kt_html_close(&page->html);
}
