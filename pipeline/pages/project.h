/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_PROJECT_H
#define KT_PAGES_PROJECT_H

#include "pages/page.h"

/** The sections of a project's sheet; each is put into the page whole, and says why it is empty. */

/** Targets and what was realised, with what was reported, and each report that is missing or late.
 */
void kt_project_reports(kt_page *page, const char *code);

/** Its clusters: what it achieves beside the whole, and whether it lies outside the funnel. */
void kt_project_clusters(kt_page *page, const char *code);

/** Who works on the same thing, and who else works in its regions. */
void kt_project_neighbours(kt_page *page, const char *code);
void kt_project_others(kt_page *page, const char *code, const kt_sheet *places);

/** A note of the page. */
static inline void kt_project_note(kt_page *page, kt_word word)
{
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"), kt_page_say(page, word));
}

#endif
