/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "sample.h"

/*
 * Thousands of random tables of the small country, each made from a truth that the table then hides
 * in parts. Whatever is rolled up must agree with the truth: an exact figure equals it, an interval
 * holds it, and only where a part is missing or was not collected there is no figure at all.
 */

#define TABLES      3000
#define KUNTA       6
#define BUCKET      KUNTA       /* row of figures without a municipality */
#define COUNTRY     (KUNTA + 1) /* row of the country */
#define ROWS        (KUNTA + 2)
#define OCCUPATIONS 5 /* 1111 1112 1211 2111 X11 */
#define TOTAL       OCCUPATIONS
#define COLUMNS     (OCCUPATIONS + 1)

static const char shape[] = "Alue: KU001 KU002 KU003 KU004 KU005 KU006 KUJOU SSS | "
                            "Ammatti: 1111 1112 1211 2111 X11 SSS | timeperiod_m: 2026M06 | "
                            "contentscode: U";

/* How a table hides its truth; chances in a hundred. */
typedef struct table_mood {
    unsigned hide, miss, drop, never;
} table_mood;

typedef struct table_truth {
    double figure[ROWS][COLUMNS];
    char letter[ROWS][COLUMNS]; /* A Q O L M as published */
} table_truth;

/* xorshift64*: the same tables on every machine. */
static unsigned draw(uint64_t *seed, unsigned below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (unsigned)((*seed * 2685821657736338717u) >> 33) % below;
}

static char published_letter(uint64_t *seed, double figure, table_mood mood)
{
    if (draw(seed, 100) < mood.miss) {
        return 'O';
    }
    if (draw(seed, 100) < mood.drop) {
        return 'L';
    }
    if (figure == 0 && draw(seed, 100) < mood.never) {
        return 'M';
    }
    return figure >= 1 && figure <= 4 && draw(seed, 100) < mood.hide ? 'Q' : 'A';
}

static void draw_figures(uint64_t *seed, table_truth *truth)
{
    memset(truth, 0, sizeof *truth);
    for (int row = 0; row < COUNTRY; row++) {
        for (int o = 0; o < OCCUPATIONS; o++) {
            const double figure = draw(seed, 3) == 0 ? 0 : draw(seed, 9);
            truth->figure[row][o] = figure;
            truth->figure[row][TOTAL] += figure;
            truth->figure[COUNTRY][o] += figure;
        }
    }
    for (int o = 0; o < OCCUPATIONS; o++) {
        truth->figure[COUNTRY][o] += draw(seed, 4); /* in no area at all */
        truth->figure[COUNTRY][TOTAL] += truth->figure[COUNTRY][o];
    }
}

static void put_cell(kt_text *cells, char letter, double figure)
{
    switch (letter) {
    case 'Q':
        kt_text_put(cells, "... ");
        break;
    case 'O':
        kt_text_put(cells, ".. ");
        break;
    case 'L':
        kt_text_put(cells, "l ");
        break;
    case 'M':
        kt_text_put(cells, "m ");
        break;
    default:
        kt_text_print(cells, "%.0f ", figure);
    }
}

static const char *publish(uint64_t *seed, table_mood mood, table_truth *truth, kt_arena *arena)
{
    KT_AUTO(text) kt_text cells = {0};
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        const int row = i / COLUMNS, o = i % COLUMNS;
        if (row == COUNTRY) {
            mood.never = 0;
        }
        const double figure = truth->figure[row][o];
        const char letter = published_letter(seed, figure, mood);
        truth->letter[row][o] = letter;
        put_cell(&cells, letter, figure);
    }
    return sample_reply(arena, "a", shape, cells.bytes);
}

/* What a line should be: from the truth, and from the letters of what is in it. */
typedef struct expected {
    double figure;
    bool missing, dropped, hidden, any;
} expected;

static void expect(expected *sum, const table_truth *truth, int row, unsigned columns, int sign)
{
    for (int o = 0; o < COLUMNS; o++) {
        if ((columns & 1u << o) == 0) {
            continue;
        }
        const char letter = truth->letter[row][o];
        sum->figure += sign * truth->figure[row][o];
        sum->missing = sum->missing || letter == 'O';
        sum->dropped = sum->dropped || letter == 'L';
        sum->hidden = sum->hidden || letter == 'Q';
        sum->any = sum->any || letter != 'M';
    }
}

typedef struct line {
    const char *code;
    unsigned members; /* rows or columns, a bit each */
} line;

#define ROW(n) (1u << (n))

static const line regions[] = {
    {"KU001", 1},
    {"KU006", 32},
    {"SK001", 3},
    {"SK002", 4},
    {"SK003", 56},
    {"MK01", 7},
    {"MK02", 56},
    {"SA1", 63},
    {"ELY01", 7},
    {"TA01", 5},
    {"TA02", 58},
    {"EVK01", 63},
    {"CA1", 7},
    {"OWN_pair", 39},
    {"SSS", ROW(COUNTRY)},
    {"kunta/_X1", ROW(BUCKET)},
    {"tyollisyysalue/_X1", ROW(BUCKET)},
};

/* What is left over of the country: the lines that are taken off. */
static const line rests[] = {
    {"kunta/_X", 63},
    {"seutukunta/_X", 63},
    {"maakunta/_X", 63},
    {"tyollisyysalue/_X", 63},
    {"coordinator/_X", 7},
    {"suuralue/_X", 63},
    {"elinvoimakeskus/_X3", 63 | ROW(BUCKET)},
    {"kunta/_X3", 63 | ROW(BUCKET)},
};

static const line occupations[] = {
    {"_T", 1u << TOTAL}, {"ISCO-1111", 1}, {"ISCO-111", 3},  {"ISCO-11", 3},   {"ISCO-121", 4},
    {"ISCO-1", 7},       {"ISCO-2", 8},    {"isco1/_X", 16}, {"isco4/_X", 16},
};

static char expected_letter(const expected *sum, char got)
{
    if (sum->missing) {
        return 'O';
    }
    if (sum->dropped) {
        return 'L';
    }
    if (!sum->any) {
        return 'M';
    }
    if (!sum->hidden) {
        return 'A';
    }
    if (got == 'Q') {
        return 'Q'; /* one protected cell alone; the rollup's own tests say when */
    }
    return 'E';
}

static void assert_true_to(const kt_cube *slab, size_t cell, const expected *sum)
{
    const char letter = kt_obs_letter((kt_obs)slab->status[cell]);
    const double value = slab->value[cell], low = slab->low[cell], high = slab->high[cell];
    bool fine = letter == expected_letter(sum, letter);
    if (letter == 'A') {
        fine = fine && value == sum->figure && low == value && high == value;
    } else if (letter == 'E' || letter == 'Q') {
        fine = fine && low <= sum->figure && sum->figure <= high && low <= value && value <= high;
    } else {
        fine = fine && isnan(value) && isnan(low) && isnan(high);
    }
    if (!fine) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("message", 0);
        print_error("%s: %c %g [%g, %g], the truth is %g\n", kt_cube_coordinates(slab, cell, arena),
                    letter, value, low, high, sum->figure);
        fail();
    }
}

/* All rows of a line, to one side or the other. */
static void expect_rows(expected *sum, const table_truth *truth, unsigned rows, unsigned columns,
                        int sign)
{
    for (int row = 0; row < ROWS; row++) {
        if ((rows & ROW(row)) != 0) {
            expect(sum, truth, row, columns, sign);
        }
    }
}

static void check_regions(const kt_cube *slab, const table_truth *truth, const line *occupation)
{
    for (size_t r = 0; r < sizeof regions / sizeof regions[0]; r++) {
        expected sum = {0};
        expect_rows(&sum, truth, regions[r].members, occupation->members, 1);
        assert_true_to(slab, cell_at(slab, NULL, NULL, regions[r].code, occupation->code), &sum);
    }
}

/* A bucket that was not collected is no reason to know nothing of the rest. */
static void check_rests(const kt_cube *slab, const table_truth *truth, const line *occupation)
{
    for (size_t r = 0; r < sizeof rests / sizeof rests[0]; r++) {
        expected sum = {0}, bucket = {0};
        unsigned rows = rests[r].members;
        expect(&bucket, truth, BUCKET, occupation->members, -1);
        if (bucket.dropped && !bucket.missing) {
            rows &= ~ROW(BUCKET);
        }
        expect(&sum, truth, COUNTRY, occupation->members, 1);
        expect_rows(&sum, truth, rows, occupation->members, -1);
        assert_true_to(slab, cell_at(slab, NULL, NULL, rests[r].code, occupation->code), &sum);
    }
}

static void what_is_rolled_up_agrees_with_the_truth(void **state)
{
    static const table_mood moods[] = {{0, 0, 0, 0},   {100, 0, 0, 0}, {50, 0, 0, 20},
                                       {50, 3, 0, 0},  {50, 0, 3, 30}, {100, 2, 2, 50},
                                       {30, 1, 1, 10}, {90, 0, 0, 100}};
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    uint64_t seed = 20260621;
    for (size_t i = 0; i < TABLES; i++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a random table", 0);
        table_truth truth;
        draw_figures(&seed, &truth);
        const char *text = publish(&seed, moods[i % 8], &truth, arena);
        kt_cube *cube = sample_cube(source, text, arena);
        (void)sample_reconcile(cube, source, classes, arena);
        const kt_rollup *rollup = sample_rollup(cube, source, classes, arena);
        const kt_cube *slab = sample_slab(rollup, cube, 0, arena);
        for (size_t o = 0; o < sizeof occupations / sizeof occupations[0]; o++) {
            check_regions(slab, &truth, &occupations[o]);
            check_rests(slab, &truth, &occupations[o]);
        }
    }
}

/* A table that was made from a truth has no check that fails, however much of it is hidden. */
static void no_check_fails_on_a_table_that_is_true(void **state)
{
    static const table_mood moods[] = {{0, 0, 0, 0}, {100, 0, 0, 0}, {60, 3, 3, 20}};
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    uint64_t seed = 4;
    for (size_t i = 0; i < TABLES / 10; i++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a random table", 0);
        table_truth truth;
        kt_error err = {0};
        kt_checks checks = {0};
        draw_figures(&seed, &truth);
        kt_cube *cube = sample_cube(source, publish(&seed, moods[i % 3], &truth, arena), arena);
        const kt_rollup *rollup = sample_rollup(cube, source, classes, arena);
        const kt_reconcile_table cells = {
            .cube = cube, .source = source, .rollup = rollup, .regions = &classes->regions};
        assert_int_equal(kt_reconcile_checks(&cells, arena, &checks, &err), KT_OK);
        for (size_t c = 0; c < checks.count; c++) {
            assert_true(checks.rows[c].passed);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_rolled_up_agrees_with_the_truth),
        cmocka_unit_test(no_check_fails_on_a_table_that_is_true),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
