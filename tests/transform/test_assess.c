/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/assess.h"

#include "real.h"

#define KUNTA \
    "Alue: SSS KU001 KU002 KU003 KU004 KU005 KU006 | timeperiod_m: 2026M06 | contentscode: U"
#define FIXTURE KT_SHARED "/data/fixtures/statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json"

/* A table rolled up and marked with a limit. */
static const kt_cube *marked(const char *cells, double limit, kt_arena *arena)
{
    const kt_source *source = sample_source(arena, NULL);
    const kt_cube *cube = sample_cube(source, sample_reply(arena, "a", KUNTA, cells), arena);
    const kt_rollup *rollup = sample_rollup(cube, source, sample_classes(arena), arena);
    kt_cube *slab = sample_slab(rollup, cube, 0, arena);
    kt_error err = {0};
    assert_int_equal(kt_assess_mark(rollup, cube, 0, limit, slab, &err), KT_OK);
    return slab;
}

static kt_obs status_of(const kt_cube *slab, const char *code)
{
    return (kt_obs)slab->status[cell_at(slab, NULL, "unemployed", code, NULL)];
}

static void a_share_is_what_hidden_cells_are_of_a_sum(void **state)
{
    (void)state;
    assert_true(kt_protected_share(15.0, 10.0) == 1.0 / 3.0);
    assert_true(kt_protected_share(15.0, 0.0) == 1.0);
    assert_true(kt_protected_share(15.0, 15.0) == 0.0);
    assert_true(kt_protected_share(0.0, 0.0) == 0.0);
    assert_true(kt_protected_share(NAN, 3.0) == 0.0);
}

/* TA01 is KU001 and KU003: 10 and a point of 2.5, a fifth. TA02 is the other four: 2 and three
 * points of 2.5, 7.5 of 9.5. */
static const char two_areas[] = "70 10 2 ... ... ... ...";

static void a_sum_of_which_more_than_the_limit_is_hidden_has_no_value(void **state)
{
    static const struct {
        double limit;
        kt_obs first, second;
    } cases[] = {
        {0.5, KT_OBS_ESTIMATED, KT_OBS_UNASSESSED}, {0.19, KT_OBS_UNASSESSED, KT_OBS_UNASSESSED},
        {0.2, KT_OBS_ESTIMATED, KT_OBS_UNASSESSED}, {0.79, KT_OBS_ESTIMATED, KT_OBS_ESTIMATED},
        {1.0, KT_OBS_ESTIMATED, KT_OBS_ESTIMATED},  {0.0, KT_OBS_ESTIMATED, KT_OBS_ESTIMATED}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_cube *slab = marked(two_areas, cases[i].limit, *state);
        assert_int_equal(status_of(slab, "TA01"), cases[i].first);
        assert_int_equal(status_of(slab, "TA02"), cases[i].second);
    }
}

static void its_interval_stays(void **state)
{
    const kt_cube *slab = marked(two_areas, 0.5, *state);
    assert_cell(slab, cell_at(slab, NULL, "unemployed", "TA02", NULL), 'Q', 9.5, 5, 14);
}

static void single_hidden_cells_and_rests_stay_what_they_are(void **state)
{
    const kt_cube *slab = marked("70 10 0 2 0 ... 0", 0.01, *state);
    assert_int_equal(status_of(slab, "TA01"), KT_OBS_OBSERVED);
    assert_int_equal(status_of(slab, "TA02"), KT_OBS_PROTECTED);
    assert_int_equal(status_of(slab, "KU005"), KT_OBS_PROTECTED);
    assert_int_equal(status_of(slab, "tyollisyysalue/_X"), KT_OBS_ESTIMATED);
}

static void a_sum_without_all_its_municipalities_has_no_figure(void **state)
{
    const kt_cube *slab = marked("70 10 2 l ... ... ...", 0.5, *state);
    assert_int_equal(status_of(slab, "TA01"), KT_OBS_NOT_COLLECTED);
    assert_int_equal(status_of(slab, "TA02"), KT_OBS_UNASSESSED);
}

static void a_break_is_told_before_what_is_hidden(void **state)
{
    const kt_cube *slab = marked("70 10 2:b 3 ... ... ...", 0.5, *state);
    assert_int_equal(status_of(slab, "TA02"), KT_OBS_BREAK);
}

/* Of the table of June 2026, which has three occupations of every area: its own codes, all of its
 * levels, read as PX-JSON. */
static kt_source *source_of_fixture(kt_arena *arena)
{
    kt_source *source = kt_arena_new(arena, kt_source);
    const kt_source *areas = real_source("12r5", arena);
    *source = *real_source("12ti-kunta", arena);
    source->format = "json";
    source->unallocated = areas->unallocated;
    source->unallocated_count = areas->unallocated_count;
    source->variables[0].want = sample_all;
    source->variables[0].want_count = 1;
    return source;
}

/* By hand, from the table's rows of KU049 and KU235; KU050, KU051, KU684, KU783 and KU895; and so
 * on as memberships.csv has it: so many known and so many hidden, each of them 1 to 4. */
static void employment_areas_of_june_2026_are_the_sums_of_their_municipalities(void **state)
{
    static const struct {
        const char *area, *occupation;
        char letter;
        double low, high;
        double share; /* at points of 2.5 */
    } cases[] = {{"TA01", "ISCO-2513", 'E', 74, 77, 2.5 / 75.5},
                 {"TA05", "ISCO-2514", 'Q', 3, 12, 1.0},
                 {"TA10", "ISCO-2514", 'A', 13, 13, 0.0},
                 {"TA20", "ISCO-2514", 'E', 12, 15, 2.5 / 13.5},
                 {"TA30", "ISCO-2514", 'E', 10, 13, 2.5 / 11.5},
                 {"TA20", "ISCO-2519", 'A', 0, 0, 0.0}};
    if (!kt_file_exists(FIXTURE)) {
        skip();
    }
    char *bytes = NULL;
    size_t length = 0;
    kt_error err = {0};
    assert_int_equal(kt_file_read(FIXTURE, (size_t)1 << 26, *state, &bytes, &length, &err), KT_OK);
    const kt_source *source = source_of_fixture(*state);
    const kt_cube *cube = sample_cube(source, bytes, *state);
    const kt_classifications *classes = load_classes(KT_ROOT "/config/classifications", *state);
    const kt_rollup *rollup = sample_rollup(cube, source, classes, *state);
    kt_cube *slab = sample_slab(rollup, cube, 0, *state);
    kt_cube *known = NULL;
    assert_int_equal(kt_assess_mark(rollup, cube, 0, 0.5, slab, &err), KT_OK);
    assert_int_equal(kt_assess_known(rollup, cube, 0, *state, &known, &err), KT_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const size_t cell = cell_at(slab, NULL, "unemployed", cases[i].area, cases[i].occupation);
        assert_cell(slab, cell, cases[i].letter, (cases[i].low + cases[i].high) / 2, cases[i].low,
                    cases[i].high);
        assert_true(fabs(kt_protected_share(slab->value[cell], known->value[cell]) -
                         cases[i].share) < 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_what_hidden_cells_are_of_a_sum),
        cmocka_unit_test(a_sum_of_which_more_than_the_limit_is_hidden_has_no_value),
        cmocka_unit_test(its_interval_stays),
        cmocka_unit_test(single_hidden_cells_and_rests_stay_what_they_are),
        cmocka_unit_test(a_sum_without_all_its_municipalities_has_no_figure),
        cmocka_unit_test(a_break_is_told_before_what_is_hidden),
        cmocka_unit_test(employment_areas_of_june_2026_are_the_sums_of_their_municipalities),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
