/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_levels.h"

#include <math.h>

#include "core/file.h"
#include "core/support.h"
#include "project_texts.h"

/* "maakunta MK13 0.5, ...": the places of a project by their codes, two at most. */
static const char *told(const char *level, const kt_project_place *places, size_t count)
{
    const kt_project_places all = {.at = places, .count = count};
    kt_project_level *of = kt_project_level_new(texts.placement, level, texts.arena);
    const kt_level_places got = kt_project_level_places(of, &all, texts.arena);
    const char *out = "";
    for (size_t i = 0; i < got.count; i++) {
        out = kt_arena_print(texts.arena, "%s%s%s %s %.3g", out, i == 0 ? "" : ", ",
                             got.at[i].level, got.at[i].code, got.at[i].weight);
    }
    return out;
}

/* By memberships.csv, coordinators.csv and areas.csv, read by hand: Kainuu (MK18) and a few
 * municipalities of Pohjois-Pohjanmaa make TA10; Keski-Suomi (MK13) has municipalities of TA06,
 * TA09 and TA27, of which TA06 has others of Pirkanmaa. */
static void a_place_lies_in_a_unit_or_around_several(void **state)
{
    (void)state;
    static const struct {
        const char *level, *place_level, *code, *places;
    } cases[] = {
        {"maakunta", "maakunta", "MK13", "maakunta MK13 1"},
        {"maakunta", "kunta", "KU179", "maakunta MK13 1"},
        {"tyollisyysalue", "kunta", "KU179", "tyollisyysalue TA09 1"},
        {"tyollisyysalue", "maakunta", "MK18", "tyollisyysalue TA10 1"},
        {"tyollisyysalue", "maakunta", "MK13",
         "tyollisyysalue TA06 0, tyollisyysalue TA09 0, tyollisyysalue TA27 0, tyollisyysalue _X "
         "1"},
        {"maakunta", "tyollisyysalue", "TA10", "maakunta MK17 0, maakunta MK18 0, maakunta _X 1"},
        {"elinvoimakeskus", "maakunta", "MK13", "elinvoimakeskus EVK05 1"},
        {"elinvoimakeskus", "ely", "ELY15", "elinvoimakeskus EVK10 1"},
        {"coordinator", "maakunta", "MK13", "coordinator CA3 1"},
        {"coordinator", "own", "OWN_ITA", "coordinator CA4 0, coordinator CA5 0, coordinator _X 1"},
        {"maakunta", "own", "OWN_RR_ESAVO",
         "maakunta MK10 0, maakunta MK11 0, maakunta MK12 0, maakunta _X 1"},
        {"tyollisyysalue", "maakunta", "MK21", "tyollisyysalue TA46 1"},
        {"maakunta", KT_LEVEL_NATIONAL, "SSS", "national SSS 1"},
        {"maakunta", KT_LEVEL_UNLOCATED, "_X", "unknown _X 1"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_place place = {.level = cases[i].place_level,
                                        .code = cases[i].code,
                                        .weight = 1.0,
                                        .role = KT_PLACE_IMPLEMENTATION};
        assert_string_equal(told(cases[i].level, &place, 1), cases[i].places);
    }
}

static void weights_in_one_unit_are_added(void **state)
{
    (void)state;
    const kt_project_place places[] = {{"kunta", "KU179", 0.25, KT_PLACE_IMPLEMENTATION, 0},
                                       {"maakunta", "MK13", 0.25, KT_PLACE_IMPLEMENTATION, 0},
                                       {"maakunta", "MK18", 0.5, KT_PLACE_IMPLEMENTATION, 0},
                                       {"maakunta", "MK19", 1.0, KT_PLACE_BENEFICIARY_SEAT, 0}};
    assert_string_equal(told("maakunta", places, 4), "maakunta MK13 0.5, maakunta MK18 0.5");
    assert_string_equal(told("tyollisyysalue", places, 4),
                        "tyollisyysalue TA06 0, tyollisyysalue TA09 0.25, tyollisyysalue TA10 0.5, "
                        "tyollisyysalue TA27 0, tyollisyysalue _X 0.25");
}

static void check_weights(kt_project_level *of, const kt_project *project)
{
    const kt_project_places places =
        kt_project_places_of(texts.placement, texts.finnish, project, texts.arena);
    const kt_level_places got = kt_project_level_places(of, &places, texts.arena);
    double sum = 0.0;
    for (size_t i = 0; i < got.count; i++) {
        sum += got.at[i].weight;
    }
    assert_close(sum, 1.0, 1e-12);
}

/* The weights of each of 2,775 projects sum to one at every level. */
static void no_weight_is_lost_at_any_level(void **state)
{
    (void)state;
    static const char *const levels[] = {"maakunta", "tyollisyysalue", "elinvoimakeskus",
                                         "coordinator"};
    size_t count = 0;
    if (!kt_file_exists(PROJECT_LIST)) {
        skip();
    }
    const kt_project *projects = read_list(texts.arena, &count);
    for (size_t i = 0; i < COUNT_OF(levels); i++) {
        kt_project_level *of = kt_project_level_new(texts.placement, levels[i], texts.arena);
        for (size_t j = 0; j < count; j++) {
            check_weights(of, &projects[j]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_lies_in_a_unit_or_around_several),
        cmocka_unit_test(weights_in_one_unit_are_added),
        cmocka_unit_test(no_weight_is_lost_at_any_level),
    };
    return cmocka_run_group_tests(tests, open_texts, close_texts);
}
