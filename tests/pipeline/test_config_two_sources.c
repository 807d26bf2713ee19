/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define HERE   KT_ROOT "/tests/pipeline/two_sources"
#define CONFIG KT_ROOT "/config"

static const char good[] =
    "{\"indicator\":\"unemployed\",\"register\":{\"source\":\"register\",\"measure\":"
    "\"unemployed\"},"
    "\"survey\":{\"source\":\"lfs\",\"measure\":\"unemployed\"},\"levels\":[\"country\"],"
    "\"months\":\"mean\",\"definition\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}}";

/* The good pair with one piece replaced. */
static const char *changed(const bench *made, const char *piece, const char *by)
{
    const char *at = strstr(good, piece);
    assert_non_null(at);
    return kt_arena_print(made->arena, "%.*s%s%s", (int)(at - good), good, by, at + strlen(piece));
}

static kt_config *load(void *state, const char *pairs, kt_problems **problems)
{
    const bench *made = state;
    const char *list = kt_arena_print(made->arena, "{\"two_sources\":[%s]}", pairs);
    const char *main = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/register.json\",\"%s/lfs.json\","
        "\"%s/vacancies.json\"],\"classifications\":\"%s/classifications\","
        "\"markets\":\"%s/markets.json\",\"contract\":\"%s/contract\",\"two_sources\":\"t.json\","
        "\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
        HERE, HERE, HERE, CONFIG, HERE, CONFIG);
    (void)write_bytes(state, "t.json", list, strlen(list));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

static void a_good_pair_has_what_its_file_says(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, good, &problems);
    assert_non_null(config);
    assert_int_equal(config->pairs.count, 1);
    const kt_source_pair *pair = &config->pairs.at[0];
    assert_string_equal(pair->indicator, "unemployed");
    assert_string_equal(pair->counted.source, "register");
    assert_string_equal(pair->asked.measure, "unemployed");
    assert_string_equal(pair->levels[0], "country");
    assert_int_equal(pair->months, KT_MONTHS_MEAN);
    assert_string_equal(pair->definition.sv, "b");
}

static const struct {
    const char *piece, *by, *says;
} mistakes[] = {
    {"\"unemployed\",\"register\"", "\"hires\",\"register\"",
     "[0].indicator: expected one of unemployed, vacancies, labour_force; found \"hires\""},
    {"\"source\":\"lfs\"", "\"source\":\"99\"", "[0].survey.source: \"99\" is none of the sources"},
    {"\"lfs\",\"measure\":\"unemployed\"", "\"lfs\",\"measure\":\"vacancies\"",
     "[0].survey.measure: lfs has no measure \"vacancies\""},
    {"\"lfs\",\"measure\":\"unemployed\"", "\"vacancies\",\"measure\":\"vacancies\"",
     "[0]: register counts in persons and vacancies in posts, expected one unit"},
    {"\"register\":{\"source\":\"register\"", "\"register\":{\"source\":\"lfs\"", NULL},
    {"[\"country\"]", "[]", "[0].levels: expected at least one level of regions"},
    {"[\"country\"]", "[\"county\"]", "[0].levels[0]: expected one of country, kunta,"},
    {"\"mean\"", "\"median\"", "[0].months: expected one of mean, nearest; found \"median\""},
    {"\"mean\"", "\"nearest\"",
     "[0].reference_day: expected with \"months\": \"nearest\", and only there"},
    {"\"mean\"", "\"mean\",\"reference_day\":{\"month\":3,\"day\":1}",
     "[0].reference_day: expected with \"months\": \"nearest\", and only there"},
    {"\"mean\"", "\"nearest\",\"reference_day\":{\"month\":13,\"day\":1}",
     "[0].reference_day.month: expected"},
    {"\"sv\":\"b\",", "", "[0].definition.sv: missing, expected a text"},
    {"\"levels\"", "\"level\"", "[0].level: unknown key"},
};

static void expect_words(const kt_problems *problems, const char *words)
{
    if (strstr(kt_problems_at(problems, 0), words) == NULL) {
        fail_msg("%s, expected %s", kt_problems_at(problems, 0), words);
    }
}

static void one_mistake_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++) {
        kt_problems *problems = NULL;
        const kt_config *config =
            load(*state, changed(*state, mistakes[i].piece, mistakes[i].by), &problems);
        if (mistakes[i].says == NULL) {
            assert_non_null(config); /* two surveys of one frequency may be compared */
            continue;
        }
        assert_null(config);
        expect_words(problems, mistakes[i].says);
    }
}

static void a_row_is_of_one_pair(void **state)
{
    const bench *made = *state;
    kt_problems *problems = NULL;
    assert_null(load(*state, kt_arena_print(made->arena, "%s,%s", good, good), &problems));
    assert_int_equal(kt_problems_count(problems), 1);
    assert_non_null(strstr(kt_problems_at(problems, 0),
                           "two_sources[1].levels: unemployed at the level country is compared "
                           "with lfs already"));
    const char *other = changed(made, "[\"country\"]", "[\"suuralue\"]");
    assert_non_null(load(*state, kt_arena_print(made->arena, "%s,%s", good, other), &problems));
}

/* What the tree brings is of tables that the tree describes. */
static void the_pairs_of_the_tree_are_of_its_tables(void **state)
{
    const bench *made = *state;
    const char *text = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/sources/12r5.json\",\"%s/sources/135z.json\","
        "\"%s/sources/137i.json\",\"%s/sources/13lx.json\",\"%s/sources/15et.json\","
        "\"%s/sources/11l1.json\",\"%s/sources/11n1.json\"],\"classifications\":"
        "\"%s/classifications\",\"markets\":\"%s/markets.json\",\"contract\":\"%s/contract\","
        "\"two_sources\":\"%s/two_sources.json\","
        "\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
        CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, HERE, CONFIG, CONFIG);
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_config *config =
        kt_config_load(write_bytes(*state, "c.json", text, strlen(text)), made->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(config);
    assert_int_equal(config->pairs.count, 7);
    assert_int_equal(config->pairs.at[4].months, KT_MONTHS_NEAREST);
    assert_int_equal(config->pairs.at[4].reference_month, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_pair_has_what_its_file_says),
        cmocka_unit_test(one_mistake_is_told_with_its_place),
        cmocka_unit_test(a_row_is_of_one_pair),
        cmocka_unit_test(the_pairs_of_the_tree_are_of_its_tables),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
