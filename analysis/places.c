/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "places.h"

#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"

/* Open addressing: in each slot the first row with a key, and one more; 0 where there is none. */
typedef struct slots {
    uint32_t *row;
    size_t count; /* a power of two */
} slots;

/* FNV-1a; no order of it shows. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    }
    return hash ^ (hash >> 32);
}

static bool is_same(const char *a, const char *b)
{
    return a == b || strcmp(a, b) == 0;
}

static uint32_t *slot_of(const slots *in, const char *const *key, const char *text)
{
    size_t at = (size_t)hash_of(text) & (in->count - 1);
    while (in->row[at] != 0 && !is_same(key[in->row[at] - 1], text)) {
        at = (at + 1) & (in->count - 1);
    }
    return &in->row[at];
}

const size_t *kt_places_of(const kt_group *group, size_t input, kt_arena *arena, size_t *count)
{
    KT_AUTO(arena) kt_arena *own = kt_arena_open("the places of keys", 0);
    slots in = {.count = 16};
    while (in.count < group->row_count + group->row_count / 2) {
        in.count *= 2;
    }
    in.row = kt_arena_array(own, uint32_t, in.count);
    size_t *places = kt_arena_array(arena, size_t, group->row_count);
    *count = 0;
    for (size_t row = 0; row < group->row_count; row++) {
        uint32_t *first = slot_of(&in, group->key[input], group->key[input][row]);
        if (*first == 0) {
            *first = (uint32_t)row + 1;
            places[row] = (*count)++;
        } else {
            places[row] = places[*first - 1];
        }
    }
    return places;
}
