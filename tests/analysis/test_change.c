/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/change.h"

#include <string.h>

#include "support/check.h"

#define MONTHS 60
#define LAST   (MONTHS - 1)

/* Five years of months up to October 2023: x = 1000 + 37 i^2 mod 101, and for ratios
 * y = 500 + 13 i^2 mod 53. Expected figures come from Python's statistics module over the same. */
typedef struct made_series {
    kt_change_point points[MONTHS];
    kt_change_series of;
} made_series;

static void set_exact(kt_change_point *point, double value)
{
    point->figure = point->placed = (kt_interval){value, value, value};
    point->part = value;
    point->whole = 1.0;
    point->obs = KT_OBS_OBSERVED;
}

static void make(made_series *made, kt_change_kind kind)
{
    memset(made, 0, sizeof *made);
    for (int i = 0; i < MONTHS; i++) {
        const double x = 1000 + i * i * 37 % 101;
        const double y = kind == KT_CHANGE_RATIO ? 500 + i * i * 13 % 53 : 1;
        set_exact(&made->points[i], x / y);
        made->points[i].part = x;
        made->points[i].whole = y;
        made->points[i].vacancies_allocated = made->points[i].unemployed_allocated = 1.0;
    }
    made->of = (kt_change_series){.at = made->points,
                                  .count = MONTHS,
                                  .first = 2018 * 12 + 10,
                                  .year = 12,
                                  .step = 0.05,
                                  .kind = kind};
}

static kt_year_change last_of(const made_series *made)
{
    return kt_change_at(&made->of, LAST);
}

static void clear(kt_change_point *point, kt_obs obs)
{
    point->figure = point->placed = (kt_interval){NAN, NAN, NAN};
    point->part = point->whole = NAN;
    point->obs = obs;
}

static void assert_reason(const made_series *made, const char *word, bool comparable)
{
    const kt_year_change change = last_of(made);
    if (word == NULL) {
        assert_null(kt_change_word(change.reason));
    } else {
        assert_non_null(kt_change_word(change.reason));
        assert_string_equal(kt_change_word(change.reason), word);
    }
    assert_int_equal(change.comparable, comparable);
}

static void a_stock_of_the_year_so_far_is_a_mean(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    const kt_year_change change = last_of(&made);
    assert_close(change.previous, 1036, 0);
    assert_close(change.last_year, 1024, 0);
    assert_close(change.mean_year, 1041.6666666666667, 1e-9);
    assert_close(change.year_to_date, 1043.8, 1e-9);
    assert_close(change.usual, 33.5, 0);
}

static void a_flow_of_the_year_so_far_is_a_sum(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_FLOW);
    assert_close(last_of(&made).year_to_date, 10438, 0);
    assert_close(last_of(&made).mean_year, 1041.6666666666667, 1e-9);
}

static void a_ratio_of_several_months_is_that_of_their_sums(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_RATIO);
    const kt_year_change change = last_of(&made);
    assert_close(change.mean_year, 1.9816106531388713, 1e-12);
    assert_close(change.year_to_date, 1.9874333587204875, 1e-12);
    assert_close(change.usual, 0.08710937941706587, 1e-12);
}

static void the_first_month_of_a_year_is_its_own_year_so_far(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_FLOW);
    made.of.first = 2019 * 12 + 1; /* the last is January 2024 */
    assert_close(last_of(&made).year_to_date, 1022, 0);
}

/* What stands in a month, how it is told, and whether it can be compared. */
static const struct {
    size_t at;
    char letter;
    const char *word;
} absent[] = {
    {LAST, 'Q', "protected"},          {LAST - 12, 'Q', "protected"},  {LAST, 'O', "missing"},
    {LAST - 12, 'L', "not_collected"}, {LAST - 12, 'M', "impossible"},
};

static void without_a_figure_nothing_is_compared(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        made_series made;
        kt_obs obs = KT_OBS_OBSERVED;
        make(&made, KT_CHANGE_STOCK);
        assert_true(kt_obs_read(absent[i].letter, &obs));
        clear(&made.points[absent[i].at], obs);
        assert_reason(&made, absent[i].word, false);
    }
}

static void a_hidden_month_hides_every_mean_that_holds_it(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    clear(&made.points[LAST - 10], KT_OBS_PROTECTED);
    assert_true(isnan(last_of(&made).mean_year));
    assert_close(last_of(&made).year_to_date, 1043.8, 1e-9);
    clear(&made.points[LAST - 9], KT_OBS_PROTECTED);
    assert_true(isnan(last_of(&made).year_to_date));
    clear(&made.points[LAST - 1], KT_OBS_PROTECTED);
    assert_true(isnan(last_of(&made).previous));
}

/* Month 40 without a figure: the changes of 40 and of 52 are none. */
static void the_usual_change_leaves_out_what_is_not_there(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    clear(&made.points[40], KT_OBS_MISSING);
    assert_close(last_of(&made).usual, 33.5, 0);
    make(&made, KT_CHANGE_STOCK);
    made.points[30].begins = true; /* the changes of months 30 to 41 cross it */
    assert_close(last_of(&made).usual, 34.5, 0);
}

static void fewer_than_twelve_changes_are_no_custom(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    set_exact(&made.points[LAST], 5000);
    assert_reason(&made, NULL, true);
    made.of.at = made.points + MONTHS - 24; /* twelve changes */
    assert_null(kt_change_word(kt_change_at(&made.of, 23).reason));
    assert_close(kt_change_at(&made.of, 23).previous, 1036, 0);
    made.of.at = made.points + MONTHS - 23; /* eleven */
    assert_string_equal(kt_change_word(kt_change_at(&made.of, 22).reason), "usual_unknown");
    assert_true(isnan(kt_change_at(&made.of, 22).usual));
}

static void before_the_table_began_there_is_nothing_to_compare(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    const kt_year_change first = kt_change_at(&made.of, 0);
    assert_int_equal(first.reason, KT_CHANGE_NOT_COLLECTED);
    assert_false(first.comparable);
    assert_true(isnan(first.previous) && isnan(first.last_year) && isnan(first.mean_year) &&
                isnan(first.year_to_date));
}

static void a_change_is_told_above_the_usual_one(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_STOCK);
    assert_reason(&made, "usual", true); /* 2 against 33.5 */
    set_exact(&made.points[LAST], 1024);
    assert_reason(&made, "usual", true); /* the same figure */
    set_exact(&made.points[LAST], 1024 - 100);
    assert_reason(&made, NULL, true);
}

/* The break lies between, at the newer end, at the older end (behind both), and after. */
static void nothing_is_compared_across_a_break(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        bool comparable, mean, year_so_far;
    } breaks[] = {{LAST, false, false, false},    {LAST - 6, false, false, false},
                  {LAST - 9, false, false, true}, /* in January: the year so far is on one basis */
                  {LAST - 11, false, true, true}, {LAST - 12, true, true, true},
                  {LAST - 13, true, true, true}};
    for (size_t i = 0; i < sizeof breaks / sizeof breaks[0]; i++) {
        made_series made;
        make(&made, KT_CHANGE_STOCK);
        set_exact(&made.points[LAST], 5000);
        made.points[breaks[i].at].begins = true;
        assert_reason(&made, breaks[i].comparable ? NULL : "break", breaks[i].comparable);
        assert_int_equal(!isnan(last_of(&made).mean_year), breaks[i].mean);
        assert_int_equal(!isnan(last_of(&made).year_to_date), breaks[i].year_so_far);
    }
}

/* 1024 a year before; the interval of the newest month, and what is told of it. */
static const struct {
    kt_interval now;
    const char *word;
} hidden[] = {
    {{1100, 1024, 1200}, "hidden_cells"}, /* it may be the same */
    {{1060, 1050, 1200}, "usual"},        /* at its least 26 */
    {{1100, 1057.5, 1200}, "usual"},      /* at its least as usual */
    {{1100, 1057.6, 1200}, NULL},         {{900, 800, 990}, NULL},
    {{1100, 1057.6, NAN}, NULL}, /* no upper end */
    {{900, 800, NAN}, "hidden_cells"},
};

static void hidden_cells_tell_only_what_is_sure(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
        made_series made;
        make(&made, KT_CHANGE_STOCK);
        for (size_t m = 24; m < MONTHS - 1; m++) { /* every other change is 33.5 */
            set_exact(&made.points[m], made.points[m - 12].figure.value + 33.5);
        }
        set_exact(&made.points[LAST - 12], 1024);
        made.points[LAST].figure = made.points[LAST].placed = hidden[i].now;
        made.points[LAST].obs = KT_OBS_ESTIMATED;
        assert_close(last_of(&made).usual, 33.5, 0);
        assert_reason(&made, hidden[i].word, true);
    }
}

/*
 * A country of 1,000 posts in both years, and a region whose posts fall from 94 to 69 because those
 * without a region grow from 6 % to 31 %: nothing has changed.
 */
static void posts_that_lose_their_region_are_no_fewer_posts(void **state)
{
    (void)state;
    made_series made;
    make(&made, KT_CHANGE_RATIO);
    for (size_t i = 0; i < MONTHS; i++) {
        const bool after = i > LAST - 6;
        const double posts = after ? 69 : 94;
        set_exact(&made.points[i], posts / 500);
        made.points[i].placed.high = (posts + (after ? 310 : 60)) / 500;
        made.points[i].part = posts;
        made.points[i].whole = 500;
        made.points[i].vacancies_allocated = after ? 0.69 : 0.94;
        made.points[i].unemployed_allocated = 0.999;
    }
    assert_reason(&made, "allocated_share", false);
    made.of.step = 0.26; /* even so, those posts may be the region's */
    assert_reason(&made, "unallocated", true);
    made.points[LAST].placed.high = 69.0 / 500;
    assert_reason(&made, NULL, true);
}

static void a_step_of_the_share_is_what_was_configured(void **state)
{
    (void)state;
    static const struct {
        double vacancies, unemployed;
        const char *word;
    } shares[] = {{0.95, 1.0, NULL},
                  {0.949, 1.0, "allocated_share"},
                  {1.0, 0.94, "allocated_share"},
                  {1.051, 1.0, "allocated_share"},
                  {NAN, 1.0, "allocated_share"}};
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        made_series made;
        make(&made, KT_CHANGE_STOCK);
        set_exact(&made.points[LAST], 5000);
        made.points[LAST].vacancies_allocated = shares[i].vacancies;
        made.points[LAST].unemployed_allocated = shares[i].unemployed;
        assert_reason(&made, shares[i].word, shares[i].word == NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stock_of_the_year_so_far_is_a_mean),
        cmocka_unit_test(a_flow_of_the_year_so_far_is_a_sum),
        cmocka_unit_test(a_ratio_of_several_months_is_that_of_their_sums),
        cmocka_unit_test(the_first_month_of_a_year_is_its_own_year_so_far),
        cmocka_unit_test(without_a_figure_nothing_is_compared),
        cmocka_unit_test(a_hidden_month_hides_every_mean_that_holds_it),
        cmocka_unit_test(the_usual_change_leaves_out_what_is_not_there),
        cmocka_unit_test(fewer_than_twelve_changes_are_no_custom),
        cmocka_unit_test(before_the_table_began_there_is_nothing_to_compare),
        cmocka_unit_test(a_change_is_told_above_the_usual_one),
        cmocka_unit_test(nothing_is_compared_across_a_break),
        cmocka_unit_test(hidden_cells_tell_only_what_is_sure),
        cmocka_unit_test(posts_that_lose_their_region_are_no_fewer_posts),
        cmocka_unit_test(a_step_of_the_share_is_what_was_configured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
