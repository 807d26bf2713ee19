/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/decomposition.h"

#include "analysis/shared.h"
#include "analysis/support.h"
#include "cells.h"

#define REGIONS     ((size_t)3)
#define OCCUPATIONS ((size_t)4)
#define CELLS       (REGIONS * OCCUPATIONS)
#define EXPONENTS   ((size_t)3)

static kt_decomposition decompose(const kt_cross *cross, double alpha, kt_arena *arena)
{
    kt_decomposition found;
    kt_error err = {0};
    if (kt_decomposition_compute(cross, alpha, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static const size_t two_regions[] = {0, 0, 1, 1}, two_occupations[] = {0, 1, 0, 1};

static void mismatch_between_regions_alone_is_all_regional(void **state)
{
    /* Both occupations alike in each region: u 40 10, v 10 40 over regions, index at 1/2 .2. */
    const double u[] = {40, 40, 10, 10}, v[] = {10, 10, 40, 40};
    const kt_cross cross = {kt_cells_exact(4, u, v), two_regions, two_occupations, 2, 2};
    const kt_decomposition found = decompose(&cross, 0.5, *state);
    assert_close(found.mismatch, 0.2, 1e-15);
    assert_close(found.mismatch_region, 0.2, 1e-15);
    assert_close(found.within_region, 0.0, 1e-15);
    assert_close(found.mismatch_occupation, 0.0, 1e-15);
    assert_close(found.interaction, 0.0, 1e-15);
    assert_close(found.shapley_region, 0.2, 1e-15);
    assert_close(found.shapley_occupation, 0.0, 1e-15);
}

static void mismatch_that_only_the_crossing_shows_is_interaction(void **state)
{
    /* Every region and occupation has 50 of each; the cells are 40 10 10 40 against 10 40 40 10. */
    const double u[] = {40, 10, 10, 40}, v[] = {10, 40, 40, 10};
    const kt_cross cross = {kt_cells_exact(4, u, v), two_regions, two_occupations, 2, 2};
    const kt_decomposition found = decompose(&cross, 0.5, *state);
    assert_close(found.mismatch, 0.2, 1e-15);
    assert_close(found.mismatch_region, 0.0, 1e-15);
    assert_close(found.mismatch_occupation, 0.0, 1e-15);
    assert_close(found.within_region, 0.2, 1e-15);
    assert_close(found.within_occupation, 0.2, 1e-15);
    assert_close(found.interaction, 0.2, 1e-15);
    assert_close(found.shapley_region, 0.1, 1e-15);
    assert_close(found.shapley_occupation, 0.1, 1e-15);
}

/* sum_r c_r M_(O in r), from the cells of each region on their own. */
static double weighted_within(const double *u, const double *v, double alpha, kt_arena *arena)
{
    double u_all = 0.0, v_all = 0.0, sum = 0.0;
    for (size_t i = 0; i < CELLS; i++) {
        u_all += u[i];
        v_all += v[i];
    }
    for (size_t r = 0; r < REGIONS; r++) {
        const kt_cells cells =
            kt_cells_exact(OCCUPATIONS, &u[r * OCCUPATIONS], &v[r * OCCUPATIONS]);
        kt_mismatch inside;
        assert_int_equal(kt_mismatch_compute(&cells, &alpha, 1, arena, &inside, NULL), KT_OK);
        double u_r = 0.0, v_r = 0.0;
        for (size_t o = 0; o < OCCUPATIONS; o++) {
            u_r += cells.unemployed[o];
            v_r += cells.vacancies[o];
        }
        sum += pow(v_r / v_all, alpha) * pow(u_r / u_all, 1.0 - alpha) * inside.value;
    }
    return sum;
}

static void the_parts_are_exact_and_add_up_in_both_orders(void **state)
{
    uint64_t seed = 17;
    for (int round = 0; round < 300; round++) {
        double u[CELLS], v[CELLS];
        size_t region[CELLS], occupation[CELLS];
        for (size_t i = 0; i < CELLS; i++) {
            u[i] = 1 + random_below(&seed, 40);
            v[i] = random_below(&seed, 12) + (i % OCCUPATIONS == 0);
            region[i] = i / OCCUPATIONS;
            occupation[i] = i % OCCUPATIONS;
        }
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_cross cross = {kt_cells_exact(CELLS, u, v), region, occupation, REGIONS,
                                OCCUPATIONS};
        const kt_decomposition found = decompose(&cross, alpha, *state);
        assert_close(found.within_region, weighted_within(u, v, alpha, *state), 1e-14);
        assert_close(found.mismatch_region + found.within_region, found.mismatch, 1e-14);
        assert_close(found.mismatch_occupation + found.within_occupation, found.mismatch, 1e-14);
        assert_close(found.shapley_region + found.shapley_occupation, found.mismatch, 1e-14);
    }
}

static void several_exponents_at_once_are_each_as_alone(void **state)
{
    const double u[] = {40, 10, 15, 35}, v[] = {10, 45, 40, 10},
                 alphas[EXPONENTS] = {0.3, 0.5, 0.7};
    const kt_cross cross = {kt_cells_exact(4, u, v), two_regions, two_occupations, 2, 2};
    kt_mismatch both[EXPONENTS];
    kt_decomposition found[EXPONENTS];
    assert_int_equal(kt_mismatch_compute(&cross.cells, alphas, EXPONENTS, *state, both, NULL),
                     KT_OK);
    assert_int_equal(kt_decomposition_of(&cross, both, EXPONENTS, *state, found, NULL), KT_OK);
    for (size_t i = 0; i < EXPONENTS; i++) {
        const kt_decomposition alone = decompose(&cross, alphas[i], *state);
        assert_close(found[i].mismatch, alone.mismatch, 0.0);
        assert_close(found[i].within_region, alone.within_region, 0.0);
        assert_close(found[i].mismatch_occupation, alone.mismatch_occupation, 0.0);
        assert_close(found[i].shapley_occupation, alone.shapley_occupation, 0.0);
    }
}

/* The reference was computed from fillings of its own; what follows from its three indices must be
 * what we make of three such indices. */
static void the_parts_of_the_reference_relate_as_ours_do(void **state)
{
    const kt_csv_table *want = shared_csv("methods/nested_decomposition_2019_a05.csv", *state);
    assert_int_equal(want->row_count, 12);
    for (size_t row = 0; row < want->row_count; row++) {
        const double both = csv_number(want, row, "M_RO");
        const double region = csv_number(want, row, "M_R"),
                     occupation = csv_number(want, row, "M_O");
        assert_close(both - region, csv_number(want, row, "within_R"), 1e-15);
        assert_close(both - occupation, csv_number(want, row, "within_O"), 1e-15);
        assert_close(both - region - occupation, csv_number(want, row, "interaction"), 1e-15);
        assert_close((region + both - occupation) / 2.0, csv_number(want, row, "shapley_region"),
                     1e-15);
        assert_close((occupation + both - region) / 2.0, csv_number(want, row, "shapley_occ"),
                     1e-15);
    }
}

static void the_measure_takes_its_keys_by_name(void **state)
{
    const char *const regions[] = {"MK01", "MK02", "MK01", "MK02", "MK01"};
    const char *const occupations[] = {"ISCO-1", "ISCO-1", "ISCO-2", "ISCO-2", "ISCO-3"};
    const double u[] = {40, 10, 10, 40, NAN}, v[] = {10, 40, 40, 10, 5};
    const kt_group group = {
        .row_count = 5, .key = {regions, occupations}, .figure = {NULL, NULL, u, v}};
    const kt_param_value params[] = {{.number = 0.5}};
    kt_findings *found = NULL;
    assert_int_equal(
        kt_measure_run(kt_measure_find("decomposition"), &group, params, *state, &found, NULL),
        KT_OK);
    assert_close(found_number("decomposition", found, 0, "mismatch"), 0.2, 1e-15);
    assert_close(found_number("decomposition", found, 0, "interaction"), 0.2, 1e-15);
    assert_close(found_number("decomposition", found, 0, "shapley_occupation"), 0.1, 1e-15);
}

static void without_vacancies_no_part_has_a_figure(void **state)
{
    const double u[] = {1, 2, 3, 4}, v[] = {0, 0, 0, 0};
    const kt_cross cross = {kt_cells_exact(4, u, v), two_regions, two_occupations, 2, 2};
    const kt_decomposition found = decompose(&cross, 0.5, *state);
    assert_string_equal(found.reason, "no vacancies in the cells used");
    assert_true(isnan(found.mismatch) && isnan(found.within_region) && isnan(found.interaction));
    assert_true(isnan(found.shapley_region) && isnan(found.within_occupation));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(mismatch_between_regions_alone_is_all_regional),
        ARENA_TEST(mismatch_that_only_the_crossing_shows_is_interaction),
        ARENA_TEST(the_parts_are_exact_and_add_up_in_both_orders),
        ARENA_TEST(several_exponents_at_once_are_each_as_alone),
        ARENA_TEST(the_parts_of_the_reference_relate_as_ours_do),
        ARENA_TEST(the_measure_takes_its_keys_by_name),
        ARENA_TEST(without_vacancies_no_part_has_a_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
