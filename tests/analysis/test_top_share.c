/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

static const kt_findings *largest(double n, size_t count, const double *values, kt_arena *arena)
{
    const kt_group group = {
        .row_count = count, .key = {numbered(count, arena)}, .figure = {NULL, values}};
    const kt_param_value params[] = {{.number = n}};
    kt_findings *found = NULL;
    kt_error err = {0};
    if (kt_measure_run(kt_measure_find("top_share"), &group, params, arena, &found, &err) !=
        KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void the_largest_count_wherever_they_stand(void **state)
{
    const double values[] = {20, 50, 0, 30};
    assert_close(largest(1, 4, values, *state)->number[0], 0.5, 1e-15);
    assert_close(largest(2, 4, values, *state)->number[0], 0.8, 1e-15);
    assert_null(largest(2, 4, values, *state)->note[0]);
}

static void equals_count_as_often_as_they_are(void **state)
{
    assert_close(largest(2, 4, (double[]){7, 7, 7, 7}, *state)->number[0], 0.5, 1e-15);
}

static void all_of_the_markets_are_the_whole(void **state)
{
    const kt_findings *found = largest(5, 3, (double[]){30, NAN, 20}, *state);
    assert_close(found->number[0], 1.0, 0.0);
    assert_string_equal(found->note[0], "no more markets than the n largest");
    found = largest(1, 1, (double[]){3}, *state);
    assert_string_equal(found->note[0], "single market");
}

static void without_figures_there_is_a_reason(void **state)
{
    assert_string_equal(largest(1, 2, (double[]){0, 0}, *state)->reason[0],
                        "the figures sum to zero");
    assert_string_equal(largest(1, 1, (double[]){NAN}, *state)->reason[0],
                        "no market with a figure");
}

static void none_of_the_largest_is_no_share(void **state)
{
    kt_param_value value;
    kt_error err = {0};
    assert_int_equal(kt_param_read(&kt_measure_find("top_share")->params[0], "0", &value, &err),
                     KT_ERR_USAGE);
    assert_string_equal(err.message, "parameter n: \"0\" is not a whole number from 1 to 1000000");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_largest_count_wherever_they_stand),
        ARENA_TEST(equals_count_as_often_as_they_are),
        ARENA_TEST(all_of_the_markets_are_the_whole),
        ARENA_TEST(without_figures_there_is_a_reason),
        ARENA_TEST(none_of_the_largest_is_no_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
