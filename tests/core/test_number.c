/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/number.h"

#include <float.h>
#include <stdbool.h>

#include "core/support.h"

typedef struct write_case {
    double number;
    const char *text;
} write_case;

static void a_number_is_written_as_its_shortest_decimal(void **state)
{
    (void)state;
    static const write_case cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {0.5, "0.5"},
        {-1.25, "-1.25"},
        {42.0, "42"},
        {352001.0, "352001"},
        {0.1, "0.1"},
        {1.0 / 3.0, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {2.5e-7, "0.00000025"},
        {1e21, "1000000000000000000000"},
        {1.5e17, "150000000000000000"},
        {9007199254740992.0, "9007199254740992"},
        {9007199254740994.0, "9007199254740994"},
        {123456.789, "123456.789"},
        {100.25, "100.25"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[KT_NUMBER_SIZE];
        assert_int_equal(kt_number_write(cases[i].number, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void what_is_no_number_is_written_as_nothing(void **state)
{
    (void)state;
    char text[KT_NUMBER_SIZE] = "before";
    assert_int_equal(kt_number_write(NAN, text), 0);
    assert_string_equal(text, "");
    assert_int_equal(kt_number_write(-INFINITY, text), 0);
}

/* The fewest digits with which C's own conversion reads the double back: an independent yardstick.
 */
static int fewest_digits(double number)
{
    char text[64];
    int digits = 1;
    for (; digits < 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    return digits;
}

static int significant_digits(const char *text)
{
    int count = 0;
    int zeros = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '0') {
            zeros += count > 0 ? 1 : 0;
        } else if (*at != '.' && *at != '-') {
            count += zeros + 1;
            zeros = 0;
        }
    }
    return count;
}

static double from_bits(uint64_t bits)
{
    double number = 0.0;
    memcpy(&number, &bits, sizeof number);
    return number;
}

static void check_round_trip(double number)
{
    char text[KT_NUMBER_SIZE];
    const size_t length = kt_number_write(number, text);
    double back = 0.0;
    assert_true(length < KT_NUMBER_SIZE);
    assert_null(strpbrk(text, "eE+"));
    assert_true(kt_number_read(text, length, &back));
    assert_memory_equal(&back, &number, sizeof back);
    assert_int_equal(significant_digits(text), fewest_digits(number));
}

static void every_double_reads_back_and_takes_no_digit_too_many(void **state)
{
    (void)state;
    static const double edges[] = {
        DBL_MAX,  -DBL_MAX, DBL_MIN, 5e-324, 2.2250738585072011e-308, 1.7976931348623157e308, 4.35,
        0.000001, 8.5e-5,   1e22,    1e23};
    for (size_t i = 0; i < COUNT_OF(edges); i++) {
        check_round_trip(edges[i]);
    }
    uint64_t bits =
        88172645463325252U; /* xorshift64 (Marsaglia 2003): the same patterns each time */
    for (int i = 0; i < 20000; i++) {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        const double number = from_bits(bits);
        if (isfinite(number)) {
            check_round_trip(number);
        }
        check_round_trip((double)(bits >> 40) / 1000.0); /* figures as they are published */
    }
}

typedef struct read_case {
    const char *text;
    bool good;
    double number;
} read_case;

static void only_a_plain_decimal_is_read(void **state)
{
    (void)state;
    static const read_case cases[] = {
        {"0", true, 0.0},       {"12.8", true, 12.8},  {"-3", true, -3.0},  {"1e3", true, 1000.0},
        {"2.5E-1", true, 0.25}, {"1e+2", true, 100.0}, {"", false, 0},      {"-", false, 0},
        {"+1", false, 0},       {" 1", false, 0},      {"1 ", false, 0},    {".5", false, 0},
        {"5.", false, 0},       {"1e", false, 0},      {"0x10", false, 0},  {"nan", false, 0},
        {"inf", false, 0},      {"1,5", false, 0},     {"1e999", false, 0}, {"...", false, 0},
        {"1 000", false, 0},    {"1.2.3", false, 0},   {"--1", false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double number = 0.0;
        assert_int_equal(kt_number_read(cases[i].text, strlen(cases[i].text), &number),
                         cases[i].good);
        assert_close(number, cases[i].good ? cases[i].number : 0.0, 0.0);
    }
    double untouched = 7.0;
    assert_false(kt_number_read("1\0002", 3, &untouched));
    assert_close(untouched, 7.0, 0.0);
}

static void a_count_is_digits_alone_up_to_2_to_the_53(void **state)
{
    (void)state;
    static const read_case cases[] = {
        {"0", true, 0.0},  {"26641", true, 26641.0}, {"9007199254740992", true, 0x1p53},
        {"", false, 0},    {"-1", false, 0},         {"9007199254740993", false, 0},
        {"1.0", false, 0}, {"1e3", false, 0},        {"99999999999999999999", false, 0},
        {"12a", false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double count = 0.0;
        assert_int_equal(kt_count_read(cases[i].text, strlen(cases[i].text), &count),
                         cases[i].good);
        assert_close(count, cases[i].good ? cases[i].number : 0.0, 0.0);
    }
}

static void a_decimal_has_its_sign_and_no_other(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char sign;
        bool good;
    } cases[] = {{"14,5", ',', true},   {"14.5", '.', true},  {"-3", ',', true},
                 {"14,5", '.', false},  {"14.5", ',', false}, {"1,4,5", ',', false},
                 {"1.4,5", ',', false}, {",5", ',', false},   {"", ',', false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double number = 0.0;
        assert_int_equal(kt_decimal_read(cases[i].text, cases[i].sign, &number), cases[i].good);
        assert_true(!cases[i].good || number == (cases[i].text[0] == '-' ? -3.0 : 14.5));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_written_as_its_shortest_decimal),
        cmocka_unit_test(what_is_no_number_is_written_as_nothing),
        cmocka_unit_test(every_double_reads_back_and_takes_no_digit_too_many),
        cmocka_unit_test(only_a_plain_decimal_is_read),
        cmocka_unit_test(a_count_is_digits_alone_up_to_2_to_the_53),
        cmocka_unit_test(a_decimal_has_its_sign_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
