/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_DOTS_H
#define KT_PAGES_DOTS_H

#include "pages/plot.h"

/** A row of a chart of dots, from top to bottom. NAN: no such mark. */
typedef struct kt_dots_row {
    const char *name;
    const char *words;       /* read where a pointer rests on its marks */
    double value, low, high; /* the mark and its range */
    double other;            /* a second mark, a ring */
    bool own;                /* the reader's own row */
} kt_dots_row;

typedef struct kt_dots {
    const char *id;
    const char *title, *description; /* what is read out */
    const kt_dots_row *rows;
    size_t count;
    double line; /* a figure that all rows are held against; NAN for none */
    bool percent;
} kt_dots;

/** Figures side by side, each on its own line; the axis begins at 0. */
void kt_dots_put(kt_page *page, const kt_dots *dots);

#endif
