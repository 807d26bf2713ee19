/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/support.h"

#define CONFIG KT_ROOT "/config/kohtaanto.json"

#define LEVELS "\"levels\":[\"maakunta\"],"
#define LIMITS "\"limits\":{\"thin\":0.5,\"heavy\":2,\"unknown_share\":0.25},"
#define WORDS  "{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}"
#define NAMES  "\"name\":" WORDS ",\"definition\":" WORDS ",\"unit\":\"persons\","
#define GAP    "\"measure\":\"above_scope\","
#define OF     "\"projects\":{\"theme\":[\"_T\",\"kohtaanto\"],\"target_group\":[\"ltu\"]}"
#define PEOPLE                                                                              \
    "\"measure\":\"figure\",\"of\":{\"table\":\"target_groups\",\"figures\":[\"persons\"]," \
    "\"where\":{\"group_code\":[\"long_term\"]}},"

/* A configuration that knows contract and themes, as kt_config_needs wants it. */
static kt_config *load(void *state, const char *text, kt_problems *problems)
{
    const bench *made = state;
    kt_config *config = kt_config_load(CONFIG, made->arena, problems);
    assert_non_null(config);
    config->projects.needs = (kt_need_settings){0};
    kt_config_needs(write_words(state, "needs.json", text), config, made->arena, problems);
    return config;
}

static void needs_are_what_the_file_says(void **state)
{
    kt_problems *problems = kt_problems_new(((const bench *)*state)->arena);
    const kt_config *config = load(*state,
                                   "{" LEVELS LIMITS "\"needs\":[{\"need\":\"gap\"," NAMES GAP OF
                                   "},{\"need\":\"ltu\"," NAMES PEOPLE OF "}]}",
                                   problems);
    const kt_need_settings *needs = &config->projects.needs;
    assert_int_equal(kt_problems_count(problems), 0);
    assert_int_equal(needs->need_count, 2);
    assert_string_equal(needs->levels[0], "maakunta");
    assert_true(needs->limits.heavy == 2.0);
    assert_int_equal(needs->needs[0].measure, KT_NEED_ABOVE_SCOPE);
    assert_int_equal(needs->needs[0].topic_count, 3);
    assert_string_equal(needs->needs[0].topics[2].scheme, "target_group");
    assert_string_equal(needs->needs[1].of.filters[0].texts[0], "long_term");
}

static const struct {
    const char *text, *says;
} mistakes[] = {
    {"{\"levels\":[\"planet\"]," LIMITS "\"needs\":[]}",
     "levels[0]: \"planet\" is no level of regions"},
    {"{" LEVELS "\"limits\":{\"thin\":2,\"heavy\":2,\"unknown_share\":0.25},\"needs\":[]}",
     "limits.thin"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES "\"measure\":\"gap\"," OF "}]}",
     "needs[0].measure: expected above_scope, below_scope, figure or above_mean, found \"gap\""},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES GAP
     "\"projects\":{\"theme\":[\"rain\"]}}]}",
     "needs[0].projects.theme[0]: \"rain\" is no theme of themes.json"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES GAP "\"projects\":{}}]}",
     "needs[0].projects: expected at least one theme or target_group"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES GAP OF "},{\"need\":\"a\"," NAMES GAP OF
     "}]}",
     "needs[1].need: the need \"a\" is there twice"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES "\"measure\":\"figure\",\"of\":{"
     "\"table\":\"target_groups\",\"figures\":[\"persons\",\"persons_low\"],\"where\":{}}," OF
     "}]}",
     "needs[0].of: expected 1 figures, found 2"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES GAP
     "\"of\":{\"table\":\"flows\",\"figures\":[\"value\"],\"where\":{}}," OF "}]}",
     "needs[0].of: only a need that is made of figures is of any"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES GAP "\"levels\":[\"kunta\"]," OF "}]}",
     "needs[0].levels[0]: \"kunta\" is none of levels"},
    {"{" LEVELS LIMITS "\"needs\":[{\"need\":\"a\"," NAMES
     "\"measure\":\"above_mean\",\"months\":1,\"of\":{\"table\":\"sectors\",\"figures\":["
     "\"vacancies\",\"employed\"],\"where\":{}}," OF "}]}",
     "needs[0].months"},
    {"{" LEVELS LIMITS "\"extra\":1,\"needs\":[]}", "extra"},
};

static void each_mistake_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = kt_problems_new(((const bench *)*state)->arena);
        (void)load(*state, mistakes[i].text, problems);
        assert_int_equal(kt_problems_count(problems), 1);
        assert_non_null(strstr(kt_problems_at(problems, 0), mistakes[i].says));
    }
}

static void the_shipped_needs_are_in_order(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    const kt_config *config = kt_config_load(CONFIG, arena, kt_problems_new(arena));
    assert_non_null(config);
    assert_int_equal(config->projects.needs.level_count, 4);
    assert_int_equal(config->projects.needs.need_count, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(needs_are_what_the_file_says),
        in_bench(each_mistake_is_told_with_its_place),
        in_bench(the_shipped_needs_are_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
