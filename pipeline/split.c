/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "split.h"

#include <string.h>

size_t kt_text_split(const char *text, char separator, kt_arena *arena, const char ***out)
{
    *out = NULL;
    if (text == NULL) {
        return 0;
    }
    size_t count = 1;
    for (const char *at = text; *at != '\0'; at++) {
        count += *at == separator ? 1 : 0;
    }
    const char **parts = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const char *end = strchr(text, separator);
        const size_t length = end == NULL ? strlen(text) : (size_t)(end - text);
        parts[i] = kt_arena_copy_n(arena, text, length);
        text += length + (end == NULL ? 0 : 1);
    }
    *out = parts;
    return count;
}
