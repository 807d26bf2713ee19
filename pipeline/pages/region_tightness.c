/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/number.h"
#include "pages/chart.h"
#include "pages/region.h"

static double number_in(const kt_sheet *sheet, size_t row, const char *column)
{
    double number = NAN;
    const char *cell = kt_sheet_cell(sheet, row, column);
    return kt_number_read(cell, strlen(cell), &number) ? number : NAN;
}

static kt_sheet months_of(const kt_page *page, const char *level, const char *code)
{
    return kt_book_rows(page->book, "changes",
                        KT_FILLED("region_level", "region_code", "indicator"),
                        KT_FILLED(level, code, "tightness"));
}

static void put_chart(kt_page *page, const kt_place *of, const kt_sheet *here,
                      const kt_sheet *country)
{
    const size_t count = here->row_count;
    double *own = kt_arena_array(page->arena, double, count);
    double *other = kt_arena_array(page->arena, double, count);
    const char **labels = kt_arena_array(page->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *period = kt_sheet_cell(here, i, "time_period");
        const size_t same = kt_sheet_find(country, "time_period", period, 0);
        labels[i] = kt_arena_print(page->arena, "%s/%.4s", period + 5, period);
        own[i] = number_in(here, i, "value");
        other[i] = same < country->row_count ? number_in(country, same, "value") : NAN;
    }

    const char *name =
        kt_book_name(page->book, "region", KT_COUNTRY_LEVEL, KT_COUNTRY, page->words->name);
    const kt_chart_line lines[] = {{of->name, "own", own}, {name, "other", other}};
    const char *first = kt_sheet_cell(here, 0, "time_period");
    const char *last = kt_sheet_cell(here, count - 1, "time_period");
    const kt_chart chart = {
        .title = kt_page_say(page, KT_WORD_chart_tightness),
        .description = kt_say(page->words, KT_WORD_chart_text,
                              KT_FILLED(of->name, kt_say_period(page->words, first, page->arena),
                                        kt_say_period(page->words, last, page->arena),
                                        kt_page_figure(page, here, count - 1, "value", 2),
                                        kt_say_period(page->words, last, page->arena)),
                              page->arena),
        .count = count,
        .labels = labels,
        .lines = lines,
        .line_count = strcmp(of->code, KT_COUNTRY) == 0 ? 1 : 2,
        .decimals = 2,
    };
    kt_chart_put(page, &chart);
}

void kt_region_tightness(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_NUMBERS("time_period", 0),
        KT_NUMBERS("value", 3),
        KT_NUMBERS("same_period_last_year", 3),
        KT_NUMBERS("mean_12", 3),
        KT_NO_MORE,
    };
    const kt_sheet here = months_of(page, of->level, of->code);
    const kt_sheet country = months_of(page, KT_COUNTRY_LEVEL, KT_COUNTRY);
    if (here.row_count == 0) {
        return;
    }
    kt_page_section(page, "tightness", kt_page_say(page, KT_WORD_chart_tightness));
    put_chart(page, of, &here, &country);
    kt_html_open(&page->html, "details", NULL);
    kt_html_element(&page->html, "summary", NULL, kt_page_say(page, KT_WORD_data_table));
    kt_page_table(page, kt_page_say(page, KT_WORD_chart_tightness), &here, columns, 0);
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}
