/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "project_lists.h"
#include "support/schema_keys.h"

/* The smallest good format; the cases below change one piece of it. */
static const char good[] =
    "{\"id\":\"f\",\"title\":\"t\",\"verified\":\"v\",\"period\":\"2021-2027\","
    "\"containers\":[\"csv\"],\"encodings\":[\"utf-8\"],\"separators\":[\";\"],"
    "\"decimal_signs\":[\",\"],\"date_orders\":[\"d.m.yyyy\"],\"codes\":[\"@##\"],\"columns\":["
    "{\"column\":\"Koodi\",\"field\":\"project_code\",\"required\":true},"
    "{\"column\":[\"Nimi\",\"Namn\"],\"field\":\"name\"}]}";

static kt_project_format *load(kt_arena *arena, const char *words, kt_problems **problems)
{
    char path[] = "/tmp/kt_format_XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, words, strlen(words)), strlen(words));
    assert_int_equal(close(fd), 0);
    *problems = kt_problems_new(arena);
    kt_project_format *format = kt_project_format_load(path, arena, *problems);
    assert_int_equal(unlink(path), 0);
    return format;
}

static char *changed(kt_arena *arena, const char *piece, const char *by)
{
    const char *at = strstr(good, piece);
    assert_non_null(at);
    return kt_arena_print(arena, "%.*s%s%s", (int)(at - good), good, by, at + strlen(piece));
}

static void a_good_format_has_what_its_file_says(void **state)
{
    kt_problems *problems = NULL;
    const kt_project_format *format = load(*state, good, &problems);
    assert_non_null(format);
    assert_string_equal(format->separators, ";");
    assert_int_equal(format->column_count, 2);
    assert_int_equal(format->columns[0].text, KT_PROJECT_PROJECT_CODE);
    assert_true(format->columns[0].required);
    assert_int_equal(format->columns[1].name_count, 2);
    assert_int_equal(format->footer_rows, 0);
    assert_false(format->joins_rows);
}

static void one_mistake_is_one_line_with_its_place(void **state)
{
    static const struct {
        const char *piece, *by, *says;
    } cases[] = {
        {"\"id\"", "\"idd\"", "idd: unknown key; did you mean id?"},
        {"2021-2027", "2022-2027", "period: expected one of 2007-2013, 2014-2020, 2021-2027"},
        {"\"period\":\"2021-2027\",", "", "period: missing"},
        {"[\"csv\"]", "[\"pdf\"]", "containers[0]: expected one of csv, csv_unquoted, xlsx"},
        {"[\"csv\"]", "[\"csv_unquoted\"]", "columns: of a list without quotes expected two"},
        {"utf-8", "ebcdic", "encodings[0]: expected utf-8"},
        {"[\"utf-8\"]", "[]", "encodings: expected at least one"},
        {"[\";\"]", "[\":\"]", "separators[0]: expected one of"},
        {"[\",\"]", "[]", "decimal_signs: expected at least one"},
        {"d.m.yyyy", "m/d/yyyy", "date_orders[0]: expected one of d.m.yyyy"},
        {"[\"@##\"]", "[]", "codes: expected at least one picture"},
        {"@##", "*#", "codes[0]: expected * at the end alone"},
        {"\"name\"", "\"contact\"", "columns[1].field: expected a field of a project"},
        {"\"required\":true", "\"required\":false", "columns: expected a required column"},
        {"[\"Nimi\",\"Namn\"]", "[]", "columns[1].column: expected at least one name"},
        {"[\"Nimi\",\"Namn\"]", "\"Koodi\"", "columns[1]: a second column Koodi"},
        {"\"field\":\"name\"", "\"field\":\"start\",\"words\":{\"a\":\"b\"}",
         "columns[1].words: only texts, states and periods have words"},
        {"\"field\":\"name\"", "\"field\":\"status\",\"words\":{\"a\":\"b\"}",
         "columns[1].words.a: expected one of unknown, planned, running, ended, interrupted"},
        {"\"field\":\"name\"", "\"field\":\"end\",\"collected\":true",
         "columns[1].collected: only texts and locations"},
        {"\"field\":\"name\"", "\"field\":\"name\",\"shape\":\"two\"",
         "columns[1].shape: expected one of one, joined, digit, date, money"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        assert_null(load(*state, changed(*state, cases[i].piece, cases[i].by), &problems));
        bool said = false;
        for (size_t p = 0; p < kt_problems_count(problems); p++) {
            said |= strstr(kt_problems_at(problems, p), cases[i].says) != NULL;
        }
        if (!said) {
            print_error("case %zu: %s\n", i, kt_problems_at(problems, 0));
        }
        assert_true(said);
    }
}

static void all_formats_of_the_configuration_can_be_read(void **state)
{
    static const char *const ids[] = {"art49", "eura2007", "eura2014", "eura2021", "kohesio"};
    const kt_project_formats *formats = load_formats(*state);
    assert_int_equal(formats->count, COUNT_OF(ids));
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        assert_string_equal(formats->items[i]->id, ids[i]);
    }
    assert_null(kt_project_formats_find(formats, "eura1999"));
}

/* eura2021_export_columns.csv and kohesio_project_columns.csv have 35 and 33 columns. */
static void every_column_of_the_exports_is_named(void **state)
{
    assert_int_equal(format_called("eura2021", *state)->column_count, 35);
    assert_int_equal(format_called("kohesio", *state)->column_count, 33);
    assert_string_equal(format_called("eura2021", *state)->columns[0].names[0], "Hankekoodi ");
}

static json_t *properties_of(json_t *schema)
{
    return json_object_get(schema, "properties");
}

static void read_text(void *context, const char *text, kt_problems **problems)
{
    (void)load(context, text, problems);
}

static void the_schema_and_the_program_know_the_same_keys(void **state)
{
    static const char *const ids[] = {"art49", "eura2007", "eura2014", "eura2021", "kohesio"};
    json_auto_t *schema = json_load_file(KT_ROOT "/config/schema/project_format.json", 0, NULL);
    json_t *properties = properties_of(schema);
    json_t *column =
        properties_of(json_object_get(json_object_get(properties, "columns"), "items"));
    assert_non_null(column);
    const schema_reader reader = {read_text, *state, *state};
    check_schema_taken(&reader, properties, "{", "}");
    check_schema_taken(&reader, column, "{\"columns\":[{", "}]}");
    for (size_t i = 0; i < COUNT_OF(ids); i++) {
        const char *path =
            kt_arena_print(*state, KT_ROOT "/config/projects/formats/%s.json", ids[i]);
        json_auto_t *document = json_load_file(path, 0, NULL);
        check_schema_knows(document, properties);
        size_t at = 0;
        json_t *element = NULL;
        json_array_foreach(json_object_get(document, "columns"), at, element)
        {
            check_schema_knows(element, column);
        }
    }
    assert_int_equal(json_object_size(properties), 19);
    assert_int_equal(json_object_size(column), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_good_format_has_what_its_file_says),
        ARENA_TEST(one_mistake_is_one_line_with_its_place),
        ARENA_TEST(all_formats_of_the_configuration_can_be_read),
        ARENA_TEST(every_column_of_the_exports_is_named),
        ARENA_TEST(the_schema_and_the_program_know_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
