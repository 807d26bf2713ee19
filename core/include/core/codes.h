/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CODES_H
#define KT_CORE_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/**
 * An ordered list of distinct codes with labels: a dimension's categories. Lives in an arena; texts
 * are copied. Finding is by hash, order is the order of adding, so no hash order shows anywhere.
 */
typedef struct kt_codes kt_codes;

#define KT_NO_CODE ((size_t)-1)

kt_codes *kt_codes_new(kt_arena *arena);

/** Adds code (label may be NULL: the code itself; it becomes one line, without marks of direction).
 * Its position; KT_NO_CODE if it is there already.
 */
size_t kt_codes_add(kt_codes *codes, const char *code, const char *label);

/** The position of code, added if it is new. */
size_t kt_codes_intern(kt_codes *codes, const char *code);

size_t kt_codes_count(const kt_codes *codes);
const char *kt_codes_at(const kt_codes *codes, size_t position);
const char *kt_codes_label(const kt_codes *codes, size_t position);

/** The position of code, or KT_NO_CODE. */
size_t kt_codes_find(const kt_codes *codes, const char *code);

/** True if both hold the same codes in the same order; labels do not matter. */
bool kt_codes_equal(const kt_codes *a, const kt_codes *b);

/** The code of the list that is nearest to a mistyped one, for messages; NULL if none is near. */
const char *kt_codes_nearest(const kt_codes *codes, const char *code);

#endif
