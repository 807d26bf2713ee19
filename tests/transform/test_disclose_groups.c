/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <stdint.h>

#include "transform/disclose.h"

/*
 * Rule 5 of disclose.h is held to all there is: every way in which a few unemployed of two
 * municipalities, another maakunta, abroad and nowhere can be of a group is a period of one cube.
 * Periods that show the same are told apart by nobody, so each protected figure of one of them has
 * to be 1, 2, 3 and 4 in others.
 */
enum { SSS, MK01, MK02, MK91, KU001, KU002, ELY01, ROWS };

static const char *const codes[ROWS] = {"SSS", "MK01", "MK02", "MK91", "KU001", "KU002", "ELY01"};

#define CONTENTS    3 /* the unemployed and at most two of a family */
#define MOST_WORLDS 50000
#define LIMIT       4

typedef struct world {
    int figure[ROWS][CONTENTS];
} world;

typedef struct story {
    kt_measure_spec measures[CONTENTS];
    size_t contents;
    int unemployed[ROWS]; /* of SSS: nowhere; of ELY01: how far the two municipalities may differ */
    world *worlds;
    size_t count;
} story;

static kt_measure_spec persons(const char *measure, const char *base, const char *group)
{
    return (kt_measure_spec){.measure = measure,
                             .base = base,
                             .group = group,
                             .code = measure,
                             .unit = "persons",
                             .scale = 1.0};
}

/* Sums what is in the parts; SSS has what is nowhere. */
static void add_up(const story *of, world *now)
{
    const int parts[] = {MK01, MK02, MK91};
    for (size_t c = 0; c < of->contents; c++) {
        now->figure[MK01][c] = now->figure[KU001][c] + now->figure[KU002][c];
        now->figure[ELY01][c] = now->figure[MK01][c];
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
            now->figure[SSS][c] += now->figure[parts[i]][c];
        }
    }
}

static void keep(story *of, world now)
{
    add_up(of, &now);
    assert_true(of->count < MOST_WORLDS);
    of->worlds[of->count++] = now;
}

/* The unemployed, some of KU001 being in KU002 instead. */
static world unemployed_of(const story *of, int moved)
{
    static const int rows[] = {SSS, MK02, MK91, KU001, KU002};
    world now = {0};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        now.figure[rows[i]][0] = of->unemployed[rows[i]];
    }
    now.figure[KU001][0] -= moved;
    now.figure[KU002][0] += moved;
    return now;
}

/* Way n of so many in each place; false past the last. */
static bool deal(int way, const int most[], int number[], size_t places)
{
    for (size_t i = 0; i < places; i++) {
        number[i] = way % (most[i] + 1);
        way /= most[i] + 1;
    }
    return way == 0;
}

/* Every place takes each number of long-term ones up to its unemployed; MK02 some. */
static void tell_long_term_of(story *of, world plain)
{
    static const int elsewhere[] = {0, 1, 2, 3, 4, 10};
    static const int rows[] = {SSS, MK91, KU001, KU002};
    int most[5] = {5}, number[5];
    for (size_t i = 0; i < 4; i++) {
        most[i + 1] = plain.figure[rows[i]][0];
    }
    for (int way = 0; deal(way, most, number, 5); way++) {
        world now = plain;
        now.figure[MK02][1] = elsewhere[number[0]];
        for (size_t i = 0; i < 4; i++) {
            now.figure[rows[i]][1] = number[i + 1];
        }
        keep(of, now);
    }
}

static void tell_long_term(story *of)
{
    for (int moved = 0; moved <= of->unemployed[ELY01]; moved++) {
        tell_long_term_of(of, unemployed_of(of, moved));
    }
}

/* Job seekers who are not unemployed, and those of them in services: few enough that any place may
 * have all of its maakunta, or of what is in none. */
static void tell_seekers(story *of)
{
    static const int rows[] = {SSS, MK91, KU001, KU002};
    static const int most[] = {5, 5, 7, 7, 5, 5, 7, 7};
    const world plain = unemployed_of(of, 0);
    int number[8];
    for (int way = 0; deal(way, most, number, 8); way++) {
        world now = plain;
        bool possible = number[0] + number[1] <= most[0] && number[2] + number[3] <= most[2];
        now.figure[MK02][1] = 50;
        now.figure[MK02][2] = 10;
        for (size_t i = 0; i < 4; i++) {
            possible = possible && number[i + 4] <= number[i];
            now.figure[rows[i]][1] = now.figure[rows[i]][0] + number[i];
            now.figure[rows[i]][2] = number[i + 4];
        }
        if (possible) {
            keep(of, now);
        }
    }
}

/* Of so many unemployed: way n of having men, women and at most one of neither. */
static bool split(int unemployed, int way, int *men, int *women)
{
    *men = way / 2;
    *women = unemployed - *men - way % 2;
    return *women >= 0;
}

static void tell_sexes(story *of)
{
    static const int rows[] = {KU001, KU002, MK91, SSS};
    int ways = 1;
    for (size_t i = 0; i < 4; i++) {
        ways *= 2 * (of->unemployed[rows[i]] + 1);
    }
    for (int w = 0; w < ways; w++) {
        world now = unemployed_of(of, 0);
        int rest = w;
        bool possible = true;
        now.figure[MK02][1] = 20;
        now.figure[MK02][2] = 10;
        for (size_t i = 0; i < 4; i++) {
            const int own = 2 * (of->unemployed[rows[i]] + 1);
            int *figure = now.figure[rows[i]];
            possible =
                split(of->unemployed[rows[i]], rest % own, &figure[1], &figure[2]) && possible;
            rest /= own;
        }
        if (possible) {
            keep(of, now);
        }
    }
}

static bool is_small(int figure)
{
    return figure >= 1 && figure <= LIMIT;
}

static kt_codes *list(const char *const *from, size_t count, kt_arena *arena)
{
    kt_codes *made = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(made, from[i], NULL);
    }
    return made;
}

/* The worlds as periods, covered. */
static kt_cube *publish(story *of, kt_arena *arena)
{
    kt_codes *dimensions[KT_ROLES] = {[KT_ROLE_PERIOD] = kt_codes_new(arena),
                                      [KT_ROLE_MEASURE] = kt_codes_new(arena),
                                      [KT_ROLE_REGION] = list(codes, ROWS, arena)};
    for (size_t i = 0; i < of->count; i++) {
        (void)kt_codes_add(dimensions[KT_ROLE_PERIOD], kt_arena_print(arena, "%zu", i), NULL);
    }
    for (size_t c = 0; c < of->contents; c++) {
        (void)kt_codes_add(dimensions[KT_ROLE_MEASURE], of->measures[c].measure, NULL);
    }
    kt_cube *cube = NULL;
    kt_error err = {0};
    assert_int_equal(kt_cube_new(arena, dimensions, &cube, &err), KT_OK);
    for (size_t i = 0; i < cube->cells; i++) {
        const size_t c = i / ROWS % of->contents;
        const int figure = of->worlds[i / ROWS / of->contents].figure[i % ROWS][c];
        kt_cube_set(cube, i, figure, KT_OBS_OBSERVED);
        if (is_small(figure)) {
            kt_cube_protect(cube, i, 2.5, 1, LIMIT);
        }
    }
    kt_source *source = sample_source(arena, NULL);
    source->measures = of->measures;
    source->measure_count = of->contents;
    const kt_reconcile_table table = sample_table(cube, source, sample_classes(arena), arena);
    kt_covering covering = {0};
    assert_int_equal(kt_disclose_cover(&table, NULL, arena, &covering, &err), KT_OK);
    return cube;
}

/* A hash of all that a period shows; what is withheld shows nothing, what is hidden its limits. */
static uint64_t publication_of(const kt_cube *cube, size_t period)
{
    const size_t count = cube->stride[KT_ROLE_PERIOD];
    uint64_t hash = 1469598103934665603U;
    for (size_t i = period * count; i < (period + 1) * count; i++) {
        const kt_obs obs = (kt_obs)cube->status[i];
        uint64_t told = kt_obs_has_value(obs) ? (uint64_t)cube->value[i] + 2 : 1;
        if (kt_obs_is_hidden(obs)) {
            told = 1000000 + (uint64_t)cube->low[i] * 1000 + (uint64_t)cube->high[i];
        }
        hash = (hash ^ told) * 1099511628211U;
    }
    return hash;
}

typedef struct told {
    uint64_t publication;
    size_t world;
} told;

static int by_publication(const void *a, const void *b)
{
    const told *left = a, *right = b;
    return left->publication < right->publication ? -1 : left->publication > right->publication;
}

/* Whether some world of these has each figure from 1 to 4 there, if one of them has any. */
static bool is_any(const story *of, const told *same, size_t count, size_t place)
{
    bool taken[LIMIT + 1] = {false};
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const int figure = of->worlds[same[i].world].figure[place % ROWS][place / ROWS];
        any = any || is_small(figure);
        taken[is_small(figure) ? figure : 0] = true;
    }
    return !any || (taken[1] && taken[2] && taken[3] && taken[4]);
}

static void say(const story *of, const world *one)
{
    for (size_t i = 0; i < ROWS * of->contents; i++) {
        print_error("%d ", one->figure[i % ROWS][i / ROWS]);
    }
}

static void hold(const story *of, const told *same, size_t count)
{
    for (size_t place = 0; place < ROWS * of->contents; place++) {
        if (is_any(of, same, count, place)) {
            continue;
        }
        say(of, &of->worlds[same[0].world]);
        fail_msg("content %zu of %s is narrowed", place / ROWS, codes[place % ROWS]);
    }
}

/* How many worlds show the last content: of the country, of MK02 but not of MK01. */
typedef struct shown {
    size_t country, other_alone;
} shown;

static bool shows(const story *of, const kt_cube *cube, size_t period, size_t row)
{
    const size_t cell = period * cube->stride[KT_ROLE_PERIOD] + (of->contents - 1) * ROWS + row;
    return kt_obs_has_value((kt_obs)cube->status[cell]);
}

static shown hold_to_all(story *of, kt_arena *arena)
{
    const kt_cube *cube = publish(of, arena);
    told *all = kt_arena_array(arena, told, of->count);
    shown counted = {0};
    for (size_t i = 0; i < of->count; i++) {
        const size_t first = i * cube->stride[KT_ROLE_PERIOD];
        all[i] = (told){publication_of(cube, i), i};
        counted.country += shows(of, cube, i, SSS);
        counted.other_alone += shows(of, cube, i, MK02) && !shows(of, cube, i, MK01);
        for (size_t row = MK91; row <= KU002; row++) {
            assert_int_equal(cube->status[first + ROWS + row], KT_OBS_NOT_COLLECTED);
        }
    }
    qsort(all, of->count, sizeof *all, by_publication);
    for (size_t first = 0, next = 0; first < of->count; first = next) {
        for (next = first; next < of->count && all[next].publication == all[first].publication;) {
            next++;
        }
        hold(of, all + first, next - first);
    }
    return counted;
}

typedef void telling(story *of);

/* The country's figure is shown in some worlds, unless the unemployed of MK01 have to be covered;
 * in some only that of the other maakunta. */
static void hold_story(const int unemployed[ROWS], kt_measure_spec first,
                       const kt_measure_spec *second, telling *tell)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    story of = {.measures = {persons("unemployed", "unemployed", "_T"), first}, .contents = 2};
    if (second != NULL) {
        of.measures[of.contents++] = *second;
    }
    memcpy(of.unemployed, unemployed, sizeof of.unemployed);
    of.worlds = kt_arena_array(arena, world, MOST_WORLDS);
    tell(&of);
    const shown counted = hold_to_all(&of, arena);
    assert_int_equal(counted.country > 0, unemployed[ELY01] == 0);
    assert_true(counted.other_alone > 0);
}

static void a_group_tells_of_no_protected_figure(void **state)
{
    /* of nowhere, MK01, MK02, MK91, KU001, KU002 */
    static const int places[][ROWS] = {{8, 0, 30, 6, 6, 9}, {5, 0, 30, 9, 5, 9}};
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        hold_story(places[i], persons("unemployed_long_term", "unemployed", "long_term"), NULL,
                   tell_long_term);
    }
}

static void nor_where_the_unemployed_are_protected_too(void **state)
{
    static const int places[ROWS] = {9, 0, 30, 5, 4, 1, 3}; /* 4 and 1, 3 and 2, 2 and 3, 1 and 4 */
    (void)state;
    hold_story(places, persons("unemployed_long_term", "unemployed", "long_term"), NULL,
               tell_long_term);
}

static void of_men_and_women_neither_tells_of_the_other(void **state)
{
    static const int places[][ROWS] = {{6, 0, 30, 5, 5, 7}, {7, 0, 30, 5, 6, 5}};
    const kt_measure_spec women = persons("unemployed_women", "unemployed", "women");
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        hold_story(places[i], persons("unemployed_men", "unemployed", "men"), &women, tell_sexes);
    }
}

static void job_seekers_tell_of_no_protected_service(void **state)
{
    static const int places[ROWS] = {6, 0, 30, 0, 0, 7}; /* nobody is unemployed in KU001, MK91 */
    const kt_measure_spec services = persons("in_services_trial", "in_services", "trial");
    (void)state;
    hold_story(places, persons("job_seekers", "job_seekers", "_T"), &services, tell_seekers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_tells_of_no_protected_figure),
        cmocka_unit_test(nor_where_the_unemployed_are_protected_too),
        cmocka_unit_test(of_men_and_women_neither_tells_of_the_other),
        cmocka_unit_test(job_seekers_tell_of_no_protected_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
