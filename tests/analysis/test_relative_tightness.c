/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

#define ID "relative_tightness"

static const kt_findings *quotients(size_t count, const double *u, const double *v, kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return run_market(ID, &market, 0, arena);
}

static void each_market_has_its_share_of_posts_over_its_share_of_seekers(void **state)
{
    /* u .8 .2, v .2 .8 */
    const kt_findings *found = quotients(2, (double[]){80, 20}, (double[]){2, 8}, *state);
    assert_int_equal(found->row_count, 2);
    assert_string_equal(found->key[1], "2");
    assert_close(found_number(ID, found, 0, "value"), 0.25, 1e-15);
    assert_close(found_number(ID, found, 1, "value"), 4.0, 1e-15);
}

static void markets_without_seekers_or_figures_have_a_reason_and_the_others_a_figure(void **state)
{
    const double u[] = {80, 0, 20, 5}, v[] = {2, 6, 8, NAN};
    const kt_findings *found = quotients(4, u, v, *state);
    /* V is 16: posts without a job seeker count too */
    assert_close(found_number(ID, found, 0, "value"), 2.0 / 16.0 / 0.8, 1e-15);
    assert_close(found_number(ID, found, 2, "value"), 2.5, 1e-15);
    assert_string_equal(found->reason[1], "no job seekers");
    assert_string_equal(found->reason[3], "no figure");
    assert_true(isnan(found_number(ID, found, 1, "value")));
    assert_true(isnan(found_number(ID, found, 3, "value")));
}

static void a_market_without_posts_is_zero_and_without_any_there_is_a_reason(void **state)
{
    assert_close(quotients(2, (double[]){1, 1}, (double[]){0, 4}, *state)->number[0], 0.0, 0.0);
    const kt_findings *found = quotients(2, (double[]){1, 1}, (double[]){0, 0}, *state);
    assert_string_equal(found->reason[1], "no vacancies in the cells used");
    found = quotients(2, (double[]){0, 0}, (double[]){1, 1}, *state);
    assert_string_equal(found->reason[0], "no job seekers in the cells used");
    found = quotients(1, (double[]){3}, (double[]){1}, *state);
    assert_close(found->number[0], 1.0, 0.0);
    assert_string_equal(found->note[0], "single market");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(each_market_has_its_share_of_posts_over_its_share_of_seekers),
        ARENA_TEST(markets_without_seekers_or_figures_have_a_reason_and_the_others_a_figure),
        ARENA_TEST(a_market_without_posts_is_zero_and_without_any_there_is_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
