/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matching.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "effects.h"
#include "matching_ces.h"
#include "sum.h"

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

/* A design and the fit of it. The columns are made from the rows as they are asked for. */
typedef struct task {
    const kt_matching_rows *rows;
    const shape *shape;
    kt_design design;
    const double *source[KT_MATCHING_TERMS]; /* of each column and last of y: its logarithm is
                                                taken; NULL for the constant */
    kt_effects effects;
    kt_effects_found found[KT_MATCHING_TERMS]; /* with effects: of the same */
    size_t absorbed;
    const double *first_stage; /* with instruments: coefficients */
    double slope;              /* of what they do not explain of ln(v/u), once it is known */
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

static double column_at(const task *of, size_t column, size_t row)
{
    const size_t at = kt_matching_place(of->rows, row);
    const double value = log(of->source[column][at]);
    return of->shape->ratios ? value - log(of->rows->unemployed[at]) : value;
}

/* The same without the effects. */
static double rest_at(const task *of, size_t column, size_t row)
{
    const double value = column_at(of, column, row);
    return of->shape->markets ? value - kt_effects_at(&of->effects, &of->found[column], row)
                              : value;
}

/* What the instruments say of ln(v/u). */
static double first_stage_at(const task *of, size_t row)
{
    const size_t at = kt_matching_place(of->rows, row);
    double value = of->first_stage[0];
    for (size_t i = 0; i < of->rows->instrument_count; i++) {
        value += of->first_stage[i + 1] * of->rows->instrument[i][at];
    }
    return value;
}

/* Only what the instruments explain of ln(v/u) is left in the design. With the slope its residuals
 * are those of ln(v/u) itself. */
static double take_row(const void *context, size_t row, double *x)
{
    const task *of = context;
    for (size_t column = 0; column < of->design.column_count; column++) {
        x[column] = of->source[column] == NULL ? 1.0 : rest_at(of, column, row);
    }
    const double y = rest_at(of, of->design.column_count, row);
    if (of->first_stage == NULL) {
        return y;
    }
    const double explained = first_stage_at(of, row), rest = x[1] - explained;
    x[1] = explained;
    return y - of->slope * rest;
}

static void open_design(task *of)
{
    const kt_matching_rows *rows = of->rows;
    size_t columns = of->shape->constant ? 1 : 0;
    of->source[columns++] = rows->vacancies;
    if (!of->shape->ratios) {
        of->source[columns++] = rows->unemployed;
    }
    if (of->shape->flows) {
        of->source[columns++] = rows->new_vacancies;
        of->source[columns++] = rows->new_unemployed;
    }
    of->source[columns] = rows->hires;
    of->design = (kt_design){rows->count, columns, take_row, of};
}

typedef struct logarithms {
    const task *of;
    size_t column;
} logarithms;

static double logarithm_at(const void *context, size_t row)
{
    const logarithms *is = context;
    return column_at(is->of, is->column, row);
}

static double length_of(const task *of, size_t column,
                        double (*at)(const task *of, size_t column, size_t row))
{
    double length = 0.0;
    for (size_t row = 0; row < of->rows->count; row++) {
        length = hypot(length, at(of, column, row));
    }
    return length;
}

static bool find_effects(task *of, size_t column, kt_arena *arena)
{
    const logarithms is = {of, column};
    const kt_effects_column values = {logarithm_at, &is};
    return kt_effects_find(&of->effects, &values, arena, &of->found[column]);
}

/* Finds the effects on every column; why that leaves nothing to fit, or NULL. */
static const char *find_all_effects(task *of, kt_arena *arena)
{
    const kt_matching_rows *rows = of->rows;
    of->effects = (kt_effects){
        .row_count = rows->count,
        .market_count = rows->market_count,
        .period_count = rows->period_count,
        .market = rows->market,
        .period = of->shape->periods ? rows->period : NULL,
    };
    const size_t columns = of->design.column_count;
    of->absorbed = kt_effects_rank(&of->effects, arena);
    if (rows->count <= columns + of->absorbed) {
        return kt_arena_print(arena, "observations: %zu, at least %zu are needed", rows->count,
                              columns + of->absorbed + 1);
    }
    bool settled = find_effects(of, columns, arena);
    for (size_t column = 0; column < columns; column++) {
        settled = find_effects(of, column, arena) && settled;
        if (length_of(of, column, rest_at) <= WITHIN_LEAST * length_of(of, column, column_at)) {
            return kt_arena_print(arena, "%s do not vary beside the effects",
                                  column == 0 ? "vacancies" : "unemployed");
        }
    }
    return settled ? NULL : "the effects of markets and periods cannot be told apart";
}

static double instruments_at(const void *context, size_t row, double *x)
{
    const task *of = context;
    const size_t at = kt_matching_place(of->rows, row);
    x[0] = 1.0;
    for (size_t i = 0; i < of->rows->instrument_count; i++) {
        x[i + 1] = of->rows->instrument[i][at];
    }
    return column_at(of, 1, row);
}

/* The sum of squares of ln(v/u) about its mean. */
static double spread_of(const task *of)
{
    kt_sum sum = {0}, squares = {0};
    for (size_t row = 0; row < of->rows->count; row++) {
        kt_sum_add(&sum, column_at(of, 1, row));
    }
    const double mean = kt_sum_value(sum) / (double)of->rows->count;
    for (size_t row = 0; row < of->rows->count; row++) {
        const double apart = column_at(of, 1, row) - mean;
        kt_sum_add(&squares, apart * apart);
    }
    return kt_sum_value(squares);
}

/* How the instruments explain ln(v/u), and the F of that. */
static const char *fit_first_stage(task *of, double *f, kt_arena *arena)
{
    const size_t instruments = of->rows->instrument_count;
    const kt_design design = {of->rows->count, instruments + 1, instruments_at, of};
    const kt_regression fit = kt_regression_fit(&design, arena);
    if (fit.reason != NULL) {
        return kt_arena_print(arena, "the instruments: %s", fit.reason);
    }
    of->first_stage = fit.coefficient;
    *f = fmax(spread_of(of) - fit.ssr, 0.0) / (double)instruments / (fit.ssr / (double)fit.freedom);
    return NULL;
}

static const char *fit(task *of, kt_matching *out, kt_arena *arena)
{
    open_design(of);
    const char *reason = NULL;
    double f = INFINITY;
    if (of->shape->markets) {
        reason = find_all_effects(of, arena);
    } else if (of->shape->instruments) {
        reason = fit_first_stage(of, &f, arena);
    }
    if (reason != NULL) {
        return reason;
    }
    of->fit = kt_regression_fit(&of->design, arena);
    if (of->fit.reason != NULL) {
        return of->fit.reason;
    }
    of->fit.freedom -= of->absorbed;
    if (of->shape->instruments) {
        of->slope = of->fit.coefficient[1];
        of->fit.ssr = kt_regression_ssr(&of->design, of->fit.coefficient, arena);
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
