/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/decomposition.h"

#include <math.h>

#include "cells.h"
#include "sum.h"

/* The cells used, summed by one of the two keys. */
static kt_cells sum_by(const kt_cells *cells, const size_t *key, size_t key_count, kt_arena *arena)
{
    kt_sum *u = kt_arena_array(arena, kt_sum, key_count);
    kt_sum *v = kt_arena_array(arena, kt_sum, key_count);
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            kt_sum_add(&u[key[i]], cells->unemployed[i]);
            kt_sum_add(&v[key[i]], cells->vacancies[i]);
        }
    }
    double *unemployed = kt_arena_array(arena, double, key_count);
    double *vacancies = kt_arena_array(arena, double, key_count);
    for (size_t k = 0; k < key_count; k++) {
        unemployed[k] = kt_sum_value(u[k]);
        vacancies[k] = kt_sum_value(v[k]);
    }
    return kt_cells_exact(key_count, unemployed, vacancies);
}

static kt_decomposition parts_of(const kt_mismatch *both, double region, double occupation)
{
    /* Summing cells never raises the index, so what is left is above zero but for rounding. */
    const bool known = both->reason == NULL;
    const double within_region = known ? fmax(both->value - region, 0.0) : NAN;
    const double within_occupation = known ? fmax(both->value - occupation, 0.0) : NAN;
    return (kt_decomposition){
        .mismatch = both->value,
        .mismatch_region = region,
        .within_region = within_region,
        .mismatch_occupation = occupation,
        .within_occupation = within_occupation,
        .interaction = both->value - region - occupation,
        .shapley_region = (region + within_occupation) / 2.0,
        .shapley_occupation = (occupation + within_region) / 2.0,
        .reason = both->reason,
        .note = both->note,
    };
}

kt_status kt_decomposition_of(const kt_cross *cross, const kt_mismatch *both, size_t count,
                              kt_arena *arena, kt_decomposition *out, kt_error *err)
{
    const kt_cells *cells = &cross->cells;
    double *alphas = kt_arena_array(arena, double, count);
    kt_mismatch *region = kt_arena_array(arena, kt_mismatch, count);
    kt_mismatch *occupation = kt_arena_array(arena, kt_mismatch, count);
    for (size_t i = 0; i < count; i++) {
        alphas[i] = both[i].alpha;
    }
    const kt_cells regions = sum_by(cells, cross->region, cross->region_count, arena);
    const kt_cells occupations = sum_by(cells, cross->occupation, cross->occupation_count, arena);
    KT_TRY(kt_mismatch_compute(&regions, alphas, count, arena, region, err));
    KT_TRY(kt_mismatch_compute(&occupations, alphas, count, arena, occupation, err));
    for (size_t i = 0; i < count; i++) {
        out[i] = parts_of(&both[i], region[i].value, occupation[i].value);
    }
    return KT_OK;
}

kt_status kt_decomposition_compute(const kt_cross *cross, double alpha, kt_arena *arena,
                                   kt_decomposition *out, kt_error *err)
{
    const kt_cells *cells = &cross->cells;
    const kt_cells exact = kt_cells_exact(cells->count, cells->unemployed, cells->vacancies);
    kt_mismatch both;
    KT_TRY(kt_mismatch_compute(&exact, &alpha, 1, arena, &both, err));
    return kt_decomposition_of(cross, &both, 1, arena, out, err);
}
