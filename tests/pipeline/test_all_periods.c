/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "all_periods.h"

#include "core/support.h"
#include "support/arena.h"

static const kt_cube *cube_of(kt_arena *arena, const char *const *names, size_t count)
{
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_PERIOD] = kt_codes_new(arena)};
    kt_cube *cube = NULL;
    kt_error err = {0};
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(codes[KT_ROLE_PERIOD], names[i], NULL);
    }
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    return cube;
}

static void periods_of_all_cubes_stand_once_and_in_order(void **state)
{
    static const char *const months[] = {"2025M02", "2024M12", "2025M01"};
    static const char *const mixed[] = {"2025M01", "Y2024", "Y2025"};
    static const char *const wanted[] = {"2024M12", "Y2024", "2025M01", "2025M02", "Y2025"};
    const kt_cube *cubes[] = {cube_of(*state, months, 3), NULL, cube_of(*state, mixed, 3)};
    kt_period_list all = {0};
    kt_error err = {0};
    assert_int_equal(kt_all_periods(cubes, COUNT_OF(cubes), *state, &all, &err), KT_OK);
    assert_int_equal(all.count, COUNT_OF(wanted));
    for (size_t i = 0; i < all.count; i++) {
        char name[KT_PERIOD_SIZE];
        assert_string_equal(kt_period_write(all.at[i], name), wanted[i]);
        assert_int_equal(kt_all_periods_find(&all, all.at[i]), i);
    }
    kt_period other;
    assert_true(kt_period_read("2026M01", &other));
    assert_true(kt_all_periods_find(&all, other) == KT_NO_CODE);
}

static void no_cubes_have_no_periods(void **state)
{
    const kt_cube *cubes[] = {NULL};
    kt_period_list all = {0};
    kt_error err = {0};
    assert_int_equal(kt_all_periods(cubes, 1, *state, &all, &err), KT_OK);
    assert_int_equal(all.count, 0);
}

/* Series that begin and end differently, one in two pieces that a third one joins. */
static void stretches_of_many_series_give_each_period_once(void **state)
{
    static const char *const wanted[] = {"2024M11", "2024M12", "Y2024",  "2025M01", "2025M02",
                                         "2025M03", "2025M04", "2025Q1", "2025Q2",  "2027M01"};
    const struct {
        const char *first;
        size_t count;
    } series[] = {{"2024M11", 2}, {"2025M03", 2}, {"2025Q1", 2}, {"2024M12", 3},
                  {"Y2024", 1},   {"2027M01", 1}, {"2025M01", 3}};
    kt_stretches stretches = {.arena = *state};
    for (size_t i = 0; i < COUNT_OF(series); i++) {
        kt_period first;
        assert_true(kt_period_read(series[i].first, &first));
        kt_stretches_add(&stretches, first, series[i].count);
    }
    const kt_period_list list = kt_stretches_list(&stretches);
    assert_int_equal(list.count, COUNT_OF(wanted));
    for (size_t i = 0; i < list.count; i++) {
        char name[KT_PERIOD_SIZE];
        assert_string_equal(kt_period_write(list.at[i], name), wanted[i]);
    }
    assert_int_equal(kt_stretches_list(&(kt_stretches){.arena = *state}).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(periods_of_all_cubes_stand_once_and_in_order),
        ARENA_TEST(no_cubes_have_no_periods),
        ARENA_TEST(stretches_of_many_series_give_each_period_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
