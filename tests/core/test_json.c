/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include "core/support.h"

/* What a small configuration with one value of each kind comes to. */
typedef struct reading {
    const char *name, *note;
    double share;
    long days;
    bool on, off;
    size_t words;
    const char **list;
} reading;

static reading read_all(kt_json root)
{
    static const char *const keys[] = {"name", "note", "share", "days", "on",
                                       "off",  "list", "inner", NULL};
    reading seen = {0};
    kt_json_only(root, keys);
    seen.name = kt_json_text(kt_json_member(root, "name"));
    seen.note = kt_json_text_or(kt_json_member(root, "note"), "none");
    seen.share = kt_json_number_or(kt_json_member(root, "share"), 0.0, 1.0, 0.5);
    seen.days = kt_json_whole_or(kt_json_member(root, "days"), 1, 10, 7);
    seen.on = kt_json_bool(kt_json_member(root, "on"));
    seen.off = kt_json_bool_or(kt_json_member(root, "off"), false);
    seen.words = kt_json_texts(kt_json_member(root, "list"), &seen.list);
    const kt_json inner = kt_json_member(root, "inner");
    if (!kt_json_absent(inner) && kt_json_object(inner)) {
        (void)kt_json_whole(kt_json_element(kt_json_member(inner, "numbers"), 1), 0, 5);
    }
    return seen;
}

/* Loads the text and reads it; all problems in one text, joined by "; ". */
static char *problems_of(void *state, const char *text, reading *seen)
{
    const bench *made = state;
    kt_problems *problems = kt_problems_new(made->arena);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(write_words(state, "t.json", text), made->arena, problems, &document, &root);
    if (!kt_json_absent(root)) {
        *seen = read_all(root);
    }
    char *all = kt_arena_copy(made->arena, "");
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        const char *line = kt_problems_at(problems, i);
        assert_true(kt_text_starts(line, made->folder));
        all = kt_arena_print(made->arena, "%s%s; ", all, line + strlen(made->folder) + 1);
    }
    return all;
}

static void a_good_file_is_read_without_a_problem(void **state)
{
    reading seen = {0};
    const char *problems =
        problems_of(*state,
                    "{\"$schema\":\"x\",\"comment\":1,\"name\":\"12r5\",\"note\":null,\"share\":0."
                    "25,\"days\":3,"
                    "\"on\":true,\"list\":[\"SSS\",\"MK*\"],\"inner\":{\"numbers\":[1,2]}}",
                    &seen);
    assert_string_equal(problems, "");
    assert_string_equal(seen.name, "12r5");
    assert_string_equal(seen.note, "none");
    assert_close(seen.share, 0.25, 0.0);
    assert_int_equal(seen.days, 3);
    assert_true(seen.on && !seen.off);
    assert_int_equal(seen.words, 2);
    assert_string_equal(seen.list[1], "MK*");
}

typedef struct problem_case {
    const char *text, *problems;
} problem_case;

static void every_mistake_is_told_with_its_place(void **state)
{
    static const problem_case cases[] = {
        {"{\"on\":true}", "t.json: name: missing, expected a text; "},
        {"{\"name\":7,\"on\":1}", "t.json: name: expected a text, found a number; "
                                  "t.json: on: expected true or false, found a number; "},
        {"{\"name\":\"a\",\"on\":true,\"share\":1.5,\"days\":0}",
         "t.json: share: expected a number from 0 to 1, found 1.5; "
         "t.json: days: expected a number from 1 to 10, found 0; "},
        {"{\"name\":\"a\",\"on\":true,\"days\":2.5}",
         "t.json: days: expected a whole number, found 2.5; "},
        {"{\"name\":\"a\",\"on\":true,\"day\":2,\"xyzzy\":1}",
         "t.json: day: unknown key; did you mean days?; t.json: xyzzy: unknown key; "},
        {"{\"name\":\"a\",\"on\":true,\"list\":[\"x\",1,null]}",
         "t.json: list[1]: expected a text, found a number; "
         "t.json: list[2]: expected a text, found null; "},
        {"{\"name\":\"a\",\"on\":true,\"list\":\"x\"}",
         "t.json: list: expected an array, found a text; "},
        {"{\"name\":\"a\",\"on\":true,\"inner\":[]}",
         "t.json: inner: expected an object, found an array; "},
        {"{\"name\":\"a\",\"on\":true,\"inner\":{\"numbers\":[1,9]}}",
         "t.json: inner.numbers[1]: expected a number from 0 to 5, found 9; "},
        {"{\"name\":\"a\",\"on\":true,\"inner\":{}}",
         "t.json: inner.numbers[1]: missing, expected a number; "},
        {"{\"name\":\"a\\u202Eb\",\"on\":true,\"inner\":{\"numbers\":[1,2]}}",
         "t.json: name: a text may hold neither control characters nor marks of direction; "},
        {"{\"name\":\"\\u0007\",\"on\":true,\"inner\":{\"numbers\":[1,2]}}",
         "t.json: name: a text may hold neither control characters nor marks of direction; "},
        {"{\"name\":\"a\\tb\\nc\",\"on\":true,\"inner\":{\"numbers\":[1,2]}}", ""},
        {"[1]", "t.json: expected an object, found an array; "},
        {"{\"name\":\"a\",\"on\":true,\"x\\ny\":1}", "t.json: x y: unknown key; "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        reading seen = {0};
        assert_string_equal(problems_of(*state, cases[i].text, &seen), cases[i].problems);
    }
}

static void what_is_no_json_is_told_with_its_line(void **state)
{
    static const problem_case cases[] = {
        {"", "t.json: line 1, column 0: "},
        {"{\"a\":1,\n\"a\":2}", "duplicate object key"},
        {"{\"a\":\n1,}", "t.json: line 2, column "},
        {"{\"a\":\"\xe4\"}", "t.json: line 1, column 6: unable to decode byte 0xe4"},
        {"{\"a\":\"x\\u0000y\"}", "\\u0000"},
        {"{} x", "end of file expected"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        reading seen = {0};
        const char *problems = problems_of(*state, cases[i].text, &seen);
        if (strstr(problems, cases[i].problems) == NULL) {
            print_error("%s\n", problems);
        }
        assert_non_null(strstr(problems, cases[i].problems));
    }
}

static void a_missing_file_is_a_problem_with_its_name(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path_of(made, "none.json"), made->arena, problems, &document, &root);
    assert_true(kt_json_absent(root));
    assert_int_equal(kt_problems_count(problems), 1);
    assert_non_null(strstr(kt_problems_at(problems, 0), "none.json: cannot open: No such file"));
}

static void a_file_that_is_one_list_is_read_and_what_is_none_told(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        const char *problem;
    } cases[] = {
        {"{\"$schema\": \"s\", \"rows\": [1, 2]}", 2, NULL},
        {"{\"rows\": []}", 0, NULL},
        {"{\"rows\": [7], \"row\": 1}", 1, "t.json: row: "},
        {"{}", 0, "t.json: rows: missing"},
        {"[1]", 0, "t.json: expected an object"},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = kt_problems_new(made->arena);
        json_auto_t *document = NULL;
        kt_json list;
        const char *path = write_words(*state, "t.json", cases[i].text);
        const bool is_read =
            kt_json_load_list(path, "rows", made->arena, problems, &document, &list);
        assert_int_equal(is_read ? kt_json_count(list) : 0, cases[i].count);
        assert_int_equal(kt_problems_count(problems), cases[i].problem == NULL ? 0 : 1);
        if (cases[i].problem != NULL) {
            assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].problem));
        }
    }
}

static void a_verdict_gives_the_first_problem_and_how_many_more(void **state)
{
    const bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    kt_error error = {0};
    assert_int_equal(kt_problems_verdict(problems, &error), KT_OK);
    kt_problems_add(problems, "a.json", "x[1]", "expected %d", 7);
    assert_int_equal(kt_problems_verdict(problems, &error), KT_ERR_CONFIG);
    assert_string_equal(error.message, "a.json: x[1]: expected 7");
    for (int i = 0; i < 20; i++) {
        kt_problems_add(problems, "b.json", "", "wrong");
    }
    kt_problems_add_line(problems, "c.json: cannot open");
    assert_int_equal(kt_problems_verdict(problems, &error), KT_ERR_CONFIG);
    assert_string_equal(error.message, "a.json: x[1]: expected 7 (and 21 more)");
    assert_string_equal(kt_problems_at(problems, 20), "b.json: wrong");
    assert_string_equal(kt_problems_at(problems, 21), "c.json: cannot open");
}

static void texts_are_written_as_json_reads_them(void **state)
{
    (void)state;
    static const problem_case cases[] = {
        {"plain", "\"plain\""},
        {"", "\"\""},
        {"say \"hei\" \\ /", "\"say \\\"hei\\\" \\\\ /\""},
        {"a\nb\tc\x01\x7f", "\"a\\nb\\u0009c\\u0001\\u007f\""},
        {"\xc3\x85land", "\"\xc3\x85land\""},
        {"\xc5land\xff", "\"\xef\xbf\xbdland\xef\xbf\xbd\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        KT_AUTO(text) kt_text written = {0};
        kt_json_put_text(&written, cases[i].text);
        assert_string_equal(written.bytes, cases[i].problems);
        json_auto_t *back = json_loads(written.bytes, JSON_DECODE_ANY, NULL);
        assert_true(json_is_string(back));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_file_is_read_without_a_problem),
        cmocka_unit_test(every_mistake_is_told_with_its_place),
        cmocka_unit_test(what_is_no_json_is_told_with_its_line),
        cmocka_unit_test(a_missing_file_is_a_problem_with_its_name),
        cmocka_unit_test(a_file_that_is_one_list_is_read_and_what_is_none_told),
        cmocka_unit_test(a_verdict_gives_the_first_problem_and_how_many_more),
        cmocka_unit_test(texts_are_written_as_json_reads_them),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
