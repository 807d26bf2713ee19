/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matching.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "effects.h"
#include "matching_ces.h"

#define WITHIN_LEAST 1e-7 /* of a column's length, as the rank of a regression */
#define F_LEAST      10.0 /* Staiger and Stock's rule for one regressor */

/* What a model fits. The first terms are coefficients, in the order of the columns. */
typedef struct shape {
    bool constant;
    bool ratios;  /* h and v are taken per unemployed */
    bool flows;   /* new vacancies and newly unemployed stand beside the stocks */
    bool markets; /* effects */
    bool periods;
    bool instruments;
} shape;

static const shape shapes[] = {
    [KT_MATCHING_OLS] = {.constant = true},
    [KT_MATCHING_CRS] = {.constant = true, .ratios = true},
    [KT_MATCHING_FE] = {.markets = true},
    [KT_MATCHING_TWOWAY] = {.markets = true, .periods = true},
    [KT_MATCHING_2SLS] = {.constant = true, .ratios = true, .instruments = true},
    [KT_MATCHING_STOCKFLOW] = {.constant = true, .flows = true},
};

/* A design and the fit of it, whose residuals may be those of another one. */
typedef struct task {
    const kt_matching_rows *rows;
    const shape *shape;
    kt_design design;
    double *x, *y; /* of the design */
    size_t absorbed;
    kt_regression fit;
} task;

static void add_term(kt_matching *to, const char *name)
{
    to->term[to->count++] = (kt_matching_term){name, NAN, NAN};
}

static kt_matching terms_of(const shape *of)
{
    kt_matching out = {0};
    if (of->constant) {
        add_term(&out, "constant");
    }
    add_term(&out, "vacancies");
    add_term(&out, "unemployed");
    if (of->flows) {
        add_term(&out, "new_vacancies");
        add_term(&out, "new_unemployed");
    }
    if (!of->ratios) {
        add_term(&out, "returns_to_scale");
    }
    return out;
}

static double *fill_row(const task *of, size_t row, double *x)
{
    const kt_matching_rows *rows = of->rows;
    const double unemployed = log(rows->unemployed[row]);
    if (of->shape->constant) {
        *x++ = 1.0;
    }
    *x++ = log(rows->vacancies[row]) - (of->shape->ratios ? unemployed : 0.0);
    if (!of->shape->ratios) {
        *x++ = unemployed;
    }
    if (of->shape->flows) {
        *x++ = log(rows->new_vacancies[row]);
        *x++ = log(rows->new_unemployed[row]);
    }
    of->y[row] = log(rows->hires[row]) - (of->shape->ratios ? unemployed : 0.0);
    return x;
}

static void fill_design(task *of, kt_arena *arena)
{
    const size_t rows = of->rows->count;
    const size_t columns =
        (size_t)of->shape->constant + (of->shape->ratios ? 1 : 2) + (of->shape->flows ? 2 : 0);
    of->x = kt_arena_array(arena, double, rows *columns);
    of->y = kt_arena_array(arena, double, rows);
    double *x = of->x;
    for (size_t row = 0; row < rows; row++) {
        x = fill_row(of, row, x);
    }
    of->design = (kt_design){rows, columns, of->x, of->y};
}

static double length_of(const double *value, size_t count, size_t stride)
{
    double length = 0.0;
    for (size_t i = 0; i < count; i++) {
        length = hypot(length, value[i * stride]);
    }
    return length;
}

/* Takes the effects out of every column; why that leaves nothing to fit, or NULL. */
static const char *take_effects(task *of, kt_arena *arena)
{
    const kt_matching_rows *rows = of->rows;
    const kt_effects effects = {
        .row_count = rows->count,
        .market_count = rows->market_count,
        .period_count = rows->period_count,
        .market = rows->market,
        .period = of->shape->periods ? rows->period : NULL,
    };
    const size_t columns = of->design.column_count;
    bool settled = kt_effects_remove(&effects, of->y, 1, arena);
    for (size_t column = 0; column < columns; column++) {
        double *x = of->x + column;
        const double before = length_of(x, rows->count, columns);
        settled = kt_effects_remove(&effects, x, columns, arena) && settled;
        if (length_of(x, rows->count, columns) <= WITHIN_LEAST * before) {
            return kt_arena_print(arena, "%s do not vary beside the effects",
                                  column == 0 ? "vacancies" : "unemployed");
        }
    }
    of->absorbed = kt_effects_rank(&effects, arena);
    return settled ? NULL : "the effects of markets and periods cannot be told apart";
}

/* Only what the instruments explain of ln(v/u) is left in the design; the F of that. */
static const char *first_stage(task *of, double *f, kt_arena *arena)
{
    const size_t rows = of->rows->count, columns = of->rows->instrument_count + 1;
    double *x = kt_arena_array(arena, double, rows *columns);
    double *y = kt_arena_array(arena, double, rows);
    double mean = 0.0, total = 0.0;
    for (size_t row = 0; row < rows; row++) {
        x[row * columns] = 1.0;
        for (size_t i = 1; i < columns; i++) {
            x[row * columns + i] = of->rows->instrument[i - 1][row];
        }
        y[row] = of->x[row * 2 + 1];
        mean += y[row] / (double)rows;
    }
    const kt_regression fit = kt_regression_fit(&(kt_design){rows, columns, x, y}, arena);
    if (fit.reason != NULL) {
        return kt_arena_print(arena, "the instruments: %s", fit.reason);
    }
    for (size_t row = 0; row < rows; row++) {
        total += (y[row] - mean) * (y[row] - mean);
        of->x[row * 2 + 1] = y[row] - fit.residual[row];
    }
    *f = fmax(total - fit.ssr, 0.0) / (double)(columns - 1) / (fit.ssr / (double)fit.freedom);
    return NULL;
}

/* The residuals of the second stage are those of ln(v/u) itself. */
static void set_actual_residuals(task *of, kt_arena *arena)
{
    const double *fitted = of->x;
    fill_design(of, arena);
    of->fit.ssr = 0.0;
    for (size_t row = 0; row < of->rows->count; row++) {
        const double residual =
            of->y[row] - of->fit.coefficient[0] - of->fit.coefficient[1] * of->x[row * 2 + 1];
        of->fit.residual[row] = residual;
        of->fit.ssr += residual * residual;
    }
    of->design.x = fitted;
}

static const char *fit(task *of, kt_matching *out, kt_arena *arena)
{
    fill_design(of, arena);
    const char *reason = NULL;
    double f = INFINITY;
    if (of->shape->markets) {
        reason = take_effects(of, arena);
    } else if (of->shape->instruments) {
        reason = first_stage(of, &f, arena);
    }
    if (reason != NULL) {
        return reason;
    }
    of->fit = kt_regression_fit(&of->design, arena);
    if (of->fit.reason != NULL) {
        return of->fit.reason;
    }
    if (of->fit.freedom <= of->absorbed) {
        return kt_arena_print(arena, "observations: %zu, at least %zu are needed", of->rows->count,
                              of->design.column_count + of->absorbed + 1);
    }
    of->fit.freedom -= of->absorbed;
    if (of->shape->instruments) {
        set_actual_residuals(of, arena);
        out->note = kt_arena_print(arena, "%s of the first stage: %.4g",
                                   f < F_LEAST ? "weak instruments, F" : "F", f);
    }
    return NULL;
}

/* The variance of the sum of the elasticities. */
static double variance_of_sum(const task *of, const double *covariance)
{
    const size_t columns = of->design.column_count;
    double sum = 0.0;
    for (size_t i = of->shape->constant; i < columns; i++) {
        for (size_t j = of->shape->constant; j < columns; j++) {
            sum += covariance[i * columns + j];
        }
    }
    return sum;
}

static void set_terms(const task *of, const double *covariance, kt_matching *out)
{
    const size_t columns = of->design.column_count;
    double sum = 0.0;
    for (size_t i = 0; i < columns; i++) {
        out->term[i].estimate = of->fit.coefficient[i];
        out->term[i].error = sqrt(covariance[i * columns + i]);
        sum += i >= (size_t)of->shape->constant ? of->fit.coefficient[i] : 0.0;
    }
    out->term[columns].estimate = of->shape->ratios ? 1.0 - sum : sum;
    out->term[columns].error = sqrt(fmax(variance_of_sum(of, covariance), 0.0));
}

/* Why the elasticities are none of a matching function, or NULL. */
static const char *gate(const task *of, const kt_matching *out, kt_arena *arena)
{
    for (size_t i = of->shape->constant; i < of->design.column_count; i++) {
        const double elasticity = out->term[i].estimate;
        if (!(elasticity > 0.0 && elasticity < 1.0)) {
            return kt_arena_print(arena, "the elasticity of %s is not between 0 and 1: %.4g",
                                  out->term[i].name, elasticity);
        }
    }
    return NULL;
}

static const char *fit_linear(task *of, kt_matching *out, kt_arena *arena)
{
    const char *reason = fit(of, out, arena);
    if (reason != NULL) {
        return reason;
    }
    const double *covariance =
        kt_regression_covariance(&of->design, &of->fit, &of->rows->errors, arena);
    set_terms(of, covariance, out);
    return gate(of, out, arena);
}

static void add_note(kt_matching *to, const char *note, kt_arena *arena)
{
    to->note = to->note == NULL ? note : kt_arena_print(arena, "%s; %s", to->note, note);
}

/* Errors that the rows cannot give are none: scores sum to zero, so they would come out as 0. */
static void check_errors(const kt_matching_rows *rows, kt_matching *out, kt_arena *arena)
{
    const kt_errors *errors = &rows->errors;
    if (errors->kind == KT_ERRORS_NEWEY_WEST && errors->lag >= rows->count) {
        add_note(out,
                 kt_arena_print(arena, "no standard errors: too few observations for lag %zu",
                                errors->lag),
                 arena);
    } else if (errors->kind == KT_ERRORS_CLUSTER && errors->cluster_count < 2) {
        add_note(out, "no standard errors: one market", arena);
    } else {
        return;
    }
    for (size_t i = 0; i < out->count; i++) {
        out->term[i].error = NAN;
    }
}

static void forget(kt_matching *out)
{
    for (size_t i = 0; i < out->count; i++) {
        out->term[i].estimate = NAN;
        out->term[i].error = NAN;
    }
    out->note = NULL;
}

kt_matching kt_matching_fit(kt_matching_model model, const kt_matching_rows *rows, kt_arena *arena)
{
    const bool ces = model == KT_MATCHING_CES;
    task of = {.rows = rows, .shape = &shapes[model]};
    kt_matching out = ces ? kt_matching_ces_terms() : terms_of(of.shape);
    if (rows->count < rows->least) {
        out.reason = kt_arena_print(arena, "observations: %zu, at least %zu are needed",
                                    rows->count, rows->least);
    } else if (of.shape->markets && rows->market_count < 2) {
        out.reason = "one market has no effect of its own";
    } else if (rows->errors.kind == KT_ERRORS_NEWEY_WEST && rows->market_count > 1) {
        out.reason = "errors newey_west are of one series, and there are several markets";
    } else {
        out.reason = ces ? kt_matching_ces_fit(rows, &out, arena) : fit_linear(&of, &out, arena);
    }
    if (out.reason == NULL) {
        check_errors(rows, &out, arena);
    } else {
        forget(&out);
    }
    return out;
}
