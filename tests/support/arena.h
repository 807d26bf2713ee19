/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ARENA_H
#define KT_TESTS_ARENA_H

#include "core/arena.h"
#include "support/check.h"

/* An arena as the state of a test, or of a group of tests. */
static inline int open_arena(void **state)
{
    *state = kt_arena_open("test", 0);
    return 0;
}

static inline int free_arena(void **state)
{
    kt_arena_free(*state);
    return 0;
}

/* A test with an arena of its own. */
#define ARENA_TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, free_arena)

#endif
