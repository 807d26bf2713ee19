/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/region.h"

#define OCCUPATIONS 60

void kt_region_occupations(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_NAMES("occupation_code", "occupation"),
        KT_SAID("state", "state"),
        KT_NUMBERS("degree", 0),
        KT_NUMBERS("unemployed", 0),
        KT_NUMBERS("vacancies", 0),
        KT_SAID("robustness", "robustness"),
        KT_NO_MORE,
    };
    /* from shortage to surplus */
    static const char *const states[] = {"shortage", "matching_problem", "balance", "surplus"};
    const kt_page_part is = {
        "occupations", KT_WORD_occupations, KT_WORD_occupations_note, KT_WORD_occupations_none,
        columns,       OCCUPATIONS};
    kt_sheet all = {0};
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        const kt_sheet some =
            kt_book_rows(page->book, "occupation_balance",
                         KT_FILLED("region_level", "region_code", "occupation_level", "state"),
                         KT_FILLED(of->level, of->code, "isco2", states[i]));
        kt_sheet_join(&all, &some, page->arena);
    }
    kt_page_put_part(page, &is, &all);
}
