/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include "analysis/support.h"
#include "cells.h"

#define CELLS 4

static const kt_contribution *contributions(const kt_cells *cells, double alpha, kt_arena *arena)
{
    kt_contribution *found = kt_arena_array(arena, kt_contribution, cells->count);
    kt_error err = {0};
    if (kt_contributions_compute(cells, alpha, found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void a_small_market_by_hand(void **state)
{
    /* Shares of seekers .8, .2 and of posts .2, .8; at 1/2 each adds (.8 + .2)/2 - sqrt(.16) = .1.
     * In proportion to posts the seekers would be 20 and 80. */
    const kt_cells cells = kt_cells_exact(2, (double[]){80, 20}, (double[]){2, 8});
    const kt_contribution *found = contributions(&cells, 0.5, *state);
    assert_close(found[0].unemployed_share, 0.8, 1e-15);
    assert_close(found[0].vacancy_share, 0.2, 1e-15);
    assert_close(found[0].contribution, 0.1, 1e-15);
    assert_close(found[1].contribution, 0.1, 1e-15);
    assert_close(found[0].persons_off_proportion, 60.0, 1e-12);
    assert_close(found[1].persons_off_proportion, -60.0, 1e-12);
    assert_int_equal(found[0].side, KT_SIDE_LOOSER);
    assert_int_equal(found[1].side, KT_SIDE_TIGHTER);
    assert_close(found[0].contribution_low, found[0].contribution, 0.0);
    assert_close(found[0].contribution_high, found[0].contribution, 0.0);
}

static void the_smallest_difference_counts_as_equal(void **state)
{
    const kt_cells cells =
        kt_cells_exact(3, (double[]){1e9, 2e9, 3e9}, (double[]){1e9 + 0.3, 2e9, 3e9 + 1000});
    const kt_contribution *found = contributions(&cells, 0.5, *state);
    assert_int_equal(found[2].side, KT_SIDE_TIGHTER);
    assert_int_equal(found[1].side, KT_SIDE_LOOSER);
    const kt_cells same = kt_cells_exact(2, (double[]){1e9, 1e9}, (double[]){1e9 + 0.3, 1e9});
    found = contributions(&same, 0.5, *state);
    assert_int_equal(found[0].side, KT_SIDE_EQUAL);
    assert_int_equal(found[1].side, KT_SIDE_EQUAL);
}

static void contributions_are_never_negative_and_sum_to_the_index(void **state)
{
    uint64_t seed = 5;
    for (int round = 0; round < 1000; round++) {
        double u[7], v[7];
        for (int i = 0; i < 7; i++) {
            u[i] = random_below(&seed, 40) + (i == 0);
            v[i] = random_below(&seed, 10) + (i == 1);
        }
        const double alpha = round % 3 == 0 ? 0.5 : 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_cells cells = kt_cells_exact(7, u, v);
        const kt_contribution *found = contributions(&cells, alpha, *state);
        double sum = 0.0, persons = 0.0;
        for (int i = 0; i < 7; i++) {
            assert_true(found[i].contribution >= 0.0);
            sum += found[i].contribution;
            persons += found[i].persons_off_proportion;
        }
        kt_mismatch whole;
        assert_int_equal(kt_mismatch_compute(&cells, &alpha, 1, *state, &whole, NULL), KT_OK);
        assert_close(sum, whole.value, 1e-14);
        assert_close(persons, 0.0, 1e-12);
    }
}

static void empty_and_half_empty_cells_have_their_place(void **state)
{
    const kt_cells cells = kt_cells_exact(4, (double[]){5, 0, 5, 0}, (double[]){0, 5, 5, 0});
    const kt_contribution *found = contributions(&cells, 0.3, *state);
    assert_close(found[0].contribution, 0.7 * 0.5, 1e-15);
    assert_close(found[1].contribution, 0.3 * 0.5, 1e-15);
    assert_close(found[2].contribution, 0.0, 1e-15);
    assert_close(found[3].contribution, 0.0, 0.0);
    assert_int_equal(found[0].side, KT_SIDE_LOOSER);
    assert_int_equal(found[1].side, KT_SIDE_TIGHTER);
    assert_int_equal(found[3].side, KT_SIDE_EQUAL);
}

static void a_cell_with_a_missing_figure_has_a_reason_and_the_others_their_own_totals(void **state)
{
    const kt_cells cells = kt_cells_exact(3, (double[]){80, 20, NAN}, (double[]){2, 8, 90});
    const kt_contribution *found = contributions(&cells, 0.5, *state);
    assert_close(found[1].vacancy_share, 0.8, 1e-15);
    assert_string_equal(found[2].reason, "a figure is missing");
    assert_true(isnan(found[2].contribution) && isnan(found[2].persons_off_proportion));
    assert_int_equal(found[2].side, KT_SIDE_NONE);
    assert_null(kt_side_word(found[2].side));
}

static void without_vacancies_every_row_says_why(void **state)
{
    const kt_cells cells = kt_cells_exact(2, (double[]){80, 20}, (double[]){0, 0});
    const kt_contribution *found = contributions(&cells, 0.5, *state);
    assert_string_equal(found[0].reason, "no vacancies in the cells used");
    assert_string_equal(found[1].reason, "no vacancies in the cells used");
    assert_true(isnan(found[1].contribution_high));
}

/* Whole-number figures between low and high. */
static void draw_filling(uint64_t *seed, const double *low, const double *high, double *out)
{
    for (int i = 0; i < CELLS; i++) {
        out[i] = low[i] + random_below(seed, (unsigned)(high[i] - low[i]) + 1);
    }
}

static void draw_ends(uint64_t *seed, double *low, double *high)
{
    for (int i = 0; i < CELLS; i++) {
        low[i] = random_below(seed, 9);
        high[i] = low[i] + random_below(seed, 2) * random_below(seed, 6);
    }
}

static void assert_holds(const kt_contribution *range, const double *u, const double *v,
                         double alpha, kt_arena *arena)
{
    const kt_cells truth = kt_cells_exact(CELLS, u, v);
    const kt_contribution *found = contributions(&truth, alpha, arena);
    for (int i = 0; found[0].reason == NULL && i < CELLS; i++) {
        assert_true(range[i].contribution_low <= found[i].contribution + 1e-15);
        assert_true(range[i].contribution_high >= found[i].contribution - 1e-15);
    }
}

/* The claim behind the range: over a box the contribution is least where the box meets the diagonal
 * and greatest at a corner. If it were false, some of these fillings would fall outside. */
static void the_range_of_a_contribution_holds_every_filling(void **state)
{
    uint64_t seed = 31;
    for (int round = 0; round < 200; round++) {
        double u_low[CELLS], u_high[CELLS], v_low[CELLS], v_high[CELLS], u[CELLS], v[CELLS];
        draw_ends(&seed, u_low, u_high);
        draw_ends(&seed, v_low, v_high);
        u_high[0] += 1;
        v_high[1] += 1;
        const kt_cells cells = {CELLS,  u_high, u_low, u_high, v_high, v_low,
                                v_high, NAN,    NAN,   NAN,    NAN};
        const double alpha = round % 2 == 0 ? 0.5 : 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_contribution *range = contributions(&cells, alpha, *state);
        for (int filling = 0; filling < 100; filling++) {
            draw_filling(&seed, u_low, u_high, u);
            draw_filling(&seed, v_low, v_high, v);
            assert_holds(range, u, v, alpha, *state);
        }
    }
}

static void known_totals_narrow_the_range_of_a_known_cell_to_a_point(void **state)
{
    const double u[] = {10, 2.5, 2.5}, u_low[] = {10, 1, 1}, u_high[] = {10, 4, 4};
    const double v[] = {6, 3, 3};
    kt_cells cells = {3, u, u_low, u_high, v, v, v, NAN, NAN, NAN, NAN};
    const kt_contribution wide = contributions(&cells, 0.5, *state)[0];
    assert_true(wide.contribution_low < wide.contribution);
    assert_true(wide.contribution_high > wide.contribution);
    cells.unemployed_total_low = cells.unemployed_total_high = 15;
    const kt_contribution narrow = contributions(&cells, 0.5, *state)[0];
    assert_close(narrow.contribution_low, narrow.contribution, 1e-15);
    assert_close(narrow.contribution_high, narrow.contribution, 1e-15);
}

static void a_cell_that_may_be_in_proportion_may_add_nothing(void **state)
{
    const double u[] = {2, 2}, u_low[] = {1, 2}, u_high[] = {4, 2}, v[] = {3, 3};
    const kt_cells cells = {2, u, u_low, u_high, v, v, v, NAN, NAN, NAN, NAN};
    const kt_contribution *found = contributions(&cells, 0.4, *state);
    assert_close(found[0].contribution_low, 0.0, 0.0);
    assert_true(found[0].contribution_high > 0.0);
}

static void the_measure_has_a_row_for_each_market(void **state)
{
    const char *const names[] = {"MK01", "MK02", "MK04"};
    const double u[] = {80, 20, NAN}, v[] = {2, 8, 1};
    const market_case market = {3, names, u, v};
    const kt_findings *found = run_market("contributions", &market, 0.5, *state);
    assert_int_equal(found->row_count, 3);
    assert_string_equal(found->key[1], "MK02");
    assert_close(found_number("contributions", found, 1, "contribution"), 0.1, 1e-15);
    assert_close(found_number("contributions", found, 1, "persons_off_proportion"), -60, 1e-12);
    assert_string_equal(found->text[1 * 5 + 4], "tighter_than_scope");
    assert_string_equal(found->text[0 * 5 + 4], "looser_than_scope");
    assert_null(found->text[2 * 5 + 4]);
    assert_string_equal(found->reason[2], "a figure is missing");
    assert_null(found->reason[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_small_market_by_hand),
        ARENA_TEST(the_smallest_difference_counts_as_equal),
        ARENA_TEST(contributions_are_never_negative_and_sum_to_the_index),
        ARENA_TEST(empty_and_half_empty_cells_have_their_place),
        ARENA_TEST(a_cell_with_a_missing_figure_has_a_reason_and_the_others_their_own_totals),
        ARENA_TEST(without_vacancies_every_row_says_why),
        ARENA_TEST(the_range_of_a_contribution_holds_every_filling),
        ARENA_TEST(known_totals_narrow_the_range_of_a_known_cell_to_a_point),
        ARENA_TEST(a_cell_that_may_be_in_proportion_may_add_nothing),
        ARENA_TEST(the_measure_has_a_row_for_each_market),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
