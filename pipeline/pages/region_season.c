/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pages/chart.h"
#include "pages/region.h"

/*
 * This year on the band of the five before it: whether a month is unusual for its season. Figures
 * are raw; what they are without their season stands in the table under the chart.
 */

#define MONTHS 12
#define YEARS  5

/* One figure of a region by month of the year. */
typedef struct season {
    double now[MONTHS], before[MONTHS], low[MONTHS], high[MONTHS];
    int years[MONTHS]; /* of the band that have a figure */
} season;

static kt_sheet months_of(const kt_page *page, const kt_place *of, const char *indicator)
{
    return kt_book_history(
        page->book, KT_HISTORY_SERIES,
        KT_FILLED("region_level", "region_code", "sector_code", "occupation_code", "indicator"),
        KT_FILLED(of->level, of->code, "_T", "_T", indicator));
}

static int year_of(const kt_sheet *rows, size_t row)
{
    return (int)strtol(kt_sheet_cell(rows, row, "time_period"), NULL, 10);
}

static void add_month(season *to, int years_ago, size_t month, double value)
{
    if (years_ago == 0) {
        to->now[month] = value;
    } else if (years_ago <= YEARS && !isnan(value)) {
        to->before[month] = years_ago == 1 ? value : to->before[month];
        to->low[month] = fmin(to->low[month], value);
        to->high[month] = fmax(to->high[month], value);
        to->years[month]++;
    }
}

static season read_season(const kt_sheet *rows)
{
    season of = {0};
    const int year = year_of(rows, rows->row_count - 1);
    for (size_t month = 0; month < MONTHS; month++) {
        of.now[month] = of.before[month] = of.low[month] = of.high[month] = NAN;
    }
    for (size_t row = 0; row < rows->row_count; row++) {
        const size_t month =
            (size_t)strtol(kt_sheet_cell(rows, row, "time_period") + strlen("2026M"), NULL, 10) - 1;
        add_month(&of, year - year_of(rows, row), month, kt_sheet_number(rows, row, "raw"));
    }
    for (size_t month = 0; month < MONTHS; month++) {
        if (of.years[month] < YEARS) {
            of.low[month] = of.high[month] = NAN; /* a band of fewer years would say less */
        }
    }
    return of;
}

static bool has_any(const double *months)
{
    size_t month = 0;
    while (month < MONTHS && isnan(months[month])) {
        month++;
    }
    return month < MONTHS;
}

/* This year, and of the years before what there is. */
static size_t put_lines(const kt_page *page, const season *drawn, int year, kt_chart_line *out)
{
    static const double nothing[MONTHS] = {NAN, NAN, NAN, NAN, NAN, NAN,
                                           NAN, NAN, NAN, NAN, NAN, NAN};
    size_t count = 0;
    out[count++] = (kt_chart_line){
        .name = kt_arena_print(page->arena, "%d", year), .style = "own", .value = drawn->now};
    if (has_any(drawn->before)) {
        out[count++] = (kt_chart_line){.name = kt_arena_print(page->arena, "%d", year - 1),
                                       .style = "other",
                                       .value = drawn->before};
    }
    if (has_any(drawn->low)) {
        out[count++] = (kt_chart_line){
            .name = kt_arena_print(page->arena, "%d\u2013%d", year - YEARS, year - 1),
            .style = "outer",
            .value = nothing,
            .low = drawn->low,
            .high = drawn->high};
    }
    return count;
}

static void put_chart(kt_page *page, const kt_place *of, const kt_sheet *rows,
                      const char *indicator)
{
    static const char *const labels[MONTHS] = {"1", "2", "3", "4",  "5",  "6",
                                               "7", "8", "9", "10", "11", "12"};
    const season drawn = read_season(rows);
    const size_t last = rows->row_count - 1;
    const char *name = kt_book_name(page->book, "indicator", NULL, indicator, page->words->name);
    const char *month =
        kt_say_period(page->words, kt_sheet_cell(rows, last, "time_period"), page->arena);
    const int year = year_of(rows, last);
    kt_chart_line lines[3];
    const size_t count = put_lines(page, &drawn, year, lines);
    const char *says = kt_say(
        page->words, KT_WORD_season_text,
        KT_FILLED(of->name, name, month, kt_page_figure(page, rows, last, "raw", 0)), page->arena);
    const kt_chart chart = {.id = indicator,
                            .title = name,
                            .description = says,
                            .count = MONTHS,
                            .labels = labels,
                            .lines = lines,
                            .line_count = count};
    kt_html_element(&page->html, "h3", NULL, name);
    kt_html_element(&page->html, "p", NULL, says);
    kt_chart_put(page, &chart);
}

/* Rows of the newest year. */
static kt_sheet this_year(const kt_sheet *rows)
{
    const int year = year_of(rows, rows->row_count - 1);
    size_t first = 0;
    while (year_of(rows, first) < year) {
        first++;
    }
    return (kt_sheet){rows->schema, rows->row_count - first, rows->rows + first};
}

void kt_region_season(kt_page *page, const kt_place *of)
{
    static const char *const indicators[] = {"unemployed", "vacancies"};
    static const kt_page_column columns[] = {
        KT_CELLS("time_period"), KT_NUMBERS("raw", 0), KT_NUMBERS("seasonally_adjusted", 0),
        KT_NUMBERS("trend", 0),  KT_NO_MORE,
    };
    kt_page_section(page, "season", kt_page_say(page, KT_WORD_season));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_season_note));
    size_t drawn = 0;
    kt_html_open(&page->html, "div", KT_FILLED("class", "pair"));
    for (size_t i = 0; i < sizeof indicators / sizeof indicators[0]; i++) {
        const kt_sheet rows = months_of(page, of, indicators[i]);
        if (rows.row_count > 0) {
            const kt_sheet year = this_year(&rows);
            kt_page_show(page, &rows, 0, rows.row_count);
            kt_html_open(&page->html, "div", NULL);
            put_chart(page, of, &rows, indicators[i]);
            kt_page_data(page, kt_page_say(page, KT_WORD_season), &year, columns);
            kt_html_close(&page->html);
            drawn++;
        }
    }
    kt_html_close(&page->html);
    if (drawn == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_season_none));
    }
    kt_html_close(&page->html);
}
