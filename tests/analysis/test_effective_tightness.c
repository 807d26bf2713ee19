/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static const char *const ab[] = {"a", "b"};

static kt_status run(const market_case *market, const kt_weights *weights, kt_arena *arena,
                     kt_findings **out, kt_error *err)
{
    const kt_group group = {.row_count = market->count,
                            .key = {market->market},
                            .figure = {NULL, market->unemployed, market->vacancies},
                            .weights = weights};
    return kt_measure_run(kt_measure_find("effective_tightness"), &group, NULL, arena, out, err);
}

static const kt_findings *effective(const market_case *market, const kt_weights *weights,
                                    kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (run(market, weights, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static double value(const kt_findings *found, size_t row)
{
    return found_number("effective_tightness", found, row, "value");
}

static void seekers_of_one_market_who_reach_the_other_compete_there(void **state)
{
    /* u 10 20, v 4 6; a reaches b with weight 1/2. A_a = 10, A_b = 5 + 20 = 25.
     * theta_a = 4/10 + .5 * 6/25 = .52, theta_b = 6/25 = .24; 10 * .52 + 20 * .24 = 10 posts. */
    const market_case market = {2, ab, (double[]){10, 20}, (double[]){4, 6}};
    const kt_weights weights = {2, 2, ab, ab, (double[]){1, 0.5, 0, 1}, "w.csv"};
    const kt_findings *found = effective(&market, &weights, *state);
    assert_string_equal(found->key[0], "a");
    assert_close(found_number("effective_tightness", found, 0, "applicants"), 10, 1e-15);
    assert_close(found_number("effective_tightness", found, 1, "applicants"), 25, 1e-15);
    assert_close(value(found, 0), 0.52, 1e-15);
    assert_close(value(found, 1), 0.24, 1e-15);
}

static void without_ties_it_is_each_market_s_own_tightness(void **state)
{
    const market_case market = {2, ab, (double[]){10, 20}, (double[]){4, 6}};
    const kt_weights weights = {2, 2, ab, ab, (double[]){1, 0, 0, 3}, "w.csv"};
    const kt_findings *found = effective(&market, &weights, *state);
    assert_close(value(found, 0), 0.4, 1e-15);
    assert_close(value(found, 1), 0.3, 1e-15);
}

static void columns_and_rows_are_found_by_name_in_any_order(void **state)
{
    const market_case market = {2, ab, (double[]){10, 20}, (double[]){4, 6}};
    const char *const rows[] = {"c", "b", "a"}, *const columns[] = {"a", "c", "b"};
    /*                        a  c  b */
    const double weights[] = {7, 7, 7, 0, 7, 1, 1, 7, 0.5};
    const kt_findings *found =
        effective(&market, &(kt_weights){3, 3, rows, columns, weights, "w.csv"}, *state);
    assert_close(value(found, 0), 0.52, 1e-15);
    assert_close(value(found, 1), 0.24, 1e-15);
}

static void posts_that_nobody_reaches_leave_no_figure(void **state)
{
    const market_case market = {2, ab, (double[]){10, 20}, (double[]){4, 6}};
    const kt_weights weights = {2, 2, ab, ab, (double[]){1, 0, 1, 0}, "w.csv"};
    const kt_findings *found = effective(&market, &weights, *state);
    assert_true(isnan(value(found, 0)) && isnan(value(found, 1)));
    assert_string_equal(found->reason[0], "no job seeker reaches the posts of b");
    assert_string_equal(found->reason[1], "no job seeker reaches the posts of b");
}

static void a_market_with_a_missing_figure_is_left_out(void **state)
{
    const market_case market = {2, ab, (double[]){10, NAN}, (double[]){4, 6}};
    const kt_weights weights = {2, 2, ab, ab, (double[]){1, 1, 1, 1}, "w.csv"};
    const kt_findings *found = effective(&market, &weights, *state);
    assert_close(value(found, 0), 0.4, 1e-15);
    assert_string_equal(found->reason[1], "a figure is missing");
    assert_true(isnan(value(found, 1)));
}

static void wrong_weights_are_refused_by_row_and_column(void **state)
{
    static const char *const aa[] = {"a", "a"}, *const ax[] = {"a", "x"}, *const xy[] = {"x", "y"};
    const struct {
        const char *const *row, *const *column;
        size_t columns;
        double first;
        const char *message;
    } cases[] = {
        {ab, ab, 2, -1, "w.csv: row a, column a: -1 is not a weight from 0 up"},
        {ab, ab, 2, NAN, "w.csv: row a, column a: nan is not a weight from 0 up"},
        {aa, ab, 2, 1, "w.csv: two rows for market a"},
        {ab, aa, 2, 1, "w.csv: column a stands there twice"},
        {ab, ax, 2, 1, "w.csv: column x is no row's market"},
        {ax, ax, 2, 1, "row 2, column market: b has no row in w.csv"},
        {ab, ab, 1, 1, "row 2, column market: b has no column in w.csv"},
        {ab, xy, 1, 1,
         "w.csv: no column is named as a row's market, and there are 1 columns for 2 rows"},
    };
    const market_case market = {2, ab, (double[]){10, 20}, (double[]){4, 6}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double weights[] = {cases[i].first, 1, 1, 1};
        const kt_weights given = {2,       cases[i].columns, cases[i].row, cases[i].column,
                                  weights, "w.csv"};
        kt_findings *found = NULL;
        kt_error err = {0};
        assert_int_equal(run(&market, &given, *state, &found, &err), KT_ERR_DATA);
        assert_string_equal(err.message, cases[i].message);
    }
}

/* The weights of the reference: first column the market, then columns V1, V2 ... in row order. */
static kt_weights reference_weights(kt_arena *arena)
{
    const kt_csv_table *file = shared_csv("methods/effective_tightness_weights.csv", arena);
    const size_t count = file->row_count;
    const char **rows = kt_arena_array(arena, const char *, count);
    const char **columns = kt_arena_array(arena, const char *, count);
    double *weight = kt_arena_array(arena, double, count *count);
    assert_int_equal(file->column_count, count + 1);
    for (size_t i = 0; i < count; i++) {
        rows[i] = kt_csv_cell(file, i, 0);
        columns[i] = file->names[i + 1];
        for (size_t j = 0; j < count; j++) {
            weight[i * count + j] = strtod(kt_csv_cell(file, i, j + 1), NULL);
        }
    }
    return (kt_weights){count, count, rows, columns, weight, "weights"};
}

static void the_maakunta_equal_the_reference_and_sum_to_the_posts(void **state)
{
    const kt_csv_table *want = shared_csv("methods/effective_tightness_reference.csv", *state);
    const kt_weights weights = reference_weights(*state);
    const char *names[32];
    double u[32], v[32], sum = 0.0, posts = 0.0;
    for (size_t i = 0; i < want->row_count; i++) {
        names[i] = csv_text(want, i, "alue");
        u[i] = csv_number(want, i, "u");
        v[i] = csv_number(want, i, "v");
        posts += v[i];
    }
    const kt_findings *found =
        effective(&(market_case){want->row_count, names, u, v}, &weights, *state);
    for (size_t i = 0; i < want->row_count; i++) {
        const double applicants = csv_number(want, i, "applicants_weighted");
        assert_close(found_number("effective_tightness", found, i, "applicants"), applicants,
                     1e-12 * applicants);
        assert_close(value(found, i), csv_number(want, i, "theta_effective"), 1e-12);
        sum += u[i] * value(found, i);
    }
    assert_close(sum, posts, 1e-12 * posts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(seekers_of_one_market_who_reach_the_other_compete_there),
        ARENA_TEST(without_ties_it_is_each_market_s_own_tightness),
        ARENA_TEST(columns_and_rows_are_found_by_name_in_any_order),
        ARENA_TEST(posts_that_nobody_reaches_leave_no_figure),
        ARENA_TEST(a_market_with_a_missing_figure_is_left_out),
        ARENA_TEST(wrong_weights_are_refused_by_row_and_column),
        ARENA_TEST(the_maakunta_equal_the_reference_and_sum_to_the_posts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
