/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include "analysis/shared.h"
#include "analysis/support.h"

#define CELLS 4
#define SOME  600 /* random tables */

/* A small table: cells known exactly (low = high) or hidden in 1..4. */
typedef struct table {
    double u[CELLS], u_low[CELLS], u_high[CELLS];
    double v[CELLS], v_low[CELLS], v_high[CELLS];
} table;

static kt_cells cells_of(const table *of)
{
    return (kt_cells){.count = CELLS,
                      .unemployed = of->u,
                      .unemployed_low = of->u_low,
                      .unemployed_high = of->u_high,
                      .vacancies = of->v,
                      .vacancies_low = of->v_low,
                      .vacancies_high = of->v_high,
                      .unemployed_total_low = NAN,
                      .unemployed_total_high = NAN,
                      .vacancies_total_low = NAN,
                      .vacancies_total_high = NAN};
}

static kt_mismatch mismatch(const kt_cells *cells, double alpha, kt_arena *arena)
{
    kt_mismatch found;
    kt_error err = {0};
    if (kt_mismatch_compute(cells, &alpha, 1, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void draw_figures(uint64_t *seed, double *point, double *low, double *high)
{
    for (int i = 0; i < CELLS; i++) {
        const bool hidden = random_below(seed, 2) == 0;
        point[i] = hidden ? 2.5 : random_below(seed, 12);
        low[i] = hidden ? 1 : point[i];
        high[i] = hidden ? 4 : point[i];
    }
}

static table draw_table(uint64_t *seed)
{
    table made;
    draw_figures(seed, made.u, made.u_low, made.u_high);
    draw_figures(seed, made.v, made.v_low, made.v_high);
    return made;
}

/* The next whole-number filling between low and high, as an odometer; false after the last. */
static bool next_filling(double *at, const double *low, const double *high)
{
    for (int i = 0; i < CELLS; i++) {
        if (at[i] < high[i]) {
            at[i] += 1;
            return true;
        }
        at[i] = low[i];
    }
    return false;
}

static double sum(const double *of)
{
    double total = 0.0;
    for (int i = 0; i < CELLS; i++) {
        total += of[i];
    }
    return total;
}

/* The index by its definition, written apart from the code under test. */
static double plain(const double *u, const double *v, double alpha)
{
    double c = 0.0;
    for (int i = 0; i < CELLS; i++) {
        c += pow(v[i] / sum(v), alpha) * pow(u[i] / sum(u), 1.0 - alpha);
    }
    return 1.0 - c;
}

static bool within(double x, double low, double high)
{
    return (isnan(low) || x >= low) && (isnan(high) || x <= high);
}

/* The fillings of one side that meet its total, one after the other. */
typedef struct side {
    const double *low, *high;
    double total_low, total_high;
} side;

static bool next_valid(double *at, const side *of)
{
    while (next_filling(at, of->low, of->high)) {
        if (within(sum(at), of->total_low, of->total_high)) {
            return true;
        }
    }
    return false;
}

static bool first_valid(double *at, const side *of)
{
    memcpy(at, of->low, CELLS * sizeof *at);
    return within(sum(at), of->total_low, of->total_high) || next_valid(at, of);
}

/* The lowest and highest index over every filling that meets the totals' ends. */
static void enumerate(const kt_cells *cells, double alpha, double *least, double *most)
{
    const side us = {cells->unemployed_low, cells->unemployed_high, cells->unemployed_total_low,
                     cells->unemployed_total_high};
    const side vs = {cells->vacancies_low, cells->vacancies_high, cells->vacancies_total_low,
                     cells->vacancies_total_high};
    double u[CELLS], v[CELLS];
    *least = INFINITY;
    *most = -INFINITY;
    for (bool more_u = first_valid(u, &us); more_u; more_u = next_valid(u, &us)) {
        for (bool more_v = first_valid(v, &vs); more_v; more_v = next_valid(v, &vs)) {
            const double m = plain(u, v, alpha);
            *least = fmin(*least, m);
            *most = fmax(*most, m);
        }
    }
}

static double draw_alpha(uint64_t *seed)
{
    return random_below(seed, 3) == 0 ? 0.5 : 0.05 + 0.9 * random_below(seed, 1000) / 1000.0;
}

static void assert_never_too_narrow(const kt_cells *cells, double alpha, kt_arena *arena)
{
    const kt_mismatch found = mismatch(cells, alpha, arena);
    if (found.reason != NULL) {
        return;
    }
    double least, most;
    enumerate(cells, alpha, &least, &most);
    assert_true(found.value_low <= found.value && found.value <= found.value_high);
    assert_true(found.value_low >= 0.0 && found.value_high <= 1.0);
    assert_true(found.value_low <= least + 1e-14 || least == INFINITY);
    assert_true(found.value_high >= most - 1e-14 || most == -INFINITY);
}

static void the_range_holds_every_filling(void **state)
{
    uint64_t seed = 2023;
    for (int round = 0; round < SOME; round++) {
        const table made = draw_table(&seed);
        const kt_cells cells = cells_of(&made);
        assert_never_too_narrow(&cells, draw_alpha(&seed), *state);
    }
}

/* The truth is drawn first, so that the margins can be met. */
static void draw_margins(uint64_t *seed, kt_cells *cells)
{
    double u = 0.0, v = 0.0;
    for (int i = 0; i < CELLS; i++) {
        u += cells->unemployed_low[i] +
             random_below(seed,
                          (unsigned)(cells->unemployed_high[i] - cells->unemployed_low[i]) + 1);
        v += cells->vacancies_low[i] +
             random_below(seed, (unsigned)(cells->vacancies_high[i] - cells->vacancies_low[i]) + 1);
    }
    cells->unemployed_total_low = u - random_below(seed, 2);
    cells->unemployed_total_high = u + random_below(seed, 2);
    cells->vacancies_total_low = v;
    cells->vacancies_total_high = v;
}

static void the_range_holds_every_filling_that_meets_the_margins(void **state)
{
    uint64_t seed = 7;
    for (int round = 0; round < SOME; round++) {
        const table made = draw_table(&seed);
        kt_cells cells = cells_of(&made);
        draw_margins(&seed, &cells);
        assert_never_too_narrow(&cells, draw_alpha(&seed), *state);
    }
}

static void a_margin_never_widens_the_range(void **state)
{
    uint64_t seed = 99;
    for (int round = 0; round < SOME; round++) {
        const table made = draw_table(&seed);
        kt_cells cells = cells_of(&made);
        const double alpha = draw_alpha(&seed);
        const kt_mismatch without = mismatch(&cells, alpha, *state);
        draw_margins(&seed, &cells);
        const kt_mismatch with = mismatch(&cells, alpha, *state);
        if (with.reason == NULL) {
            assert_true(with.value_low >= without.value_low - 1e-15);
            assert_true(with.value_high <= without.value_high + 1e-15);
        }
    }
}

static void figures_that_are_all_known_give_a_range_of_one_point(void **state)
{
    const table made = {.u = {5, 6, 0, 2},
                        .u_low = {5, 6, 0, 2},
                        .u_high = {5, 6, 0, 2},
                        .v = {1, 0, 3, 9},
                        .v_low = {1, 0, 3, 9},
                        .v_high = {1, 0, 3, 9}};
    const kt_cells cells = cells_of(&made);
    const kt_mismatch found = mismatch(&cells, 0.3, *state);
    assert_close(found.value_low, found.value, 0.0);
    assert_close(found.value_high, found.value, 0.0);
}

static void margins_that_contradict_the_cells_are_not_believed(void **state)
{
    const table made = {.u = {5, 6, 2, 2},
                        .u_low = {5, 6, 1, 2},
                        .u_high = {5, 6, 4, 2},
                        .v = {1, 0, 3, 9},
                        .v_low = {1, 0, 3, 9},
                        .v_high = {1, 0, 3, 9}};
    kt_cells cells = cells_of(&made);
    const kt_mismatch without = mismatch(&cells, 0.5, *state);
    cells.unemployed_total_low = 1000;
    cells.unemployed_total_high = 1000;
    const kt_mismatch with = mismatch(&cells, 0.5, *state);
    assert_close(with.value_low, without.value_low, 0.0);
    assert_close(with.value_high, without.value_high, 0.0);
}

static void the_box_is_computed_as_written(void **state)
{
    /* u = 9 and one hidden in 1..4, v = 4 and 4. At 1/2: S between sqrt 36 + sqrt 4 = 8 and
     * sqrt 36 + sqrt 16 = 10; V = 8, U between 10 and 13. Points: u = 9, 2.
     * So low is max(0, 1 - 10/sqrt 80) = 0 and high 1 - 8/sqrt 104. */
    const table made = {.u = {9, 2},
                        .u_low = {9, 1},
                        .u_high = {9, 4},
                        .v = {4, 4},
                        .v_low = {4, 4},
                        .v_high = {4, 4}};
    const kt_cells cells = cells_of(&made);
    const kt_mismatch found = mismatch(&cells, 0.5, *state);
    assert_close(found.value, 1.0 - (6.0 + sqrt(8.0)) / sqrt(88.0), 1e-15);
    assert_close(found.value_low, 0.0, 0.0);
    assert_close(found.value_high, 1.0 - 8.0 / sqrt(104.0), 1e-15);
}

static void one_market_has_no_range_but_one_that_may_have_company_has(void **state)
{
    table made = {.u = {2}, .u_low = {1}, .u_high = {4}, .v = {9}, .v_low = {9}, .v_high = {9}};
    kt_cells cells = cells_of(&made);
    kt_mismatch found = mismatch(&cells, 0.5, *state);
    assert_string_equal(found.note, "single market");
    assert_close(found.value_high, 0.0, 0.0);
    made.u_high[1] = 3;
    cells = cells_of(&made);
    found = mismatch(&cells, 0.5, *state);
    assert_true(found.value_high > 0.0);
}

/* Four-digit occupations by maakunta of October 2023, hidden cells in 1..4. The margins are
 * regional totals less the unknown occupations' own intervals, 199226..199394 job seekers and
 * 41995..42034 posts. Computed apart by, with lo and hi filling empty cells with 1 and 4: python3:
 * S=[sum(f(v)**.5*f(u)**.5 for u,v in cells) for f in (lo,hi)] 1-S[1]/sqrt(199226*41995),
 * 1-S[0]/sqrt(199394*42034) */
static void the_box_of_the_finest_table_is_as_wide_as_an_independent_one(void **state)
{
    const kt_csv_table *file = shared_csv("methods/protected_cells_12ti_2023M10.csv", *state);
    double *figures = kt_arena_array(*state, double, 6 * file->row_count);
    double *column[6];
    for (size_t i = 0; i < 6; i++) {
        column[i] = figures + i * file->row_count;
    }
    for (size_t row = 0; row < file->row_count; row++) {
        const double u = csv_number(file, row, "u"), v = csv_number(file, row, "v");
        column[0][row] = isnan(u) ? 2 : u;
        column[1][row] = isnan(u) ? 1 : u;
        column[2][row] = isnan(u) ? 4 : u;
        column[3][row] = isnan(v) ? 2 : v;
        column[4][row] = isnan(v) ? 1 : v;
        column[5][row] = isnan(v) ? 4 : v;
    }
    kt_cells cells = {file->row_count, column[0], column[1], column[2], column[3], column[4],
                      column[5],       199226,    199394,    41995,     42034};
    kt_mismatch found = mismatch(&cells, 0.5, *state);
    assert_close(found.value_low, 0.1778952516247635, 1e-12);
    assert_close(found.value_high, 0.25745644376202403, 1e-12);
    cells.unemployed_total_low = cells.unemployed_total_high = NAN;
    cells.vacancies_total_low = cells.vacancies_total_high = NAN;
    found = mismatch(&cells, 0.5, *state);
    assert_close(found.value_low, 0.1588552143295755, 1e-12);
    assert_close(found.value_high, 0.2968972840316976, 1e-12);
}

static void a_measure_reads_the_ends_of_hidden_figures(void **state)
{
    const double u[] = {9, 2.5}, u_low[] = {9, 1}, u_high[] = {9, 4}, v[] = {4, 4};
    const kt_group group = {.row_count = 2,
                            .key = {(const char *const[]){"a", "b"}},
                            .figure = {NULL, u, v},
                            .low = {NULL, u_low, NULL},
                            .high = {NULL, u_high, NULL}};
    const kt_param_value params[] = {{.number = 0.5}};
    kt_findings *found = NULL;
    assert_int_equal(
        kt_measure_run(kt_measure_find("mismatch"), &group, params, *state, &found, NULL), KT_OK);
    assert_close(found_number("mismatch", found, 0, "value_high"), 1.0 - 8.0 / sqrt(104.0), 1e-15);
    assert_close(found_number("mismatch", found, 0, "value_low"), 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_range_holds_every_filling),
        ARENA_TEST(the_range_holds_every_filling_that_meets_the_margins),
        ARENA_TEST(a_margin_never_widens_the_range),
        ARENA_TEST(figures_that_are_all_known_give_a_range_of_one_point),
        ARENA_TEST(margins_that_contradict_the_cells_are_not_believed),
        ARENA_TEST(the_box_is_computed_as_written),
        ARENA_TEST(one_market_has_no_range_but_one_that_may_have_company_has),
        ARENA_TEST(the_box_of_the_finest_table_is_as_wide_as_an_independent_one),
        ARENA_TEST(a_measure_reads_the_ends_of_hidden_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
