/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES   ((size_t)64 << 10)
#define DEFAULT_LIMIT ((size_t)4 << 30)
#define ALIGNMENT     _Alignof(max_align_t)
#define EXIT_BUG      70
#define FIRST_ROOM    16 /* items of a list that grows */

typedef struct block {
    struct block *next;
    size_t room, used;
    max_align_t bytes[];
} block;

struct kt_arena {
    block *blocks; /* the newest first; only its rest is still given out */
    size_t used, limit;
    char job[64];
};

/* Wrong sizes are refused before they come here, so this is a bug or a full machine: the job cannot
 * go on, and since nothing is published before the last rename, stopping harms nothing. */
static _Noreturn void give_up(const char *job, const char *why)
{
    fprintf(stderr, "kohtaanto: out of memory in %s: %s\n", job, why);
    exit(EXIT_BUG);
}

kt_arena *kt_arena_open(const char *job, size_t limit_bytes)
{
    kt_arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL) {
        give_up(job, "the machine has no memory left");
    }
    arena->limit = limit_bytes == 0 ? DEFAULT_LIMIT : limit_bytes;
    snprintf(arena->job, sizeof arena->job, "%s", job);
    return arena;
}

void kt_arena_free(kt_arena *arena)
{
    if (arena == NULL) {
        return;
    }
    for (block *next, *at = arena->blocks; at != NULL; at = next) {
        next = at->next;
        free(at);
    }
    free(arena);
}

static block *block_new(const kt_arena *arena, size_t room)
{
    block *made = calloc(1, sizeof *made + room);
    if (made == NULL) {
        give_up(arena->job, "the machine has no memory left");
    }
    made->room = room;
    return made;
}

/* Large things get a block of their own behind the current one, whose rest stays in use. */
static void *take_alone(kt_arena *arena, size_t bytes)
{
    block *made = block_new(arena, bytes);
    made->used = bytes;
    if (arena->blocks == NULL) {
        arena->blocks = made;
    } else {
        made->next = arena->blocks->next;
        arena->blocks->next = made;
    }
    return made->bytes;
}

void *kt_arena_take(kt_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - ALIGNMENT) / size) {
        give_up(arena->job, "a size overflows");
    }
    const size_t bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes > arena->limit - arena->used) {
        give_up(arena->job, "the job's limit is reached");
    }
    arena->used += bytes;
    if (bytes > BLOCK_BYTES / 4) {
        return take_alone(arena, bytes);
    }
    if (arena->blocks == NULL || arena->blocks->room - arena->blocks->used < bytes) {
        block *made = block_new(arena, BLOCK_BYTES);
        made->next = arena->blocks;
        arena->blocks = made;
    }
    char *const start = (char *)arena->blocks->bytes + arena->blocks->used;
    arena->blocks->used += bytes;
    return start;
}

void *kt_arena_grow(kt_arena *arena, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return items;
    }
    *room = 2 * *room + FIRST_ROOM;
    void *bigger = kt_arena_take(arena, *room, size);
    if (count > 0) {
        memcpy(bigger, items, count * size);
    }
    return bigger;
}

size_t kt_arena_used(const kt_arena *arena)
{
    return arena->used;
}

char *kt_arena_copy_n(kt_arena *arena, const char *text, size_t length)
{
    char *copy = kt_arena_take(arena, length + 1, 1);
    if (length > 0) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

char *kt_arena_copy(kt_arena *arena, const char *text)
{
    return kt_arena_copy_n(arena, text, strlen(text));
}

char *kt_arena_print(kt_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = kt_arena_take(arena, (size_t)(length < 0 ? 0 : length) + 1, 1);
    if (length >= 0) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}
