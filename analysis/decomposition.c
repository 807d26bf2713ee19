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

static kt_status index_of(const kt_cells *cells, double alpha, kt_arena *arena, kt_mismatch *out,
                          kt_error *err)
{
    const kt_cells exact = kt_cells_exact(cells->count, cells->unemployed, cells->vacancies);
    return kt_mismatch_compute(&exact, &alpha, 1, arena, out, err);
}

kt_status kt_decomposition_compute(const kt_cross *cross, double alpha, kt_arena *arena,
                                   kt_decomposition *out, kt_error *err)
{
    kt_mismatch both, region, occupation;
    KT_TRY(index_of(&cross->cells, alpha, arena, &both, err));
    const kt_cells regions = sum_by(&cross->cells, cross->region, cross->region_count, arena);
    const kt_cells occupations =
        sum_by(&cross->cells, cross->occupation, cross->occupation_count, arena);
    KT_TRY(index_of(&regions, alpha, arena, &region, err));
    KT_TRY(index_of(&occupations, alpha, arena, &occupation, err));
    /* Summing cells never raises the index, so what is left is above zero but for rounding. */
    const double within_region = fmax(both.value - region.value, 0.0);
    const double within_occupation = fmax(both.value - occupation.value, 0.0);
    const bool known = both.reason == NULL;
    *out = (kt_decomposition){
        .mismatch = both.value,
        .mismatch_region = region.value,
        .within_region = known ? within_region : NAN,
        .mismatch_occupation = occupation.value,
        .within_occupation = known ? within_occupation : NAN,
        .interaction = both.value - region.value - occupation.value,
        .shapley_region = known ? (region.value + within_occupation) / 2.0 : NAN,
        .shapley_occupation = known ? (occupation.value + within_region) / 2.0 : NAN,
        .reason = both.reason,
        .note = both.note,
    };
    return KT_OK;
}
