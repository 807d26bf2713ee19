/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include "analysis/support.h"
#include "cells.h"

typedef struct line {
    const char *period, *market;
    double unemployed, vacancies;
} line;

static kt_status try_changes(size_t count, const line *rows, double alpha, kt_arena *arena,
                             kt_findings **out, kt_error *err)
{
    const char **periods = kt_arena_array(arena, const char *, count);
    const char **markets = kt_arena_array(arena, const char *, count);
    double *unemployed = kt_arena_array(arena, double, count);
    double *vacancies = kt_arena_array(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        periods[i] = rows[i].period;
        markets[i] = rows[i].market;
        unemployed[i] = rows[i].unemployed;
        vacancies[i] = rows[i].vacancies;
    }
    const kt_group group = {.row_count = count,
                            .key = {periods, markets},
                            .figure = {NULL, NULL, unemployed, vacancies}};
    const kt_param_value params[] = {{.number = alpha}};
    return kt_measure_run(kt_measure_find("contribution_change"), &group, params, arena, out, err);
}

static const kt_findings *changes(size_t count, const line *rows, double alpha, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_changes(count, rows, alpha, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static double number(const kt_findings *found, size_t row, const char *result)
{
    return found_number("contribution_change", found, row, result);
}

static const char *market(const kt_findings *found, size_t row)
{
    return found->text[row * kt_measure_result_count(kt_measure_find("contribution_change"))];
}

static void a_change_by_hand(void **state)
{
    /* Shares of seekers .5 .5, then .8 .2; of posts .5 .5, then .2 .8. Nothing before; then each
     * adds (.8 + .2)/2 - sqrt(.16) = .1. With one side moved a market has .8 and .5, or .2 and .5:
     * .65 - sqrt(.4) and .35 - sqrt(.1), so that the two sides make half each. */
    const line rows[] = {{"2023M01", "A", 50, 5},
                         {"2023M01", "B", 50, 5},
                         {"2023M02", "A", 80, 2},
                         {"2023M02", "B", 20, 8}};
    const kt_findings *found = changes(4, rows, 0.5, *state);
    assert_int_equal(found->row_count, 4);
    assert_string_equal(found->reason[0], "first period");
    assert_string_equal(found->key[2], "2023M02");
    assert_string_equal(market(found, 2), "A");
    assert_close(number(found, 2, "value"), 0.1, 1e-15);
    assert_close(number(found, 2, "contribution"), 0.1, 1e-15);
    assert_close(number(found, 2, "from_unemployed"),
                 (0.65 - sqrt(0.4) + 0.1 - (0.35 - sqrt(0.1))) / 2.0, 1e-15);
    assert_close(number(found, 2, "from_vacancies"),
                 (0.35 - sqrt(0.1) + 0.1 - (0.65 - sqrt(0.4))) / 2.0, 1e-15);
    assert_close(number(found, 3, "from_vacancies"), number(found, 2, "from_unemployed"), 1e-15);
}

#define MARKETS ((size_t)6)

static double mismatch_of(const line *rows, double alpha, kt_arena *arena)
{
    double u[MARKETS], v[MARKETS];
    for (size_t i = 0; i < MARKETS; i++) {
        u[i] = rows[i].unemployed;
        v[i] = rows[i].vacancies;
    }
    const kt_cells cells = kt_cells_exact(MARKETS, u, v);
    kt_mismatch found;
    assert_int_equal(kt_mismatch_compute(&cells, &alpha, 1, arena, &found, NULL), KT_OK);
    return found.value;
}

static void changes_sum_to_that_of_the_index_and_parts_to_them(void **state)
{
    static const char *const names[MARKETS] = {"A", "B", "C", "D", "E", "F"};
    uint64_t seed = 11;
    for (int round = 0; round < 300; round++) {
        line rows[2 * MARKETS];
        for (size_t i = 0; i < 2 * MARKETS; i++) {
            rows[i] = (line){i < MARKETS ? "2023M12" : "2024M01", names[i % MARKETS],
                             random_below(&seed, 50) + (i % MARKETS == 0),
                             random_below(&seed, 9) + (i % MARKETS == 1)};
        }
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        const kt_findings *found = changes(2 * MARKETS, rows, alpha, *state);
        double sum = 0.0;
        for (size_t i = MARKETS; i < 2 * MARKETS; i++) {
            sum += number(found, i, "value");
            assert_close(number(found, i, "from_unemployed") + number(found, i, "from_vacancies"),
                         number(found, i, "value"), 1e-15);
        }
        const double wanted =
            mismatch_of(rows + MARKETS, alpha, *state) - mismatch_of(rows, alpha, *state);
        assert_close(sum, wanted, 1e-14);
    }
}

static void a_market_that_comes_or_goes_has_shares_of_zero_without_it(void **state)
{
    /* A is alone, then C is there with half of all: each adds 0 before; A then has shares of 1/2.
     */
    const line rows[] = {{"2023M01", "A", 10, 10},
                         {"2023M01", "B", 10, 0},
                         {"2023M02", "A", 10, 10},
                         {"2023M02", "C", 0, 10}};
    const kt_findings *found = changes(4, rows, 0.5, *state);
    assert_int_equal(found->row_count, 5);
    assert_string_equal(market(found, 3), "B");
    assert_close(number(found, 3, "value"), -0.25, 1e-15); /* (1-a) s of the seekers that left */
    assert_string_equal(market(found, 4), "C");
    assert_close(number(found, 4, "value"), 0.25, 1e-15);
    assert_close(number(found, 4, "from_unemployed"), 0.0, 1e-15);
    assert_close(number(found, 2, "value"), 0.0, 1e-15);
}

static void a_market_without_a_figure_is_left_out_of_both_periods(void **state)
{
    const line rows[] = {
        {"2023M01", "A", 50, 5}, {"2023M01", "B", 50, 5}, {"2023M01", "C", NAN, 7},
        {"2023M02", "A", 80, 2}, {"2023M02", "B", 20, 8}, {"2023M02", "C", 900, 7},
    };
    const kt_findings *found = changes(6, rows, 0.5, *state);
    assert_close(number(found, 3, "value"), 0.1, 1e-15);
    assert_string_equal(found->note[3], "markets without a figure, left out of both: 1");
    assert_string_equal(found->reason[5], "a figure is missing");
    assert_true(isnan(number(found, 5, "value")));
}

static void what_has_no_change_says_why(void **state)
{
    static const struct {
        line rows[2];
        const char *reason;
    } cases[] = {
        {{{"2023M01", "A", 1, 1}, {"2023M03", "A", 1, 1}}, "the period before is missing"},
        {{{"2023M01", "A", 0, 1}, {"2023M02", "A", 1, 1}},
         "no job seekers in one of the two periods"},
        {{{"2023M01", "A", 1, 1}, {"2023M02", "A", 1, 0}},
         "no vacancies in one of the two periods"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found = changes(2, cases[i].rows, 0.5, *state);
        assert_int_equal(found->row_count, 2);
        assert_string_equal(found->reason[1], cases[i].reason);
        assert_true(isnan(number(found, 1, "value")));
    }
    assert_int_equal(changes(0, NULL, 0.5, *state)->row_count, 0);
}

static void what_cannot_be_a_count_is_refused(void **state)
{
    const line rows[] = {{"2023M01", "A", -1, 1}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_changes(1, rows, 0.5, *state, &found, &err), KT_ERR_DATA);
    assert_non_null(strstr(err.message, "unemployed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_change_by_hand),
        ARENA_TEST(changes_sum_to_that_of_the_index_and_parts_to_them),
        ARENA_TEST(a_market_that_comes_or_goes_has_shares_of_zero_without_it),
        ARENA_TEST(a_market_without_a_figure_is_left_out_of_both_periods),
        ARENA_TEST(what_has_no_change_says_why),
        ARENA_TEST(what_cannot_be_a_count_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
