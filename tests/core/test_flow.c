/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/flow.h"

#include "core/support.h"
#include "support/fillings.h"

#define SOME 2000 /* random tables */

/* The square of the distance from a target for each cell: convex. */
static double square_step(const void *context, size_t cell, double value)
{
    const double *target = context;
    return 2.0 * (value - target[cell]) + 1.0;
}

static double square_cost(const double *target, const double *value, size_t count)
{
    double sum = 0.0;
    for (size_t c = 0; c < count; c++) {
        sum += (value[c] - target[c]) * (value[c] - target[c]);
    }
    return sum;
}

static double nearest_whole(double target, double low, double high)
{
    return fmin(fmax(round(target), low), high);
}

static double least_cost(const kt_margin_table *table, const double *target, kt_arena *arena)
{
    fillings all = fillings_of(table, arena);
    double least = INFINITY;
    while (next_filling(&all)) {
        least = fmin(least, square_cost(target, all.value, table->cell_count));
    }
    return least;
}

static void no_filling_is_cheaper(void **state)
{
    (void)state;
    uint64_t seed = 1993;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 5, arena);
        const size_t cells = made.table->cell_count;
        double *target = kt_arena_array(arena, double, cells);
        double *value = kt_arena_array(arena, double, cells);
        for (size_t c = 0; c < cells; c++) {
            const bool open = made.low[c] < made.high[c];
            target[c] = open ? random_below(&seed, 60) / 10.0 : made.low[c];
            value[c] = nearest_whole(target[c], made.low[c], made.high[c]);
        }
        const kt_flow_cost cost = {.step = square_step, .context = target};
        kt_error error = {0};
        assert_int_equal(kt_flow_settle(made.table, NULL, &cost, arena, value, &error), KT_OK);
        assert_close(largest_miss(made.table, value), 0.0, 0.0);
        for (size_t c = 0; c < cells; c++) {
            assert_true(made.low[c] <= value[c] && value[c] <= made.high[c]);
        }
        assert_close(square_cost(target, value, cells), least_cost(made.table, target, arena),
                     1e-9);
        kt_arena_free(arena);
    }
}

static void add_price(const kt_margin *margin, double price, double *of_cell)
{
    of_cell[margin->total] -= price;
    for (size_t i = 0; i < margin->part_count; i++) {
        of_cell[margin->parts[i]] += price;
    }
}

/* A network with prices on its margins: cells enter at what is cheapest with them. */
static void guessed_prices_change_no_cost(void **state)
{
    (void)state;
    uint64_t seed = 1994;
    for (int round = 0; round < SOME; round++) {
        kt_arena *arena = kt_arena_open("round", 0);
        const hidden_table made = draw_hidden_table(&seed, 5, arena);
        const kt_margin_table *table = made.table;
        double *target = kt_arena_array(arena, double, table->cell_count);
        double *value = kt_arena_array(arena, double, table->cell_count);
        double *prices = kt_arena_array(arena, double, table->margin_count);
        double *price = kt_arena_array(arena, double, table->cell_count);
        for (size_t m = 0; m < table->margin_count; m++) {
            const bool makes = table->margins[m].kind == KT_PARTS_MAKE_TOTAL;
            prices[m] = random_below(&seed, 80) / 10.0 - (makes ? 4.0 : 0.0);
            add_price(&table->margins[m], prices[m], price);
        }
        for (size_t c = 0; c < table->cell_count; c++) {
            target[c] = made.low[c] < made.high[c] ? random_below(&seed, 60) / 10.0 : made.low[c];
            /* (x - target)^2 + price x is least at target - price / 2 */
            value[c] = nearest_whole(target[c] - 0.5 * price[c], made.low[c], made.high[c]);
        }
        const kt_flow_cost cost = {.step = square_step, .context = target, .prices = prices};
        assert_int_equal(kt_flow_settle(table, NULL, &cost, arena, value, NULL), KT_OK);
        assert_close(largest_miss(table, value), 0.0, 0.0);
        assert_close(square_cost(target, value, table->cell_count),
                     least_cost(table, target, arena), 1e-9);
        kt_arena_free(arena);
    }
}

static void margins_that_no_whole_numbers_meet_are_said(void **state)
{
    const bench *made = *state;
    const double low[] = {9, 1, 1}, high[] = {9, 4, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, (const size_t[]){1, 2}};
    const kt_margin_table table = {3, low, high, 1, &margin};
    double value[] = {9, 1, 1};
    kt_error error = {0};
    assert_int_equal(kt_flow_settle(&table, NULL, NULL, made->arena, value, &error), KT_ERR_DATA);
    assert_string_equal(error.message, "no whole numbers meet all margins");
    const bool aside[] = {true};
    assert_int_equal(kt_flow_settle(&table, aside, NULL, made->arena, value, &error), KT_OK);
}

static void a_hidden_cell_in_three_margins_is_no_network(void **state)
{
    const bench *made = *state;
    const double low[] = {9, 9, 9, 1, 1}, high[] = {9, 9, 9, 9, 9};
    const size_t parts[] = {3, 4};
    const kt_margin margins[] = {{KT_PARTS_MAKE_TOTAL, 0, 2, parts},
                                 {KT_PARTS_MAKE_TOTAL, 1, 2, parts},
                                 {KT_PARTS_WITHIN_TOTAL, 2, 2, parts}};
    const kt_margin_table table = {5, low, high, 3, margins};
    double value[] = {9, 9, 9, 1, 1};
    kt_error error = {0};
    assert_int_equal(kt_flow_settle(&table, NULL, NULL, made->arena, value, &error),
                     KT_ERR_NO_DATA);
    const kt_margin_table two = {5, low, high, 2, margins};
    assert_int_equal(kt_flow_settle(&two, NULL, NULL, made->arena, value, &error), KT_OK);
    assert_close(value[3] + value[4], 9.0, 0.0);
}

static void a_way_that_is_too_long_is_not_gone(void **state)
{
    const bench *made = *state;
    const double low[] = {9e9, 0, 0}, high[] = {9e9, INFINITY, 4};
    const kt_margin margin = {KT_PARTS_MAKE_TOTAL, 0, 2, (const size_t[]){1, 2}};
    const kt_margin_table table = {3, low, high, 1, &margin};
    double value[] = {9e9, 1, 1};
    kt_error error = {0};
    assert_int_equal(kt_flow_settle(&table, NULL, NULL, made->arena, value, &error),
                     KT_ERR_NO_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_filling_is_cheaper),
        cmocka_unit_test(guessed_prices_change_no_cost),
        in_bench(margins_that_no_whole_numbers_meet_are_said),
        in_bench(a_hidden_cell_in_three_margins_is_no_network),
        in_bench(a_way_that_is_too_long_is_not_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
