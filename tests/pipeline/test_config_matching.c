/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define CONFIG KT_ROOT "/config"

static kt_config *load(void *state, const char *text, kt_problems **problems)
{
    const bench *made = state;
    const char *main = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/sources/12r5.json\",\"%s/sources/12ti.json\"],"
        "\"classifications\":\"%s/classifications\",\"markets\":\"m.json\",\"contract\":"
        "\"%s/contract\",\"matching\":\"f.json\",\"analysis\":{\"alphas\":[0.4,0.5],"
        "\"range_alphas\":[0.5]}}",
        CONFIG, CONFIG, CONFIG, CONFIG);
    static const char markets[] = "{\"markets\":[{\"name\":\"maakunta\",\"source\":\"12r5\","
                                  "\"region\":\"maakunta\",\"scopes\":[\"country\"]}]}";
    (void)write_bytes(state, "m.json", markets, strlen(markets));
    (void)write_bytes(state, "f.json", text, strlen(text));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

static void the_shipped_file_names_every_model(void **state)
{
    static const char *const models[] = {"ols", "crs", "2sls", "ces", "stockflow", "fe", "twoway"};
    kt_arena *arena = ((const bench *)*state)->arena;
    const kt_config *config =
        kt_config_load(CONFIG "/kohtaanto.json", arena, kt_problems_new(arena));
    assert_non_null(config);
    const kt_matching_settings *all = &config->matching;
    assert_string_equal(all->source, "12r5");
    for (size_t i = 0; i < COUNT_OF(models); i++) {
        size_t found = 0;
        for (size_t j = 0; j < all->function_count; j++) {
            found += strcmp(all->functions[j].fit.params[0].text, models[i]) == 0;
        }
        assert_true(found > 0);
    }
    assert_string_equal(config->counterfactual.market, "isco2");
    assert_string_equal(config->counterfactual.path.method,
                        "counterfactual_unemployment/1 alpha=0.5");
}

#define HEAD "{\"source\":\"12r5\",\"functions\":["
#define ONE  "\"name\":\"a\",\"scopes\":\"country\",\"hires\":\"vacancies_filled\","
#define TAIL "]}"

static void markets_are_regions_or_months(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config =
        load(*state,
             HEAD "{" ONE "\"markets\":\"calendar_month\",\"fit\":{\"model\":\"fe\"}},"
                  "{\"name\":\"b\",\"scopes\":\"country\",\"hires\":\"spells_ended_work\","
                  "\"markets\":\"maakunta\",\"fit\":{\"model\":\"twoway\",\"errors\":\"hc1\"}},"
                  "{\"name\":\"a\",\"scopes\":\"kunta\",\"hires\":\"vacancies_filled\","
                  "\"instruments\":3,\"fit\":{\"model\":\"2sls\"}}" TAIL,
             &problems);
    assert_non_null(config);
    const kt_function_spec *functions = config->matching.functions;
    assert_int_equal(functions[0].markets, KT_MARKETS_MONTHS);
    assert_int_equal(functions[1].markets, KT_MARKETS_REGIONS);
    assert_string_equal(functions[1].market_level, "maakunta");
    assert_string_equal(functions[1].fit.method, "matching_function/1 model=twoway errors=hc1");
    assert_int_equal(functions[2].instruments, 3);
    assert_null(config->counterfactual.source);
}

#define PATH                                                                                   \
    "{\"counterfactual\":{\"source\":\"12r5\",\"scope\":\"SSS\",\"outflow\":\"spells_ended\"," \
    "\"inflow\":\"spells_started\","

static const struct {
    const char *text, *says;
} mistakes[] = {
    {HEAD "{" ONE "\"fit\":{\"model\":\"fe\"}}" TAIL, "functions[0]: model fe needs markets"},
    {HEAD "{" ONE "\"markets\":\"calendar_month\",\"fit\":{\"model\":\"twoway\"}}" TAIL,
     "functions[0]: model twoway needs regions as markets"},
    {HEAD "{" ONE "\"fit\":{\"model\":\"2sls\"}}" TAIL, "model 2sls and instruments go together"},
    {HEAD "{" ONE "\"instruments\":1,\"fit\":{\"model\":\"crs\"}}" TAIL,
     "model 2sls and instruments go together"},
    {HEAD "{" ONE "\"fit\":{\"model\":\"stockflow\"}}" TAIL,
     "model stockflow needs new_vacancies and new_unemployed"},
    {HEAD "{" ONE "\"fit\":{\"errors\":\"cluster\"}}" TAIL, "fit: errors cluster needs markets"},
    {HEAD "{" ONE "\"fit\":{\"model\":\"probit\"}}" TAIL, "fit.model: "},
    {HEAD "{" ONE "\"fit\":{}},{" ONE "\"fit\":{}}" TAIL, "\"a\" stands twice for country"},
    {HEAD "{\"name\":\"a\",\"scopes\":\"county\",\"hires\":\"vacancies_filled\",\"fit\":{}}" TAIL,
     "scopes: \"county\" is no region level of observations"},
    {HEAD "{\"name\":\"a\",\"scopes\":\"country\",\"hires\":\"recruits\",\"fit\":{}}" TAIL,
     "hires: \"recruits\" is no flow"},
    {HEAD "{\"name\":\"a\",\"scopes\":\"maakunta\",\"hires\":\"vacancies_filled\","
          "\"markets\":\"kunta\",\"fit\":{\"model\":\"fe\"}}" TAIL,
     "markets: regions are the markets of the country alone: scopes is \"maakunta\""},
    {"{\"source\":\"99\",\"functions\":[{" ONE "\"fit\":{}}]}",
     "source: \"99\" is none of the sources"},
    {PATH "\"market\":\"maakunta\",\"fit\":{\"alpha\":0.3}}}",
     "alpha 0.3 is none of the exponents of the night"},
    {"{\"counterfactual\":{\"source\":\"12ti\",\"scope\":\"SSS\",\"outflow\":\"spells_ended\","
     "\"inflow\":\"spells_started\",\"market\":\"maakunta\"}}",
     "source: 12ti has no unemployed and labour_force"},
};

/* Whoever makes fewer markets keeps the rest of the file: the table has no rows, and checks say
 * why. */
static void a_market_that_is_not_made_is_no_mistake(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, PATH "\"market\":\"kunta\"}}", &problems);
    assert_non_null(config);
    assert_string_equal(config->counterfactual.market, "kunta");
}

static void a_mistake_is_told_with_its_place(void **state)
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
    static const char *const keys[] = {"$schema",        "comment",   "source",
                                       "new_vacancies",  "functions", "new_unemployed",
                                       "counterfactual", NULL};
    static const char *const function[] = {"comment", "name",        "scopes", "hires",
                                           "markets", "instruments", "fit",    NULL};
    static const char *const path[] = {"comment", "source", "scope", "outflow",
                                       "inflow",  "market", "fit",   NULL};
    (void)state;
    json_auto_t *schema =
        json_load_file(CONFIG "/schema/matching.json", JSON_REJECT_DUPLICATES, NULL);
    assert_knows(schema, keys);
    const json_t *properties = json_object_get(schema, "properties");
    assert_knows(json_object_get(json_object_get(properties, "functions"), "items"), function);
    assert_knows(json_object_get(properties, "counterfactual"), path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_shipped_file_names_every_model),
        in_bench(markets_are_regions_or_months),
        in_bench(a_market_that_is_not_made_is_no_mistake),
        in_bench(a_mistake_is_told_with_its_place),
        in_bench(the_schema_knows_the_same_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
