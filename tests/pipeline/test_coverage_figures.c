/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/coverage_figures.h"

#include <math.h>

#include "core/support.h"

static kt_published_figure figure(double value, double low, double high, kt_obs obs)
{
    return (kt_published_figure){{value, low, high}, obs};
}

#define EXACT(value)                                 \
    {                                                \
        {(value), (value), (value)}, KT_OBS_OBSERVED \
    }
#define NONE(obs)            \
    {                        \
        {NAN, NAN, NAN}, obs \
    }

typedef struct gap_case {
    kt_published_figure u, v, su, sv;
    double above[3], below[3]; /* value, low, high */
    kt_obs obs;
} gap_case;

/*
 * By hand. 1,000 job seekers and 100 posts in the country: ten for each post. 300 and 20: 200 would
 * be in proportion, 100 are above. With posts of 1 to 4 (hidden): 50 - 10 to 50 - 40.
 */
static const gap_case cases[] = {
    {EXACT(300), EXACT(20), EXACT(1000), EXACT(100), {100, 100, 100}, {0, 0, 0}, KT_OBS_OBSERVED},
    {EXACT(150), EXACT(20), EXACT(1000), EXACT(100), {0, 0, 0}, {50, 50, 50}, KT_OBS_OBSERVED},
    {EXACT(50),
     {{2, 1, 4}, KT_OBS_ESTIMATED},
     EXACT(1000),
     EXACT(100),
     {30, 10, 40},
     {0, 0, 0},
     KT_OBS_ESTIMATED},
    /* 25 - 10 to 25 - 40: it may be on either side. */
    {EXACT(25),
     {{NAN, 1, 4}, KT_OBS_PROTECTED},
     EXACT(1000),
     EXACT(100),
     {NAN, 0, 15},
     {NAN, 0, 15},
     KT_OBS_PROTECTED},
    /* The country's posts 80 to 125: 8 to 12.5 for each. 300 - 20 x 12.5 to 300 - 20 x 8. */
    {EXACT(300),
     EXACT(20),
     EXACT(1000),
     {{100, 80, 125}, KT_OBS_ESTIMATED},
     {100, 50, 140},
     {0, 0, 0},
     KT_OBS_ESTIMATED},
    {EXACT(300),
     NONE(KT_OBS_MISSING),
     EXACT(1000),
     EXACT(100),
     {NAN, NAN, NAN},
     {NAN, NAN, NAN},
     KT_OBS_MISSING},
    {EXACT(300),
     EXACT(20),
     EXACT(1000),
     EXACT(0),
     {NAN, NAN, NAN},
     {NAN, NAN, NAN},
     KT_OBS_IMPOSSIBLE},
    {EXACT(300),
     {{20, 20, 20}, KT_OBS_BREAK},
     EXACT(1000),
     EXACT(100),
     {100, 100, 100},
     {0, 0, 0},
     KT_OBS_BREAK},
    /* A break does not make a hidden figure known. */
    {{{25, 25, 25}, KT_OBS_BREAK},
     {{NAN, 1, 4}, KT_OBS_PROTECTED},
     EXACT(1000),
     EXACT(100),
     {NAN, 0, 15},
     {NAN, 0, 15},
     KT_OBS_PROTECTED},
};

static void assert_same(double found, double wanted)
{
    assert_true(isnan(found) == isnan(wanted));
    assert_true(isnan(wanted) || fabs(found - wanted) <= 1e-9);
}

static void check_gap(const gap_case *is, kt_need_measure measure, const double *wanted)
{
    const kt_need_figure found = kt_need_gap(measure, &is->u, &is->v, &is->su, &is->sv);
    assert_int_equal(found.obs, is->obs);
    assert_same(found.is.value, wanted[0]);
    assert_same(found.is.low, wanted[1]);
    assert_same(found.is.high, wanted[2]);
}

static void a_gap_is_what_proportion_leaves_with_every_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        check_gap(&cases[i], KT_NEED_ABOVE_SCOPE, cases[i].above);
        check_gap(&cases[i], KT_NEED_BELOW_SCOPE, cases[i].below);
    }
}

/* 100 job seekers, posts hidden as 1 to 4, ten for each: 60 to 90 above, so surely none below. */
static void what_hidden_figures_cannot_change_is_no_secret(void **state)
{
    (void)state;
    const kt_published_figure u = figure(100, 100, 100, KT_OBS_OBSERVED);
    const kt_published_figure v = figure(NAN, 1, 4, KT_OBS_PROTECTED);
    const kt_published_figure su = figure(1000, 1000, 1000, KT_OBS_OBSERVED);
    const kt_published_figure sv = figure(100, 100, 100, KT_OBS_OBSERVED);
    const kt_need_figure above = kt_need_gap(KT_NEED_ABOVE_SCOPE, &u, &v, &su, &sv);
    const kt_need_figure below = kt_need_gap(KT_NEED_BELOW_SCOPE, &u, &v, &su, &sv);
    assert_int_equal(above.obs, KT_OBS_PROTECTED);
    assert_true(isnan(above.is.value) && above.is.low == 60.0 && above.is.high == 90.0);
    assert_int_equal(below.obs, KT_OBS_ESTIMATED);
    assert_true(below.is.value == 0.0 && below.is.low == 0.0 && below.is.high == 0.0);
}

#define MONTHS 3

typedef struct mean_case {
    kt_published_figure posts[MONTHS], employed[MONTHS];
    double need[3]; /* value, low, high */
    kt_obs obs;
} mean_case;

#define BROKEN(value)                             \
    {                                             \
        {(value), (value), (value)}, KT_OBS_BREAK \
    }
#define HIDDEN                        \
    {                                 \
        {NAN, 1, 4}, KT_OBS_PROTECTED \
    }
#define NINETY                          \
    {                                   \
        EXACT(90), EXACT(90), EXACT(90) \
    }
#define POSTS(one, two, three) \
    {                          \
        one, two, three        \
    }

/*
 * By hand, 90 persons employed. Posts of 10 are a rate of .1, and a mean of .1 gives 10 posts back;
 * 10, 10, 22.5 (a rate of .2): mean .4/3, which gives 90 (.4/3)/(1 - .4/3) = 13.846153846153847.
 * With 1 to 4 hidden in the first month, in Python: r = lambda v: v / (v + 90); for v in (2.5, 4,
 * 1): m = (r(v) + .1 + .2) / 3; print(22.5 - 90 * m / (1 - m))
 */
static const mean_case means[] = {
    {POSTS(EXACT(10), EXACT(10), EXACT(10)), NINETY, {0, 0, 0}, KT_OBS_OBSERVED},
    {POSTS(EXACT(10), EXACT(10), EXACT(22.5)),
     NINETY,
     {8.653846153846153, 8.653846153846153, 8.653846153846153},
     KT_OBS_OBSERVED},
    {POSTS(HIDDEN, EXACT(10), EXACT(22.5)),
     NINETY,
     {11.488877654196157, 10.898718975180145, 12.091336330200244},
     KT_OBS_ESTIMATED},
    /* Hidden now, and far below what is usual: surely nothing above it. */
    {POSTS(EXACT(10), EXACT(10), HIDDEN), NINETY, {0, 0, 0}, KT_OBS_ESTIMATED},
    {POSTS(EXACT(10), NONE(KT_OBS_MISSING), EXACT(22.5)),
     NINETY,
     {NAN, NAN, NAN},
     KT_OBS_NOT_COLLECTED},
    {POSTS(EXACT(10), EXACT(10), EXACT(22.5)),
     {EXACT(90), NONE(KT_OBS_NOT_COLLECTED), EXACT(90)},
     {NAN, NAN, NAN},
     KT_OBS_NOT_COLLECTED},
    {POSTS(EXACT(10), BROKEN(10), EXACT(22.5)), NINETY, {NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED},
    {POSTS(EXACT(0), EXACT(0), EXACT(0)),
     {EXACT(0), EXACT(0), EXACT(0)},
     {NAN, NAN, NAN},
     KT_OBS_IMPOSSIBLE},
};

static void a_sector_needs_what_its_own_mean_rate_does_not_give(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(means); i++) {
        const kt_need_figure found = kt_need_above_mean(means[i].posts, means[i].employed, MONTHS);
        assert_int_equal(found.obs, means[i].obs);
        assert_same(found.is.value, means[i].need[0]);
        assert_same(found.is.low, means[i].need[1]);
        assert_same(found.is.high, means[i].need[2]);
    }
}

/* Posts of 1 to 4 beside 3 and 3: at most 4 less the 2.3 of the least mean are above it. */
static void a_hidden_month_of_its_own_leaves_an_interval(void **state)
{
    (void)state;
    const kt_published_figure posts[] = POSTS(EXACT(3), EXACT(3), HIDDEN);
    const kt_published_figure employed[] = NINETY;
    const kt_need_figure found = kt_need_above_mean(posts, employed, MONTHS);
    assert_int_equal(found.obs, KT_OBS_PROTECTED);
    assert_true(isnan(found.is.value) && found.is.low == 0.0);
    /* 4 - 90 m / (1 - m), m = (2 * 3/93 + 1/91) / 3 */
    assert_same(found.is.high, 1.6763636363636367);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_what_proportion_leaves_with_every_end),
        cmocka_unit_test(what_hidden_figures_cannot_change_is_no_secret),
        cmocka_unit_test(a_sector_needs_what_its_own_mean_rate_does_not_give),
        cmocka_unit_test(a_hidden_month_of_its_own_leaves_an_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
