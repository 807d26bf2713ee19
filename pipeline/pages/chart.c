/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/chart.h"

#include <math.h>

#include "core/cleanup.h"
#include "pages/clip.h"

#define WIDTH        480.0
#define HEIGHT       270.0
#define LEFT         60.0
#define RIGHT        30.0
#define TOP          10.0
#define BOTTOM       28.0
#define STEPS        5 /* lines of the grid at most */
#define LABELS       5 /* places that are written */
#define SPARK_WIDTH  120.0
#define SPARK_HEIGHT 28.0
#define SPARK_MARGIN 3.0

static double greatest_of(const kt_chart *chart)
{
    double greatest = 0.0;
    for (size_t line = 0; line < chart->line_count; line++) {
        const kt_chart_line *one = &chart->lines[line];
        for (size_t i = 0; i < chart->count; i++) {
            greatest = fmax(greatest, one->value[i]);
            greatest = one->high == NULL ? greatest : fmax(greatest, one->high[i]);
        }
    }
    return greatest;
}

/* From the newest back. */
static void put_labels(const kt_plot *plot, const kt_chart *chart)
{
    const size_t every = (chart->count + LABELS - 1) / LABELS;
    for (size_t left = chart->count; left > 0; left -= left < every ? left : every) {
        kt_plot_words(plot, (kt_spot){kt_plot_x(plot, (double)(left - 1)), plot->height - 8.0},
                      "middle", NULL, chart->labels[left - 1]);
    }
}

static bool has_band(const kt_chart_line *line, size_t i)
{
    return isfinite(line->low[i]) && isfinite(line->high[i]);
}

/* The places from first on that have a band, as one shape. */
static size_t put_band(const kt_plot *plot, const kt_chart *chart, const kt_chart_line *line,
                       size_t first)
{
    KT_AUTO(text) kt_text path = {0};
    size_t end = first;
    for (; end < chart->count && has_band(line, end); end++) {
        kt_text_print(&path, "%s%.1f %.1f", end == first ? "M" : "L", kt_plot_x(plot, (double)end),
                      kt_plot_y(plot, line->high[end]));
    }
    for (size_t i = end; i > first; i--) {
        kt_text_print(&path, "L%.1f %.1f", kt_plot_x(plot, (double)(i - 1)),
                      kt_plot_y(plot, line->low[i - 1]));
    }
    if (end > first + 1) {
        kt_text_print(&path, "z");
        kt_plot_path(plot, path.bytes, kt_arena_print(plot->page->arena, "band %s", line->style));
    }
    return end;
}

static void put_bands(const kt_plot *plot, const kt_chart *chart, const kt_chart_line *line)
{
    for (size_t i = 0; line->low != NULL && i < chart->count; i++) {
        i = put_band(plot, chart, line, i);
    }
}

static bool is_loose(const kt_chart_line *line, size_t i)
{
    return line->loose != NULL && line->loose[i];
}

/* A line, interrupted where there is no figure; or that part of it which may still change. */
static void put_line(const kt_plot *plot, const kt_chart *chart, const kt_chart_line *line,
                     bool loose)
{
    KT_AUTO(text) kt_text path = {0};
    bool drawn = false;
    for (size_t i = 0; i < chart->count; i++) {
        const bool joins = i > 0 && !isnan(line->value[i - 1]) && is_loose(line, i) == loose;
        if (isnan(line->value[i]) || is_loose(line, i) != loose) {
            drawn = false;
            continue;
        }
        if (!drawn && joins) {
            kt_text_print(&path, "M%.1f %.1f", kt_plot_x(plot, (double)(i - 1)),
                          kt_plot_y(plot, line->value[i - 1]));
            drawn = true;
        }
        kt_text_print(&path, "%s%.1f %.1f", drawn ? "L" : "M", kt_plot_x(plot, (double)i),
                      kt_plot_y(plot, line->value[i]));
        drawn = true;
    }
    if (path.length > 0) {
        kt_plot_path(
            plot, path.bytes,
            kt_arena_print(plot->page->arena, "line %s%s", line->style, loose ? " loose" : ""));
    }
}

void kt_keys_put(kt_page *page, const kt_key *keys, size_t count)
{
    if (page->clip != NULL) {
        kt_clip_keys(page->clip, keys, count);
    }
    kt_html_open(&page->html, "ul", KT_FILLED("class", "keys"));
    for (size_t i = 0; i < count; i++) {
        kt_html_element(&page->html, "li", KT_FILLED("class", keys[i].style), keys[i].name);
    }
    kt_html_close(&page->html);
}

static void put_keys(kt_page *page, const kt_chart *chart)
{
    kt_key *keys = kt_arena_array(page->arena, kt_key, chart->line_count + 1);
    for (size_t i = 0; i < chart->line_count; i++) {
        keys[i] = (kt_key){chart->lines[i].style, chart->lines[i].name};
    }
    kt_keys_put(page, keys, chart->line_count);
}

void kt_chart_put(kt_page *page, const kt_chart *chart)
{
    const double last = chart->count > 1 ? (double)(chart->count - 1) : 1.0;
    const kt_plot plot = {.page = page,
                          .width = WIDTH,
                          .height = HEIGHT,
                          .left = LEFT,
                          .right = RIGHT,
                          .top = TOP,
                          .bottom = BOTTOM,
                          .x = {.high = last, .step = last},
                          .y = kt_axis_around(0.0, greatest_of(chart), STEPS)};
    put_keys(page, chart);
    kt_plot_begin(&plot, chart->id, chart->title, chart->description);
    kt_plot_grid_y(&plot);
    put_labels(&plot, chart);
    for (size_t i = 0; i < chart->line_count; i++) {
        put_bands(&plot, chart, &chart->lines[i]);
    }
    for (size_t i = 0; i < chart->line_count; i++) {
        put_line(&plot, chart, &chart->lines[i], false);
        put_line(&plot, chart, &chart->lines[i], true);
    }
    kt_plot_end(&plot);
}

void kt_spark_put(kt_page *page, const double *values, size_t count)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    if (!isfinite(low) || count < 2) {
        return;
    }
    const kt_chart chart = {.count = count};
    const kt_chart_line line = {.style = "own", .value = values};
    const kt_plot plot = {.page = page,
                          .width = SPARK_WIDTH,
                          .height = SPARK_HEIGHT,
                          .left = SPARK_MARGIN,
                          .right = SPARK_MARGIN,
                          .top = SPARK_MARGIN,
                          .bottom = SPARK_MARGIN,
                          .x = {.high = (double)(count - 1)},
                          .y = {.low = low, .high = high > low ? high : low + 1.0}};
    kt_html_open(
        &page->html, "svg",
        KT_FILLED("class", "spark", "aria-hidden", "true", "viewBox",
                  kt_arena_print(page->arena, "0 0 %.0f %.0f", SPARK_WIDTH, SPARK_HEIGHT)));
    put_line(&plot, &chart, &line, false);
    kt_html_close(&page->html);
}
