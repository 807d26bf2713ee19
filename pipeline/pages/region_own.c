/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "pages/region.h"

#define MOST_ROWS 20

typedef struct dated {
    const char *start; /* the first day of the period */
    size_t row;        /* where it stands in the table */
} dated;

/* Of one day as in the table: by period and name. */
static int newest_first(const void *a, const void *b)
{
    const dated *one = a, *other = b;
    const int order = strcmp(other->start, one->start);
    return order != 0 ? order : (one->row < other->row ? -1 : 1);
}

static void put_newest_first(kt_sheet *sheet, kt_arena *arena)
{
    dated *order = kt_arena_array(arena, dated, sheet->row_count + 1);
    const char *const **rows = kt_arena_array(arena, const char *const *, sheet->row_count + 1);
    for (size_t row = 0; row < sheet->row_count; row++) {
        order[row] = (dated){kt_sheet_cell(sheet, row, "period_start"), row};
    }
    qsort(order, sheet->row_count, sizeof *order, newest_first);
    for (size_t row = 0; row < sheet->row_count; row++) {
        rows[row] = sheet->rows[order[row].row];
    }
    sheet->rows = rows;
}

void kt_region_own(kt_page *page, const kt_place *of)
{
    static const kt_page_column columns[] = {
        KT_CELLS("name"), KT_CELLS("time_period"), KT_NUMBERS("value", 2),
        KT_CELLS("unit"), KT_CELLS("source"),      KT_NO_MORE,
    };
    const kt_page_part part = {
        "own", KT_WORD_own_counts, KT_WORD_own_counts_note, KT_WORD_nothing, columns, MOST_ROWS};
    kt_sheet rows = kt_book_rows(page->book, "own_counts", KT_FILLED("region_level", "region_code"),
                                 KT_FILLED(of->level, of->code));
    if (rows.row_count > 0) {
        put_newest_first(&rows, page->arena);
        kt_page_put_part(page, &part, &rows);
    }
}
