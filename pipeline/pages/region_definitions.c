/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/region.h"

/* What the words of the page mean. */
void kt_region_definitions(kt_page *page)
{
    static const struct {
        kt_word term, says;
    } all[] = {
        {KT_WORD_term_unemployed, KT_WORD_says_unemployed},
        {KT_WORD_term_vacancy, KT_WORD_says_vacancy},
        {KT_WORD_term_tightness, KT_WORD_says_tightness},
        {KT_WORD_term_unplaced, KT_WORD_says_unplaced},
        {KT_WORD_term_hidden, KT_WORD_says_hidden},
        {KT_WORD_term_state, KT_WORD_says_state},
        {KT_WORD_term_mismatch, KT_WORD_says_mismatch},
        {KT_WORD_term_project_coverage, KT_WORD_says_project_coverage},
    };
    kt_page_section(page, "definitions", kt_page_say(page, KT_WORD_definitions));
    kt_html_open(&page->html, "dl", NULL);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        kt_html_element(&page->html, "dt", NULL, kt_page_say(page, all[i].term));
        kt_html_element(&page->html, "dd", NULL, kt_page_say(page, all[i].says));
    }
    kt_html_close(&page->html);
    kt_html_close(&page->html);
}
