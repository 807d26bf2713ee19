/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "range_dual.h"

/* One open figure of one side. */
typedef struct digit {
    double low, high, value;
    size_t tie, tie_end;
} digit;

/* The fillings of one side that keep its margins: figures of the pairs, filling by filling. */
typedef struct one_side {
    const range_dual *of;
    int side;
    size_t digit_count;
    digit *digits;
    double *sums; /* of each row */
    size_t kept;
    double *figures;
} one_side;

double range_count_fillings(const range_dual *of)
{
    double count = 1.0;
    for (size_t i = 0; i < of->pair_count; i++) {
        const range_cell *at = &of->pairs[i].choices;
        count *= (at->high[0] - at->low[0] + 1.0) * (at->high[1] - at->low[1] + 1.0);
    }
    for (size_t i = 0; i < of->other_count; i++) {
        count *= of->others[i].high - of->others[i].low + 1.0;
    }
    return count;
}

static void add_digits(one_side *to, kt_arena *arena)
{
    const range_dual *of = to->of;
    to->digits = kt_arena_array(arena, digit, of->pair_count + of->other_count);
    for (size_t i = 0; i < of->pair_count; i++) {
        const range_pair *pair = &of->pairs[i];
        const double low = pair->choices.low[to->side];
        to->digits[to->digit_count++] = (digit){.low = low,
                                                .high = pair->choices.high[to->side],
                                                .value = low,
                                                .tie = pair->tie[to->side],
                                                .tie_end = pair->tie_end[to->side]};
    }
    for (size_t i = 0; i < of->other_count; i++) {
        const range_other *other = &of->others[i];
        if (other->side == to->side) {
            to->digits[to->digit_count++] = (digit){.low = other->low,
                                                    .high = other->high,
                                                    .value = other->low,
                                                    .tie = other->tie,
                                                    .tie_end = other->tie_end};
        }
    }
}

static bool keeps_margins(one_side *at)
{
    memset(at->sums, 0, at->of->row_count * sizeof *at->sums);
    for (size_t i = 0; i < at->digit_count; i++) {
        const digit *of = &at->digits[i];
        for (size_t t = of->tie; t < of->tie_end; t++) {
            const range_tie tie = at->of->ties[t];
            at->sums[range_tie_row(tie)] += range_tie_sign(tie) * of->value;
        }
    }
    for (size_t r = 0; r < at->of->row_count; r++) {
        const range_row *row = &at->of->rows[r];
        const double over = at->sums[r] - row->rest;
        if (row->side == at->side && (row->within ? over > 0.0 : over != 0.0)) {
            return false;
        }
    }
    return true;
}

/* The next filling, as an odometer; false after the last. */
static bool advance(one_side *at)
{
    for (size_t i = 0; i < at->digit_count; i++) {
        digit *of = &at->digits[i];
        if (of->value < of->high) {
            of->value += 1.0;
            return true;
        }
        of->value = of->low;
    }
    return false;
}

static void keep(one_side *at)
{
    double *to = at->figures + at->kept++ * at->of->pair_count;
    for (size_t i = 0; i < at->of->pair_count; i++) {
        to[i] = at->digits[i].value; /* the pairs' digits come first */
    }
}

static one_side list_side(const range_dual *of, int side, kt_arena *arena)
{
    one_side made = {.of = of, .side = side, .sums = kt_arena_array(arena, double, of->row_count)};
    add_digits(&made, arena);
    double count = 1.0;
    for (size_t i = 0; i < made.digit_count; i++) {
        count *= made.digits[i].high - made.digits[i].low + 1.0;
    }
    made.figures = kt_arena_array(arena, double, (size_t)count * of->pair_count);
    do {
        if (keeps_margins(&made)) {
            keep(&made);
        }
    } while (advance(&made));
    return made;
}

/* S / (V^a U^(1-a)) of one filling; NAN where it has nobody or nothing. */
static double ratio_of(const range_dual *of, const double *u, const double *v)
{
    double total_u = of->known[0], total_v = of->known[1], matched = of->known_matches;
    for (size_t i = 0; i < of->pair_count; i++) {
        total_u += u[i];
        total_v += v[i];
        matched += range_cell_at(&of->pairs[i].choices, u[i], v[i], &of->form);
    }
    return total_u > 0.0 && total_v > 0.0 ? matched / matches(total_u, total_v, of->form.alpha)
                                          : NAN;
}

bool range_try_all(const range_dual *of, kt_arena *arena, double *least, double *most)
{
    const one_side us = list_side(of, 0, arena), vs = list_side(of, 1, arena);
    *least = INFINITY;
    *most = -INFINITY;
    for (size_t i = 0; i < us.kept; i++) {
        for (size_t k = 0; k < vs.kept; k++) {
            const double ratio =
                ratio_of(of, us.figures + i * of->pair_count, vs.figures + k * of->pair_count);
            *least = fmin(*least, ratio);
            *most = fmax(*most, ratio);
        }
    }
    return *least <= *most;
}
