/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "pages/chart.h"
#include "pages/region.h"

/* What is drawn of a region's months. */
typedef struct lines {
    size_t count;
    const char **labels;
    double *own, *low, *high, *other; /* with what hidden cells could make of it */
    double *placed_low, *placed_high; /* and posts without a region */
    double *nothing;                  /* a line that only has a band */
    bool *loose;
    bool has_placed;
} lines;

static kt_sheet months_of(const kt_page *page, const char *level, const char *code)
{
    return kt_book_rows(page->book, "changes",
                        KT_FILLED("region_level", "region_code", "indicator"),
                        KT_FILLED(level, code, "tightness"));
}

static void make_room(lines *to, size_t count, kt_arena *arena)
{
    double **const arrays[] = {&to->own,        &to->low,         &to->high,   &to->other,
                               &to->placed_low, &to->placed_high, &to->nothing};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = kt_arena_array(arena, double, count + 1);
    }
    to->count = count;
    to->labels = kt_arena_array(arena, const char *, count + 1);
    to->loose = kt_arena_array(arena, bool, count + 1);
}

static lines read_lines(const kt_page *page, const kt_sheet *here, const kt_sheet *country)
{
    lines to = {0};
    make_room(&to, here->row_count, page->arena);
    for (size_t i = 0; i < to.count; i++) {
        const char *period = kt_sheet_cell(here, i, "time_period");
        const size_t same = kt_sheet_find(country, "time_period", period, 0);
        to.labels[i] = kt_say_month(period, 4, page->arena);
        to.own[i] = kt_sheet_number(here, i, "value");
        to.low[i] = kt_sheet_number(here, i, "value_low");
        to.high[i] = kt_sheet_number(here, i, "value_high");
        to.placed_low[i] = kt_sheet_number(here, i, "value_low_unallocated");
        to.placed_high[i] = kt_sheet_number(here, i, "value_high_unallocated");
        to.other[i] = same < country->row_count ? kt_sheet_number(country, same, "value") : NAN;
        to.nothing[i] = NAN;
        to.loose[i] = strcmp(kt_sheet_cell(here, i, "obs_status"), "P") == 0;
        to.has_placed = to.has_placed || to.placed_high[i] > to.placed_low[i];
    }
    return to;
}

/* The regions of a level together, posts without a region left out: the row of their market. */
static kt_sheet placed_of(const kt_page *page, const char *level, const char *month)
{
    return kt_book_rows(page->book, "mismatch",
                        KT_FILLED("market", "scope", "measure", "alpha", "time_period"),
                        KT_FILLED(level, KT_COUNTRY, "mismatch", "0.5", month));
}

static const char *sentence(kt_page *page, const kt_place *of, const kt_sheet *here)
{
    const size_t last = here->row_count - 1;
    const size_t country = kt_sheet_find(&of->country, "indicator", "tightness", 0);
    const char *month =
        kt_say_period(page->words, kt_sheet_cell(here, last, "time_period"), page->arena);
    const char *own = kt_page_figure(page, here, last, "value", 2);
    if (strcmp(of->code, KT_COUNTRY) == 0 || country == of->country.row_count) {
        return kt_say(page->words, KT_WORD_tightness_says, KT_FILLED(of->name, month, own),
                      page->arena);
    }
    const char *whole = kt_page_figure(page, &of->country, country, "value", 2);
    const kt_sheet placed = placed_of(page, of->level, kt_sheet_cell(here, last, "time_period"));
    if (placed.row_count == 0 || *kt_sheet_cell(&placed, 0, "tightness") == '\0') {
        return kt_say(page->words, KT_WORD_tightness_beside, KT_FILLED(of->name, month, own, whole),
                      page->arena);
    }
    kt_page_show(page, &placed, 0, 1);
    return kt_say(
        page->words, KT_WORD_tightness_placed,
        KT_FILLED(of->name, month, own, whole, kt_page_figure(page, &placed, 0, "tightness", 2)),
        page->arena);
}

static void put_chart(kt_page *page, const kt_place *of, const kt_sheet *here, const lines *drawn)
{
    const bool is_country = strcmp(of->code, KT_COUNTRY) == 0;
    const char *country =
        kt_book_name(page->book, "region", KT_COUNTRY_LEVEL, KT_COUNTRY, page->words->name);
    kt_chart_line all[3] = {{.name = of->name,
                             .style = "own",
                             .value = drawn->own,
                             .low = drawn->low,
                             .high = drawn->high,
                             .loose = drawn->loose}};
    size_t count = 1;
    if (!is_country) {
        all[count++] = (kt_chart_line){.name = country, .style = "other", .value = drawn->other};
    }
    if (drawn->has_placed) {
        all[count++] = (kt_chart_line){.name = kt_page_say(page, KT_WORD_chart_unplaced),
                                       .style = "outer",
                                       .value = drawn->nothing,
                                       .low = drawn->placed_low,
                                       .high = drawn->placed_high};
    }
    const size_t last = here->row_count - 1;
    const char *first_month =
        kt_say_period(page->words, kt_sheet_cell(here, 0, "time_period"), page->arena);
    const char *last_month =
        kt_say_period(page->words, kt_sheet_cell(here, last, "time_period"), page->arena);
    const char *says = kt_say(page->words, KT_WORD_chart_text,
                              KT_FILLED(of->name, first_month, last_month,
                                        kt_page_figure(page, here, last, "value", 2), last_month),
                              page->arena);
    const kt_chart chart = {.id = "tightness",
                            .title = kt_page_say(page, KT_WORD_chart_tightness),
                            .description = says,
                            .count = drawn->count,
                            .labels = drawn->labels,
                            .lines = all,
                            .line_count = count};
    kt_html_element(&page->html, "p", NULL, sentence(page, of, here));
    kt_chart_put(page, &chart);
}

void kt_region_tightness(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_CELLS("time_period"),
        KT_NUMBERS("value", 3),
        KT_NUMBERS("value_high_unallocated", 3),
        KT_NUMBERS("same_period_last_year", 3),
        KT_NUMBERS("mean_12", 3),
        KT_NO_MORE,
    };
    const kt_sheet here = months_of(page, of->level, of->code);
    const kt_sheet country = months_of(page, KT_COUNTRY_LEVEL, KT_COUNTRY);
    if (here.row_count == 0) {
        return;
    }
    const lines drawn = read_lines(page, &here, &country);
    kt_page_section(page, "tightness", kt_page_say(page, KT_WORD_chart_tightness));
    kt_page_show(page, &country, 0, country.row_count);
    put_chart(page, of, &here, &drawn);
    kt_page_data(page, kt_page_say(page, KT_WORD_chart_tightness), &here, columns);
    kt_html_close(&page->html);
}
