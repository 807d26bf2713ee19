/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "sample.h"

/*
 * Thousands of random tables with rows at every level of the small country, hidden in every mix of
 * statuses. At every level regions and what is not allocated make the country, the causes make what
 * is not allocated, and occupations with the unknown ones make their total: points as well as
 * figures, wherever there is a figure at all.
 */

#define TABLES      3000
#define MONTHS      4
#define KUNTA       6
#define REGIONS     14
#define OCCUPATIONS 5
#define COLUMNS     (OCCUPATIONS + 1)
#define CELLS       (REGIONS * COLUMNS * MONTHS)

static const char shape[] =
    "Alue: KU001 KU002 KU003 KU004 KU005 KU006 SK001 SK002 SK003 MK01 MK02 KUJOU MKJO SSS | "
    "Ammatti: 1111 1112 1211 2111 X11 SSS | timeperiod_m: 2026M03 2026M04 2026M05 2026M06 | "
    "contentscode: U";

/* Which municipalities are in a row; the buckets hold figures of their own. */
static const unsigned members[REGIONS] = {1, 2, 4, 8, 16, 32, 3, 4, 56, 7, 56, 0, 0, 63};
enum { KUJOU = 11, MKJO = 12, COUNTRY = 13 };

/* Chances in a hundred. */
typedef struct mood {
    unsigned hide, miss, drop;
} mood;

static unsigned draw(uint64_t *seed, unsigned below)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (unsigned)((*seed * 2685821657736338717u) >> 33) % below;
}

static void draw_column(uint64_t *seed, unsigned figure[REGIONS])
{
    memset(figure, 0, REGIONS * sizeof *figure);
    const unsigned nowhere = draw(seed, 4);
    for (int kunta = 0; kunta < KUNTA; kunta++) {
        const unsigned own = draw(seed, 3) == 0 ? 0 : draw(seed, 9);
        for (int row = 0; row < REGIONS; row++) {
            figure[row] += (members[row] >> kunta & 1u) != 0 ? own : 0;
        }
    }
    figure[KUJOU] = figure[MKJO] = draw(seed, 5);
    figure[COUNTRY] += figure[KUJOU] + nowhere;
}

static void put_figure(uint64_t *seed, unsigned figure, mood of, kt_text *cells)
{
    if (draw(seed, 100) < of.miss) {
        kt_text_put(cells, ".. ");
    } else if (draw(seed, 100) < of.drop) {
        kt_text_put(cells, "l ");
    } else if (figure >= 1 && figure <= 4 && draw(seed, 100) < of.hide) {
        kt_text_put(cells, "... ");
    } else {
        kt_text_print(cells, "%u ", figure);
    }
}

static void draw_month(uint64_t *seed, unsigned figure[COLUMNS][REGIONS])
{
    memset(figure[OCCUPATIONS], 0, sizeof figure[OCCUPATIONS]);
    for (int o = 0; o < OCCUPATIONS; o++) {
        draw_column(seed, figure[o]);
        for (int row = 0; row < REGIONS; row++) {
            figure[OCCUPATIONS][row] += figure[o][row];
        }
    }
}

/* A random table: month after month in every cell. */
static const char *random_table(uint64_t *seed, mood of, kt_arena *arena)
{
    unsigned figure[MONTHS][COLUMNS][REGIONS];
    for (int month = 0; month < MONTHS; month++) {
        draw_month(seed, figure[month]);
    }
    KT_AUTO(text) kt_text cells = {0};
    for (int i = 0; i < CELLS; i++) {
        const int month = i % MONTHS, o = i / MONTHS % COLUMNS, row = i / MONTHS / COLUMNS;
        put_figure(seed, figure[month][o][row], of, &cells);
    }
    return sample_reply(arena, "a", shape, cells.bytes);
}

static bool has_point(const kt_cube *slab, size_t cell)
{
    const kt_obs obs = (kt_obs)slab->status[cell];
    return kt_obs_has_value(obs) || obs == KT_OBS_PROTECTED;
}

/* Adds the point of a cell; false if there is none, true for what cannot exist. */
static bool add_point(const kt_cube *slab, size_t cell, double *sum)
{
    if (slab->status[cell] == KT_OBS_IMPOSSIBLE) {
        return true;
    }
    *sum += has_point(slab, cell) ? slab->value[cell] : 0.0;
    return has_point(slab, cell);
}

static size_t assert_sum(const kt_cube *slab, size_t total, double sum, bool known)
{
    if (!known || !has_point(slab, total)) {
        return 0;
    }
    if (fabs(sum - slab->value[total]) > 1e-9) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("message", 0);
        fail_msg("%s is %.17g, its parts are %.17g", kt_cube_coordinates(slab, total, arena),
                 slab->value[total], sum);
    }
    return 1;
}

static size_t region_cell(const kt_cube *slab, const char *level, const char *rest, size_t o)
{
    char code[64];
    (void)snprintf(code, sizeof code, "%s/%s", level, rest);
    const size_t row = kt_codes_find(slab->codes[KT_ROLE_REGION], code);
    return row == KT_NO_CODE
               ? KT_NO_CODE
               : row * slab->stride[KT_ROLE_REGION] + o * slab->stride[KT_ROLE_OCCUPATION];
}

/* One level at one occupation: its regions and the rest, and the rest by cause. */
static size_t check_level(const kt_rollup *rollup, const kt_cube *slab, const char *level, size_t o)
{
    size_t first, checked = 0;
    const size_t count = kt_rollup_region_level(rollup, level, &first);
    const size_t rest = region_cell(slab, level, "_X", o);
    const size_t country =
        cell_at(slab, NULL, NULL, "SSS", NULL) + o * slab->stride[KT_ROLE_OCCUPATION];
    double sum = 0.0, causes = 0.0;
    bool known = add_point(slab, rest, &sum), told = true;
    for (size_t row = first; row < first + count; row++) {
        known = add_point(slab,
                          row * slab->stride[KT_ROLE_REGION] + o * slab->stride[KT_ROLE_OCCUPATION],
                          &sum) &&
                known;
    }
    checked += assert_sum(slab, country, sum, known);
    static const char *const each[] = {"_X1", "_X2", "_X3"};
    for (size_t i = 0; i < 3; i++) {
        const size_t cell = region_cell(slab, level, each[i], o);
        told = cell == KT_NO_CODE || (add_point(slab, cell, &causes) && told);
    }
    return checked + assert_sum(slab, rest, causes, told);
}

/* The occupations of one region at one level; those of the country leave some over. */
static size_t check_occupations(const kt_rollup *rollup, const kt_cube *slab, const char *level,
                                const char *region)
{
    size_t first;
    const size_t count = kt_rollup_occupation_level(rollup, level, &first);
    const size_t row = cell_at(slab, NULL, NULL, region, NULL);
    const size_t stride = slab->stride[KT_ROLE_OCCUPATION];
    double sum = 0.0;
    bool known = true;
    for (size_t o = first; o <= first + count; o++) { /* the unknown ones stand after the level */
        known = add_point(slab, row + o * stride, &sum) && known;
    }
    return assert_sum(slab, cell_at(slab, NULL, NULL, region, "_T"), sum, known);
}

static size_t check_slab(const kt_rollup *rollup, const kt_cube *slab)
{
    static const char *const levels[] = {"kunta",       "seutukunta",     "maakunta",
                                         "ely",         "suuralue",       "tyollisyysalue",
                                         "coordinator", "elinvoimakeskus"};
    static const char *const isco[] = {"isco1", "isco2", "isco3", "isco4"};
    static const char *const regions[] = {"KU001", "KU006", "SK001", "SK003",    "MK01",
                                          "MK02",  "TA01",  "SA1",   "kunta/_X1"};
    size_t checked = 0;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        for (size_t o = 0; o < slab->size[KT_ROLE_OCCUPATION]; o++) {
            checked += check_level(rollup, slab, levels[i], o);
        }
    }
    for (size_t i = 0; i < sizeof regions / sizeof regions[0] * 4; i++) {
        checked += check_occupations(rollup, slab, isco[i % 4], regions[i / 4]);
    }
    return checked;
}

static void parts_and_what_is_not_allocated_make_the_total(void **state)
{
    static const mood moods[] = {{0, 0, 0},   {100, 0, 0}, {50, 0, 0}, {50, 3, 0},
                                 {100, 0, 3}, {100, 2, 2}, {30, 1, 1}, {80, 0, 0}};
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    uint64_t seed = 20261121;
    size_t checked = 0;
    for (size_t i = 0; i < TABLES; i++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a random table", 0);
        kt_cube *cube = sample_cube(source, random_table(&seed, moods[i % 8], arena), arena);
        const kt_checks checks = sample_reconcile(cube, source, classes, arena);
        assert_true(checks.rows[0].passed); /* margins_agree: the table is made of a truth */
        const kt_rollup *rollup = sample_rollup(cube, source, classes, arena);
        checked += check_slab(rollup, sample_slab(rollup, cube, i % MONTHS, arena));
    }
    print_message("%zu sums in %d tables\n", checked, TABLES);
    assert_true(checked > (size_t)TABLES * 50);
}

static kt_fillings reconcile_by(kt_cube *cube, const kt_source *source,
                                const kt_classifications *classes, const kt_fillings *before,
                                kt_arena *arena)
{
    const kt_reconcile_table table = sample_table(cube, source, classes, arena);
    kt_reconciled made = {0};
    kt_error err = {0};
    assert_int_equal(kt_reconcile_intervals(&table, before, 2, arena, &made, &err), KT_OK);
    return made.fillings;
}

static void assert_same_bytes(const kt_cube *a, const kt_cube *b)
{
    assert_int_equal(a->cells, b->cells);
    assert_memory_equal(a->value, b->value, a->cells * sizeof *a->value);
    assert_memory_equal(a->low, b->low, a->cells * sizeof *a->low);
    assert_memory_equal(a->high, b->high, a->cells * sizeof *a->high);
    assert_memory_equal(a->status, b->status, a->cells);
}

/* What a second run does on a table of which one month changed. */
static void a_changed_month_gives_the_bytes_of_a_whole_run(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    uint64_t seed = 7;
    for (size_t i = 0; i < TABLES / 30; i++) {
        KT_AUTO(arena) kt_arena *arena = kt_arena_open("a random table", 0);
        const char *text = random_table(&seed, (mood){80, 1, 1}, arena);
        kt_cube *first = sample_cube(source, text, arena);
        kt_cube *again = sample_cube(source, text, arena);
        kt_cube *whole = sample_cube(source, text, arena);
        const kt_fillings known = reconcile_by(first, source, classes, NULL, arena);
        const size_t changed = (size_t)draw(&seed, REGIONS * COLUMNS);
        const size_t month = i % MONTHS * again->stride[KT_ROLE_PERIOD];
        kt_cube_set(again, month + changed, 5, KT_OBS_OBSERVED);
        kt_cube_set(whole, month + changed, 5, KT_OBS_OBSERVED);
        (void)reconcile_by(again, source, classes, &known, arena);
        (void)reconcile_by(whole, source, classes, NULL, arena);
        assert_same_bytes(again, whole);
    }
}

/* Figures that no run makes show where the earlier ones were taken. */
static void only_what_follows_from_a_changed_month_is_pointed_again(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    uint64_t seed = 11;
    const char *text = random_table(&seed, (mood){100, 0, 0}, *state);
    kt_cube *first = sample_cube(source, text, *state);
    kt_cube *again = sample_cube(source, text, *state);
    const kt_fillings known = reconcile_by(first, source, classes, NULL, *state);
    assert_int_equal(known.count, MONTHS);
    kt_filled marked[MONTHS];
    for (size_t i = 0; i < MONTHS; i++) {
        double *value = kt_arena_array(*state, double, known.at[i].count);
        for (size_t c = 0; c < known.at[i].count; c++) {
            value[c] = 99;
        }
        marked[i] = known.at[i];
        marked[i].value = value;
    }
    size_t hidden = 0; /* of the first month */
    while (again->status[hidden] != KT_OBS_PROTECTED) {
        hidden++;
    }
    kt_cube_set(again, hidden, 4, KT_OBS_OBSERVED);
    (void)reconcile_by(again, source, classes, &(kt_fillings){marked, MONTHS}, *state);
    for (size_t i = 0; i < again->cells; i++) {
        const size_t month = i / again->stride[KT_ROLE_PERIOD];
        if (again->status[i] == KT_OBS_PROTECTED && month != 1) {
            assert_int_equal(again->value[i] == 99, month >= 2);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_and_what_is_not_allocated_make_the_total),
        cmocka_unit_test(a_changed_month_gives_the_bytes_of_a_whole_run),
        cmocka_unit_test(only_what_follows_from_a_changed_month_is_pointed_again),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
