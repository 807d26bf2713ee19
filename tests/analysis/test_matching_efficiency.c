/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/support.h"

#define ID     "matching_efficiency"
#define MOST   4
#define PARAMS 3

typedef struct history {
    size_t count;
    double hires[MOST], unemployed[MOST], vacancies[MOST];
} history;

static kt_status try_history(const history *of, const char *const *params, kt_arena *arena,
                             kt_findings **out, kt_error *err)
{
    static const char *const months[MOST] = {"2023M01", "2023M02", "2023M03", "2023M04"};
    const kt_measure *measure = kt_measure_find(ID);
    const kt_group group = {.row_count = of->count,
                            .key = {months},
                            .figure = {NULL, of->hires, of->unemployed, of->vacancies}};
    kt_param_value values[PARAMS];
    assert_int_equal(kt_measure_param_count(measure), PARAMS);
    for (size_t i = 0; i < PARAMS; i++) {
        const char *text = params == NULL ? NULL : params[i];
        assert_int_equal(kt_param_read(&measure->params[i], text, &values[i], err), KT_OK);
    }
    return kt_measure_run(measure, &group, values, arena, out, err);
}

static const kt_findings *run_history(const history *of, const char *const *params, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_history(of, params, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static const history three = {3, {30, 45, 20}, {100, 120, 90}, {50, 150, 20}};

/*
 * R 4.2:
 *   h <- c(30, 45, 20); u <- c(100, 120, 90); v <- c(50, 150, 20)
 *   e <- function(a) (h/u) / (v/u)^a
 *   for (a in c(.5, .3, .7)) cat(sprintf("%.17g", e(a)), "\n")
 *   x <- log(h/u) - .5*log(v/u); cat(sprintf("%.17g", resid(lm(x ~ 1))), "\n")
 * The second month has more posts than job seekers: there the larger elasticity gives the low end.
 */
static void levels_band_and_residuals_are_those_of_r(void **state)
{
    static const double expected[3][4] = {
        {0.42426406871192845, 0.36934332400347486, 0.4873514378137413, 0.043213766321680391},
        {0.33541019662496846, 0.32077037999735641, 0.35071816793348298, -0.19178804830118718},
        {0.47140452079103168, 0.34894038857526044, 0.63684866956664332, 0.14857428197950678}};
    const kt_findings *found = run_history(&three, NULL, *state);
    assert_int_equal(found->row_count, 3);
    for (size_t row = 0; row < 3; row++) {
        for (size_t i = 0; i < 4; i++) {
            assert_close(found->number[row * 4 + i], expected[row][i], 1e-15);
        }
        assert_null(found->reason[row]);
    }
}

/* Where hires follow from the function, with efficiency .2 and elasticity .25, it is found. */
static void a_function_that_holds_gives_its_own_efficiency(void **state)
{
    history of = {.count = MOST};
    for (size_t i = 0; i < MOST; i++) {
        of.unemployed[i] = 100.0 + 10.0 * (double)i;
        of.vacancies[i] = 40.0 + 25.0 * (double)i;
        of.hires[i] = 0.2 * pow(of.vacancies[i], 0.25) * pow(of.unemployed[i], 0.75);
    }
    const kt_findings *found =
        run_history(&of, (const char *const[]){"0.25", "0.2", "0.3"}, *state);
    for (size_t i = 0; i < MOST; i++) {
        assert_close(found->number[4 * i], 0.2, 1e-14);
        assert_close(found->number[4 * i + 3], 0.0, 1e-14);
        assert_true(found->number[4 * i + 1] < 0.2 && found->number[4 * i + 2] > 0.2);
    }
}

static void what_has_no_efficiency_says_why(void **state)
{
    static const struct {
        double hires, unemployed, vacancies;
        const char *reason;
    } cases[] = {
        {NAN, 100, 50, "no figure of hires"},
        {30, NAN, 50, "no figure of unemployed"},
        {30, 0, 50, "unemployed are 0"},
        {30, 100, 0, "vacancies are 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        history of = three;
        of.hires[1] = cases[i].hires;
        of.unemployed[1] = cases[i].unemployed;
        of.vacancies[1] = cases[i].vacancies;
        const kt_findings *found = run_history(&of, NULL, *state);
        assert_string_equal(found->reason[1], cases[i].reason);
        assert_true(isnan(found->number[4]) && isnan(found->number[7]));
        assert_null(found->reason[2]);
        assert_close(found->number[3] + found->number[11], 0.0, 1e-15);
    }
}

/* None were hired: the level is 0, and a logarithm of it there is none. */
static void without_hires_the_level_is_zero(void **state)
{
    history of = three;
    of.hires[0] = 0.0;
    const kt_findings *found = run_history(&of, NULL, *state);
    assert_true(found->number[0] == 0.0 && found->number[2] == 0.0);
    assert_true(isnan(found->number[3]));
    assert_null(found->reason[0]);
}

static void a_band_holds_its_figure(void **state)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(
        try_history(&three, (const char *const[]){"0.8", NULL, NULL}, *state, &found, &err),
        KT_ERR_USAGE);
    assert_string_equal(err.message, "alpha 0.8 is not between alpha_low 0.3 and alpha_high 0.7");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(levels_band_and_residuals_are_those_of_r),
        ARENA_TEST(a_function_that_holds_gives_its_own_efficiency),
        ARENA_TEST(what_has_no_efficiency_says_why),
        ARENA_TEST(without_hires_the_level_is_zero),
        ARENA_TEST(a_band_holds_its_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
