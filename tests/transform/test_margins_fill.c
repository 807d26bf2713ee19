/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "transform/tighten.h"

#define SOME 3000 /* random tables */

static kt_filling fill(const kt_margin_table *table, const double *pattern, kt_bounds *bounds,
                       kt_arena *arena)
{
    kt_filling made = {0};
    kt_error error = {0};
    *bounds = tighten(table, arena);
    if (kt_margins_fill(table, bounds, pattern, arena, &made, &error) != KT_OK) {
        fail_msg("%s", error.message);
        abort();
    }
    return made;
}

/* A total, and parts hidden in 1..4 unless they are known. */
typedef struct rest_case {
    double total, low[4], high[4], pattern[4];
    double want[4]; /* of the parts */
} rest_case;

static void a_rest_is_shared_as_the_pattern_says(void **state)
{
    const rest_case cases[] = {
        /* no pattern: evenly */
        {8, {1, 1, 1, 1}, {4, 4, 4, 4}, {NAN, NAN, NAN, NAN}, {2, 2, 2, 2}},
        {14, {8, 1, 1, 1}, {8, 4, 4, 4}, {NAN, NAN, NAN, NAN}, {8, 2, 2, 2}},
        /* the neighbours' figures, where they fit */
        {10, {1, 1, 1, 1}, {4, 4, 4, 4}, {4, 1, 3, 2}, {4, 1, 3, 2}},
        /* all move alike: 10 against a rest of 6 is one less for each */
        {6, {1, 1, 1, 1}, {4, 4, 4, 4}, {3, 2, 3, 2}, {2, 1, 2, 1}},
        /* but stay inside: 1 and 1 cannot give, the others give more */
        {6, {1, 1, 1, 1}, {4, 4, 4, 4}, {4, 4, 1, 1}, {2, 2, 1, 1}},
        /* what was far above says no more than 4 */
        {11, {1, 1, 1, 1}, {4, 4, 4, 4}, {90, 3, 2, 2}, {4, 3, 2, 2}},
    };
    static const size_t parts[] = {1, 2, 3, 4};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const rest_case *of = &cases[i];
        const double low[] = {of->total, of->low[0], of->low[1], of->low[2], of->low[3]};
        const double high[] = {of->total, of->high[0], of->high[1], of->high[2], of->high[3]};
        const double pattern[] = {NAN, of->pattern[0], of->pattern[1], of->pattern[2],
                                  of->pattern[3]};
        const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 4, parts};
        const kt_margin_table table = {5, low, high, 1, &margin};
        kt_bounds bounds;
        const kt_filling made = fill(&table, pattern, &bounds, *state);
        assert_true(made.whole);
        for (size_t c = 0; c < 4; c++) {
            assert_close(made.value[c + 1], of->want[c], 0.0);
        }
    }
}

static void an_odd_rest_is_shared_in_whole_numbers(void **state)
{
    const double low[] = {7, 1, 1, 1}, high[] = {7, 4, 4, 4};
    const size_t parts[] = {1, 2, 3};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 3, parts};
    const kt_margin_table table = {4, low, high, 1, &margin};
    kt_bounds bounds;
    const kt_filling made = fill(&table, NULL, &bounds, *state);
    assert_close(made.value[1] + made.value[2] + made.value[3], 7.0, 0.0);
    for (size_t c = 1; c < 4; c++) {
        assert_true(made.value[c] == 2.0 || made.value[c] == 3.0);
    }
}

static void every_filling_is_whole_inside_and_on_its_margins(void **state)
{
    (void)state;
    uint64_t seed = 12;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 20, arena);
        kt_bounds bounds;
        const kt_filling filling = fill(made.table, NULL, &bounds, arena);
        assert_true(filling.whole);
        assert_close(largest_miss(made.table, filling.value), 0.0, 0.0);
        for (size_t c = 0; c < made.table->cell_count; c++) {
            assert_true(bounds.low[c] <= filling.value[c] && filling.value[c] <= bounds.high[c]);
        }
        kt_arena_free(arena);
    }
}

static void a_pattern_that_meets_the_margins_comes_back(void **state)
{
    (void)state;
    uint64_t seed = 41;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 20, arena);
        kt_bounds bounds;
        const kt_filling filling = fill(made.table, made.truth, &bounds, arena);
        for (size_t c = 0; c < made.table->cell_count; c++) {
            assert_close(filling.value[c], made.truth[c], 0.0);
        }
        kt_arena_free(arena);
    }
}

/* By sex, by age and by both to a total: each hidden cell stands in two splits and in the sum, so
 * there is no network; the figures then have fractions but meet the margins. */
static void a_table_that_is_no_network_is_filled_to_its_margins(void **state)
{
    const double low[] = {10, 5, 5, 5, 5, 1, 1, 1, 1}, high[] = {10, 5, 5, 5, 5, 4, 4, 4, 4};
    const size_t by_a[] = {5, 6}, by_b[] = {7, 8}, by_c[] = {5, 7}, by_d[] = {6, 8};
    const size_t all[] = {5, 6, 7, 8};
    const kt_margin margins[] = {{KT_PARTS_MAKE_TOTAL, 1, 2, by_a},
                                 {KT_PARTS_MAKE_TOTAL, 2, 2, by_b},
                                 {KT_PARTS_MAKE_TOTAL, 3, 2, by_c},
                                 {KT_PARTS_MAKE_TOTAL, 4, 2, by_d},
                                 {KT_PARTS_WITHIN_TOTAL, 0, 4, all}};
    const kt_margin_table table = {9, low, high, 5, margins};
    const double pattern[] = {NAN, NAN, NAN, NAN, NAN, 4, NAN, NAN, NAN};
    kt_bounds bounds;
    const kt_filling made = fill(&table, pattern, &bounds, *state);
    assert_false(made.whole);
    assert_true(made.miss <= 1e-9);
    assert_close(largest_miss(&table, made.value), made.miss, 0.0);
    /* Two free figures in fact, x and 5 - x: x nearest to 4, 2.5, 2.5, 2.5 is 2.5 + 1.5/4. */
    assert_close(made.value[5], 2.875, 1e-9);
}

static void the_same_table_always_gives_the_same_figures(void **state)
{
    uint64_t seed = 8;
    const hidden_table made = draw_hidden_table(&seed, 20, *state);
    kt_bounds bounds;
    const kt_filling once = fill(made.table, NULL, &bounds, *state);
    const kt_filling again = fill(made.table, NULL, &bounds, *state);
    assert_memory_equal(once.value, again.value, made.table->cell_count * sizeof(double));
}

static void what_clashes_is_left_out_and_the_rest_is_met(void **state)
{
    /* Row 1 says 3 + hidden = 9, against at most 4; the column holds the two rows all the same. */
    const double low[] = {30, 12, 18, 9, 3, 1, 9, 6, 1}, high[] = {30, 12, 18, 9, 3, 4, 9, 6, 4};
    const kt_margin_table *table = kt_margins_cross(3, 3, low, high, *state);
    kt_bounds bounds;
    const kt_filling made = fill(table, NULL, &bounds, *state);
    assert_int_equal(bounds.clash_count, 1);
    assert_true(made.whole);
    assert_close(made.value[8], 3.0, 0.0);
    assert_true(made.value[5] >= 1.0 && made.value[5] <= 4.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_rest_is_shared_as_the_pattern_says),
        ARENA_TEST(an_odd_rest_is_shared_in_whole_numbers),
        cmocka_unit_test(every_filling_is_whole_inside_and_on_its_margins),
        cmocka_unit_test(a_pattern_that_meets_the_margins_comes_back),
        ARENA_TEST(a_table_that_is_no_network_is_filled_to_its_margins),
        ARENA_TEST(the_same_table_always_gives_the_same_figures),
        ARENA_TEST(what_clashes_is_left_out_and_the_rest_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
