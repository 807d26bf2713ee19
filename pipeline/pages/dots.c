/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/dots.h"

#include <math.h>

#define WIDTH     480.0
#define ROW       20.0
#define TALL_ROW  30.0 /* where names take two lines */
#define LEFT      190.0
#define RIGHT     24.0
#define TOP       8.0
#define BOTTOM    26.0
#define STEPS     4
#define NAME_MOST 24 /* letters of a name on a line */
#define BASELINE  4.0
#define BEYOND    2.0
#define NAME_GAP  10.0

static double finite_or_0(double figure)
{
    return isfinite(figure) ? figure : 0.0;
}

/* A range may be many times the figures; one that ends beyond twice the greatest of them is drawn
 * as going on. */
static double greatest_of(const kt_dots *dots)
{
    double greatest = finite_or_0(dots->line), widest = 0.0;
    for (size_t i = 0; i < dots->count; i++) {
        const kt_dots_row *row = &dots->rows[i];
        greatest = fmax(greatest, fmax(finite_or_0(row->value), finite_or_0(row->other)));
        widest = fmax(widest, finite_or_0(row->high));
    }
    greatest = fmax(greatest, fmin(widest, BEYOND * greatest));
    return greatest > 0.0 ? greatest : 1.0;
}

/* Rows are alike, whichever of them has the long name. */
static double row_height(const kt_dots *dots)
{
    for (size_t i = 0; i < dots->count; i++) {
        if (kt_plot_is_long(dots->rows[i].name, NAME_MOST)) {
            return TALL_ROW;
        }
    }
    return ROW;
}

static void put_range(const kt_plot *plot, const kt_dots_row *row, double y, const char *style)
{
    const bool goes_on = row->high > plot->x.high;
    const double end = kt_plot_x(plot, goes_on ? plot->x.high : row->high);
    kt_plot_rule(plot, (kt_spot){kt_plot_x(plot, row->low), y}, (kt_spot){end, y},
                 kt_arena_print(plot->page->arena, "range %s", style));
    if (goes_on) {
        kt_plot_words(plot, (kt_spot){end, y + BASELINE}, "start", NULL, "\u2192");
    }
}

static void put_row(const kt_plot *plot, const kt_dots_row *row, double y)
{
    const char *style = row->own ? "own" : "other";
    kt_plot_name(plot, (kt_spot){LEFT - NAME_GAP, y}, "end", row->own ? "strong" : NULL, row->name,
                 NAME_MOST);
    if (isfinite(row->low) && isfinite(row->high) && row->high > row->low) {
        put_range(plot, row, y, style);
    }
    if (isfinite(row->other)) {
        kt_plot_mark(plot, (kt_spot){kt_plot_x(plot, row->other), y}, KT_MARK_RING, style,
                     row->words);
    }
    if (isfinite(row->value)) {
        kt_plot_mark(plot, (kt_spot){kt_plot_x(plot, row->value), y},
                     row->own ? KT_MARK_SQUARE : KT_MARK_DOT, style, row->words);
    }
}

void kt_dots_put(kt_page *page, const kt_dots *dots)
{
    const double row = row_height(dots);
    const double height = TOP + BOTTOM + row * (double)dots->count;
    kt_plot plot = {.page = page,
                    .width = WIDTH,
                    .height = height,
                    .left = LEFT,
                    .right = RIGHT,
                    .top = TOP,
                    .bottom = BOTTOM,
                    .x = kt_axis_around(0.0, greatest_of(dots), STEPS)};
    plot.x.percent = dots->percent;
    kt_plot_begin(&plot, dots->id, dots->title, dots->description);
    kt_plot_grid_x(&plot);
    if (isfinite(dots->line)) {
        const double x = kt_plot_x(&plot, dots->line);
        kt_plot_rule(&plot, (kt_spot){x, TOP}, (kt_spot){x, height - BOTTOM}, "held");
    }
    for (size_t i = 0; i < dots->count; i++) {
        put_row(&plot, &dots->rows[i], TOP + row * ((double)i + 0.5));
    }
    kt_plot_end(&plot);
}
