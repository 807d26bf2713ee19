/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "pages/chart.h"
#include "pages/compare_page.h"

/* What stands of each region. */
static const struct {
    const char *indicator;
    int decimals;
} figures[] = {{"unemployed", 0}, {"vacancies", 0},     {"job_seekers_per_vacancy", 1},
               {"tightness", 2},  {"vacancies_new", 0}, {"long_term", 0}};
#define FIGURES (sizeof figures / sizeof figures[0])

static const char *const styles[KT_COMPARED_MOST] = {"own", "other", "third", "fourth", "fifth"};

static void put_names(kt_page *page, const kt_place *places, size_t count, const char *first)
{
    kt_html *to = &page->html;
    kt_html_open(to, "thead", NULL);
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "col"), first);
    for (size_t i = 0; i < count; i++) {
        kt_html_element(to, "th", KT_FILLED("scope", "col", "class", "n"), places[i].name);
    }
    kt_html_close(to);
    kt_html_close(to);
}

static void put_figures(kt_page *page, const kt_place *places, size_t count, size_t figure,
                        const char *column, const char *name)
{
    kt_html_open(&page->html, "tr", NULL);
    kt_html_element(&page->html, "th", KT_FILLED("scope", "row"), name);
    for (size_t i = 0; i < count; i++) {
        const kt_sheet *rows = &places[i].newest;
        const size_t row = kt_sheet_find(rows, "indicator", figures[figure].indicator, 0);
        const bool there = row < rows->row_count;
        if (there) {
            kt_page_show(page, rows, row, 1);
        }
        kt_html_element(&page->html, "td", KT_FILLED("class", "n"),
                        there ? kt_page_figure(page, rows, row, column, figures[figure].decimals)
                              : kt_page_say(page, KT_WORD_status_L));
    }
    kt_html_close(&page->html);
}

static void put_numbers(kt_page *page, const kt_place *places, size_t count)
{
    const char *heading = kt_page_say(page, KT_WORD_compare_numbers);
    kt_page_section(page, "numbers", heading);
    kt_page_table_begin(page, heading);
    put_names(page, places, count, kt_page_say(page, KT_WORD_dim_indicator));
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t i = 0; i < FIGURES; i++) {
        const char *name =
            kt_book_name(page->book, "indicator", NULL, figures[i].indicator, page->words->name);
        put_figures(page, places, count, i, "value", name);
        put_figures(page, places, count, i, "same_period_last_year",
                    kt_arena_print(page->arena, "%s, %s", name,
                                   kt_page_say(page, KT_WORD_compare_year_ago)));
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
    kt_html_close(&page->html);
}

/* The months of a region, at the places of the first one's. */
static void read_line(kt_page *page, const kt_place *of, const kt_sheet *months, double *out)
{
    const kt_sheet own =
        kt_book_rows(page->book, "changes", KT_FILLED("region_level", "region_code", "indicator"),
                     KT_FILLED(of->level, of->code, "tightness"));
    kt_page_show(page, &own, 0, own.row_count);
    for (size_t i = 0; i < months->row_count; i++) {
        const size_t row =
            kt_sheet_find(&own, "time_period", kt_sheet_cell(months, i, "time_period"), 0);
        out[i] = row < own.row_count ? kt_sheet_number(&own, row, "value") : NAN;
    }
}

static void put_chart(kt_page *page, const kt_place *places, size_t count)
{
    const kt_sheet months =
        kt_book_rows(page->book, "changes", KT_FILLED("region_level", "region_code", "indicator"),
                     KT_FILLED(places[0].level, places[0].code, "tightness"));
    const char **labels = kt_arena_array(page->arena, const char *, months.row_count + 1);
    kt_chart_line lines[KT_COMPARED_MOST] = {0};
    for (size_t i = 0; i < months.row_count; i++) {
        const char *period = kt_sheet_cell(&months, i, "time_period");
        labels[i] = kt_say_month(period, 4, page->arena);
    }
    for (size_t i = 0; i < count; i++) {
        double *values = kt_arena_array(page->arena, double, months.row_count + 1);
        read_line(page, &places[i], &months, values);
        lines[i] = (kt_chart_line){.name = places[i].name, .style = styles[i], .value = values};
    }
    const kt_chart chart = {.id = "tightness",
                            .title = kt_page_say(page, KT_WORD_chart_tightness),
                            .description = kt_page_say(page, KT_WORD_compare_text),
                            .count = months.row_count,
                            .labels = labels,
                            .lines = lines,
                            .line_count = count};
    kt_page_section(page, "tightness", kt_page_say(page, KT_WORD_chart_tightness));
    kt_chart_put(page, &chart);
    kt_html_close(&page->html);
}

/* Groups of occupations in the newest month, a column for each region. */
static void put_group(kt_page *page, const kt_sheet *regions, size_t count, const char *code)
{
    kt_html_open(&page->html, "tr", NULL);
    kt_html_element(&page->html, "th", KT_FILLED("scope", "row"),
                    kt_book_name(page->book, "occupation", NULL, code, page->words->name));
    for (size_t i = 0; i < count; i++) {
        const size_t row = kt_sheet_find(&regions[i], "occupation_code", code, 0);
        const bool there = row < regions[i].row_count;
        if (there) {
            kt_page_show(page, &regions[i], row, 1);
        }
        kt_html_element(&page->html, "td", KT_FILLED("class", "n"),
                        there ? kt_page_figure(page, &regions[i], row, "tightness", 2)
                              : kt_page_say(page, KT_WORD_status_L));
    }
    kt_html_close(&page->html);
}

static void put_groups(kt_page *page, const kt_place *places, size_t count)
{
    kt_sheet regions[KT_COMPARED_MOST] = {0};
    for (size_t i = 0; i < count; i++) {
        regions[i] = kt_book_history(page->book, KT_HISTORY_OCCUPATIONS,
                                     KT_FILLED("region_level", "region_code", "time_period"),
                                     KT_FILLED(places[i].level, places[i].code, places[0].month));
    }
    if (regions[0].row_count == 0) {
        return;
    }
    const char *heading = kt_page_say(page, KT_WORD_heat);
    kt_page_section(page, "groups", heading);
    kt_page_table_begin(page, heading);
    put_names(page, places, count, kt_page_say(page, KT_WORD_dim_occupation));
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t row = 0; row < regions[0].row_count; row++) {
        const char *code = kt_sheet_cell(&regions[0], row, "occupation_code");
        if (strcmp(code, "_X") != 0) {
            put_group(page, regions, count, code);
        }
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
    kt_html_close(&page->html);
}

kt_status kt_page_compare(kt_page *page, const kt_place *asked, size_t count, kt_error *err)
{
    kt_place places[KT_COMPARED_MOST];
    KT_AUTO(text) kt_text title = {0};
    for (size_t i = 0; i < count; i++) {
        KT_TRY(kt_region_place(page, asked[i].level, asked[i].code, &places[i], err));
        kt_text_print(&title, "%s%s", i > 0 ? " \u2013 " : "", places[i].name);
    }
    kt_page_begin(page, title.bytes, kt_region_subtitle(page, &places[0]));
    kt_page_tell_month(page);
    put_numbers(page, places, count);
    put_chart(page, places, count);
    put_groups(page, places, count);
    kt_region_peers(page, &places[0]);
    kt_region_quality(page);
    return kt_page_end(page, err);
}
