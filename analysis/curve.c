/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curve.h"

#include <math.h>
#include <stdbool.h>

/* An elasticity of this size is rounding: v does not vary with u. */
#define ROUNDING 1e-12

/* Several segments as one design: a constant for each, and the common -ln u last. */
typedef struct stack {
    kt_design design;
    int *time;
} stack;

static stack stack_up(const kt_curve_points *segments, const size_t *which, size_t count,
                      kt_arena *arena)
{
    size_t rows = 0;
    for (size_t i = 0; i < count; i++) {
        rows += segments[which[i]].count;
    }
    double *x = kt_arena_array(arena, double, rows *(count + 1));
    double *y = kt_arena_array(arena, double, rows);
    int *time = kt_arena_array(arena, int, rows);
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        const kt_curve_points *from = &segments[which[i]];
        for (size_t at = 0; at < from->count; at++, row++) {
            x[row * (count + 1) + i] = 1.0;
            x[row * (count + 1) + count] = -log(from->unemployment_rate[at]);
            y[row] = log(from->vacancy_rate[at]);
            time[row] = from->time[at];
        }
    }
    return (stack){kt_design_of(rows, count + 1, x, y, arena), time};
}

/* Their covariance; NULL where the lag reaches as far as the data: scores sum to zero, so the
 * errors would too. */
static const double *covariance_of(const stack *of, const kt_regression *fit, kt_errors errors,
                                   kt_arena *arena)
{
    errors.time = of->time;
    const bool too_far = errors.kind == KT_ERRORS_NEWEY_WEST && errors.lag >= of->design.row_count;
    return too_far ? NULL : kt_regression_covariance(&of->design, fit, &errors, arena);
}

static void set_errors(kt_curve *curve, const double *covariance, const kt_errors *errors,
                       kt_arena *arena)
{
    if (covariance == NULL) {
        curve->note = kt_arena_print(arena, "no standard errors: too few observations for lag %zu",
                                     errors->lag);
        return;
    }
    curve->intercept_error = sqrt(covariance[0]);
    curve->elasticity_error = sqrt(covariance[3]);
    if (curve->elasticity <= 2.0 * curve->elasticity_error) {
        curve->note = "the elasticity is within two standard errors of 0";
    }
}

static kt_curve fit_one(const kt_curve_points *segments, size_t at, const kt_errors *errors,
                        kt_arena *arena)
{
    kt_curve curve = {.reason = segments[at].reason,
                      .intercept = NAN,
                      .intercept_error = NAN,
                      .elasticity = NAN,
                      .elasticity_error = NAN,
                      .shift = NAN,
                      .shift_error = NAN};
    if (curve.reason != NULL) {
        return curve;
    }
    const stack of = stack_up(segments, &at, 1, arena);
    const kt_regression fit = kt_regression_fit(&of.design, arena);
    if (fit.reason != NULL) {
        curve.reason = segments[at].count > 2 ? "the unemployment rate does not vary" : fit.reason;
        return curve;
    }
    if (fit.coefficient[1] <= ROUNDING) {
        curve.reason =
            kt_arena_print(arena, "the elasticity is not above 0: %.4g", fit.coefficient[1]);
        return curve;
    }
    curve.intercept = fit.coefficient[0];
    curve.elasticity = fit.coefficient[1];
    set_errors(&curve, covariance_of(&of, &fit, *errors, arena), errors, arena);
    return curve;
}

static void add_note(kt_curve *curve, const char *note, kt_arena *arena)
{
    curve->note = curve->note == NULL ? note : kt_arena_print(arena, "%s; %s", curve->note, note);
}

/* The segments which[0 .. count) have curves. */
static void set_shifts(const kt_curve_points *segments, const size_t *which, size_t count,
                       const kt_errors *errors, kt_arena *arena, kt_curve *out)
{
    const stack of = stack_up(segments, which, count, arena);
    const kt_regression fit = kt_regression_fit(&of.design, arena);
    const size_t columns = count + 1;
    const double *covariance = fit.reason == NULL ? covariance_of(&of, &fit, *errors, arena) : NULL;
    for (size_t i = 1; i < count; i++) {
        kt_curve *curve = &out[which[i]];
        if (which[i - 1] + 1 != which[i]) {
            continue;
        }
        if (fit.reason != NULL) {
            add_note(curve, kt_arena_print(arena, "no shift: %s", fit.reason), arena);
            continue;
        }
        curve->shift = fit.coefficient[i] - fit.coefficient[i - 1];
        if (covariance != NULL) {
            const double variance = covariance[i * columns + i] +
                                    covariance[(i - 1) * columns + i - 1] -
                                    2.0 * covariance[i * columns + i - 1];
            curve->shift_error = sqrt(fmax(variance, 0.0));
        }
    }
}

void kt_curve_fit(const kt_curve_points *segments, size_t count, const kt_errors *errors,
                  kt_arena *arena, kt_curve *out)
{
    size_t *which = kt_arena_array(arena, size_t, count);
    size_t fitted = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = fit_one(segments, i, errors, arena);
        if (out[i].reason == NULL) {
            which[fitted++] = i;
        }
        if (i > 0 && out[i].reason == NULL && out[i - 1].reason != NULL) {
            add_note(&out[i], "no shift: the segment before has no curve", arena);
        }
    }
    if (fitted > 1) {
        set_shifts(segments, which, fitted, errors, arena, out);
    }
}
