/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define CONFIG KT_ROOT "/config"

static kt_config *load(void *state, const char *rules, kt_problems **problems)
{
    const bench *made = state;
    const char *main = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/sources/12ti.json\",\"%s/sources/115s.json\","
        "\"%s/sources/115q.json\",\"%s/sources/115h.json\",\"%s/sources/12r5.json\"],"
        "\"classifications\":\"%s/classifications\",\"markets\":\"m.json\",\"contract\":"
        "\"%s/contract\",\"occupation_balance\":\"b.json\",\"barometer\":\"rows.csv\","
        "\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
        CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, CONFIG, CONFIG);
    static const char markets[] = "{\"markets\":[]}";
    (void)write_bytes(state, "m.json", markets, strlen(markets));
    (void)write_bytes(state, "b.json", rules, strlen(rules));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

#define HEAD   "{\"source\":\"12ti\",\"region_levels\":[\"country\"],"
#define LEVELS "\"occupations\":[{\"level\":\"isco2\",\"employed\":\"115s\"}],"
#define SLOPES "\"surplus_below\":0.25,\"shortage_above\":1,"
#define DEGREES                                                                          \
    "\"degrees\":{\"surplus\":[0.1,0.2,0.3,0.4],\"matching_problem\":[0.1,0.2,0.3,0.4]," \
    "\"shortage\":[0.1,0.2,0.3,0.4]},"
#define TAIL "\"least_base\":200,\"hold_months\":3,\"margin\":0.02}"

/* The public row of the barometer (rivals.md, section 8) under the rules that the tree ships. */
static void the_shipped_rules_give_the_public_row_of_the_barometer(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    kt_problems *problems = kt_problems_new(arena);
    const kt_config *config = kt_config_load(CONFIG "/kohtaanto.json", arena, problems);
    assert_non_null(config);
    const kt_balance_plan *plan = &config->balance;
    assert_string_equal(plan->source, "12ti");
    assert_int_equal(plan->region_level_count, 4);
    assert_int_equal(plan->level_count, 3);
    assert_string_equal(plan->levels[2].employed, "115q");
    assert_int_equal(plan->levels[0].months, 0);
    assert_int_equal(plan->levels[2].months, 25);
    const kt_balance_figures figures = {{224, 224, 224}, {15, 15, 15}, 2380};
    const kt_balance_view view = kt_balance_assess(&plan->rules, &figures);
    assert_int_equal(view.state, KT_SURPLUS);
    assert_int_equal(kt_balance_degree(&plan->rules, view.state, &view), 3);
    assert_null(config->barometer_path);
}

static void rules_are_what_the_file_says(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, HEAD LEVELS SLOPES DEGREES TAIL, &problems);
    assert_non_null(config);
    const kt_balance_settings *rules = &config->balance.rules;
    assert_true(rules->surplus_below == 0.25 && rules->shortage_above == 1.0);
    assert_true(rules->degrees[KT_MATCHING_PROBLEM][3] == 0.4);
    assert_true(rules->least_base == 200.0 && rules->margin == 0.02);
    assert_int_equal(rules->hold_months, 3);
    assert_non_null(strstr(config->barometer_path, "/rows.csv"));
}

static const struct {
    const char *text, *says;
} mistakes[] = {
    {HEAD LEVELS SLOPES DEGREES "\"least_base\":200,\"hold_months\":3}", "margin: "},
    {HEAD LEVELS SLOPES DEGREES "\"threshold\":1," TAIL, "threshold: unknown key"},
    {"{\"source\":\"99\",\"region_levels\":[]," LEVELS SLOPES DEGREES TAIL,
     "source: \"99\" is none of the sources"},
    {"{\"source\":\"12r5\",\"region_levels\":[]," LEVELS SLOPES DEGREES TAIL,
     "source: 12r5 has no unemployed and vacancies by occupation"},
    {"{\"source\":\"12ti\",\"region_levels\":[\"kunta\"]," LEVELS SLOPES DEGREES TAIL,
     "region_levels[0]: expected country, maakunta, elinvoimakeskus or coordinator; found "
     "\"kunta\""},
    {HEAD "\"occupations\":[{\"level\":\"isco5\",\"employed\":\"115s\"}]," SLOPES DEGREES TAIL,
     "occupations[0].level: expected isco1, isco2, isco3 or isco4; found \"isco5\""},
    {HEAD "\"occupations\":[{\"level\":\"isco2\",\"employed\":\"115h\"}]," SLOPES DEGREES TAIL,
     "occupations[0].employed: 115h has no employed persons by occupation and year"},
    {HEAD "\"occupations\":[{\"level\":\"isco2\",\"employed\":\"115s\"},"
          "{\"level\":\"isco2\",\"employed\":\"115q\"}]," SLOPES DEGREES TAIL,
     "occupations[1].level: \"isco2\" stands twice"},
    {HEAD LEVELS "\"surplus_below\":1,\"shortage_above\":1," DEGREES TAIL,
     "shortage_above: expected more than surplus_below"},
    {HEAD LEVELS SLOPES "\"degrees\":{\"surplus\":[0.1,0.2,0.3],\"matching_problem\":"
                        "[0.1,0.2,0.3,0.4],\"shortage\":[0.1,0.2,0.3,0.4]}," TAIL,
     "degrees.surplus: expected 4 rates: where degrees 2, 3, 4 and 5 begin"},
    {HEAD LEVELS SLOPES "\"degrees\":{\"surplus\":[0.1,0.2,0.2,0.4],\"matching_problem\":"
                        "[0.1,0.2,0.3,0.4],\"shortage\":[0.1,0.2,0.3,0.4]}," TAIL,
     "degrees.surplus[2]: rates are above 0 and stand in ascending order, once each"},
};

static void each_mistake_is_told_with_its_place(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        assert_null(load(*state, mistakes[i].text, &problems));
        assert_told(problems, mistakes[i].says);
        assert_int_equal(kt_problems_count(problems), 1);
    }
}

/* The names in an object of the schema's properties. */
static void assert_knows(const json_t *schema, const char *const *keys)
{
    const json_t *properties = json_object_get(schema, "properties");
    size_t count = 0;
    for (; keys[count] != NULL; count++) {
        assert_non_null(json_object_get(properties, keys[count]));
    }
    assert_int_equal(json_object_size(properties), count);
}

static void the_schema_knows_the_same_keys(void **state)
{
    static const char *const keys[] = {"$schema",     "comment",       "source",  "region_levels",
                                       "occupations", "surplus_below", "degrees", "shortage_above",
                                       "least_base",  "hold_months",   "margin",  NULL};
    static const char *const level[] = {"level", "employed", "months", NULL};
    (void)state;
    json_auto_t *schema =
        json_load_file(CONFIG "/schema/occupation_balance.json", JSON_REJECT_DUPLICATES, NULL);
    assert_knows(schema, keys);
    const json_t *levels = json_object_get(json_object_get(schema, "properties"), "occupations");
    assert_knows(json_object_get(levels, "items"), level);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_shipped_rules_give_the_public_row_of_the_barometer),
        in_bench(rules_are_what_the_file_says),
        in_bench(each_mistake_is_told_with_its_place),
        in_bench(the_schema_knows_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
