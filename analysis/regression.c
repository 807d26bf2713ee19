/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regression.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "sum.h"

#define RANK_TOLERANCE 1e-7
#define BLOCK          ((size_t)256) /* rows reduced at once */

typedef struct table {
    size_t columns;
    const double *x, *y;
} table;

static double take_row(const void *of, size_t row, double *x)
{
    const table *from = of;
    memcpy(x, from->x + row * from->columns, from->columns * sizeof *x);
    return from->y[row];
}

kt_design kt_design_of(size_t row_count, size_t column_count, const double *x, const double *y,
                       kt_arena *arena)
{
    table *of = kt_arena_new(arena, table);
    *of = (table){column_count, x, y};
    return (kt_design){row_count, column_count, take_row, of};
}

double kt_regression_residual(const kt_design *design, const double *coefficient, size_t row,
                              double *x)
{
    kt_sum sum = {.sum = design->row(design->of, row, x)};
    for (size_t column = 0; column < design->column_count; column++) {
        kt_sum_add(&sum, -x[column] * coefficient[column]);
    }
    return kt_sum_value(sum);
}

double kt_regression_ssr(const kt_design *design, const double *coefficient, kt_arena *arena)
{
    double *x = kt_arena_array(arena, double, design->column_count);
    kt_sum sum = {0};
    for (size_t row = 0; row < design->row_count; row++) {
        const double residual = kt_regression_residual(design, coefficient, row, x);
        kt_sum_add(&sum, residual * residual);
    }
    return kt_sum_value(sum);
}

/* The triangle stands above the rows; after it stands there of them all. */
static void reduce_block(double *rows, size_t count, size_t width, double *room)
{
    gsl_matrix_view block = gsl_matrix_view_array(rows, count, width);
    gsl_vector_view tau = gsl_vector_view_array(room, width);
    (void)gsl_linalg_QR_decomp(&block.matrix, &tau.vector);
    for (size_t i = 0; i < width; i++) {
        memset(&rows[i * width], 0, i * sizeof *rows);
    }
}

/* R of [X r], row-major, where r is what the coefficients leave of y. */
static double *reduce(const kt_design *design, const double *coefficient, kt_arena *arena)
{
    const size_t columns = design->column_count, width = columns + 1;
    double *rows = kt_arena_array(arena, double, (width + BLOCK) * width);
    double *room = kt_arena_array(arena, double, width);
    for (size_t row = 0; row < design->row_count;) {
        size_t count = width;
        for (; count < width + BLOCK && row < design->row_count; count++, row++) {
            double *to = &rows[count * width];
            to[columns] = kt_regression_residual(design, coefficient, row, to);
        }
        reduce_block(rows, count, width, room);
    }
    return rows;
}

const double *kt_regression_triangle(const kt_design *design, kt_arena *arena)
{
    return reduce(design, kt_arena_array(arena, double, design->column_count), arena);
}

/* The columns of R that are X's, brought to length one and factored as Q R P'. */
typedef struct factors {
    size_t columns;
    double *length; /* of each column of X */
    double *qr, *tau;
    size_t *place; /* the column of X that stands at each place of R */
} factors;

static gsl_permutation permutation_of(const factors *of)
{
    return (gsl_permutation){.size = of->columns, .data = of->place};
}

static double length_of(const double *triangle, size_t columns, size_t column)
{
    double length = 0.0;
    for (size_t row = 0; row <= column; row++) {
        length = hypot(length, triangle[row * (columns + 1) + column]);
    }
    return length > 0.0 ? length : 1.0;
}

static factors factor(const double *triangle, size_t columns, kt_arena *arena)
{
    factors out = {
        .columns = columns,
        .length = kt_arena_array(arena, double, columns),
        .qr = kt_arena_array(arena, double, columns *columns),
        .tau = kt_arena_array(arena, double, columns),
        .place = kt_arena_array(arena, size_t, columns),
    };
    for (size_t column = 0; column < columns; column++) {
        out.length[column] = length_of(triangle, columns, column);
    }
    for (size_t at = 0; at < columns * columns; at++) {
        const size_t row = at / columns, column = at % columns;
        out.qr[at] = triangle[row * (columns + 1) + column] / out.length[column];
    }
    gsl_matrix_view qr = gsl_matrix_view_array(out.qr, columns, columns);
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

/* Adds the coefficients that fit the triangle's last column to those there are. */
static void add_solution(const factors *of, const double *triangle, double *coefficient,
                         kt_arena *arena)
{
    const size_t columns = of->columns;
    double *solution = kt_arena_array(arena, double, columns);
    const gsl_matrix_const_view qr = gsl_matrix_const_view_array(of->qr, columns, columns);
    const gsl_vector_const_view tau = gsl_vector_const_view_array(of->tau, columns);
    const gsl_vector_const_view target =
        gsl_vector_const_view_array_with_stride(triangle + columns, columns + 1, columns);
    gsl_vector_view b = gsl_vector_view_array(solution, columns);
    const gsl_permutation place = permutation_of(of);
    (void)gsl_linalg_QRPT_solve(&qr.matrix, &tau.vector, &place, &target.vector, &b.vector);
    for (size_t column = 0; column < columns; column++) {
        coefficient[column] += solution[column] / of->length[column];
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

kt_regression kt_regression_fit(const kt_design *design, kt_arena *arena)
{
    const size_t rows = design->row_count, columns = design->column_count;
    if (rows <= columns) {
        return (kt_regression){
            .reason = kt_arena_print(arena, "observations: %zu, at least %zu are needed", rows,
                                     columns + 1)};
    }
    double *coefficient = kt_arena_array(arena, double, columns);
    const double *triangle = reduce(design, coefficient, arena);
    const factors found = factor(triangle, columns, arena);
    const size_t rank = rank_of(&found);
    if (rank < columns) {
        return (kt_regression){.reason = kt_arena_print(
                                   arena, "the regressors have rank %zu, not %zu", rank, columns)};
    }
    add_solution(&found, triangle, coefficient, arena);
    /* once more, for what rounding has left in the residuals */
    add_solution(&found, reduce(design, coefficient, arena), coefficient, arena);
    return (kt_regression){
        .freedom = rows - columns,
        .coefficient = coefficient,
        .cross_inverse = invert_cross(&found, arena),
        .ssr = kt_regression_ssr(design, coefficient, arena),
    };
}

/* Adds weight (one other' + other one'), or weight one one' once. */
static void add_product(const double *one, const double *other, double weight, size_t columns,
                        double *meat)
{
    for (size_t a = 0; a < columns; a++) {
        for (size_t b = 0; b < columns; b++) {
            const double mirror = one == other ? 0.0 : other[a] * one[b];
            meat[a * columns + b] += weight * (one[a] * other[b] + mirror);
        }
    }
}

/* Scores x_i e_i are added up as the rows go by; those that later rows need are kept in turn. */
typedef struct scores {
    const kt_design *design;
    const kt_errors *errors;
    size_t columns, kept;
    double *value; /* of row i at i modulo kept; of a cluster the sum so far */
    double *meat;
} scores;

static double *score_at(const scores *of, size_t row)
{
    return &of->value[row % of->kept * of->columns];
}

/* The distance in time of two rows, the later one first. */
static size_t distance(const kt_errors *errors, size_t late, size_t early)
{
    return errors->time == NULL ? late - early : (size_t)(errors->time[late] - errors->time[early]);
}

static void add_neighbours(const scores *of, size_t row)
{
    const kt_errors *errors = of->errors;
    for (size_t j = row; j-- > 0 && distance(errors, row, j) <= errors->lag;) {
        const double weight = 1.0 - (double)distance(errors, row, j) / ((double)errors->lag + 1.0);
        add_product(score_at(of, row), score_at(of, j), weight, of->columns, of->meat);
    }
}

/* Whether the next row's score is added to this one's. */
static bool goes_on(const scores *of, size_t row)
{
    const kt_errors *errors = of->errors;
    return errors->kind == KT_ERRORS_CLUSTER && row + 1 < of->design->row_count &&
           errors->cluster[row] == errors->cluster[row + 1];
}

static void add_score(const scores *of, const kt_regression *fit, size_t row, double *x)
{
    const double residual = kt_regression_residual(of->design, fit->coefficient, row, x);
    double *score = score_at(of, row);
    if (row == 0 || !goes_on(of, row - 1)) {
        memset(score, 0, of->columns * sizeof *score);
    }
    for (size_t column = 0; column < of->columns; column++) {
        score[column] += x[column] * residual;
    }
    if (goes_on(of, row)) {
        return;
    }
    add_product(score, score, 1.0, of->columns, of->meat);
    if (of->errors->kind == KT_ERRORS_NEWEY_WEST) {
        add_neighbours(of, row);
    }
}

static double *meat_of(const kt_design *design, const kt_regression *fit, const kt_errors *errors,
                       kt_arena *arena)
{
    const size_t columns = design->column_count;
    const size_t lag = errors->kind == KT_ERRORS_NEWEY_WEST ? errors->lag : 0;
    const size_t kept = (lag < design->row_count ? lag : design->row_count) + 1;
    const scores of = {.design = design,
                       .errors = errors,
                       .columns = columns,
                       .kept = kept,
                       .value = kt_arena_array(arena, double, kept *columns),
                       .meat = kt_arena_array(arena, double, columns *columns)};
    double *x = kt_arena_array(arena, double, columns);
    for (size_t row = 0; row < design->row_count; row++) {
        add_score(&of, fit, row, x);
    }
    return of.meat;
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
        return sandwich(fit->cross_inverse, meat_of(design, fit, errors, arena), columns, scale,
                        arena);
    }
    double *out = kt_arena_array(arena, double, columns *columns);
    for (size_t at = 0; at < columns * columns; at++) {
        out[at] = scale * fit->cross_inverse[at];
    }
    return out;
}
