/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_ENCODING_H
#define KT_PROJECTS_ENCODING_H

#include <stddef.h>

#include "transform/project_list.h"

/** A text that somebody saved, and what it may be saved as. */
typedef struct kt_list_text {
    const kt_project_file *file;
    const char *const *encodings; /* the first that all its bytes are letters of counts */
    size_t encoding_count;
    const char *separators; /* of fields; the commonest one of a row counts */
} kt_list_text;

/**
 * The text as UTF-8, without a byte order mark. What is in none of the encodings is KT_ERR_FORMAT,
 * with row, column, byte, and the encodings that were expected: a byte that is no letter, UTF-8
 * that is damaged, NUL, and words that were once read as another set (wrong_letters.h).
 */
kt_status kt_list_decode(const kt_list_text *text, kt_arena *arena, const char **out,
                         size_t *length, kt_error *err) KT_MUST_CHECK;

/** A semicolon if the first line has one, else a comma. */
char kt_list_separator(const char *bytes, size_t length);

#endif
