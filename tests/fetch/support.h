/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FETCH_SUPPORT_H
#define KT_TESTS_FETCH_SUPPORT_H

#include "core/support.h"
#include "fetch/archive.h"

/* Fails the test with the words of `err` unless the call is KT_OK. */
#define assert_ok(call) check_ok((call), &err, __FILE__, __LINE__)

static inline void check_ok(kt_status status, const kt_error *error, const char *file, int line)
{
    if (status != KT_OK) {
        print_error("%s\n", error->message);
        _fail(file, line);
    }
}

static inline kt_archive *open_archive(void *state)
{
    const bench *made = state;
    kt_error err = {0};
    kt_archive *archive = NULL;
    assert_ok(kt_archive_open(made->folder, &archive, &err));
    return archive;
}

static inline kt_arena *arena_of(void *state)
{
    const bench *made = state;
    return made->arena;
}

#endif
