/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regression.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "sum.h"

#define RANK_TOLERANCE 1e-7

/* X with columns of length one, factored as Q R P'. */
typedef struct factors {
    size_t rows, columns;
    double *length; /* of each column of X */
    double *qr, *tau;
    size_t *place; /* the column of X that stands at each place of R */
} factors;

static double length_of(const kt_design *design, size_t column)
{
    double length = 0.0;
    for (size_t row = 0; row < design->row_count; row++) {
        length = hypot(length, design->x[row * design->column_count + column]);
    }
    return length > 0.0 ? length : 1.0;
}

static gsl_permutation permutation_of(const factors *of)
{
    return (gsl_permutation){.size = of->columns, .data = of->place};
}

static factors factor(const kt_design *design, kt_arena *arena)
{
    const size_t rows = design->row_count, columns = design->column_count;
    factors out = {
        .rows = rows,
        .columns = columns,
        .length = kt_arena_array(arena, double, columns),
        .qr = kt_arena_array(arena, double, rows *columns),
        .tau = kt_arena_array(arena, double, columns),
        .place = kt_arena_array(arena, size_t, columns),
    };
    for (size_t column = 0; column < columns; column++) {
        out.length[column] = length_of(design, column);
    }
    for (size_t at = 0; at < rows * columns; at++) {
        out.qr[at] = design->x[at] / out.length[at % columns];
    }
    gsl_matrix_view qr = gsl_matrix_view_array(out.qr, rows, columns);
    gsl_vector_view tau = gsl_vector_view_array(out.tau, columns);
    gsl_vector_view norm = gsl_vector_view_array(kt_arena_array(arena, double, columns), columns);
    gsl_permutation place = permutation_of(&out);
    int sign = 0;
    (void)gsl_linalg_QRPT_decomp(&qr.matrix, &tau.vector, &place, &sign, &norm.vector);
    return out;
}

static size_t rank_of(const factors *of)
{
    size_t rank = 0;
    while (rank < of->columns && fabs(of->qr[rank * of->columns + rank]) > RANK_TOLERANCE) {
        rank++;
    }
    return rank;
}

/* Adds the coefficients that fit target to those there are. */
static void add_solution(const factors *of, double *target, double *coefficient, kt_arena *arena)
{
    double *solution = kt_arena_array(arena, double, of->columns);
    double *rest = kt_arena_array(arena, double, of->rows);
    const gsl_matrix_const_view qr = gsl_matrix_const_view_array(of->qr, of->rows, of->columns);
    const gsl_vector_const_view tau = gsl_vector_const_view_array(of->tau, of->columns);
    const gsl_vector_const_view y = gsl_vector_const_view_array(target, of->rows);
    gsl_vector_view b = gsl_vector_view_array(solution, of->columns);
    gsl_vector_view residual = gsl_vector_view_array(rest, of->rows);
    const gsl_permutation place = permutation_of(of);
    (void)gsl_linalg_QRPT_lssolve(&qr.matrix, &tau.vector, &place, &y.vector, &b.vector,
                                  &residual.vector);
    for (size_t column = 0; column < of->columns; column++) {
        coefficient[column] += solution[column] / of->length[column];
    }
}

static void set_residuals(const kt_design *design, const double *coefficient, double *residual)
{
    for (size_t row = 0; row < design->row_count; row++) {
        kt_sum sum = {.sum = design->y[row]};
        for (size_t column = 0; column < design->column_count; column++) {
            kt_sum_add(&sum, -design->x[row * design->column_count + column] * coefficient[column]);
        }
        residual[row] = kt_sum_value(sum);
    }
}

/* one * other over [first, end). */
static double dot(const double *one, const double *other, size_t first, size_t end)
{
    double sum = 0.0;
    for (size_t k = first; k < end; k++) {
        sum += one[k] * other[k];
    }
    return sum;
}

/* The columns of R^-1, one after another, by back substitution. */
static double *invert_r(const factors *of, kt_arena *arena)
{
    const size_t count = of->columns;
    double *inverse = kt_arena_array(arena, double, count *count);
    for (size_t i = 0; i < count; i++) {
        double *column = &inverse[i * count];
        column[i] = 1.0 / of->qr[i * count + i];
        for (size_t row = i; row-- > 0;) {
            const double *r = &of->qr[row * count];
            column[row] = -dot(r, column, row + 1, i + 1) / r[row];
        }
    }
    return inverse;
}

/* (X'X)^-1 = P R^-1 R^-T P', in the units of the columns. */
static double *invert_cross(const factors *of, kt_arena *arena)
{
    const size_t count = of->columns;
    const double *r = invert_r(of, arena);
    double *inverse = kt_arena_array(arena, double, count *count);
    for (size_t at = 0; at < count * count; at++) {
        const size_t i = at / count, j = at % count;
        double sum = 0.0;
        for (size_t k = i > j ? i : j; k < count; k++) {
            sum += r[k * count + i] * r[k * count + j];
        }
        const size_t row = of->place[i], column = of->place[j];
        inverse[row * count + column] = sum / of->length[row] / of->length[column];
    }
    return inverse;
}

static double sum_of_squares(const double *value, size_t count)
{
    kt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, value[i] * value[i]);
    }
    return kt_sum_value(sum);
}

kt_regression kt_regression_fit(const kt_design *design, kt_arena *arena)
{
    const size_t rows = design->row_count, columns = design->column_count;
    if (rows <= columns) {
        return (kt_regression){
            .reason = kt_arena_print(arena, "observations: %zu, at least %zu are needed", rows,
                                     columns + 1)};
    }
    const factors found = factor(design, arena);
    const size_t rank = rank_of(&found);
    if (rank < columns) {
        return (kt_regression){.reason = kt_arena_print(
                                   arena, "the regressors have rank %zu, not %zu", rank, columns)};
    }
    kt_regression fit = {
        .freedom = rows - columns,
        .coefficient = kt_arena_array(arena, double, columns),
        .residual = kt_arena_array(arena, double, rows),
        .cross_inverse = invert_cross(&found, arena),
    };
    /* the second round fits what rounding has left in the residuals of the first */
    memcpy(fit.residual, design->y, rows * sizeof *fit.residual);
    for (int round = 0; round < 2; round++) {
        add_solution(&found, fit.residual, fit.coefficient, arena);
        set_residuals(design, fit.coefficient, fit.residual);
    }
    fit.ssr = sum_of_squares(fit.residual, rows);
    return fit;
}

/* Scores x_i e_i, of each row or summed over the rows of a cluster. */
typedef struct scores {
    size_t count, columns;
    double *value;
} scores;

static scores scores_of(const kt_design *design, const kt_regression *fit, const kt_errors *errors,
                        kt_arena *arena)
{
    const size_t columns = design->column_count;
    const bool clustered = errors->kind == KT_ERRORS_CLUSTER;
    scores out = {.count = clustered ? errors->cluster_count : design->row_count,
                  .columns = columns};
    out.value = kt_arena_array(arena, double, out.count *columns);
    for (size_t row = 0; row < design->row_count; row++) {
        double *to = &out.value[(clustered ? errors->cluster[row] : row) * columns];
        for (size_t column = 0; column < columns; column++) {
            to[column] += design->x[row * columns + column] * fit->residual[row];
        }
    }
    return out;
}

/* Adds weight (s_i s_j' + s_j s_i'), or weight s_i s_i' once. */
static void add_product(const scores *of, size_t i, size_t j, double weight, double *meat)
{
    const double *one = &of->value[i * of->columns], *other = &of->value[j * of->columns];
    for (size_t a = 0; a < of->columns; a++) {
        for (size_t b = 0; b < of->columns; b++) {
            const double mirror = i == j ? 0.0 : other[a] * one[b];
            meat[a * of->columns + b] += weight * (one[a] * other[b] + mirror);
        }
    }
}

/* The distance in time of two rows, the later one first. */
static size_t distance(const kt_errors *errors, size_t late, size_t early)
{
    return errors->time == NULL ? late - early : (size_t)(errors->time[late] - errors->time[early]);
}

static double *meat_of(const scores *of, const kt_errors *errors, kt_arena *arena)
{
    double *meat = kt_arena_array(arena, double, of->columns * of->columns);
    for (size_t i = 0; i < of->count; i++) {
        add_product(of, i, i, 1.0, meat);
        if (errors->kind != KT_ERRORS_NEWEY_WEST) {
            continue;
        }
        for (size_t j = i; j-- > 0 && distance(errors, i, j) <= errors->lag;) {
            const double weight =
                1.0 - (double)distance(errors, i, j) / ((double)errors->lag + 1.0);
            add_product(of, i, j, weight, meat);
        }
    }
    return meat;
}

/* inverse * meat * inverse * factor */
static double *sandwich(const double *inverse, const double *meat, size_t count, double scale,
                        kt_arena *arena)
{
    double *half = kt_arena_array(arena, double, count *count);
    double *out = kt_arena_array(arena, double, count *count);
    for (size_t at = 0; at < count * count; at++) {
        for (size_t k = 0; k < count; k++) {
            half[at] += inverse[at / count * count + k] * meat[k * count + at % count];
        }
    }
    for (size_t at = 0; at < count * count; at++) {
        for (size_t k = 0; k < count; k++) {
            out[at] += half[at / count * count + k] * inverse[k * count + at % count];
        }
        out[at] *= scale;
    }
    return out;
}

static double scale_of(const kt_design *design, const kt_regression *fit, const kt_errors *errors)
{
    const double rows = (double)design->row_count, freedom = (double)fit->freedom;
    const double clusters = (double)errors->cluster_count;
    switch (errors->kind) {
    case KT_ERRORS_CLASSICAL:
        return fit->ssr / freedom;
    case KT_ERRORS_HC1:
        return rows / freedom;
    case KT_ERRORS_CLUSTER:
        return clusters < 2.0 ? NAN : clusters / (clusters - 1.0) * (rows - 1.0) / freedom;
    case KT_ERRORS_NEWEY_WEST:
        break;
    }
    return 1.0;
}

double *kt_regression_covariance(const kt_design *design, const kt_regression *fit,
                                 const kt_errors *errors, kt_arena *arena)
{
    const size_t columns = design->column_count;
    const double scale = scale_of(design, fit, errors);
    if (errors->kind != KT_ERRORS_CLASSICAL) {
        const scores found = scores_of(design, fit, errors, arena);
        return sandwich(fit->cross_inverse, meat_of(&found, errors, arena), columns, scale, arena);
    }
    double *out = kt_arena_array(arena, double, columns *columns);
    for (size_t at = 0; at < columns * columns; at++) {
        out[at] = scale * fit->cross_inverse[at];
    }
    return out;
}
