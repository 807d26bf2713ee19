/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/refusal.h"

#include "core/support.h"
#include "support/arena.h"

#define MOST 9

/* Files by day that came in another order: the orders are 10, 20, 30 ... from the first that came.
 */
static kt_project_lists lists_of(size_t count, kt_arena *arena)
{
    kt_project_lists lists = {.at = kt_arena_array(arena, kt_list_file, count + 1)};
    for (size_t i = 0; i < count; i++) {
        lists.at[lists.count++].order = 10 * (count - i);
    }
    return lists;
}

/* How many of the files are taken in the end if so many at most can be; tries is how often it was
 * tried. A try stands only if it was the last one. */
static size_t taken(const kt_project_lists *lists, size_t can, size_t *tries, kt_arena *arena)
{
    kt_refusal_search search = kt_refusal_search_new(lists, arena);
    size_t from = 0, now = SIZE_MAX;
    bool made = false;
    *tries = 0;
    while (kt_refusal_next(&search, made, &from)) {
        now = from / 10 - 1; /* those that came before it */
        made = can != SIZE_MAX && now <= can;
        (*tries)++;
    }
    return made ? now : SIZE_MAX;
}

static void the_most_files_that_can_be_published_are_taken(void **state)
{
    for (size_t count = 1; count <= MOST; count++) {
        const kt_project_lists lists = lists_of(count, *state);
        for (size_t can = 0; can < count; can++) {
            size_t tries = 0;
            assert_int_equal(taken(&lists, can, &tries, *state), can);
            assert_in_range(tries, 1, 7); /* by hand: 8, 0, 4, 2, 1 and once more what was good */
        }
    }
}

static void mostly_it_is_the_newest_alone(void **state)
{
    const kt_project_lists lists = lists_of(MOST, *state);
    size_t tries = 0;
    assert_int_equal(taken(&lists, MOST - 1, &tries, *state), MOST - 1);
    assert_int_equal(tries, 1);
}

static void what_no_file_causes_is_not_put_right_by_fewer(void **state)
{
    const kt_project_lists lists = lists_of(MOST, *state), none = lists_of(0, *state);
    size_t tries = 0;
    assert_int_equal(taken(&lists, SIZE_MAX, &tries, *state), SIZE_MAX);
    assert_int_equal(tries, 2); /* all but the newest, and none */
    assert_int_equal(taken(&none, SIZE_MAX, &tries, *state), SIZE_MAX);
    assert_int_equal(tries, 0);
}

static void what_is_held_already_is_not_tried(void **state)
{
    kt_project_lists lists = lists_of(3, *state);
    size_t from = 0;
    lists.at[0].held = "not a list"; /* the newest, 30 */
    kt_refusal_search search = kt_refusal_search_new(&lists, *state);
    assert_true(kt_refusal_next(&search, false, &from));
    assert_int_equal(from, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_most_files_that_can_be_published_are_taken),
        ARENA_TEST(mostly_it_is_the_newest_alone),
        ARENA_TEST(what_no_file_causes_is_not_put_right_by_fewer),
        ARENA_TEST(what_is_held_already_is_not_tried),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
