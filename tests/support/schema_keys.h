/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_SCHEMA_KEYS_H
#define KT_TESTS_SCHEMA_KEYS_H

#include <jansson.h>
#include <string.h>

#include "core/arena.h"
#include "core/problems.h"
#include "support/check.h"

/**
 * The schema that editors read names exactly the keys that the program takes.
 */
typedef struct schema_reader {
    void (*read)(void *context, const char *text, kt_problems **problems);
    void *context;
    kt_arena *arena;
} schema_reader;

/** The program takes each key of the schema; before and after make a document of it. */
static inline void check_schema_taken(const schema_reader *reader, const json_t *properties,
                                      const char *before, const char *after)
{
    const char *key = NULL;
    const json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)properties, key, value)
    {
        kt_problems *problems = NULL;
        reader->read(reader->context,
                     kt_arena_print(reader->arena, "%s\"%s\":null%s", before, key, after),
                     &problems);
        for (size_t i = 0; i < kt_problems_count(problems); i++) {
            assert_null(strstr(kt_problems_at(problems, i), "unknown key"));
        }
    }
}

/** Each key of the document stands in the schema. */
static inline void check_schema_knows(json_t *document, const json_t *properties)
{
    const char *key = NULL;
    json_t *value = NULL;
    assert_non_null(document);
    json_object_foreach(document, key, value)
    {
        if (json_object_get(properties, key) == NULL) {
            print_error("%s is not in the schema\n", key);
        }
        assert_non_null(json_object_get(properties, key));
    }
}

#endif
