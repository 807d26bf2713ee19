/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/region.h"
#include "pages/script.h"
#include "pages/site.h"

static void put_region(kt_page *page, const char *level, const char *code)
{
    kt_html *to = &page->html;
    const kt_sheet changes = kt_page_newest_changes(page, level, code);
    const char *name = kt_book_name(page->book, "region", level, code, page->words->name);
    kt_html_open(to, "tr", NULL);
    kt_html_open(to, "th", KT_FILLED("scope", "row"));
    kt_html_element(to, "a", KT_FILLED("href", kt_arena_print(page->arena, "%s.html", code)), name);
    kt_html_close(to);
    kt_region_line_cells(page, &changes);
    kt_html_element(to, "td", NULL, kt_page_say(page, kt_region_change(&changes)));
    kt_html_close(to);
}

/* The table of a level, if any of its regions has a page. */
static void put_level(kt_page *page, const char *level)
{
    const kt_sheet *regions = kt_book_table(page->book, "dim_region");
    const char *heading = kt_page_say_named(page, "level", level);
    size_t count = 0;
    for (size_t row = kt_sheet_find(regions, "level", level, 0); row < regions->row_count;
         row = kt_sheet_find(regions, "level", level, row + 1)) {
        const char *code = kt_sheet_cell(regions, row, "code");
        if (!kt_book_has_figures(page->book, level, code)) {
            continue;
        }
        if (count++ == 0) {
            kt_page_section(page, level, heading);
            kt_page_table_begin(page, heading);
            kt_region_line_titles(page, kt_page_say(page, KT_WORD_trends));
            kt_html_open(&page->html, "tbody", NULL);
        }
        put_region(page, level, code);
    }
    if (count > 0) {
        kt_html_close(&page->html);
        kt_page_table_end(page);
        kt_html_close(&page->html);
    }
}

kt_status kt_page_index(kt_page *page, kt_error *err)
{
    const kt_place of = kt_region_country(page);
    page->script = kt_page_script;
    kt_page_begin(page, kt_page_say(page, KT_WORD_index), kt_region_subtitle(page, &of));
    kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_index_text));
    kt_html_element(&page->html, "div",
                    KT_FILLED("id", "search", "data-label", kt_page_say(page, KT_WORD_search),
                              "data-found", kt_page_say(page, KT_WORD_found)),
                    "");
    for (size_t i = 0; kt_site_levels[i] != NULL; i++) {
        put_level(page, kt_site_levels[i]);
    }
    return kt_page_end(page, err);
}
