/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_overlap.h"

#include <math.h>
#include <string.h>

#include "core/support.h"
#include "support/arena.h"

#define MOST 8

/* A project in few words; days of 1970 and on. */
typedef struct sketch {
    const char *code, *text, *beneficiary, *area;
    const char *regions[3];
    int64_t start, end;
    const char *groups[3];
    bool national, parallel;
} sketch;

typedef struct portfolio {
    kt_project projects[MOST];
    kt_related_project texts_of[MOST];
    kt_overlap_project compared[MOST];
    kt_project_places places[MOST];
    kt_project_themes themes[MOST];
    kt_project_theme groups[MOST][3];
    const char *texts[MOST];
    kt_overlap_question question;
} portfolio;

static const kt_project_place everywhere[] = {{.level = KT_LEVEL_NATIONAL,
                                               .code = "SSS",
                                               .weight = 1.0,
                                               .role = KT_PLACE_IMPLEMENTATION,
                                               .basis = KT_PLACE_NAME_MATCH}};

static void add(portfolio *to, size_t at, const sketch *one)
{
    size_t regions = 0, groups = 0;
    kt_project *project = &to->projects[at];
    project->text[KT_PROJECT_PROJECT_CODE] = one->code;
    project->text[KT_PROJECT_BENEFICIARY] = one->beneficiary;
    project->start_day = one->start;
    project->end_day = one->end;
    project->sum[KT_PROJECT_GRANTED] = 100;
    for (; regions < 3 && one->regions[regions] != NULL; regions++) {
    }
    for (; groups < 3 && one->groups[groups] != NULL; groups++) {
        to->groups[at][groups] =
            (kt_project_theme){.scheme = "target_group", .code = one->groups[groups]};
    }
    to->texts[at] = one->text;
    to->texts_of[at] = (kt_related_project){.project = project,
                                            .words = {.stem = one->code,
                                                      .text = one->text,
                                                      .beneficiary = one->beneficiary,
                                                      .parallel = one->parallel},
                                            .regions = one->regions,
                                            .region_count = regions};
    to->places[at] = (kt_project_places){.at = everywhere, .count = one->national ? 1 : 0};
    to->themes[at] = (kt_project_themes){to->groups[at], groups};
    to->compared[at] = (kt_overlap_project){&to->places[at], &to->themes[at], one->area,
                                            strcmp(one->text, "tekninen tuki") == 0};
}

static kt_project_overlaps find(portfolio *of, const sketch *sketches, size_t count,
                                size_t per_area, kt_arena *arena)
{
    const kt_similarity_settings settings = {.shortest = 3, .longest = 5, .df_cap = 1.0};
    kt_similarity *texts = NULL;
    kt_project_overlaps out = {0};
    kt_error err = {0};
    for (size_t i = 0; i < count; i++) {
        add(of, i, &sketches[i]);
    }
    assert_int_equal(kt_similarity_new(of->texts, count, &settings, arena, &texts, &err), KT_OK);
    of->question =
        (kt_overlap_question){.projects = of->compared,
                              .texts_of = of->texts_of,
                              .related = kt_project_relations(of->texts_of, count, arena),
                              .texts = texts,
                              .count = count,
                              .maakunnat = 19,
                              .settings = {.at_least = 0.5, .per_area = per_area}};
    assert_int_equal(kt_project_overlaps_find(&of->question, arena, &out, &err), KT_OK);
    return out;
}

static void assert_near(double found, double wanted)
{
    assert_true(fabs(found - wanted) < 1e-9);
}

/* 101 and 51 days, 26 of them in common; regions {1, 2} and {1}; groups {a, b} and {b, c}. */
static void a_pair_is_weighed_by_place_time_and_group(void **state)
{
    static const sketch sketches[] = {
        {"S1", "omistajanvaihdokset", "x", "CA1", {"MK01", "MK02"}, 0, 100, {"a", "b"}, 0, 0},
        {"S2", "omistajanvaihdokset", "y", "CA1", {"MK01"}, 75, 125, {"b", "c"}, 0, 0},
    };
    portfolio of = {0};
    const kt_project_overlaps found = find(&of, sketches, 2, 5, *state);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].tie, KT_TIE_CANDIDATE);
    assert_near(found.at[0].region_overlap, 0.5);
    assert_near(found.at[0].time_overlap, 26.0 / 51.0);
    assert_near(found.at[0].target_jaccard, 1.0 / 3.0);
    assert_near(found.at[0].score, found.at[0].cosine * 0.75 * 26.0 / 51.0);
    assert_true(found.at[0].cosine > 0.999999);
}

static void what_is_not_known_is_empty_and_counts_as_nothing(void **state)
{
    static const sketch sketches[] = {
        {"S1", "kuntien yhteispalvelu", "x", "_X", {NULL}, 0, 100, {NULL}, 0, 0},
        {"S2", "kuntien yhteispalvelu", "y", "CA2", {"MK07"}, 0, 100, {NULL}, 0, 0},
        {"S3", "kuntien yhteispalvelu", "z", "SSS", {NULL}, 0, 100, {NULL}, 1, 0},
        {"S4", "kuntien yhteispalvelu", "v", "SSS", {NULL}, KT_NO_DAY, 100, {NULL}, 1, 0},
    };
    portfolio of = {0};
    const kt_project_overlaps found = find(&of, sketches, 4, 5, *state);
    assert_int_equal(found.pairs, 6);
    assert_int_equal(found.count, 3); /* without those of S4, whose days are not known */
    assert_int_equal(found.at[0].b, 2);
    assert_near(found.at[0].region_overlap, 1.0 / 19.0);
    assert_true(isnan(found.at[1].region_overlap) && isnan(found.at[1].target_jaccard));
    assert_near(found.at[1].score, 0.5 * found.at[1].cosine);
}

/* Neither are what runs the programme itself, and two projects of one beneficiary. */
static void related_projects_are_counted_and_not_listed(void **state)
{
    static const sketch sketches[] = {
        {"S1", "hyvinvointia työpaikoille", "x", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S2", "hyvinvointia työpaikoille", "y", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 1},
        {"S3", "hyvinvointia työpaikoille", "x", "CA1", {"MK01"}, 50, 150, {NULL}, 0, 0},
        {"S4", "hyvinvointia työpaikoille", "z", "CA1", {"MK01"}, 50, 150, {NULL}, 0, 0},
        {"S5", "tekninen tuki", "p", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S6", "tekninen tuki", "q", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S7", "yrityshautomo", "r", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S8", "yrityshautomo", "r", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
    };
    portfolio of = {0};
    const kt_project_overlaps found = find(&of, sketches, 8, 5, *state);
    assert_int_equal(found.pairs, 8);
    assert_int_equal(found.ties[KT_TIE_PARALLEL], 3);
    assert_int_equal(found.ties[KT_TIE_CONTINUATION], 1);
    assert_int_equal(found.ties[KT_TIE_CANDIDATE], 4);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.at[0].a, 2); /* S3 and S4 at the same time, before S1 and S4 */
    assert_int_equal(found.at[0].rank, 1);
    assert_int_equal(found.at[1].rank, 2);
}

static void each_area_has_its_best_pairs(void **state)
{
    static const sketch sketches[] = {
        {"S1", "ohjaamo nuorille", "x", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S2", "ohjaamo nuorille", "y", "CA1", {"MK01"}, 0, 100, {NULL}, 0, 0},
        {"S3", "ohjaamo nuorille", "z", "CA1", {"MK01"}, 90, 200, {NULL}, 0, 0},
        {"S4", "kuntoutus työhön", "x", "CA4", {"MK11"}, 0, 100, {NULL}, 0, 0},
        {"S5", "kuntoutus työhön", "y", "CA4", {"MK12"}, 0, 100, {NULL}, 0, 0},
    };
    portfolio of = {0};
    const kt_project_overlaps found = find(&of, sketches, 5, 1, *state);
    assert_int_equal(found.count, 2);
    assert_int_equal(found.at[0].a, 0);
    assert_int_equal(found.at[0].b, 1);
    assert_int_equal(found.at[1].a, 3);
    assert_int_equal(found.at[1].b, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_pair_is_weighed_by_place_time_and_group),
        ARENA_TEST(what_is_not_known_is_empty_and_counts_as_nothing),
        ARENA_TEST(related_projects_are_counted_and_not_listed),
        ARENA_TEST(each_area_has_its_best_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
