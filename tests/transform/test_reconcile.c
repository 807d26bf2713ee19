/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "sample.h"

#define JOBS                                                                                \
    "Alue: SSS MK01 MK02 | Ammatti: SSS 1111 1112 1211 2111 X11 | timeperiod_m: 2026M06 | " \
    "contentscode: U"

static kt_checks checked(const kt_source *source, const char *shape, const char *cells,
                         kt_arena *arena)
{
    const kt_classifications *classes = sample_classes(arena);
    kt_cube *cube = sample_cube(source, sample_reply(arena, "a", shape, cells), arena);
    const kt_reconcile_table table = sample_table(cube, source, classes, arena);
    kt_checks checks = {0};
    kt_error err = {0};
    assert_int_equal(kt_reconcile_checks(&table, arena, &checks, &err), KT_OK);
    return checks;
}

static const kt_check *find_check(kt_checks checks, const char *name, const char *subject)
{
    for (size_t i = 0; i < checks.count; i++) {
        if (strcmp(checks.rows[i].name, name) == 0 &&
            strcmp(checks.rows[i].subject, subject) == 0) {
            return &checks.rows[i];
        }
    }
    print_error("no check %s of %s\n", name, subject);
    fail();
    return NULL;
}

typedef struct holding {
    const char *cells;
    bool passed;
    double measured;
} holding;

static void regions_are_held_within_the_country(void **state)
{
    static const holding cases[] = {
        {"30 10 20", true, 0},     {"31 10 20", true, -1},  {"29 10 20", false, 1},
        {"21 ... 20", true, 0},    {"20 ... 20", false, 1}, {"... 3 1", true, 0},
        {"... 4 1", false, 1},     {"9 .. 10", false, 1},   {"9 .. 8", true, -1},
        {".. 100 100", true, NAN}, {"9 l l", true, NAN},
    };
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_check *check = find_check(
            checked(source, "Alue: SSS MK01 MK02 | timeperiod_m: 2026M06 | contentscode: U",
                    cases[i].cells, *state),
            "regions_within_country", "t1 unemployed maakunta");
        assert_int_equal(check->passed, cases[i].passed);
        assert_true(isnan(cases[i].measured) ? isnan(check->measured)
                                             : check->measured == cases[i].measured);
        assert_int_equal(check->cells_checked, isnan(cases[i].measured) ? 0 : 1);
        assert_string_equal(check->severity, "hold");
    }
}

static void regions_are_held_within_the_region_they_lie_in(void **state)
{
    static const struct {
        const char *cells;
        bool passed;
        double measured;
        const char *examples;
    } cases[] = {
        {"50 20 17 3 14 3 3", true, 0, ""},
        {"50 20 17 3 2 3 3", true, 0, ""}, /* less than the region is a note of margins_agree */
        {"50 20 3 9 2 ... 9", true, 0, ""},
        {"50 20 2 9 2 ... 9", false, 1,
         "period=2026M06 measure=unemployed region=SK001 parts=3..6 total=2"},
        {"50 20 ... 9 3 ... 9", true, 0, ""}, /* the region is hidden too: at most 4 */
        {"50 20 ... 9 4 ... 9", false, 1,
         "period=2026M06 measure=unemployed region=SK001 parts=5..8 total=1..4"},
        {"50 20 2 9 .. 3 9", false, 1,
         "period=2026M06 measure=unemployed region=SK001 parts=3 total=2"},
    };
    const char *shape = "Alue: SSS MK01 SK001 SK002 KU001 KU002 KU003 | timeperiod_m: 2026M06 | "
                        "contentscode: U";
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_check *check = find_check(checked(source, shape, cases[i].cells, *state),
                                           "regions_within_region", "t1 unemployed seutukunta");
        assert_int_equal(check->passed, cases[i].passed);
        assert_close(check->measured, cases[i].measured, 0.0);
        assert_string_equal(check->examples, cases[i].examples);
        assert_string_equal(check->severity, "hold");
    }
}

/* The labour force of the country in June 2026, and one person more in its parts. */
static void one_person_too_many_shows_in_millions(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const kt_check *check =
        find_check(checked(source, "Alue: SSS MK01 MK02 | timeperiod_m: 2026M06 | contentscode: U",
                           "2743596 2743000 597", *state),
                   "regions_within_country", "t1 unemployed maakunta");
    assert_false(check->passed);
    assert_close(check->measured, 1.0, 0.0);
    assert_string_equal(check->examples, "period=2026M06 measure=unemployed region=SSS "
                                         "parts=2743597 total=2743596");
}

/* The sample's source, whose unemployed are told to the thousand. */
static kt_source *source_of_thousands(kt_arena *arena)
{
    kt_source *source = sample_source(arena, NULL);
    kt_measure_spec *measure = kt_arena_array(arena, kt_measure_spec, 1);
    *measure = source->measures[0];
    measure->rounding = 1000;
    source->measures = measure;
    source->measure_count = 1;
    return source;
}

/* Each of three figures is off by up to 500. */
static void rounding_may_lift_parts_above_their_total(void **state)
{
    static const holding cases[] = {{"30000 10000 20000", true, -1500},
                                    {"29000 10000 20000", true, -500},
                                    {"28000 10000 20000", false, 500}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_check *check =
            find_check(checked(source_of_thousands(*state),
                               "Alue: SSS MK01 MK02 | timeperiod_m: 2026M06 | contentscode: U",
                               cases[i].cells, *state),
                       "regions_within_country", "t1 unemployed maakunta");
        assert_int_equal(check->passed, cases[i].passed);
        assert_close(check->measured, cases[i].measured, 0.0);
    }
}

/* A mean of 25 days in each of two halves is not 50 days of at most 25. */
static void only_counts_are_held_against_totals(void **state)
{
    kt_source *source = source_of_thousands(*state);
    kt_measure_spec *measure = kt_arena_array(*state, kt_measure_spec, 1);
    *measure = (kt_measure_spec){
        .measure = "open_days", .group = "_T", .code = "D", .unit = "days", .scale = 1.0};
    source->measures = measure;
    const kt_checks checks =
        checked(source, "Alue: SSS MK01 MK02 | timeperiod_m: 2026M06 | contentscode: D", "25 25 25",
                *state);
    assert_int_equal(checks.count, 0);
}

static void unallocated_figures_are_parts_of_the_country(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    const char *shape = "Alue: SSS MK01 MK02 MKJO MK91 | timeperiod_m: 2026M06 | contentscode: U";
    assert_true(find_check(checked(source, shape, "40 10 20 7 3", *state), "regions_within_country",
                           "t1 unemployed elinvoimakeskus")
                    ->passed);
    const kt_check *check = find_check(checked(source, shape, "39 10 20 7 3", *state),
                                       "regions_within_country", "t1 unemployed elinvoimakeskus");
    assert_false(check->passed);
    assert_string_equal(check->examples,
                        "period=2026M06 measure=unemployed region=SSS parts=40 total=39");
}

static void occupations_are_held_against_their_total(void **state)
{
    static const holding cases[] = {
        {"15 1 2 3 4 5", true, 0},    {"14 1 2 3 4 5", false, 1},  {"16 1 2 3 4 5", false, 1},
        {"16 1 2 3 4 ...", false, 2}, {"11 1 2 3 4 ...", true, 0}, {"10 1 2 3 4 ...", false, 1},
        {"15 1 2 3 4 ...", false, 1}, {"14 1 2 3 4 ...", true, 0}, {"... 1 1 1 1 0", true, 0},
        {"... 1 2 1 1 0", false, 1},  {".. 1 2 3 4 5", true, NAN}, {"15 1 2 3 4 ..", true, NAN},
        {"15 1 2 3 4 m", false, 5},   {"l l l l l l", true, NAN},
    };
    const kt_source *source = sample_source(*state, "isco4");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *cells = kt_arena_print(*state, "90 1 1 1 1 1 %s l l l l l l", cases[i].cells);
        const kt_check *check = find_check(checked(source, JOBS, cells, *state),
                                           "occupations_sum_to_total", "t1 unemployed");
        if (check->passed != cases[i].passed) {
            print_error("%s: %g\n", cases[i].cells, check->measured);
        }
        assert_int_equal(check->passed, cases[i].passed);
        assert_int_equal(check->cells_checked, isnan(cases[i].measured) ? 0 : 1);
    }
}

static void occupations_of_the_country_may_leave_something_over(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const char *fine = "20 1 2 3 4 5 l l l l l l l l l l l l";
    const char *wrong = "14 1 2 3 4 5 l l l l l l l l l l l l";
    assert_true(find_check(checked(source, JOBS, fine, *state), "occupations_within_country",
                           "t1 unemployed")
                    ->passed);
    assert_false(find_check(checked(source, JOBS, wrong, *state), "occupations_within_country",
                            "t1 unemployed")
                     ->passed);
}

/* Without 1112, which is in use, the sum can only be held to "at most". */
static void a_table_without_all_occupations_is_held_to_at_most(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const char *shape =
        "Alue: SSS MK01 | Ammatti: SSS 1111 1211 | timeperiod_m: 2026M06 | contentscode: U";
    assert_true(find_check(checked(source, shape, "20 1 2 9 3 4", *state),
                           "occupations_sum_to_total", "t1 unemployed")
                    ->passed);
    assert_false(find_check(checked(source, shape, "20 1 2 6 3 4", *state),
                            "occupations_sum_to_total", "t1 unemployed")
                     ->passed);
}

static void only_three_examples_are_told(void **state)
{
    const kt_source *source = sample_source(*state, "isco4");
    const kt_check *check =
        find_check(checked(source, JOBS, "9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9", *state),
                   "regions_within_country", "t1 unemployed maakunta");
    assert_int_equal(check->cells_failed, 6);
    size_t separators = 0;
    for (const char *p = check->examples; (p = strstr(p, "; ")) != NULL; p++) {
        separators++;
    }
    assert_int_equal(separators, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions_are_held_within_the_country),
        cmocka_unit_test(regions_are_held_within_the_region_they_lie_in),
        cmocka_unit_test(one_person_too_many_shows_in_millions),
        cmocka_unit_test(rounding_may_lift_parts_above_their_total),
        cmocka_unit_test(only_counts_are_held_against_totals),
        cmocka_unit_test(unallocated_figures_are_parts_of_the_country),
        cmocka_unit_test(occupations_are_held_against_their_total),
        cmocka_unit_test(occupations_of_the_country_may_leave_something_over),
        cmocka_unit_test(a_table_without_all_occupations_is_held_to_at_most),
        cmocka_unit_test(only_three_examples_are_told),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
