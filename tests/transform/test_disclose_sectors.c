/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <stdint.h>

#include "transform/disclose.h"

/*
 * Rule 6 of disclose.h is held to all there is: every way in which so many posts can be in two
 * places and nowhere, in a section and in one or two divisions of another, is a period of one cube.
 * Periods that show the same are told apart by nobody, so each protected figure of one of them has
 * to be 1, 2, 3 and 4 in others.
 */
enum { SSS, MK01, MK02, ROWS };

enum { ALL, C, G, G45, G47, SECTORS };

static const char *const row_codes[ROWS] = {"SSS", "MK01", "MK02"};
static const char *const sector_codes[SECTORS] = {"SSS", "C", "G", "45", "47"};

#define LIMIT 4
#define CELLS 6

typedef struct world {
    int figure[ROWS][SECTORS];
} world;

typedef struct story {
    size_t rows, sectors; /* as many of the codes as the table has */
    int posts;
    world *worlds;
    size_t count;
    size_t shown[SECTORS]; /* worlds in which the country shows it */
    size_t regions_shown;
} story;

static bool is_small(int figure)
{
    return figure >= 1 && figure <= LIMIT;
}

static void put_posts(const story *of, world *now, size_t cell, int posts)
{
    static const size_t fine[] = {C, G45, G47};
    const size_t kinds = of->sectors == SECTORS ? 3 : 2;
    const size_t row = cell / kinds, kind = cell % kinds; /* the first is nowhere */
    const size_t places[] = {SSS, row};
    for (size_t i = row == 0 ? 1 : 0; i < 2; i++) {
        int *figure = now->figure[places[i]];
        figure[ALL] += posts;
        figure[fine[kind]] += posts;
        figure[G] += kind > 0 ? posts : 0;
    }
}

/* Next way of so many posts in the cells; false past the last. */
static bool next_way(int cells[CELLS], int posts)
{
    int last = posts;
    for (size_t i = 0; i < CELLS - 1; i++) {
        last -= cells[i];
    }
    for (size_t i = 0; i < CELLS - 1; i++) {
        if (last > 0) {
            cells[i]++;
            return true;
        }
        last += cells[i];
        cells[i] = 0;
    }
    return false;
}

static void tell(story *of, kt_arena *arena)
{
    int cells[CELLS] = {0};
    of->worlds = kt_arena_array(arena, world, 100000);
    do {
        world now = {0};
        int rest = of->posts;
        for (size_t i = 0; i < CELLS - 1; i++) {
            put_posts(of, &now, i, cells[i]);
            rest -= cells[i];
        }
        put_posts(of, &now, CELLS - 1, rest);
        of->worlds[of->count++] = now;
    } while (next_way(cells, of->posts));
}

static kt_codes *list(const char *const *from, size_t count, kt_arena *arena)
{
    kt_codes *made = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(made, from[i], NULL);
    }
    return made;
}

static kt_covering cover(kt_cube *cube, const kt_cube *totals, kt_arena *arena)
{
    kt_source *source = sample_sectors(arena, "tol2008");
    const kt_reconcile_table table = sample_table(cube, source, sample_classes(arena), arena);
    kt_covering covering = {0};
    kt_error err = {0};
    assert_int_equal(kt_disclose_cover(&table, totals, arena, &covering, &err), KT_OK);
    return covering;
}

/* A cube of vacancies; figures by period, row and sector. */
static kt_cube *cube_of(const story *of, const char *all, kt_arena *arena)
{
    static const char *const measures[] = {"vacancies"};
    kt_codes *dimensions[KT_ROLES] = {[KT_ROLE_PERIOD] = kt_codes_new(arena),
                                      [KT_ROLE_MEASURE] = list(measures, 1, arena),
                                      [KT_ROLE_REGION] = list(row_codes, of->rows, arena),
                                      [KT_ROLE_SECTOR] = list(sector_codes, of->sectors, arena)};
    kt_cube *cube = NULL;
    kt_error err = {0};
    if (all != NULL) {
        dimensions[KT_ROLE_SECTOR] = list(&all, 1, arena);
    }
    for (size_t i = 0; i < of->count; i++) {
        (void)kt_codes_add(dimensions[KT_ROLE_PERIOD], kt_arena_print(arena, "%zu", i), NULL);
    }
    assert_int_equal(kt_cube_new(arena, dimensions, &cube, &err), KT_OK);
    const size_t sectors = cube->size[KT_ROLE_SECTOR];
    for (size_t i = 0; i < cube->cells; i++) {
        const int figure =
            of->worlds[i / sectors / of->rows].figure[i / sectors % of->rows][i % sectors];
        kt_cube_set(cube, i, figure, KT_OBS_OBSERVED);
        if (is_small(figure)) {
            kt_cube_protect(cube, i, 2.5, 1, LIMIT);
        }
    }
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
        const world *one = &of->worlds[same[i].world];
        const int figure = one->figure[place / of->sectors][place % of->sectors];
        any = any || is_small(figure);
        taken[is_small(figure) ? figure : 0] = true;
    }
    return !any || (taken[1] && taken[2] && taken[3] && taken[4]);
}

static void hold(const story *of, const told *same, size_t count)
{
    for (size_t place = 0; place < of->rows * of->sectors; place++) {
        const bool any = is_any(of, same, count, place);
        if (!any) {
            print_error("row %zu, sector %zu is narrowed\n", place / of->sectors,
                        place % of->sectors);
        }
        assert_true(any);
    }
}

static void count_shown(story *of, const kt_cube *cube, size_t period)
{
    const uint8_t *status = cube->status + period * cube->stride[KT_ROLE_PERIOD];
    for (size_t sector = 0; sector < of->sectors; sector++) {
        of->shown[sector] += kt_obs_has_value((kt_obs)status[sector]);
    }
    of->regions_shown += status[MK01 * of->sectors + C] != KT_OBS_NOT_COLLECTED;
}

/* Where rule 2 covers the country nothing of sectors shows, and its posts are not of one number. */
static bool shows_all(const kt_cube *cube, size_t period)
{
    const uint8_t *status = cube->status + period * cube->stride[KT_ROLE_PERIOD];
    const bool shows = kt_obs_has_value((kt_obs)status[ALL]);
    for (size_t i = 0; i < cube->stride[KT_ROLE_PERIOD] && !shows; i++) {
        const bool is_all = i % cube->size[KT_ROLE_SECTOR] == ALL;
        assert_true(is_all || status[i] == KT_OBS_NOT_COLLECTED);
    }
    return shows;
}

static void hold_to_all(story *of, kt_arena *arena)
{
    tell(of, arena);
    kt_cube *cube = cube_of(of, NULL, arena);
    assert_true(cover(cube, NULL, arena).sectors > 0);
    told *all = kt_arena_array(arena, told, of->count);
    for (size_t i = 0; i < of->count; i++) {
        all[i] = (told){publication_of(cube, i), i};
        count_shown(of, cube, i);
    }
    qsort(all, of->count, sizeof *all, by_publication);
    for (size_t first = 0, end = 0; first < of->count; first = end) {
        while (end < of->count && all[end].publication == all[first].publication) {
            end++;
        }
        if (shows_all(cube, all[first].world)) {
            hold(of, all + first, end - first);
        }
    }
    print_message("%zu tables: the country shows sections in %zu, regions in %zu\n", of->count,
                  of->shown[C], of->regions_shown);
}

static void a_sector_of_two_regions_tells_of_no_protected_one(void **state)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    story of = {.rows = ROWS, .sectors = G + 1, .posts = 18};
    (void)state;
    hold_to_all(&of, arena);
    assert_int_equal(of.count, 33649); /* 23 over 5 */
    assert_true(of.shown[C] > of.regions_shown);
    assert_true(of.regions_shown > 0);
}

static void nor_does_a_division_or_its_section(void **state)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    story of = {.rows = MK01 + 1, .sectors = SECTORS, .posts = 18};
    (void)state;
    hold_to_all(&of, arena);
    assert_true(of.shown[G] > of.shown[G45]);
    assert_true(of.shown[G45] > 0);
}

/* "C G 45 47||": the sectors that each row shows; how many are not collected. */
static size_t tell_shown(const kt_cube *cube, kt_text *shows)
{
    size_t withheld = 0;
    kt_text_put(shows, "");
    for (size_t cell = 0; cell < cube->cells; cell++) {
        const size_t sector = cell % SECTORS;
        const char *mark = cell == 0 ? "" : "|";
        if (cube->status[cell] == KT_OBS_NOT_COLLECTED) {
            withheld++;
        } else if (sector == ALL) {
            kt_text_put(shows, mark);
        } else {
            kt_text_print(shows, "%s%s", sector == C ? "" : " ", sector_codes[sector]);
        }
    }
    return withheld;
}

/* What stays of one table, by hand. */
static void what_is_withheld_is_what_would_tell(void **state)
{
    static const struct {
        world is;
        const char *shows; /* of SSS, MK01, MK02: those of C, G, 45, 47 */
    } cases[] = {
        /* nothing is hidden, or small */
        {{{{100, 40, 60, 30, 30}, {40, 20, 20, 10, 10}, {50, 20, 30, 20, 10}}},
         "C G 45 47|C G 45 47|C G 45 47"},
        /* a division of a region */
        {{{{100, 50, 50, 30, 20}, {40, 20, 20, 18, 2}, {50, 20, 30, 12, 18}}}, "C G 45 47||"},
        /* a division of the country: its sections stay */
        {{{{100, 50, 50, 47, 3}, {40, 20, 20, 20, 0}, {50, 30, 20, 20, 0}}}, "C G||"},
        /* a section of the country */
        {{{{100, 3, 97, 50, 47}, {40, 0, 40, 20, 20}, {50, 0, 50, 30, 20}}}, "||"},
        /* 51 of the 100 are in MK01 and 50 in G: one of these at least is there */
        {{{{100, 50, 50, 30, 20}, {51, 20, 31, 29, 2}, {30, 10, 20, 10, 10}}}, "C G 45 47||"},
        /* two of them at least */
        {{{{100, 50, 50, 30, 20}, {52, 20, 32, 30, 2}, {30, 10, 20, 10, 10}}}, "||"},
        /* all of a region */
        {{{{100, 50, 50, 30, 20}, {4, 0, 4, 0, 4}, {20, 10, 10, 5, 5}}}, "C G 45 47||"},
    };
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        world is = cases[i].is;
        const story of = {.rows = ROWS, .sectors = SECTORS, .worlds = &is, .count = 1};
        kt_cube *cube = cube_of(&of, NULL, arena);
        const kt_covering covering = cover(cube, NULL, arena);
        KT_AUTO(text) kt_text shows = {0};
        const size_t withheld = tell_shown(cube, &shows);
        assert_string_equal(shows.bytes, cases[i].shows);
        assert_int_equal(covering.sectors, withheld);
    }
}

/* MK01 is covered in the other table, so it is here; its sectors would sum to it. */
static void a_total_that_another_table_covers_is_covered_here(void **state)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    world is = {{{100, 50, 50, 30, 20}, {40, 20, 20, 10, 10}, {50, 20, 30, 20, 10}}};
    const story of = {.rows = ROWS, .sectors = SECTORS, .worlds = &is, .count = 1};
    kt_cube *cube = cube_of(&of, NULL, arena);
    kt_cube *totals = cube_of(&of, KT_TOTAL, arena);
    (void)state;
    totals->status[MK01] = KT_OBS_COVERED;
    kt_cube_bound(totals, MK01, 37, 43);
    assert_int_equal(cover(cube, totals, arena).totals, 1);
    const size_t mk01 = (size_t)MK01 * SECTORS;
    assert_int_equal(cube->status[mk01], KT_OBS_COVERED);
    assert_true(cube->low[mk01] == 37 && cube->high[mk01] == 43);
    assert_int_equal(cube->status[mk01 + C], KT_OBS_NOT_COLLECTED);
    assert_exact(cube, (size_t)MK02 * SECTORS, 50);
    assert_exact(cube, C, 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sector_of_two_regions_tells_of_no_protected_one),
        cmocka_unit_test(nor_does_a_division_or_its_section),
        cmocka_unit_test(what_is_withheld_is_what_would_tell),
        cmocka_unit_test(a_total_that_another_table_covers_is_covered_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
