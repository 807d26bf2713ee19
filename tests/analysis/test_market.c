/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/market.h"

#include "analysis/support.h"

/* A period of two regions in a country, occupations a, b, unknown and all:
 *
 *             a            b        unknown    all
 *   MK01   u 10  v 2     20  4       5  1     35  7
 *   MK02   u 3*  v 1      7  2*      3* 0     13  3      * protected, 1..4
 *   SSS                                       50 12
 */
enum { UNEMPLOYED, VACANCIES };
enum { SSS, MK01, MK02 };
enum { OCC_A, OCC_B, UNKNOWN, ALL };

static size_t place(const kt_cube *cube, size_t measure, size_t region, size_t occupation)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = measure, [KT_ROLE_REGION] = region, [KT_ROLE_OCCUPATION] = occupation};
    return kt_cube_at(cube, at);
}

static kt_codes *codes_of(kt_arena *arena, const char *const *codes)
{
    kt_codes *made = kt_codes_new(arena);
    for (; *codes != NULL; codes++) {
        assert_int_not_equal(kt_codes_add(made, *codes, NULL), KT_NO_CODE);
    }
    return made;
}

static void set_row(kt_cube *cube, size_t measure, size_t region, const double figures[4])
{
    for (size_t i = 0; i < 4; i++) {
        if (!isnan(figures[i])) {
            kt_cube_set(cube, place(cube, measure, region, i), figures[i], KT_OBS_OBSERVED);
        }
    }
}

static kt_cube *new_slab(kt_arena *arena)
{
    kt_codes *const codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = codes_of(arena, (const char *const[]){"2023M10", NULL}),
        [KT_ROLE_MEASURE] = codes_of(arena, (const char *const[]){"unemployed", "vacancies", NULL}),
        [KT_ROLE_REGION] = codes_of(arena, (const char *const[]){"SSS", "MK01", "MK02", NULL}),
        [KT_ROLE_OCCUPATION] =
            codes_of(arena, (const char *const[]){"ISCO-1", "ISCO-2", "_X", "_T", NULL}),
    };
    kt_cube *cube = NULL;
    assert_int_equal(kt_cube_new(arena, codes, &cube, NULL), KT_OK);
    set_row(cube, UNEMPLOYED, SSS, (double[]){NAN, NAN, NAN, 50});
    set_row(cube, UNEMPLOYED, MK01, (double[]){10, 20, 5, 35});
    set_row(cube, UNEMPLOYED, MK02, (double[]){NAN, 7, NAN, 13});
    set_row(cube, VACANCIES, SSS, (double[]){NAN, NAN, NAN, 12});
    set_row(cube, VACANCIES, MK01, (double[]){2, 4, 1, 7});
    set_row(cube, VACANCIES, MK02, (double[]){1, NAN, 0, 3});
    kt_cube_protect(cube, place(cube, UNEMPLOYED, MK02, OCC_A), 3, 1, 4);
    kt_cube_protect(cube, place(cube, UNEMPLOYED, MK02, UNKNOWN), 3, 1, 4);
    kt_cube_protect(cube, place(cube, VACANCIES, MK02, OCC_B), 2, 1, 4);
    return cube;
}

static const size_t regions[] = {MK01, MK01, MK02, MK02};
static const size_t occupations[] = {OCC_A, OCC_B, OCC_A, OCC_B};
static const size_t margins[] = {MK01, MK02};

static const kt_market joined = {.name = "isco1xmaakunta",
                                 .scope = "SSS",
                                 .cell_count = 4,
                                 .region = regions,
                                 .occupation = occupations,
                                 .scope_region = SSS,
                                 .scope_occupation = ALL,
                                 .margin_region = margins,
                                 .margin_count = 2,
                                 .total_occupation = ALL,
                                 .unknown_occupation = UNKNOWN};

static kt_market_month gather(const kt_market *market, const kt_cube *cube, kt_arena *arena)
{
    const kt_market_slab slab = {.cube = cube, .unemployed = UNEMPLOYED, .vacancies = VACANCIES};
    kt_market_month month;
    kt_error err = {0};
    if (kt_market_gather(market, &slab, arena, &month, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return month;
}

static void cells_come_with_their_ends_in_the_order_of_the_market(void **state)
{
    const kt_market_month month = gather(&joined, new_slab(*state), *state);
    const double u[] = {10, 20, 3, 7}, u_low[] = {10, 20, 1, 7}, u_high[] = {10, 20, 4, 7};
    const double v[] = {2, 4, 1, 2}, v_low[] = {2, 4, 1, 1}, v_high[] = {2, 4, 1, 4};
    assert_int_equal(month.cells.count, 4);
    assert_memory_equal(month.cells.unemployed, u, sizeof u);
    assert_memory_equal(month.cells.unemployed_low, u_low, sizeof u);
    assert_memory_equal(month.cells.unemployed_high, u_high, sizeof u);
    assert_memory_equal(month.cells.vacancies, v, sizeof v);
    assert_memory_equal(month.cells.vacancies_low, v_low, sizeof v);
    assert_memory_equal(month.cells.vacancies_high, v_high, sizeof v);
}

static void totals_are_sums_of_the_cells_and_coverage_is_their_share_of_the_scope(void **state)
{
    const kt_market_month month = gather(&joined, new_slab(*state), *state);
    assert_close(month.unemployed, 40, 0.0);
    assert_close(month.vacancies, 9, 0.0);
    assert_close(month.unemployed_coverage, 0.8, 1e-15);
    assert_close(month.vacancies_coverage, 0.75, 1e-15);
    assert_close(month.protected_share, 0.5, 0.0);
    assert_int_equal(month.cells_used, 4);
    assert_int_equal(month.cells_without_figure, 0);
    assert_int_equal(month.obs, KT_OBS_ESTIMATED);
}

/* What was an estimate is B in the first month of a new basis; that it hides something stays known.
 */
static void a_break_does_not_reveal_what_is_hidden(void **state)
{
    kt_cube *cube = new_slab(*state);
    cube->status[place(cube, UNEMPLOYED, MK02, OCC_A)] = KT_OBS_BREAK;
    cube->status[place(cube, VACANCIES, MK02, OCC_B)] = KT_OBS_BREAK;
    const kt_market_month month = gather(&joined, cube, *state);
    assert_close(month.protected_share, 0.5, 0.0);
    assert_int_equal(month.obs, KT_OBS_BREAK);
}

static void margins_are_totals_less_what_the_unknown_occupation_may_hold(void **state)
{
    /* u: 35 - 5 + 13 - (1..4) = 39..42; v: 7 - 1 + 3 - 0 = 9 */
    const kt_market_month month = gather(&joined, new_slab(*state), *state);
    assert_close(month.cells.unemployed_total_low, 39, 0.0);
    assert_close(month.cells.unemployed_total_high, 42, 0.0);
    assert_close(month.cells.vacancies_total_low, 9, 0.0);
    assert_close(month.cells.vacancies_total_high, 9, 0.0);
}

static void a_market_without_margins_knows_nothing_of_its_totals(void **state)
{
    kt_market plain = joined;
    plain.margin_count = 0;
    const kt_market_month month = gather(&plain, new_slab(*state), *state);
    assert_true(isnan(month.cells.unemployed_total_low));
    assert_true(isnan(month.cells.vacancies_total_high));
}

static void a_margin_that_is_missing_is_no_margin(void **state)
{
    kt_cube *cube = new_slab(*state);
    kt_cube_clear(cube, place(cube, UNEMPLOYED, MK02, ALL), KT_OBS_MISSING);
    const kt_market_month month = gather(&joined, cube, *state);
    assert_true(isnan(month.cells.unemployed_total_low));
    assert_true(isnan(month.cells.unemployed_total_high));
    assert_close(month.cells.vacancies_total_low, 9, 0.0);
}

static void a_missing_cell_is_left_out_and_takes_the_low_margin_with_it(void **state)
{
    kt_cube *cube = new_slab(*state);
    kt_cube_clear(cube, place(cube, VACANCIES, MK01, OCC_B), KT_OBS_MISSING);
    const kt_market_month month = gather(&joined, cube, *state);
    assert_int_equal(month.cells_used, 3);
    assert_int_equal(month.cells_without_figure, 1);
    assert_close(month.unemployed, 20, 0.0);
    assert_close(month.unemployed_coverage, 0.4, 1e-15);
    assert_true(isnan(month.cells.vacancies[1]));
    assert_true(isnan(month.cells.unemployed_total_low));
    assert_close(month.cells.unemployed_total_high, 42, 0.0);
}

static void without_any_figure_the_status_says_why(void **state)
{
    kt_cube *cube = new_slab(*state);
    const kt_market one = {.name = "isco1",
                           .scope = "SSS",
                           .cell_count = 1,
                           .region = regions,
                           .occupation = occupations,
                           .scope_region = KT_NO_CODE};
    kt_cube_clear(cube, place(cube, VACANCIES, MK01, OCC_A), KT_OBS_MISSING);
    const kt_market_month month = gather(&one, cube, *state);
    assert_int_equal(month.cells_used, 0);
    assert_int_equal(month.obs, KT_OBS_MISSING);
    assert_true(isnan(month.protected_share));
    assert_true(isnan(month.unemployed_coverage));
    /* A protected figure beside it is no reason: it could have been used. */
    kt_cube_protect(cube, place(cube, UNEMPLOYED, MK01, OCC_A), 2, 1, 4);
    kt_cube_clear(cube, place(cube, VACANCIES, MK01, OCC_A), KT_OBS_NOT_COLLECTED);
    assert_int_equal(gather(&one, cube, *state).obs, KT_OBS_NOT_COLLECTED);
}

static void figures_that_are_all_observed_are_observed(void **state)
{
    kt_market inside = joined;
    inside.scope = "MK01";
    inside.cell_count = 2;
    inside.scope_region = MK01;
    inside.margin_count = 1;
    const kt_market_month month = gather(&inside, new_slab(*state), *state);
    assert_int_equal(month.obs, KT_OBS_OBSERVED);
    assert_close(month.protected_share, 0.0, 0.0);
    assert_close(month.unemployed_coverage, 30.0 / 35.0, 1e-15);
    assert_close(month.cells.unemployed_total_low, 30, 0.0);
}

static void a_figure_outside_its_interval_is_refused_with_its_coordinates(void **state)
{
    kt_cube *cube = new_slab(*state);
    kt_cube_protect(cube, place(cube, UNEMPLOYED, MK02, OCC_A), 9, 1, 4);
    const kt_market_slab slab = {.cube = cube, .unemployed = UNEMPLOYED, .vacancies = VACANCIES};
    kt_market_month month;
    kt_error err = {0};
    assert_int_equal(kt_market_gather(&joined, &slab, *state, &month, &err), KT_ERR_DATA);
    assert_string_equal(err.message, "period=2023M10 measure=unemployed region=MK02 "
                                     "occupation=ISCO-1: 9 between 1 and 4 is no count");
}

static void a_position_outside_the_slab_is_a_bug_and_no_crash(void **state)
{
    const size_t far[] = {7};
    kt_market market = joined;
    market.margin_region = far;
    market.margin_count = 1;
    const kt_market_slab slab = {
        .cube = new_slab(*state), .unemployed = UNEMPLOYED, .vacancies = VACANCIES};
    kt_market_month month;
    kt_error err = {0};
    assert_int_equal(kt_market_gather(&market, &slab, *state, &month, &err), KT_ERR_BUG);
    assert_string_equal(err.message,
                        "market isco1xmaakunta in SSS: a margin lies outside the slab");
    const kt_market_slab other = {.cube = slab.cube, .unemployed = UNEMPLOYED, .vacancies = 2};
    assert_int_equal(kt_market_gather(&joined, &other, *state, &month, &err), KT_ERR_BUG);
}

static void the_index_of_a_gathered_market_uses_its_margins(void **state)
{
    const kt_market_month month = gather(&joined, new_slab(*state), *state);
    const double alpha = 0.5;
    kt_mismatch found;
    assert_int_equal(kt_mismatch_compute(&month.cells, &alpha, 1, *state, &found, NULL), KT_OK);
    /* by hand: points 10 20 3 7 and 2 4 1 2; high: lows of S over the highest totals, 41 (the cells
     * sum to less than the margin's 42) and 9. */
    const double s = sqrt(20) + sqrt(80) + sqrt(3) + sqrt(14);
    const double s_low = sqrt(20) + sqrt(80) + sqrt(1) + sqrt(7);
    assert_close(found.value, 1.0 - s / sqrt(40.0 * 9.0), 1e-15);
    assert_close(found.value_high, 1.0 - s_low / sqrt(41.0 * 9.0), 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(cells_come_with_their_ends_in_the_order_of_the_market),
        ARENA_TEST(totals_are_sums_of_the_cells_and_coverage_is_their_share_of_the_scope),
        ARENA_TEST(a_break_does_not_reveal_what_is_hidden),
        ARENA_TEST(margins_are_totals_less_what_the_unknown_occupation_may_hold),
        ARENA_TEST(a_market_without_margins_knows_nothing_of_its_totals),
        ARENA_TEST(a_margin_that_is_missing_is_no_margin),
        ARENA_TEST(a_missing_cell_is_left_out_and_takes_the_low_margin_with_it),
        ARENA_TEST(without_any_figure_the_status_says_why),
        ARENA_TEST(figures_that_are_all_observed_are_observed),
        ARENA_TEST(a_figure_outside_its_interval_is_refused_with_its_coordinates),
        ARENA_TEST(a_position_outside_the_slab_is_a_bug_and_no_crash),
        ARENA_TEST(the_index_of_a_gathered_market_uses_its_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
