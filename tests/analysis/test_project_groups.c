/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_groups.h"

#include <string.h>

#include "core/support.h"
#include "support/arena.h"

#define MOST 8

/* Projects of bodies "a", "b"... in places, one letter each: "X", "Y"; '-' where not known. */
typedef struct trial {
    kt_project projects[MOST];
    kt_related_project texts[MOST];
    kt_project_related related[MOST];
    const char *regions[MOST][1];
    bool taken[MOST];
    kt_group_question question;
} trial;

static trial *trial_of(const char *bodies, const char *places, kt_arena *arena)
{
    trial *made = kt_arena_new(arena, trial);
    const size_t count = strlen(bodies);
    for (size_t i = 0; i < count; i++) {
        made->regions[i][0] = kt_arena_print(arena, "%c", places[i]);
        made->projects[i].sum[KT_PROJECT_GRANTED] = 100;
        made->related[i] = (kt_project_related){KT_RELATION_MAIN, KT_NO_PROJECT};
        made->texts[i] =
            (kt_related_project){.project = &made->projects[i],
                                 .words = {.stem = "",
                                           .text = "",
                                           .beneficiary = kt_arena_print(arena, "%c", bodies[i])},
                                 .regions = made->regions[i],
                                 .region_count = places[i] == '-' ? 0 : 1};
    }
    made->question = (kt_group_question){.projects = made->texts,
                                         .related = made->related,
                                         .count = count,
                                         .taken = made->taken,
                                         .least_projects = 3};
    return made;
}

/* The group of each project: "00.1", a point for none. */
static const char *grouped(trial *of, const kt_similar_pair *pairs, size_t count, kt_arena *arena)
{
    of->question.pairs = pairs;
    of->question.pair_count = count;
    const kt_project_groups got = kt_project_groups_find(&of->question, arena);
    char *out = kt_arena_array(arena, char, of->question.count + 1);
    for (size_t i = 0; i < of->question.count; i++) {
        out[i] = '.';
        if (got.of[i] != KT_NO_PROJECT) {
            out[i] = "0123456789"[got.of[i]];
        }
    }
    return out;
}

static const kt_similar_pair chain[] = {{0, 1, 0.9}, {1, 2, 0.9}, {4, 5, 0.9}, {5, 6, 0.9}};

static void what_links_join_is_a_group(void **state)
{
    assert_string_equal(
        grouped(trial_of("abcdefg", "UVWXYZT", *state), chain, COUNT_OF(chain), *state), "000.111");
    assert_string_equal(grouped(trial_of("abcdefg", "UVWXYZT", *state), chain, 3, *state),
                        "000....");
}

static void neighbours_and_unknown_places_are_no_link(void **state)
{
    /* 1 and 2 in one place; 5 nowhere. */
    assert_string_equal(
        grouped(trial_of("abcdefg", "UVVXY-T", *state), chain, COUNT_OF(chain), *state), ".......");
    /* 1 and 2 of one body. */
    assert_string_equal(
        grouped(trial_of("abbdefg", "UVWXYZT", *state), chain, COUNT_OF(chain), *state), "....000");
}

static void what_is_taken_or_one_undertaking_is_no_link(void **state)
{
    trial *taken = trial_of("abcdefg", "UVWXYZT", *state);
    taken->taken[1] = true;
    assert_string_equal(grouped(taken, chain, COUNT_OF(chain), *state), "....000");
    trial *parallel = trial_of("abcdefg", "UVWXYZT", *state);
    parallel->related[5].relation = KT_RELATION_PARALLEL;
    assert_string_equal(grouped(parallel, chain, COUNT_OF(chain), *state), "000....");
    trial *ghost = trial_of("abcdefg", "UVWXYZT", *state);
    ghost->related[5].relation = KT_RELATION_GHOST;
    assert_string_equal(grouped(ghost, chain, COUNT_OF(chain), *state), "000....");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(what_links_join_is_a_group),
        ARENA_TEST(neighbours_and_unknown_places_are_no_link),
        ARENA_TEST(what_is_taken_or_one_undertaking_is_no_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
