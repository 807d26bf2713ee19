/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "failed_together.h"
#include "support/arena.h"

#define AWAY "a.fi: GET https://a.fi/?config: no connection"

static const kt_source one = {.id = "12r5"}, other = {.id = "12"}, third = {.id = "12ti"},
                       fourth = {.id = "12tu"}, lone = {.id = "lone"};

static const kt_fetch_result night[] = {
    {.source = &one, .state = KT_FETCH_FAILED, .message = "12r5: " AWAY},
    {.source = &other, .state = KT_FETCH_FETCHED},
    {.source = &third, .state = KT_FETCH_FAILED, .message = "12ti: no code MK02"},
    {.source = &fourth, .state = KT_FETCH_FAILED, .message = "12tu: " AWAY},
    {.source = &lone, .state = KT_FETCH_FAILED, .message = AWAY},
};

static void the_words_are_those_after_the_id(void **state)
{
    (void)state;
    const kt_fetch_result longer = {
        .source = &other, .state = KT_FETCH_FAILED, .message = "12ti: no code MK02"};
    assert_string_equal(kt_failure_words(&night[0]), AWAY);
    assert_string_equal(kt_failure_words(&night[4]), AWAY);
    assert_string_equal(kt_failure_words(&longer), "12ti: no code MK02");
}

static void those_that_failed_in_the_same_words_are_told_together(void **state)
{
    static const struct {
        size_t at, first;
        const char *list;
    } cases[] = {{0, 0, "12r5, 12tu, lone"}, {2, 2, "12ti"}, {3, 0, NULL}, {4, 0, NULL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(kt_failed_first(night, cases[i].at), cases[i].first);
        if (cases[i].list != NULL) {
            assert_string_equal(kt_failed_together(night, COUNT_OF(night), cases[i].at, *state),
                                cases[i].list);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_are_those_after_the_id),
        ARENA_TEST(those_that_failed_in_the_same_words_are_told_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
