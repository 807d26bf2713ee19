/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ARENA_H
#define KT_CORE_ARENA_H

#include <stddef.h>

/**
 * Memory of one job (a source, a table, a measure run). Everything the job allocates is released
 * together. Sizes that come from outside are checked before they reach an arena; so an arena that
 * meets its limit, or a machine without memory, ends the program with exit code 70 and the job's
 * name. Nothing is published until the last rename, so that is safe.
 * An arena belongs to one thread.
 */
typedef struct kt_arena kt_arena;

/** A new arena for the job of that name (copied). limit_bytes 0 means 4 GiB. Free with
 * kt_arena_free. */
kt_arena *kt_arena_open(const char *job, size_t limit_bytes);

/** Releases everything taken from the arena. NULL is allowed. */
void kt_arena_free(kt_arena *arena);

/** Zeroed memory for count things of size bytes, aligned for any type. Never NULL. */
void *kt_arena_take(kt_arena *arena, size_t count, size_t size);

/** Bytes taken so far. */
size_t kt_arena_used(const kt_arena *arena);

#define kt_arena_new(arena, type)          ((type *)kt_arena_take((arena), 1, sizeof(type)))
#define kt_arena_array(arena, type, count) ((type *)kt_arena_take((arena), (count), sizeof(type)))

/**
 * A list of count items of size bytes with room for one more: items itself, or a copy with more
 * room. A list begins as NULL with no room.
 */
void *kt_arena_grow(kt_arena *arena, void *items, size_t count, size_t *room, size_t size);

/** A copy of text that lives as long as the arena. */
char *kt_arena_copy(kt_arena *arena, const char *text);

/** A copy of the first length bytes of text, terminated. */
char *kt_arena_copy_n(kt_arena *arena, const char *text, size_t length);

/** Formatted text that lives as long as the arena. */
char *kt_arena_print(kt_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline void kt_auto_arena(kt_arena **arena)
{
    kt_arena_free(*arena);
}

#endif
