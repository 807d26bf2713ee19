/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/region.h"

/* What stands of each region where regions stand below each other. */
static const struct {
    const char *indicator;
    int decimals;
} figures[] = {{"unemployed", 0}, {"vacancies", 0}, {"job_seekers_per_vacancy", 1}};
#define FIGURES (sizeof figures / sizeof figures[0])

void kt_region_line_titles(kt_page *page, const char *last)
{
    kt_html *to = &page->html;
    kt_html_open(to, "thead", NULL);
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "col"), kt_page_say(page, KT_WORD_dim_region));
    for (size_t i = 0; i < FIGURES; i++) {
        kt_html_element(
            to, "th", KT_FILLED("scope", "col", "class", "n"),
            kt_book_name(page->book, "indicator", NULL, figures[i].indicator, page->words->name));
    }
    if (last != NULL) {
        kt_html_element(to, "th", KT_FILLED("scope", "col"), last);
    }
    kt_html_close(to);
    kt_html_close(to);
}

void kt_region_line_cells(kt_page *page, const kt_sheet *newest)
{
    for (size_t i = 0; i < FIGURES; i++) {
        const size_t row = kt_sheet_find(newest, "indicator", figures[i].indicator, 0);
        const bool there = row < newest->row_count;
        if (there) {
            kt_page_show(page, newest, row, 1);
        }
        kt_html_element(&page->html, "td", KT_FILLED("class", "n"),
                        there ? kt_page_figure(page, newest, row, "value", figures[i].decimals)
                              : kt_page_say(page, KT_WORD_status_L));
    }
}
