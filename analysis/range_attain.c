/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/flow.h"
#include "range_dual.h"

/*
 * From the choices at the best multipliers to a filling that keeps the margins: one side is settled
 * at least cost while the other stands still, then the other. The multipliers are the prices that
 * the flow starts from, so that it begins near to where it ends.
 */
typedef struct attempt {
    const range_dual *of;
    const range_end *end;
    double slope[2]; /* what one more costs in the denominator, at the end's ratio */
    double *figure[2];
    size_t *pair_of[2]; /* of each cell of a side's table, SIZE_MAX outside the market */
    double *price[2];   /* of each cell: the sum of its margins' multipliers */
    double *prices[2];  /* of each margin */
    bool *unused[2];    /* margins */
    kt_arena *arena;
} attempt;

/* The side that moves, for the cost of a step. */
typedef struct moving_side {
    const attempt *at;
    int side;
} moving_side;

static double matches_at(const moving_side *to, const range_pair *pair, double value)
{
    const attempt *at = to->at;
    const int still = 1 - to->side;
    const double other = at->figure[still][range_side(at->of->market, still)->cell[pair->cell]];
    return to->side == 0 ? range_cell_at(&pair->choices, value, other, &at->of->form)
                         : range_cell_at(&pair->choices, other, value, &at->of->form);
}

/* Matches that one more makes. For the least end they are concave and would be no flow: there the
 * chord between the ends stands for them. */
static double gain(const moving_side *to, const range_pair *pair, double value)
{
    if (to->at->end->most) {
        return matches_at(to, pair, value + 1.0) - matches_at(to, pair, value);
    }
    const double low = pair->choices.low[to->side], high = pair->choices.high[to->side];
    return (matches_at(to, pair, high) - matches_at(to, pair, low)) / (high - low);
}

static double step_cost(const void *context, size_t cell, double value)
{
    const moving_side *to = context;
    const attempt *at = to->at;
    const size_t pair = at->pair_of[to->side][cell];
    const double sign = at->end->most ? -1.0 : 1.0;
    return pair == SIZE_MAX ? 0.0
                            : sign * (gain(to, &at->of->pairs[pair], value) - at->slope[to->side]);
}

/* The whole number of the interval that costs the cell least at its margins' prices: where a step
 * begins to cost. */
static double cheapest(const moving_side *to, size_t cell)
{
    const kt_margin_table *table = range_side(to->at->of->market, to->side)->table;
    double low = table->low[cell], high = table->high[cell];
    while (low < high) {
        const double middle = floor(0.5 * (low + high));
        if (step_cost(to, cell, middle) + to->at->price[to->side][cell] >= 0.0) {
            high = middle;
        } else {
            low = middle + 1.0;
        }
    }
    return low;
}

static bool settle(const attempt *at, int side)
{
    const moving_side to = {at, side};
    const kt_margin_table *table = range_side(at->of->market, side)->table;
    for (size_t c = 0; c < table->cell_count; c++) {
        at->figure[side][c] = isinf(table->high[c]) ? table->low[c] : cheapest(&to, c);
    }
    const kt_flow_cost cost = {step_cost, &to, at->prices[side]};
    return kt_flow_settle(table, at->unused[side], &cost, at->arena, at->figure[side], NULL) ==
           KT_OK;
}

static double index_of(const attempt *at)
{
    const range_dual *of = at->of;
    double total[] = {of->known[0], of->known[1]}, matched = of->known_matches;
    for (size_t i = 0; i < of->pair_count; i++) {
        double figure[2];
        for (int side = 0; side < 2; side++) {
            figure[side] = at->figure[side][range_side(of->market, side)->cell[of->pairs[i].cell]];
            total[side] += figure[side];
        }
        matched += range_cell_at(&of->pairs[i].choices, figure[0], figure[1], &of->form);
    }
    return 1.0 - matched / matches(total[0], total[1], of->form.alpha);
}

static double tied_price(const attempt *at, size_t tie, size_t end)
{
    double price = 0.0;
    for (; tie < end; tie++) {
        price += range_tie_sign(at->of->ties[tie]) *
                 at->end->multiplier[range_tie_row(at->of->ties[tie])];
    }
    return price;
}

static void set_prices(const attempt *at)
{
    const range_dual *of = at->of;
    for (size_t r = 0; r < of->row_count; r++) {
        at->prices[of->rows[r].side][of->rows[r].margin] = at->end->multiplier[r];
    }
    for (size_t i = 0; i < of->pair_count; i++) {
        const range_pair *pair = &of->pairs[i];
        for (int side = 0; side < 2; side++) {
            const size_t cell = range_side(of->market, side)->cell[pair->cell];
            at->pair_of[side][cell] = i;
            at->price[side][cell] = tied_price(at, pair->tie[side], pair->tie_end[side]);
        }
    }
    for (size_t i = 0; i < of->other_count; i++) {
        const range_other *other = &of->others[i];
        at->price[other->side][other->cell] = tied_price(at, other->tie, other->tie_end);
    }
}

/* Where the second side stands while the first is settled for the first time: its own choice. */
static void set_choices(const attempt *at)
{
    const range_dual *of = at->of;
    const double sign = at->end->most ? 1.0 : -1.0;
    for (size_t i = 0; i < of->pair_count; i++) {
        const range_pair *pair = &of->pairs[i];
        double price[2];
        for (int side = 0; side < 2; side++) {
            price[side] =
                sign * at->slope[side] + tied_price(at, pair->tie[side], pair->tie_end[side]);
        }
        const range_choice choice = at->end->most
                                        ? range_cell_most(&pair->choices, price, &of->form)
                                        : range_cell_least(&pair->choices, price);
        for (int side = 0; side < 2; side++) {
            at->figure[side][range_side(of->market, side)->cell[pair->cell]] =
                round(choice.figure[side]);
        }
    }
}

static attempt attempt_new(const range_dual *of, const range_end *end, kt_arena *arena)
{
    attempt made = {.of = of, .end = end, .arena = arena};
    const double u = 0.5 * (of->total_low[0] + of->total_high[0]);
    const double v = 0.5 * (of->total_low[1] + of->total_high[1]);
    const double middle = matches(u, v, of->form.alpha);
    made.slope[0] = end->bound * (1.0 - of->form.alpha) * middle / u;
    made.slope[1] = end->bound * of->form.alpha * middle / v;
    for (int side = 0; side < 2; side++) {
        const kt_range_side *from = range_side(of->market, side);
        const size_t cells = from->table->cell_count;
        made.figure[side] = kt_arena_array(arena, double, cells);
        memcpy(made.figure[side], from->table->low, cells * sizeof(double));
        made.price[side] = kt_arena_array(arena, double, cells);
        made.pair_of[side] = kt_arena_array(arena, size_t, cells);
        memset(made.pair_of[side], 0xff, cells * sizeof(size_t));
        made.prices[side] = kt_arena_array(arena, double, from->table->margin_count);
        made.unused[side] = kt_arena_array(arena, bool, from->table->margin_count);
        for (size_t m = 0; m < from->table->margin_count; m++) {
            made.unused[side][m] = !range_uses(from, m);
        }
    }
    return made;
}

double range_attain(const range_dual *of, const range_end *end, kt_arena *arena)
{
    const attempt at = attempt_new(of, end, arena);
    set_prices(&at);
    set_choices(&at);
    return settle(&at, 0) && settle(&at, 1) ? index_of(&at) : NAN;
}
