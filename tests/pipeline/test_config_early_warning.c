/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define CONFIG KT_ROOT "/config"

static kt_config *load(void *state, const char *rules, kt_problems **problems)
{
    const bench *made = state;
    const char *main =
        kt_arena_print(made->arena,
                       "{\"workspace\":\"w\",\"sources\":[\"%s/sources/12r5.json\"],"
                       "\"classifications\":\"%s/classifications\",\"markets\":\"m.json\","
                       "\"contract\":\"%s/contract\",\"early_warning\":\"e.json\","
                       "\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
                       CONFIG, CONFIG, CONFIG);
    static const char markets[] = "{\"markets\":[]}";
    (void)write_bytes(state, "m.json", markets, strlen(markets));
    (void)write_bytes(state, "e.json", rules, strlen(rules));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

#define RULES "\"shown\":25,\"level\":0.8,\"rate\":0.05,\"family_weight\":10,"
#define OF                                                                                \
    "\"of\":[{\"table\":\"flows\",\"figures\":[\"value\"],\"where\":{\"flow\":[\"spells_" \
    "started\"]}}]"
#define ONE "{\"signal\":\"inflow\"," OF "}"

static void rules_are_what_the_file_says(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config =
        load(*state, "{\"months\":3," RULES "\"signals\":[" ONE "]}", &problems);
    assert_non_null(config);
    const kt_warning_plan *plan = &config->early_warning;
    assert_int_equal(plan->months, 3);
    assert_int_equal(plan->shown, 25);
    assert_true(plan->rules.level == 0.8 && plan->rules.rate == 0.05);
    assert_true(plan->rules.family_weight == 10.0);
    assert_int_equal(plan->signal_count, 1);
    assert_string_equal(plan->signals[0].name, "inflow");
    assert_false(plan->signals[0].as_mean);
    assert_string_equal(plan->signals[0].asks[0].filters[0].column, "flow");
}

static void the_shipped_rules_have_every_signal(void **state)
{
    kt_arena *arena = ((const bench *)*state)->arena;
    kt_problems *problems = kt_problems_new(arena);
    const kt_config *config = kt_config_load(CONFIG "/kohtaanto.json", arena, problems);
    assert_non_null(config);
    assert_int_equal(config->early_warning.signal_count, 3);
    assert_true(config->early_warning.signals[0].as_mean);
}

static const struct {
    const char *text, *says;
} mistakes[] = {
    {"{\"months\":13," RULES "\"signals\":[" ONE "]}", "months: "},
    {"{\"months\":3,\"shown\":25,\"level\":1,\"rate\":0.05,\"family_weight\":10,\"signals\":[]}",
     "level: expected a number between 0 and 1"},
    {"{\"months\":3," RULES "\"signals\":[{\"signal\":\"rain\"," OF "}]}",
     "signals[0].signal: \"rain\" is no signal of the table early_warning"},
    {"{\"months\":3," RULES "\"signals\":[" ONE "," ONE "]}",
     "signals[1].signal: the signal \"inflow\" is there twice"},
    {"{\"months\":3," RULES "\"signals\":[{\"signal\":\"inflow\",\"as\":\"median\"," OF "}]}",
     "signals[0].as: expected sum or mean, found \"median\""},
    {"{\"months\":3," RULES "\"signals\":[{\"signal\":\"inflow\",\"of\":[]}]}",
     "signals[0].of: expected 1 to 100 kinds of figures"},
    {"{\"months\":3," RULES "\"signals\":[{\"signal\":\"inflow\",\"of\":[{\"table\":\"flows\","
     "\"figures\":[\"value\",\"value_low\"],\"where\":{}}]}]}",
     "signals[0].of[0]: a signal has one figure, not 2"},
    {"{\"months\":3,\"extra\":1," RULES "\"signals\":[]}", "extra"},
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
    static const char *const keys[] = {"$schema", "comment",       "months",  "shown", "level",
                                       "rate",    "family_weight", "signals", NULL};
    static const char *const signal[] = {"signal", "as", "of", NULL};
    (void)state;
    json_auto_t *schema =
        json_load_file(CONFIG "/schema/early_warning.json", JSON_REJECT_DUPLICATES, NULL);
    assert_knows(schema, keys);
    const json_t *signals = json_object_get(json_object_get(schema, "properties"), "signals");
    assert_knows(json_object_get(signals, "items"), signal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(rules_are_what_the_file_says),
        in_bench(the_shipped_rules_have_every_signal),
        in_bench(each_mistake_is_told_with_its_place),
        in_bench(the_schema_knows_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
