/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_HTML_H
#define KT_PAGES_HTML_H

#include <stddef.h>

#include "core/text.h"

/**
 * HTML and SVG that cannot be malformed: elements close in the order they were opened, and whatever
 * is put into a page is escaped. Attributes come as pairs of name and value, ended by NULL; a value
 * that is NULL leaves the attribute out.
 *
 *     kt_html_open(to, "td", (const char *[]){"class", "number", NULL});
 *     kt_html_text(to, "1 < 2");
 *     kt_html_close(to);
 */
#define KT_HTML_DEPTH 32

typedef struct kt_html {
    kt_text *out; /* borrowed */
    const char *open[KT_HTML_DEPTH];
    size_t depth;
} kt_html;

void kt_html_open(kt_html *to, const char *tag, const char *const *attributes);

/** Closes what was opened last. */
void kt_html_close(kt_html *to);

/** An element without content: meta, br, an SVG shape. */
void kt_html_void(kt_html *to, const char *tag, const char *const *attributes);

void kt_html_text(kt_html *to, const char *words);

/** An element of words alone. */
void kt_html_element(kt_html *to, const char *tag, const char *const *attributes,
                     const char *words);

/** Markup of our own, as it is: the doctype, the style sheet. */
void kt_html_raw(kt_html *to, const char *markup);

#endif
