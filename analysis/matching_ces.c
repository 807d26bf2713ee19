/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matching_ces.h"

#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdbool.h>

#include "core/cleanup.h"
#include "sum.h"

#define STEPS_MOST  500
#define STEP_LEAST  1e-10
#define SETTLED     1e-6 /* of a coefficient: what a further step would still change */
#define NEARLY_ZERO 1e-3 /* of r ln(v/u): below it the slope in r comes by its series */
#define WEIGHT_EDGE 1e-6

enum { AT_CONSTANT, AT_WEIGHT, AT_EXPONENT, FITTED };
enum { TERM_SUBSTITUTION = FITTED, TERM_COUNT };
enum { REDUCED = FITTED + 1 };

/* y = c + g(x): x is ln(v/u) less its mean, so that weight and exponent hardly move together. */
typedef struct points {
    const kt_matching_rows *rows;
    double mean;
} points;

/* The curve with the logit of the weight, which then has no bounds. */
typedef struct curve {
    double constant, logit, exponent;
} curve;

static double share_of(double logit)
{
    return 1.0 / (1.0 + exp(-logit));
}

/* ln(1 + e^z) */
static double softplus(double z)
{
    return fmax(z, 0.0) + log1p(exp(-fabs(z)));
}

/* ln(a e^(rx) + 1 - a) */
static double log_mean(const curve *of, double x)
{
    const double z = of->exponent * x;
    return fabs(z) < 1.0 ? log1p(share_of(of->logit) * expm1(z))
                         : softplus(of->logit + z) - softplus(of->logit);
}

static double value_at(const curve *of, double x)
{
    const double inner =
        of->exponent == 0.0 ? share_of(of->logit) * x : log_mean(of, x) / of->exponent;
    return of->constant + inner;
}

/* Slopes in the constant, the logit and the exponent. */
static void slopes_at(const curve *of, double x, double out[FITTED])
{
    const double r = of->exponent, a = share_of(of->logit), spread = a * (1.0 - a);
    const double share = share_of(of->logit + r * x);
    out[AT_CONSTANT] = 1.0;
    if (fabs(r * x) < NEARLY_ZERO) {
        /* cumulants of a draw that is x with probability a */
        const double second = spread * x * x, third = spread * (1.0 - 2.0 * a) * x * x * x;
        const double fourth = spread * (1.0 - 6.0 * spread) * x * x * x * x;
        out[AT_WEIGHT] =
            spread * x *
            (1.0 + (1.0 - 2.0 * a) * r * x / 2.0 + (1.0 - 6.0 * spread) * r * x * r * x / 6.0);
        out[AT_EXPONENT] = second / 2.0 + r * third / 3.0 + r * r * fourth / 8.0;
        return;
    }
    out[AT_WEIGHT] = (share - a) / r;
    out[AT_EXPONENT] = (x * share - log_mean(of, x) / r) / r;
}

static curve curve_of(const gsl_vector *at)
{
    return (curve){gsl_vector_get(at, AT_CONSTANT), gsl_vector_get(at, AT_WEIGHT),
                   gsl_vector_get(at, AT_EXPONENT)};
}

static double x_at(const points *of, size_t row)
{
    const size_t at = kt_matching_place(of->rows, row);
    return log(of->rows->vacancies[at]) - log(of->rows->unemployed[at]);
}

static double y_at(const points *of, size_t row)
{
    const size_t at = kt_matching_place(of->rows, row);
    return log(of->rows->hires[at]) - log(of->rows->unemployed[at]);
}

/* What is fitted at one curve. */
typedef struct place {
    const points *of;
    const curve *at;
} place;

/* The slopes in a row, and how far the curve is above it. */
static double slopes_in_row(const void *context, size_t row, double *slope)
{
    const place *is = context;
    const double x = x_at(is->of, row) - is->of->mean;
    slopes_at(is->at, x, slope);
    return value_at(is->at, x) - y_at(is->of, row);
}

/* A trust region asks of slopes J and residuals f for J'J, J'f and f'f alone, and these are the
 * same of the triangle, which has a few rows: R'R = [J f]'[J f]. */
static void reduce_at(const gsl_vector *at, const points *of, gsl_vector *f, gsl_matrix *j)
{
    const curve tried = curve_of(at);
    const place is = {of, &tried};
    const kt_design design = {of->rows->count, FITTED, slopes_in_row, &is};
    KT_AUTO(arena) kt_arena *own = kt_arena_open("the slopes of a curve", 0);
    const gsl_matrix_const_view triangle =
        gsl_matrix_const_view_array(kt_regression_triangle(&design, own), REDUCED, REDUCED);
    const gsl_matrix_const_view r =
        gsl_matrix_const_submatrix(&triangle.matrix, 0, 0, REDUCED, FITTED);
    if (f != NULL) {
        (void)gsl_matrix_get_col(f, &triangle.matrix, FITTED);
    } else {
        (void)gsl_matrix_memcpy(j, &r.matrix);
    }
}

static int residuals(const gsl_vector *at, void *context, gsl_vector *out)
{
    reduce_at(at, context, out, NULL);
    return GSL_SUCCESS;
}

static int slopes(const gsl_vector *at, void *context, gsl_matrix *out)
{
    reduce_at(at, context, NULL, out);
    return GSL_SUCCESS;
}

static points points_of(const kt_matching_rows *rows)
{
    points out = {.rows = rows};
    kt_sum sum = {0};
    for (size_t row = 0; row < rows->count; row++) {
        kt_sum_add(&sum, x_at(&out, row));
    }
    out.mean = kt_sum_value(sum) / (double)rows->count;
    return out;
}

static double line_in_row(const void *context, size_t row, double *x)
{
    const points *of = context;
    x[0] = 1.0;
    x[1] = x_at(of, row);
    return y_at(of, row);
}

/* Where the search begins: the straight line, which is the curve with r = 0. */
static const char *start_of(const points *of, kt_arena *arena, double out[FITTED])
{
    const kt_design design = {of->rows->count, 2, line_in_row, of};
    const kt_regression line = kt_regression_fit(&design, arena);
    if (line.reason != NULL) {
        return line.reason;
    }
    const double slope = fmin(fmax(line.coefficient[1], 0.05), 0.95);
    out[AT_CONSTANT] = line.coefficient[0] + line.coefficient[1] * of->mean;
    out[AT_WEIGHT] = log(slope / (1.0 - slope));
    out[AT_EXPONENT] = 0.0;
    return NULL;
}

static bool search(points *of, const double start[FITTED], curve *out)
{
    const gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, REDUCED, FITTED);
    if (work == NULL) {
        return false;
    }
    gsl_multifit_nlinear_fdf problem = {
        .f = residuals, .df = slopes, .n = REDUCED, .p = FITTED, .params = of};
    const gsl_vector_const_view begin = gsl_vector_const_view_array(start, FITTED);
    int info = 0;
    (void)gsl_multifit_nlinear_init(&begin.vector, &problem, work);
    (void)gsl_multifit_nlinear_driver(STEPS_MOST, STEP_LEAST, 0.0, 0.0, NULL, NULL, &info, work);
    *out = curve_of(gsl_multifit_nlinear_position(work));
    gsl_multifit_nlinear_free(work);
    return isfinite(out->constant) && isfinite(out->logit) && isfinite(out->exponent);
}

/* The slopes in the weight itself and in ln(v/u) without its mean, and what the curve leaves. */
static double step_in_row(const void *context, size_t row, double *slope)
{
    const place *is = context;
    const double weight = share_of(is->at->logit), x = x_at(is->of, row);
    slopes_at(is->at, x, slope);
    slope[AT_WEIGHT] /= weight * (1.0 - weight);
    return y_at(is->of, row) - value_at(is->at, x);
}

/* The same curve over ln(v/u) itself. */
static curve move_back(const curve *from, double mean)
{
    curve out = {.logit = from->logit - from->exponent * mean, .exponent = from->exponent};
    out.constant = from->constant - value_at(&out, mean);
    return out;
}

static const char *gate(const curve *of, kt_arena *arena)
{
    const double weight = share_of(of->logit);
    if (!(of->exponent < 1.0)) {
        return kt_arena_print(arena, "the exponent is not below 1: %.4g", of->exponent);
    }
    if (!(weight > WEIGHT_EDGE && weight < 1.0 - WEIGHT_EDGE)) {
        return kt_arena_print(arena, "the weight of vacancies runs to the end of 0 to 1: %.4g",
                              weight);
    }
    return NULL;
}

/* step is the last one, which the search has found too small to take. */
static void set_terms(const curve *of, const double *step, const double *covariance,
                      kt_matching *out)
{
    const double r = of->exponent + step[AT_EXPONENT];
    out->term[AT_CONSTANT].estimate = of->constant + step[AT_CONSTANT];
    out->term[AT_WEIGHT].estimate = share_of(of->logit) + step[AT_WEIGHT];
    out->term[AT_EXPONENT].estimate = r;
    for (size_t i = 0; i < FITTED; i++) {
        out->term[i].error = sqrt(covariance[i * FITTED + i]);
    }
    out->term[TERM_SUBSTITUTION].estimate = 1.0 / (1.0 - r);
    out->term[TERM_SUBSTITUTION].error = out->term[AT_EXPONENT].error / ((1.0 - r) * (1.0 - r));
}

kt_matching kt_matching_ces_terms(void)
{
    static const char *const names[TERM_COUNT] = {
        [AT_CONSTANT] = "constant",
        [AT_WEIGHT] = "vacancies",
        [AT_EXPONENT] = "exponent",
        [TERM_SUBSTITUTION] = "elasticity_of_substitution",
    };
    kt_matching out = {.count = TERM_COUNT};
    for (size_t i = 0; i < TERM_COUNT; i++) {
        out.term[i] = (kt_matching_term){names[i], NAN, NAN};
    }
    return out;
}

const char *kt_matching_ces_fit(const kt_matching_rows *rows, kt_matching *out, kt_arena *arena)
{
    points of = points_of(rows);
    double start[FITTED];
    const char *reason = start_of(&of, arena, start);
    if (reason != NULL) {
        return reason;
    }
    curve centred;
    if (!search(&of, start, &centred)) {
        return "the search for the curve does not settle";
    }
    const curve found = move_back(&centred, of.mean);
    reason = gate(&found, arena);
    if (reason != NULL) {
        return reason;
    }
    const place is = {&of, &found};
    const kt_design design = {rows->count, FITTED, step_in_row, &is};
    const kt_regression step = kt_regression_fit(&design, arena);
    if (step.reason != NULL) {
        return step.reason;
    }
    if (fabs(step.coefficient[AT_WEIGHT]) > SETTLED ||
        fabs(step.coefficient[AT_EXPONENT]) > SETTLED) {
        return "the search for the curve does not settle";
    }
    set_terms(&found, step.coefficient,
              kt_regression_covariance(&design, &step, &rows->errors, arena), out);
    return NULL;
}
