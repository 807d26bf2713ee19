/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/publish_support.h"

#include "pipeline/config.h"

#define HERE   KT_ROOT "/tests/pipeline"
#define CONFIG KT_ROOT "/config"

static const char good[] =
    "{\"name\":\"near\",\"region_level\":\"maakunta\",\"title\":{\"fi\":\"a\",\"sv\":\"b\",\"en\":"
    "\"c\"},\"source\":\"assumed\",\"distance\":{\"decay_per_km\":0.01,\"coordinates\":{\"MK01\":"
    "[60.17,24.94],\"MK02\":[60.45,22.27]}}}";

#define DISTANCE                                                                             \
    "\"distance\":{\"decay_per_km\":0.01,\"coordinates\":{\"MK01\":[60.17,24.94],\"MK02\":[" \
    "60.45,22.27]}}"

/* The good entry with one piece replaced. */
static const char *changed(const bench *made, const char *piece, const char *by)
{
    const char *at = strstr(good, piece);
    assert_non_null(at);
    return kt_arena_print(made->arena, "%.*s%s%s", (int)(at - good), good, by, at + strlen(piece));
}

static kt_config *load(void *state, const char *entries, kt_problems **problems)
{
    const bench *made = state;
    const char *list = kt_arena_print(made->arena, "{\"effective_tightness\":[%s]}", entries);
    const char *main = kt_arena_print(
        made->arena,
        "{\"workspace\":\"w\",\"sources\":[\"%s/sample/sources/12r5.json\",\"%s/sample/sources/"
        "12ti.json\"],\"classifications\":\"%s/classifications\",\"markets\":\"%s/markets.json\","
        "\"contract\":\"%s/contract\",\"effective_tightness\":\"e.json\","
        "\"analysis\":{\"alphas\":[0.5],\"range_alphas\":[0.5]}}",
        CONFIG, CONFIG, CONFIG, HERE, CONFIG);
    (void)write_bytes(state, "e.json", list, strlen(list));
    *problems = kt_problems_new(made->arena);
    return kt_config_load(write_bytes(state, "c.json", main, strlen(main)), made->arena, *problems);
}

/*
 * Helsinki to Turku in Python 3:
 *   from math import *
 *   p1, l1, p2, l2 = map(radians, (60.17, 24.94, 60.45, 22.27))
 *   d = 6371.0088 * acos(sin(p1)*sin(p2) + cos(p1)*cos(p2)*cos(l2 - l1))   # 150.30070926382993
 *   exp(-.01 * d) # 0.2224601949150781
 */
static void weights_fall_with_the_great_circle(void **state)
{
    kt_problems *problems = NULL;
    const kt_config *config = load(*state, good, &problems);
    assert_non_null(config);
    assert_int_equal(config->reaches.count, 1);
    const kt_reach *reach = &config->reaches.at[0];
    assert_string_equal(reach->name, "near");
    assert_string_equal(reach->title.sv, "b");
    assert_int_equal(reach->weights->row_count, 2);
    assert_string_equal(reach->weights->column[1], "MK02");
    assert_close(reach->weights->weight[0], 1.0, 0.0);
    assert_close(reach->weights->weight[1], 0.2224601949150781, 1e-12);
    assert_close(reach->weights->weight[2], reach->weights->weight[1], 0.0);
}

static void weights_of_a_file_are_its_own(void **state)
{
    static const char text[] = "region,MK02,MK01\nMK01,0.25,1\nMK02,0,0.5\n";
    kt_problems *problems = NULL;
    (void)write_bytes(*state, "w.csv", text, strlen(text));
    const kt_config *config =
        load(*state, changed(*state, DISTANCE, "\"file\":\"w.csv\""), &problems);
    assert_non_null(config);
    const kt_weights *weights = config->reaches.at[0].weights;
    assert_string_equal(weights->row[0], "MK01");
    assert_string_equal(weights->column[0], "MK02");
    assert_close(weights->weight[0], 0.25, 0.0);
    assert_close(weights->weight[3], 0.5, 0.0);
}

/* Figures change with the file, and so does what they are kept by. */
static void the_hash_knows_the_file(void **state)
{
    static const char *const texts[] = {"region,MK01\nMK01,1\n", "region,MK01\nMK01,2\n"};
    const char *entry = changed(*state, DISTANCE, "\"file\":\"w.csv\"");
    char hashes[2][KT_HASH_SIZE];
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        kt_problems *problems = NULL;
        (void)write_bytes(*state, "w.csv", texts[i], strlen(texts[i]));
        const kt_config *config = load(*state, entry, &problems);
        assert_non_null(config);
        memcpy(hashes[i], config->hash, KT_HASH_SIZE);
    }
    assert_string_not_equal(hashes[0], hashes[1]);
}

static const struct {
    const char *piece, *by, *says;
} mistakes[] = {
    {"\"MK02\"", "\"MK99\"", "coordinates.MK99: \"MK99\" is no region of the level maakunta"},
    {"\"MK02\"", "\"KU091\"", "\"KU091\" is no region of the level maakunta"},
    {"[60.45,22.27]", "[60.45]", "coordinates.MK02: expected a latitude and a longitude"},
    {"60.45", "95", "coordinates.MK02[0]: expected"},
    {"0.01", "-1", "[0].distance.decay_per_km: expected"},
    {DISTANCE, "\"file\":\"w.csv\"," DISTANCE, "[0]: expected either a distance or a file"},
    {"," DISTANCE, "", "[0]: expected either a distance or a file"},
    {DISTANCE, "\"file\":\"none.csv\"", "[0].file: "},
    {DISTANCE, "\"file\":\"bad.csv\"", "row 2, column 2 (MK01): \"-1\" is no weight of 0 or more"},
    {"\"source\":\"assumed\",", "", "[0].source: missing, expected a text"},
    {"\"name\"", "\"nmae\"", "[0].nmae: unknown key"},
};

static void expect_words(const char *words, const char *says)
{
    if (strstr(words, says) == NULL) {
        fail_msg("%s, expected %s", words, says);
    }
}

static void one_mistake_is_told_with_its_place(void **state)
{
    static const char bad[] = "region,MK01\nMK01,-1\n";
    (void)write_bytes(*state, "bad.csv", bad, strlen(bad));
    for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
        kt_problems *problems = NULL;
        assert_null(load(*state, changed(*state, mistakes[i].piece, mistakes[i].by), &problems));
        expect_words(kt_problems_at(problems, 0), mistakes[i].says);
    }
}

static void a_name_stands_once_a_level(void **state)
{
    const bench *made = *state;
    kt_problems *problems = NULL;
    assert_null(load(*state, kt_arena_print(made->arena, "%s,%s", good, good), &problems));
    assert_non_null(strstr(kt_problems_at(problems, 0), "[1].name: \"near\" stands twice"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(weights_fall_with_the_great_circle),
        in_bench(weights_of_a_file_are_its_own),
        in_bench(the_hash_knows_the_file),
        in_bench(one_mistake_is_told_with_its_place),
        in_bench(a_name_stands_once_a_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
