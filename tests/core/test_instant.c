/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/instant.h"

#include <stdbool.h>

#include "core/support.h"

typedef struct instant_case {
    const char *text;
    bool end_of_day;
    kt_instant instant; /* by Python's datetime */
} instant_case;

static void every_shape_that_services_write_is_read(void **state)
{
    (void)state;
    static const instant_case cases[] = {
        {"2026-07-21T05:00:00Z", false, 1784610000},     /* JSON-stat of StatFin */
        {"2026-07-21T05.00.00Z", false, 1784610000},     /* PX-JSON */
        {"2026-02-06T23:00:00+0100", false, 1770415200}, /* Eurostat */
        {"2026-02-06T23:00:00+01:00", false, 1770415200},
        {"2026-07-21T05:00:00.0000000Z", false, 1784610000},
        {"2026-07-21T05:00:00.5", false, 1784610000},
        {"2026-02-06T17:30:00-0430", false, 1770415200},
        {"2026-04-16T08:00:00", false, 1776326400}, /* no zone: taken as UTC */
        {"20261121T050000Z", false, 1795237200},
        {"2026-11-21", false, 1795219200},
        {"2026-11-21", true, 1795305599},
        {"1970-01-01T00:00:00Z", false, 0},
        {"1969-12-31T23:59:59Z", false, -1},
        {"2024-02-29T00:00:00Z", true, 1709164800},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_instant instant = 1;
        assert_true(kt_instant_read(cases[i].text, cases[i].end_of_day, &instant));
        assert_int_equal(instant, cases[i].instant);
    }
}

static void anything_else_is_no_instant(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "2026",
                                        "2026-11",
                                        "2026-13-01",
                                        "2026-02-29",
                                        "2026-11-31",
                                        "2026-11-21T",
                                        "2026-11-21T25:00:00Z",
                                        "2026-11-21T05:60:00Z",
                                        "2026-11-21T05:00Z",
                                        "2026-11-21T05:00:00.Z",
                                        "2026-11-21T05:00:00Zulu",
                                        "2026-11-21T05:00:00+1",
                                        "2026-11-21T05:00:00+99:00",
                                        "2026-11-21 05:00:00",
                                        "21.11.2026",
                                        "now",
                                        "2026-11-21x",
                                        "VALUE_HAS_BEEN_REPLACED",
                                        "2026M06"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        kt_instant instant = 7;
        assert_false(kt_instant_read(texts[i], false, &instant));
        assert_int_equal(instant, 7);
    }
}

static void an_instant_is_written_in_both_forms(void **state)
{
    (void)state;
    char text[KT_INSTANT_SIZE];
    assert_string_equal(kt_instant_write(1795237200, text), "2026-11-21T05:00:00Z");
    assert_string_equal(kt_instant_write_basic(1795237200, text), "20261121T050000Z");
    assert_string_equal(kt_instant_write(-1, text), "1969-12-31T23:59:59Z");
}

static void days_and_civil_dates_agree_for_four_centuries(void **state)
{
    (void)state;
    assert_int_equal(kt_days_from_civil(1970, 1, 1), 0);
    assert_int_equal(kt_days_from_civil(2000, 3, 1), 11017);
    assert_int_equal(kt_days_from_civil(1900, 3, 1), -25508);
    assert_int_equal(kt_days_from_civil(2026, 6, 8), 20612);
    assert_int_equal(kt_days_from_civil(2400, 2, 29), 157113);
    for (int64_t day = -30000; day < 160000; day++) {
        int year = 0;
        int month = 0;
        int date = 0;
        kt_civil_from_days(day, &year, &month, &date);
        assert_int_equal(kt_days_from_civil(year, month, date), day);
    }
}

static void now_is_after_this_was_written(void **state)
{
    (void)state;
    assert_true(kt_instant_now() > 1700000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_that_services_write_is_read),
        cmocka_unit_test(anything_else_is_no_instant),
        cmocka_unit_test(an_instant_is_written_in_both_forms),
        cmocka_unit_test(days_and_civil_dates_agree_for_four_centuries),
        cmocka_unit_test(now_is_after_this_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
