/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>

#include "core/cleanup.h"
#include "core/hash.h"
#include "pages/region.h"
#include "pages/site.h"

/* What is told to have changed in the country, in sentences. */
static const char *summary_of(const kt_page *page, const kt_place *of)
{
    KT_AUTO(text) kt_text text = {0};
    for (size_t row = 0; row < of->newest.row_count; row++) {
        const char *told = kt_region_told(page, &of->newest, row);
        if (told != NULL) {
            kt_text_print(&text, "%s%s", text.length > 0 ? " " : "", told);
        }
    }
    return text.length > 0 ? kt_arena_copy_n(page->arena, text.bytes, text.length)
                           : kt_page_say(page, KT_WORD_told_none);
}

kt_status kt_page_entry(kt_page *page, kt_error *err)
{
    kt_html *to = &page->html;
    const kt_place of = kt_region_country(page);
    char urn[KT_URN_SIZE];
    kt_hash_urn(kt_book_of(page->book)->run_id, urn);
    kt_html_open(to, "entry", KT_FILLED("xmlns", KT_ATOM, "xml:lang", page->words->name));
    kt_html_element(to, "id", NULL, urn);
    kt_html_element(to, "title", NULL, kt_region_title(page, &of));
    kt_html_element(to, "updated", NULL, kt_book_of(page->book)->as_of);
    kt_html_open(to, "link",
                 KT_FILLED("rel", "alternate", "type", "text/html", "hreflang", page->words->name,
                           "href", "index.html"));
    kt_html_close(to);
    kt_html_element(to, "summary", NULL, summary_of(page, &of));
    kt_html_close(to);
    assert(to->depth == 0);
    return kt_book_end(page->book, err);
}
