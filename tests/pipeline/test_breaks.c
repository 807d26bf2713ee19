/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/breaks.h"

#include "pipeline/config.h"
#include "pipeline/publish_support.h"
#include "transform/sample.h"

#define WHAT   "\"what\": {\"fi\": \"f\", \"sv\": \"s\", \"en\": \"e\"}, \"citation\": \"read\", "
#define ACTIVE WHAT "\"verified\": true, \"active\": true"

/* What each test's registry is held against: t1, a month's unemployed and vacancies. */
static const kt_breaks *load(void *state, const char *entries, kt_problems **problems)
{
    bench *made = state;
    const char *text = kt_arena_print(made->arena, "{\"breaks\": [%s]}", entries);
    const char *path = write_bytes(state, "breaks.json", text, strlen(text));
    kt_source *source = sample_source(made->arena, NULL);
    *problems = kt_problems_new(made->arena);
    const kt_breaks_known known = {&source, 1, sample_classes(made->arena)};
    return kt_breaks_load(path, &known, made->arena, *problems);
}

static const kt_breaks *load_good(void *state, const char *entries)
{
    kt_problems *problems = NULL;
    const kt_breaks *breaks = load(state, entries, &problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_int_equal(kt_problems_count(problems), 0);
    return breaks;
}

static void what_the_tree_declares_and_acts_on_is_verified(void **state)
{
    bench *made = *state;
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_config *config =
        kt_config_load(KT_ROOT "/config/kohtaanto.json", made->arena, problems);
    assert_non_null(config);
    assert_non_null(config->breaks);
    size_t active = 0;
    for (size_t i = 0; i < config->breaks->count; i++) {
        const kt_break *one = &config->breaks->at[i];
        assert_true(!one->active || (one->verified && one->date != NULL));
        active += one->active;
    }
    assert_true(active > 0);
}

/* One wrong entry and the words that tell it. */
static const struct {
    const char *entry, *told;
} mistakes[] = {
    {"7", "breaks[0]: expected an object, found a number"},
    {"{\"id\": \"a\", \"sources\": [\"t1\"], " WHAT "\"verified\": true, \"active\": true}",
     "breaks[0].date: missing: an active break has a day"},
    {"{\"id\": \"a\", \"date\": \"2025-02-30\", \"sources\": [\"t1\"], " ACTIVE "}",
     "breaks[0].date: expected a day as 2025-01-01, found \"2025-02-30\""},
    {"{\"id\": \"a\", \"date\": \"20250201T0\", \"sources\": [\"t1\"], " ACTIVE "}",
     "breaks[0].date: expected a day"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"99\"], " ACTIVE "}",
     "breaks[0].sources[0]: \"99\" is none of the sources"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", " ACTIVE "}",
     "breaks[0].sources: expected the tables that it concerns"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"measures\": "
     "[\"posts\"], " ACTIVE "}",
     "breaks[0].measures[0]: \"posts\" is no measure of those sources"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"measures\": [], " ACTIVE
     "}",
     "breaks[0].measures: expected at least one"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"regions\": {\"levels\": "
     "[\"lääni\"]}, " ACTIVE "}",
     "breaks[0].regions.levels[0]: \"lääni\" is no level"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"regions\": {\"codes\": "
     "[\"KU999\"]}, " ACTIVE "}",
     "breaks[0].regions.codes[0]: \"KU999\" is no code of the classification"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"occupations\": {}, " ACTIVE
     "}",
     "breaks[0].occupations: expected levels, codes or both"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], " WHAT
     "\"verified\": false, \"active\": true}",
     "breaks[0].active: expected false: it is not verified"},
    {"{\"id\": \"a\", \"sources\": [\"x\"], " WHAT "\"verified\": false, \"active\": false}",
     "breaks[0].inactive_because: missing, expected a text"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"inactive_because\": "
     "\"x\", " ACTIVE "}",
     "breaks[0].inactive_because: the break is active"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"url\": "
     "\"stat.fi\", " ACTIVE "}",
     "breaks[0].url: expected an address"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"wat\": 1, " ACTIVE "}",
     "breaks[0].wat: unknown key; did you mean what?"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], " ACTIVE "},"
     "{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], " ACTIVE "}",
     "breaks[1].id: \"a\" stands twice"},
    {"{\"id\": \"a\", \"date\": \"2025-01-01\", \"sources\": [\"t1\"], \"what\": {\"fi\": \"f\"}, "
     "\"citation\": \"read\", \"verified\": true, \"active\": true}",
     "breaks[0].what.en: missing, expected a text"},
};

static void an_impossible_day_is_told_and_nothing_else(void **state)
{
    kt_problems *problems = NULL;
    (void)load(*state,
               "{\"id\": \"a\", \"date\": \"2025-02-30\", \"sources\": [\"t1\"], " ACTIVE "}",
               &problems);
    assert_int_equal(kt_problems_count(problems), 1);
    assert_told(problems, "breaks[0].date: expected a day as 2025-01-01, found \"2025-02-30\"");
}

static void each_mistake_of_a_break_is_told(void **state)
{
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        (void)load(*state, mistakes[i].entry, &problems);
        assert_told(problems, mistakes[i].told);
    }
}

/* Which period is the first that ends on the day or later. */
static const struct {
    const char *date, *first, *before;
} firsts[] = {
    {"2025-01-01", "2025M01", "2024M12"}, {"2025-01-31", "2025M01", "2024M12"},
    {"2024-02-29", "2024M02", "2024M01"}, {"2025-12-31", "2025M12", "2025M11"},
    {"2025-01-01", "2025Q1", "2024Q4"},   {"2025-06-30", "2025Q2", "2025Q1"},
    {"2025-07-01", "2025Q3", "2025Q2"},   {"2025-12-31", "Y2025", "Y2024"},
};

static void a_break_begins_in_the_first_period_that_ends_after_it(void **state)
{
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(firsts); i++) {
        const char *entry = kt_arena_print(
            made->arena, "{\"id\": \"a\", \"date\": \"%s\", \"sources\": [\"t1\"], " ACTIVE "}",
            firsts[i].date);
        const kt_breaks *breaks = load_good(made, entry);
        const kt_break_place place = {
            "t1", "vacancies", {"kunta", "KU091", "source"}, {"_T", "_T", ""}};
        kt_period first, before;
        assert_true(kt_period_read(firsts[i].first, &first));
        assert_true(kt_period_read(firsts[i].before, &before));
        assert_true(kt_breaks_begin(breaks, &place, first));
        assert_false(kt_breaks_begin(breaks, &place, before));
        const kt_break_place other = {"t2", "vacancies", place.region, place.occupation};
        assert_false(kt_breaks_begin(breaks, &other, first));
    }
    assert_false(
        kt_breaks_begin(NULL, &(kt_break_place){.source = "t1"}, (kt_period){KT_MONTHLY, 0}));
}

/* A slab of May 2026: the country 9 and 5, and all statuses that a reply may have. */
static kt_cube *marked(bench *made, const char *entries, kt_rollup **rollup)
{
    const kt_source *source = sample_source(made->arena, NULL);
    const char *reply =
        sample_reply(made->arena, NULL,
                     "Alue: SSS KU001 KU002 KU003 | timeperiod_m: 2026M05 | contentscode: U V",
                     "9 5 4 ... 5:p .. 3 0");
    kt_cube *cube = sample_cube(source, reply, made->arena);
    *rollup = sample_rollup(cube, source, sample_classes(made->arena), made->arena);
    kt_cube *slab = sample_slab(*rollup, cube, 0, made->arena);
    kt_breaks_mark(load_good(made, entries), source, *rollup, slab);
    return slab;
}

static char letter_at(const kt_cube *slab, const char *measure, const char *region)
{
    return kt_obs_letter((kt_obs)slab->status[cell_at(slab, NULL, measure, region, NULL)]);
}

static void a_figure_without_a_value_keeps_its_own_reason(void **state)
{
    kt_rollup *rollup = NULL;
    const kt_cube *slab = marked(
        *state, "{\"id\": \"a\", \"date\": \"2026-05-20\", \"sources\": [\"t1\"], " ACTIVE "}",
        &rollup);
    assert_int_equal(letter_at(slab, "unemployed", "SSS"), 'B');
    assert_int_equal(letter_at(slab, "unemployed", "KU002"), 'B'); /* was provisional */
    assert_int_equal(letter_at(slab, "vacancies", "KU001"), 'Q');
    assert_int_equal(letter_at(slab, "vacancies", "KU002"), 'O');
    assert_int_equal(letter_at(slab, "vacancies", "KU003"), 'B'); /* an observed zero */
    assert_cell(slab, cell_at(slab, NULL, "unemployed", "KU001", NULL), 'B', 4, 4, 4);
}

/* Which figures an entry means: unemployed of SSS and KU001, vacancies of SSS and KU003. */
static const struct {
    const char *more, *letters;
} meant[] = {
    {"\"measures\": [\"vacancies\"], ", "AABB"},
    {"\"regions\": {\"levels\": [\"kunta\"]}, ", "ABAB"},
    {"\"regions\": {\"codes\": [\"KU001\", \"KU003\"]}, ", "ABAB"},
    {"\"regions\": {\"levels\": [\"country\"], \"codes\": [\"KU001\"]}, ", "AAAA"},
    {"\"measures\": [\"unemployed\"], \"regions\": {\"codes\": [\"SSS\"]}, ", "BAAA"},
    {"\"occupations\": {\"codes\": [\"_T\"]}, ", "BBBB"},
    {"\"occupations\": {\"levels\": [\"isco4\"]}, ", "AAAA"},
};

static void a_break_marks_what_it_names_and_nothing_else(void **state)
{
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(meant); i++) {
        kt_rollup *rollup = NULL;
        const kt_cube *slab = marked(
            made,
            kt_arena_print(
                made->arena,
                "{\"id\": \"a\", \"date\": \"2026-05-01\", \"sources\": [\"t1\"], %s" ACTIVE "}",
                meant[i].more),
            &rollup);
        const char found[] = {
            letter_at(slab, "unemployed", "SSS"), letter_at(slab, "unemployed", "KU001"),
            letter_at(slab, "vacancies", "SSS"), letter_at(slab, "vacancies", "KU003"), '\0'};
        assert_string_equal(found, meant[i].letters);
    }
}

static void other_periods_and_inactive_breaks_mark_nothing(void **state)
{
    kt_rollup *rollup = NULL;
    const kt_cube *slab = marked(
        *state,
        "{\"id\": \"a\", \"date\": \"2026-04-30\", \"sources\": [\"t1\"], " ACTIVE "},"
        "{\"id\": \"b\", \"date\": \"2026-06-01\", \"sources\": [\"t1\"], " ACTIVE "},"
        "{\"id\": \"c\", \"date\": \"2026-05-01\", \"sources\": [\"t1\", \"elsewhere\"], " WHAT
        "\"verified\": true, \"active\": false, \"inactive_because\": \"not read\"}",
        &rollup);
    assert_int_equal(letter_at(slab, "unemployed", "SSS"), 'A');
    assert_int_equal(letter_at(slab, "unemployed", "KU002"), 'P');
    kt_breaks_mark(NULL, sample_source(((bench *)*state)->arena, NULL), rollup,
                   marked(*state, "", &rollup));
}

/* Of a table from May to July 2026. */
static const struct {
    const char *date, *source;
    bool within;
} ranges[] = {
    {"2026-05-01", "t1", true},  {"2026-07-31", "t1", true},  {"2026-04-30", "t1", false},
    {"2026-08-01", "t1", false}, {"2026-06-15", "t2", false},
};

static void a_break_is_within_a_table_that_holds_its_first_period(void **state)
{
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(ranges); i++) {
        const kt_breaks *breaks = load_good(
            made,
            kt_arena_print(made->arena,
                           "{\"id\": \"a\", \"date\": \"%s\", \"sources\": [\"t1\"], " ACTIVE "}",
                           ranges[i].date));
        assert_int_equal(kt_break_is_within(&breaks->at[0], ranges[i].source, "2026M05", "2026M07"),
                         ranges[i].within);
    }
    /* 30 June lies in the second quarter of 2026, and in that year. */
    const kt_breaks *breaks = load_good(
        made, "{\"id\": \"a\", \"date\": \"2026-06-30\", \"sources\": [\"t1\"], " ACTIVE "}");
    assert_true(kt_break_is_within(&breaks->at[0], "t1", "2026Q2", "2026Q2"));
    assert_false(kt_break_is_within(&breaks->at[0], "t1", "Y2027", "Y2028"));
}

/* A manifest has the words of the registry, and is read by the same reader. */
static void what_is_packed_is_read_again(void **state)
{
    static const char entry[] =
        "{\"id\": \"a\", \"date\": \"2026-05-20\", \"sources\": [\"t1\"], \"measures\": "
        "[\"vacancies\"], \"regions\": {\"levels\": [\"kunta\"], \"codes\": [\"KU001\"]}, "
        "\"occupations\": {\"codes\": [\"_T\"]}, \"url\": \"https://stat.fi\", " ACTIVE "}";
    bench *made = *state;
    json_auto_t *packed = kt_breaks_pack(load_good(made, entry));
    json_auto_t *wanted = json_loads(entry, 0, NULL);
    assert_int_equal(json_array_size(packed), 1);
    assert_true(json_equal(json_array_get(packed, 0), wanted));
    json_auto_t *plain = kt_breaks_pack(load_good(made, "{\"id\": \"a\", \"date\": \"2026-05-20\", "
                                                        "\"sources\": [\"t1\"], " ACTIVE "}"));
    assert_null(json_object_get(json_array_get(plain, 0), "regions"));
    assert_null(json_object_get(json_array_get(plain, 0), "url"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(what_the_tree_declares_and_acts_on_is_verified),
        in_bench(each_mistake_of_a_break_is_told),
        in_bench(an_impossible_day_is_told_and_nothing_else),
        in_bench(a_break_is_within_a_table_that_holds_its_first_period),
        in_bench(what_is_packed_is_read_again),
        in_bench(a_break_begins_in_the_first_period_that_ends_after_it),
        in_bench(a_figure_without_a_value_keeps_its_own_reason),
        in_bench(a_break_marks_what_it_names_and_nothing_else),
        in_bench(other_periods_and_inactive_breaks_mark_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
