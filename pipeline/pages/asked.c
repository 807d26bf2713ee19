/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/asked.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/period.h"
#include "core/text.h"

#define NEAR  2 /* edits that a mistyped code may be away */
#define NAMED 5 /* regions that are named in its place */

/* Regions have figures at a level where `changes` has rows of them. */
static bool has_figures(kt_book *book, const char *level, const char *code)
{
    return kt_book_rows(book, "changes", KT_FILLED("region_level", "region_code"),
                        KT_FILLED(level, code))
               .row_count > 0;
}

/* How far a region is from what was typed: by its code, or by its name in any language. */
static size_t distance_of(const kt_sheet *regions, size_t row, const char *typed)
{
    static const char *const columns[] = {"name_fi", "name_sv", "name_en"};
    size_t least = kt_text_distance(typed, kt_sheet_cell(regions, row, "code"), NEAR);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        const size_t way = kt_text_distance(typed, kt_sheet_cell(regions, row, columns[i]), NEAR);
        least = way < least ? way : least;
    }
    return least;
}

static size_t nearest_distance(kt_book *book, const kt_sheet *regions, const char *typed)
{
    size_t least = NEAR + 1;
    for (size_t row = 0; row < regions->row_count; row++) {
        const size_t way = distance_of(regions, row, typed);
        if (way < least && has_figures(book, kt_sheet_cell(regions, row, "level"),
                                       kt_sheet_cell(regions, row, "code"))) {
            least = way;
        }
    }
    return least;
}

/* "MK09 (Etelä-Karjala), MK19 (Lappi)"; "" if none is near. */
static void put_nearest(kt_book *book, const kt_sheet *regions, const char *typed, kt_text *out)
{
    const size_t least = nearest_distance(book, regions, typed);
    size_t count = 0;
    for (size_t row = 0; least <= NEAR && row < regions->row_count && count < NAMED; row++) {
        const char *code = kt_sheet_cell(regions, row, "code");
        if (distance_of(regions, row, typed) == least &&
            has_figures(book, kt_sheet_cell(regions, row, "level"), code)) {
            kt_text_print(out, "%s%s (%s)", count++ > 0 ? ", " : "", code,
                          kt_sheet_cell(regions, row, "name_fi"));
        }
    }
}

kt_status kt_asked_region(kt_book *book, const char *code, const char **level, kt_error *err)
{
    const kt_sheet *regions = kt_book_table(book, "dim_region");
    KT_TRY(kt_book_end(book, err));
    for (size_t row = kt_sheet_find(regions, "code", code, 0); row < regions->row_count;
         row = kt_sheet_find(regions, "code", code, row + 1)) {
        *level = kt_sheet_cell(regions, row, "level");
        if (has_figures(book, *level, code)) {
            return KT_OK;
        }
    }
    if (kt_sheet_find(regions, "code", code, 0) < regions->row_count) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "--region %s: the published run has no figures of it",
                       code);
    }
    KT_AUTO(text) kt_text near = {0};
    put_nearest(book, regions, code, &near);
    return near.length == 0
               ? kt_fail(err, KT_ERR_NOT_FOUND,
                         "--region: the published run has no region \"%s\"; csv/dim_region lists "
                         "them",
                         code)
               : kt_fail(err, KT_ERR_NOT_FOUND,
                         "--region: the published run has no region \"%s\"; the nearest: %s", code,
                         near.bytes);
}

kt_status kt_asked_period(kt_book *book, const char *period, bool *earlier, kt_error *err)
{
    kt_period read;
    if (!kt_period_read(period, &read) || read.frequency != KT_MONTHLY ||
        strchr(period, 'M') == NULL) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--period: expected a month such as 2026M06, found \"%s\"", period);
    }
    const kt_sheet months = kt_book_rows(book, "changes", KT_FILLED("region_level", "indicator"),
                                         KT_FILLED("country", "unemployed"));
    KT_TRY(kt_book_end(book, err));
    if (months.row_count == 0) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "--period: the published run has no month");
    }
    const char *last = kt_sheet_cell(&months, months.row_count - 1, "time_period");
    if (kt_sheet_find(&months, "time_period", period, 0) == months.row_count) {
        return kt_fail(err, KT_ERR_NOT_FOUND,
                       "--period: %s is not published with its changes; the first is %s, the last "
                       "%s",
                       period, kt_sheet_cell(&months, 0, "time_period"), last);
    }
    *earlier = strcmp(period, last) != 0;
    return KT_OK;
}
