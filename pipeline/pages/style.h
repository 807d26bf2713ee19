/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_STYLE_H
#define KT_PAGES_STYLE_H

/** The colours by name, light and then dark. */
extern const char kt_palette[];

/** The style sheet of every page. */
extern const char kt_page_style[];

/** And of the drawings on them. */
extern const char kt_chart_style[];

#endif
