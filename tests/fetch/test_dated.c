/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dated.h"
#include "fetch/support.h"

static void an_address_with_a_date_is_looked_for_backwards_by_its_smallest_part(void **state)
{
    static const struct {
        const char *path;
        size_t count;
        const char *first, *second, *last;
    } cases[] = {
        {"a.csv", 1, "a.csv", NULL, "a.csv"},
        {"{year}.csv", 3, "2026.csv", "2025.csv", "2024.csv"},
        {"v{year}q{quarter}.px", 4, "v2026q1.px", "v2025q4.px", "v2025q2.px"},
        {"{year}/{month}.csv", 6, "2026/02.csv", "2026/01.csv", "2025/09.csv"},
        {"x_{year}{month}{day}.csv", 10, "x_20260202.csv", "x_20260201.csv", "x_20260124.csv"},
        {"{hour}.csv", 1, "{hour}.csv", NULL, "{hour}.csv"},
    };
    const kt_instant now = kt_days_from_civil(2026, 2, 2) * 86400 + 5;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char **paths = NULL;
        assert_int_equal(kt_dated_paths(cases[i].path, now, arena_of(*state), &paths),
                         cases[i].count);
        assert_string_equal(paths[0], cases[i].first);
        assert_string_equal(paths[cases[i].count - 1], cases[i].last);
        if (cases[i].second != NULL) {
            assert_string_equal(paths[1], cases[i].second);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(an_address_with_a_date_is_looked_for_backwards_by_its_smallest_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
