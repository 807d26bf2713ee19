/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JSON_H
#define KT_CORE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/problems.h"
#include "core/text.h"

/**
 * Reading configuration files with jansson so that every mistake is told at once. A kt_json is a
 * place in a file: the value there (NULL if absent), the file and the path to it. Reading an absent
 * or wrong value adds a problem and gives the fallback, so a reader goes on to the next mistake.
 */
typedef struct kt_json {
    const json_t *value; /* borrowed: the caller of kt_json_load releases the document */
    const char *file;
    const char *path; /* "variables[1].role"; "" for the document */
    kt_arena *arena;
    kt_problems *problems;
} kt_json;

/**
 * Parses a file (at most 16 MiB, no duplicate keys). A file that is absent or no JSON becomes a
 * problem, and out->value is NULL; so does a document that is no object. The caller releases
 * *document (may be NULL) with json_decref, best by json_auto_t.
 */
void kt_json_load(const char *path, kt_arena *arena, kt_problems *problems, json_t **document,
                  kt_json *out);

/** Loads a file that is one list, {"key": [...]}; false if the file cannot be read, which is then
 * told. */
bool kt_json_load_list(const char *path, const char *key, kt_arena *arena, kt_problems *problems,
                       json_t **document, kt_json *list);

/** The member or element; absent is allowed (value NULL). */
kt_json kt_json_member(kt_json object, const char *key);
kt_json kt_json_element(kt_json array, size_t index);

/** The number of elements; absent or no array is a problem and gives 0. */
size_t kt_json_count(kt_json array);

/** True for an object; absent or anything else is a problem. */
bool kt_json_object(kt_json place);

bool kt_json_absent(kt_json place);

/**
 * Required readers: absent or of another type or outside [least, most] is a problem; then NULL,
 * NAN, least, false. Texts are copies.
 */
const char *kt_json_text(kt_json place);
double kt_json_number(kt_json place, double least, double most);
long kt_json_whole(kt_json place, long least, long most);
bool kt_json_bool(kt_json place);

/** Optional readers: absent gives the fallback, for a text null too; another type is a problem. */
const char *kt_json_text_or(kt_json place, const char *fallback);
double kt_json_number_or(kt_json place, double least, double most, double fallback);
long kt_json_whole_or(kt_json place, long least, long most, long fallback);
bool kt_json_bool_or(kt_json place, bool fallback);

/** An array of texts; absent gives none. */
size_t kt_json_texts(kt_json place, const char ***out);

/** Adds a problem for every key that is not in the NULL-ended list; "$schema" and "comment" are
 * free. */
void kt_json_only(kt_json object, const char *const *keys);

/** Adds a problem at this place. */
void kt_json_wrong(kt_json place, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * Appends a document as jansson's flags say and releases it. KT_ERR_DATA names the document:
 * jansson gives NULL for a text that is not UTF-8 and for want of memory.
 */
kt_status kt_json_dump(json_t *owned, size_t flags, const char *name, kt_text *out,
                       kt_error *err) KT_MUST_CHECK;

/** Writes text as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void kt_json_put_text(kt_text *out, const char *text);

/** Writes a member whose name needs no escape; NULL becomes null. */
void kt_json_put_member(kt_text *out, const char *name, const char *text);

#endif
