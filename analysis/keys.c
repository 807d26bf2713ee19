/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys.h"

#include "core/cleanup.h"
#include "places.h"

const uint32_t *kt_key_numbers(const kt_group *group, size_t input, kt_arena *arena)
{
    if (group->number[input] != NULL) {
        return group->number[input];
    }
    KT_AUTO(arena) kt_arena *own = kt_arena_open("the numbers of keys", 0);
    size_t count = 0;
    const size_t *places = kt_places_of(group, input, own, &count);
    uint32_t *numbers = kt_arena_array(arena, uint32_t, group->row_count);
    for (size_t row = 0; row < group->row_count; row++) {
        numbers[row] = (uint32_t)places[row];
    }
    return numbers;
}
