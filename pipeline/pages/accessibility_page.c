/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/site.h"
#include "pipeline/page_settings.h"

/* The statement that the law on digital services (306/2019) wants beside every such site: what was
 * tested and what is lacking. Whoever publishes the pages says where feedback goes. */
kt_status kt_page_accessibility(kt_page *page, kt_error *err)
{
    static const kt_word paragraphs[] = {KT_WORD_accessibility_scope, KT_WORD_accessibility_state,
                                         KT_WORD_accessibility_limits};
    const char *address = page->settings->feedback;
    kt_html *to = &page->html;
    kt_page_begin(page, kt_page_say(page, KT_WORD_accessibility), NULL);
    for (size_t i = 0; i < sizeof paragraphs / sizeof paragraphs[0]; i++) {
        kt_html_element(to, "p", NULL, kt_page_say(page, paragraphs[i]));
    }
    kt_html_open(to, "p", NULL);
    if (address != NULL) {
        kt_html_text(to, kt_page_say(page, KT_WORD_feedback));
        kt_html_text(to, ": ");
        kt_html_element(to, "a", KT_FILLED("href", address), address);
    } else {
        kt_html_text(to, kt_page_say(page, KT_WORD_feedback_none));
    }
    kt_html_close(to);
    return kt_page_end(page, err);
}
