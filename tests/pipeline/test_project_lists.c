/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/lists.h"

#include "core/support.h"
#include "support/arena.h"

static void a_name_may_hold_a_day(void **state)
{
    (void)state;
    static const struct {
        const char *name, *day;
    } cases[] = {
        {"hankkeet_2026-09-25.xlsx", "2026-09-25"},
        {"hankkeet 25.9.2026.csv", "2026-09-25"},
        {"20260925.csv", "2026-09-25"},
        {"2026_09_25_hankkeet.csv", "2026-09-25"},
        {"data/projects-2021-2027/2025-11-10/FI-pp21-27-20251110.csv", "2025-11-10"},
        {"2016-11-01 and 2017-05-01.csv", "2017-05-01"},
        {"hankkeet.csv", NULL},
        {"2026-13-01.csv", NULL},
        {"2026-02-30.csv", NULL},
        {"1823456-7.csv", NULL},
        {"eura2021.csv", NULL},
        {"18991231.csv", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_instant instant = 0;
        const int64_t day = kt_day_in_name(cases[i].name);
        if (cases[i].day == NULL) {
            assert_int_equal(day, KT_NO_DAY);
        } else {
            assert_true(kt_instant_read(cases[i].day, false, &instant));
            assert_int_equal(day, instant / 86400);
        }
    }
}

static void an_import_says_what_its_list_does_not(void **state)
{
    assert_string_equal(kt_import_request("eura2014", 17106, *state),
                        "{\"format\":\"eura2014\",\"snapshot_date\":\"2016-11-01\"}");
}

/* 2026-11-22T23:30 of Finland is 21:30 UTC, and its summer is three hours ahead. */
static void a_list_is_of_no_day_to_come(void **state)
{
    static const struct {
        const char *came, *day;
        const char *fault; /* NULL: none */
    } cases[] = {
        {"2026-11-22T21:30:00Z", "2026-11-22", NULL},
        {"2026-11-22T00:00:00Z", "2016-11-01", NULL},
        {"2026-06-21T20:59:59Z", "2026-06-22",
         "file:x: a list of 2026-06-22, expected at most the day it came, 2026-06-21"},
        {"2026-06-21T21:00:00Z", "2026-06-22", NULL}, /* midnight there */
        {"2026-11-22T12:00:00Z", "2026-11-23",
         "file:x: a list of 2026-11-23, expected at most the day it came, 2026-11-22"},
        {"2026-11-22T12:00:00Z", "2062-09-01",
         "file:x: a list of 2062-09-01, expected at most the day it came, 2026-11-22"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_receipt receipt = {0};
        kt_instant day = 0;
        assert_true(kt_instant_read(cases[i].came, false, &receipt.time));
        assert_true(kt_instant_read(cases[i].day, false, &day));
        const kt_list_file file = {
            .name = "file:x", .receipt = &receipt, .snapshot_day = day / 86400};
        const char *fault = kt_list_day_fault(&file, *state);
        if (cases[i].fault == NULL) {
            assert_null(fault);
        } else {
            assert_string_equal(fault, cases[i].fault);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_name_may_hold_a_day),
        ARENA_TEST(an_import_says_what_its_list_does_not),
        ARENA_TEST(a_list_is_of_no_day_to_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
