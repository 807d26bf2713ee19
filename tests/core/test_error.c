/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/error.h"

#include <errno.h>

#include "core/support.h"

static void a_failure_carries_its_status_and_one_line(void **state)
{
    (void)state;
    kt_error error = {0};
    assert_int_equal(kt_fail(&error, KT_ERR_DATA, "%s: row %d", "t.csv", 7), KT_ERR_DATA);
    assert_int_equal(error.status, KT_ERR_DATA);
    assert_string_equal(error.message, "t.csv: row 7");
    assert_int_equal(kt_fail(NULL, KT_ERR_BUG, "nobody listens"), KT_ERR_BUG);
    assert_int_equal(kt_fail(&error, KT_ERR_FORMAT, "code %s", "a\r\nb\x1b[31m"), KT_ERR_FORMAT);
    assert_string_equal(error.message, "code a  b [31m");
}

static void a_long_message_is_cut_not_overrun(void **state)
{
    (void)state;
    kt_error error = {0};
    assert_int_equal(kt_fail(&error, KT_ERR_FORMAT, "%5000s", "x"), KT_ERR_FORMAT);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
}

typedef struct errno_case {
    int number;
    kt_status status;
    const char *says;
} errno_case;

static void what_the_system_says_becomes_a_status_and_words(void **state)
{
    (void)state;
    static const errno_case cases[] = {
        {ENOENT, KT_ERR_NOT_FOUND, "No such file"},
        {EACCES, KT_ERR_PERMISSION, "Permission denied"},
        {EPERM, KT_ERR_PERMISSION, "not permitted"},
        {ENOSPC, KT_ERR_IO, "No space left"},
        {EIO, KT_ERR_IO, "error"},
        {EROFS, KT_ERR_CANTCREATE, "Read-only"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error error = {0};
        errno = cases[i].number;
        assert_int_equal(kt_fail_errno(&error, "a/b", "cannot open"), cases[i].status);
        assert_says(&error, "a/b");
        assert_says(&error, "cannot open");
        assert_says(&error, cases[i].says);
    }
}

static kt_status pass_on(kt_status inner, int *after)
{
    KT_TRY(inner);
    (*after)++;
    return KT_OK;
}

static void try_returns_at_the_first_failure_alone(void **state)
{
    (void)state;
    int after = 0;
    assert_int_equal(pass_on(KT_ERR_IO, &after), KT_ERR_IO);
    assert_int_equal(after, 0);
    assert_int_equal(pass_on(KT_OK, &after), KT_OK);
    assert_int_equal(after, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_carries_its_status_and_one_line),
        cmocka_unit_test(a_long_message_is_cut_not_overrun),
        cmocka_unit_test(what_the_system_says_becomes_a_status_and_words),
        cmocka_unit_test(try_returns_at_the_first_failure_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
