/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "pages/chart.h"
#include "pages/region.h"

#define WIDTH         480.0
#define HEIGHT        330.0
#define LEFT          58.0
#define RIGHT         24.0
#define TOP           26.0
#define BOTTOM        46.0
#define STEPS         5
#define STRONG        12 /* months that stand out */
#define MONTHS_A_YEAR 12

/* Where the region has been, month by month. */
typedef struct curve {
    size_t count;
    double *x, *y; /* rates of unemployment and of vacancies */
    const kt_sheet *rows;
} curve;

/* Months of one source, without those that lack a rate. */
static curve read_curve(const kt_page *page, const kt_sheet *rows)
{
    curve of = {.rows = rows,
                .x = kt_arena_array(page->arena, double, rows->row_count + 1),
                .y = kt_arena_array(page->arena, double, rows->row_count + 1)};
    for (size_t i = 0; i < rows->row_count; i++) {
        of.x[i] = kt_sheet_number(rows, i, "unemployment_rate");
        of.y[i] = kt_sheet_number(rows, i, "vacancy_rate");
        of.count += isnan(of.x[i]) || isnan(of.y[i]) ? 0 : 1;
    }
    return of;
}

static void frame(const curve *of, kt_plot *plot)
{
    double low[2] = {INFINITY, INFINITY}, high[2] = {0.0, 0.0};
    for (size_t i = 0; i < of->rows->row_count; i++) {
        if (!isnan(of->x[i]) && !isnan(of->y[i])) {
            low[0] = fmin(low[0], of->x[i]);
            high[0] = fmax(high[0], of->x[i]);
            low[1] = fmin(low[1], of->y[i]);
            high[1] = fmax(high[1], of->y[i]);
        }
    }
    plot->x = kt_axis_around(low[0], high[0], STEPS);
    plot->y = kt_axis_around(low[1], high[1], STEPS);
    plot->x.percent = plot->y.percent = true;
}

static void put_path(const kt_plot *plot, const curve *of, size_t first, const char *style)
{
    KT_AUTO(text) kt_text path = {0};
    bool drawn = false;
    for (size_t i = first; i < of->rows->row_count; i++) {
        const bool there = !isnan(of->x[i]) && !isnan(of->y[i]);
        if (there) {
            kt_text_print(&path, "%s%.1f %.1f", drawn ? "L" : "M", kt_plot_x(plot, of->x[i]),
                          kt_plot_y(plot, of->y[i]));
        }
        drawn = there;
    }
    if (path.length > 0) {
        kt_plot_path(plot, path.bytes, style);
    }
}

/* A mark on the newest month, and on the same month of the years before. */
static void put_years(const kt_plot *plot, const curve *of)
{
    const size_t last = of->rows->row_count - 1;
    for (size_t i = last % MONTHS_A_YEAR; i <= last; i += MONTHS_A_YEAR) {
        if (isnan(of->x[i]) || isnan(of->y[i])) {
            continue;
        }
        const kt_spot at = {kt_plot_x(plot, of->x[i]), kt_plot_y(plot, of->y[i])};
        const char *period = kt_sheet_cell(of->rows, i, "time_period");
        kt_plot_mark(plot, at, i == last ? KT_MARK_SQUARE : KT_MARK_DOT,
                     i == last ? "own" : "other",
                     kt_say_period(plot->page->words, period, plot->page->arena));
        kt_plot_words(plot, (kt_spot){at.x + 7.0, at.y - 6.0}, "start", i == last ? "strong" : NULL,
                      kt_say_month(period, 4, plot->page->arena));
    }
}

static void put_axes(const kt_plot *plot)
{
    kt_plot_grid_x(plot);
    kt_plot_grid_y(plot);
    kt_plot_words(plot, (kt_spot){WIDTH - RIGHT, HEIGHT - 6.0}, "end", "axis",
                  kt_page_say(plot->page, KT_WORD_curve_unemployment));
    kt_plot_words(plot, (kt_spot){4.0, 14.0}, "start", "axis",
                  kt_page_say(plot->page, KT_WORD_curve_vacancies));
}

static void put_curve(kt_page *page, const kt_place *of, const kt_sheet *rows)
{
    static const kt_page_column columns[] = {
        KT_CELLS("time_period"),
        KT_NUMBERS("unemployment_rate", 1),
        KT_NUMBERS("vacancy_rate", 1),
        KT_CELLS("segment"),
        KT_NO_MORE,
    };
    const curve drawn = read_curve(page, rows);
    const size_t last = rows->row_count - 1;
    const char *says = kt_say(
        page->words, KT_WORD_curve_text,
        KT_FILLED(of->name,
                  kt_say_period(page->words, kt_sheet_cell(rows, last, "time_period"), page->arena),
                  kt_page_figure(page, rows, last, "unemployment_rate", 1),
                  kt_page_figure(page, rows, last, "vacancy_rate", 1)),
        page->arena);
    kt_plot plot = {.page = page,
                    .width = WIDTH,
                    .height = HEIGHT,
                    .left = LEFT,
                    .right = RIGHT,
                    .top = TOP,
                    .bottom = BOTTOM};
    kt_html_element(&page->html, "p", NULL, says);
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_curve_note));
    if (drawn.count > 0) {
        frame(&drawn, &plot);
        kt_plot_begin(&plot, "curve", kt_page_say(page, KT_WORD_curve), says);
        put_axes(&plot);
        put_path(&plot, &drawn, 0, "line faint");
        put_path(&plot, &drawn, last >= STRONG ? last - STRONG : 0, "line own");
        put_years(&plot, &drawn);
        kt_plot_end(&plot);
    }
    kt_page_data(page, kt_page_say(page, KT_WORD_curve), rows, columns);
}

void kt_region_curve(kt_page *page, const kt_place *of)
{
    const char *source = "";
    kt_sheet rows = kt_book_history(page->book, KT_HISTORY_CURVE,
                                    KT_FILLED("region_level", "region_code", "sector_code"),
                                    KT_FILLED(of->level, of->code, "_T"));
    if (rows.row_count > 0) {
        source = kt_sheet_cell(&rows, rows.row_count - 1, "source");
        rows = kt_sheet_pick(&rows, KT_FILLED("source"), KT_FILLED(source), page->arena);
    }
    kt_page_section(page, "curve", kt_page_say(page, KT_WORD_curve));
    if (rows.row_count > 0) {
        put_curve(page, of, &rows);
    } else {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_curve_none));
    }
    kt_html_close(&page->html);
}
