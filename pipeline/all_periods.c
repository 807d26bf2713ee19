/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "all_periods.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

/* The names of one year sort as 2025M12, 2025Q4, Y2025. */
static int by_year_and_name(const void *a, const void *b)
{
    const kt_period *left = a, *right = b;
    const int years = kt_period_year(*left) - kt_period_year(*right);
    if (years != 0 || left->frequency == right->frequency) {
        return years != 0 ? years : kt_period_compare(*left, *right);
    }
    return left->frequency > right->frequency ? -1 : 1;
}

static void keep_each_once(kt_period_list *list)
{
    size_t kept = 0;
    if (list->count == 0) {
        return;
    }
    qsort(list->at, list->count, sizeof *list->at, by_year_and_name);
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || by_year_and_name(&list->at[i], &list->at[kept - 1]) != 0) {
            list->at[kept++] = list->at[i];
        }
    }
    list->count = kept;
}

/* True if it has grown over a stretch that it overlaps or touches. */
static bool has_joined(kt_stretch *to, kt_period first, size_t count)
{
    const int begin = first.index, end = begin + (int)count;
    const int old_begin = to->first.index, old_end = old_begin + (int)to->count;
    if (to->first.frequency != first.frequency || end < old_begin || old_end < begin) {
        return false;
    }
    to->first.index = begin < old_begin ? begin : old_begin;
    to->count = (size_t)((end > old_end ? end : old_end) - to->first.index);
    return true;
}

void kt_stretches_add(kt_stretches *stretches, kt_period first, size_t count)
{
    for (size_t i = 0; i < stretches->count; i++) {
        if (has_joined(&stretches->at[i], first, count)) {
            return;
        }
    }
    if (stretches->count == stretches->room) {
        const size_t room = stretches->room == 0 ? 8 : 2 * stretches->room;
        kt_stretch *grown = kt_arena_array(stretches->arena, kt_stretch, room);
        for (size_t i = 0; i < stretches->count; i++) {
            grown[i] = stretches->at[i];
        }
        stretches->at = grown;
        stretches->room = room;
    }
    stretches->at[stretches->count++] = (kt_stretch){first, count};
}

/* Stretches that grew may overlap by now. */
kt_period_list kt_stretches_list(const kt_stretches *stretches)
{
    size_t room = 0;
    for (size_t i = 0; i < stretches->count; i++) {
        room += stretches->at[i].count;
    }
    kt_period_list list = {.at = kt_arena_array(stretches->arena, kt_period, room + 1)};
    for (size_t i = 0; i < stretches->count; i++) {
        for (size_t j = 0; j < stretches->at[i].count; j++) {
            list.at[list.count++] = kt_period_after(stretches->at[i].first, j);
        }
    }
    keep_each_once(&list);
    return list;
}

kt_status kt_all_periods(const kt_cube *const *cubes, size_t count, kt_arena *arena,
                         kt_period_list *out, kt_error *err)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most += cubes[i] == NULL ? 0 : cubes[i]->size[KT_ROLE_PERIOD];
    }
    kt_period_list list = {.at = kt_arena_array(arena, kt_period, most + 1)};
    for (size_t i = 0; i < count; i++) {
        kt_period *own = NULL;
        if (cubes[i] == NULL) {
            continue;
        }
        KT_TRY(kt_cube_periods(cubes[i], arena, &own, err));
        memcpy(list.at + list.count, own, cubes[i]->size[KT_ROLE_PERIOD] * sizeof *own);
        list.count += cubes[i]->size[KT_ROLE_PERIOD];
    }
    keep_each_once(&list);
    *out = list;
    return KT_OK;
}

size_t kt_all_periods_find(const kt_period_list *list, kt_period period)
{
    const kt_period *found =
        bsearch(&period, list->at, list->count, sizeof *list->at, by_year_and_name);
    return found == NULL ? KT_NO_CODE : (size_t)(found - list->at);
}
