/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "all_periods.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

static int by_year_and_name(const void *a, const void *b)
{
    const kt_period *left = a, *right = b;
    char left_name[KT_PERIOD_SIZE], right_name[KT_PERIOD_SIZE];
    const int years = kt_period_year(*left) - kt_period_year(*right);
    return years != 0
               ? years
               : strcmp(kt_period_write(*left, left_name), kt_period_write(*right, right_name));
}

static void keep_each_once(kt_period_list *list)
{
    size_t kept = 0;
    qsort(list->at, list->count, sizeof *list->at, by_year_and_name);
    for (size_t i = 0; i < list->count; i++) {
        if (i == 0 || by_year_and_name(&list->at[i], &list->at[kept - 1]) != 0) {
            list->at[kept++] = list->at[i];
        }
    }
    list->count = kept;
}

kt_period_list kt_period_list_of(kt_period *periods, size_t count)
{
    kt_period_list list = {periods, count};
    if (count > 0) {
        keep_each_once(&list);
    }
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
