/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JSON_H
#define KT_CORE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/problems.h"

/**
 * Reading configuration files with jansson so that every mistake is told at once. A kt_json is a
 * place in a file: the value there (NULL if absent), the file and the path to it. Reading an absent
 * or wrong value adds a problem and gives the fallback, so a reader goes on to the next mistake.
 */
typedef struct kt_json {
    const json_t
        *value; /* borrowed from the document, which kt_json_load owns in the arena's life */
    const char *file;
    const char *path; /* "variables[1].role"; "" for the document */
    kt_arena *arena;
    kt_problems *problems;
} kt_json;

/**
 * Parses a file (at most 16 MiB, no duplicate keys). A file that is absent or no JSON becomes a
 * problem, and out->value is NULL. The caller releases *document (may be NULL).
 */
void kt_json_load(const char *path, kt_arena *arena, kt_problems *problems, json_t **document,
                  kt_json *out);

/** The member or element; absent is allowed (value NULL). */
kt_json kt_json_member(kt_json object, const char *key);
kt_json kt_json_element(kt_json array, size_t index);
size_t kt_json_count(kt_json array);

bool kt_json_absent(kt_json place);

/** Required readers: absent or of another type is a problem; then NULL, NAN, false. Texts are
 * copies. */
const char *kt_json_text(kt_json place);
double kt_json_number(kt_json place, double least, double most);
bool kt_json_bool(kt_json place);

/** Optional readers: absent gives the fallback; of another type is a problem. */
const char *kt_json_text_or(kt_json place, const char *fallback);
double kt_json_number_or(kt_json place, double least, double most, double fallback);
bool kt_json_bool_or(kt_json place, bool fallback);

/** An array of texts; absent gives none. */
size_t kt_json_texts(kt_json place, const char ***out);

/** Adds a problem for every key that is not in the NULL-ended list; "$schema" and "comment" are
 * free. */
void kt_json_only(kt_json object, const char *const *keys);

/** Adds a problem at this place. */
void kt_json_wrong(kt_json place, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
