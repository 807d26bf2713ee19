/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/period.h"

#include <stdint.h>

#include "core/instant.h"
#include "core/support.h"

typedef struct period_case {
    const char *text;
    const char *written; /* NULL: no period */
    const char *start;
    long last_day; /* days since 1970, by Python's datetime */
} period_case;

static void periods_are_read_as_sources_write_them(void **state)
{
    (void)state;
    static const period_case cases[] = {
        {"2026M06", "2026M06", "2026-06-01", 20634}, {"2026-06", "2026M06", "2026-06-01", 20634},
        {"2023M10", "2023M10", "2023-10-01", 19661}, {"2000M02", "2000M02", "2000-02-01", 11016},
        {"2026Q2", "2026Q2", "2026-04-01", 20634},   {"2026-Q2", "2026Q2", "2026-04-01", 20634},
        {"2026K2", "2026Q2", "2026-04-01", 20634},   {"2026Q4", "2026Q4", "2026-10-01", 20818},
        {"2026", "Y2026", "2026-01-01", 20818},      {"Y2026", "Y2026", "2026-01-01", 20818},
        {"2026M12", "2026M12", "2026-12-01", 20818},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_period period = {0};
        char text[KT_PERIOD_SIZE];
        assert_true(kt_period_read(cases[i].text, &period));
        assert_string_equal(kt_period_write(period, text), cases[i].written);
        assert_string_equal(kt_period_start(period, text), cases[i].start);
        assert_int_equal(kt_period_last_day(period), cases[i].last_day);
    }
}

static void the_first_day_of_a_month_may_stand_for_it(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name;
    } cases[] = {{"2026-06-01", "2026M06"}, {"2026-12-01", "2026M12"}, {"2026M06", "2026M06"},
                 {"2026-06", "2026M06"},    {"2026-06-02", NULL},      {"2026-13-01", NULL},
                 {"2026-06-1", NULL},       {"2026M06-01", NULL},      {"20260601", NULL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_period period;
        char name[KT_PERIOD_SIZE];
        const bool is_read = kt_period_read_dated(cases[i].text, &period);
        assert_int_equal(is_read, cases[i].name != NULL);
        if (is_read) {
            assert_string_equal(kt_period_write(period, name), cases[i].name);
        }
    }
}

static void anything_else_is_no_period(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",        "2026M",   "2026M00",  "2026M13",    "2026Q0",  "2026Q5",   "2026M6",
        "2026m06", "202606",  "2026M06 ", " 2026M06",   "2026Q22", "Y2026M06", "2026-13",
        "2025Q1*", "0026M06", "SSS",      "2026-06-01", "M06",     "2026-Q",   "2026K5",
        "2026K",   "2026U29", "20 6M06",  "2026--6",    "KU091"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        kt_period period = {.frequency = KT_MONTHLY, .index = 7};
        assert_false(kt_period_read(texts[i], &period));
        assert_int_equal(period.index, 7);
    }
}

static void periods_of_one_frequency_can_be_counted_on(void **state)
{
    (void)state;
    kt_period january;
    kt_period december;
    assert_true(kt_period_read("2026M01", &january));
    assert_true(kt_period_read("2025M12", &december));
    assert_int_equal(january.index - december.index, 1);
    assert_int_equal(january.index, 2026 * 12);
    assert_int_equal(kt_period_year(january), 2026);
    assert_int_equal(kt_period_year(december), 2025);
}

static void a_lower_frequency_sorts_first_then_time(void **state)
{
    (void)state;
    static const char *const sorted[] = {"2020", "2026", "2024Q4", "2025Q1", "2023M12", "2024M01"};
    for (size_t i = 0; i < COUNT_OF(sorted); i++) {
        for (size_t j = 0; j < COUNT_OF(sorted); j++) {
            kt_period a = {0};
            kt_period b = {0};
            assert_true(kt_period_read(sorted[i], &a) && kt_period_read(sorted[j], &b));
            const int compared = kt_period_compare(a, b);
            assert_int_equal((compared > 0) - (compared < 0), (i > j) - (i < j));
        }
    }
}

static void a_period_has_a_place_among_consecutive_ones(void **state)
{
    (void)state;
    static const struct {
        const char *first;
        size_t count;
        const char *period;
        size_t place;
    } cases[] = {
        {"2025M11", 4, "2025M11", 0},
        {"2025M11", 4, "2026M02", 3},
        {"2025M11", 4, "2026M03", KT_NO_PERIOD},
        {"2025M11", 4, "2025M10", KT_NO_PERIOD},
        {"2025M11", 4, "2025Q4", KT_NO_PERIOD},
        {"Y2025", 0, "Y2025", KT_NO_PERIOD},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_period first, period;
        assert_true(kt_period_read(cases[i].first, &first));
        assert_true(kt_period_read(cases[i].period, &period));
        const size_t place = kt_period_place(first, cases[i].count, period);
        assert_int_equal(place, cases[i].place);
        if (place != KT_NO_PERIOD) {
            assert_int_equal(kt_period_compare(kt_period_after(first, place), period), 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_as_sources_write_them),
        cmocka_unit_test(the_first_day_of_a_month_may_stand_for_it),
        cmocka_unit_test(anything_else_is_no_period),
        cmocka_unit_test(periods_of_one_frequency_can_be_counted_on),
        cmocka_unit_test(a_lower_frequency_sorts_first_then_time),
        cmocka_unit_test(a_period_has_a_place_among_consecutive_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
