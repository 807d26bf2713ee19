/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "pages/chart.h"
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

static void put_spark(kt_page *page, const kt_place *of, const char *indicator)
{
    const kt_sheet months =
        kt_book_rows(page->book, "changes", KT_FILLED("region_level", "region_code", "indicator"),
                     KT_FILLED(of->level, of->code, indicator));
    double *values = kt_arena_array(page->arena, double, months.row_count + 1);
    for (size_t i = 0; i < months.row_count; i++) {
        values[i] = kt_sheet_number(&months, i, "value");
    }
    kt_spark_put(page, values, months.row_count);
}

static void put_tile(kt_page *page, const kt_place *of, const char *indicator, int decimals)
{
    kt_html *to = &page->html;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    kt_html_open(to, "li", NULL);
    kt_html_element(to, "span", NULL, name);
    kt_html_element(to, "b", NULL, figure_of(page, &of->newest, indicator, "value", decimals));
    put_spark(page, of, indicator);
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
        kt_page_show(page, &groups, groups.row_count - 1, 1);
        kt_html_element(&page->html, "span", KT_FILLED("class", "note"),
                        kt_say(page->words, KT_WORD_share_of_unemployed,
                               KT_FILLED(kt_page_figure(page, &groups, groups.row_count - 1,
                                                        "share_of_unemployed", 1)),
                               page->arena));
    }
    kt_html_close(&page->html);
}

kt_word kt_region_change(const kt_sheet *changes)
{
    const size_t row = row_of(changes, "job_seekers_per_vacancy");
    if (row == changes->row_count || strcmp(kt_sheet_cell(changes, row, "told"), "true") != 0) {
        return KT_WORD_change_same;
    }
    return kt_sheet_number(changes, row, "value") >
                   kt_sheet_number(changes, row, "same_period_last_year")
               ? KT_WORD_change_more
               : KT_WORD_change_fewer;
}

/* The first day after as_of on which figures are expected; NULL where nobody knows. */
static const char *next_day(const kt_page *page)
{
    const kt_sheet *sources = kt_book_table(page->book, "sources");
    const char *as_of = kt_book_of(page->book)->as_of, *next = NULL;
    for (size_t row = 0; row < sources->row_count; row++) {
        const char *day = kt_sheet_cell(sources, row, "next_expected");
        const bool is_later = *day != '\0' && strncmp(day, as_of, strlen(day)) > 0;
        next = is_later && (next == NULL || strcmp(day, next) < 0) ? day : next;
    }
    return next;
}

kt_place kt_region_country(const kt_page *page)
{
    kt_place of = {
        .level = KT_COUNTRY_LEVEL,
        .code = KT_COUNTRY,
        .name = kt_book_name(page->book, "region", KT_COUNTRY_LEVEL, KT_COUNTRY, page->words->name),
        .newest = kt_page_newest_changes(page, KT_COUNTRY_LEVEL, KT_COUNTRY),
        .month = "",
    };
    of.country = of.newest;
    if (of.newest.row_count > 0) {
        of.month = kt_sheet_cell(&of.newest, 0, "time_period");
    }
    return of;
}

const char *kt_region_title(const kt_page *page, const kt_place *of)
{
    const kt_word change = kt_region_change(&of->newest);
    const kt_word headline = (kt_word)(KT_WORD_headline_same + (change - KT_WORD_change_same));
    return kt_say(page->words, headline, KT_FILLED(of->name), page->arena);
}

const char *kt_region_subtitle(const kt_page *page, const kt_place *of)
{
    const char *month = kt_say_period(page->words, of->month, page->arena);
    const char *as_of = kt_arena_copy_n(page->arena, kt_book_of(page->book)->as_of, 10);
    const char *day = kt_say_day(page->words, as_of, page->arena);
    const char *next = next_day(page);
    return next == NULL
               ? kt_say(page->words, KT_WORD_region_line, KT_FILLED(month, day), page->arena)
               : kt_say(page->words, KT_WORD_region_line_next,
                        KT_FILLED(month, day, kt_say_day(page->words, next, page->arena)),
                        page->arena);
}

void kt_region_numbers(kt_page *page, const kt_place *of)
{
    static const struct {
        const char *indicator;
        int decimals;
    } tiles[] = {
        {"unemployed", 0}, {"vacancies", 0}, {"job_seekers_per_vacancy", 1}, {"vacancies_new", 0}};
    kt_page_show(page, &of->newest, 0, of->newest.row_count);
    kt_page_show(page, &of->country, 0, of->country.row_count);
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

/* A change is told where the table of changes says that it is one to tell, and nowhere else.
 * Tightness is job seekers per vacancy the other way round: one of them is enough. */
const char *kt_region_told(const kt_page *page, const kt_sheet *changes, size_t row)
{
    const char *indicator = kt_sheet_cell(changes, row, "indicator");
    const double now = kt_sheet_number(changes, row, "value");
    const double before = kt_sheet_number(changes, row, "same_period_last_year");
    if (strcmp(kt_sheet_cell(changes, row, "told"), "true") != 0 ||
        strcmp(indicator, "tightness") == 0 || isnan(now) || isnan(before)) {
        return NULL;
    }
    const int decimals = strcmp(indicator, "job_seekers_per_vacancy") == 0 ? 1 : 0;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    const char *value =
        kt_say_number(page->words, kt_sheet_cell(changes, row, "value"), decimals, page->arena);
    const char *earlier = kt_say_number(
        page->words, kt_sheet_cell(changes, row, "same_period_last_year"), decimals, page->arena);
    return kt_say(page->words, now > before ? KT_WORD_told_more : KT_WORD_told_fewer,
                  KT_FILLED(name, value, earlier), page->arena);
}

void kt_region_trends(kt_page *page, const kt_place *of)
{
    size_t told = 0;
    kt_page_section(page, "trends", kt_page_say(page, KT_WORD_trends));
    for (size_t row = 0; row < of->newest.row_count; row++) {
        const char *sentence = kt_region_told(page, &of->newest, row);
        if (sentence == NULL) {
            continue;
        }
        if (told++ == 0) {
            kt_html_open(&page->html, "ul", NULL);
        }
        kt_html_element(&page->html, "li", NULL, sentence);
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
