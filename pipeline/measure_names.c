/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_names.h"

#include <stdlib.h>
#include <string.h>

#include "measure_memory.h"

#define EMPTY UINT32_MAX

struct kt_measure_names {
    char *text; /* terminated, one behind the other */
    size_t length, room;
    size_t count;
    uint32_t *slots; /* open addressing: where texts begin, EMPTY where there is none */
    size_t slot_count;
};

kt_measure_names *kt_measure_names_new(void)
{
    kt_measure_names *names = kt_measure_take(NULL, 1, sizeof *names);
    *names = (kt_measure_names){0};
    return names;
}

void kt_measure_names_seal(kt_measure_names *names)
{
    free(names->slots);
    names->slots = NULL;
    names->slot_count = 0;
}

void kt_measure_names_free(kt_measure_names *names)
{
    if (names != NULL) {
        free(names->text);
        free(names->slots);
        free(names);
    }
}

size_t kt_measure_names_count(const kt_measure_names *names)
{
    return names->count;
}

const char *kt_measure_names_at(const kt_measure_names *names, uint32_t begin)
{
    return names->text + begin;
}

uint32_t kt_measure_names_next(const kt_measure_names *names, uint32_t begin)
{
    return begin + (uint32_t)strlen(names->text + begin) + 1;
}

/* FNV-1a */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text != '\0'; text++) {
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    }
    return hash ^ (hash >> 32);
}

/* The slot of the text, or the free one where it would stand. */
static uint32_t *slot_of(const kt_measure_names *names, const char *text)
{
    size_t slot = hash_of(text) % names->slot_count;
    while (names->slots[slot] != EMPTY && strcmp(names->text + names->slots[slot], text) != 0) {
        slot = slot + 1 == names->slot_count ? 0 : slot + 1;
    }
    return &names->slots[slot];
}

/* At most three quarters full; the old slots are let go first, the texts are their own list. */
static void make_slots(kt_measure_names *names)
{
    if (4 * (names->count + 1) <= 3 * names->slot_count) {
        return;
    }
    names->slot_count = kt_measure_more(names->slot_count);
    free(names->slots);
    names->slots = kt_measure_take(NULL, names->slot_count, sizeof *names->slots);
    memset(names->slots, 0xff, names->slot_count * sizeof *names->slots);
    for (uint32_t at = 0; at < names->length; at = kt_measure_names_next(names, at)) {
        *slot_of(names, names->text + at) = at;
    }
}

uint32_t kt_measure_names_add(kt_measure_names *names, const char *text)
{
    make_slots(names);
    uint32_t *slot = slot_of(names, text);
    if (*slot != EMPTY) {
        return *slot;
    }
    const size_t size = strlen(text) + 1;
    if (size > KT_NO_NAME - names->length) {
        return KT_NO_NAME;
    }
    while (names->length + size > names->room) {
        names->room = kt_measure_more(names->room);
        names->text = kt_measure_take(names->text, names->room, 1);
    }
    memcpy(names->text + names->length, text, size);
    *slot = (uint32_t)names->length;
    names->length += size;
    names->count++;
    return *slot;
}
