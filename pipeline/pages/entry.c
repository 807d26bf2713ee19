/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/hash.h"
#include "pages/region.h"
#include "pages/site.h"

/* A name for the run that no other has: its id's hash in the shape of RFC 9562 (version 8, our
 * own). */
static const char *uuid_of(const kt_page *page)
{
    char hash[KT_HASH_SIZE];
    const char *run_id = kt_book_of(page->book)->run_id;
    kt_hash_bytes(run_id, strlen(run_id), hash);
    return kt_arena_print(page->arena, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8,
                          hash + 12, hash + 15, hash + 18);
}

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
    kt_html_open(to, "entry", KT_FILLED("xmlns", KT_ATOM, "xml:lang", page->words->name));
    kt_html_element(to, "id", NULL, uuid_of(page));
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
