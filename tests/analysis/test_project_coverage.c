/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_coverage.h"

#include <math.h>
#include <string.h>

#include "core/support.h"
#include "support/arena.h"

static const kt_coverage_limits usual = {.thin = 0.5, .heavy = 2.0, .unknown_share = 0.25};

static void assert_near(double found, double wanted)
{
    assert_true(fabs(found - wanted) <= 1e-12 * fmax(1.0, fabs(wanted)));
}

static kt_coverage_cell cell(double funding, double need, size_t active)
{
    return (kt_coverage_cell){
        .funding = funding, .need = need, .need_low = need, .need_high = need, .active = active};
}

static kt_covered_cell *cover(void **state, const kt_coverage_cell *cells, size_t count,
                              kt_coverage_summary *summary)
{
    kt_coverage out = {0};
    kt_error err = {0};
    assert_int_equal(kt_coverage_make(cells, count, usual, *state, &out, &err), KT_OK);
    *summary = out.summary;
    return out.cells;
}

/*
 * R 4.2.2: F <- c(120000, 0, 350000, 80000, 50000, 400000); X <- c(500, 900, 1500, 0, 900, 2200);
 * f <- F / sum(F); n <- X / sum(X); f / n; sum(abs(f - n)) / 2; sum(f^2); m <- 6; sum((2 * (1:m) -
 * m
 * - 1) * sort(f)) / m; r <- (rank(X) - .5) / m; 2 * mean((f - mean(f)) * (r - mean(r))) / mean(f);
 * cor(f, n, method = "spearman")
 */
static void shares_and_summary_are_those_of_r(void **state)
{
    const kt_coverage_cell cells[] = {cell(120000, 500, 2),  cell(0, 900, 0),
                                      cell(350000, 1500, 3), cell(80000, 0, 1),
                                      cell(50000, 900, 1),   cell(400000, 2200, 4)};
    static const double ratios[] = {1.44, 0.0, 1.4, NAN, 1.0 / 3.0, 1.090909090909091};
    static const kt_coverage_class classes[] = {KT_COVERAGE_PROPORTIONAL, KT_COVERAGE_THIN,
                                                KT_COVERAGE_PROPORTIONAL, KT_COVERAGE_NO_NEED,
                                                KT_COVERAGE_THIN,         KT_COVERAGE_PROPORTIONAL};
    kt_coverage_summary summary;
    const kt_covered_cell *found = cover(state, cells, COUNT_OF(cells), &summary);
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        assert_true(isnan(ratios[i]) == isnan(found[i].ratio));
        if (!isnan(ratios[i])) {
            assert_near(found[i].ratio, ratios[i]);
        }
        assert_int_equal(found[i].class, classes[i]);
        assert_false(found[i].fragile);
    }
    assert_int_equal(summary.cells, 6);
    assert_near(summary.dissimilarity, 0.25);
    assert_near(summary.hhi, 0.3058);
    assert_near(summary.gini, 0.49);
    assert_near(summary.concentration_index, 0.381666666666667);
    assert_near(summary.spearman, 0.521793932087204);
}

static void a_cell_is_white_where_need_is_high_and_nobody_works(void **state)
{
    const kt_coverage_cell cells[] = {cell(100, 10, 1), cell(0, 90, 0), cell(0, 20, 0),
                                      cell(100, 50, 1)};
    kt_coverage_summary summary;
    const kt_covered_cell *found = cover(state, cells, COUNT_OF(cells), &summary);
    assert_int_equal(found[0].class, KT_COVERAGE_HEAVY);
    assert_int_equal(found[1].class, KT_COVERAGE_WHITE);
    assert_int_equal(found[2].class, KT_COVERAGE_THIN);
    assert_int_equal(found[3].class, KT_COVERAGE_PROPORTIONAL);
}

/* Two of seven known needs are the highest quarter, rounded up; a hidden one is never said. */
static void a_need_of_the_highest_quarter_is_high_whoever_works_there(void **state)
{
    kt_coverage_cell cells[] = {cell(10, 5, 1), cell(10, 70, 1),  cell(10, 60, 0), cell(10, 4, 1),
                                cell(10, 3, 1), cell(10, NAN, 1), cell(10, 2, 1),  cell(10, 80, 1)};
    static const bool high[] = {false, true, false, false, false, false, false, true};
    kt_coverage_summary summary;
    const kt_covered_cell *found = cover(state, cells, COUNT_OF(cells), &summary);
    for (size_t i = 0; i < COUNT_OF(cells); i++) {
        assert_int_equal(found[i].high_need, high[i]);
    }
    cells[7].hidden = true;
    assert_false(cover(state, cells, COUNT_OF(cells), &summary)[7].high_need);
    const kt_coverage_cell nobody[] = {cell(10, 0, 1), cell(10, 0, 1)};
    assert_false(cover(state, nobody, 2, &summary)[0].high_need);
}

static void nothing_is_said_where_too_much_is_not_known(void **state)
{
    kt_coverage_cell cells[] = {cell(100, 10, 1), cell(0, 90, 0), cell(50, 20, 1),
                                cell(100, NAN, 1)};
    kt_coverage_summary summary;
    cells[1].unknown_share = 0.26;
    cells[2].hidden = true;
    const kt_covered_cell *found = cover(state, cells, COUNT_OF(cells), &summary);
    assert_int_equal(found[1].class, KT_COVERAGE_UNKNOWN);
    assert_int_equal(found[2].class, KT_COVERAGE_SUPPRESSED);
    assert_int_equal(found[3].class, KT_COVERAGE_UNKNOWN);
    assert_true(isnan(found[3].ratio) && isnan(found[3].need_share));
    assert_near(found[0].funding_share, 100.0 / 150.0);
    assert_int_equal(summary.cells, 3);
    cells[1].unknown_share = 0.25;
    assert_int_equal(cover(state, cells, COUNT_OF(cells), &summary)[1].class, KT_COVERAGE_WHITE);
}

/* f = .35 of the third and .05 of the fifth. The third at 300 of 4,800: 5.6; the fifth at 100 of
 * 5,200: 2.6. */
static void a_class_is_fragile_if_an_end_of_the_need_says_otherwise(void **state)
{
    kt_coverage_cell cells[] = {cell(120000, 500, 2), cell(0, 900, 1),     cell(350000, 1500, 3),
                                cell(80000, 0, 1),    cell(50000, 900, 1), cell(400000, 2200, 4)};
    kt_coverage_summary summary;
    cells[2].need_low = 300;
    cells[4].need_low = 100;
    cells[5].need_low = 2000;
    cells[5].need_high = 2400;
    cells[3].need_high = 5;
    const kt_covered_cell *found = cover(state, cells, COUNT_OF(cells), &summary);
    assert_false(found[0].fragile);
    assert_true(found[2].fragile);
    assert_true(found[3].fragile);
    assert_true(found[4].fragile);
    assert_false(found[5].fragile);
}

static void a_map_without_money_need_or_cells_has_no_summary(void **state)
{
    const kt_coverage_cell poor[] = {cell(0, 10, 0), cell(0, 20, 0)};
    const kt_coverage_cell content[] = {cell(10, 0, 1), cell(20, 0, 1)};
    const kt_coverage_cell alone[] = {cell(10, 5, 1)};
    const struct {
        const kt_coverage_cell *cells;
        size_t count;
        kt_coverage_class first;
    } cases[] = {{poor, 2, KT_COVERAGE_UNKNOWN},
                 {content, 2, KT_COVERAGE_NO_NEED},
                 {alone, 1, KT_COVERAGE_PROPORTIONAL}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_coverage_summary summary;
        const kt_covered_cell *found = cover(state, cases[i].cells, cases[i].count, &summary);
        assert_int_equal(found[0].class, cases[i].first);
        assert_true(isnan(summary.dissimilarity) && isnan(summary.spearman));
        assert_int_equal(summary.cells, cases[i].count);
    }
    kt_coverage_summary summary;
    (void)cover(state, NULL, 0, &summary);
    assert_int_equal(summary.cells, 0);
}

static void figures_that_cannot_be_are_refused(void **state)
{
    kt_coverage_cell wrong[] = {cell(10, 5, 1), cell(-1, 5, 1)};
    kt_coverage out = {0};
    kt_error err = {0};
    assert_int_equal(kt_coverage_make(wrong, 2, usual, *state, &out, &err), KT_ERR_DATA);
    assert_ptr_equal(strstr(err.message, "cell 2: funding -1"), err.message);
    wrong[1] = cell(1, 5, 1);
    wrong[1].need_low = 6;
    assert_int_equal(kt_coverage_make(wrong, 2, usual, *state, &out, &err), KT_ERR_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(shares_and_summary_are_those_of_r),
        ARENA_TEST(a_cell_is_white_where_need_is_high_and_nobody_works),
        ARENA_TEST(a_need_of_the_highest_quarter_is_high_whoever_works_there),
        ARENA_TEST(nothing_is_said_where_too_much_is_not_known),
        ARENA_TEST(a_class_is_fragile_if_an_end_of_the_need_says_otherwise),
        ARENA_TEST(a_map_without_money_need_or_cells_has_no_summary),
        ARENA_TEST(figures_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
