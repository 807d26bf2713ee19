/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/range.h"

#include "support/fillings.h"

#include "analysis/support.h"

#define SOME 2500 /* random markets */

/* Never try all fillings: what is tested is the bound. */
static const kt_range_effort by_bound = {.steps = 400};
static const kt_range_effort by_trying = {.steps = 0, .try_fillings = (size_t)1 << 20};

/* A market of two cross tables: all regions by all occupations but the last, which is unknown. */
typedef struct sample {
    hidden_table seekers, posts;
    kt_range_market market;
    double alpha;
} sample;

static sample draw_sample(uint64_t *seed, size_t most_hidden, kt_arena *arena)
{
    const size_t rows = 3 + random_below(seed, 2), columns = 3 + random_below(seed, 3);
    sample made = {.seekers = draw_hidden_sized(seed, rows, columns, most_hidden / 2, arena),
                   .alpha = 0.05 + 0.9 * random_below(seed, 1000) / 1000.0};
    made.posts = draw_hidden_sized(seed, rows, columns, most_hidden - made.seekers.hidden, arena);
    size_t *cell = kt_arena_array(arena, size_t, rows * columns), count = 0;
    for (size_t row = 1; row < rows; row++) {
        for (size_t column = 1; column + 1 < columns; column++) {
            cell[count++] = row * columns + column;
        }
    }
    made.market = (kt_range_market){.cell_count = count,
                                    .unemployed = {.table = made.seekers.table, .cell = cell},
                                    .vacancies = {.table = made.posts.table, .cell = cell}};
    return made;
}

static kt_range range_of(const kt_range_market *market, double alpha, const kt_range_effort *effort,
                         kt_arena *arena)
{
    kt_range found;
    kt_error error = {0};
    if (kt_range_compute(market, alpha, effort, arena, &found, &error) != KT_OK) {
        fail_msg("%s", error.message);
    }
    return found;
}

/* The index by its definition, written apart from the code under test. NAN without U or V. */
static double plain(const kt_range_market *market, const double *u, const double *v, double alpha)
{
    double matched = 0.0, total_u = 0.0, total_v = 0.0;
    for (size_t i = 0; i < market->cell_count; i++) {
        const double here_u = u[market->unemployed.cell[i]], here_v = v[market->vacancies.cell[i]];
        matched += pow(here_v, alpha) * pow(here_u, 1.0 - alpha);
        total_u += here_u;
        total_v += here_v;
    }
    return total_u > 0.0 && total_v > 0.0
               ? 1.0 - matched / (pow(total_v, alpha) * pow(total_u, 1.0 - alpha))
               : NAN;
}

/* The lowest and highest index over every filling of both tables that keeps every margin. */
static void enumerate(const sample *of, double *least, double *most, kt_arena *arena)
{
    *least = INFINITY;
    *most = -INFINITY;
    fillings us = fillings_of(of->seekers.table, arena);
    while (next_filling(&us)) {
        fillings vs = fillings_of(of->posts.table, arena);
        while (next_filling(&vs)) {
            const double m = plain(&of->market, us.value, vs.value, of->alpha);
            *least = fmin(*least, m);
            *most = fmax(*most, m);
        }
    }
}

/* What the range by bounds has to spare over the true one. */
typedef struct spare {
    double mean, worst;
    int count;
} spare;

static void check_sample(const sample *of, spare *sum, kt_arena *arena)
{
    double least, most;
    enumerate(of, &least, &most, arena);
    const kt_range bound = range_of(&of->market, of->alpha, &by_bound, arena);
    const kt_range tried = range_of(&of->market, of->alpha, &by_trying, arena);
    if (least > most) {
        assert_true(bound.reason != NULL || bound.open_cells > 0);
        return;
    }
    assert_true(bound.low <= fmax(0.0, least) && most <= bound.high);
    assert_true(tried.exact && !tried.clash);
    assert_close(tried.low, fmax(0.0, least), 2e-12);
    assert_close(tried.high, most, 2e-12);
    const double wider = fmax(fmax(0.0, least) - bound.low, bound.high - most);
    sum->worst = fmax(sum->worst, wider);
    sum->mean += wider;
    sum->count++;
}

static bool has_hidden_total(const hidden_table *of)
{
    for (size_t c = 0; c < of->rows * of->columns; c++) {
        if (of->low[c] < of->high[c] && (c < of->columns || c % of->columns == 0)) {
            return true;
        }
    }
    return false;
}

static bool has_hidden_unknown(const hidden_table *of)
{
    for (size_t row = 1; row < of->rows; row++) {
        const size_t c = row * of->columns + of->columns - 1;
        if (of->low[c] < of->high[c]) {
            return true;
        }
    }
    return false;
}

/* Twelve tables of eight hidden figures, totals and unknown occupations among them. */
static void the_range_holds_every_filling_of_small_tables(void **state)
{
    (void)state;
    uint64_t seed = 1;
    spare sum = {0};
    while (sum.count < 12) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, 8, arena);
        const bool wanted = of.seekers.hidden + of.posts.hidden == 8 &&
                            (has_hidden_total(&of.seekers) || has_hidden_total(&of.posts)) &&
                            (has_hidden_unknown(&of.seekers) || has_hidden_unknown(&of.posts));
        if (wanted) {
            check_sample(&of, &sum, arena);
        }
        kt_arena_free(arena);
    }
    print_message("wider than need be by %.4f on average, %.4f at most\n", sum.mean / sum.count,
                  sum.worst);
}

static void the_range_holds_every_filling_of_random_tables(void **state)
{
    (void)state;
    uint64_t seed = 2;
    spare sum = {0};
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, random_below(&seed, 6), arena);
        check_sample(&of, &sum, arena);
        kt_arena_free(arena);
    }
    print_message("wider than need be by %.4f on average, %.4f at most\n", sum.mean / sum.count,
                  sum.worst);
}

/* Margins are taken in one after the other, first those of one side. */
static void check_monotone(const sample *of, const kt_range_effort *effort, double tolerance,
                           kt_arena *arena)
{
    kt_range_market market = of->market;
    const size_t margins = of->seekers.table->margin_count;
    bool *aside = kt_arena_array(arena, bool, 2 * margins);
    memset(aside, true, 2 * margins * sizeof *aside);
    market.unemployed.set_aside = aside;
    market.vacancies.set_aside = aside + margins;
    kt_range before = range_of(&market, of->alpha, effort, arena);
    for (size_t m = 0; m < 2 * margins && before.reason == NULL; m++) {
        aside[m] = false;
        const kt_range after = range_of(&market, of->alpha, effort, arena);
        assert_true(after.low >= before.low - tolerance);
        assert_true(after.high <= before.high + tolerance);
        before = after;
    }
}

static void a_margin_never_widens_the_range(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < SOME / 10; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, random_below(&seed, 6), arena);
        check_monotone(&of, &by_trying, 0.0, arena);
        check_monotone(&of, &by_bound, 2e-3, arena);
        kt_arena_free(arena);
    }
}

static void figures_that_are_all_known_give_one_point(void **state)
{
    (void)state;
    uint64_t seed = 4;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, 0, arena);
        const kt_range found = range_of(&of.market, of.alpha, &kt_range_usual, arena);
        const double want = plain(&of.market, of.seekers.truth, of.posts.truth, of.alpha);
        assert_int_equal(found.reason == NULL, !isnan(want));
        if (found.reason == NULL) {
            assert_true(found.exact && found.open_cells == 0);
            assert_close(found.low, found.high, 0.0);
            assert_close(found.low, fmax(0.0, want), 1e-14);
        }
        kt_arena_free(arena);
    }
}

static void a_longer_search_never_widens_the_range(void **state)
{
    (void)state;
    uint64_t seed = 5;
    for (int round = 0; round < SOME / 10; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, 12, arena);
        const kt_range box = range_of(&of.market, of.alpha, &(kt_range_effort){0}, arena);
        const kt_range found = range_of(&of.market, of.alpha, &by_bound, arena);
        if (found.reason == NULL) {
            assert_true(box.low <= found.low && found.high <= box.high);
        }
        kt_arena_free(arena);
    }
}

/* Whether attained figures are what some filling has is seen where all fillings are known. */
static void attained_ends_lie_in_the_true_range(void **state)
{
    (void)state;
    uint64_t seed = 6;
    int found = 0;
    for (int round = 0; round < SOME / 5; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const sample of = draw_sample(&seed, 5, arena);
        const kt_range_effort effort = {.steps = 400, .attain = true};
        const kt_range near = range_of(&of.market, of.alpha, &effort, arena);
        double least, most;
        enumerate(&of, &least, &most, arena);
        if (near.open_cells > 0 && !isnan(near.attained_low)) {
            assert_true(least - 1e-12 <= near.attained_low && near.attained_low <= most + 1e-12);
            assert_true(least - 1e-12 <= near.attained_high && near.attained_high <= most + 1e-12);
            found++;
        }
        kt_arena_free(arena);
    }
    assert_true(found > SOME / 10);
}

/* Columns 1 and 2 of a table as one, intervals and truth alike. */
static double *merged(const hidden_table *of, const double *figures, kt_arena *arena)
{
    double *to = kt_arena_array(arena, double, of->rows *(of->columns - 1)), *next = to;
    for (size_t c = 0; c < of->rows * of->columns; c++) {
        if (c % of->columns == 2) {
            next[-1] += figures[c];
        } else {
            *next++ = figures[c];
        }
    }
    return to;
}

static kt_margin_table *merged_table(const hidden_table *of, kt_arena *arena)
{
    return kt_margins_cross(of->rows, of->columns - 1, merged(of, of->low, arena),
                            merged(of, of->high, arena), arena);
}

/* Every filling of the finer tables has its index in the range of the merged ones. */
static void check_merged(const hidden_table *us, const hidden_table *vs,
                         const kt_range_market *market, double alpha, kt_arena *arena)
{
    const kt_range found = range_of(market, alpha, &by_bound, arena);
    fillings u = fillings_of(us->table, arena);
    while (next_filling(&u)) {
        fillings v = fillings_of(vs->table, arena);
        while (next_filling(&v)) {
            const double m =
                plain(market, merged(us, u.value, arena), merged(vs, v.value, arena), alpha);
            assert_true(isnan(m) || (found.low <= fmax(0.0, m) && m <= found.high));
        }
    }
}

/* Sums of two hidden cells in 2..8, and their pairs of which there are more than sixteen. */
static void sums_of_hidden_cells_may_stand_for_cells(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < SOME / 5; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const size_t cell[] = {5, 6, 9, 10}; /* of rows 1 and 2, four columns when merged */
        const hidden_table us = draw_hidden_sized(&seed, 3, 5, 3, arena);
        const hidden_table vs = draw_hidden_sized(&seed, 3, 5, 3, arena);
        const kt_range_market market = {
            4, {merged_table(&us, arena), NULL, cell}, {merged_table(&vs, arena), NULL, cell}};
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        check_merged(&us, &vs, &market, alpha, arena);
        kt_arena_free(arena);
    }
}

/* One row of two hidden figures that sum to total, posts known. */
static kt_range range_of_row(double total, double high, const kt_range_effort *effort,
                             kt_arena *arena)
{
    const double low[] = {total, 1, 1}, highs[] = {total, high, high}, posts[] = {8, 4, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, (const size_t[]){1, 2}};
    const kt_margin_table us = {3, low, highs, 1, &margin}, vs = {3, posts, posts, 1, &margin};
    const size_t cell[] = {1, 2};
    const kt_range_market market = {2, {&us, NULL, cell}, {&vs, NULL, cell}};
    return range_of(&market, 0.5, effort, arena);
}

static void two_figures_of_a_known_sum_have_the_range_of_their_pairs(void **state)
{
    /* (1,4) to (4,1) against 4 and 4: S = 2 (1 + 2) = 6 or 2 (sqrt 2 + sqrt 3), of sqrt 40. */
    const kt_range tried = range_of_row(5, 4, &kt_range_usual, *state);
    assert_close(tried.low, 1.0 - 2.0 * (sqrt(2.0) + sqrt(3.0)) / sqrt(40.0), 2e-12);
    assert_close(tried.high, 1.0 - 6.0 / sqrt(40.0), 2e-12);
    const kt_range bound = range_of_row(5, 4, &by_bound, *state);
    assert_close(bound.low, tried.low, 1e-5);
    assert_close(bound.high, tried.high, 1e-5);
}

static void margins_that_clash_leave_the_intervals(void **state)
{
    const kt_range_effort efforts[] = {by_bound, by_trying};
    for (size_t i = 0; i < 2; i++) {
        const kt_range found = range_of_row(90, 4, &efforts[i], *state);
        assert_true(found.clash && !found.exact);
        /* S between 4 and 8; U between 2 and 8; V = 8. */
        assert_close(found.low, 0.0, 0.0);
        assert_close(found.high, 1.0 - 4.0 / 8.0, 2e-12);
        assert_true(isnan(found.attained_low));
    }
}

static void a_figure_of_which_nothing_is_known_leaves_everything_open(void **state)
{
    const kt_range found = range_of_row(9, INFINITY, &kt_range_usual, *state);
    assert_close(found.low, 0.0, 0.0);
    assert_close(found.high, 1.0, 0.0);
}

static void nobody_to_match_is_a_reason(void **state)
{
    const double none[] = {0, 0, 0}, low[] = {5, 1, 1}, high[] = {5, 4, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, (const size_t[]){1, 2}};
    const kt_margin_table empty = {3, none, none, 1, &margin}, open = {3, low, high, 1, &margin};
    const size_t cell[] = {1, 2};
    const kt_range_market nobody = {2, {&empty, NULL, cell}, {&open, NULL, cell}};
    const kt_range_market nothing = {2, {&open, NULL, cell}, {&empty, NULL, cell}};
    assert_string_equal(range_of(&nobody, 0.5, &kt_range_usual, *state).reason,
                        "no job seekers in the cells used");
    assert_string_equal(range_of(&nothing, 0.5, &kt_range_usual, *state).reason,
                        "no vacancies in the cells used");
}

static void a_market_outside_its_table_is_a_bug(void **state)
{
    const double value[] = {5, 1, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, (const size_t[]){1, 2}};
    const kt_margin_table table = {3, value, value, 1, &margin};
    const size_t cell[] = {1, 3};
    const kt_range_market market = {2, {&table, NULL, cell}, {&table, NULL, cell}};
    kt_range found;
    kt_error error = {0};
    assert_int_equal(kt_range_compute(&market, 0.5, &kt_range_usual, *state, &found, &error),
                     KT_ERR_BUG);
    assert_string_equal(error.message, "cell 2 of a market is not in its table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_range_holds_every_filling_of_small_tables),
        cmocka_unit_test(the_range_holds_every_filling_of_random_tables),
        cmocka_unit_test(a_margin_never_widens_the_range),
        cmocka_unit_test(figures_that_are_all_known_give_one_point),
        cmocka_unit_test(a_longer_search_never_widens_the_range),
        cmocka_unit_test(attained_ends_lie_in_the_true_range),
        cmocka_unit_test(sums_of_hidden_cells_may_stand_for_cells),
        ARENA_TEST(two_figures_of_a_known_sum_have_the_range_of_their_pairs),
        ARENA_TEST(margins_that_clash_leave_the_intervals),
        ARENA_TEST(a_figure_of_which_nothing_is_known_leaves_everything_open),
        ARENA_TEST(nobody_to_match_is_a_reason),
        ARENA_TEST(a_market_outside_its_table_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
