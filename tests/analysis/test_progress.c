/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/progress.h"

#include <math.h>

#include "core/project.h"
#include "core/support.h"

/* A project of days 101 to 500, 400 of them. */
static kt_progress progress(double target, double realised, int64_t until)
{
    const kt_progress_question question = {target, realised, 101, 500, until};
    return kt_progress_of(&question);
}

/* 60 of 80 is .75; days 101 to 200 are 100 of 400; three times the even pace. */
static void what_is_done_is_held_against_the_time_that_has_gone(void **state)
{
    (void)state;
    const kt_progress got = progress(80, 60, 200);
    assert_close(got.achievement, 0.75, 0.0);
    assert_close(got.elapsed, 0.25, 0.0);
    assert_close(got.progress, 3.0, 0.0);
    /* 30 of 80 is .375, and day 400 the 300th of 400: half of the pace */
    assert_close(progress(80, 30, 400).progress, 0.5, 1e-15);
}

static void behind_the_end_all_time_has_gone(void **state)
{
    (void)state;
    assert_close(progress(80, 60, 500).progress, 0.75, 0.0);
    assert_close(progress(80, 60, INT64_MAX).elapsed, 1.0, 0.0);
    assert_close(progress(80, 100, INT64_MAX).progress, 1.25, 0.0);
}

static void before_the_first_day_there_is_no_pace(void **state)
{
    (void)state;
    const kt_progress got = progress(80, 8, 100);
    assert_close(got.achievement, 0.1, 1e-15);
    assert_close(got.elapsed, 0.0, 0.0);
    assert_true(isnan(got.progress));
    assert_close(progress(80, 8, 101).elapsed, 0.0025, 1e-15);
}

static void nothing_is_said_of_what_is_not_known(void **state)
{
    (void)state;
    assert_true(isnan(progress(NAN, 60, 200).achievement));
    assert_true(isnan(progress(0, 60, 200).achievement));
    assert_true(isnan(progress(80, NAN, 200).progress));
    const kt_progress_question open = {80, 60, 101, KT_NO_DAY, 200};
    const kt_progress_question turned = {80, 60, 500, 101, 200};
    assert_close(kt_progress_of(&open).achievement, 0.75, 0.0);
    assert_true(isnan(kt_progress_of(&open).elapsed));
    assert_true(isnan(kt_progress_of(&open).progress));
    assert_true(isnan(kt_progress_of(&turned).elapsed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_done_is_held_against_the_time_that_has_gone),
        cmocka_unit_test(behind_the_end_all_time_has_gone),
        cmocka_unit_test(before_the_first_day_there_is_no_pace),
        cmocka_unit_test(nothing_is_said_of_what_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
