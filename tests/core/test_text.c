/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <stdbool.h>

#include "core/support.h"

static void text_grows_and_is_always_terminated(void **state)
{
    (void)state;
    KT_AUTO(text) kt_text text = {0};
    for (int i = 0; i < 1000; i++) {
        kt_text_print(&text, "%d,", i);
        assert_int_equal(strlen(text.bytes), text.length);
    }
    assert_int_equal(text.length, 10 * 2 + 90 * 3 + 900 * 4);
    kt_text_clear(&text);
    assert_string_equal(text.bytes, "");
    kt_text_put(&text, "a");
    kt_text_put_char(&text, 'b');
    assert_true(kt_text_add(&text, "cde", 2));
    assert_string_equal(text.bytes, "abcd");
}

static void a_long_print_is_not_cut(void **state)
{
    (void)state;
    KT_AUTO(text) kt_text text = {0};
    kt_text_print(&text, "%5000d|", 7);
    assert_int_equal(text.length, 5001);
    assert_string_equal(text.bytes + 4999, "7|");
}

static void text_does_not_pass_its_limit(void **state)
{
    (void)state;
    KT_AUTO(text) kt_text text = {.limit = 10};
    assert_true(kt_text_add(&text, "0123456789", 10));
    assert_false(kt_text_add(&text, "x", 1));
    assert_string_equal(text.bytes, "0123456789");
    assert_true(kt_text_add(&text, "", 0));
}

typedef struct utf8_case {
    const char *bytes;
    bool valid;
    size_t bad;
} utf8_case;

static void utf8_is_told_from_what_looks_like_it(void **state)
{
    (void)state;
    static const utf8_case cases[] = {
        {"", true, 0},
        {"Ammattiryhm\xc3\xa4", true, 0},
        {"\xe2\x82\xac \xf0\x9f\x98\x80 \xf4\x8f\xbf\xbf \xed\x9f\xbf", true, 0},
        {"Ammattiryhm\xe4", false, 11}, /* Latin-1 */
        {"a\xc0\x80", false, 1},        /* overlong */
        {"\xe0\x9f\xbf", false, 0},     /* overlong */
        {"\xf0\x8f\xbf\xbf", false, 0}, /* overlong */
        {"ab\xed\xa0\x80", false, 2},   /* a surrogate */
        {"\xf4\x90\x80\x80", false, 0}, /* past U+10FFFF */
        {"\xf5\x80\x80\x80", false, 0},
        {"x\xe2\x82", false, 1}, /* cut short */
        {"\x80", false, 0},
        {"\xe2\x28\xa1", false, 0},
        {"\xff\xfe", false, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t at = 99;
        assert_int_equal(kt_utf8_valid(cases[i].bytes, strlen(cases[i].bytes), &at),
                         cases[i].valid);
        assert_int_equal(at, cases[i].valid ? 99 : cases[i].bad);
    }
    assert_false(kt_utf8_valid("\xff", 1, NULL));
}

typedef struct match_case {
    const char *text, *pattern;
    bool matches;
} match_case;

static void patterns_match_runs_and_single_bytes(void **state)
{
    (void)state;
    static const match_case cases[] = {
        {"MK01", "MK*", true},
        {"MKJO", "MK*", true},
        {"SSS", "MK*", false},
        {"MK", "MK*", true},
        {"X211", "X*", true},
        {"2512", "X*", false},
        {"MK01", "MK??", true},
        {"MK1", "MK??", false},
        {"", "*", true},
        {"abc", "*", true},
        {"abc", "", false},
        {"", "", true},
        {"", "?", false},
        {"abcbc", "a*bc", true},
        {"abcbd", "a*bc", false},
        {"a*c", "a*c", true},
        {"SSS", "SSS", true},
        {"SSSS", "SSS", false},
        {"aaaaaaaaab", "a*a*a*a*c", false},
        {"2026M06", "202?M0*", true},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_text_matches(cases[i].text, cases[i].pattern), cases[i].matches);
    }
}

static void a_code_has_letters_and_nothing_that_needs_quotes(void **state)
{
    static const struct {
        const char *text;
        bool good;
    } cases[] = {{"S30001", true}, {"_X", true},    {"2024-H1", true}, {"art49-17", true},
                 {"2024", false},  {"", false},     {"A/1", false},    {"A 1", false},
                 {"Ä1", false},    {"1.2-3", false}};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *fault = kt_text_code_fault(cases[i].text, strlen(cases[i].text));
        assert_int_equal(fault == NULL, cases[i].good);
    }
}

static void small_questions_have_their_answers(void **state)
{
    (void)state;
    assert_true(kt_text_starts("timeperiod_m", "timeperiod"));
    assert_false(kt_text_starts("time", "timeperiod"));
    assert_true(kt_text_ends("tyti-Tyottomat", "-Tyottomat"));
    assert_false(kt_text_ends("mat", "Tyottomat"));
    assert_string_equal(kt_text_unnamed("12ti: HTTP 503", "12ti"), "HTTP 503");
    assert_string_equal(kt_text_unnamed("12ti-kunta: HTTP 503", "12ti"), "12ti-kunta: HTTP 503");
    assert_string_equal(kt_text_unnamed("12ti", "12ti"), "12ti");
    assert_true(kt_text_same(NULL, NULL));
    assert_false(kt_text_same("a", NULL));
    assert_true(kt_text_same("a", "a"));
}

typedef struct distance_case {
    const char *a, *b;
    size_t limit, distance;
} distance_case;

static void distance_counts_edits_up_to_its_limit(void **state)
{
    (void)state;
    static const distance_case cases[] = {
        {"kitten", "sitting", 5, 3}, {"", "abc", 5, 3},     {"same", "same", 2, 0},
        {"KU091", "KU092", 2, 1},    {"abcdef", "z", 2, 3}, {"flaw", "lawn", 9, 2},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_text_distance(cases[i].a, cases[i].b, cases[i].limit),
                         cases[i].distance);
    }
    char long_text[200];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(kt_text_distance(long_text, "x", 2), 3);
}

/* "ä" is two bytes, "€" three. */
static void a_message_is_one_line_of_whole_letters(void **state)
{
    (void)state;
    static const struct {
        const char *words, *line;
    } cases[] = {
        {"a\nb\tc\x7f", "a b c "},
        {"a\xc2\x85y, \xc2\xa0 stays, so \xc3\x85", "a y, \xc2\xa0 stays, so \xc3\x85"},
        {"Työ ja tekijä", "Työ ja tekijä"},
        {"cut in the middle: Ty\xc3", "cut in the middle: Ty?"},
        {"\xe4\xb8 and \xff\xfe", "?? and ??"},
        {"Lap\xe2\x80\xaepi \xc2\x85.", "Lap pi  ."},
        {"cut: \xe2\x80", "cut: ??"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char words[64];
        strcpy(words, cases[i].words);
        kt_text_flatten(words);
        assert_string_equal(words, cases[i].line);
    }
}

/* U+0085, U+061C, U+200F, U+2028, U+202E, U+2069; and their neighbours U+00A0, U+200D, U+202F. */
static void letters_that_nobody_sees_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int at; /* -1: all of them are seen */
    } cases[] = {{"", -1},
                 {"Työ <b> = 1", -1},
                 {"a\nb", 1},
                 {"\x7f", 0},
                 {"ö\xc2\x85", 2},
                 {"\xd8\x9c", 0},
                 {"ab\xe2\x80\x8f", 2},
                 {"a\xe2\x80\xa8", 1},
                 {"a\xe2\x80\xaetsil", 1},
                 {"\xe2\x81\xa9", 0},
                 {"\xc2\xa0\xe2\x80\x8d\xe2\x80\xaf\xe2\x81\xaa\xd8\x9d", -1},
                 {"\xe2\x82\xac\xe4\xb8\xad", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *found = kt_text_unseen(cases[i].text);
        assert_int_equal(found == NULL ? -1 : (int)(found - cases[i].text), cases[i].at);
    }
    assert_int_equal(kt_utf8_letters("Työ \xe2\x82\xac"), 5);
    assert_int_equal(kt_utf8_letters(""), 0);
}

static void what_is_shown_of_a_text_ends_with_a_whole_letter(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int most, cut;
    } cases[] = {{"", 3, 0},    {"abc", 3, 3},           {"abcd", 3, 3},        {"abä", 3, 2},
                 {"abä", 4, 4}, {"a\xe2\x82\xac", 3, 1}, {"\xe2\x82\xac", 2, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(kt_utf8_cut(cases[i].text, cases[i].most), cases[i].cut);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows_and_is_always_terminated),
        cmocka_unit_test(a_long_print_is_not_cut),
        cmocka_unit_test(text_does_not_pass_its_limit),
        cmocka_unit_test(utf8_is_told_from_what_looks_like_it),
        cmocka_unit_test(what_is_shown_of_a_text_ends_with_a_whole_letter),
        cmocka_unit_test(a_message_is_one_line_of_whole_letters),
        cmocka_unit_test(letters_that_nobody_sees_are_found),
        cmocka_unit_test(patterns_match_runs_and_single_bytes),
        cmocka_unit_test(a_code_has_letters_and_nothing_that_needs_quotes),
        cmocka_unit_test(small_questions_have_their_answers),
        cmocka_unit_test(distance_counts_edits_up_to_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
