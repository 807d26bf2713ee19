/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "sample.h"

/* A table, its intervals and points, and what the checks say. */
typedef struct made_table {
    kt_cube *cube;
    kt_checks checks;
} made_table;

static made_table reconciled(const kt_source *source, const kt_classifications *classes,
                             const char *text, kt_arena *arena)
{
    kt_editions editions = {0};
    kt_error err = {0};
    bool used = false;
    kt_replies replies = sample_replies(1, &text, &used);
    replies.editions = &editions;
    made_table made = {0};
    assert_int_equal(assemble_texts(source, replies, arena, &made.cube, &err), KT_OK);
    const kt_reconcile_table table = {.cube = made.cube,
                                      .source = source,
                                      .rollup = sample_rollup(made.cube, source, classes, arena),
                                      .regions = &classes->regions,
                                      .editions = &editions};
    kt_reconciled out = {0};
    if (kt_reconcile_intervals(&table, NULL, 2, arena, &out, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    made.checks = out.checks;
    return made;
}

static const kt_check *check_of(const made_table *made, const char *name, const char *subject)
{
    for (size_t i = 0; i < made->checks.count; i++) {
        if (strcmp(made->checks.rows[i].name, name) == 0 &&
            strcmp(made->checks.rows[i].subject, subject) == 0) {
            return &made->checks.rows[i];
        }
    }
    fail_msg("no check %s of %s", name, subject);
    return NULL;
}

/* One row of occupations: its total, four of them and an unknown one; the cell 1112 is looked at.
 */
static void the_occupations_of_a_row_tighten_one_another(void **state)
{
    static const struct {
        const char *cells;
        double low, high;
        bool agrees;
    } rows[] = {
        {"7 1 ... ... 2 1", 1, 2, true},    /* 3 for two */
        {"5 1 ... ... 2 0", 1, 1, true},    /* 2 for two: both are 1 */
        {"11 1 ... ... 2 0", 4, 4, true},   /* 8 for two: both are 4 */
        {"12 1 ... ... 2 ...", 1, 4, true}, /* the unknown one is in the sum: 9 for three */
        {"17 10 ... .. 4 1", 1, 2, true},   /* one that nobody knows: at most 2 are left */
        {"20 10 ... .. 4 1", 1, 4, true},   /* and nothing is said of the least */
        {"... 1 ... 0 0 1", 1, 2, true},    /* a hidden total is at most 4 */
        {".. 10 ... ... 4 1", 1, 4, true},  /* a missing one is no margin */
        {"7 1 ... ... m 1", 1, 4, true},    /* what cannot exist adds nothing: 5 for two */
        {"30 10 ... ... 4 1", 1, 4, false}, /* 15 for two cannot be: told, and no narrower */
        {"16 10 ... ... 4 1", 1, 4, false}, /* 1 for two */
    };
    const kt_source *source = sample_source(*state, "isco4");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = sample_reply(
            *state, "a",
            "Alue: SSS MK01 | Ammatti: SSS 1111 1112 1211 2111 X11 | timeperiod_m: 2026M06 | "
            "contentscode: U",
            kt_arena_print(*state, "l l l l l l %s", rows[i].cells));
        const made_table made = reconciled(source, sample_classes(*state), text, *state);
        const size_t cell = cell_at(made.cube, NULL, "unemployed", "MK01", "1112");
        assert_int_equal(made.cube->status[cell], KT_OBS_PROTECTED);
        assert_close(made.cube->low[cell], rows[i].low, 0.0);
        assert_close(made.cube->high[cell], rows[i].high, 0.0);
        assert_true(rows[i].low <= made.cube->value[cell]);
        assert_true(made.cube->value[cell] <= rows[i].high);
        assert_int_equal(check_of(&made, "margins_agree", "t1 unemployed")->passed, rows[i].agrees);
    }
}

/* What a figure of then was is known: the cells beside it are what they were, whatever it was. */
static void a_withdrawn_figure_leaves_the_others_as_they_were(void **state)
{
    static const char *const rows[] = {"12 7 ... ... 2 0", "5 0 ... ... 2 0", "7 1 ... ... 3 ..."};
    const kt_source *source = sample_source(*state, "isco4");
    const kt_classifications *classes = sample_classes(*state);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text =
            sample_reply(*state, "a",
                         "Alue: MK01 | Ammatti: SSS 1111 1112 1211 2111 X11 | timeperiod_m: "
                         "2026M06 | contentscode: U",
                         rows[i]);
        kt_cube *then = sample_cube(source, text, *state);
        kt_cube *now = sample_cube(source, text, *state);
        const size_t withdrawn = cell_at(now, NULL, "unemployed", "MK01", "1111");
        now->status[withdrawn] = KT_OBS_WITHDRAWN;
        (void)sample_reconcile(then, source, classes, *state);
        const kt_checks checks = sample_reconcile(now, source, classes, *state);
        assert_memory_equal(now->value, then->value, now->cells * sizeof *now->value);
        assert_memory_equal(now->low, then->low, now->cells * sizeof *now->low);
        assert_memory_equal(now->high, then->high, now->cells * sizeof *now->high);
        assert_int_equal(now->status[withdrawn], KT_OBS_WITHDRAWN);
        const made_table made = {.cube = now, .checks = checks};
        assert_true(check_of(&made, "margins_agree", "t1 unemployed")->passed);
    }
}

typedef struct region_case {
    const char *regions, *cells; /* of the country first */
    const char *cell;
    double low, high;
} region_case;

static void the_regions_of_a_region_tighten_one_another(void **state)
{
    static const region_case cases[] = {
        {"SSS MK01 SK001 SK002 KU001 KU002 KU003", "50 20 17 3 14 ... 3", "KU002", 3, 3},
        {"SSS MK01 SK001 SK002 KU001 KU002 KU003", "50 20 17 ... 8 9 ...", "SK002", 3, 3},
        {"SSS MK01 SK001 SK002 KU001 KU002 KU003", "50 20 17 ... 8 9 ...", "KU003", 3, 3},
        {"SSS MK01 KU001 KU002 KU003", "50 20 15 ... ...", "KU002", 1, 4},
        {"SSS MK01 KU001 KU002 KU003", "50 20 17 ... ...", "KU002", 1, 2},
        {"SSS MK01 KU001 KU002", "50 20 18 ...", "KU002", 1, 2}, /* KU003 is not in the table */
        {"SSS MK01 KU001 KU002 KU003", "50 20 18 ... ..", "KU002", 1, 2}, /* or is missing */
        {"SSS MK01 MK02 MKJO MK91", "33 10 20 ... ...", "MKJO", 1, 2},
        {"SSS MK01 MK02 MKJO MK91", "31 10 20 ... ..", "MKJO", 1, 1},
        {"SSS MK01 MK02 MKJO MK91", "90 10 20 ... ...", "MKJO", 1, 4}, /* never an equality */
        {"SSS KU001 KU002 KUJOU", "... 1 1 ...", "KUJOU", 1, 2},
        {"SSS KU001 KU002 KUJOU", "... 1 1 ...", "SSS", 3, 4},
    };
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *shape = kt_arena_print(
            *state, "Alue: %s | timeperiod_m: 2026M06 | contentscode: U", cases[i].regions);
        const char *text = sample_reply(*state, "a", shape, cases[i].cells);
        const made_table made = reconciled(source, sample_classes(*state), text, *state);
        const size_t cell = cell_at(made.cube, NULL, "unemployed", cases[i].cell, NULL);
        assert_close(made.cube->low[cell], cases[i].low, 0.0);
        assert_close(made.cube->high[cell], cases[i].high, 0.0);
        assert_true(check_of(&made, "margins_agree", "t1 unemployed")->passed);
    }
}

/* Kuhmoinen (KU291) went from the seutukunta of Jämsä (SK134) to that of Tampere on 2021-01-01. */
static void regions_are_those_of_the_editions_day(void **state)
{
    static const struct {
        const char *updated;
        double high;
        bool agrees;
    } editions[] = {
        {"2020-06-01T05:00:00Z", 2, true},  /* 98 and Kuhmoinen are Jämsä's 100 */
        {"2020-12-31T05.00.00Z", 2, true},  /* as PX-JSON writes it */
        {"2021-01-12T05:00:00Z", 4, true},  /* nobody knows: nothing is said */
        {"2022-06-01T05:00:00Z", 4, false}, /* 98 alone are not 100 */
        {"no day", 4, false},               /* today's */
    };
    const kt_source *source = sample_source(*state, NULL);
    const kt_classifications *classes = load_classes(KT_ROOT "/config/classifications", *state);
    for (size_t i = 0; i < sizeof editions / sizeof editions[0]; i++) {
        const char *text =
            sample_reply(*state, editions[i].updated,
                         "Alue: SSS SK134 KU182 KU291 | timeperiod_m: 2020M05 | contentscode: U",
                         "900 100 98 ...");
        const made_table made = reconciled(source, classes, text, *state);
        const size_t cell = cell_at(made.cube, NULL, "unemployed", "KU291", NULL);
        assert_close(made.cube->high[cell], editions[i].high, 0.0);
        assert_int_equal(check_of(&made, "margins_agree", "t1 unemployed")->passed,
                         editions[i].agrees);
    }
}

/* The rows of every municipality there was on a day, the first two of SK134 aside: 1 each. */
static const char *with_all_municipalities(const kt_classifications *classes, const char *day,
                                           const char **figures, kt_arena *arena)
{
    const char *regions = "Alue: SSS SK134 KU182 KU291";
    *figures = "9000 100 98 ...";
    for (size_t i = 0; i < classes->regions.item_count; i++) {
        const kt_class_item *item = &classes->regions.items[i];
        const bool there = item->valid_to[0] == '\0' || strcmp(item->valid_to, day) >= 0;
        if (strcmp(item->level, "kunta") == 0 && there && strcmp(item->code, "KU182") != 0 &&
            strcmp(item->code, "KU291") != 0) {
            regions = kt_arena_print(arena, "%s %s", regions, item->code);
            *figures = kt_arena_print(arena, "%s 1", *figures);
        }
    }
    return kt_arena_print(arena, "%s | timeperiod_m: 2020M05 | contentscode: U", regions);
}

/* An edition that says it is of 2006 and has the municipalities of another year. */
static void municipalities_tell_the_division_better_than_the_date(void **state)
{
    static const struct {
        const char *day;
        double high;
    } lists[] = {{"2020-06-01", 2}, {"2022-06-01", 4}, {"2025-06-01", 4}};
    const kt_source *source = sample_source(*state, NULL);
    const kt_classifications *classes = load_classes(KT_ROOT "/config/classifications", *state);
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const char *figures = NULL;
        const char *shape = with_all_municipalities(classes, lists[i].day, &figures, *state);
        const char *text = sample_reply(*state, "2006-06-01T05:00:00Z", shape, figures);
        const made_table made = reconciled(source, classes, text, *state);
        assert_close(made.cube->high[cell_at(made.cube, NULL, "unemployed", "KU291", NULL)],
                     lists[i].high, 0.0);
    }
}

static void a_clash_is_told_with_its_coordinates(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *text =
        sample_reply(*state, "a",
                     "Alue: SSS MK01 SK001 SK002 KU001 KU002 KU003 | timeperiod_m: 2026M06 | "
                     "contentscode: U",
                     "50 20 17 3 5 ... ...");
    const made_table made = reconciled(source, sample_classes(*state), text, *state);
    const kt_check *check = check_of(&made, "margins_agree", "t1 unemployed");
    assert_false(check->passed);
    assert_string_equal(check->severity, "note");
    assert_int_equal(check->cells_failed, 1);
    assert_close(check->measured, 8, 0.0); /* 12 are left for one that is at most 4 */
    assert_string_equal(check->examples,
                        "period=2026M06 measure=unemployed region=SK001 misses its parts by 8");
    const size_t other = cell_at(made.cube, NULL, "unemployed", "KU003", NULL);
    assert_cell(made.cube, other, 'Q', 3, 3, 3);
}

static void what_margins_do_is_counted(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *text =
        sample_reply(*state, "a",
                     "Alue: SSS MK01 KU001 KU002 KU003 | timeperiod_m: 2026M05 2026M06 | "
                     "contentscode: U V",
                     /* months of SSS, MK01, KU001 ... */
                     "... 1 50 1 9 1 20 1 3 1 14 1 ... 1 ... 1 ... 1 ... 1");
    const made_table made = reconciled(source, sample_classes(*state), text, *state);
    assert_close(check_of(&made, KT_CHECK_PROTECTED, "t1 unemployed 2026M06")->measured, 2, 0.0);
    assert_close(check_of(&made, KT_CHECK_FIXED, "t1 unemployed 2026M06")->measured, 0, 0.0);
    assert_close(check_of(&made, KT_CHECK_PROTECTED, "t1 unemployed")->measured, 4, 0.0);
    assert_close(check_of(&made, KT_CHECK_WIDTH, "t1 unemployed")->threshold, 3, 0.0);
    assert_true(isnan(check_of(&made, KT_CHECK_WIDTH, "t1 vacancies")->measured));
}

/* 5 are left for two; the months beside it have 4 and 1. */
static void a_point_follows_the_months_beside_it(void **state)
{
    static const struct {
        const char *months, *cells; /* of MK01, KU001, KU002, KU003 by month */
        const char *month;
        double second;
    } cases[] = {
        {"2026M05 2026M06 2026M07", "25 25 25 20 20 20 4 ... 4 1 ... 1", "2026M06", 4},
        {"2026M05 2026M06 2026M07", "25 25 25 20 20 20 1 ... 1 4 ... 4", "2026M06", 1},
        {"2026M05 2026M06", "25 25 20 20 4 ... 1 ...", "2026M06", 4},
        {"2026M06 2026M07", "25 25 20 20 ... 1 ... 4", "2026M06", 1},
        /* both beside: 4, and the mean of 1 and 2 */
        {"2026M05 2026M06 2026M07", "25 25 25 20 20 20 4 ... 4 1 ... 2", "2026M06", 4},
        /* hidden beside it too, but fixed there at 4 and 4: even, as without */
        {"2026M05 2026M06", "28 22 20 20 ... ... ... ...", "2026M06", 1},
    };
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *shape = kt_arena_print(*state,
                                           "Alue: MK01 KU001 KU002 KU003 | timeperiod_m: %s | "
                                           "contentscode: U",
                                           cases[i].months);
        const made_table made =
            reconciled(source, sample_classes(*state),
                       sample_reply(*state, "a", shape, cases[i].cells), *state);
        const size_t total = cell_at(made.cube, cases[i].month, "unemployed", "MK01", NULL);
        const size_t second = cell_at(made.cube, cases[i].month, "unemployed", "KU002", NULL);
        const size_t third = cell_at(made.cube, cases[i].month, "unemployed", "KU003", NULL);
        assert_close(made.cube->value[second], cases[i].second, 0.0);
        assert_close(made.cube->value[second] + made.cube->value[third],
                     made.cube->value[total] - 20, 0.0);
    }
}

/* 2026M04 is not beside 2026M06. */
static void a_gap_in_time_parts_neighbours(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const made_table made =
        reconciled(source, sample_classes(*state),
                   sample_reply(*state, "a",
                                "Alue: MK01 KU001 KU002 KU003 | timeperiod_m: 2026M04 2026M06 | "
                                "contentscode: U",
                                "25 25 20 20 4 ... 1 ..."),
                   *state);
    const size_t cell = cell_at(made.cube, "2026M06", "unemployed", "KU002", NULL);
    assert_true(made.cube->value[cell] == 2 || made.cube->value[cell] == 3);
}

static void what_is_no_count_has_no_limits(void **state)
{
    kt_source *source = sample_source(*state, NULL);
    kt_measure_spec measures[] = {
        {.measure = "unemployed", .group = "_T", .code = "U", .unit = "percent", .scale = 1.0}};
    source->measures = measures;
    source->measure_count = 1;
    const made_table made = reconciled(
        source, sample_classes(*state),
        sample_reply(*state, "a",
                     "Alue: MK01 KU001 KU002 KU003 | timeperiod_m: 2026M06 | contentscode: U",
                     "22.5 20.1 ... ..."),
        *state);
    assert_cell(made.cube, cell_at(made.cube, NULL, "unemployed", "KU002", NULL), 'Q', NAN, NAN,
                NAN);
}

static void limits_are_whole_numbers_in_order(void **state)
{
    static const struct {
        double low, high;
        const char *message;
    } limits[] = {
        {4, 1, "t1.json: protected: low 4 is above high 1"},
        {0.5, 4, "t1.json: protected: 0.5 to 4, expected whole numbers not below zero"},
        {-1, 4, "t1.json: protected: -1 to 4, expected whole numbers not below zero"},
    };
    const kt_classifications *classes = sample_classes(*state);
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        kt_source *source = sample_source(*state, NULL);
        source->protected_low = limits[i].low;
        source->protected_high = limits[i].high;
        kt_cube *cube = sample_cube(
            source,
            sample_reply(*state, "a", "Alue: SSS | timeperiod_m: 2026M06 | contentscode: U", "1"),
            *state);
        const kt_reconcile_table table = {.cube = cube,
                                          .source = source,
                                          .rollup = sample_rollup(cube, source, classes, *state),
                                          .regions = &classes->regions};
        kt_reconciled out = {0};
        kt_error err = {0};
        assert_int_equal(kt_reconcile_intervals(&table, NULL, 0, *state, &out, &err),
                         KT_ERR_CONFIG);
        assert_string_equal(err.message, limits[i].message);
    }
}

/* 7 - 1 - 2 - 1 would leave 3 for two; of figures told to the thousand it leaves nothing. */
static void rounded_figures_narrow_nothing(void **state)
{
    kt_source *source = sample_source(*state, "isco4");
    kt_measure_spec *measure = kt_arena_array(*state, kt_measure_spec, 1);
    *measure = source->measures[0];
    measure->rounding = 1000;
    source->measures = measure;
    source->measure_count = 1;
    const char *text = sample_reply(
        *state, "a",
        "Alue: SSS MK01 | Ammatti: SSS 1111 1112 1211 2111 X11 | timeperiod_m: 2026M06 | "
        "contentscode: U",
        "l l l l l l 7 1 ... ... 2 1");
    const made_table made = reconciled(source, sample_classes(*state), text, *state);
    assert_cell(made.cube, cell_at(made.cube, NULL, "unemployed", "MK01", "1112"), 'Q', 2.5, 1, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_occupations_of_a_row_tighten_one_another),
        cmocka_unit_test(rounded_figures_narrow_nothing),
        cmocka_unit_test(a_withdrawn_figure_leaves_the_others_as_they_were),
        cmocka_unit_test(the_regions_of_a_region_tighten_one_another),
        cmocka_unit_test(regions_are_those_of_the_editions_day),
        cmocka_unit_test(municipalities_tell_the_division_better_than_the_date),
        cmocka_unit_test(a_clash_is_told_with_its_coordinates),
        cmocka_unit_test(what_margins_do_is_counted),
        cmocka_unit_test(a_point_follows_the_months_beside_it),
        cmocka_unit_test(a_gap_in_time_parts_neighbours),
        cmocka_unit_test(what_is_no_count_has_no_limits),
        cmocka_unit_test(limits_are_whole_numbers_in_order),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
