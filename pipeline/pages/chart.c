/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/chart.h"

#include <math.h>

#include "core/cleanup.h"

#define WIDTH  760.0
#define HEIGHT 300.0
#define LEFT   60.0
#define RIGHT  150.0
#define TOP    16.0
#define BOTTOM 34.0
#define STEPS  5 /* lines of the grid at most */
#define LABELS 6 /* places that are written */

/* 1, 2 or 5 times a power of ten, so that at most STEPS of it reach the greatest value. */
static double step_of(double greatest)
{
    if (!(greatest > 0.0)) {
        return 1.0;
    }
    const double power = pow(10.0, floor(log10(greatest / STEPS)));
    static const double nice[] = {1.0, 2.0, 5.0, 10.0};
    size_t i = 0;
    while (i < 3 && nice[i] * power * STEPS < greatest) {
        i++;
    }
    return nice[i] * power;
}

static double greatest_of(const kt_chart *chart)
{
    double greatest = 0.0;
    for (size_t line = 0; line < chart->line_count; line++) {
        for (size_t i = 0; i < chart->count; i++) {
            greatest = fmax(greatest, chart->lines[line].value[i]);
        }
    }
    return greatest;
}

static double x_of(const kt_chart *chart, size_t place)
{
    const double width = WIDTH - LEFT - RIGHT;
    return LEFT + (chart->count > 1 ? width * (double)place / (double)(chart->count - 1) : 0.0);
}

static double y_of(double value, double top)
{
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top;
}

static const char *at(const kt_page *page, double place)
{
    return kt_arena_print(page->arena, "%.1f", place);
}

static void put_words(kt_page *page, double x, double y, const char *anchor, const char *words)
{
    kt_html_element(&page->html, "text",
                    KT_FILLED("x", at(page, x), "y", at(page, y), "text-anchor", anchor), words);
}

static void put_grid(kt_page *page, const kt_chart *chart, double step, double top)
{
    for (int i = 0; i <= (int)lround(top / step); i++) {
        const double value = i * step;
        const char *y = at(page, y_of(value, top));
        kt_html_void(&page->html, "line",
                     KT_FILLED("class", "grid", "x1", at(page, LEFT), "x2", at(page, WIDTH - RIGHT),
                               "y1", y, "y2", y));
        put_words(page, LEFT - 8.0, y_of(value, top) + 4.0, "end",
                  kt_say_number(page->words, kt_arena_print(page->arena, "%.6f", value),
                                chart->decimals, page->arena));
    }
    const size_t every = (chart->count + LABELS - 1) / LABELS;
    for (size_t i = 0; every > 0 && i < chart->count; i += every) {
        put_words(page, x_of(chart, i), HEIGHT - 10.0, "middle", chart->labels[i]);
    }
}

/* A line, interrupted where there is no figure. */
static void put_line(kt_page *page, const kt_chart *chart, const kt_chart_line *line, double top)
{
    KT_AUTO(text) kt_text path = {0};
    bool drawn = false;
    size_t last = 0;
    for (size_t i = 0; i < chart->count; i++) {
        if (isnan(line->value[i])) {
            drawn = false;
            continue;
        }
        kt_text_print(&path, "%s%.1f %.1f", drawn ? "L" : "M", x_of(chart, i),
                      y_of(line->value[i], top));
        drawn = true;
        last = i;
    }
    if (path.length == 0) {
        return;
    }
    kt_html_void(&page->html, "path", KT_FILLED("class", line->style, "d", path.bytes));
    put_words(page, x_of(chart, last) + 8.0, y_of(line->value[last], top) + 4.0, "start",
              line->name);
}

void kt_chart_put(kt_page *page, const kt_chart *chart)
{
    const double greatest = greatest_of(chart), step = step_of(greatest);
    const double top = fmax(ceil(greatest / step - 1e-9), 1.0) * step;
    kt_html *to = &page->html;
    kt_html_open(to, "svg",
                 KT_FILLED("role", "img", "viewBox",
                           kt_arena_print(page->arena, "0 0 %.0f %.0f", WIDTH, HEIGHT), "width",
                           kt_arena_print(page->arena, "%.0f", WIDTH), "height",
                           kt_arena_print(page->arena, "%.0f", HEIGHT), "aria-labelledby",
                           "chart-title chart-text"));
    kt_html_element(to, "title", KT_FILLED("id", "chart-title"), chart->title);
    kt_html_element(to, "desc", KT_FILLED("id", "chart-text"), chart->description);
    put_grid(page, chart, step, top);
    for (size_t i = 0; i < chart->line_count; i++) {
        put_line(page, chart, &chart->lines[i], top);
    }
    kt_html_close(to);
}
