/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/project.h"

static bool is_member(void *context, const kt_sheet *laarit, size_t row)
{
    const char *const *code = context;
    return kt_list_has(kt_sheet_cell(laarit, row, "projects"), '|', *code);
}

static kt_sheet results_of(const kt_page *page, const char *laari, const char *project)
{
    return kt_book_rows(page->book, "laari_results", KT_FILLED("laari_id", "project_code"),
                        KT_FILLED(laari, project));
}

static void put_results(kt_page *page, const char *code, const kt_sheet *laarit, size_t row)
{
    static const kt_page_column own[] = {
        KT_NAMES("indicator_code", "report"),
        KT_NUMBERS("rate", 1),
        KT_NUMBERS("ci_low", 1),
        KT_NUMBERS("ci_high", 1),
        KT_NUMBERS("change", 2),
        KT_NUMBERS("funnel_low", 2),
        KT_NUMBERS("funnel_high", 2),
        KT_SAID("outside_funnel", "yes"),
        KT_SAID("reason_codes", "reason"),
        KT_NO_MORE,
    };
    static const kt_page_column whole[] = {
        KT_NAMES("indicator_code", "report"),
        KT_NUMBERS("k_projects", 0),
        KT_NUMBERS("n_reporting", 0),
        KT_NUMBERS("rate", 1),
        KT_NUMBERS("ci_low", 1),
        KT_NUMBERS("ci_high", 1),
        KT_NUMBERS("change", 2),
        KT_SAID("homogeneous", "yes"),
        KT_SAID("reason_codes", "reason"),
        KT_NO_MORE,
    };
    const char *id = kt_sheet_cell(laarit, row, "laari_id");
    const char *name = kt_book_name(page->book, "laari", NULL, id, page->words->name);
    const kt_sheet mine = results_of(page, id, code), pooled = results_of(page, id, "_T");
    kt_html_element(&page->html, "h3", NULL, name);
    if (mine.row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_results_none));
    } else {
        kt_page_table(
            page,
            kt_arena_print(page->arena, "%s: %s", name, kt_page_say(page, KT_WORD_project_results)),
            &mine, own, 0);
    }
    if (pooled.row_count > 0) {
        kt_page_table(page,
                      kt_arena_print(page->arena, "%s: %s", name,
                                     kt_page_say(page, KT_WORD_project_results_whole)),
                      &pooled, whole, 0);
    }
}

void kt_project_clusters(kt_page *page, const char *code)
{
    const kt_sheet laarit =
        kt_sheet_those(kt_book_table(page->book, "laari"), is_member, &code, page->arena);
    kt_page_section(page, "clusters", kt_page_say(page, KT_WORD_clusters));
    if (laarit.row_count == 0) {
        kt_html_element(&page->html, "p", NULL, kt_page_say(page, KT_WORD_project_clusters_none));
    } else {
        kt_project_note(page, KT_WORD_clusters_note);
    }
    for (size_t row = 0; row < laarit.row_count; row++) {
        put_results(page, code, &laarit, row);
    }
    kt_html_close(&page->html);
}
