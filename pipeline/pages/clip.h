/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_CLIP_H
#define KT_PAGES_CLIP_H

#include "pages/chart.h"

/**
 * One chart of a page as a picture of its own, with what a picture must not lack when it is taken
 * out of its page: its title, the place, what its lines mean, the day, and that figures are
 * modelled where they are. A page that has a clip notes its charts while it is made.
 */
typedef struct kt_clip kt_clip;

/** chart: the name of the chart that is wanted. */
kt_clip *kt_clip_new(const char *chart, kt_arena *arena);

/* While the page is made: keys stand before their chart. */
void kt_clip_keys(kt_clip *clip, const kt_key *keys, size_t count);
void kt_clip_begin(kt_clip *clip, const kt_plot *plot, const char *name, const char *title);
void kt_clip_end(kt_clip *clip, const kt_plot *plot);

/** The published rows of the section that has the chart; NULL before it was met. */
const kt_shown *kt_clip_rows(const kt_clip *clip);

/**
 * Writes the picture as SVG that needs nothing else. place: a line under the title; about: a line
 * at the foot. KT_ERR_NOT_FOUND names the charts that the page has.
 */
kt_status kt_clip_write(const kt_clip *clip, const kt_page *page, const char *place,
                        const char *about, const char *path, kt_error *err) KT_MUST_CHECK;

#endif
