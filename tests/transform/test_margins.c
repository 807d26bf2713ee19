/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/margins.h"

#include "transform/tighten.h"

#define SOME 3000 /* random tables */

/* One margin: cell 0 is the total, the others are its parts. */
typedef struct one_margin {
    kt_margin_kind kind;
    size_t cells;
    double low[5], high[5];           /* before */
    double want_low[5], want_high[5]; /* after */
} one_margin;

static const size_t after_first[] = {1, 2, 3, 4};

static void one_margin_leaves_what_the_others_leave(void **state)
{
    const one_margin cases[] = {
        /* a single hidden part is the rest */
        {KT_PARTS_MAKE_TOTAL, 3, {9, 7, 1}, {9, 7, 4}, {9, 7, 2}, {9, 7, 2}},
        /* all at their lows, and all at their highs */
        {KT_PARTS_MAKE_TOTAL, 3, {2, 1, 1}, {2, 4, 4}, {2, 1, 1}, {2, 1, 1}},
        {KT_PARTS_MAKE_TOTAL, 3, {8, 1, 1}, {8, 4, 4}, {8, 4, 4}, {8, 4, 4}},
        /* 3 = a + b: each at most 2; 7 = a + b: each at least 3 */
        {KT_PARTS_MAKE_TOTAL, 3, {3, 1, 1}, {3, 4, 4}, {3, 1, 1}, {3, 2, 2}},
        {KT_PARTS_MAKE_TOTAL, 3, {7, 1, 1}, {7, 4, 4}, {7, 3, 3}, {7, 4, 4}},
        /* a hidden total of two known parts */
        {KT_PARTS_MAKE_TOTAL, 3, {1, 2, 1}, {4, 2, 1}, {3, 2, 1}, {3, 2, 1}},
        /* the rest may be nowhere: parts have a most only */
        {KT_PARTS_WITHIN_TOTAL, 3, {3, 1, 1}, {3, 4, 4}, {3, 1, 1}, {3, 2, 2}},
        {KT_PARTS_WITHIN_TOTAL, 3, {7, 1, 1}, {7, 4, 4}, {7, 1, 1}, {7, 4, 4}},
        /* a hidden total is at least its parts, and its high holds them */
        {KT_PARTS_WITHIN_TOTAL, 4, {1, 1, 1, 1}, {4, 4, 4, 4}, {3, 1, 1, 1}, {4, 2, 2, 2}},
        /* nothing is known of the total, nothing of a part */
        {KT_PARTS_MAKE_TOTAL, 3, {0, 2, 1}, {INFINITY, 2, 4}, {3, 2, 1}, {6, 2, 4}},
        {KT_PARTS_MAKE_TOTAL, 3, {9, 0, 1}, {9, INFINITY, 4}, {9, 5, 1}, {9, 8, 4}},
        {KT_PARTS_MAKE_TOTAL, 3, {9, 0, 0}, {9, INFINITY, INFINITY}, {9, 0, 0}, {9, 9, 9}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const one_margin *of = &cases[i];
        const kt_margin margin = {of->kind, 0, of->cells - 1, after_first};
        const kt_margin_table table = {of->cells, of->low, of->high, 1, &margin};
        const kt_bounds found = tighten(&table, *state);
        assert_int_equal(found.clash_count, 0);
        for (size_t c = 0; c < of->cells; c++) {
            assert_close(found.low[c], of->want_low[c], 0.0);
            assert_close(found.high[c], of->want_high[c], 0.0);
        }
    }
}

static void what_one_margin_fixes_helps_the_next(void **state)
{
    /* Country 20; regions 12 and 8; each of two occupations, the second hidden in both, and in the
     * country's row too: the rows fix both, those fix the country's. */
    const double low[] = {20, 16, 4, 12, 10, 1, 8, 6, 1};
    const double high[] = {20, 16, 4, 12, 10, 4, 8, 6, 4};
    const kt_bounds found = tighten(kt_margins_cross(3, 3, low, high, *state), *state);
    assert_int_equal(found.open_cells, 2);
    assert_int_equal(found.fixed_cells, 2);
    assert_close(found.low[5], 2.0, 0.0);
    assert_close(found.high[8], 2.0, 0.0);
}

static void assert_inside(const kt_bounds *bounds, const double *value, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        assert_true(bounds->low[c] <= value[c] && value[c] <= bounds->high[c]);
    }
}

static void no_filling_that_meets_the_margins_is_cut_off(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 5, arena);
        const kt_bounds found = tighten(made.table, arena);
        assert_int_equal(found.clash_count, 0);
        assert_int_equal(found.open_cells, made.hidden);
        fillings all = fillings_of(made.table, arena);
        while (next_filling(&all)) {
            assert_inside(&found, all.value, made.table->cell_count);
        }
        kt_arena_free(arena);
    }
}

static void bounds_are_never_wider_than_the_source_says(void **state)
{
    uint64_t seed = 5;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 20, arena);
        const kt_bounds found = tighten(made.table, arena);
        for (size_t c = 0; c < made.table->cell_count; c++) {
            assert_true(made.low[c] <= found.low[c] && found.low[c] <= found.high[c] &&
                        found.high[c] <= made.high[c]);
        }
        kt_arena_free(arena);
    }
    (void)state;
}

static void parts_above_their_total_clash_and_are_left_as_wide_as_they_were(void **state)
{
    /* A total of 2 cannot hold three counts of at least 1. */
    const double low[] = {2, 1, 1, 1}, high[] = {2, 4, 4, 4};
    const kt_margin margin = {KT_PARTS_WITHIN_TOTAL, 0, 3, after_first};
    const kt_margin_table table = {4, low, high, 1, &margin};
    const kt_bounds found = tighten(&table, *state);
    assert_int_equal(found.clash_count, 1);
    assert_true(found.margin_set_aside[0]);
    assert_close(found.clashes[0].excess, 1.0, 0.0);
    assert_int_equal(found.clashes[0].margin_count, 1);
    assert_int_equal(found.clashes[0].cell_count, 4);
    assert_close(found.high[3], 4.0, 0.0);
    assert_int_equal(found.fixed_cells, 0);
}

static void a_clash_of_known_figures_names_those_that_count(void **state)
{
    const double value[] = {9, 7, 0, 3};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 3, after_first};
    const kt_margin_table table = {4, value, value, 1, &margin};
    const kt_bounds found = tighten(&table, *state);
    assert_int_equal(found.clash_count, 1);
    assert_close(found.clashes[0].excess, 1.0, 0.0);
    assert_int_equal(found.clashes[0].cell_count, 3);
    assert_int_equal(found.clashes[0].cells[2], 3);
}

static void a_clash_of_several_margins_names_those_and_no_others(void **state)
{
    /* Rows say that the hidden cells 5 and 8 are 2 and 3, the column that they are at most 4; the
     * other columns and the country's row agree with everything. */
    const double low[] = {25, 20, 4, 13, 11, 1, 11, 8, 1};
    const double high[] = {25, 20, 4, 13, 11, 4, 11, 8, 4};
    const kt_margin_table *table = kt_margins_cross(3, 3, low, high, *state);
    const kt_bounds found = tighten(table, *state);
    /* The country's row, 25 against 20 + 4, clashes too, by itself. */
    assert_int_equal(found.clash_count, 2);
    const kt_clash *rows = &found.clashes[0];
    const kt_clash *several = rows->margin_count == 1 ? &found.clashes[1] : rows;
    assert_int_equal(several->margin_count, 3);
    assert_int_equal(several->margins[0], 1);
    assert_int_equal(several->margins[1], 2);
    assert_int_equal(several->margins[2], 5);
    assert_close(found.low[5], 1.0, 0.0);
    assert_close(found.high[8], 4.0, 0.0);
}

/* Whatever one wrong figure does, no true figure falls out of its bounds. */
static void one_wrong_total_narrows_nothing_falsely(void **state)
{
    uint64_t seed = 77;
    int clashes = 0;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 8, arena);
        const size_t wrong = made.columns * random_below(&seed, (unsigned)made.rows);
        if (made.low[wrong] == made.high[wrong]) {
            made.low[wrong] = made.high[wrong] = made.truth[wrong] + 40.0;
        }
        const kt_bounds found = tighten(made.table, arena);
        clashes += found.clash_count > 0;
        for (size_t c = 0; c < made.table->cell_count && found.clash_count > 0; c++) {
            assert_true(c == wrong ||
                        (found.low[c] <= made.truth[c] && made.truth[c] <= found.high[c]));
        }
        kt_arena_free(arena);
    }
    assert_true(clashes > SOME / 2);
    (void)state;
}

static void what_is_no_interval_is_refused(void **state)
{
    const double low[] = {9, 3, 1}, high[] = {9, 2, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, after_first};
    const kt_margin_table table = {3, low, high, 1, &margin};
    kt_bounds found;
    kt_error error = {0};
    assert_int_equal(kt_margins_tighten(&table, *state, &found, &error), KT_ERR_DATA);
    assert_string_equal(error.message, "cell 2: 3 to 2 is no interval of whole counts");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(one_margin_leaves_what_the_others_leave),
        ARENA_TEST(what_one_margin_fixes_helps_the_next),
        cmocka_unit_test(no_filling_that_meets_the_margins_is_cut_off),
        cmocka_unit_test(bounds_are_never_wider_than_the_source_says),
        ARENA_TEST(parts_above_their_total_clash_and_are_left_as_wide_as_they_were),
        ARENA_TEST(a_clash_of_known_figures_names_those_that_count),
        ARENA_TEST(a_clash_of_several_margins_names_those_and_no_others),
        cmocka_unit_test(one_wrong_total_narrows_nothing_falsely),
        ARENA_TEST(what_is_no_interval_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
