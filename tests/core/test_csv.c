/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv.h"

#include "core/support.h"

/* Writes what the reader hands out as "name|name;cell|cell;" with each row's number before it. */
typedef struct echo {
    kt_text words;
    size_t fail_at_row;
} echo;

static void echo_row(echo *seen, const kt_csv_row *row)
{
    kt_text_print(&seen->words, "%zu:", row->number);
    for (size_t i = 0; i < row->field_count; i++) {
        assert_int_equal(strlen(row->fields[i]), row->lengths[i]);
        kt_text_print(&seen->words, "%s%s", i == 0 ? "" : "|", row->fields[i]);
    }
    kt_text_put(&seen->words, ";");
}

static kt_status on_row(void *context, const kt_csv_row *row, kt_error *err)
{
    echo *seen = context;
    if (row->number == seen->fail_at_row) {
        return kt_fail(err, KT_ERR_DATA, "row %zu is enough", row->number);
    }
    echo_row(seen, row);
    return KT_OK;
}

/* "line:fields " of each row. */
static kt_status on_line(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    kt_text_print(context, "%zu:%zu ", row->line, row->field_count);
    return KT_OK;
}

static kt_status read_text(const char *text, size_t length, char separator, echo *seen,
                           kt_error *err)
{
    KT_AUTO(file) FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    rewind(file);
    const kt_csv_events events = {.context = seen, .header = on_row, .row = on_row};
    return kt_csv_read(file, "t.csv", (kt_csv_dialect){.separator = separator}, &events, err);
}

typedef struct good_case {
    const char *text;
    char separator;
    const char *seen;
} good_case;

static void rows_come_as_they_were_written(void **state)
{
    (void)state;
    static const good_case cases[] = {
        {"a,b\n1,2\n", 0, "1:a|b;2:1|2;"},
        {"a,b\r\n1,2\r\n", 0, "1:a|b;2:1|2;"},
        {"a,b\n1,2", 0, "1:a|b;2:1|2;"},
        {"\xef\xbb\xbf"
         "a,b\n1,2\n",
         0, "1:a|b;2:1|2;"},
        {"a;b\n1,5;2\n", ';', "1:a|b;2:1,5|2;"},
        {"a,b\n,\n", 0, "1:a|b;2:|;"},
        {"a,b\n  x , y\n", 0, "1:a|b;2:  x | y;"},
        {"a\n\"x,\"\"y\"\"\nz\"\n", 0, "1:a;2:x,\"y\"\nz;"},
        {"a\n\"\"\n", 0, "1:a;2:;"},
        {"a\n\"x\"\r\n\r\n\r\n", 0, "1:a;2:x;"},
        {",a\n1,2\n", 0, "1:|a;2:1|2;"},
        {"nimi\nÅland\n", 0, "1:nimi;2:Åland;"},
        {"a,b\n", 0, "1:a|b;"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        echo seen = {0};
        kt_error error = {0};
        const kt_status status =
            read_text(cases[i].text, strlen(cases[i].text), cases[i].separator, &seen, &error);
        assert_string_equal(error.message, "");
        assert_int_equal(status, KT_OK);
        assert_string_equal(seen.words.bytes, cases[i].seen);
        kt_text_free(&seen.words);
    }
}

typedef struct bad_case {
    const char *text;
    size_t length; /* 0: terminated */
    const char *says;
} bad_case;

/* Lists of others are judged row by row by whoever reads them. */
static void a_loose_reading_leaves_rows_as_they_are_and_says_where_they_begin(void **state)
{
    (void)state;
    static const char text[] = "t\n\na,b,b\n\"1\n\n2\",3\n\n4,5,6,7\n";
    KT_AUTO(text) kt_text words = {0};
    kt_error error = {0};
    const kt_csv_events events = {&words, on_line, on_line};
    const kt_csv_dialect loose = {.loose = true};
    assert_int_equal(kt_csv_read_bytes(text, sizeof text - 1, "t.csv", loose, &events, &error),
                     KT_OK);
    assert_string_equal(words.bytes, "1:1 3:3 4:2 8:4 ");
}

static void a_broken_file_is_refused_with_row_and_column(void **state)
{
    (void)state;
    static const bad_case cases[] = {
        {"", 0, "t.csv: empty, expected a line with column names"},
        {"\n\n", 0, "t.csv: empty, expected a line with column names"},
        {"a,b\n1,2\n3\n", 0, "t.csv: row 3: 1 columns, expected 2 as in the header"},
        {"a,b\n1,2,3\n", 0, "t.csv: row 2: 3 columns, expected 2 as in the header"},
        {"a,b,a\n", 0, "t.csv: row 1, column 3: a second a"},
        {"a,b\n1,x\"y\n", 0, "t.csv: row 2, column 2 (b): a quote where none may stand"},
        {"a,b\n1,\"x\" y\n", 0, "t.csv: row 2, column 2 (b): a quote where none may stand"},
        {"a,b\n1,\"x", 0, "t.csv: row 2, column 2 (b): the file ends inside a quoted field"},
        {"a,b\n1,\xff\n", 0, "t.csv: row 2, column 2 (b): not UTF-8"},
        {"a,b\n\xe4,1\n", 0, "t.csv: row 2, column 1 (a): not UTF-8"},
        {"a,b\n1,x\0y\n", 10, "t.csv: row 2, column 2 (b): a NUL byte"},
        {"a,b\n1,2\n\n3,4\n", 0, "t.csv: row 3: an empty line between rows"},
        {"a,b\r1,2\r", 0, "t.csv: row 1, column 2: a line break in the name of a column"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        echo seen = {0};
        kt_error error = {0};
        const size_t length = cases[i].length > 0 ? cases[i].length : strlen(cases[i].text);
        const kt_status status = read_text(cases[i].text, length, 0, &seen, &error);
        kt_text_free(&seen.words);
        assert_int_equal(status, KT_ERR_FORMAT);
        assert_says(&error, cases[i].says);
    }
}

static void a_field_over_the_limit_is_refused(void **state)
{
    (void)state;
    const size_t length = KT_CSV_FIELD_LIMIT + 100;
    char *text = malloc(length);
    assert_non_null(text);
    memset(text, 'x', length);
    text[0] = 'a';
    text[1] = '\n';
    text[2] = '"';
    echo seen = {0};
    kt_error error = {0};
    const kt_status status = read_text(text, length, 0, &seen, &error);
    free(text);
    kt_text_free(&seen.words);
    assert_int_equal(status, KT_ERR_FORMAT);
    assert_says(&error, "t.csv: row 2, column 1 (a)");
}

static void more_columns_than_the_limit_are_refused(void **state)
{
    (void)state;
    char commas[KT_CSV_COLUMN_LIMIT + 1];
    memset(commas, ',', sizeof commas);
    echo seen = {0};
    kt_error error = {0};
    assert_int_equal(read_text(commas, sizeof commas, 0, &seen, &error), KT_ERR_FORMAT);
    kt_text_free(&seen.words);
    assert_says(&error, "more columns than the limit of 1024");
}

static void a_callback_that_fails_ends_the_reading(void **state)
{
    (void)state;
    echo seen = {.fail_at_row = 3};
    kt_error error = {0};
    const char *text = "a\n1\n2\n3\n";
    assert_int_equal(read_text(text, strlen(text), 0, &seen, &error), KT_ERR_DATA);
    assert_string_equal(seen.words.bytes, "1:a;2:1;");
    assert_says(&error, "row 3 is enough");
    kt_text_free(&seen.words);
}

static void a_folder_cannot_be_read_as_csv(void **state)
{
    bench *made = *state;
    kt_csv_table *table = NULL;
    kt_error error = {0};
    assert_int_equal(kt_csv_load(made->folder, 1000, made->arena, &table, &error), KT_ERR_FORMAT);
    assert_says(&error, "a folder where a file is expected");
    assert_null(table);
}

static void a_table_is_loaded_whole_and_found_by_name(void **state)
{
    bench *made = *state;
    char *path =
        write_words(made, "t.csv", "code,name\nMK01,Uusimaa\nMK21,\"Ahvenanmaa, Åland\"\n");
    kt_csv_table *table = NULL;
    kt_error error = {0};
    assert_int_equal(kt_csv_load(path, 1000, made->arena, &table, &error), KT_OK);
    size_t name = 0;
    assert_int_equal(kt_csv_column(table, "name", &name, &error), KT_OK);
    assert_int_equal(table->row_count, 2);
    assert_string_equal(kt_csv_cell(table, 1, name), "Ahvenanmaa, Åland");
    assert_int_equal(kt_csv_column(table, "nimi", &name, &error), KT_ERR_FORMAT);
    assert_says(&error, "t.csv: no column nimi");
}

/* Bytes from elsewhere may have them: U+202E, and a cell of two lines. */
static void a_file_that_people_keep_has_no_letter_that_nobody_sees(void **state)
{
    bench *made = *state;
    static const char *const files[] = {"code,name\nMK01,a\nMK02,b\xe2\x80\xaexyz\n",
                                        "code,name\nMK01,a\nMK02,\"b\nc\"\n",
                                        "code,name\nMK01,a\nMK02,b\x07\n"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        kt_csv_table *table = NULL;
        kt_error error = {0};
        char *path = write_words(made, "t.csv", files[i]);
        assert_int_equal(kt_csv_load(path, 1000, made->arena, &table, &error), KT_ERR_FORMAT);
        assert_says(&error, "t.csv: row 3, column name: expected one line without control "
                            "characters and marks of direction");
        const kt_csv_text text = {files[i], strlen(files[i]), "t.csv", ','};
        assert_int_equal(kt_csv_load_bytes(text, made->arena, &table, &error), KT_OK);
        assert_int_equal(table->row_count, 2);
    }
}

static void a_file_over_its_limit_is_not_loaded(void **state)
{
    bench *made = *state;
    char *path = write_words(made, "t.csv", "code,name\nMK01,Uusimaa\n");
    kt_csv_table *table = NULL;
    kt_error error = {0};
    assert_int_equal(kt_csv_load(path, 10, made->arena, &table, &error), KT_ERR_FORMAT);
    assert_says(&error, "23 bytes, more than the limit of 10");
    assert_int_equal(kt_csv_load(path_of(made, "none.csv"), 10, made->arena, &table, &error),
                     KT_ERR_NOT_FOUND);
}

typedef struct put_case {
    const char *field;
    char separator;
    const char *line;
} put_case;

static void a_field_is_quoted_where_it_must_be(void **state)
{
    (void)state;
    static const put_case cases[] = {
        {"plain", ',', "x,plain"},
        {"", ',', "x,"},
        {"1,5", ',', "x,\"1,5\""},
        {"1,5", ';', "x;1,5"},
        {"a;b", ';', "x;\"a;b\""},
        {"say \"hei\"", ',', "x,\"say \"\"hei\"\"\""},
        {"two\nlines", ',', "x,\"two\nlines\""},
        {"cr\r", ',', "x,\"cr\r\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_text line = {0};
        kt_csv_put(&line, "x", cases[i].separator, true);
        kt_csv_put(&line, cases[i].field, cases[i].separator, false);
        assert_string_equal(line.bytes, cases[i].line);
        kt_text_free(&line);
    }
}

static void a_read_that_fails_names_the_file(void **state)
{
    bench *made = *state;
    KT_AUTO(file) FILE *file = fopen(made->folder, "rb");
    assert_non_null(file);
    echo seen = {0};
    const kt_csv_events events = {.context = &seen, .header = on_row, .row = on_row};
    kt_error error = {0};
    assert_int_not_equal(kt_csv_read(file, "a folder", (kt_csv_dialect){0}, &events, &error),
                         KT_OK);
    assert_says(&error, "a folder: cannot read");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_as_they_were_written),
        cmocka_unit_test(a_loose_reading_leaves_rows_as_they_are_and_says_where_they_begin),
        cmocka_unit_test(a_broken_file_is_refused_with_row_and_column),
        cmocka_unit_test(a_field_over_the_limit_is_refused),
        cmocka_unit_test(more_columns_than_the_limit_are_refused),
        cmocka_unit_test(a_callback_that_fails_ends_the_reading),
        in_bench(a_folder_cannot_be_read_as_csv),
        in_bench(a_table_is_loaded_whole_and_found_by_name),
        in_bench(a_file_that_people_keep_has_no_letter_that_nobody_sees),
        in_bench(a_file_over_its_limit_is_not_loaded),
        cmocka_unit_test(a_field_is_quoted_where_it_must_be),
        in_bench(a_read_that_fails_names_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
