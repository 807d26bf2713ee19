/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/balance.h"

#include <string.h>

#include "support/check.h"
#include "support/random.h"

#define EMPLOYED 1e6

/* What config/occupation_balance.json ships with. */
static const kt_balance_settings shipped = {
    .surplus_below = 0.25,
    .shortage_above = 1.0,
    .degrees = {[KT_SURPLUS] = {0.05, 0.08, 0.12, 0.2},
                [KT_MATCHING_PROBLEM] = {0.05, 0.08, 0.12, 0.2},
                [KT_SHORTAGE] = {0.025, 0.04, 0.06, 0.1}},
    .least_base = 200,
    .hold_months = 3,
    .margin = 0.02,
};

/* Round ones, by which distances are computed by hand: a matching problem begins at sqrt(.02). */
static const kt_balance_settings round_ones = {
    .surplus_below = 0.5,
    .shortage_above = 2.0,
    .degrees = {[KT_SURPLUS] = {0.1, 0.2, 0.3, 0.4},
                [KT_MATCHING_PROBLEM] = {0.1, 0.2, 0.3, 0.4},
                [KT_SHORTAGE] = {0.1, 0.2, 0.3, 0.4}},
    .least_base = 1,
    .hold_months = 3,
    .margin = 0.05,
};

static kt_interval exact(double value)
{
    return (kt_interval){value, value, value};
}

static kt_balance_view judge(const kt_balance_settings *by, double unemployed, double vacancies,
                             double employed)
{
    const kt_balance_figures figures = {exact(unemployed), exact(vacancies), employed};
    return kt_balance_assess(by, &figures);
}

/* The persons and posts that have these rates. */
static kt_balance_view with_rates(const kt_balance_settings *by, double x, double y)
{
    return judge(by, EMPLOYED * x / (1.0 - x), EMPLOYED * y / (1.0 - y), EMPLOYED);
}

/* Työvoimabarometri, 2512 in one region, June 2026 (facts: tyottomyysaste .086, vakanssiaste .006,
 * kulmakerroin .07185, asteikko 6.096): surplus, degree 3. Its slope is not quite the ratio of its
 * rates. */
static void the_public_row_of_the_barometer_is_a_moderate_surplus(void **state)
{
    (void)state;
    const kt_balance_view view = judge(&shipped, 224, 15, 2380);
    assert_string_equal(kt_balance_word(view.state), "surplus");
    assert_int_equal(kt_balance_degree(&shipped, view.state, &view), 3);
    assert_close(view.unemployment_rate, 0.086, 0.0005);
    assert_close(view.vacancy_rate, 0.006, 0.0005);
    assert_close(view.vacancy_rate / view.unemployment_rate, 0.07185, 0.002);
    const kt_balance_view rounded = {.unemployment_rate = 0.086, .vacancy_rate = 0.006};
    assert_close(100 * kt_balance_ruling_rate(KT_BALANCED, &rounded), 6.096, 0.0005);
}

static void direction_says_the_state_and_its_own_rate_the_degree(void **state)
{
    (void)state;
    static const struct {
        double x, y;
        kt_balance_state state;
        int degree;
    } cases[] = {
        {0.0, 0.0, KT_BALANCED, 1},           {0.049, 0.0, KT_BALANCED, 1},
        {0.051, 0.0, KT_SURPLUS, 2},          {0.08001, 0.01, KT_SURPLUS, 3},
        {0.13, 0.03, KT_SURPLUS, 4},          {0.25, 0.06, KT_SURPLUS, 5},
        {0.13, 0.04, KT_MATCHING_PROBLEM, 3}, /* sqrt((.0169 + .0016) / 2) = .0962 */
        {0.05, 0.03, KT_BALANCED, 1},         /* .0412 */
        {0.06, 0.04, KT_MATCHING_PROBLEM, 2}, /* .0510 */
        {0.14, 0.12, KT_MATCHING_PROBLEM, 4}, /* .1304 */
        {0.3, 0.1, KT_MATCHING_PROBLEM, 5},   /* .2236 */
        {0.0, 0.024, KT_BALANCED, 1},         {0.0, 0.026, KT_SHORTAGE, 2},
        {0.03, 0.041, KT_SHORTAGE, 3},        {0.01, 0.07, KT_SHORTAGE, 4},
        {0.01, 0.11, KT_SHORTAGE, 5}, /* as far out as an unemployment rate of .11, degree 3 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_balance_view view = with_rates(&shipped, cases[i].x, cases[i].y);
        assert_int_equal(view.state, cases[i].state);
        assert_int_equal(kt_balance_degree(&shipped, view.state, &view), cases[i].degree);
    }
}

static void what_lies_on_a_threshold_is_beyond_it(void **state)
{
    (void)state;
    /* 10 of 100 persons, 10 of 100 posts: exactly .1 each, slope exactly 1. */
    assert_int_equal(judge(&round_ones, 10, 0, 90).state, KT_SURPLUS);
    assert_int_equal(judge(&round_ones, 0, 10, 90).state, KT_SHORTAGE);
    assert_int_equal(judge(&shipped, 100, 100, 900).state, KT_MATCHING_PROBLEM);
}

static void nothing_is_said_without_a_figure_or_a_base(void **state)
{
    (void)state;
    static const struct {
        double unemployed, vacancies, employed;
        const char *reason;
    } cases[] = {
        {NAN, 5, 1000, "no_figure"}, {50, NAN, 1000, "no_figure"}, {50, 5, NAN, "no_employed"},
        {50, 5, 0, "no_employed"},   {100, 5, 99, "small_base"},   {NAN, NAN, NAN, "no_figure"},
        {100, 5, 100, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_balance_view view =
            judge(&shipped, cases[i].unemployed, cases[i].vacancies, cases[i].employed);
        const char *word = kt_balance_reason_word(view.reason);
        assert_int_equal(view.state == KT_NOT_ASSESSABLE, cases[i].reason != NULL);
        assert_int_equal(isnan(view.unemployment_rate) != 0, cases[i].reason != NULL);
        assert_string_equal(word == NULL ? "" : word,
                            cases[i].reason == NULL ? "" : cases[i].reason);
    }
}

static void a_state_is_robust_if_no_corner_of_the_ranges_has_another(void **state)
{
    (void)state;
    static const struct {
        kt_interval unemployed, vacancies;
        bool robust;
    } cases[] = {
        {{86, 86, 86}, {6, 6, 6}, true},
        {{86, 60, 110}, {6, 4, 12}, true},
        {{86, 30, 110}, {6, 4, 12}, false}, /* 30 of 944: below .05 */
        {{86, 60, 110}, {6, 4, 40}, false}, /* 40 posts: slope .70 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_balance_figures figures = {cases[i].unemployed, cases[i].vacancies, 914};
        const kt_balance_view view = kt_balance_assess(&shipped, &figures);
        assert_int_equal(view.state, KT_SURPLUS);
        assert_int_equal(view.robust, cases[i].robust);
    }
}

static void a_distance_is_the_shortest_way_out_of_a_state_or_back_into_it(void **state)
{
    (void)state;
    static const struct {
        double x, y;
        kt_balance_state state;
        double distance;
    } cases[] = {
        {0.2, 0.0, KT_SURPLUS, 0.08944271909999159}, /* .2 sin(atan .5): to the line */
        {0.12, 0.0, KT_SURPLUS, 0.02},               /* to the edge at .1 */
        {0.0, 0.12, KT_SHORTAGE, 0.02},              /* the same, turned */
        {0.05, 0.05, KT_BALANCED, 0.05},             /* to .1 of either rate */
        {0.2, 0.2, KT_MATCHING_PROBLEM, 0.08944271909999159},
        {0.11, 0.11, KT_MATCHING_PROBLEM, 0.01414213562373095}, /* .11 sqrt 2 - sqrt .02 */
        {0.08, 0.0, KT_SURPLUS, -0.02},
        {0.2, 0.0, KT_SHORTAGE, -0.1802775637731995},    /* to (.05, .1) */
        {0.1, 0.0, KT_MATCHING_PROBLEM, -0.06856951742}, /* to (.12649, .06325) */
        {0.12, 0.01, KT_BALANCED, -0.02},
        {0.12, 0.12, KT_BALANCED, -0.02828427124746190}, /* to the arc */
        {0.0, 0.3, KT_BALANCED, -0.18467630101331},      /* to (.06325, .12649) */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_balance_view view = with_rates(&round_ones, cases[i].x, cases[i].y);
        assert_int_equal(view.state == cases[i].state, cases[i].distance > 0.0);
        assert_close(kt_balance_distance(&round_ones, cases[i].state, &view), cases[i].distance,
                     1e-10);
    }
}

/* Within the distance no place has another state, and just beyond it one has. */
static void assert_is_distance(const kt_balance_settings *by, double x, double y)
{
    enum { DIRECTIONS = 3600 };
    const kt_balance_view view = with_rates(by, x, y);
    const double distance = kt_balance_distance(by, view.state, &view);
    bool found = false;
    for (int i = 0; i < DIRECTIONS; i++) {
        const double angle = 2.0 * acos(-1.0) * i / DIRECTIONS;
        const double dx = distance * cos(angle), dy = distance * sin(angle);
        if (x + dx >= 0.0 && y + dy >= 0.0) {
            const kt_balance_view within = with_rates(by, x + 0.999 * dx, y + 0.999 * dy);
            const kt_balance_view beyond = with_rates(by, x + 1.001 * dx, y + 1.001 * dy);
            assert_int_equal(within.state, view.state);
            found = found || beyond.state != view.state;
        }
    }
    assert_true(found);
}

static void no_state_changes_nearer_than_the_distance(void **state)
{
    (void)state;
    uint64_t seed = 20260630;
    for (int i = 0; i < 300; i++) {
        const double x = 0.0003 * random_below(&seed, 1000);
        const double y = 0.00015 * random_below(&seed, 1000);
        assert_is_distance(&shipped, x, y);
        assert_is_distance(&round_ones, x, y);
    }
}

/* One month a letter: b(alance), s(urplus, by little), S (by much), m(atching problem), - cannot be
 * assessed, | the next month does not follow. Round ones: little is less than .05 outside. */
static kt_balance_view month_of(char letter)
{
    switch (letter) {
    case 'b':
        return with_rates(&round_ones, 0.09, 0.01);
    case 's':
        return with_rates(&round_ones, 0.12, 0.01);
    case 'S':
        return with_rates(&round_ones, 0.16, 0.01);
    case 'm':
        return with_rates(&round_ones, 0.12, 0.09);
    default:
        return judge(&round_ones, NAN, 1, 100);
    }
}

/* Months, and the state and its months that each of them has. */
static void assert_goes(const char *months, const char *states, const char *counts)
{
    kt_balance_memory memory = KT_BALANCE_START;
    size_t at = 0;
    for (const char *month = months; *month != '\0'; month++) {
        if (*month != '|') {
            const kt_balance_view view = month_of(*month);
            kt_balance_step(&round_ones, &view, month == months || month[-1] != '|', &memory);
            assert_int_equal("bsmg-"[memory.state], states[at]);
            assert_int_equal(memory.months, counts[at] - '0');
            at++;
        }
    }
}

static void a_state_holds_until_another_one_held_or_is_far(void **state)
{
    (void)state;
    assert_goes("bbb", "bbb", "123");
    assert_goes("sbb", "sss", "123");
    assert_goes("bssbs", "bbbbb", "12345");
    assert_goes("bsssb", "bbbss", "12312");
    assert_goes("bsmss", "bbbbb", "12345"); /* three in a row of the same */
    assert_goes("bsmsss", "bbbbbs", "123451");
    assert_goes("bSb", "bss", "112"); /* .05 and more at once; back by little is not */
    assert_goes("bss-s", "bbb-s", "12301");
    assert_goes("bss|s", "bbbs", "1231");
    assert_goes("--b", "--b", "001");
}

static void a_state_that_is_held_keeps_a_degree_of_its_own(void **state)
{
    (void)state;
    const kt_balance_view back = month_of('b');
    assert_int_equal(kt_balance_degree(&round_ones, KT_SURPLUS, &back), 2);
    const kt_balance_view far = with_rates(&round_ones, 0.35, 0.01);
    assert_int_equal(kt_balance_degree(&round_ones, KT_BALANCED, &far), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_row_of_the_barometer_is_a_moderate_surplus),
        cmocka_unit_test(direction_says_the_state_and_its_own_rate_the_degree),
        cmocka_unit_test(what_lies_on_a_threshold_is_beyond_it),
        cmocka_unit_test(nothing_is_said_without_a_figure_or_a_base),
        cmocka_unit_test(a_state_is_robust_if_no_corner_of_the_ranges_has_another),
        cmocka_unit_test(a_distance_is_the_shortest_way_out_of_a_state_or_back_into_it),
        cmocka_unit_test(no_state_changes_nearer_than_the_distance),
        cmocka_unit_test(a_state_holds_until_another_one_held_or_is_far),
        cmocka_unit_test(a_state_that_is_held_keeps_a_degree_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
