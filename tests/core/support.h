/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_CORE_SUPPORT_H
#define KT_TESTS_CORE_SUPPORT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/arena.h"
#include "core/cleanup.h"
#include "core/error.h"
#include "core/file.h"
#include "support/folder.h"
#include "support/says.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* What a group of tests shares: an arena and an empty folder of its own. */
typedef struct bench {
    kt_arena *arena;
    char *folder;
} bench;

static inline int open_bench(void **state)
{
    bench *made = calloc(1, sizeof *made);
    assert_non_null(made);
    made->arena = kt_arena_open("test", 0);
    made->folder = make_test_folder(made->arena);
    *state = made;
    return 0;
}

static inline int close_bench(void **state)
{
    bench *made = *state;
    kt_error error = {0};
    const int failed = kt_folder_remove(made->folder, &error) != KT_OK;
    kt_arena_free(made->arena);
    free(made);
    return failed;
}

/* A test with an empty folder of its own. */
#define in_bench(test) cmocka_unit_test_setup_teardown(test, open_bench, close_bench)

/* The path of a name in the bench's folder. */
static inline char *path_of(void *state, const char *name)
{
    const bench *made = state;
    return kt_path_join(made->arena, made->folder, name);
}

/* Writes a file into the bench's folder; its path. */
static inline char *write_bytes(void *state, const char *name, const void *bytes, size_t length)
{
    char *path = path_of(state, name);
    KT_AUTO(file) FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    return path;
}

static inline char *write_words(void *state, const char *name, const char *words)
{
    return write_bytes(state, name, words, strlen(words));
}

#endif
