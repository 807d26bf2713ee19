/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/arena.h"

#include <stdint.h>
#include <sys/wait.h>

#include "core/support.h"

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    const bench *made = *state;
    static const size_t sizes[] = {1, 3, 8, 24, 1000, 70000, 5, 16384, 1};
    unsigned char *taken[COUNT_OF(sizes)];
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        taken[i] = kt_arena_take(made->arena, sizes[i], 1);
        assert_int_equal((uintptr_t)taken[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < sizes[i]; j++) {
            assert_int_equal(taken[i][j], 0);
        }
        memset(taken[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        assert_int_equal(taken[i][0], i + 1);
        assert_int_equal(taken[i][sizes[i] - 1], i + 1);
    }
}

static void nothing_asked_is_still_a_place(void **state)
{
    const bench *made = *state;
    assert_non_null(kt_arena_take(made->arena, 0, 8));
    assert_non_null(kt_arena_take(made->arena, 8, 0));
}

static void texts_are_copied(void **state)
{
    const bench *made = *state;
    char words[] = "vacancies";
    char *copy = kt_arena_copy(made->arena, words);
    char *part = kt_arena_copy_n(made->arena, words, 3);
    words[0] = 'X';
    assert_string_equal(copy, "vacancies");
    assert_string_equal(part, "vac");
    assert_string_equal(kt_arena_print(made->arena, "%s-%d", part, 7), "vac-7");
    assert_string_equal(kt_arena_copy_n(made->arena, "", 0), "");
}

static void what_was_taken_is_counted(void **state)
{
    const bench *made = *state;
    const size_t before = kt_arena_used(made->arena);
    (void)kt_arena_take(made->arena, 1000, 8);
    assert_true(kt_arena_used(made->arena) - before >= 8000);
}

static void a_list_grows_and_keeps_its_items(void **state)
{
    const bench *made = *state;
    size_t *items = NULL;
    size_t room = 0;
    for (size_t count = 0; count < 1000; count++) {
        items = kt_arena_grow(made->arena, items, count, &room, sizeof *items);
        assert_true(room > count);
        items[count] = 7 * count;
    }
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(items[i], 7 * i);
    }
    assert_ptr_equal(kt_arena_grow(made->arena, items, 999, &room, sizeof *items), items);
}

typedef struct excess {
    size_t count, size;
} excess;

/* Takes more than the limit in a child, whose standard error is closed; its exit code. */
static int exit_code_of(excess too_much)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(STDERR_FILENO);
        kt_arena *arena = kt_arena_open("a job", 1000);
        (void)kt_arena_take(arena, too_much.count, too_much.size);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void an_arena_past_its_limit_ends_the_program_with_70(void **state)
{
    (void)state;
    static const excess cases[] = {{1001, 1}, {SIZE_MAX, 2}, {SIZE_MAX / 8, 16}, {SIZE_MAX, 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(exit_code_of(cases[i]), 70);
    }
    assert_int_equal(exit_code_of((excess){900, 1}), 0);
}

static void freeing_nothing_is_allowed(void **state)
{
    (void)state;
    kt_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(nothing_asked_is_still_a_place),
        cmocka_unit_test(a_list_grows_and_keeps_its_items),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(what_was_taken_is_counted),
        cmocka_unit_test(an_arena_past_its_limit_ends_the_program_with_70),
        cmocka_unit_test(freeing_nothing_is_allowed),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
