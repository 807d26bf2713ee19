/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define SAMPLE KT_ROOT "/config/sample"
#define CONFIG KT_ROOT "/config"

static kt_config *load(void *state, const char *sectors, kt_problems **problems)
{
    const bench *made = state;
    const char *main = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/sources/12tw.json\",\"%s/sources/employed.json\","
        "\"%s/sources/12r5.json\",\"%s/sources/jvs_q_nace2.json\"],\"classifications\":"
        "\"%s/classifications\",\"markets\":\"m.json\",\"contract\":\"%s/contract\","
        "\"sectors\":\"s.json\",\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
        SAMPLE, SAMPLE, SAMPLE, CONFIG, CONFIG, CONFIG);
    static const char markets[] = "{\"markets\":[]}";
    (void)write_bytes(state, "m.json", markets, strlen(markets));
    (void)write_bytes(state, "s.json", sectors, strlen(sectors));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

static void rates_and_revisions_are_what_the_file_says(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config =
        load(*state,
             "{\"convert\":[\"tol2025\",\"nace21\"],\"rates\":[{\"source\":\"12tw-modelled\","
             "\"denominator\":\"employed-modelled\",\"definition\":\"v_over_v_plus_employed\"},"
             "{\"source\":\"jvs_q_nace2\",\"definition\":\"v_over_v_plus_occupied\"}]}",
             &problems);
    assert_non_null(config);
    const kt_sector_settings *sectors = &config->sectors;
    assert_int_equal(sectors->convert_count, 2);
    assert_int_equal(sectors->convert[1], KT_NACE21);
    assert_int_equal(sectors->rate_count, 2);
    assert_string_equal(sectors->rates[0].denominator, "employed-modelled");
    assert_int_equal(sectors->rates[1].definition, KT_RATE_OCCUPIED);
    assert_string_equal(sectors->rates[1].denominator, "jvs_q_nace2");
}

static void an_empty_file_has_no_rates_and_converts_nothing(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, "{}", &problems);
    assert_non_null(config);
    assert_int_equal(config->sectors.rate_count + config->sectors.convert_count, 0);
}

#define RATE(source, denominator, definition) \
    "{\"rates\":[{\"source\":\"" source "\"," denominator "\"definition\":\"" definition "\"}]}"
#define OF(id) "\"denominator\":\"" id "\","

static const struct {
    const char *text, *says;
} mistakes[] = {
    {"{\"convert\":[\"tol1995\"]}",
     "convert[0]: expected tol2008, tol2025, nace2 or nace21; found \"tol1995\""},
    {"{\"rate\":[]}", "rate: unknown key"},
    {RATE("99", OF("employed-modelled"), "v_over_v_plus_employed"),
     "rates[0].source: \"99\" is none of the sources"},
    {RATE("12tw-modelled", OF("99"), "v_over_v_plus_employed"),
     "rates[0].denominator: \"99\" is none of the sources"},
    {RATE("12tw-modelled", OF("employed-modelled"), "v_over_e"),
     "rates[0].definition: expected v_over_v_plus_employed, v_over_labour_force or "
     "v_over_v_plus_occupied; found \"v_over_e\""},
    {RATE("12tw-modelled", OF("12r5-modelled"), "v_over_v_plus_employed"),
     "rates[0]: 12r5-modelled has no measure \"employed\", which v_over_v_plus_employed needs"},
    {RATE("12tw-modelled", OF("employed-modelled"), "v_over_v_plus_occupied"),
     "rates[0].denominator: v_over_v_plus_occupied is of one survey alone: leave it out"},
    {RATE("12tw-modelled", "", "v_over_v_plus_occupied"),
     "rates[0]: 12tw-modelled has no measure \"occupied_posts\", which v_over_v_plus_occupied "
     "needs"},
    {RATE("12r5-modelled", "", "v_over_labour_force"),
     "rates[0].source: 12r5-modelled has no vacancies by sector"},
    {"{\"rates\":[{\"source\":\"jvs_q_nace2\",\"definition\":\"v_over_v_plus_occupied\"},"
     "{\"source\":\"jvs_q_nace2\",\"definition\":\"v_over_v_plus_occupied\"}]}",
     "rates[1].source: \"jvs_q_nace2\" stands twice"},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(rates_and_revisions_are_what_the_file_says),
        in_bench(an_empty_file_has_no_rates_and_converts_nothing),
        in_bench(each_mistake_is_told_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
