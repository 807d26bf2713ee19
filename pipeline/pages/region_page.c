/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "pages/region.h"
#include "pages/region_projects.h"

/*
 * A region in one minute: five numbers and what changed, then how tight its market is beside the
 * whole country's, its occupations, its projects, its municipalities, and how sure all of it is.
 */

kt_status kt_region_place(const kt_page *page, const char *level, const char *code, kt_place *out,
                          kt_error *err)
{
    *out = (kt_place){
        .level = level,
        .code = code,
        .name = kt_book_name(page->book, "region", level, code, page->words->name),
        .newest = kt_page_newest_changes(page, level, code),
        .country = kt_page_newest_changes(page, KT_COUNTRY_LEVEL, KT_COUNTRY),
    };
    KT_TRY(kt_book_end(page->book, err));
    if (out->newest.row_count == 0) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "region %s: the published run has no figures of it",
                       code);
    }
    out->month = kt_sheet_cell(&out->newest, 0, "time_period");
    return KT_OK;
}

kt_status kt_page_region(kt_page *page, const char *level, const char *code, kt_error *err)
{
    kt_place of;
    KT_TRY(kt_region_place(page, level, code, &of, err));
    kt_page_begin(page, kt_region_title(page, &of), kt_region_subtitle(page, &of));
    kt_page_tell_month(page);
    kt_region_numbers(page, &of);
    kt_region_trends(page, &of);
    kt_region_tightness(page, &of);
    kt_region_season(page, &of);
    kt_region_curve(page, &of);
    kt_region_occupations(page, &of);
    kt_region_heat(page, &of);
    kt_region_beside(page, &of);
    kt_region_peers(page, &of);
    kt_region_towns(page, &of);
    kt_region_projects(page, &of);
    kt_region_own(page, &of);
    kt_page_notes(page, &of.newest);
    kt_region_quality(page);
    kt_region_definitions(page);
    return kt_page_end(page, err);
}
