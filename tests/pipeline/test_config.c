/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define CONFIG KT_ROOT "/config"

/* A main file in the bench's folder; %s of the parts stand for what a test changes. */
typedef struct parts {
    const char *sources, *markets, *analysis, *more;
} parts;

static const parts good = {
    .sources = "[\"" CONFIG "/sources/12r5.json\", \"" CONFIG "/sources/12ti.json\", "
               "\"" CONFIG "/sources/12ti-kunta.json\", \"" CONFIG "/sources/12tw.json\"]",
    .markets = "\"" CONFIG "/markets.json\"",
    .analysis = "{\"alphas\": [0.3, 0.5], \"range_alphas\": [0.5]}",
    .more = "",
};

static char *write_main(void *state, const char *name, parts of)
{
    const bench *made = state;
    const char *text = kt_arena_print(
        made->arena,
        "{\"workspace\": \"w\", \"sources\": %s, \"classifications\": \"%s/classifications\","
        " \"markets\": %s, \"contract\": \"%s/contract\", \"analysis\": %s%s}",
        of.sources, CONFIG, of.markets, CONFIG, of.analysis, of.more);
    return write_bytes(state, name, text, strlen(text));
}

static kt_config *load(void *state, const char *path, kt_problems **problems)
{
    const bench *made = state;
    *problems = kt_problems_new(made->arena);
    return kt_config_load(path, made->arena, *problems);
}

static void the_live_configuration_has_no_mistake(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, CONFIG "/kohtaanto.json", &problems);
    assert_int_equal(kt_problems_count(problems), 0);
    assert_int_equal(config->source_count, 26);
    assert_string_equal(config->sources[1]->id, "12ti");
    assert_int_equal(
        config->market_count,
        38); /* 8 region levels, 4 of occupations, 4 x 5 and 2 joined, 2 x 2 of sectors */
    assert_int_equal(config->analysis.alpha_count, 11);
    assert_int_equal(config->analysis.range_alpha_count, 3);
    assert_int_equal(config->publish.fi_months, 25);
    assert_false(config->modelled);
    assert_int_equal(strlen(config->hash), 64);
}

static void what_is_left_out_has_its_usual_value(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, write_main(*state, "c.json", good), &problems);
    assert_non_null(config);
    assert_int_equal(config->http.connect_timeout_s, 20);
    assert_int_equal(config->http.reply_limit_bytes, 67108864);
    assert_int_equal(config->analysis.contributions_cells, 1000);
    assert_int_equal(config->analysis.contributions_months, 25);
    assert_int_equal(config->analysis.changes_months, 25);
    assert_close(config->analysis.allocated_step, 0.05, 0);
    assert_close(config->analysis.protected_share_limit, 1.0, 0);
    assert_int_equal(config->analysis.null.draws, 199);
    assert_int_equal(config->analysis.null.drawn_cells, 20000);
    assert_int_equal(config->analysis.null.seed, 1);
    assert_int_equal(config->analysis.null.cluster_count, 0);
    assert_null(config->breaks);
    assert_false(config->publish.strict_disclosure);
    assert_null(config->publish.public_dir);
}

/* One wrong thing in the main file and the words that tell it, place and expectation. */
static const struct {
    parts of;
    const char *told;
} mistakes[] = {
    {{.more = ", \"sorces\": []"}, "sorces: unknown key; did you mean sources?"},
    {{.more = ", \"modelled\": \"no\""}, "modelled: expected true or false, found a text"},
    {{.more = ", \"http\": {\"parallel\": 0}"}, "http.parallel: expected a number from 1 to 32"},
    {{.more = ", \"http\": {\"parallel\": 1.5}"}, "http.parallel: expected a whole number"},
    {{.more = ", \"base_url\": \"pxdata.stat.fi\""}, "base_url: expected an address"},
    {{.more = ", \"checks\": [\"11n1/x\"]"}, "checks[0]: \"11n1\" is none of the sources"},
    {{.more = ", \"publish\": {\"disclosure\": \"lax\"}"}, "publish.disclosure: expected default"},
    {{.analysis = "{}"}, "analysis.alphas: missing, expected an array"},
    {{.analysis = "{\"alphas\": [], \"range_alphas\": []}"}, "analysis.alphas: expected 1 to"},
    {{.analysis = "{\"alphas\": [0.5, 0.3], \"range_alphas\": [0.3]}"},
     "analysis.alphas[1]: exponents stand in ascending order"},
    {{.analysis = "{\"alphas\": [1], \"range_alphas\": [1]}"},
     "analysis.alphas[0]: an exponent lies between 0 and 1"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.4]}"},
     "analysis.range_alphas[0]: is not one of alphas"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"threads\": -1}"},
     "analysis.threads: expected a number from 0"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"allocated_step\": 5}"},
     "analysis.allocated_step: expected a number from 0 to 1"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"protected_share_limit\": 0}"},
     "analysis.protected_share_limit: expected a number from 0.01 to 1"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"sensitivity\": {\"draw\": 9}}"},
     "analysis.sensitivity.draw: unknown key; did you mean draws?"},
    {{.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"sensitivity\": {\"draws\": 1}}"},
     "analysis.sensitivity.draws: expected a number from 2 to 1000000"},
    {{.analysis =
          "{\"alphas\": [0.5], \"range_alphas\": [0.5], \"sensitivity\": {\"clusters\": [4, 2]}}"},
     "analysis.sensitivity.clusters[1]: sizes of advertisements are above 1"},
    {{.more = ", \"breaks\": \"absent.json\""}, "absent.json: cannot open"},
    {{.sources = "[]"}, "sources: expected 1 to"},
    {{.sources = "\"12r5\""}, "sources: expected an array, found a text"},
    {{.sources = "[\"absent.json\"]"}, "absent.json"},
    {{.sources = "[\"" CONFIG "/sources/12r5.json\", \"" CONFIG "/sources/12ti.json\", \"" CONFIG
                 "/sources/12r5.json\"]"},
     "sources[2]: a second source with the id \"12r5\""},
    {{.markets = "\"absent.json\""}, "absent.json"},
    {{.markets = "5"}, "markets: expected a text, found a number"},
};

static void each_mistake_of_the_main_file_is_told(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        parts of = good;
        of.sources = mistakes[i].of.sources == NULL ? of.sources : mistakes[i].of.sources;
        of.markets = mistakes[i].of.markets == NULL ? of.markets : mistakes[i].of.markets;
        of.analysis = mistakes[i].of.analysis == NULL ? of.analysis : mistakes[i].of.analysis;
        of.more = mistakes[i].of.more == NULL ? of.more : mistakes[i].of.more;
        kt_problems *problems = NULL;
        assert_null(load(*state, write_main(*state, "c.json", of), &problems));
        assert_told(problems, mistakes[i].told);
    }
}

static void all_mistakes_are_told_at_once(void **state)
{
    parts of = good;
    of.analysis = "{\"alphas\": [0.5], \"range_alphas\": [0.4], \"threads\": -1}";
    of.more = ", \"modelled\": 1, \"sorces\": 2";
    kt_problems *problems = NULL;
    assert_null(load(*state, write_main(*state, "c.json", of), &problems));
    assert_int_equal(kt_problems_count(problems), 4);
}

/* One wrong market and the words that tell it. */
static const struct {
    const char *market, *told;
} wrong_markets[] = {
    {"{\"name\": \"kunta\", \"source\": \"12r5\", \"region\": \"kunta\", \"scopes\": []}",
     "markets[0].scopes: expected at least one scope"},
    {"{\"name\": \"kunta\", \"source\": \"99\", \"region\": \"kunta\", \"scopes\": [\"country\"]}",
     "markets[0].source: \"99\" is none of the sources"},
    {"{\"name\": \"kunnat\", \"source\": \"12r5\", \"region\": \"kunta\", \"scopes\": "
     "[\"country\"]}",
     "markets[0].name: expected \"kunta\", found \"kunnat\""},
    {"{\"name\": \"isco2xkunta\", \"source\": \"12r5\", \"region\": \"lääni\", \"occupation\": "
     "\"isco2\", \"scopes\": [\"country\"]}",
     "markets[0].region: expected one of kunta, seutukunta"},
    {"{\"name\": \"kunta\", \"source\": \"12r5\", \"region\": \"kunta\", \"scopes\": [\"ely\"]}",
     "markets[0].scopes[0]: expected one of country, maakunta, elinvoimakeskus"},
    {"{\"name\": \"kunta\", \"source\": \"12r5\", \"scopes\": [\"country\"]}",
     "markets[0]: expected a region level, an occupation or sector level, or both"},
    {"{\"name\": \"tol3\", \"source\": \"12r5\", \"sector\": \"tol3\", \"scopes\": [\"country\"]}",
     "markets[0].sector: expected one of tol1, tol2; found \"tol3\""},
    {"{\"name\": \"tol1\", \"source\": \"12r5\", \"sector\": \"tol1\", \"occupation\": \"isco1\", "
     "\"scopes\": [\"country\"]}",
     "markets[0]: expected occupations or sectors, found both"},
    {"{\"name\": \"tol1\", \"source\": \"12r5\", \"sector\": \"tol1\", \"region\": \"kunta\", "
     "\"scopes\": [\"country\"]}",
     "markets[0].name: expected \"tol1xkunta\", found \"tol1\""},
    {"{\"name\": \"kunta\", \"source\": \"12r5\", \"region\": \"kunta\", \"scopes\": "
     "[\"country\"]},"
     "{\"name\": \"kunta\", \"source\": \"12r5\", \"region\": \"kunta\", \"scopes\": "
     "[\"country\"]}",
     "markets[1].name: \"kunta\" stands twice"},
    {"7", "markets[0]: expected an object, found a number"},
};

static void each_mistake_of_a_market_is_told(void **state)
{
    const bench *made = *state;
    parts of = good;
    of.markets = "\"m.json\"";
    const char *path = write_main(*state, "c.json", of);
    for (size_t i = 0; i < COUNT_OF(wrong_markets); i++) {
        const char *text =
            kt_arena_print(made->arena, "{\"markets\": [%s]}", wrong_markets[i].market);
        (void)write_bytes(*state, "m.json", text, strlen(text));
        kt_problems *problems = NULL;
        assert_null(load(*state, path, &problems));
        assert_told(problems, wrong_markets[i].told);
    }
}

static void files_that_are_no_configuration_are_told(void **state)
{
    static const struct {
        const char *bytes, *told;
    } files[] = {
        {"", "c.json"},
        {"[]", "expected an object, found an array"},
        {"{\"workspace\": 1, \"workspace\": 2}", "duplicate"},
        {"{\"workspace\": \"\xff\"}", "c.json"},
        {"{", "line 1"},
    };
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        const char *path = write_bytes(*state, "c.json", files[i].bytes, strlen(files[i].bytes));
        kt_problems *problems = NULL;
        assert_null(load(*state, path, &problems));
        assert_told(problems, files[i].told);
    }
}

/* 20,543 days after the first of 1970 it is the last of March 2026. */
static void only_a_modelled_portfolio_is_judged_on_a_day_of_its_own(void **state)
{
    static const char projects[] = ", \"projects\": \"" CONFIG "/projects/%s.json\"%s";
    const bench *made = *state;
    kt_problems *problems = NULL;
    parts of = good;
    of.more = kt_arena_print(made->arena, projects, "sample", ", \"modelled\": true");
    const kt_config *config = load(*state, write_main(*state, "c.json", of), &problems);
    assert_non_null(config);
    assert_int_equal(config->projects.judged_on, 20543);
    of.more = kt_arena_print(made->arena, projects, "sample", "");
    assert_null(load(*state, write_main(*state, "c.json", of), &problems));
    assert_told(problems, "judged_on: expected only beside \"modelled\": true");
    of.more = kt_arena_print(made->arena, projects, "projects", "");
    config = load(*state, write_main(*state, "c.json", of), &problems);
    assert_non_null(config);
    assert_int_equal(config->projects.judged_on, 0);
}

/* A small configuration of relative names, which may stand anywhere. */
static const char *write_moved(void *state, const char *folder, const char *source_tail)
{
    const bench *made = state;
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_folder_make(path_of(state, folder), &err), KT_OK);
    assert_int_equal(
        kt_file_read(CONFIG "/sources/12r5.json", 1 << 20, made->arena, &bytes, &length, &err),
        KT_OK);
    const char *source = kt_arena_print(made->arena, "%s%s", bytes, source_tail);
    (void)write_bytes(state, kt_path_join(made->arena, folder, "12r5.json"), source,
                      strlen(source));
    static const char markets[] = "{\"markets\": [{\"name\": \"kunta\", \"source\": \"12r5\","
                                  " \"region\": \"kunta\", \"scopes\": [\"country\"]}]}";
    (void)write_bytes(state, kt_path_join(made->arena, folder, "m.json"), markets, strlen(markets));
    parts of = good;
    of.sources = "[\"12r5.json\"]";
    of.markets = "\"m.json\"";
    return write_main(state, kt_path_join(made->arena, folder, "c.json"), of);
}

static void threads_and_spelling_name_no_other_run(void **state)
{
    static const char *const same[] = {
        "{\"alphas\": [0.3, 0.5], \"range_alphas\": [0.5], \"threads\": 2}",
        "{\"alphas\": [0.3, 0.5], \"range_alphas\": [0.5], \"threads\": 7}",
        "{\"range_alphas\":[0.5],\n\t\"alphas\":[0.30,5e-1]}",
    };
    kt_problems *problems = NULL;
    const kt_config *plain = load(*state, write_main(*state, "plain.json", good), &problems);
    assert_non_null(plain);
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        parts changed = good;
        changed.analysis = same[i];
        const kt_config *other = load(*state, write_main(*state, "o.json", changed), &problems);
        assert_non_null(other);
        assert_string_equal(other->hash, plain->hash);
    }
    parts changed = good;
    changed.analysis = "{\"alphas\": [0.3, 0.5], \"range_alphas\": [0.3]}";
    const kt_config *other = load(*state, write_main(*state, "o.json", changed), &problems);
    assert_non_null(other);
    assert_string_not_equal(other->hash, plain->hash);
}

static void the_hash_follows_the_bytes_and_not_the_place(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *here = load(*state, write_moved(*state, "here", ""), &problems);
    const kt_config *there = load(*state, write_moved(*state, "there", ""), &problems);
    const kt_config *changed = load(*state, write_moved(*state, "changed", "\n"), &problems);
    assert_non_null(here);
    assert_string_equal(here->hash, there->hash);
    assert_string_not_equal(here->hash, changed->hash);
}

static void a_mirror_takes_the_place_of_every_service(void **state)
{
    parts of = good;
    of.more = ", \"base_url\": \"http://127.0.0.1:1/px\"";
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, write_main(*state, "c.json", of), &problems);
    assert_non_null(config);
    assert_string_equal(config->sources[0]->base_url, "http://127.0.0.1:1/px");
    assert_string_equal(config->sources[1]->base_url, "http://127.0.0.1:1/px");
}

static void without_any_file_the_places_looked_at_are_named(void **state)
{
    const bench *made = *state;
    const char *path = NULL;
    kt_error err = {0};
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir(made->folder), 0);
    const kt_status status = kt_config_find(NULL, &path, &err);
    assert_int_equal(chdir(before), 0);
    free(before);
    assert_int_equal(status, KT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "config/kohtaanto.json"));
    assert_int_equal(kt_config_find("mine.json", &path, &err), KT_OK);
    assert_string_equal(path, "mine.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_live_configuration_has_no_mistake),
        in_bench(what_is_left_out_has_its_usual_value),
        in_bench(only_a_modelled_portfolio_is_judged_on_a_day_of_its_own),
        in_bench(each_mistake_of_the_main_file_is_told),
        in_bench(all_mistakes_are_told_at_once),
        in_bench(each_mistake_of_a_market_is_told),
        in_bench(files_that_are_no_configuration_are_told),
        in_bench(threads_and_spelling_name_no_other_run),
        in_bench(the_hash_follows_the_bytes_and_not_the_place),
        in_bench(a_mirror_takes_the_place_of_every_service),
        in_bench(without_any_file_the_places_looked_at_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
