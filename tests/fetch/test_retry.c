/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retry.h"

#include "fetch/support.h"

/* date -u -d '2026-11-21 05:00:00' +%s */
#define NOW 1795237200

static void retry_after_is_read_in_all_its_spellings(void **state)
{
    (void)state;
    static const struct {
        const char *headers;
        double seconds;
    } cases[] = {
        {"HTTP/1.1 429 Too Many\r\nRetry-After: 60\r\nServer: x\r\n", 60.0},
        {"HTTP/1.1 429 Too Many\r\nretry-after:   7  \r\n", 7.0},
        {"Retry-After: 0\r\n", 0.0},
        {"Retry-After: Sat, 21 Nov 2026 05:00:42 GMT\r\n", 42.0},
        {"Retry-After: Sat, 21 Nov 2026 04:00:00 GMT\r\n", 0.0},   /* past */
        {"Retry-After: Sat, 21 Nov 2036 05:00:00 GMT\r\n", 300.0}, /* ten years */
        {"Retry-After: 99999999999999999999999\r\n", 300.0},
        {"Retry-After: soon\r\n", -1.0},
        {"Retry-After: -5\r\n", -1.0},
        {"Retry-After: 12 monkeys and a very long tale that no service would ever tell us, "
         "ever\r\n",
         -1.0},
        {"Retry-After:\r\n", -1.0},
        {"X-Retry-After: 5\r\n", -1.0},
        {"", -1.0},
        {NULL, -1.0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_close(kt_retry_after(cases[i].headers, NOW), cases[i].seconds, 0.0);
    }
}

static void waits_double_within_a_quarter_up_to_a_minute(void **state)
{
    (void)state;
    uint64_t dice = 1;
    double plain = 2.0;
    for (unsigned failures = 1; failures < 40; failures++) {
        const double wait = kt_backoff(2.0, failures, &dice);
        assert_true(wait >= (plain > 60.0 ? 45.0 : 0.75 * plain));
        assert_true(wait <= (1.25 * plain > 60.0 ? 60.0 : 1.25 * plain));
        plain = plain > 1e6 ? plain : 2.0 * plain;
    }
}

static void two_waits_are_not_the_same(void **state)
{
    (void)state;
    uint64_t dice = 1;
    const double first = kt_backoff(2.0, 1, &dice);
    assert_true(first != kt_backoff(2.0, 1, &dice));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(retry_after_is_read_in_all_its_spellings),
        cmocka_unit_test(waits_double_within_a_quarter_up_to_a_minute),
        cmocka_unit_test(two_waits_are_not_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
