/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_coverage.h"

#include <gsl/gsl_sort.h>
#include <math.h>

#include "sum.h"

static const char *const class_names[KT_COVERAGE_CLASSES] = {
    [KT_COVERAGE_WHITE] = "white",
    [KT_COVERAGE_THIN] = "thin",
    [KT_COVERAGE_PROPORTIONAL] = "proportional",
    [KT_COVERAGE_HEAVY] = "heavy",
    [KT_COVERAGE_NO_NEED] = "no_need",
    [KT_COVERAGE_UNKNOWN] = "unknown",
    [KT_COVERAGE_SUPPRESSED] = "suppressed",
};

const char *kt_coverage_class_name(kt_coverage_class which)
{
    return class_names[which];
}

/* The cells whose need is known. */
typedef struct covered {
    const kt_coverage_cell *cells;
    size_t count;
    kt_coverage_limits limits;
    double funding, need; /* sums */
    double high_need;     /* of the highest quarter the least */
    size_t known;
} covered;

static bool is_figure(double value)
{
    return isfinite(value) && value >= 0.0;
}

static kt_status check_cell(const kt_coverage_cell *cell, size_t at, kt_error *err)
{
    const bool needed =
        isnan(cell->need) || (is_figure(cell->need) && is_figure(cell->need_low) &&
                              cell->need_low <= cell->need && cell->need <= cell->need_high);
    if (!is_figure(cell->funding) || !is_figure(cell->unknown_share) || !needed) {
        return kt_fail(err, KT_ERR_DATA,
                       "cell %zu: funding %g, need %g in [%g, %g], share without a place %g; "
                       "expected figures of 0 or more, the need inside its range",
                       at + 1, cell->funding, cell->need, cell->need_low, cell->need_high,
                       cell->unknown_share);
    }
    return KT_OK;
}

static int by_size(const double *values, size_t a, size_t b)
{
    return (values[a] > values[b]) - (values[a] < values[b]);
}

/* The least need of the highest quarter; of three cells that is the highest one. */
static double highest_quarter(const double *needs, size_t count, kt_arena *arena)
{
    double *rising = kt_arena_array(arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        rising[i] = needs[i];
    }
    gsl_sort(rising, 1, count);
    return count == 0 ? INFINITY : rising[count - (count + 3) / 4];
}

static kt_status open_cells(covered *of, kt_arena *arena, kt_error *err)
{
    kt_sum funding = {0}, need = {0};
    double *needs = kt_arena_array(arena, double, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        KT_TRY(check_cell(&of->cells[i], i, err));
        if (!isnan(of->cells[i].need)) {
            kt_sum_add(&funding, of->cells[i].funding);
            kt_sum_add(&need, of->cells[i].need);
            needs[of->known++] = of->cells[i].need;
        }
    }
    of->funding = kt_sum_value(funding);
    of->need = kt_sum_value(need);
    of->high_need = highest_quarter(needs, of->known, arena);
    return KT_OK;
}

/* C of a cell whose need is another than the one that counts in the sum. */
static double ratio_at(const covered *of, const kt_coverage_cell *cell, double need)
{
    const double all = of->need - cell->need + need;
    return need > 0.0 && of->funding > 0.0 ? cell->funding / of->funding / (need / all) : NAN;
}

static kt_coverage_class class_at(const covered *of, const kt_coverage_cell *cell, double need)
{
    if (cell->hidden) {
        return KT_COVERAGE_SUPPRESSED;
    }
    if (isnan(need) || cell->unknown_share > of->limits.unknown_share) {
        return KT_COVERAGE_UNKNOWN;
    }
    if (need == 0.0) {
        return KT_COVERAGE_NO_NEED;
    }
    if (cell->active == 0 && need >= of->high_need) {
        return KT_COVERAGE_WHITE;
    }
    const double ratio = ratio_at(of, cell, need);
    if (isnan(ratio)) {
        return KT_COVERAGE_UNKNOWN;
    }
    return ratio < of->limits.thin    ? KT_COVERAGE_THIN
           : ratio > of->limits.heavy ? KT_COVERAGE_HEAVY
                                      : KT_COVERAGE_PROPORTIONAL;
}

static kt_covered_cell cover(const covered *of, const kt_coverage_cell *cell)
{
    const bool known = !isnan(cell->need);
    const kt_coverage_class class = class_at(of, cell, cell->need);
    return (kt_covered_cell){
        .need_share = known && of->need > 0.0 ? cell->need / of->need : NAN,
        .funding_share = known && of->funding > 0.0 ? cell->funding / of->funding : NAN,
        .ratio = known ? ratio_at(of, cell, cell->need) : NAN,
        .class = class,
        .high_need = known && !cell->hidden && cell->need > 0.0 && cell->need >= of->high_need,
        .fragile = known && (class_at(of, cell, cell->need_low) != class ||
                             class_at(of, cell, cell->need_high) != class)};
}

/* Mean ranks from 1 on. */
static double *ranks_of(const double *values, size_t count, kt_arena *arena)
{
    size_t *order = kt_arena_array(arena, size_t, count + 1);
    double *ranks = kt_arena_array(arena, double, count + 1);
    gsl_sort_index(order, values, 1, count);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && by_size(values, order[first], order[end]) == 0;
             end++) {
        }
        for (size_t i = first; i < end; i++) {
            ranks[order[i]] = (double)(first + 1 + end) / 2.0;
        }
    }
    return ranks;
}

static double mean_of(const double *values, size_t count)
{
    kt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, values[i]);
    }
    return kt_sum_value(sum) / (double)count;
}

static double covariance(const double *a, const double *b, size_t count)
{
    const double mean_a = mean_of(a, count), mean_b = mean_of(b, count);
    kt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, (a[i] - mean_a) * (b[i] - mean_b));
    }
    return kt_sum_value(sum) / (double)count;
}

static double gini_of(const double *ranks, const double *shares, size_t count)
{
    const double n = (double)count;
    kt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, (2.0 * ranks[i] - n - 1.0) * shares[i]);
    }
    return fmax(kt_sum_value(sum) / n, 0.0);
}

static kt_coverage_summary summary_of(const double *f, const double *n, size_t count,
                                      kt_arena *arena)
{
    kt_sum apart = {0}, squares = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&apart, fabs(f[i] - n[i]));
        kt_sum_add(&squares, f[i] * f[i]);
    }
    const double *rank_f = ranks_of(f, count, arena), *rank_n = ranks_of(n, count, arena);
    const double spread =
        sqrt(covariance(rank_f, rank_f, count) * covariance(rank_n, rank_n, count));
    return (kt_coverage_summary){
        .cells = count,
        .dissimilarity = kt_sum_value(apart) / 2.0,
        .hhi = kt_sum_value(squares),
        .gini = gini_of(rank_f, f, count),
        /* ranks as shares, (r - 1/2) / m; the mean of f is 1 / m */
        .concentration_index = 2.0 * covariance(f, rank_n, count),
        .spearman = spread > 0.0 ? covariance(rank_f, rank_n, count) / spread : NAN};
}

kt_status kt_coverage_make(const kt_coverage_cell *cells, size_t count, kt_coverage_limits limits,
                           kt_arena *arena, kt_coverage *out, kt_error *err)
{
    covered of = {.cells = cells, .count = count, .limits = limits};
    KT_TRY(open_cells(&of, arena, err));
    double *f = kt_arena_array(arena, double, count + 1);
    double *n = kt_arena_array(arena, double, count + 1);
    size_t known = 0;
    *out = (kt_coverage){.cells = kt_arena_array(arena, kt_covered_cell, count + 1)};
    for (size_t i = 0; i < count; i++) {
        out->cells[i] = cover(&of, &cells[i]);
        if (!isnan(cells[i].need)) {
            f[known] = out->cells[i].funding_share;
            n[known++] = out->cells[i].need_share;
        }
    }
    out->summary = (kt_coverage_summary){.cells = known,
                                         .dissimilarity = NAN,
                                         .hhi = NAN,
                                         .gini = NAN,
                                         .concentration_index = NAN,
                                         .spearman = NAN};
    if (known > 1 && of.funding > 0.0 && of.need > 0.0) {
        out->summary = summary_of(f, n, known, arena);
    }
    return KT_OK;
}
