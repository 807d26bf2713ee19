/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/timed.h"

/*
 * Unemployment and vacancy rates of the United States 1998Q1-2009Q4, five decimals, in segments of
 * 14, 18 and 16 quarters. R: m <- lm(log(v) ~ I(-log(u)), subset = g == i); coef(m);
 * sqrt(diag(vcov(m))); library(sandwich); sqrt(diag(vcovHC(m, "HC1")));
 * sqrt(diag(NeweyWest(m, lag = 12, prewhite = FALSE, adjust = FALSE))), and with lag = 4
 */
#define QUARTERS 48
#define BREAKS   "2001Q2;2005Q4"
static const double u[QUARTERS] = {
    0.04633, 0.044,   0.04533, 0.04433, 0.043,   0.04267, 0.04233, 0.04067, 0.04033, 0.03933,
    0.04,    0.039,   0.04233, 0.044,   0.04833, 0.055,   0.057,   0.05833, 0.05733, 0.05867,
    0.05867, 0.06133, 0.06133, 0.05833, 0.057,   0.056,   0.05433, 0.05433, 0.053,   0.051,
    0.04967, 0.04967, 0.04733, 0.04633, 0.04633, 0.04433, 0.045,   0.045,   0.04667, 0.048,
    0.05,    0.05333, 0.06,    0.06867, 0.08267, 0.093,   0.09633, 0.09933};
static const double v[QUARTERS] = {
    0.03797, 0.03813, 0.0376,  0.03737, 0.0398,  0.03847, 0.0379,  0.03873, 0.04083, 0.0388,
    0.03717, 0.03603, 0.03574, 0.03208, 0.02978, 0.0267,  0.02497, 0.02426, 0.02365, 0.02364,
    0.02246, 0.02158, 0.02176, 0.02207, 0.02354, 0.02435, 0.02415, 0.02531, 0.02663, 0.02682,
    0.02774, 0.0284,  0.02879, 0.03085, 0.03017, 0.03056, 0.03067, 0.03123, 0.03049, 0.03023,
    0.02913, 0.02693, 0.02427, 0.02118, 0.0189,  0.0159,  0.01529, 0.01605};

static const kt_findings *of_quarters(const char *breaks, const char *errors, const char *lag,
                                      kt_arena *arena)
{
    const char *const given[KT_MEASURE_PARAMS] = {breaks, errors, lag};
    const timed rows = {QUARTERS, periods_from("1998Q1", QUARTERS, arena), u, v};
    return run_timed("beveridge", &rows, given, arena);
}

static double number(const kt_findings *found, size_t row, const char *result)
{
    return found_number("beveridge", found, row, result);
}

static void each_segment_has_the_line_of_lm(void **state)
{
    static const struct {
        const char *first, *last;
        double count, intercept, elasticity;
    } want[] = {{"1998Q1", "2001Q2", 14, -3.8929399935698576, 0.19328035362437354},
                {"2001Q3", "2005Q4", 18, -7.272425377259764, 1.2353605680433677},
                {"2006Q1", "2009Q4", 16, -6.2059978289578623, 0.88241483828333722}};
    const kt_findings *found = of_quarters(BREAKS, NULL, NULL, *state);
    assert_int_equal(found->row_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(strtoul(found->key[i], NULL, 10), i + 1);
        assert_string_equal(found_text("beveridge", found, i, "first"), want[i].first);
        assert_string_equal(found_text("beveridge", found, i, "last"), want[i].last);
        assert_close(number(found, i, "observations_n"), want[i].count, 0.0);
        assert_close(number(found, i, "intercept"), want[i].intercept, 1e-11);
        assert_close(number(found, i, "elasticity"), want[i].elasticity, 1e-11);
    }
}

static void standard_errors_are_those_of_sandwich(void **state)
{
    static const struct {
        const char *errors, *lag;
        double intercept[3], elasticity[3];
    } cases[] = {
        {"classical",
         NULL,
         {0.95540520476768331, 0.31406608114172774, 0.064209840783315889},
         {0.3021248363799548, 0.10851200958946253, 0.022435293053328337}},
        {"hc1",
         NULL,
         {0.82658306044914609, 0.20969643971621627, 0.084840478698089056},
         {0.26024651299607776, 0.071844042554925602, 0.028734413290321576}},
        {"newey_west",
         "12",
         {0.52671690043049091, 0.12104197418599043, 0.032124922853248944},
         {0.16270131187030357, 0.042380631659450309, 0.011874268870889125}},
        {"newey_west",
         "4",
         {0.58684361650523809, 0.21530686648552491, 0.044407806650685458},
         {0.18370635122763998, 0.073074056531909334, 0.016132842610824191}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found = of_quarters(BREAKS, cases[i].errors, cases[i].lag, *state);
        for (size_t row = 0; row < 3; row++) {
            assert_close(number(found, row, "intercept_standard_error"), cases[i].intercept[row],
                         1e-10);
            assert_close(number(found, row, "elasticity_standard_error"), cases[i].elasticity[row],
                         1e-10);
        }
    }
}

/*
 * R: G <- factor(g); m <- lm(log(v) ~ 0 + G + I(-log(u))); diff(coef(m)[1:3]);
 *    sqrt(V[i,i] + V[i-1,i-1] - 2*V[i,i-1]) of V <- vcov(m) and so on
 */
static void the_shift_is_that_of_one_regression_with_one_elasticity(void **state)
{
    static const struct {
        const char *errors, *lag;
        double second, third;
    } cases[] = {{"classical", NULL, 0.019537979486440423, 0.016152698201321529},
                 {"hc1", NULL, 0.022182272728476508, 0.011331169450911118},
                 {NULL, NULL, 0.034565737350996675, 0.011715948499208656},
                 {NULL, "4", 0.036648896608339171, 0.016609897754364188}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found = of_quarters(BREAKS, cases[i].errors, cases[i].lag, *state);
        assert_true(isnan(number(found, 0, "outward_shift")));
        assert_close(number(found, 1, "outward_shift"), -6.2608800756268188 + 6.0824750319805041,
                     1e-11);
        assert_close(number(found, 2, "outward_shift"), -6.2155299679888403 + 6.2608800756268188,
                     1e-11);
        assert_close(number(found, 1, "outward_shift_standard_error"), cases[i].second, 1e-10);
        assert_close(number(found, 2, "outward_shift_standard_error"), cases[i].third, 1e-10);
    }
}

/* R: as above, of us_efficient_unemployment_quarterly.csv until 2019, lag 12 */
static void the_elasticities_of_michaillat_and_saez_are_found(void **state)
{
    enum { ALL = 276 };
    static const double want[][5] = {
        {-6.1962771783306687, 0.84352158582413839, 0.20715500172107409, 0.063587738951822764, NAN},
        {-6.4307011674343295, 1.0173848057267447, 0.33324977952366175, 0.10005784847867932,
         0.30096718932852884},
        {-5.5070833080109169, 0.83789966833865692, 0.29840298447019686, 0.11746774283193713,
         0.39590128047234252},
        {-6.1334262974222771, 0.93989920897797519, 0.37300307860704329, 0.13417480625537398,
         -0.34475441580993049},
        {-6.6776415156165783, 1.0414443983294459, 0.29973542335325581, 0.10095149018655358,
         -0.2409472164951465},
        {-5.8941348664578035, 0.84961234922865991, 0.14495715603531256, 0.048283984737388541,
         0.22387977086809752}};
    const kt_csv_table *table =
        shared_csv("methods/us_efficient_unemployment_quarterly.csv", *state);
    double unemployed[ALL], vacant[ALL];
    for (size_t i = 0; i < ALL; i++) {
        unemployed[i] = csv_number(table, i, "u");
        vacant[i] = csv_number(table, i, "v");
    }
    const char *const given[KT_MEASURE_PARAMS] = {"1961Q1;1971Q4;1989Q1;1999Q2;2009Q3", NULL, NULL};
    const timed rows = {ALL, periods_from("1951Q1", ALL, *state), unemployed, vacant};
    const kt_findings *found = run_timed("beveridge", &rows, given, *state);
    for (size_t i = 0; i < 6; i++) {
        assert_close(number(found, i, "intercept"), want[i][0], 1e-10);
        assert_close(number(found, i, "elasticity"), want[i][1], 1e-10);
        assert_close(number(found, i, "intercept_standard_error"), want[i][2], 1e-9);
        assert_close(number(found, i, "elasticity_standard_error"), want[i][3], 1e-9);
        if (i > 0) {
            assert_close(number(found, i, "outward_shift"), want[i][4], 1e-10);
        }
    }
}

/* Months from 2020M01, in segments; classical errors, so that a few months do. */
static const kt_findings *small(size_t count, const double *unemployment, const double *vacancy,
                                const char *breaks, kt_arena *arena)
{
    const char *const given[KT_MEASURE_PARAMS] = {breaks, "classical", NULL};
    const timed rows = {count, periods_from("2020M01", count, arena), unemployment, vacancy};
    return run_timed("beveridge", &rows, given, arena);
}

static void v_that_is_a_over_u_has_elasticity_one(void **state)
{
    /* v = .002/u, then .004/u: outward by ln 2 */
    const double x[] = {0.04, 0.05, 0.08, 0.10, 0.04, 0.05, 0.08, 0.10};
    const double y[] = {0.05, 0.04, 0.025, 0.02, 0.1, 0.08, 0.05, 0.04};
    const kt_findings *found = small(8, x, y, "2020M04", *state);
    assert_close(number(found, 0, "intercept"), log(0.002), 1e-12);
    assert_close(number(found, 0, "elasticity"), 1.0, 1e-12);
    assert_close(number(found, 1, "outward_shift"), log(2.0), 1e-12);
    assert_null(found->reason[1]);
    assert_null(found->note[1]);
}

static void a_segment_without_a_curve_has_a_reason_and_the_rest_goes_on(void **state)
{
    static const double good_u[] = {0.04, 0.05, 0.08, 0.10}, good_v[] = {0.05, 0.04, 0.025, 0.02};
    const struct {
        double u[4], v[4];
        const char *breaks, *reason;
    } cases[] = {
        {{0.04, 0.05, 0.08, 0.1},
         {0.02, 0.03, 0.04, 0.05},
         "2020M04",
         "the elasticity is not above 0: -0.9192"},
        {{0.04, 0.05, 0.08, 0.1}, {0.03, 0.03, 0.03, 0.03}, "2020M04", NULL},
        {{0.07, 0.07, 0.07, 0.07},
         {0.02, 0.03, 0.04, 0.05},
         "2020M04",
         "the unemployment rate does not vary"},
        {{0.04, 0, 0.08, 0.1},
         {0.05, 0.04, 0.03, 0.02},
         "2020M04",
         "unemployment_rate is 0 in 2020M02 and has no logarithm"},
        {{0.04, 0.05, 0.08, 0.1},
         {0.05, 0.04, 0.03, 0},
         "2020M04",
         "vacancy_rate is 0 in 2020M04 and has no logarithm"},
        {{0.04, 0.05, 0.08, 0.1},
         {0.05, 0.04, NAN, 0.02},
         "2020M04",
         "a gap: no figure for 2020M03"},
        {{0.04, 0.05, 0.08, 0.1},
         {0.05, 0.04, 0.03, NAN},
         "2020M04",
         "a gap: no figure for 2020M04"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double x[8], y[8];
        memcpy(x, cases[i].u, sizeof cases[i].u);
        memcpy(y, cases[i].v, sizeof cases[i].v);
        memcpy(x + 4, good_u, sizeof good_u);
        memcpy(y + 4, good_v, sizeof good_v);
        const kt_findings *found = small(8, x, y, cases[i].breaks, *state);
        assert_non_null(found->reason[0]);
        if (cases[i].reason != NULL) {
            assert_string_equal(found->reason[0], cases[i].reason);
        }
        assert_true(isnan(number(found, 0, "elasticity")));
        assert_true(isnan(number(found, 0, "intercept")));
        assert_null(found->reason[1]);
        assert_close(number(found, 1, "elasticity"), 1.0, 1e-12);
        assert_true(isnan(number(found, 1, "outward_shift")));
        assert_string_equal(found->note[1], "no shift: the segment before has no curve");
    }
}

static void a_segment_needs_three_months(void **state)
{
    const double x[] = {0.04, 0.05, 0.08, 0.10, 0.04}, y[] = {0.05, 0.04, 0.025, 0.02, 0.05};
    const kt_findings *found = small(5, x, y, "2019M12;2020M03;2020M05", *state);
    assert_int_equal(found->row_count, 4);
    assert_string_equal(found->reason[0], "no period with both figures");
    assert_null(found_text("beveridge", found, 0, "first"));
    assert_null(found->reason[1]);
    assert_string_equal(found->reason[2], "observations: 2, at least 3 are needed");
    assert_string_equal(found_text("beveridge", found, 2, "last"), "2020M05");
    assert_string_equal(found->reason[3], "no period with both figures");
    assert_string_equal(small(0, x, y, NULL, *state)->reason[0], "no period with both figures");
}

static void a_missing_row_beside_a_break_is_a_gap_of_its_own_segment(void **state)
{
    const char *const period[] = {"2020M01", "2020M02", "2020M03", "2020M05", "2020M06", "2020M07"};
    const double x[] = {0.04, 0.05, 0.08, 0.04, 0.05, 0.08};
    const double y[] = {0.05, 0.04, 0.025, 0.05, 0.04, 0.025};
    const timed rows = {6, period, x, y};
    const char *const before[KT_MEASURE_PARAMS] = {"2020M04", "classical", NULL};
    const kt_findings *found = run_timed("beveridge", &rows, before, *state);
    assert_string_equal(found->reason[0], "a gap: no figure for 2020M04");
    assert_null(found->reason[1]);
    const char *const after[KT_MEASURE_PARAMS] = {"2020M03", "classical", NULL};
    found = run_timed("beveridge", &rows, after, *state);
    assert_null(found->reason[0]);
    assert_string_equal(found->reason[1], "a gap: no figure for 2020M04");
}

static void a_weak_elasticity_and_a_long_lag_are_noted(void **state)
{
    const double x[] = {0.04, 0.05, 0.06, 0.07}, y[] = {0.04, 0.02, 0.05, 0.03};
    assert_string_equal(small(4, x, y, NULL, *state)->note[0],
                        "the elasticity is within two standard errors of 0");
    const timed rows = {4, periods_from("2020M01", 4, *state), x, y};
    const kt_findings *found = run_timed("beveridge", &rows, NULL, *state);
    assert_string_equal(found->note[0], "no standard errors: too few observations for lag 12");
    assert_true(isnan(number(found, 0, "elasticity_standard_error")));
    assert_true(number(found, 0, "elasticity") > 0.0);
}

static void breaks_of_another_frequency_are_refused(void **state)
{
    const char *const given[KT_MEASURE_PARAMS] = {"2008M09", NULL, NULL};
    const timed rows = {QUARTERS, periods_from("1998Q1", QUARTERS, *state), u, v};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_timed("beveridge", &rows, given, *state, &found, &err), KT_ERR_USAGE);
    assert_string_equal(err.message,
                        "parameter breaks: \"2008M09\" is not of the frequency of \"1998Q1\"");
}

static void a_hundred_breaks_are_too_many(void **state)
{
    const char *breaks = "Y1900";
    for (int year = 1901; year < 2000; year++) {
        breaks = kt_arena_print(*state, "%s;Y%d", breaks, year);
    }
    const char *const given[KT_MEASURE_PARAMS] = {breaks};
    const timed rows = {3, periods_from("Y1900", 3, *state), u, v};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_timed("beveridge", &rows, given, *state, &found, &err), KT_ERR_USAGE);
    assert_string_equal(err.message, "parameter breaks: more than 99 breaks");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(each_segment_has_the_line_of_lm),
        ARENA_TEST(standard_errors_are_those_of_sandwich),
        ARENA_TEST(the_shift_is_that_of_one_regression_with_one_elasticity),
        ARENA_TEST(the_elasticities_of_michaillat_and_saez_are_found),
        ARENA_TEST(v_that_is_a_over_u_has_elasticity_one),
        ARENA_TEST(a_segment_without_a_curve_has_a_reason_and_the_rest_goes_on),
        ARENA_TEST(a_segment_needs_three_months),
        ARENA_TEST(a_missing_row_beside_a_break_is_a_gap_of_its_own_segment),
        ARENA_TEST(a_weak_elasticity_and_a_long_lag_are_noted),
        ARENA_TEST(breaks_of_another_frequency_are_refused),
        ARENA_TEST(a_hundred_breaks_are_too_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
