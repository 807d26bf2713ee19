/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FOLDER_H
#define KT_TESTS_FOLDER_H

#include <stdlib.h>

#include "core/arena.h"
#include "support/check.h"

/* A new empty folder where tests write: in TMPDIR, which ./dev test keeps in memory if there is
 * room. */
static inline char *make_test_folder(kt_arena *arena)
{
    const char *room = getenv("TMPDIR");
    char *folder = kt_arena_print(arena, "%s/kt_XXXXXX", room != NULL ? room : "/tmp");
    assert_non_null(mkdtemp(folder));
    return folder;
}

#endif
