/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/project.h"

#include <math.h>

#include "core/support.h"

static void money_is_read_to_the_cent(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char sign;
        int64_t cents;
    } cases[] = {
        {"308999", '.', 30899900},
        {"0", '.', 0},
        {"143773.5", '.', 14377350},
        {"143773.05", '.', 14377305},
        {"1 234 567,89", ',', 123456789},
        {"1\xc2\xa0"
         "234,50",
         ',', 123450},
        {"-12,00", ',', -1200},
        {"9999999999999.99", '.', 999999999999999},
        {"", '.', KT_NO_MONEY},
        {"-", '.', KT_NO_MONEY},
        {"12.", '.', KT_NO_MONEY},
        {"12.345", '.', KT_NO_MONEY},
        {"12,50", '.', KT_NO_MONEY},
        {"1e5", '.', KT_NO_MONEY},
        {" 12", '.', KT_NO_MONEY},
        {"12 ", '.', KT_NO_MONEY},
        {"1  2", '.', KT_NO_MONEY},
        {"12 EUR", '.', KT_NO_MONEY},
        {"10000000000000.00", '.', KT_NO_MONEY},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t cents = 0;
        assert_int_equal(kt_money_read(cases[i].text, cases[i].sign, &cents),
                         cases[i].cents != KT_NO_MONEY);
        assert_int_equal(cents, cases[i].cents);
    }
}

static void money_is_written_with_two_decimals(void **state)
{
    (void)state;
    char out[KT_MONEY_SIZE];
    assert_string_equal(kt_money_write(30899900, out), "308999.00");
    assert_string_equal(kt_money_write(5, out), "0.05");
    assert_string_equal(kt_money_write(-150, out), "-1.50");
    assert_string_equal(kt_money_write(0, out), "0.00");
    assert_string_equal(kt_money_write(KT_NO_MONEY, out), "");
}

static void parts_of_money_add_up(void **state)
{
    (void)state;
    static const struct {
        int64_t cents;
        double weights[4];
        size_t count;
        int64_t parts[4];
    } cases[] = {
        {100, {1, 1, 1}, 3, {34, 33, 33}},
        {100, {0.5, 0.25, 0.25}, 3, {50, 25, 25}},
        {1, {0.1, 0.6, 0.3}, 3, {0, 1, 0}},
        {10, {0, 1, 2, 0}, 4, {0, 3, 7, 0}},
        {-100, {1, 1, 1}, 3, {-34, -33, -33}},
        {0, {1, 1}, 2, {0, 0}},
        {7, {1}, 1, {7}},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t parts[4];
        kt_money_split(cases[i].cents, cases[i].weights, cases[i].count, parts);
        for (size_t j = 0; j < cases[i].count; j++) {
            assert_int_equal(parts[j], cases[i].parts[j]);
        }
    }
}

/* Any weights: the parts make the whole, and none is a cent from its share. */
static void no_cent_is_lost_whatever_the_weights(void **state)
{
    (void)state;
    uint64_t seed = 20261122;
    for (int round = 0; round < 20000; round++) {
        double weights[19], all = 0.0;
        int64_t parts[19], sum = 0;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        const int64_t cents = (int64_t)(seed >> 20);
        const size_t count = 1 + seed % 19;
        for (size_t i = 0; i < count; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            weights[i] = (double)(seed >> 40) / (1 << 24);
            all += weights[i];
        }
        weights[0] += 1e-9;
        all += 1e-9;
        kt_money_split(cents, weights, count, parts);
        for (size_t i = 0; i < count; i++) {
            sum += parts[i];
            assert_true(parts[i] >= 0);
            assert_true(fabs((double)parts[i] - (double)cents * (weights[i] / all)) < 1.01);
        }
        assert_int_equal(sum, cents);
    }
}

static void fields_are_found_by_their_names(void **state)
{
    (void)state;
    kt_project_text text;
    kt_project_sum sum;
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        assert_true(kt_project_text_find(kt_project_text_name((kt_project_text)i), &text));
        assert_int_equal(text, i);
    }
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        assert_true(kt_project_sum_find(kt_project_sum_name((kt_project_sum)i), &sum));
        assert_int_equal(sum, i);
    }
    assert_false(kt_project_text_find("contact_person", &text));
    assert_string_equal(kt_project_status_name(KT_PROJECT_INTERRUPTED), "interrupted");
    assert_string_equal(kt_project_relation_name(KT_RELATION_COORDINATION), "coordination");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_read_to_the_cent),
        cmocka_unit_test(money_is_written_with_two_decimals),
        cmocka_unit_test(parts_of_money_add_up),
        cmocka_unit_test(no_cent_is_lost_whatever_the_weights),
        cmocka_unit_test(fields_are_found_by_their_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
