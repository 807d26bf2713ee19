/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/table.h"

#include "core/hash.h"
#include "pipeline/publish_support.h"

/* checks: check, subject, severity, result, measured, threshold, cells_failed, examples, obs_status
 */
enum { CHECK, SUBJECT, SEVERITY, RESULT, MEASURED, THRESHOLD, CELLS_FAILED, EXAMPLES, OBS_STATUS };

#define HEADER "check,subject,severity,result,measured,threshold,cells_failed,examples,obs_status\n"

static const kt_schema *checks(void *state)
{
    return kt_contract_find(tree_contract(state), "checks");
}

static void set_row(kt_rows *rows, const char *check, const char *subject, double measured)
{
    kt_rows_text(rows, CHECK, check);
    kt_rows_text(rows, SUBJECT, subject);
    kt_rows_text(rows, SEVERITY, "note");
    kt_rows_text(rows, RESULT, "passed");
    kt_rows_number(rows, MEASURED, measured);
    kt_rows_empty(rows, THRESHOLD);
    kt_rows_number(rows, CELLS_FAILED, 0);
    kt_rows_text(rows, EXAMPLES, NULL);
    kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
}

static kt_status add_row(kt_rows *rows, const char *check, const char *subject, double measured,
                         kt_error *err)
{
    set_row(rows, check, subject, measured);
    return kt_rows_end(rows, err);
}

static void rows_become_canonical_lines(void **state)
{
    kt_error err = {0};
    kt_rows *rows = NULL;
    kt_table_file file = {0};
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open(checks(*state), path, &rows, &err), KT_OK);
    assert_int_equal(add_row(rows, "age", "12r5, \"all\"", 0.1, &err), KT_OK);
    assert_int_equal(add_row(rows, "age", "työ", -3, &err), KT_OK);
    assert_int_equal(add_row(rows, "sum", "a", NAN, &err), KT_OK);
    assert_false(kt_file_exists(path));
    assert_int_equal(kt_rows_close(&rows, &file, &err), KT_OK);
    assert_null(rows);
    const char *bytes = read_words(*state, path);
    assert_string_equal(bytes, HEADER "age,\"12r5, \"\"all\"\"\",note,passed,0.1,,0,,A\n"
                                      "age,työ,note,passed,-3,,0,,A\n"
                                      "sum,a,note,passed,,,0,,A\n");
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(bytes, strlen(bytes), hash);
    assert_string_equal(file.sha256, hash);
    assert_int_equal(file.bytes, strlen(bytes));
    assert_int_equal(file.rows, 3);
}

typedef struct bad_row {
    const char *check, *subject;
    double measured;
    const char *told;
} bad_row;

static void what_the_schema_does_not_allow_never_leaves(void **state)
{
    static const bad_row cases[] = {
        {"", "a", 1, "checks: row 3, column check: empty, expected a value"},
        {"b", "line\nbreak", 1, "row 3, column subject: a control character"},
        {"b", "tab\t", 1, "column subject: a control character"},
        {"b", "\x7f", 1, "column subject: a control character"},
        {"b", "\xc2\x85", 1, "column subject: a control character"},
        {"b", "\xc3\x28", 1, "column subject: not UTF-8"},
        {"b", "a", INFINITY, "column measured: not finite"},
        {"two words", "a", 1, "column check: expected a code"},
        {"091", "a", 1, "column check: a code of digits alone"},
        {"a", "a", 1, "checks: row 3: key a a is not above the one before, a b"},
        {"a", "b", 1, "checks: row 3: key a b is not above the one before, a b"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        KT_AUTO(rows) kt_rows *rows = kt_rows_open_part(checks(*state));
        assert_int_equal(add_row(rows, "a", "b", 1, &err), KT_OK);
        assert_int_equal(add_row(rows, cases[i].check, cases[i].subject, cases[i].measured, &err),
                         KT_ERR_DATA);
        assert_says(&err, cases[i].told);
    }
}

static void a_word_outside_the_contracts_list_is_refused(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *rows = kt_rows_open_part(checks(*state));
    kt_rows_text(rows, CHECK, "age");
    kt_rows_text(rows, SUBJECT, "a");
    kt_rows_text(rows, SEVERITY, "fatal");
    assert_int_equal(kt_rows_end(rows, &err), KT_ERR_DATA);
    assert_says(&err, "column severity: none of the words");
}

static void a_column_of_integers_takes_no_fraction(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *rows = kt_rows_open_part(checks(*state));
    set_row(rows, "a", "b", 1);
    assert_int_equal(kt_rows_end(rows, &err), KT_OK);
    kt_rows_text(rows, CHECK, "b");
    kt_rows_text(rows, SUBJECT, "b");
    kt_rows_text(rows, SEVERITY, "note");
    kt_rows_text(rows, RESULT, "passed");
    kt_rows_empty(rows, MEASURED);
    kt_rows_empty(rows, THRESHOLD);
    kt_rows_number(rows, CELLS_FAILED, 1.5);
    assert_int_equal(kt_rows_end(rows, &err), KT_ERR_DATA);
    assert_says(&err, "row 3, column cells_failed: not a whole number");
}

static void a_cell_left_out_or_set_twice_is_found(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *short_row = kt_rows_open_part(checks(*state));
    kt_rows_text(short_row, CHECK, "a");
    assert_int_equal(kt_rows_end(short_row, &err), KT_ERR_DATA);
    assert_says(&err, "column subject: not set");

    KT_AUTO(rows) kt_rows *twice = kt_rows_open_part(checks(*state));
    kt_rows_text(twice, CHECK, "a");
    kt_rows_text(twice, CHECK, "a");
    assert_int_equal(kt_rows_end(twice, &err), KT_ERR_DATA);
    assert_says(&err, "column check: set out of its turn");
}

static void a_key_is_compared_column_by_column(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *rows = kt_rows_open_part(checks(*state));
    assert_int_equal(add_row(rows, "a", "z", 1, &err), KT_OK);
    assert_int_equal(add_row(rows, "a-", "a", 1, &err), KT_OK);
    assert_int_equal(add_row(rows, "ab", " ", 1, &err), KT_OK);
    assert_int_equal(add_row(rows, "ab", "!", 1, &err), KT_OK);
    assert_int_equal(kt_rows_count(rows), 4);
}

static void unsorted_rows_come_out_sorted(void **state)
{
    static const char *const subjects[] = {"m", "b", "z", "a", "ä", "ab"};
    kt_error err = {0};
    kt_rows *rows = NULL;
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open_unsorted(checks(*state), path, &rows, &err), KT_OK);
    for (size_t i = 0; i < COUNT_OF(subjects); i++) {
        assert_int_equal(add_row(rows, "a", subjects[i], (double)i, &err), KT_OK);
    }
    assert_int_equal(kt_rows_close(&rows, NULL, &err), KT_OK);
    assert_string_equal(read_words(*state, path), HEADER "a,a,note,passed,3,,0,,A\n"
                                                         "a,ab,note,passed,5,,0,,A\n"
                                                         "a,b,note,passed,1,,0,,A\n"
                                                         "a,m,note,passed,0,,0,,A\n"
                                                         "a,z,note,passed,2,,0,,A\n"
                                                         "a,ä,note,passed,4,,0,,A\n");
}

static void a_key_that_is_there_twice_stops_the_sorted_file(void **state)
{
    kt_error err = {0};
    kt_rows *rows = NULL;
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open_unsorted(checks(*state), path, &rows, &err), KT_OK);
    assert_int_equal(add_row(rows, "a", "x", 1, &err), KT_OK);
    assert_int_equal(add_row(rows, "a", "b", 1, &err), KT_OK);
    assert_int_equal(add_row(rows, "a", "x", 2, &err), KT_OK);
    assert_int_equal(kt_rows_close(&rows, NULL, &err), KT_ERR_DATA);
    assert_says(&err, "checks: two rows have the key a x");
    assert_false(kt_file_exists(path));
    assert_false(kt_file_exists(path_of(*state, "checks.csv.new")));
}

static void parts_joined_are_the_bytes_of_one_file(void **state)
{
    const kt_schema *schema = checks(*state);
    kt_error err = {0};
    kt_rows *whole = NULL, *joined = NULL;
    kt_table_file one = {0}, other = {0};
    assert_int_equal(kt_rows_open(schema, path_of(*state, "one.csv"), &whole, &err), KT_OK);
    assert_int_equal(kt_rows_open(schema, path_of(*state, "two.csv"), &joined, &err), KT_OK);
    for (int part = 0; part < 3; part++) {
        KT_AUTO(rows) kt_rows *rows = kt_rows_open_part(schema);
        for (int row = 0; row < 4; row++) {
            const char subject[] = {(char)('a' + part), (char)('a' + row), '\0'};
            assert_int_equal(add_row(rows, "a", subject, row / 7.0, &err), KT_OK);
            assert_int_equal(add_row(whole, "a", subject, row / 7.0, &err), KT_OK);
        }
        assert_int_equal(kt_rows_append(joined, rows, &err), KT_OK);
    }
    assert_int_equal(kt_rows_close(&whole, &one, &err), KT_OK);
    assert_int_equal(kt_rows_close(&joined, &other, &err), KT_OK);
    assert_string_equal(one.sha256, other.sha256);
    assert_int_equal(other.rows, 12);
}

static void an_unsorted_part_is_a_part_once_it_is_settled(void **state)
{
    const kt_schema *schema = checks(*state);
    static const char *const subjects[] = {"m", "b", "a"};
    kt_error err = {0};
    kt_rows *file = NULL;
    KT_AUTO(rows) kt_rows *part = kt_rows_open_unsorted_part(schema);
    KT_AUTO(rows) kt_rows *none = kt_rows_open_unsorted_part(schema);
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open(schema, path, &file, &err), KT_OK);
    for (size_t i = 0; i < COUNT_OF(subjects); i++) {
        assert_int_equal(add_row(part, "a", subjects[i], (double)i, &err), KT_OK);
    }
    assert_int_equal(kt_rows_append(file, part, &err), KT_ERR_BUG);
    assert_int_equal(kt_rows_settle(part, &err), KT_OK);
    assert_int_equal(kt_rows_settle(none, &err), KT_OK);
    assert_int_equal(kt_rows_append(file, part, &err), KT_OK);
    assert_int_equal(kt_rows_append(file, none, &err), KT_OK);
    assert_int_equal(kt_rows_append(file, part, &err), KT_ERR_DATA);
    assert_says(&err, "key a a is not above the one before, a m");
    assert_int_equal(kt_rows_close(&file, NULL, &err), KT_OK);
    assert_string_equal(read_words(*state, path), HEADER "a,a,note,passed,2,,0,,A\n"
                                                         "a,b,note,passed,1,,0,,A\n"
                                                         "a,m,note,passed,0,,0,,A\n");
}

static void a_key_that_is_there_twice_stops_the_part(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *part = kt_rows_open_unsorted_part(checks(*state));
    assert_int_equal(add_row(part, "a", "x", 1, &err), KT_OK);
    assert_int_equal(add_row(part, "a", "x", 2, &err), KT_OK);
    assert_int_equal(kt_rows_settle(part, &err), KT_ERR_DATA);
    assert_says(&err, "checks: two rows have the key a x");
}

static void a_part_out_of_order_is_refused(void **state)
{
    const kt_schema *schema = checks(*state);
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *file = NULL;
    KT_AUTO(rows) kt_rows *part = kt_rows_open_part(schema);
    assert_int_equal(kt_rows_open(schema, path_of(*state, "c.csv"), &file, &err), KT_OK);
    assert_int_equal(add_row(file, "b", "b", 1, &err), KT_OK);
    assert_int_equal(add_row(part, "a", "b", 1, &err), KT_OK);
    assert_int_equal(kt_rows_append(file, part, &err), KT_ERR_DATA);
    assert_says(&err, "key a b is not above the one before, b b");
}

static void what_fails_leaves_no_file(void **state)
{
    kt_error err = {0};
    char *path = path_of(*state, "checks.csv");
    {
        KT_AUTO(rows) kt_rows *rows = NULL;
        assert_int_equal(kt_rows_open(checks(*state), path, &rows, &err), KT_OK);
        assert_int_equal(add_row(rows, "a", "b", INFINITY, &err), KT_ERR_DATA);
    }
    assert_false(kt_file_exists(path));
    assert_false(kt_file_exists(path_of(*state, "checks.csv.new")));
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    kt_error err = {0};
    kt_rows *rows = NULL;
    assert_int_equal(kt_rows_open(checks(*state), path_of(*state, "no/c.csv"), &rows, &err),
                     KT_ERR_CANTCREATE);
    assert_says(&err, "no/c.csv");
}

static void numbers_read_back_the_same(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *rows = NULL;
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open(checks(*state), path, &rows, &err), KT_OK);
    for (int i = 0; i < 20000; i++) {
        char subject[16];
        snprintf(subject, sizeof subject, "%05d", i);
        assert_int_equal(add_row(rows, "a", subject, (i % 977) / (1.0 + i % 991), &err), KT_OK);
    }
    assert_int_equal(kt_rows_close(&rows, NULL, &err), KT_OK);
    const char *line = read_words(*state, path) + strlen(HEADER);
    for (int i = 0; i < 20000; i++) {
        const double got = strtod(line + strlen("a,00000,note,passed,"), NULL);
        assert_true(got == (i % 977) / (1.0 + i % 991));
        line = strchr(line, '\n') + 1;
    }
}

typedef struct seen_rows {
    size_t count, last_number;
    char first[64];
} seen_rows;

static kt_status see_row(void *context, size_t number, const char *const *cells,
                         const size_t *lengths, kt_error *err)
{
    (void)err;
    seen_rows *seen = context;
    if (seen->count++ == 0) {
        snprintf(seen->first, sizeof seen->first, "%s|%zu", cells[SUBJECT], lengths[SUBJECT]);
    }
    seen->last_number = number;
    return KT_OK;
}

static void a_canonical_file_is_read_row_by_row(void **state)
{
    kt_error err = {0};
    seen_rows seen = {0};
    const kt_table_events events = {.context = &seen, .row = see_row};
    char *path = write_words(*state, "c.csv",
                             HEADER "a,\"b,c\",note,passed,,,0,,A\n"
                                    "b,d,note,passed,,,0,,A\n");
    assert_int_equal(kt_table_read(path, checks(*state), &events, &err), KT_OK);
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.last_number, 3);
    assert_string_equal(seen.first, "b,c|3");
}

typedef struct bad_file {
    const char *bytes;
    const char *told;
} bad_file;

static void a_file_that_is_not_canonical_is_refused(void **state)
{
    static const bad_file cases[] = {
        {"", "c.csv: no header"},
        {"check,subject\n", "row 1: 2 columns, expected 9"},
        {"check,topic,severity,result,measured,threshold,cells_failed,examples,obs_status\n",
         "c.csv: row 1, column 2: \"topic\", expected subject"},
        {"\xef\xbb\xbf" HEADER, "expected no byte order mark"},
        {HEADER "a,b,note,passed,,,0,,A", "the last line has no end"},
        {HEADER "a,b,note,passed,,,0,,A\r\n", "row 2: expected LF alone"},
        {HEADER "a,b,note,passed,,,0,A\n", "row 2: 8 columns, expected 9"},
        {HEADER "a,b,note,passed,,,0,,A,\n", "row 2: more than 9 columns"},
        {HEADER "a,\"b,note,passed,,,0,,A\n", "row 2, column subject: the line ends inside"},
        {HEADER "a,\"b\"c,note,passed,,,0,,A\n", "row 2, column subject: a quote that does not"},
        {HEADER "a,b\",note,passed,,,0,,A\n", "row 2, column subject: a quote inside a cell"},
        {HEADER "\n", "row 2: 1 columns, expected 9"},
    };
    seen_rows seen = {0};
    const kt_table_events events = {.context = &seen, .row = see_row};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        char *path = write_words(*state, "c.csv", cases[i].bytes);
        assert_int_equal(kt_table_read(path, checks(*state), &events, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].told);
    }
    assert_int_equal(seen.count, 0);
}

static void a_long_file_is_read_across_blocks(void **state)
{
    kt_error err = {0};
    KT_AUTO(rows) kt_rows *rows = NULL;
    char *path = path_of(*state, "checks.csv");
    assert_int_equal(kt_rows_open(checks(*state), path, &rows, &err), KT_OK);
    for (int i = 0; i < 60000; i++) {
        char subject[32];
        snprintf(subject, sizeof subject, "%06d, \"%d\"", i, i);
        assert_int_equal(add_row(rows, "a", subject, i, &err), KT_OK);
    }
    assert_int_equal(kt_rows_close(&rows, NULL, &err), KT_OK);
    seen_rows seen = {0};
    const kt_table_events events = {.context = &seen, .row = see_row};
    assert_int_equal(kt_table_read(path, checks(*state), &events, &err), KT_OK);
    assert_int_equal(seen.count, 60000);
    assert_string_equal(seen.first, "000000, \"0\"|11");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(rows_become_canonical_lines),
        in_bench(what_the_schema_does_not_allow_never_leaves),
        in_bench(a_word_outside_the_contracts_list_is_refused),
        in_bench(a_column_of_integers_takes_no_fraction),
        in_bench(a_cell_left_out_or_set_twice_is_found),
        in_bench(a_key_is_compared_column_by_column),
        in_bench(unsorted_rows_come_out_sorted),
        in_bench(a_key_that_is_there_twice_stops_the_sorted_file),
        in_bench(parts_joined_are_the_bytes_of_one_file),
        in_bench(an_unsorted_part_is_a_part_once_it_is_settled),
        in_bench(a_key_that_is_there_twice_stops_the_part),
        in_bench(a_part_out_of_order_is_refused),
        in_bench(what_fails_leaves_no_file),
        in_bench(a_folder_that_is_not_there_is_told),
        in_bench(numbers_read_back_the_same),
        in_bench(a_canonical_file_is_read_row_by_row),
        in_bench(a_file_that_is_not_canonical_is_refused),
        in_bench(a_long_file_is_read_across_blocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
