/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_PLOT_H
#define KT_PAGES_PLOT_H

#include "pages/page.h"

/**
 * A drawing with two axes as SVG: read aloud by its title and description, without colours of its
 * own (classes of the style sheet have them), and of a width at which its words can be read on a
 * phone. What is drawn is for the eye; the figures stand in the table that every chart has.
 */
typedef struct kt_axis {
    double low, high, step; /* low and high are whole steps */
    int decimals;           /* of its numbers */
    bool percent;           /* they are shares */
} kt_axis;

/** The nearest round numbers around low and high, at most so many steps apart. */
kt_axis kt_axis_around(double low, double high, unsigned steps);

typedef struct kt_plot {
    kt_page *page;
    double width, height;
    double left, right, top, bottom; /* margins */
    kt_axis x, y;
} kt_plot;

typedef struct kt_spot {
    double x, y; /* in the drawing, from the top left */
} kt_spot;

/** id: of the drawing, for those who listen, and its name for snapshot --chart. */
void kt_plot_begin(const kt_plot *plot, const char *id, const char *title, const char *description);
void kt_plot_end(const kt_plot *plot);

/** Where figures stand. */
double kt_plot_x(const kt_plot *plot, double figure);
double kt_plot_y(const kt_plot *plot, double figure);

/** Lines of the grid with their numbers. */
void kt_plot_grid_x(const kt_plot *plot);
void kt_plot_grid_y(const kt_plot *plot);

/** anchor: start, middle, end; style: a class, or NULL. */
void kt_plot_words(const kt_plot *plot, kt_spot at, const char *anchor, const char *style,
                   const char *words);

/** The same with its middle at the spot's height, on two lines where it has more letters than most:
 * parted at a space or a hyphen, and cut where that is still too long. */
void kt_plot_name(const kt_plot *plot, kt_spot at, const char *anchor, const char *style,
                  const char *name, size_t most);

/** True if kt_plot_name takes two lines. */
bool kt_plot_is_long(const char *name, size_t most);

void kt_plot_rule(const kt_plot *plot, kt_spot from, kt_spot to, const char *style);

/** A path in SVG's own language. */
void kt_plot_path(const kt_plot *plot, const char *path, const char *style);

typedef enum kt_mark { KT_MARK_DOT, KT_MARK_RING, KT_MARK_SQUARE, KT_MARK_TRIANGLE } kt_mark;

/** A mark; its words are read where a pointer rests on it (NULL: none). */
void kt_plot_mark(const kt_plot *plot, kt_spot at, kt_mark shape, const char *style,
                  const char *words);

#endif
