/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pages/region.h"

/* Regions of the same level that are of a similar size: whose unemployed job seekers are the
 * fewest times more or fewer. */

#define PEERS 4

static const struct {
    const char *indicator;
    int decimals;
} figures[] = {{"unemployed", 0}, {"vacancies", 0}, {"job_seekers_per_vacancy", 1}};
#define FIGURES (sizeof figures / sizeof figures[0])

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

static kt_sheet of_month(const kt_page *page, const kt_place *of, const char *indicator)
{
    return kt_book_rows(page->book, "changes",
                        KT_FILLED("region_level", "indicator", "time_period"),
                        KT_FILLED(of->level, indicator, of->month));
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

static void put_peer(kt_page *page, const kt_place *of, const char *code, const kt_sheet *sheets)
{
    kt_html *to = &page->html;
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "row"),
                    kt_book_name(page->book, "region", of->level, code, page->words->name));
    for (size_t i = 0; i < FIGURES; i++) {
        const size_t row = kt_sheet_find(&sheets[i], "region_code", code, 0);
        const bool there = row < sheets[i].row_count;
        if (there) {
            kt_page_show(page, &sheets[i], row, 1);
        }
        kt_html_element(to, "td", KT_FILLED("class", "n"),
                        there ? kt_page_figure(page, &sheets[i], row, "value", figures[i].decimals)
                              : kt_page_say(page, KT_WORD_status_L));
    }
    kt_html_close(to);
}

static void put_titles(kt_page *page)
{
    kt_html *to = &page->html;
    kt_html_open(to, "thead", NULL);
    kt_html_open(to, "tr", NULL);
    kt_html_element(to, "th", KT_FILLED("scope", "col"), kt_page_say(page, KT_WORD_dim_region));
    for (size_t i = 0; i < FIGURES; i++) {
        kt_html_element(
            to, "th", KT_FILLED("scope", "col", "class", "n"),
            kt_book_name(page->book, "indicator", NULL, figures[i].indicator, page->words->name));
    }
    kt_html_close(to);
    kt_html_close(to);
}

void kt_region_peers(kt_page *page, const kt_place *of)
{
    kt_sheet sheets[FIGURES];
    for (size_t i = 0; i < FIGURES; i++) {
        sheets[i] = of_month(page, of, figures[i].indicator);
    }
    peer *ranked = kt_arena_array(page->arena, peer, sheets[0].row_count + 1);
    const size_t known = rank(of, &sheets[0], ranked);
    if (known < 2 || ranked[0].times >= 0.0) {
        return; /* the only one of its kind, or of no known size */
    }
    const char *heading = kt_page_say(page, KT_WORD_peers);
    kt_page_section(page, "peers", heading);
    kt_html_element(&page->html, "p", KT_FILLED("class", "note"),
                    kt_page_say(page, KT_WORD_peers_note));
    kt_page_table_begin(page, heading);
    put_titles(page);
    kt_html_open(&page->html, "tbody", NULL);
    for (size_t i = 0; i < known && i <= PEERS; i++) {
        put_peer(page, of, ranked[i].code, sheets);
    }
    kt_html_close(&page->html);
    kt_page_table_end(page);
    kt_html_close(&page->html);
}
