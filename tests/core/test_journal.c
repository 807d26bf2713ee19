/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"

#include "core/support.h"

static kt_journal_line *read_lines(void *state, const char *path, size_t expected)
{
    const bench *made = state;
    kt_journal_line *lines = NULL;
    size_t count = 0;
    assert_int_equal(kt_journal_read(path, made->arena, &lines, &count, NULL), KT_OK);
    assert_int_equal(count, expected);
    return lines;
}

static void assert_line(const kt_journal_line *line, const char *bytes, size_t length)
{
    assert_int_equal(line->length, length);
    assert_memory_equal(line->bytes, bytes, length);
}

static void lines_come_back_with_their_places(void **state)
{
    char *path = path_of(*state, "list.jsonl");
    (void)read_lines(*state, path, 0);
    assert_int_equal(kt_journal_add(path, "one\n", 4, NULL), KT_OK);
    assert_int_equal(kt_journal_add(path, "\n", 1, NULL), KT_OK);
    assert_int_equal(kt_journal_add(path, "t\0o\n", 4, NULL), KT_OK);
    const kt_journal_line *lines = read_lines(*state, path, 3);
    assert_line(&lines[0], "one", 3);
    assert_line(&lines[1], "", 0);
    assert_line(&lines[2], "t\0o", 3);
    assert_string_equal(lines[2].file, path);
    assert_int_equal(lines[2].number, 3);
}

static void an_unfinished_line_is_left_out_and_cut_off_by_the_next(void **state)
{
    static const struct {
        const char *before;
        size_t whole;
    } cases[] = {{"", 0}, {"hal", 0}, {"one\n", 1}, {"one\nhal", 1}, {"one\ntwo\nh", 2}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *path = write_bytes(*state, "list.jsonl", cases[i].before, strlen(cases[i].before));
        (void)read_lines(*state, path, cases[i].whole);
        assert_int_equal(kt_journal_add(path, "next\n", 5, NULL), KT_OK);
        const kt_journal_line *lines = read_lines(*state, path, cases[i].whole + 1);
        assert_line(&lines[cases[i].whole], "next", 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(lines_come_back_with_their_places),
        in_bench(an_unfinished_line_is_left_out_and_cut_off_by_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
