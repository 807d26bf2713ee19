/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_CONCENTRATION_H
#define KT_TESTS_ANALYSIS_CONCENTRATION_H

#include "analysis/shared.h"
#include "analysis/support.h"

/* What a measure of concentration has to say of the same figures. */
typedef struct concentration {
    const char *id;
    double tenths;      /* of the shares .2 .3 .5 */
    double even;        /* of four equal shares */
    double one_of_four; /* of all in one of four markets */
    double alone;       /* of one market */
    /* columns of the reference by maakunta and month, of job seekers and of posts; NULL: none */
    const char *unemployed_column, *vacancies_column;
} concentration;

typedef struct concentration_bench {
    const concentration *of;
    kt_arena *arena;
} concentration_bench;

static inline int open_concentration(void **state)
{
    concentration_bench *bench = malloc(sizeof *bench);
    assert_non_null(bench);
    *bench = (concentration_bench){.of = *state, .arena = kt_arena_open("test", 0)};
    *state = bench;
    return 0;
}

static inline int close_concentration(void **state)
{
    concentration_bench *bench = *state;
    kt_arena_free(bench->arena);
    free(bench);
    return 0;
}

static inline const kt_findings *concentrate(void **state, size_t count, const double *values)
{
    const concentration_bench *bench = *state;
    const kt_group group = {
        .row_count = count, .key = {numbered(count, bench->arena)}, .figure = {NULL, values}};
    kt_findings *found = NULL;
    kt_error err = {0};
    if (kt_measure_run(kt_measure_find(bench->of->id), &group, NULL, bench->arena, &found, &err) !=
        KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static inline const concentration *expected(void **state)
{
    return ((const concentration_bench *)*state)->of;
}

static void shares_of_two_three_and_five_tenths(void **state)
{
    assert_close(concentrate(state, 3, (double[]){30, 20, 50})->number[0], expected(state)->tenths,
                 1e-15);
}

static void even_shares_and_all_in_one_are_the_two_ends(void **state)
{
    assert_close(concentrate(state, 4, (double[]){7, 7, 7, 7})->number[0], expected(state)->even,
                 1e-15);
    assert_close(concentrate(state, 4, (double[]){0, 0, 9, 0})->number[0],
                 expected(state)->one_of_four, 1e-15);
}

static void a_market_without_a_figure_is_left_out(void **state)
{
    assert_close(concentrate(state, 4, (double[]){30, NAN, 20, 50})->number[0],
                 expected(state)->tenths, 1e-15);
}

static void without_figures_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const kt_findings *found = concentrate(state, 2, (double[]){0, 0});
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0], "the figures sum to zero");
    assert_string_equal(concentrate(state, 1, (double[]){NAN})->reason[0],
                        "no market with a figure");
    found = concentrate(state, 1, (double[]){3});
    assert_close(found->number[0], expected(state)->alone, 0.0);
    assert_string_equal(found->note[0], "single market");
}

static void check_column(void **state, const char *input, const char *column)
{
    kt_arena *arena = ((const concentration_bench *)*state)->arena;
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", arena);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, arena);
    for (size_t row = 0; row < want->row_count; row++) {
        double values[32], again[32];
        const size_t count =
            month_named(inputs, csv_text(want, row, "time"), input, input, values, again);
        assert_close(concentrate(state, count, values)->number[0], csv_number(want, row, column),
                     1e-12);
    }
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    check_column(state, "Tyottomat", expected(state)->unemployed_column);
    if (expected(state)->vacancies_column != NULL) {
        check_column(state, "Avoimet_tyopaikat", expected(state)->vacancies_column);
    }
}

static inline int run_concentration_tests(const concentration *of)
{
    union {
        const concentration *of;
        void *state;
    } start = {.of = of}; /* cmocka's first state has no const */
#define SAYS(name)                                                                          \
    cmocka_unit_test_prestate_setup_teardown(name, open_concentration, close_concentration, \
                                             start.state)
    const struct CMUnitTest tests[] = {
        SAYS(shares_of_two_three_and_five_tenths),
        SAYS(even_shares_and_all_in_one_are_the_two_ends),
        SAYS(a_market_without_a_figure_is_left_out),
        SAYS(without_figures_there_is_a_reason_and_with_one_market_a_note),
        SAYS(every_month_of_the_maakunta_equals_the_reference),
    };
#undef SAYS
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
