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

typedef struct pair {
    char letter;
    double number;
} pair;

static bool read_pair(const json_t *object, kt_arena *arena, void *item)
{
    pair *out = item;
    const char *letter = json_string_value(json_object_get(object, "letter"));
    (void)arena;
    out->number = json_number_value(json_object_get(object, "number"));
    if (letter != NULL) {
        out->letter = letter[0];
    }
    return letter != NULL;
}

static void lines_are_items(void **state)
{
    static const kt_journal_form form = {sizeof(pair), read_pair, "an object with a letter"};
    static const struct {
        const char *text, *told; /* NULL: they are 'a' with 1.5 and 'b' with 0 */
    } cases[] = {
        {"{\"letter\":\"a\",\"number\":1.5}\n{\"letter\":\"b\"}\n{\"lett", NULL},
        {"{\"letter\":\"a\"}\n{\"number\":2}\n", "list.jsonl:2: expected an object with a letter"},
        {"{\"letter\":\"a\"}\n\n", "list.jsonl:2: expected"},
        {"letter\n", "list.jsonl:1: expected"},
        {"{\"letter\":\"a\",\"letter\":\"b\"}\n", "list.jsonl:1: expected"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *path = write_bytes(*state, "list.jsonl", cases[i].text, strlen(cases[i].text));
        void *items = NULL;
        size_t count = 0;
        kt_error err = {0};
        const kt_status status = kt_journal_items(path, &form, made->arena, &items, &count, &err);
        assert_int_equal(status, cases[i].told == NULL ? KT_OK : KT_ERR_FORMAT);
        if (cases[i].told != NULL) {
            assert_non_null(strstr(err.message, cases[i].told));
            continue;
        }
        const pair *pairs = items;
        assert_int_equal(count, 2);
        assert_int_equal(pairs[0].letter, 'a');
        assert_true(pairs[0].number == 1.5);
        assert_int_equal(pairs[1].letter, 'b');
        assert_true(pairs[1].number == 0.0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(lines_come_back_with_their_places),
        in_bench(lines_are_items),
        in_bench(an_unfinished_line_is_left_out_and_cut_off_by_the_next),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
