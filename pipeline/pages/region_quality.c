/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/region.h"

void kt_region_quality(kt_page *page)
{
    static const kt_page_column columns[] = {
        KT_TRANSLATED("title"),        KT_CELLS("last_period"),
        KT_CELLS("updated_at_source"), KT_NUMBERS("age_days", 0),
        KT_SAID("state", "state"),     KT_TRANSLATED("citation"),
        KT_CELLS("licence"),           KT_NO_MORE,
    };
    const kt_page_part is = {"quality", KT_WORD_quality, KT_WORDS, KT_WORD_nothing, columns, 0};
    kt_page_put_part(page, &is, kt_book_table(page->book, "sources"));
}
