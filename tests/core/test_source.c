/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/source.h"

#include <glob.h>
#include <jansson.h>
#include <stdint.h>

#include "core/support.h"
#include "core/text.h"
#include "support/schema_keys.h"

/* The smallest good source file; the cases below change one piece of it. */
static const char good[] =
    "{\"id\":\"t1\",\"title\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"},\"protocol\":\"pxweb\","
    "\"format\":\"json-stat2\",\"base_url\":\"https://example.org/api//\","
    "\"addresses\":[{\"path\":\"t/old.px\",\"until\":\"2026-06-07\"},"
    "{\"path\":\"t/new.px\",\"from\":\"2026-06-08\"}],\"frequency\":\"month\","
    "\"variables\":[{\"role\":\"period\",\"time\":true,\"want\":[\"*\"]},"
    "{\"role\":\"measure\",\"names\":[\"contentscode\"]},"
    "{\"role\":\"region\",\"names\":[\"Alue\"],\"want\":[\"SSS\"],\"total\":\"SSS\"}],"
    "\"measures\":[{\"measure\":\"vacancies\",\"code\":\"V\",\"unit\":\"posts\"}],"
    "\"symbols\":[{\"symbol\":\"...\",\"means\":\"protected\"}],"
    "\"protected\":{\"low\":1,\"high\":4},"
    "\"ages\":{\"warn_days\":60,\"error_days\":100},\"hold_share\":0.1,\"licence\":\"CC0\","
    "\"citation\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":\"c\"}}";

/* The good file with one piece replaced. */
static char *changed(const bench *made, const char *piece, const char *by)
{
    const char *at = strstr(good, piece);
    assert_non_null(at);
    return kt_arena_print(made->arena, "%.*s%s%s", (int)(at - good), good, by, at + strlen(piece));
}

static kt_source *load(void *state, const char *text, kt_problems **problems)
{
    const bench *made = state;
    *problems = kt_problems_new(made->arena);
    return kt_source_load(write_words(state, "t1.json", text), made->arena, *problems);
}

static kt_source *load_good(void *state)
{
    kt_problems *problems = NULL;
    kt_source *source = load(state, good, &problems);
    assert_int_equal(kt_problems_count(problems), 0);
    assert_non_null(source);
    return source;
}

static void a_good_source_has_what_its_file_says(void **state)
{
    const kt_source *source = load_good(*state);
    assert_string_equal(source->id, "t1");
    assert_string_equal(source->title.sv, "b");
    assert_string_equal(source->base_url, "https://example.org/api");
    assert_int_equal(source->frequency, KT_MONTHLY);
    assert_int_equal(source->refetch_periods, 3);
    assert_int_equal(source->whole_every_days, 7);
    assert_int_equal(source->every_days, 1);
    assert_int_equal(source->publish_level_count, 0);
    assert_close(source->protected_high, 4.0, 0.0);
    assert_string_equal(source->measures[0].group, KT_TOTAL);
    assert_string_equal(source->measures[0].measure, "vacancies");
    assert_close(source->measures[0].scale, 1.0, 0.0);
    assert_null(source->measures[0].definition.en);
    assert_string_equal(source->language, "fi");
    assert_null(source->dataset);
    assert_false(source->fixes_others);
    assert_int_equal(source->limits.calls, 0);
    assert_int_equal(source->symbols[0].obs, KT_OBS_PROTECTED);
    assert_null(source->occupation_level);
    assert_false(source->publishes_total);
    assert_string_equal(kt_source_variable(source, KT_ROLE_REGION)->total, "SSS");
    assert_null(kt_source_variable(source, KT_ROLE_SECTOR));
}

static void what_a_service_does_not_tell_stands_in_the_file(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source =
        load(made,
             changed(made, "\"licence\"",
                     "\"limits\":{\"cells\":800000,\"calls\":40,\"window_s\":"
                     "60},\"language\":\"no\",\"dataset\":\"oecd\","
                     "\"others\":\"total\",\"fixed\":{\"s_adj\":\"NSA\",\"unit_*\":\"PC\"},"
                     "\"verified\":\"B\",\"licence\""),
             &problems);
    assert_non_null(source);
    assert_int_equal(source->fixed_count, 2);
    assert_string_equal(source->fixed[1].name, "unit_*");
    assert_string_equal(source->fixed[1].code, "PC");
    assert_int_equal(source->limits.cells, 800000);
    assert_int_equal(source->limits.calls, 40);
    assert_close(source->limits.window_s, 60.0, 0.0);
    assert_string_equal(source->language, "no");
    assert_string_equal(source->dataset, "oecd");
    assert_string_equal(source->verified, "B");
    assert_true(source->fixes_others);
}

/* Relative to the file that names it. */
static void a_service_of_pxweb_2_has_a_language_of_its_own(void **state)
{
    static const struct {
        const char *piece, *by, *language;
    } cases[] = {
        {"\"pxweb\"", "\"pxweb\"", "fi"},
        {"\"pxweb\"", "\"pxweb2\"", NULL},
        {"\"pxweb\"", "\"pxweb2\",\"language\":\"fi\"", "fi"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        const kt_source *source =
            load(*state, changed(*state, cases[i].piece, cases[i].by), &problems);
        assert_non_null(source);
        assert_true(kt_text_same(source->language, cases[i].language));
    }
}

static void a_source_may_be_a_folder_of_files(void **state)
{
    static const char url[] = "https://example.org/api//";
    bench *made = *state;
    kt_problems *problems = NULL;
    const char *words = changed(made, "\"pxweb\"", "\"file\"");
    const char *at = strstr(words, url);
    const char *file = kt_arena_print(made->arena, "%.*sfile:drop/new//%s", (int)(at - words),
                                      words, at + strlen(url));
    const kt_source *source = load(made, file, &problems);
    assert_non_null(source);
    assert_string_equal(source->base_url, "file:drop/new");
    assert_string_equal(source->folder, path_of(made, "drop/new"));
}

static void a_folder_is_looked_at_every_night(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const char *words = changed(made, "\"pxweb\"", "\"file\"");
    const char *at = strstr(words, "https://");
    const char *file = kt_arena_print(made->arena, "{\"every_days\":2,%.*sfile:%s",
                                      (int)(at - words - 1), words + 1, at + strlen("https://"));
    assert_null(load(made, file, &problems));
    assert_non_null(
        strstr(kt_problems_at(problems, 0), "every_days: a folder is looked at every night"));
}

static void the_whole_table_is_due_no_sooner_than_the_table(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source =
        load(made, changed(made, "\"frequency\"", "\"every_days\":10,\"frequency\""), &problems);
    assert_non_null(source);
    assert_int_equal(source->every_days, 10);
    assert_int_equal(source->whole_every_days, 10);
}

static void a_group_of_a_measure_is_a_measure_of_its_own(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source = load(made,
                                   changed(made, "\"measure\":\"vacancies\"",
                                           "\"measure\":\"vacancies\",\"group\":\"unoccupied\""),
                                   &problems);
    assert_non_null(source);
    assert_string_equal(source->measures[0].measure, "vacancies_unoccupied");
    assert_string_equal(source->measures[0].base, "vacancies");
    assert_string_equal(source->measures[0].group, "unoccupied");
}

static void figures_in_thousands_are_rounded_to_them(void **state)
{
    static const struct {
        const char *keys;
        double rounding;
    } cases[] = {{"", 0.0},
                 {",\"scale\":1000", 1000.0},
                 {",\"scale\":1000,\"rounding\":100", 100.0},
                 {",\"rounding\":100", 100.0},
                 {",\"scale\":0.01", 0.0}};
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        const kt_source *source =
            load(made,
                 changed(made, "\"unit\":\"posts\"",
                         kt_arena_print(made->arena, "\"unit\":\"posts\"%s", cases[i].keys)),
                 &problems);
        assert_non_null(source);
        assert_close(source->measures[0].rounding, cases[i].rounding, 0.0);
    }
}

static void persons_and_posts_are_counts(void **state)
{
    static const struct {
        const char *unit;
        bool counts;
    } cases[] = {
        {"persons", true}, {"posts", true}, {"days", false}, {"percent", false}, {"ratio", false}};
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        const char *unit = kt_arena_print(
            made->arena, "\"measure\":\"anything\",\"code\":\"V\",\"unit\":\"%s\"", cases[i].unit);
        const kt_source *source =
            load(made,
                 changed(made, "\"measure\":\"vacancies\",\"code\":\"V\",\"unit\":\"posts\"", unit),
                 &problems);
        assert_non_null(source);
        assert_int_equal(kt_source_counts(source, "anything"), cases[i].counts);
        assert_false(kt_source_counts(source, "unemployed"));
    }
}

static void a_measure_without_a_code_is_named_by_its_first_label(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source = load(
        made, changed(made, "\"code\":\"V\"", "\"labels\":[\"Avoimet*\",\"*avoinna\"]"), &problems);
    assert_non_null(source);
    assert_int_equal(source->measures[0].label_count, 2);
    assert_string_equal(source->measures[0].code, "Avoimet*");
}

/* The good file without its variable of contents, and with these measures. */
static char *without_contents(const bench *made, const char *measures)
{
    static const char contents[] = "{\"role\":\"measure\",\"names\":[\"contentscode\"]},";
    static const char one[] = "{\"measure\":\"vacancies\",\"code\":\"V\",\"unit\":\"posts\"}";
    const char *cut = changed(made, contents, "");
    const char *at = strstr(cut, one);
    return kt_arena_print(made->arena, "%.*s%s%s", (int)(at - cut), cut, measures,
                          at + strlen(one));
}

static void the_only_measure_of_a_file_needs_no_variable_of_contents(void **state)
{
    static const struct {
        const char *measures;
        const char *says; /* NULL: the file is good */
    } cases[] = {
        {"{\"measure\":\"vacancies\",\"unit\":\"posts\"}", NULL},
        {"{\"measure\":\"vacancies\",\"code\":\"V\",\"unit\":\"posts\"}",
         "which has the code of the measure, or a measure without a code"},
        {"{\"measure\":\"vacancies\",\"labels\":[\"Avoimet*\"],\"unit\":\"posts\"}",
         "which has the code of the measure, or a measure without a code"},
        {"{\"measure\":\"vacancies\",\"earlier_codes\":[\"W\"],\"unit\":\"posts\"}",
         "which has the code of the measure, or a measure without a code"},
        {"{\"measure\":\"vacancies\",\"unit\":\"posts\"},"
         "{\"measure\":\"unemployed\",\"unit\":\"persons\"}",
         "variables: expected a variable with the role measure, as nothing else tells the 2 "
         "measures apart"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = NULL;
        const kt_source *source = load(made, without_contents(made, cases[i].measures), &problems);
        if (cases[i].says == NULL) {
            assert_non_null(source);
            assert_null(source->measures[0].code);
            continue;
        }
        assert_null(source);
        assert_int_equal(kt_problems_count(problems), 1);
        assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].says));
    }
}

typedef struct address_case {
    const char *when, *path;
} address_case;

static void the_address_follows_the_day(void **state)
{
    const kt_source *source = load_good(*state);
    static const address_case cases[] = {
        {"2020-01-01T00:00:00Z", "t/old.px"}, {"2026-06-07T23:59:59Z", "t/old.px"},
        {"2026-06-08T00:00:00Z", "t/new.px"}, {"2030-01-01T00:00:00Z", "t/new.px"},
        {"1960-01-01T12:00:00Z", "t/old.px"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_instant when = 0;
        assert_true(kt_instant_read(cases[i].when, false, &when));
        assert_string_equal(kt_source_address(source, when)->path, cases[i].path);
    }
}

static void a_table_is_where_its_path_ends(void **state)
{
    static const struct {
        const char *url, *place;
    } cases[] = {
        {"https://a.fi/v1/t/new.px", "https://a.fi/v1/t/new.px"},
        {"https://a.fi/v1/t/old.px?config", "https://a.fi/v1/t/old.px"},
        {"https://a.fi/v1/t/new.px/data?lang=sv&x=1", "https://a.fi/v1/t/new.px"},
        {"https://a.fi/t/new.pxx/t/new.px/data", "https://a.fi/t/new.pxx/t/new.px"},
        {"https://a.fi/v1/xt/new.px", "https://a.fi/v1/xt/new.px"},
        {"https://a.fi/other?of=t/new.px", "https://a.fi/other?of=t/new.px"},
    };
    static const kt_address_spec addresses[] = {{.path = "t/old.px"}, {.path = "t/new.px"}};
    const bench *made = *state;
    const kt_source source = {.addresses = (kt_address_spec *)(uintptr_t)addresses,
                              .address_count = 2};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_source_place(&source, cases[i].url, made->arena), cases[i].place);
    }
}

static void between_two_addresses_there_is_none(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    const kt_source *source =
        load(made, changed(made, "\"from\":\"2026-06-08\"", "\"from\":\"2026-06-10\""), &problems);
    assert_non_null(source);
    assert_null(kt_source_address(source, kt_days_from_civil(2026, 6, 8) * 86400));
}

typedef struct mistake_case {
    const char *piece, *by, *says;
} mistake_case;

static const mistake_case mistakes[] = {
    {"\"id\":\"t1\"", "\"id\":\"T 1\"", "id: expected lower-case letters, digits"},
    {"\"id\":\"t1\"", "\"id\":\"\"", "id: expected lower-case letters, digits"},
    {"\"sv\":\"b\",", "", "title.sv: missing, expected a text"},
    {"https://", "ftp://", "base_url: expected an address that starts with https://"},
    {"https://example.org/api//", "file:drop", "base_url: expected an address that starts"},
    {"\"pxweb\"", "\"file\"", "base_url: expected file: and a folder, found \"https:"},
    {"\"t/old.px\"", "\"/t/old.px\"", "addresses[0].path: expected a path below base_url"},
    {"2026-06-07", "2026-06-31", "addresses[0].until: expected a day such as 2026-06-08"},
    {"2026-06-07", "20260607", "addresses[0].until: expected a day such as 2026-06-08"},
    {"2026-06-07", "2026-06-08", "addresses[1]: some of its days have an earlier address"},
    {"\"from\":\"2026-06-08\"", "\"from\":\"2027-06-08\",\"until\":\"2027-01-01\"",
     "addresses[1]: from is after until"},
    {"\"frequency\":\"month\"", "\"frequency\":\"daily\"",
     "frequency: expected month, quarter or year, found \"daily\""},
    {"\"frequency\":\"month\"", "\"frequency\":\"month\",\"refetch_periods\":0",
     "refetch_periods: expected a number from 1 to 1200, found 0"},
    {"\"frequency\":\"month\"", "\"frequency\":\"month\",\"every_days\":7,\"whole_every_days\":6",
     "whole_every_days: is below every_days, expected 7 or more"},
    {"\"licence\"", "\"observations\":{\"levels\":[]},\"licence\"",
     "observations.levels: expected at least one level"},
    {"\"licence\"", "\"observations\":{\"levels\":[\"laani\"]},\"licence\"",
     "observations.levels[0]: expected country, kunta, seutukunta"},
    {"\"role\":\"region\"", "\"role\":\"place\"",
     "variables[2].role: expected one of period, measure, region, occupation, sector, group, "
     "found \"place\""},
    {"\"role\":\"region\"", "\"role\":\"period\"",
     "variables[2]: a second variable with the role period"},
    {"\"names\":[\"Alue\"],", "",
     "variables[2]: expected names, markers or \"time\": true to find it by"},
    {"\"want\":[\"SSS\"],", "", "variables[2].want: expected codes or patterns"},
    {"\"names\":[\"Alue\"],", "\"names\":[\"Alue\"],\"time\":true,",
     "variables[2].time: only the period is found by the time mark"},
    {"\"total\":\"SSS\"", "\"total\":\"SSS\",\"level\":\"isco4\"",
     "variables[2].level: only an occupation has a level"},
    {"\"total\":\"SSS\"", "\"total\":\"SSS\",\"revision\":\"nace2\"",
     "variables[2].revision: only a sector has a revision"},
    {"\"role\":\"region\"", "\"role\":\"sector\",\"revision\":\"2008\"",
     "variables[2].revision: expected tol2008, tol2025, nace2 or nace21, found \"2008\""},
    {"\"role\":\"region\",\"names\":[\"Alue\"]",
     "\"role\":\"sector\",\"names\":[\"nace_r2\",\"nace_r21\"],\"revision\":\"nace2\"",
     "variables[2].revision: expected tol2025 or nace21 as of \"nace_r21\" in names, found "
     "\"nace2\""},
    {"\"role\":\"region\",\"names\":[\"Alue\"]",
     "\"role\":\"sector\",\"names\":[\"nace_r2\"],\"revision\":\"tol2025\"",
     "variables[2].revision: expected tol2008 or nace2 as of \"nace_r2\" in names, found "
     "\"tol2025\""},
    {"\"total\":\"SSS\"", "\"total\":\"SSS\",\"map\":{\"a\":\"MK01\",\"b\":\"MK01\"}",
     "variables[2].map: two codes become MK01"},
    {"\"total\":\"SSS\"", "\"total\":\"SSS\",\"map\":{\"SSS\":\"FI\"}",
     "variables[2].map: SSS is the total, which keeps its code"},
    {"\"total\":\"SSS\"", "\"total\":\"SSS\",\"newest\":3",
     "variables[2]: only the period has a first or newest"},
    {"\"time\":true", "\"time\":true,\"first\":\"2015-13\"",
     "variables[0].first: expected a period such as 2015M01, found \"2015-13\""},
    {"\"role\":\"region\"", "\"role\":\"occupation\"", "variables[2].level: missing"},
    {"\"role\":\"region\"", "\"level\":\"isco5\",\"role\":\"occupation\"",
     "variables[2].level: expected isco1, isco2, isco3 or isco4, found \"isco5\""},
    {"[\"contentscode\"]", "[\"contentscode\"],\"want\":[\"*\"]",
     "variables[1]: what is wanted of the measure stands in measures"},
    {"{\"role\":\"measure\",\"names\":[\"contentscode\"]},", "",
     "variables: expected a variable with the role measure, which has the code of the measure, or "
     "a measure without a code"},
    {"{\"role\":\"period\",\"time\":true,\"want\":[\"*\"]},", "",
     "variables: expected a variable with the role period"},
    {"\"unit\":\"posts\"", "\"unit\":\"jobs\"",
     "measures[0].unit: expected persons, posts, days, percent or ratio, found \"jobs\""},
    {"\"unit\":\"posts\"", "\"unit\":\"percent\"",
     "measures[0].unit: vacancies are counted in posts, found \"percent\""},
    {"\"vacancies\",\"code\":\"V\"", "\"unemployed\",\"group\":\"under_25\",\"code\":\"V\"",
     "measures[0].unit: unemployed are counted in persons, found \"posts\""},
    {"\"unit\":\"posts\"", "\"unit\":\"posts\",\"scale\":0",
     "measures[0].scale: expected a number from"},
    {"\"unit\":\"posts\"", "\"unit\":\"posts\",\"definition\":{\"fi\":\"a\",\"en\":\"c\"}",
     "measures[0].definition.sv: missing, expected a text"},
    {"[{\"measure\"", "[{\"measure\":\"v\",\"code\":\"V\",\"unit\":\"posts\"},{\"measure\"",
     "measures[1]: the code V is there twice"},
    {"[{\"measure\"", "[{\"measure\":\"vacancies\",\"code\":\"W\",\"unit\":\"posts\"},{\"measure\"",
     "measures[1]: a second code for vacancies"},
    {"[{\"measure\"",
     "[{\"measure\":\"vacancies\",\"group\":\"new\",\"code\":\"W\",\"unit\":\"posts\"},"
     "{\"measure\":\"vacancies_new\",\"code\":\"X\",\"unit\":\"posts\"},{\"measure\"",
     "measures[1]: a second code for vacancies_new"},
    {"\"means\":\"protected\"", "\"means\":\"secret\"",
     "symbols[0].means: expected one of zero, protected"},
    {"[{\"symbol\"", "[{\"symbol\":\"...\",\"means\":\"zero\"},{\"symbol\"",
     "symbols[1]: the symbol \"...\" is there twice"},
    {"\"protected\":{\"low\":1,\"high\":4},", "", "protected: missing, expected what"},
    {"\"low\":1", "\"low\":5", "protected: low is above high"},
    {"\"warn_days\":60", "\"warn_days\":101", "ages: warn_days is above error_days"},
    {"\"hold_share\":0.1", "\"hold_share\":-1", "hold_share: expected a number from 0"},
    {"\"hold_share\"", "\"warn_share\":-1,\"hold_share\"", "warn_share: expected a number from 0"},
    {"\"unit\":\"posts\"}",
     "\"earlier_codes\":[\"W\"],\"unit\":\"posts\"},{\"measure\":\"unemployed\","
     "\"code\":\"W\",\"unit\":\"persons\"}",
     "measures[1]: the code W is there twice"},
    {"\"licence\"", "\"license\"", "license: unknown key; did you mean licence?"},
    {"\"code\":\"V\",", "", "measures[0].code: missing"},
    {"\"licence\"", "\"fixed\":{\"a\":1},\"licence\"", "fixed.a: expected a text"},
    {"\"licence\"", "\"others\":\"all\",\"licence\"", "others: expected total, found \"all\""},
    {"\"licence\"", "\"limits\":{\"calls\":3},\"licence\"",
     "limits: expected calls and window_s together"},
    {"\"licence\"",
     "\"unallocated\":[{\"cause\":\"_X3\",\"level\":\"kunta\",\"code\":\"a\"}],\"licence\"",
     "unallocated[0].cause: expected _X1 (no municipality stated) or _X2"},
    {"\"licence\"",
     "\"unallocated\":[{\"cause\":\"_X1\",\"level\":\"laani\",\"code\":\"a\"}],\"licence\"",
     "unallocated[0].level: expected one of kunta, seutukunta"},
    {"\"id\":\"t1\"", "\"id\":\"t1\",\"id\":\"t2\"", "duplicate object key"},
};

static void one_mistake_is_one_line_with_place_and_expectation(void **state)
{
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        assert_null(load(made, changed(made, mistakes[i].piece, mistakes[i].by), &problems));
        kt_error error = {0};
        assert_int_equal(kt_problems_verdict(problems, &error), KT_ERR_CONFIG);
        assert_says(&error, "t1.json: ");
        bool said = false;
        for (size_t j = 0; j < kt_problems_count(problems); j++) {
            said = said || strstr(kt_problems_at(problems, j), mistakes[i].says) != NULL;
        }
        if (!said) {
            print_error("case %zu: %s\n", i, error.message);
        }
        assert_true(said);
    }
}

static void all_mistakes_of_a_file_come_at_once(void **state)
{
    bench *made = *state;
    kt_problems *problems = NULL;
    assert_null(load(made, "{\"id\":1,\"symbols\":{},\"variables\":[7],\"xyz\":0}", &problems));
    assert_true(kt_problems_count(problems) > 10);
}

static kt_source *load_config(const bench *made, const char *name)
{
    kt_problems *problems = kt_problems_new(made->arena);
    char *path = kt_arena_print(made->arena, "%s/config/sources/%s.json", KT_ROOT, name);
    kt_source *source = kt_source_load(path, made->arena, problems);
    if (source == NULL) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    assert_non_null(source);
    return source;
}

static void the_tables_of_the_live_configuration_are_well_described(void **state)
{
    const bench *made = *state;
    const kt_source *areas = load_config(made, "12r5");
    const kt_source *occupations = load_config(made, "12ti");
    assert_int_equal(areas->measure_count, 23);
    assert_string_equal(kt_source_measure(areas, "unemployed_long_term")->code,
                        "PITKAAIKAISTYOTTOMAT");
    assert_non_null(kt_source_measure(areas, "in_services_coaching")->definition.sv);
    assert_int_equal(areas->unallocated_count, 8);
    assert_null(areas->occupation_level);
    assert_string_equal(occupations->occupation_level, "isco4");
    assert_string_equal(kt_source_variable(occupations, KT_ROLE_OCCUPATION)->unknown, "X*");
    assert_int_equal(kt_source_variable(occupations, KT_ROLE_REGION)->want_count, 2);
    const kt_instant before = kt_days_from_civil(2026, 6, 7) * 86400;
    const kt_instant after = kt_days_from_civil(2026, 6, 8) * 86400;
    assert_string_equal(kt_source_address(areas, before)->path, "tyonv/statfin_tyonv_pxt_12r5.px");
    assert_string_equal(kt_source_address(areas, after)->path, "tyonv/12r5.px");
}

static json_t *load_schema(const bench *made)
{
    char *path = kt_arena_print(made->arena, "%s/config/schema/source.json", KT_ROOT);
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json_object_get(schema, "properties"));
    return schema;
}

static void every_source_of_the_configuration_can_be_read(void **state)
{
    const bench *made = *state;
    glob_t files = {0};
    const char *pattern = kt_arena_print(made->arena, "%s/config/sources/*.json", KT_ROOT);
    assert_int_equal(glob(pattern, 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        kt_problems *problems = kt_problems_new(made->arena);
        const kt_source *source = kt_source_load(files.gl_pathv[i], made->arena, problems);
        for (size_t j = 0; j < kt_problems_count(problems); j++) {
            print_error("%s\n", kt_problems_at(problems, j));
        }
        assert_non_null(source);
        assert_true(
            kt_text_ends(files.gl_pathv[i], kt_arena_print(made->arena, "/%s.json", source->id)));
    }
    globfree(&files);
}

static void read_text(void *context, const char *text, kt_problems **problems)
{
    (void)load(context, text, problems);
}

static void the_schema_and_the_program_know_the_same_keys(void **state)
{
    bench *made = *state;
    json_auto_t *schema = load_schema(made);
    json_auto_t *document = json_loads(good, 0, NULL);
    const json_t *properties = json_object_get(schema, "properties");
    const schema_reader reader = {read_text, made, made->arena};
    check_schema_taken(&reader, properties, "{", "}");
    check_schema_knows(document, properties);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_source_has_what_its_file_says),
        cmocka_unit_test(what_a_service_does_not_tell_stands_in_the_file),
        cmocka_unit_test(a_service_of_pxweb_2_has_a_language_of_its_own),
        cmocka_unit_test(a_source_may_be_a_folder_of_files),
        cmocka_unit_test(a_folder_is_looked_at_every_night),
        cmocka_unit_test(the_whole_table_is_due_no_sooner_than_the_table),
        cmocka_unit_test(a_group_of_a_measure_is_a_measure_of_its_own),
        cmocka_unit_test(figures_in_thousands_are_rounded_to_them),
        cmocka_unit_test(persons_and_posts_are_counts),
        cmocka_unit_test(a_measure_without_a_code_is_named_by_its_first_label),
        cmocka_unit_test(the_only_measure_of_a_file_needs_no_variable_of_contents),
        cmocka_unit_test(every_source_of_the_configuration_can_be_read),
        cmocka_unit_test(the_address_follows_the_day),
        in_bench(a_table_is_where_its_path_ends),
        cmocka_unit_test(between_two_addresses_there_is_none),
        cmocka_unit_test(one_mistake_is_one_line_with_place_and_expectation),
        cmocka_unit_test(all_mistakes_of_a_file_come_at_once),
        cmocka_unit_test(the_tables_of_the_live_configuration_are_well_described),
        cmocka_unit_test(the_schema_and_the_program_know_the_same_keys),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
