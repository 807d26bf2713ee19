/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pages/region.h"

/* Regions of the same level that are of a similar size: whose unemployed job seekers are the
 * fewest times more or fewer. */

#define PEERS 4

typedef struct peer {
    const char *code;
    double times; /* the logarithm of how many times larger or smaller; INFINITY: not known */
} peer;

static int by_size(const void *a, const void *b)
{
    const peer *one = a, *other = b;
    return one->times < other->times   ? -1
           : one->times > other->times ? 1
                                       : strcmp(one->code, other->code);
}

/* The region itself first, then the others from the most alike on; how many are known. */
static size_t rank(const kt_place *of, const kt_sheet *rows, peer *out)
{
    const size_t own_row = kt_sheet_find(rows, "region_code", of->code, 0);
    const double own = own_row < rows->row_count ? kt_sheet_number(rows, own_row, "value") : NAN;
    size_t known = 0;
    for (size_t row = 0; row < rows->row_count; row++) {
        const double times = fabs(log(kt_sheet_number(rows, row, "value") / own));
        out[row] =
            (peer){kt_sheet_cell(rows, row, "region_code"), isfinite(times) ? times : INFINITY};
        out[row].times = row == own_row ? -1.0 : out[row].times;
        known += isfinite(out[row].times) ? 1 : 0;
    }
    qsort(out, rows->row_count, sizeof *out, by_size);
    return known;
}

static void put_peer(kt_page *page, const char *level, const char *code)
{
    const kt_sheet newest = kt_page_newest_changes(page, level, code);
    kt_html_open(&page->html, "tr", NULL);
    kt_html_element(&page->html, "th", KT_FILLED("scope", "row"),
                    kt_book_name(page->book, "region", level, code, page->words->name));
    kt_region_line_cells(page, &newest);
    kt_html_close(&page->html);
}

void kt_region_peers(kt_page *page, const kt_place *of)
{
    const kt_sheet sizes =
        kt_book_rows(page->book, "changes", KT_FILLED("region_level", "indicator", "time_period"),
                     KT_FILLED(of->level, "unemployed", of->month));
    peer *ranked = kt_arena_array(page->arena, peer, sizes.row_count + 1);
    const size_t known = rank(of, &sizes, ranked);
    if (known < 2 || ranked[0].times >= 0.0) {
        return; /* the only one of its kind, or of no known size */
    }
    const char *heading = kt_page_say(page, KT_WORD_peers);
    kt_page_section(page, "peers", heading);
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_peers_note));
    kt_page_table_begin(page, heading);
    kt_region_line_titles(page, NULL);
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t i = 0; i < known && i <= PEERS; i++) {
        put_peer(page, of->level, ranked[i].code);
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
    kt_html_close(&page->html);
}
