/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/rollup.h"

#include "core/cleanup.h"
#include "sample.h"

#define MONTH "2026M06"
#define KUNTA \
    "Alue: SSS KU001 KU002 KU003 KU004 KU005 KU006 | timeperiod_m: 2026M06 | contentscode: U"

static kt_cube *rolled(const kt_source *source, const char *shape, const char *cells,
                       kt_arena *arena)
{
    const kt_cube *cube = sample_cube(source, sample_reply(arena, "a", shape, cells), arena);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(arena), arena);
    return sample_slab(rollup, cube, 0, arena);
}

static size_t region(const kt_cube *slab, const char *code)
{
    return cell_at(slab, NULL, "unemployed", code, NULL);
}

static size_t occupation(const kt_cube *slab, const char *region_code, const char *code)
{
    return cell_at(slab, NULL, "unemployed", region_code, code);
}

/* Municipalities 1 2 4 8 16 32 of a country of 70. */
static void every_level_is_summed_from_municipalities(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, "70 1 2 4 8 16 32", *state);
    static const struct {
        const char *code;
        double value;
    } sums[] = {{"SSS", 70},
                {"KU003", 4},
                {"SK001", 3},
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
                {"kunta/_X", 7},
                {"maakunta/_X", 7},
                {"elinvoimakeskus/_X3", 7},
                {"coordinator/_X", 63},
                {"coordinator/_X3", 63}};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        assert_exact(slab, region(slab, sums[i].code), sums[i].value);
    }
}

static void the_sources_own_row_comes_before_a_sum(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *slab =
        rolled(source, "Alue: SSS MK01 MK02 SK003 | timeperiod_m: 2026M06 | contentscode: U",
               "100 10 20 19", *state);
    assert_exact(slab, region(slab, "MK02"), 20);
    assert_exact(slab, region(slab, "SK003"), 19);
    assert_exact(slab, region(slab, "EVK01"), 30);
    assert_exact(slab, region(slab, "elinvoimakeskus/_X"), 70);
}

static void a_merged_municipality_is_counted_in_its_successor(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *shape = "Alue: SSS KU001 KU009 KU002 KU003 KU004 KU005 KU006 | "
                        "timeperiod_m: 2026M06 | contentscode: U";
    const kt_cube *slab = rolled(source, shape, "100 1 5 2 4 8 16 32", *state);
    assert_exact(slab, region(slab, "KU001"), 6);
    assert_exact(slab, region(slab, "SK001"), 8);
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_REGION], "KU009"), KT_NO_CODE);
    const kt_cube *later = rolled(source, shape, "100 6 l 2 4 8 16 32", *state);
    assert_exact(later, region(later, "KU001"), 6);
    const kt_cube *hidden = rolled(source, shape, "100 ... l 2 4 8 16 32", *state);
    assert_cell(hidden, region(hidden, "KU001"), 'Q', 2.5, 1, 4);
    const kt_cube *neither = rolled(source, shape, "100 l l 2 4 8 16 32", *state);
    assert_cell(neither, region(neither, "KU001"), 'L', NAN, 0, 0);
}

static void a_sum_with_a_protected_member_is_an_interval(void **state)
{
    const kt_cube *slab =
        rolled(sample_source(*state, NULL), KUNTA, "70 1 ... ... 8 16 32", *state);
    assert_cell(slab, region(slab, "KU002"), 'Q', 2.5, 1, 4);
    assert_cell(slab, region(slab, "SK001"), 'E', 3.5, 2, 5);
    assert_cell(slab, region(slab, "SK002"), 'Q', 2.5, 1, 4); /* KU003 alone */
    assert_cell(slab, region(slab, "MK01"), 'E', 6, 3, 9);
    assert_exact(slab, region(slab, "MK02"), 56);
    assert_cell(slab, region(slab, "maakunta/_X"), 'E', 8, 5, 11);
}

typedef struct mix {
    const char *first, *second; /* cells of KU001 and KU002 */
    char letter;                /* of SK001 */
    double value, low, high;
} mix;

static const mix mixes[] = {
    {"1", "2", 'A', 3, 3, 3},       {"1", "0", 'A', 1, 1, 1},       {"1", "-", 'A', 1, 1, 1},
    {"1", "..", 'O', NAN, 0, 0},    {"1", "l", 'L', NAN, 0, 0},     {"..", "l", 'O', NAN, 0, 0},
    {"...", "..", 'O', NAN, 0, 0},  {"...", "l", 'L', NAN, 0, 0},   {"...", "...", 'E', 5, 2, 8},
    {"1", "m", 'A', 1, 1, 1},       {"m", "m", 'M', NAN, 0, 0},     {"...", "m", 'Q', 2.5, 1, 4},
    {"m", "..", 'O', NAN, 0, 0},    {"1:p", "2", 'P', 3, 3, 3},     {"1:p", "...", 'E', 3.5, 2, 5},
    {"5:b", "...", 'B', 7.5, 6, 9}, {"...", "5:b", 'B', 7.5, 6, 9}, {"5:b", "2", 'B', 7, 7, 7},
    {"5:b", "l", 'L', NAN, 0, 0},   {"5:b", "..", 'O', NAN, 0, 0},  {"l", "..", 'O', NAN, 0, 0},
    {"m", "...", 'Q', 2.5, 1, 4},   {"0", "...", 'Q', 2.5, 1, 4},   {"...", "-", 'Q', 2.5, 1, 4},
    {"0:p", "...", 'Q', 2.5, 1, 4}, {"...", "0:p", 'Q', 2.5, 1, 4}, {"0:b", "...", 'Q', 2.5, 1, 4},
};

static void the_status_of_a_sum_is_its_worst_members(void **state)
{
    for (size_t i = 0; i < sizeof mixes / sizeof mixes[0]; i++) {
        const char *cells =
            kt_arena_print(*state, "70 %s %s 4 8 16 32", mixes[i].first, mixes[i].second);
        const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, cells, *state);
        assert_cell(slab, region(slab, "SK001"), mixes[i].letter, mixes[i].value, mixes[i].low,
                    mixes[i].high);
    }
}

static void what_is_left_of_a_missing_part_is_missing(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, "70 1 .. 4 8 16 32", *state);
    assert_cell(slab, region(slab, "kunta/_X"), 'O', NAN, 0, 0);
    assert_cell(slab, region(slab, "maakunta/_X3"), 'O', NAN, 0, 0);
    assert_exact(slab, region(slab, "MK02"), 56);
}

/* Of Eurostat's countries one is the table's own; regions of it are parts of it alone. */
static void other_countries_stand_beside_the_tables_own(void **state)
{
    static const kt_code_map map[] = {{"FI1B", "SA1"}, {"FI1C", "SA2"}};
    kt_source *source = sample_source(*state, NULL);
    source->variables[0].total = "FI";
    source->variables[0].map = map;
    source->variables[0].map_count = 2;
    const char *shape = "Alue: SE FI EU27_2020 FI1B FI1C | timeperiod_m: 2026M06 | contentscode: U";
    const kt_cube *cube =
        sample_cube(source, sample_reply(*state, "a", shape, "50 70 900 40 20"), *state);
    const kt_rollup *rollup = sample_rollup(
        cube, source, load_classes(KT_ROOT "/config/classifications", *state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    assert_exact(slab, region(slab, "SSS"), 70);
    assert_exact(slab, region(slab, "SE"), 50);
    assert_exact(slab, region(slab, "EU27_2020"), 900);
    assert_exact(slab, region(slab, "SA1"), 40);
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(rollup, &lines);
    assert_int_not_equal(kt_rollup_line_find(lines, count, "country", "SE"), KT_NO_CODE);
    assert_int_equal(kt_rollup_country(rollup),
                     kt_rollup_line_find(lines, count, "country", "SSS"));
}

/* Parts 1 + 2 + 4 + 8 + [1,4] + [1,4] of 20: the true rest is 5 - 5..2, so 0..3, point 0. */
static void what_is_left_is_not_below_zero(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, "20 1 2 4 8 ... ...", *state);
    assert_cell(slab, region(slab, "kunta/_X"), 'E', 0, 0, 3);
    const kt_cube *open = rolled(sample_source(*state, NULL), KUNTA, "18 1 2 4 8 ... ...", *state);
    assert_cell(open, region(open, "kunta/_X"), 'E', 0, 0, 1);
}

static void parts_above_the_total_show_in_what_is_left(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, "60 1 2 4 8 16 32", *state);
    assert_exact(slab, region(slab, "kunta/_X"), -3);
}

/*
 * A survey's hundreds, each off by up to 50. Two maakunta and the country are three figures: what
 * is left of 2,000 is 100 and may be 0 to 250; of 1,800 it is -100, which may be 0 to 50.
 */
static void what_rounded_figures_leave_is_known_to_their_halves(void **state)
{
    static const char *const shape =
        "Alue: SSS MK01 MK02 | timeperiod_m: 2026M06 | contentscode: U";
    kt_source *source = sample_source(*state, NULL);
    kt_measure_spec *measures = kt_arena_array(*state, kt_measure_spec, 2);
    memcpy(measures, source->measures, 2 * sizeof *measures);
    measures[0].rounding = 100;
    source->measures = measures;
    const kt_cube *slab = rolled(source, shape, "2000 700 1200", *state);
    assert_cell(slab, region(slab, "maakunta/_X"), 'E', 100, 0, 250);
    assert_exact(slab, region(slab, "MK02"), 1200);
    assert_exact(slab, region(slab, "EVK01"), 1900);
    slab = rolled(source, shape, "1800 700 1200", *state);
    assert_cell(slab, region(slab, "maakunta/_X"), 'E', 0, 0, 50);
    assert_cell(slab, region(slab, "elinvoimakeskus/_X"), 'E', 0, 0, 50);
    slab = rolled(source, shape, "1800 .. 1200", *state);
    assert_cell(slab, region(slab, "maakunta/_X"), 'O', NAN, 0, 0);
}

/* 100 = 60 in maakunta + 20 without a municipality + 5 abroad + 15 in no area. */
static void what_is_unallocated_is_shown_by_cause(void **state)
{
    const kt_cube *slab =
        rolled(sample_source(*state, NULL),
               "Alue: SSS MK01 MK02 MKJO MK91 | timeperiod_m: 2026M06 | contentscode: U",
               "100 20 40 20 5", *state);
    static const char *const levels[] = {"maakunta", "suuralue", "ely", "elinvoimakeskus"};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const char *level = levels[i];
        assert_exact(slab, region(slab, kt_arena_print(*state, "%s/_X", level)), 40);
        assert_exact(slab, region(slab, kt_arena_print(*state, "%s/_X1", level)), 20);
        assert_exact(slab, region(slab, kt_arena_print(*state, "%s/_X2", level)), 5);
        assert_exact(slab, region(slab, kt_arena_print(*state, "%s/_X3", level)), 15);
    }
    assert_exact(slab, region(slab, "coordinator/_X"), 80); /* MK02 is in no area */
    assert_exact(slab, region(slab, "coordinator/_X3"), 55);
}

static void a_protected_bucket_makes_the_rest_an_interval(void **state)
{
    const kt_cube *slab =
        rolled(sample_source(*state, NULL),
               "Alue: SSS MK01 MK02 MKJO MK91 | timeperiod_m: 2026M06 | contentscode: U",
               "100 20 40 20 ...", *state);
    assert_exact(slab, region(slab, "maakunta/_X"), 40);
    assert_cell(slab, region(slab, "maakunta/_X2"), 'Q', 2.5, 1, 4);
    assert_cell(slab, region(slab, "maakunta/_X3"), 'E', 17.5, 16, 19);
}

static void a_table_without_buckets_has_no_lines_for_them(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, NULL), KUNTA, "70 1 2 4 8 16 32", *state);
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_REGION], "kunta/_X1"), KT_NO_CODE);
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_REGION], "kunta/_X2"), KT_NO_CODE);
    assert_exact(slab, region(slab, "kunta/_X3"), 7);
}

static void a_level_that_is_not_there_in_full_is_a_gap(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a", "Alue: SSS MK01 KU004 | timeperiod_m: 2026M06 | contentscode: U",
                     "100 20 40"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    const char *const *gaps;
    size_t first;
    assert_true(kt_rollup_gaps(rollup, &gaps) >= 6);
    assert_string_equal(gaps[0], "kunta: KU001 is not in the table");
    assert_string_equal(gaps[1], "seutukunta: not in the table");
    assert_string_equal(gaps[2], "maakunta: MK02 is not in the table");
    assert_int_equal(kt_rollup_region_level(rollup, "kunta", &first), 1);
    assert_int_equal(kt_rollup_region_level(rollup, "tyollisyysalue", &first), 0);
    assert_int_equal(kt_rollup_region_level(rollup, "nonesuch", &first), 0);
    assert_int_equal(kt_codes_find(slab->codes[KT_ROLE_REGION], "maakunta/_X"), KT_NO_CODE);
}

static void lines_say_what_they_are_made_of(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube =
        sample_cube(source, sample_reply(*state, "a", KUNTA, "70 1 2 4 8 16 32"), *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_rollup_line *lines;
    size_t first = 0;
    (void)kt_rollup_regions(rollup, &lines);
    assert_string_equal(lines[0].made_of, "source");
    assert_int_equal(kt_rollup_region_level(rollup, "maakunta", &first), 2);
    assert_string_equal(lines[first].code, "MK01");
    assert_string_equal(lines[first].level, "maakunta");
    assert_string_equal(lines[first].made_of, "seutukunta");
    assert_int_equal(kt_rollup_region_level(rollup, "tyollisyysalue", &first), 2);
    assert_string_equal(lines[first].made_of, "kunta");
    assert_string_equal(lines[first + 2].code, "_X");
    assert_string_equal(lines[first + 2].made_of, "rest");
}

#define JOBS                                                                                    \
    "Alue: SSS MK01 MK02 | Ammatti: SSS 1111 1112 1211 2111 X11 X21 | timeperiod_m: 2026M06 | " \
    "contentscode: U"

static void occupations_are_summed_to_coarser_levels(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, "isco4"), JOBS,
                                 "100 1 2 4 8 16 32 50 5 6 7 8 9 10 40 1 1 1 1 1 1", *state);
    static const struct {
        const char *region, *occupation;
        double value;
    } sums[] = {{"SSS", "_T", 100},
                {"SSS", "ISCO-1111", 1},
                {"SSS", "ISCO-111", 3},
                {"SSS", "ISCO-11", 3},
                {"SSS", "ISCO-1", 7},
                {"SSS", "ISCO-2", 8},
                {"SSS", "isco1/_X", 48},
                {"SSS", "isco4/_X", 48},
                {"MK01", "ISCO-1", 18},
                {"EVK01", "ISCO-1", 21},
                {"EVK01", "isco2/_X", 21},
                {"maakunta/_X", "_T", 10},
                {"maakunta/_X", "ISCO-1", -14}};
    for (size_t i = 0; i < sizeof sums / sizeof sums[0]; i++) {
        assert_exact(slab, occupation(slab, sums[i].region, sums[i].occupation), sums[i].value);
    }
}

static void a_lone_protected_occupation_stays_protected_at_every_level(void **state)
{
    const kt_cube *slab = rolled(sample_source(*state, "isco4"), JOBS,
                                 "100 1 2 ... ... 16 32 50 5 6 7 8 9 10 40 1 1 1 ... 1 1", *state);
    assert_cell(slab, occupation(slab, "SSS", "ISCO-12"), 'Q', 2.5, 1, 4);
    assert_cell(slab, occupation(slab, "SSS", "ISCO-2"), 'Q', 2.5, 1, 4);
    assert_cell(slab, occupation(slab, "SSS", "ISCO-1"), 'E', 5.5, 4, 7);
    assert_cell(slab, occupation(slab, "EVK01", "ISCO-2"), 'E', 10.5, 9, 12);
}

/* Alone or with zeros it is no figure; a sum of more holds it as it was. */
static void a_withdrawn_figure_is_counted_and_stays_hidden(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const char *cells = "100 1 2 9 0 16 32 50 5 6 7 8 9 10 40 1 1 1 1 1 1";
    kt_cube *cube = sample_cube(source, sample_reply(*state, "a", JOBS, cells), *state);
    cube->status[occupation(cube, "SSS", "1211")] = KT_OBS_WITHDRAWN;
    cube->status[occupation(cube, "SSS", "2111")] = KT_OBS_WITHDRAWN;
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    const size_t alone = occupation(slab, "SSS", "ISCO-12");
    const size_t zero = occupation(slab, "SSS", "ISCO-2");
    assert_int_equal(slab->status[alone], KT_OBS_WITHDRAWN);
    assert_int_equal(slab->status[zero], KT_OBS_WITHDRAWN);
    assert_cell(slab, zero, 'Q', 0, 0, 0);
    assert_cell(slab, occupation(slab, "SSS", "ISCO-1"), 'E', 12, 12, 12);
}

static void an_occupation_is_not_summed_when_one_in_use_is_absent(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(
            *state, "a",
            "Alue: SSS | Ammatti: 1111 1211 2111 | timeperiod_m: 2026M06 | contentscode: U",
            "1 2 3"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    const kt_codes *codes = slab->codes[KT_ROLE_OCCUPATION];
    assert_int_equal(kt_codes_find(codes, "ISCO-11"), KT_NO_CODE);
    assert_int_equal(kt_codes_find(codes, "ISCO-1"), KT_NO_CODE);
    assert_int_equal(kt_codes_find(codes, "_T"), KT_NO_CODE);
    assert_int_equal(kt_codes_find(codes, "isco1/_X"), KT_NO_CODE);
    assert_exact(slab, occupation(slab, "SSS", "ISCO-12"), 2);
    assert_exact(slab, occupation(slab, "SSS", "ISCO-2"), 3); /* 2112 is not in use */
}

static void a_two_digit_source_gives_one_digit_and_no_finer_level(void **state)
{
    const kt_source *source = sample_source(*state, "isco2");
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(
            *state, "a",
            "Alue: SSS | Ammatti: SSS 11 12 21 X1 | timeperiod_m: 2026M06 | contentscode: U",
            "15 1 2 4 8"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    size_t first;
    assert_exact(slab, occupation(slab, "SSS", "ISCO-1"), 3);
    assert_exact(slab, occupation(slab, "SSS", "isco1/_X"), 8);
    assert_int_equal(kt_rollup_occupation_level(rollup, "isco2", &first), 3);
    assert_int_equal(kt_rollup_occupation_level(rollup, "isco3", &first), 0);
    assert_int_equal(kt_rollup_occupation_level(rollup, "_T", &first), 1);
}

static void an_unknown_code_stops_the_table(void **state)
{
    static const struct {
        const char *shape, *said;
    } cases[] = {{"Alue: SSS KU0O1 | timeperiod_m: 2026M06 | contentscode: U",
                  "t1: unknown region KU0O1, expected a code of regions.csv (nearest: KU001)"},
                 {"Alue: SSS | Ammatti: SSS | timeperiod_m: 2026M06 | contentscode: U", NULL},
                 {"Alue: SSS | Ammatti: 9999 | timeperiod_m: 2026M06 | contentscode: U",
                  "t1: unknown occupation 9999, expected a code of occupations.csv"}};
    for (size_t i = 0; i < 3; i++) {
        const kt_source *source = sample_source(*state, i == 0 ? NULL : "isco4");
        const kt_cube *cube = sample_cube(
            source, sample_reply(*state, "a", cases[i].shape, i == 0 ? "1 2" : "1"), *state);
        kt_rollup *rollup = NULL;
        kt_error err = {0};
        const kt_status status =
            kt_rollup_new(cube, source, sample_classes(*state), *state, &rollup, &err);
        assert_int_equal(status, cases[i].said == NULL ? KT_OK : KT_ERR_FORMAT);
        assert_string_equal(err.message, cases[i].said == NULL ? "" : cases[i].said);
    }
}

static void each_period_is_rolled_up_by_itself(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_cube *cube = sample_cube(
        source,
        sample_reply(*state, "a",
                     "timeperiod_m: 2026M05 2026M06 | Alue: SSS MK01 MK02 | contentscode: U V",
                     "9 8 1 2 3 4 90 80 10 20 30 40"),
        *state);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(*state), *state);
    const kt_cube *slab = sample_slab(rollup, cube, 1, *state);
    assert_exact(slab, cell_at(slab, MONTH, "unemployed", "EVK01", NULL), 40);
    assert_exact(slab, cell_at(slab, MONTH, "vacancies", "EVK01", NULL), 60);
    kt_cube *none = NULL;
    kt_error err = {0};
    assert_int_equal(kt_rollup_period(rollup, cube, 2, *state, &none, &err), KT_ERR_BUG);
}

/* The sample's source with open_days (D), as a table of flows has them. */
static const kt_source *source_of_days(const char *level, kt_arena *arena)
{
    kt_source *source = sample_source(arena, level);
    kt_measure_spec *measures = kt_arena_array(arena, kt_measure_spec, 1);
    measures[0] = (kt_measure_spec){
        .measure = "open_days", .group = "_T", .code = "D", .unit = "days", .scale = 1.0};
    source->measures = measures;
    source->measure_count = 1;
    return source;
}

static size_t days(const kt_cube *slab, const char *region_code, const char *code)
{
    return cell_at(slab, NULL, "open_days", region_code, code);
}

/* Means of 20 days in one half and 30 in the other are nowhere 50. SK002 is KU003 alone. */
static void figures_that_are_no_counts_are_not_summed(void **state)
{
    static const char *const none[] = {"SK001", "SK003",    "MK01",     "EVK01",
                                       "TA02",  "OWN_pair", "kunta/_X", "maakunta/_X3"};
    const kt_cube *slab = rolled(source_of_days(NULL, *state),
                                 "Alue: SSS KU001 KU002 KU003 KU004 KU005 KU006 | "
                                 "timeperiod_m: 2026M06 | contentscode: D",
                                 "25.5 20 30 22 23 24 28", *state);
    assert_exact(slab, days(slab, "SSS", NULL), 25.5);
    assert_exact(slab, days(slab, "KU002", NULL), 30);
    assert_exact(slab, days(slab, "SK002", NULL), 22);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_cell(slab, days(slab, none[i], NULL), 'L', NAN, 0, 0);
    }
}

static void a_mean_of_a_merged_region_is_the_sources_own(void **state)
{
    const kt_source *source = source_of_days(NULL, *state);
    const char *shape = "Alue: SSS KU001 KU009 KU002 KU003 KU004 KU005 KU006 | "
                        "timeperiod_m: 2026M06 | contentscode: D";
    const kt_cube *divided = rolled(source, shape, "25 20 30 2 4 8 16 32", *state);
    assert_cell(divided, days(divided, "KU001", NULL), 'L', NAN, 0, 0);
    const kt_cube *later = rolled(source, shape, "25 21 l 2 4 8 16 32", *state);
    assert_exact(later, days(later, "KU001", NULL), 21);
    const kt_cube *before = rolled(source, shape, "25 l 30 2 4 8 16 32", *state);
    assert_cell(before, days(before, "KU001", NULL), 'L', NAN, 0, 0);
}

static void means_of_occupations_are_not_summed(void **state)
{
    const kt_cube *slab = rolled(source_of_days("isco4", *state),
                                 "Alue: SSS | Ammatti: SSS 1111 1112 1211 2111 X1 | "
                                 "timeperiod_m: 2026M06 | contentscode: D",
                                 "25 20 30 35 40 50", *state);
    assert_exact(slab, days(slab, "SSS", "_T"), 25);
    assert_exact(slab, days(slab, "SSS", "ISCO-1111"), 20);
    assert_cell(slab, days(slab, "SSS", "ISCO-111"), 'L', NAN, 0, 0);
    assert_exact(slab, days(slab, "SSS", "ISCO-211"), 40);
    assert_exact(slab, days(slab, "SSS", "isco4/_X"), 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_level_is_summed_from_municipalities),
        cmocka_unit_test(the_sources_own_row_comes_before_a_sum),
        cmocka_unit_test(a_merged_municipality_is_counted_in_its_successor),
        cmocka_unit_test(a_sum_with_a_protected_member_is_an_interval),
        cmocka_unit_test(the_status_of_a_sum_is_its_worst_members),
        cmocka_unit_test(what_is_left_of_a_missing_part_is_missing),
        cmocka_unit_test(other_countries_stand_beside_the_tables_own),
        cmocka_unit_test(what_is_left_is_not_below_zero),
        cmocka_unit_test(what_rounded_figures_leave_is_known_to_their_halves),
        cmocka_unit_test(parts_above_the_total_show_in_what_is_left),
        cmocka_unit_test(what_is_unallocated_is_shown_by_cause),
        cmocka_unit_test(a_protected_bucket_makes_the_rest_an_interval),
        cmocka_unit_test(a_table_without_buckets_has_no_lines_for_them),
        cmocka_unit_test(a_level_that_is_not_there_in_full_is_a_gap),
        cmocka_unit_test(lines_say_what_they_are_made_of),
        cmocka_unit_test(occupations_are_summed_to_coarser_levels),
        cmocka_unit_test(a_lone_protected_occupation_stays_protected_at_every_level),
        cmocka_unit_test(a_withdrawn_figure_is_counted_and_stays_hidden),
        cmocka_unit_test(an_occupation_is_not_summed_when_one_in_use_is_absent),
        cmocka_unit_test(a_two_digit_source_gives_one_digit_and_no_finer_level),
        cmocka_unit_test(an_unknown_code_stops_the_table),
        cmocka_unit_test(each_period_is_rolled_up_by_itself),
        cmocka_unit_test(figures_that_are_no_counts_are_not_summed),
        cmocka_unit_test(a_mean_of_a_merged_region_is_the_sources_own),
        cmocka_unit_test(means_of_occupations_are_not_summed),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
