/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "pages/chart.h"
#include "pages/dots.h"
#include "pages/region.h"
#include "pages/tile_map.h"

/*
 * The regions of a level side by side: each with the range that hidden cells and posts without a
 * region leave, held against the whole country. Nothing is ranked that those ranges do not rank.
 */

#define TIGHTNESS "tightness"
#define LEVEL     "maakunta" /* beside the whole country */

/* Rows of `changes` of a level in a month, the tightest first. */
static kt_sheet regions_of(const kt_page *page, const char *level, const char *month)
{
    return kt_book_rows(page->book, "changes",
                        KT_FILLED("region_level", "indicator", "time_period"),
                        KT_FILLED(level, TIGHTNESS, month));
}

typedef struct ranked {
    const char *const *row;
    double value;
} ranked;

static int by_value(const void *a, const void *b)
{
    const double one = ((const ranked *)a)->value, other = ((const ranked *)b)->value;
    if (isnan(one) || isnan(other)) {
        return isnan(one) - isnan(other);
    }
    return one > other ? -1 : one < other ? 1 : 0;
}

static void sort_rows(kt_page *page, kt_sheet *rows)
{
    ranked *order = kt_arena_array(page->arena, ranked, rows->row_count + 1);
    for (size_t i = 0; i < rows->row_count; i++) {
        order[i] = (ranked){rows->rows[i], kt_sheet_number(rows, i, "value")};
    }
    qsort(order, rows->row_count, sizeof *order, by_value);
    for (size_t i = 0; i < rows->row_count; i++) {
        rows->rows[i] = order[i].row;
    }
}

/* What may be said of a region beside the country: only what its range allows. */
static kt_word side_of(const kt_sheet *rows, size_t row, double country)
{
    const double low = fmin(kt_sheet_number(rows, row, "value_low"),
                            kt_sheet_number(rows, row, "value_low_unallocated"));
    const double high = fmax(kt_sheet_number(rows, row, "value_high"),
                             kt_sheet_number(rows, row, "value_high_unallocated"));
    if (isnan(low) || isnan(high) || isnan(country)) {
        return KT_WORD_side_unknown;
    }
    return low > country    ? KT_WORD_side_tighter
           : high < country ? KT_WORD_side_looser
                            : KT_WORD_side_unsure;
}

static void put_dots(kt_page *page, const kt_place *of, const kt_sheet *rows, double country)
{
    kt_dots_row *drawn = kt_arena_array(page->arena, kt_dots_row, rows->row_count + 1);
    for (size_t i = 0; i < rows->row_count; i++) {
        const char *code = kt_sheet_cell(rows, i, "region_code");
        const char *name = kt_book_name(
            page->book, "region", kt_sheet_cell(rows, i, "region_level"), code, page->words->name);
        drawn[i] = (kt_dots_row){
            .name = name,
            .words = kt_arena_print(page->arena, "%s: %s", name,
                                    kt_page_figure(page, rows, i, "value", 2)),
            .value = kt_sheet_number(rows, i, "value"),
            .low = kt_sheet_number(rows, i, "value_low_unallocated"),
            .high = kt_sheet_number(rows, i, "value_high_unallocated"),
            .other = NAN,
            .own = strcmp(code, of->code) == 0,
        };
    }
    const kt_dots dots = {.id = "beside",
                          .title = kt_page_say(page, KT_WORD_beside),
                          .description = kt_page_say(page, KT_WORD_beside_note),
                          .rows = drawn,
                          .count = rows->row_count,
                          .line = country};
    kt_dots_put(page, &dots);
}

static void put_keys(kt_page *page, const kt_place *of)
{
    const kt_key keys[] = {{"square", of->name},
                           {"dot", kt_page_say(page, KT_WORD_beside_others)},
                           {"held", kt_page_say(page, KT_WORD_beside_country)}};
    const bool is_country = strcmp(of->code, KT_COUNTRY) == 0;
    kt_keys_put(page, is_country ? keys + 1 : keys, is_country ? 2 : 3);
}

/* Squares are known of maakunnat alone. */
static void put_map(kt_page *page, const kt_place *of, const kt_sheet *rows, double country)
{
    const char *level = kt_sheet_cell(rows, 0, "region_level");
    const kt_outlines *outlines = kt_outlines_of(page->maps, page->map_count, level);
    if (outlines == NULL && strcmp(level, LEVEL) != 0) {
        return;
    }
    kt_tile *tiles = kt_arena_array(page->arena, kt_tile, rows->row_count + 1);
    for (size_t i = 0; i < rows->row_count; i++) {
        const char *code = kt_sheet_cell(rows, i, "region_code");
        tiles[i] =
            (kt_tile){.code = code,
                      .name = kt_book_name(page->book, "region", level, code, page->words->name),
                      .figure = kt_page_figure(page, rows, i, "value", 2),
                      .kind = (size_t)(side_of(rows, i, country) - KT_WORD_side_tighter),
                      .own = strcmp(code, of->code) == 0};
    }
    kt_tile_map_put(page, outlines, tiles, rows->row_count);
}

void kt_region_beside(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_NAMES("region_code", "region"),      KT_NUMBERS("value", 3),
        KT_NUMBERS("value_low_unallocated", 3), KT_NUMBERS("value_high_unallocated", 3),
        KT_NUMBERS("same_period_last_year", 3), KT_NO_MORE,
    };
    const char *level = strcmp(of->code, KT_COUNTRY) == 0 ? LEVEL : of->level;
    const size_t at = kt_sheet_find(&of->country, "indicator", TIGHTNESS, 0);
    kt_sheet rows = {0};
    double country = NAN;
    if (at < of->country.row_count) {
        country = kt_sheet_number(&of->country, at, "value");
        rows = regions_of(page, level, kt_sheet_cell(&of->country, at, "time_period"));
        sort_rows(page, &rows);
    }
    if (rows.row_count < 2) {
        return;
    }
    kt_page_section(page, "beside", kt_page_say(page, KT_WORD_beside));
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_beside_note));
    put_keys(page, of);
    put_dots(page, of, &rows, country);
    put_map(page, of, &rows, country);
    kt_page_data(page, kt_page_say(page, KT_WORD_beside), &rows, columns);
    kt_html_close(&page->html);
}
