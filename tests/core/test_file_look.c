/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file_look.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "core/file.h"
#include "core/support.h"
#include "support/arena.h"
#include "support/folder.h"

static void append(const char *path, const char *words)
{
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    assert_true(fputs(words, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void a_file_that_grows_looks_different(void **state)
{
    const char *folder = make_test_folder(*state);
    const char *path = kt_path_join(*state, folder, "list.csv");
    kt_file_look before = {0}, same = {0}, after = {0};
    kt_error err = {0};
    append(path, "half of a ");
    const int fd = open(path, O_RDONLY);
    assert_true(fd >= 0);
    assert_true(kt_file_look_at(path, &before));
    assert_true(kt_file_look_at_open(fd, &same));
    assert_true(kt_file_look_same(&before, &same));
    append(path, "list");
    assert_true(kt_file_look_at(path, &after));
    assert_int_equal(after.size, 14);
    assert_false(kt_file_look_same(&before, &after));
    assert_int_equal(close(fd), 0);
    assert_int_equal(kt_folder_remove(folder, &err), KT_OK);
    assert_false(kt_file_look_at(path, &after));
}

/* Of the same size, and written at another time. */
static void what_was_written_again_looks_different(void **state)
{
    (void)state;
    const kt_file_look first = {14, 100, 5}, second = {14, 100, 6}, later = {14, 101, 5};
    assert_false(kt_file_look_same(&first, &second));
    assert_false(kt_file_look_same(&first, &later));
}

static void a_file_is_settled_after_some_seconds(void **state)
{
    (void)state;
    const kt_file_look look = {14, 100, 0};
    assert_false(kt_file_look_settled(&look, 101.0));
    assert_false(kt_file_look_settled(&look, 103.0));
    assert_true(kt_file_look_settled(&look, 104.0));
    assert_false(kt_file_look_settled(&look, 50.0)); /* a clock that is behind */
}

static void a_folder_is_no_file(void **state)
{
    (void)state;
    kt_file_look look = {0};
    assert_false(kt_file_look_at("/", &look));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_file_that_grows_looks_different),
        ARENA_TEST(what_was_written_again_looks_different),
        ARENA_TEST(a_file_is_settled_after_some_seconds),
        ARENA_TEST(a_folder_is_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
