/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/codes.h"

#include <stdint.h>
#include <string.h>

#include "core/text.h"

struct kt_codes {
    kt_arena *arena;
    const char **codes, **labels;
    size_t count, room;
    size_t *slots; /* position + 1, 0 for an empty one; a power of two of them */
    size_t slot_count;
};

kt_codes *kt_codes_new(kt_arena *arena)
{
    kt_codes *codes = kt_arena_new(arena, kt_codes);
    codes->arena = arena;
    return codes;
}

/* FNV-1a: short keys, no order of it shows anywhere. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    }
    return hash ^ (hash >> 32);
}

static size_t *slot_of(const kt_codes *codes, const char *code)
{
    size_t at = (size_t)hash_of(code) & (codes->slot_count - 1);
    while (codes->slots[at] != 0 && strcmp(codes->codes[codes->slots[at] - 1], code) != 0) {
        at = (at + 1) & (codes->slot_count - 1);
    }
    return &codes->slots[at];
}

static const char **grown(const kt_codes *codes, const char **old, size_t room)
{
    const char **fresh = kt_arena_array(codes->arena, const char *, room);
    if (codes->count > 0) {
        memcpy(fresh, old, codes->count * sizeof *old);
    }
    return fresh;
}

static void grow(kt_codes *codes)
{
    const size_t room = codes->room == 0 ? 16 : codes->room * 2;
    codes->codes = grown(codes, codes->codes, room);
    codes->labels = grown(codes, codes->labels, room);
    codes->room = room;
    codes->slot_count = room * 2;
    codes->slots = kt_arena_array(codes->arena, size_t, codes->slot_count);
    for (size_t i = 0; i < codes->count; i++) {
        *slot_of(codes, codes->codes[i]) = i + 1;
    }
}

/* Whoever names a code elsewhere may write anything; here a label is one line of what is seen. */
static const char *plain_label(const kt_codes *codes, const char *label)
{
    char *plain = kt_arena_copy(codes->arena, label);
    kt_text_flatten(plain);
    return plain;
}

size_t kt_codes_add(kt_codes *codes, const char *code, const char *label)
{
    if (codes->count == codes->room) {
        grow(codes);
    }
    size_t *slot = slot_of(codes, code);
    if (*slot != 0) {
        return KT_NO_CODE;
    }
    codes->codes[codes->count] = kt_arena_copy(codes->arena, code);
    codes->labels[codes->count] =
        label == NULL ? codes->codes[codes->count] : plain_label(codes, label);
    *slot = ++codes->count;
    return codes->count - 1;
}

size_t kt_codes_intern(kt_codes *codes, const char *code)
{
    const size_t position = kt_codes_find(codes, code);
    return position != KT_NO_CODE ? position : kt_codes_add(codes, code, NULL);
}

size_t kt_codes_count(const kt_codes *codes)
{
    return codes->count;
}

const char *kt_codes_at(const kt_codes *codes, size_t position)
{
    return codes->codes[position];
}

const char *kt_codes_label(const kt_codes *codes, size_t position)
{
    return codes->labels[position];
}

size_t kt_codes_find(const kt_codes *codes, const char *code)
{
    return codes->count == 0 ? KT_NO_CODE : *slot_of(codes, code) - 1;
}

bool kt_codes_equal(const kt_codes *a, const kt_codes *b)
{
    if (a->count != b->count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (strcmp(a->codes[i], b->codes[i]) != 0) {
            return false;
        }
    }
    return true;
}

const char *kt_codes_nearest(const kt_codes *codes, const char *code)
{
    const char *nearest = NULL;
    size_t least = strlen(code) / 2 + 1;
    for (size_t i = 0; i < codes->count; i++) {
        const size_t distance = kt_text_distance(code, codes->codes[i], least);
        if (distance < least) {
            least = distance;
            nearest = codes->codes[i];
        }
    }
    return nearest;
}
