/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "pages/sheet.h"

kt_sheet kt_sheet_those(const kt_sheet *all, kt_row_wanted *wanted, void *context, kt_arena *arena)
{
    kt_sheet found = {.schema = all->schema};
    found.rows = kt_arena_array(arena, const char *const *, all->row_count + 1);
    for (size_t row = 0; row < all->row_count; row++) {
        if (wanted(context, all, row)) {
            found.rows[found.row_count++] = all->rows[row];
        }
    }
    return found;
}

typedef struct ranked {
    double number;
    size_t place;
    const char *const *row;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->number != y->number) {
        return x->number > y->number ? -1 : 1;
    }
    return x->place < y->place ? -1 : 1;
}

void kt_sheet_rank(kt_sheet *sheet, const char *column, kt_arena *arena)
{
    ranked *all = kt_arena_array(arena, ranked, sheet->row_count + 1);
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *cell = kt_sheet_cell(sheet, row, column);
        all[row] = (ranked){-INFINITY, row, sheet->rows[row]};
        (void)kt_number_read(cell, strlen(cell), &all[row].number);
    }
    qsort(all, sheet->row_count, sizeof *all, by_rank);
    for (size_t row = 0; row < sheet->row_count; row++) {
        sheet->rows[row] = all[row].row;
    }
}

bool kt_list_has(const char *list, char separator, const char *part)
{
    const size_t length = strlen(part);
    for (const char *at = list; at != NULL; at = strchr(at, separator)) {
        at += *at == separator ? 1 : 0;
        if (strncmp(at, part, length) == 0 && (at[length] == separator || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}
