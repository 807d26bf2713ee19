/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project_refusal.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

kt_refusal_search kt_refusal_search_new(const kt_project_lists *lists, kt_arena *arena)
{
    size_t *orders = kt_arena_array(arena, size_t, lists->count + 1), count = 0;
    for (size_t i = 0; i < lists->count; i++) {
        if (lists->at[i].held == NULL) {
            orders[count++] = lists->at[i].order;
        }
    }
    qsort(orders, count, sizeof *orders, ascending);
    return (kt_refusal_search){.orders = orders, .count = count, .bad = count};
}

/* All but the newest, then none, then by halves; at the end once more what was good. */
bool kt_refusal_next(kt_refusal_search *of, bool made, size_t *from)
{
    if (!of->begun) {
        of->begun = true;
        of->at = of->count - 1;
    } else if (made) {
        of->good = of->at;
        of->known = true;
    } else {
        of->bad = of->at;
    }
    if (of->count == 0 || of->bad == 0 || (of->known && of->bad - of->good == 1 && made)) {
        return false;
    }
    if (of->bad < of->count || of->known) {
        of->at = of->known ? (of->good + of->bad) / 2 : 0;
    }
    *from = of->orders[of->at];
    return true;
}
