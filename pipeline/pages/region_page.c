/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/region.h"

/*
 * A region in one minute: five numbers and what changed, then how tight its market is beside the
 * whole country's, its occupations, its projects, its municipalities, and how sure all of it is.
 */

#define PROJECTS 40

static void put_coverage(kt_page *page, const kt_place *of)
{
    const kt_page_part is = {"coverage",
                             KT_WORD_coverage,
                             KT_WORD_coverage_note,
                             KT_WORD_coverage_none,
                             kt_page_coverage_columns,
                             0};
    const kt_sheet rows = kt_page_coverage(page, of->level, of->code);
    kt_page_put_part(page, &is, &rows);
}

static void put_ongoing(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_CELLS("name"),
        KT_CELLS("organisation"),
        KT_SAID("phase", "phase"),
        KT_CELLS("start_date"),
        KT_CELLS("end_date"),
        KT_NUMBERS("granted_eu_state_eur", 0),
        KT_NO_MORE,
    };
    const kt_page_part is = {"projects",           KT_WORD_ongoing, KT_WORDS,
                             KT_WORD_ongoing_none, columns,         PROJECTS};
    const kt_sheet rows =
        kt_book_rows(page->book, "ongoing_projects", KT_FILLED("region_level", "region_code"),
                     KT_FILLED(of->level, of->code));
    kt_page_put_part(page, &is, &rows);
}

kt_status kt_page_region(kt_page *page, const char *level, const char *code, kt_error *err)
{
    kt_place of = {
        .level = level,
        .code = code,
        .name = kt_book_name(page->book, "region", level, code, page->words->name),
        .newest = kt_page_newest_changes(page, level, code),
        .country = kt_page_newest_changes(page, KT_COUNTRY_LEVEL, KT_COUNTRY),
    };
    KT_TRY(kt_book_end(page->book, err));
    if (of.newest.row_count == 0) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "region %s: the published run has no figures of it",
                       code);
    }
    of.month = kt_sheet_cell(&of.newest, 0, "time_period");
    kt_page_begin(page, kt_region_title(page, &of), kt_region_subtitle(page, &of));
    kt_region_numbers(page, &of);
    kt_region_trends(page, &of);
    kt_region_tightness(page, &of);
    kt_region_curve(page, &of);
    kt_region_occupations(page, &of);
    kt_region_heat(page, &of);
    kt_region_beside(page, &of);
    kt_region_towns(page, &of);
    put_coverage(page, &of);
    put_ongoing(page, &of);
    kt_page_notes(page, &of.newest);
    kt_region_quality(page);
    return kt_page_end(page, err);
}
