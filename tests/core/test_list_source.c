/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/source.h"

#include <glob.h>
#include <jansson.h>

#include "core/support.h"
#include "core/text.h"
#include "support/schema_keys.h"

static const char good[] =
    "{\"id\":\"lists\",\"title\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"},\"protocol\":\"file\","
    "\"base_url\":\"file:drop\",\"addresses\":[{\"path\":\"*\"}],"
    "\"ages\":{\"warn_days\":60,\"error_days\":100},\"licence\":\"CC0\","
    "\"citation\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}}";

static kt_source *load(bench *made, const char *text, kt_problems **problems)
{
    *problems = kt_problems_new(made->arena);
    return kt_source_load_list(write_words(made, "lists.json", text), made->arena, *problems);
}

static void a_source_of_lists_says_where_they_are(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source = load(made, good, &problems);
    assert_non_null(source);
    assert_string_equal(source->format, KT_LIST_FORMAT);
    assert_string_equal(source->folder, path_of(made, "drop"));
    assert_true(kt_source_is_document(source));
    assert_int_equal(source->variable_count, 0);
    assert_int_equal(source->warn_age_days, 60);
}

static void mistakes_are_told_with_their_place(void **state)
{
    static const struct {
        const char *piece, *by, *told;
    } cases[] = {
        {"\"file\"", "\"pxweb\"", "protocol: expected file or http, found \"pxweb\""},
        {"\"ages\"", "\"measures\":[],\"ages\"", "measures: unknown key"},
        {"\"licence\":\"CC0\",", "", "licence"},
        {"file:drop", "ftp://x", "base_url: expected file: and a folder, found \"ftp://x\""},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        const char *at = strstr(good, cases[i].piece);
        const char *text = kt_arena_print(made->arena, "%.*s%s%s", (int)(at - good), good,
                                          cases[i].by, at + strlen(cases[i].piece));
        assert_null(load(made, text, &problems));
        bool told = false;
        for (size_t j = 0; j < kt_problems_count(problems); j++) {
            told = told || strstr(kt_problems_at(problems, j), cases[i].told) != NULL;
        }
        assert_true(told);
    }
}

static void every_place_of_lists_in_the_configuration_can_be_read(void **state)
{
    bench *made = *state;
    glob_t files = {0};
    assert_int_equal(glob(KT_ROOT "/config/projects/sources/*.json", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        kt_problems *problems = kt_problems_new(made->arena);
        const kt_source *source = kt_source_load_list(files.gl_pathv[i], made->arena, problems);
        for (size_t j = 0; j < kt_problems_count(problems); j++) {
            print_error("%s\n", kt_problems_at(problems, j));
        }
        assert_non_null(source);
        assert_true(
            kt_text_ends(files.gl_pathv[i], kt_arena_print(made->arena, "/%s.json", source->id)));
    }
    globfree(&files);
}

/* The schema that editors read names exactly the keys that the program takes. */
static void read_text(void *context, const char *text, kt_problems **problems)
{
    (void)load(context, text, problems);
}

static void the_schema_and_the_program_know_the_same_keys(void **state)
{
    bench *made = *state;
    json_auto_t *schema =
        json_load_file(KT_ROOT "/config/schema/project_source.json", JSON_REJECT_DUPLICATES, NULL);
    json_auto_t *document = json_loads(good, 0, NULL);
    const json_t *properties = json_object_get(schema, "properties");
    const schema_reader reader = {read_text, made, made->arena};
    assert_non_null(properties);
    check_schema_taken(&reader, properties, "{", "}");
    check_schema_knows(document, properties);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_of_lists_says_where_they_are),
        cmocka_unit_test(mistakes_are_told_with_their_place),
        cmocka_unit_test(every_place_of_lists_in_the_configuration_can_be_read),
        cmocka_unit_test(the_schema_and_the_program_know_the_same_keys),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
