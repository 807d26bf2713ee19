/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <math.h>
#include <stdint.h>

#include "transform/disclose.h"

/*
 * A country of two maakunta with three municipalities each, and the same by five occupations. The
 * proof in disclose.h is held to all there is: every protected cell takes every value from 1 to 4,
 * in every combination, and the tables that give the same publication are counted. So it is for an
 * older table of which figures are protected by now, whatever they were: a newer one says which.
 */
#define KUNTA         6
#define MAAKUNTA      2
#define OCCUPATIONS   5
#define REGION_CELLS  12
#define ALL_CELLS     ((size_t)(MAAKUNTA + 1) * (OCCUPATIONS + 1))
#define MOST_HIDDEN   6
#define LIMIT         4
#define LARGE         30
#define WAYS          8
#define CASES         40
#define HIDDEN_PLACES (KUNTA + MAAKUNTA * OCCUPATIONS + OCCUPATIONS)

static const char *const region_codes[] = {"SSS",   "MK01",  "MK02",  "SK001", "SK002", "SK003",
                                           "KU001", "KU002", "KU003", "KU004", "KU005", "KU006"};
static const char *const occupation_codes[] = {"SSS", "1111", "1112", "1211", "2111", "X11"};
static const int seutukunta_of[KUNTA] = {0, 0, 1, 2, 2, 2};
static const int maakunta_of[KUNTA] = {0, 0, 0, 1, 1, 1};

/* What the source knew on one day. */
typedef struct world {
    int kunta[KUNTA];
    int cell[MAAKUNTA][OCCUPATIONS];
    int besides[OCCUPATIONS]; /* in the country and in no maakunta */
} world;

typedef struct tables {
    kt_source *of_regions, *of_occupations;
    kt_cube *regions, *occupations; /* a period each for a world */
    const kt_classifications *classes;
    kt_covering covered_regions, covered_occupations;
} tables;

static int sum_of(const int *figures, int count)
{
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += figures[i];
    }
    return sum;
}

static int total_of(const world *now, int maakunta)
{
    int sum = 0;
    for (int k = 0; k < KUNTA; k++) {
        sum += maakunta_of[k] == maakunta ? now->kunta[k] : 0;
    }
    return sum;
}

static bool is_small(int figure)
{
    return figure >= 1 && figure <= LIMIT;
}

/* The cells of a period, of the table of regions and of that of occupations. */
static void figures_by_region(const world *now, int *figures)
{
    memset(figures, 0, REGION_CELLS * sizeof *figures);
    figures[0] = sum_of(now->kunta, KUNTA) + sum_of(now->besides, OCCUPATIONS);
    for (int k = 0; k < KUNTA; k++) {
        figures[1 + maakunta_of[k]] += now->kunta[k];
        figures[3 + seutukunta_of[k]] += now->kunta[k];
        figures[6 + k] = now->kunta[k];
    }
}

static void figures_by_occupation(const world *now, int *figures)
{
    const size_t row = OCCUPATIONS + 1;
    figures[0] = sum_of(now->kunta, KUNTA) + sum_of(now->besides, OCCUPATIONS);
    figures[row] = total_of(now, 0);
    figures[2 * row] = total_of(now, 1);
    for (size_t o = 0; o < OCCUPATIONS; o++) {
        figures[1 + o] = now->cell[0][o] + now->cell[1][o] + now->besides[o];
        figures[row + 1 + o] = now->cell[0][o];
        figures[2 * row + 1 + o] = now->cell[1][o];
    }
}

/* A period of a cube: figures as they were, and those of the newest version. */
static void put(kt_cube *cube, size_t first, const int *figures, const int *newest)
{
    for (size_t i = 0; i < cube->stride[KT_ROLE_PERIOD]; i++) {
        kt_cube_set(cube, first + i, figures[i], KT_OBS_OBSERVED);
        if (is_small(figures[i])) {
            kt_cube_protect(cube, first + i, 2.5, 1, LIMIT);
        } else if (is_small(newest[i])) {
            cube->status[first + i] = KT_OBS_WITHDRAWN;
        }
    }
}

static kt_cube *new_cube(kt_arena *arena, size_t periods, const char *const *regions,
                         size_t region_count, size_t occupation_count)
{
    kt_codes *codes[KT_ROLES] = {0};
    kt_cube *cube = NULL;
    kt_error err = {0};
    codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    for (size_t i = 0; i < periods; i++) {
        (void)kt_codes_add(codes[KT_ROLE_PERIOD], kt_arena_print(arena, "%zu", i), NULL);
    }
    codes[KT_ROLE_MEASURE] = kt_codes_new(arena);
    (void)kt_codes_add(codes[KT_ROLE_MEASURE], "vacancies", NULL);
    codes[KT_ROLE_REGION] = kt_codes_new(arena);
    for (size_t i = 0; i < region_count; i++) {
        (void)kt_codes_add(codes[KT_ROLE_REGION], regions[i], NULL);
    }
    if (occupation_count > 0) {
        codes[KT_ROLE_OCCUPATION] = kt_codes_new(arena);
        for (size_t i = 0; i < occupation_count; i++) {
            (void)kt_codes_add(codes[KT_ROLE_OCCUPATION], occupation_codes[i], NULL);
        }
    }
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    return cube;
}

static kt_covering cover(kt_cube *cube, const kt_source *source, const kt_cube *totals,
                         const kt_classifications *classes, kt_arena *arena)
{
    const kt_reconcile_table table = sample_table(cube, source, classes, arena);
    kt_covering covering = {0};
    kt_error err = {0};
    assert_int_equal(kt_disclose_cover(&table, totals, arena, &covering, &err), KT_OK);
    return covering;
}

/* The covered tables of the worlds, when newest is known. */
static tables publish(const world *worlds, size_t count, const world *newest, kt_arena *arena)
{
    int figures[ALL_CELLS], regions_now[ALL_CELLS], occupations_now[ALL_CELLS];
    figures_by_region(newest, regions_now);
    figures_by_occupation(newest, occupations_now);
    tables made = {.of_regions = sample_source(arena, NULL),
                   .of_occupations = sample_source(arena, "isco4"),
                   .regions = new_cube(arena, count, region_codes, REGION_CELLS, 0),
                   .occupations = new_cube(arena, count, region_codes, 3, OCCUPATIONS + 1),
                   .classes = sample_classes(arena)};
    for (size_t i = 0; i < count; i++) {
        figures_by_region(&worlds[i], figures);
        put(made.regions, i * REGION_CELLS, figures, regions_now);
        figures_by_occupation(&worlds[i], figures);
        put(made.occupations, i * ALL_CELLS, figures, occupations_now);
    }
    made.covered_regions = cover(made.regions, made.of_regions, NULL, made.classes, arena);
    made.covered_occupations =
        cover(made.occupations, made.of_occupations, made.regions, made.classes, arena);
    return made;
}

/* One Q is like another where the intervals are the same. */
static bool same_letters(const kt_cube *cube, size_t a, size_t b)
{
    size_t same = 0;
    for (size_t i = 0; i < cube->stride[KT_ROLE_PERIOD]; i++) {
        same += kt_obs_letter((kt_obs)cube->status[a + i]) ==
                kt_obs_letter((kt_obs)cube->status[b + i]);
    }
    return same == cube->stride[KT_ROLE_PERIOD];
}

static bool same_plane(const kt_cube *cube, size_t period, size_t other)
{
    const size_t stride = cube->stride[KT_ROLE_PERIOD];
    const size_t a = period * stride, b = other * stride;
    return same_letters(cube, a, b) &&
           memcmp(cube->value + a, cube->value + b, stride * sizeof(double)) == 0 &&
           memcmp(cube->low + a, cube->low + b, stride * sizeof(double)) == 0 &&
           memcmp(cube->high + a, cube->high + b, stride * sizeof(double)) == 0;
}

/* A seeded generator: the cases are the same everywhere. */
static uint32_t draw(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525U + 1013904223U;
    return (*state >> 8) % below;
}

static int some_figure(uint32_t *state)
{
    switch (draw(state, 3)) {
    case 0:
        return 0;
    case 1:
        return 1 + (int)draw(state, 4);
    default:
        return 5 + (int)draw(state, 40);
    }
}

/* The row's cells sum to the total, the last but one taking what is left: enough to be taken from
 * where another table shows the total. */
static bool draw_row(uint32_t *state, int total, int *cells)
{
    int left = total;
    for (int o = 0; o < OCCUPATIONS; o++) {
        cells[o] = some_figure(state) / 2;
        left -= cells[o];
    }
    cells[3] += left;
    return cells[3] >= LARGE;
}

static world draw_world(uint32_t *state)
{
    world drawn = {0};
    bool possible = false;
    while (!possible) {
        possible = true;
        for (int k = 0; k < KUNTA; k++) {
            drawn.kunta[k] = some_figure(state);
        }
        for (int m = 0; m < MAAKUNTA; m++) {
            possible = possible && draw_row(state, total_of(&drawn, m), drawn.cell[m]);
        }
    }
    const bool many = draw(state, 2) == 0;
    for (int o = 0; o < OCCUPATIONS; o++) {
        drawn.besides[o] = many ? some_figure(state) : (int)draw(state, 2);
    }
    return drawn;
}

static bool is_hidden(const tables *made, size_t cell)
{
    return kt_obs_is_hidden((kt_obs)made->occupations->status[cell]);
}

static bool has_limits(const kt_cube *cube, size_t cell)
{
    return cube->status[cell] == KT_OBS_PROTECTED && cube->low[cell] == 1.0 &&
           cube->high[cell] == LIMIT;
}

static bool has_hidden_part(const tables *made, int occupation)
{
    const size_t row = OCCUPATIONS + 1, at = 1 + (size_t)occupation;
    return is_hidden(made, row + at) || is_hidden(made, 2 * row + at);
}

/* A protected figure of the country that is in no region shows as one. */
static bool is_besides_hidden(const tables *made, int occupation)
{
    return !has_hidden_part(made, occupation) &&
           has_limits(made->occupations, 1 + (size_t)occupation);
}

/* The figures that the source protects, or does by now, and that are sums of nothing, as places in
 * a world. */
static size_t hidden_of(const tables *made, const world *truth, const world *newest,
                        int (*hidden)[2])
{
    size_t count = 0;
    for (int k = 0; k < KUNTA; k++) {
        if (is_small(truth->kunta[k]) || is_small(newest->kunta[k])) {
            hidden[count][0] = 0;
            hidden[count++][1] = k;
        }
    }
    for (int i = 0; i < MAAKUNTA * OCCUPATIONS; i++) {
        const int m = i / OCCUPATIONS, o = i % OCCUPATIONS;
        if (is_small(truth->cell[m][o]) || is_small(newest->cell[m][o])) {
            hidden[count][0] = 1;
            hidden[count++][1] = i;
        }
    }
    for (int o = 0; o < OCCUPATIONS; o++) {
        if (is_besides_hidden(made, o)) {
            hidden[count][0] = 2;
            hidden[count++][1] = o;
        }
    }
    return count;
}

static int *hidden_at(world *now, const int place[2])
{
    switch (place[0]) {
    case 0:
        return &now->kunta[place[1]];
    case 1:
        return &now->cell[place[1] / OCCUPATIONS][place[1] % OCCUPATIONS];
    default:
        return &now->besides[place[1]];
    }
}

/* What was true, and what the newest version says. */
typedef struct truth_known {
    const world *truth, *newest;
} truth_known;

/* Lets covered figures of a row take up what the hidden cells leave: evenly, the first ones more.
 */
static bool settle_row(const tables *made, const truth_known *known, world *now, int m)
{
    const size_t row = (size_t)(m + 1) * (OCCUPATIONS + 1);
    int left = total_of(now, m), free_count = 0;
    int *free_cells[OCCUPATIONS];
    for (int o = 0; o < OCCUPATIONS; o++) {
        if (is_hidden(made, row + 1 + (size_t)o) && !is_small(known->truth->cell[m][o]) &&
            !is_small(known->newest->cell[m][o])) {
            free_cells[free_count++] = &now->cell[m][o];
        } else {
            left -= now->cell[m][o];
        }
    }
    for (int i = 0; i < free_count; i++) {
        *free_cells[i] = left / free_count + (i < left % free_count ? 1 : 0);
    }
    return free_count > 0 ? left >= 0 : left == 0;
}

/* A way to say what is in no maakunta: where it shows it is as it was. */
typedef struct way {
    bool as_it_was;  /* where it is covered too; else none */
    bool least;      /* no more than that; else the country's total is as it was */
    bool with_parts; /* what is left goes to a covered occupation with hidden parts; else without */
} way;

static bool settle_besides(const tables *made, const world *truth, world *now, way by)
{
    int left = sum_of(truth->kunta, KUNTA) + sum_of(truth->besides, OCCUPATIONS) -
               sum_of(now->kunta, KUNTA);
    int takes = -1;
    for (int o = 0; o < OCCUPATIONS; o++) {
        const int figure = truth->cell[0][o] + truth->cell[1][o] + truth->besides[o];
        if (is_hidden(made, 1 + (size_t)o) && !is_besides_hidden(made, o)) {
            now->besides[o] = by.as_it_was ? truth->besides[o] : 0;
            takes = takes < 0 && has_hidden_part(made, o) == by.with_parts ? o : takes;
        } else if (!is_besides_hidden(made, o)) {
            now->besides[o] = figure - now->cell[0][o] - now->cell[1][o];
        }
        left -= now->besides[o];
    }
    if (by.least) {
        return true;
    }
    if (takes >= 0) {
        now->besides[takes] += left;
    }
    return takes >= 0 ? now->besides[takes] >= 0 : left == 0;
}

/* The ways to complete a combination of hidden figures to a world. */
static size_t complete(const tables *made, const truth_known *known, world now, world *out)
{
    size_t count = 0;
    if (!settle_row(made, known, &now, 0) || !settle_row(made, known, &now, 1)) {
        return 0;
    }
    const bool covered = kt_obs_is_hidden((kt_obs)made->regions->status[0]);
    for (int i = 0; i < (covered ? WAYS : WAYS / 2); i++) {
        out[count] = now;
        count += settle_besides(made, known->truth, &out[count],
                                (way){i % 2 == 0, i >= WAYS / 2, i % 4 < 2});
    }
    return count;
}

/* All worlds that may give the same publication as the true one, which is the first. */
static size_t all_worlds(const tables *made, const truth_known *known, world *out)
{
    int hidden[HIDDEN_PLACES][2];
    const size_t count = hidden_of(made, known->truth, known->newest, hidden);
    size_t combinations = 1, worlds = 0;
    for (size_t i = 0; i < count; i++) {
        combinations *= LIMIT;
    }
    out[worlds++] = *known->truth;
    for (size_t c = 0; c < combinations; c++) {
        world now = *known->truth;
        size_t rest = c;
        for (size_t i = 0; i < count; i++) {
            *hidden_at(&now, hidden[i]) = 1 + (int)(rest % LIMIT);
            rest /= LIMIT;
        }
        worlds += complete(made, known, now, out + worlds);
    }
    return worlds;
}

static void print_world(const world *now)
{
    for (int k = 0; k < KUNTA; k++) {
        print_error("%d ", now->kunta[k]);
    }
    for (int i = 0; i < MAAKUNTA * OCCUPATIONS; i++) {
        print_error("%s%d ", i % OCCUPATIONS == 0 ? "| " : "",
                    now->cell[i / OCCUPATIONS][i % OCCUPATIONS]);
    }
    for (int o = 0; o < OCCUPATIONS; o++) {
        print_error("%s%d ", o == 0 ? "| " : "", now->besides[o]);
    }
    print_error("\n");
}

/* The least value from 1 to 4 that a hidden figure never takes; 0 if it takes all. */
static int never_taken(const bool *taken)
{
    int value = 1;
    while (value <= LIMIT && taken[value]) {
        value++;
    }
    return value > LIMIT ? 0 : value;
}

static void hold_taken(const world *truth, const int place[2], const bool *taken)
{
    const int never = never_taken(taken);
    if (never != 0) {
        print_world(truth);
        print_error("figure %d of table %d is never %d\n", place[1], place[0], never);
    }
    assert_int_equal(never, 0);
}

/* How many worlds, besides the true one, give the same publication; every hidden figure takes every
 * value in them. */
static size_t hold_to_all_worlds(const world *truth, const world *newest)
{
    const truth_known known = {truth, newest};
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("worlds", 0);
    const tables alone = publish(truth, 1, newest, arena);
    int hidden[HIDDEN_PLACES][2];
    bool taken[HIDDEN_PLACES][LIMIT + 1] = {{false}};
    const size_t hidden_count = hidden_of(&alone, truth, newest, hidden);
    if (hidden_count > MOST_HIDDEN) {
        return 0;
    }
    world *worlds = kt_arena_array(arena, world, ((size_t)WAYS << (2 * MOST_HIDDEN)) + 1);
    const size_t count = all_worlds(&alone, &known, worlds);
    const tables made = publish(worlds, count, newest, arena);
    size_t same = 0;
    for (size_t i = 0; i < count; i++) {
        if (!same_plane(made.regions, 0, i) || !same_plane(made.occupations, 0, i)) {
            continue;
        }
        same++;
        for (size_t h = 0; h < hidden_count; h++) {
            const int figure = *hidden_at(&worlds[i], hidden[h]);
            taken[h][is_small(figure) ? figure : 0] = true; /* 0: what was withdrawn */
        }
    }
    for (size_t h = 0; h < hidden_count; h++) {
        hold_taken(truth, hidden[h], taken[h]);
    }
    return same - 1;
}

static void every_hidden_cell_can_be_anything_in_its_limits(void **state)
{
    (void)state;
    uint32_t dice = 20260608;
    size_t cases = 0, alike = 0;
    while (cases < CASES) {
        const world truth = draw_world(&dice);
        const size_t found = hold_to_all_worlds(&truth, &truth);
        alike += found;
        cases += found > 0;
    }
    print_message("%zu tables, %zu others that give the same publication\n", cases, alike);
}

/* A newer version in which some figures have become small; their rows and totals follow. */
static bool draw_newest(uint32_t *state, const world *truth, world *out)
{
    *out = *truth;
    size_t moved = 0;
    for (int k = 0; k < KUNTA; k++) {
        const bool moves = draw(state, 4) == 0 && !is_small(truth->kunta[k]);
        out->kunta[k] = moves ? 1 + (int)draw(state, LIMIT) : out->kunta[k];
        moved += moves;
    }
    bool possible = true;
    for (int m = 0; m < MAAKUNTA; m++) {
        const int o = (int)draw(state, 3);
        const bool moves = draw(state, 2) == 0 && !is_small(truth->cell[m][o]);
        out->cell[m][o] = moves ? 1 + (int)draw(state, LIMIT) : out->cell[m][o];
        moved += moves;
        out->cell[m][3] += total_of(out, m) - sum_of(out->cell[m], OCCUPATIONS);
        possible = possible && out->cell[m][3] >= LARGE;
    }
    return possible && moved > 0;
}

/* Whatever they were then: large, or zero. */
static void a_figure_of_then_can_be_anything_in_its_limits_once_it_is_protected(void **state)
{
    (void)state;
    uint32_t dice = 20260731;
    size_t cases = 0, alike = 0;
    while (cases < CASES) {
        const world truth = draw_world(&dice);
        world newest;
        const size_t found =
            draw_newest(&dice, &truth, &newest) ? hold_to_all_worlds(&truth, &newest) : 0;
        alike += found;
        cases += found > 0;
    }
    print_message("%zu tables, %zu others that give the same publication\n", cases, alike);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_of_then_can_be_anything_in_its_limits_once_it_is_protected),
        cmocka_unit_test(every_hidden_cell_can_be_anything_in_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
