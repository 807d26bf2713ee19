/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

#define ID "location_quotient"

/* Two regions by two occupations, row by row. */
static const kt_findings *quotients(const double *value, kt_arena *arena)
{
    static const char *const region[] = {"A", "A", "B", "B"};
    static const char *const occupation[] = {"x", "y", "x", "y"};
    const kt_group group = {
        .row_count = 4, .key = {region, occupation}, .figure = {NULL, NULL, value}};
    kt_findings *found = NULL;
    kt_error err = {0};
    if (kt_measure_run(kt_measure_find(ID), &group, NULL, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void an_occupation_is_compared_with_its_share_of_all_regions(void **state)
{
    /* A 30 10, B 10 50: x is .4 of all, .75 of A and 1/6 of B */
    const kt_findings *found = quotients((double[]){30, 10, 10, 50}, *state);
    const double want[] = {0.75 / 0.4, 0.25 / 0.6, 1.0 / 6.0 / 0.4, 5.0 / 6.0 / 0.6};
    assert_int_equal(found->row_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_close(found_number(ID, found, i, "value"), want[i], 1e-15);
        assert_string_equal(found->key[i], i < 2 ? "A" : "B");
        assert_string_equal(found->text[2 * i], i % 2 == 0 ? "x" : "y");
    }
}

static void a_row_without_a_figure_is_left_out_of_every_sum(void **state)
{
    /* A 30 -, B 10 50: x is 4/9 of what is left, all of A and 1/6 of B */
    const kt_findings *found = quotients((double[]){30, NAN, 10, 50}, *state);
    assert_close(found_number(ID, found, 0, "value"), 9.0 / 4.0, 1e-15);
    assert_close(found_number(ID, found, 2, "value"), 9.0 / 24.0, 1e-15);
    assert_string_equal(found->reason[1], "no figure");
    assert_true(isnan(found_number(ID, found, 1, "value")));
    assert_string_equal(found->note[0], "cells without a figure are left out");
}

static void a_region_or_an_occupation_of_nothing_has_a_reason(void **state)
{
    const kt_findings *found = quotients((double[]){0, 0, 10, 50}, *state);
    assert_string_equal(found->reason[0], "the figures of the region sum to zero");
    assert_close(found_number(ID, found, 2, "value"), 1.0, 1e-15);
    found = quotients((double[]){0, 3, 0, 4}, *state);
    assert_string_equal(found->reason[2], "the figures of the occupation sum to zero");
    assert_close(found_number(ID, found, 1, "value"), 1.0, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(an_occupation_is_compared_with_its_share_of_all_regions),
        ARENA_TEST(a_row_without_a_figure_is_left_out_of_every_sum),
        ARENA_TEST(a_region_or_an_occupation_of_nothing_has_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
