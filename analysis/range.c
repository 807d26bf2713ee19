/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/range.h"

#include <math.h>

#include "range_dual.h"

/* More than rounding could take off an end: of one filling's sum, and of a bound, which is the rest
 * of sums over all cells and margins. */
#define SLACK       1e-12
#define BOUND_SLACK 1e-10

const kt_range_effort kt_range_usual = {.steps = 60, .choices = 20000, .try_fillings = 70000};
const kt_range_effort kt_range_thorough = {.steps = 400, .try_fillings = 70000, .attain = true};

static kt_status check_side(const kt_range_side *side, size_t cell_count, kt_error *err)
{
    KT_TRY(kt_margins_check(side->table, err));
    for (size_t i = 0; i < cell_count; i++) {
        if (side->cell[i] >= side->table->cell_count) {
            return kt_fail(err, KT_ERR_BUG, "cell %zu of a market is not in its table", i + 1);
        }
    }
    return KT_OK;
}

/* The range of M from that of S / (V^a U^(1-a)), rounded outwards. */
static void set_ends(kt_range *out, double least, double most, double slack)
{
    out->low = fmax(0.0, 1.0 - most - slack);
    out->high = fmin(1.0, 1.0 - least + slack);
}

static void set_one_point(const range_dual *dual, kt_range *out)
{
    const double whole = matches(dual->known[0], dual->known[1], dual->form.alpha);
    out->low = out->high = fmax(0.0, 1.0 - dual->known_matches / whole);
    out->attained_low = out->attained_high = out->low;
    out->exact = true;
}

/* Margins that cannot all be kept say nothing: what is left are the intervals. */
static void set_box(const range_dual *dual, kt_range *out)
{
    set_ends(out, range_box(dual, false, dual->own_low, dual->own_high),
             range_box(dual, true, dual->own_low, dual->own_high), SLACK);
    out->attained_low = out->attained_high = NAN;
    out->clash = true;
    out->exact = false;
}

/* A market with few open cells gets more steps, for they cost little. */
static size_t steps_for(const range_dual *dual, const kt_range_effort *effort)
{
    const size_t affordable = effort->choices / dual->pair_count;
    const size_t steps = affordable < 3 * effort->steps ? affordable : 3 * effort->steps;
    return steps > effort->steps ? steps : effort->steps;
}

static void search(const range_dual *dual, const kt_range_effort *effort, kt_arena *arena,
                   kt_range *out)
{
    const size_t steps = steps_for(dual, effort);
    const range_end least = range_dual_search(dual, false, steps, arena);
    const range_end most = range_dual_search(dual, true, steps, arena);
    if (least.bound > most.bound + BOUND_SLACK) {
        set_box(dual, out);
        return;
    }
    set_ends(out, least.bound, most.bound, BOUND_SLACK);
    if (effort->attain) {
        out->attained_low = range_attain(dual, &most, arena);
        out->attained_high = range_attain(dual, &least, arena);
    }
}

static void try_all(const range_dual *dual, kt_arena *arena, kt_range *out)
{
    double least, most;
    if (!range_try_all(dual, arena, &least, &most)) {
        set_box(dual, out);
        return;
    }
    set_ends(out, least, most, SLACK);
    out->attained_low = fmax(0.0, 1.0 - most);
    out->attained_high = 1.0 - least;
    out->exact = true;
}

static void find_ends(const range_dual *dual, const kt_range_effort *effort, kt_arena *arena,
                      kt_range *out)
{
    if (dual->pair_count == 0) {
        set_one_point(dual, out);
    } else if (isinf(dual->total_high[0]) || isinf(dual->total_high[1])) {
        set_ends(out, 0.0, 1.0, 0.0);
    } else if (range_count_fillings(dual) <= (double)effort->try_fillings) {
        try_all(dual, arena, out);
    } else {
        search(dual, effort, arena, out);
    }
}

static const char *reason_of(const range_dual *dual)
{
    if (!(dual->total_high[0] > 0.0)) {
        return "no job seekers in the cells used";
    }
    return dual->total_high[1] > 0.0 ? NULL : "no vacancies in the cells used";
}

kt_status kt_range_compute(const kt_range_market *market, double alpha,
                           const kt_range_effort *effort, kt_arena *arena, kt_range *out,
                           kt_error *err)
{
    KT_TRY(check_side(&market->unemployed, market->cell_count, err));
    KT_TRY(check_side(&market->vacancies, market->cell_count, err));
    const range_dual dual = range_dual_new(market, alpha, arena);
    *out = (kt_range){.alpha = alpha,
                      .low = NAN,
                      .high = NAN,
                      .attained_low = NAN,
                      .attained_high = NAN,
                      .open_cells = dual.pair_count,
                      .reason = reason_of(&dual)};
    if (out->reason == NULL) {
        find_ends(&dual, effort, arena, out);
    }
    return KT_OK;
}

static void find_shares(const range_dual *least, const range_dual *most,
                        const kt_range_effort *effort, kt_arena *arena, kt_range *out)
{
    if (most->pair_count == 0) {
        out->low = out->high = fmax(0.0, 1.0 - most->known_matches);
        out->exact = true;
        return;
    }
    set_ends(out, 0.0, 1.0, 0.0);
    if (isinf(most->total_high[0] + most->total_high[1]) ||
        !(most->total_low[0] > 0.0 && most->total_low[1] > 0.0)) {
        return;
    }
    const size_t steps = steps_for(most, effort);
    const double low = range_dual_search(least, false, steps, arena).bound;
    const double high = range_dual_search(most, true, steps, arena).bound;
    out->clash = low > high + BOUND_SLACK;
    if (!out->clash) {
        set_ends(out, low, high, BOUND_SLACK);
    }
}

kt_status kt_range_jackman_roper(const kt_range_market *market, const kt_range_effort *effort,
                                 kt_arena *arena, kt_range *out, kt_error *err)
{
    KT_TRY(check_side(&market->unemployed, market->cell_count, err));
    KT_TRY(check_side(&market->vacancies, market->cell_count, err));
    const range_dual least = range_dual_of_shares(market, false, arena);
    const range_dual most = range_dual_of_shares(market, true, arena);
    *out = (kt_range){.alpha = NAN,
                      .low = NAN,
                      .high = NAN,
                      .attained_low = NAN,
                      .attained_high = NAN,
                      .open_cells = most.pair_count,
                      .reason = reason_of(&most)};
    if (out->reason == NULL) {
        find_shares(&least, &most, effort, arena, out);
    }
    return KT_OK;
}
