/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/html.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static void put_escaped(kt_text *out, const char *words)
{
    for (; *words != '\0'; words++) {
        switch (*words) {
        case '&':
            kt_text_put(out, "&amp;");
            break;
        case '<':
            kt_text_put(out, "&lt;");
            break;
        case '>':
            kt_text_put(out, "&gt;");
            break;
        case '"':
            kt_text_put(out, "&quot;");
            break;
        default:
            kt_text_put_char(out, *words);
        }
    }
}

static void put_start(const kt_html *to, const char *tag, const char *const *attributes)
{
    kt_text_put_char(to->out, '<');
    kt_text_put(to->out, tag);
    for (; attributes != NULL && attributes[0] != NULL; attributes += 2) {
        if (attributes[1] != NULL) {
            kt_text_put_char(to->out, ' ');
            kt_text_put(to->out, attributes[0]);
            kt_text_put(to->out, "=\"");
            put_escaped(to->out, attributes[1]);
            kt_text_put_char(to->out, '"');
        }
    }
}

void kt_html_open(kt_html *to, const char *tag, const char *const *attributes)
{
    assert(to->depth < KT_HTML_DEPTH);
    put_start(to, tag, attributes);
    kt_text_put_char(to->out, '>');
    to->open[to->depth++] = tag;
}

void kt_html_close(kt_html *to)
{
    assert(to->depth > 0);
    kt_text_put(to->out, "</");
    kt_text_put(to->out, to->open[--to->depth]);
    kt_text_put(to->out, ">\n");
}

void kt_html_void(kt_html *to, const char *tag, const char *const *attributes)
{
    static const char *const of_html[] = {"meta", "br", "col", "link"};
    bool is_shape = true; /* of SVG, which is XML */
    for (size_t i = 0; i < sizeof of_html / sizeof of_html[0]; i++) {
        is_shape = is_shape && strcmp(tag, of_html[i]) != 0;
    }
    put_start(to, tag, attributes);
    kt_text_put(to->out, is_shape ? "/>" : ">\n");
}

void kt_html_text(kt_html *to, const char *words)
{
    put_escaped(to->out, words);
}

void kt_html_element(kt_html *to, const char *tag, const char *const *attributes, const char *words)
{
    kt_html_open(to, tag, attributes);
    kt_html_text(to, words);
    kt_html_close(to);
}

void kt_html_raw(kt_html *to, const char *markup)
{
    kt_text_put(to->out, markup);
}
