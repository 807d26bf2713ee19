/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_tests.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "growing.h"

#define TAUS 25 /* trimming .49, .47, ... .01 */

/*
 * Hansen (1997), Approximate Asymptotic p Values for Structural-Change Tests, Journal of Business
 * & Economic Statistics 15(1), 60-67: the supremum exceeds x with the probability that a
 * chi-squared with `freedom` degrees exceeds constant + slope x. By coefficients and trimming; the
 * figures are those that he published with the paper.
 */
typedef struct approximation {
    double constant, slope, freedom;
} approximation;

static const approximation hansen[2][TAUS] = {
    {
        {-0.0648467, 0.99671156, 1.2573241},   {-0.15305667, 0.96757645, 1.43651315},
        {-0.23071675, 0.95825013, 1.56531261}, {-0.29247661, 0.95715782, 1.68851898},
        {-0.35706588, 0.95237505, 1.77889686}, {-0.40514715, 0.96055795, 1.89761322},
        {-0.45248386, 0.95810999, 1.98370422}, {-0.50458517, 0.96149538, 2.07086519},
        {-0.55009159, 0.96684273, 2.17244338}, {-0.60241623, 0.96518399, 2.23509053},
        {-0.64308746, 0.97354902, 2.33722161}, {-0.68833676, 0.97829106, 2.42776524},
        {-0.73136161, 0.9820687, 2.50833918},  {-0.78078198, 0.99475319, 2.6209551},
        {-0.82894221, 1.00023473, 2.70286643}, {-0.88430133, 1.00162529, 2.77835798},
        {-0.9499265, 1.00384268, 2.84325795},  {-0.98828874, 1.01604712, 2.96752918},
        {-1.04892713, 1.02570939, 3.08442682}, {-1.11527783, 1.03526033, 3.19770394},
        {-1.14992644, 1.06643436, 3.44739573}, {-1.24010871, 1.06929468, 3.54993605},
        {-1.38522113, 1.06808543, 3.61667211}, {-1.48296473, 1.1283969, 4.07202473},
        {-1.78738608, 1.17220925, 4.4726701},
    },
    {
        {-0.03933112, 0.99525784, 2.44239332}, {-0.14650989, 0.9938654, 2.78837829},
        {-0.28765583, 0.98139359, 2.93724618}, {-0.35528752, 0.9942739, 3.18187129},
        {-0.49538961, 0.96923268, 3.19484388}, {-0.58780544, 0.97339124, 3.32763253},
        {-0.66900489, 0.97444133, 3.44170617}, {-0.77825803, 0.96678414, 3.48652761},
        {-0.87260977, 0.97626434, 3.61709836}, {-0.96782445, 0.97636983, 3.6779502},
        {-1.07358977, 0.97407744, 3.71945379}, {-1.12531079, 0.99897105, 3.95114475},
        {-1.16041007, 1.01629918, 4.14932643}, {-1.2975797, 1.015268, 4.17103882},
        {-1.36743697, 1.03004743, 4.3223804},  {-1.43012785, 1.05139461, 4.53836755},
        {-1.53311747, 1.05280599, 4.61175851}, {-1.65273586, 1.05932633, 4.69340428},
        {-1.79350728, 1.04936541, 4.68380985}, {-1.9117747, 1.0588459, 4.8073354},
        {-2.02659329, 1.07200268, 4.97772701}, {-2.18499383, 1.08674781, 5.14231666},
        {-2.3765858, 1.11342895, 5.40268693},  {-2.51267262, 1.15305027, 5.88573096},
        {-3.05559851, 1.17629253, 6.11067794},
    }};

static double chi_squared_above(double x, double freedom)
{
    return gsl_cdf_chisq_Q(fmax(x, 0.0), freedom);
}

static double p_of(const approximation *of, double x)
{
    return chi_squared_above(of->constant + of->slope * x, of->freedom);
}

/* Between two trimmings the p-values are interpolated; at a half there is no supremum. */
static double sup_p_value(double x, size_t coefficients, double trimming)
{
    const approximation *of = hansen[coefficients - 1];
    const double alone = chi_squared_above(x, (double)coefficients);
    if (trimming <= 0.01) {
        return p_of(&of[TAUS - 1], x);
    }
    if (trimming >= 0.49) {
        return ((0.5 - trimming) * p_of(&of[0], x) + (trimming - 0.49) * alone) * 100.0;
    }
    const double place = (0.49 - trimming) * 50.0;
    const size_t below = (size_t)place;
    const double part = place - (double)below;
    return (1.0 - part) * p_of(&of[below], x) + part * p_of(&of[below + 1], x);
}

static kt_growing fit_all(const kt_observed *series)
{
    kt_growing fit = {0};
    for (size_t i = 0; i < series->count; i++) {
        kt_growing_add(&fit, kt_observed_x(series, i), series->y[i]);
    }
    return fit;
}

/* Sum of squared residuals of a fit; INFINITY where x does not vary. */
static double ssr_of(const kt_observed *series, const kt_growing *fit)
{
    return series->x == NULL || kt_growing_has_line(fit) ? fit->ssr : INFINITY;
}

static double squares_of(const kt_observed *series)
{
    double sum = 0.0;
    for (size_t i = 0; i < series->count; i++) {
        sum += series->y[i] * series->y[i];
    }
    return sum;
}

/* Why one fit to the whole series leaves nothing to test, or NULL. */
static const char *reason_of(const kt_observed *series, const kt_growing *fit)
{
    if (series->x != NULL && !kt_growing_has_line(fit)) {
        return "x does not vary";
    }
    const double squares = squares_of(series);
    if (isinf(squares)) {
        return "the values are too large to be squared";
    }
    return kt_ssr_is_rounding(fit->ssr, squares) ? "no residual is left without a break" : NULL;
}

/* What is left by two fits, one up to each place and one of the rest: out[place], the count of
 * observations before the break. */
static void split_ssr(const kt_observed *series, kt_arena *arena, double **out)
{
    const size_t count = series->count;
    double *left = kt_arena_array(arena, double, count + 1);
    kt_growing head = {0}, tail = {0};
    for (size_t i = 0; i < count; i++) {
        left[i] += ssr_of(series, &head);
        kt_growing_add(&head, kt_observed_x(series, i), series->y[i]);
    }
    for (size_t i = count; i > 0; i--) {
        left[i] += ssr_of(series, &tail);
        kt_growing_add(&tail, kt_observed_x(series, i - 1), series->y[i - 1]);
    }
    *out = left;
}

/* The places that are tried: as many whole observations as the share has at either end, but never
 * so few that a fit leaves nothing. */
typedef struct places {
    size_t from, to;
} places;

static places places_of(size_t count, size_t coefficients, double trimming)
{
    const size_t share = (size_t)floor(trimming * (double)count);
    const size_t from = share > coefficients ? share : coefficients + 1;
    return (places){.from = from, .to = count - from};
}

static double trimming_of(const places *at, size_t count)
{
    const double before = (double)at->from, to = (double)at->to, all = (double)count;
    return 1.0 / (1.0 + sqrt((all - before) * to / (before * (all - to))));
}

/*
 * F = (SSR - SSR_split) / (SSR_split / (n - 2q)): q times Chow's. The largest is where least is
 * left.
 */
kt_break_test kt_sup_f(const kt_observed *series, double trimming, kt_arena *arena)
{
    const size_t count = series->count, q = kt_segments_coefficients(series);
    if (count < 2 * (q + 1)) {
        return (kt_break_test){
            .reason = kt_arena_print(arena, "observations: %zu, at least %zu are needed", count,
                                     2 * (q + 1))};
    }
    const kt_growing whole = fit_all(series);
    kt_break_test out = {.reason = reason_of(series, &whole)};
    if (out.reason != NULL) {
        return out;
    }
    double *left = NULL;
    split_ssr(series, arena, &left);
    const places at = places_of(count, q, trimming);
    size_t best = at.from;
    for (size_t place = at.from; place <= at.to; place++) {
        best = left[place] < left[best] ? place : best;
    }
    if (isinf(left[best])) {
        return (kt_break_test){.reason = "x does not vary in some segment"};
    }
    if (kt_ssr_is_rounding(left[best], squares_of(series))) {
        return (kt_break_test){.reason = "no residual is left with a break"};
    }
    const double freedom = (double)(count - 2 * q);
    out.at = best - 1;
    out.statistic = (whole.ssr - left[best]) / (left[best] / freedom);
    out.p_value = at.from == at.to ? gsl_cdf_fdist_Q(out.statistic / (double)q, (double)q, freedom)
                                   : sup_p_value(out.statistic, q, trimming_of(&at, count));
    return out;
}

/* Kolmogorov: the largest distance of a Brownian bridge from 0 is above x. */
static double bridge_above(double x)
{
    if (x < 0.1) {
        return 1.0;
    }
    double sum = 0.0;
    for (int i = 100; i >= 1; i--) {
        sum += (i % 2 == 1 ? 1.0 : -1.0) * exp(-2.0 * i * i * x * x);
    }
    return 2.0 * sum;
}

/* A Brownian motion leaves the lines x (1 + 2t), t in [0, 1]; the formula is for small
 * probabilities, and below .3 a line takes its place (Zeileis 2000). */
static double motion_above(double x)
{
    if (x < 0.3) {
        return 1.0 - 0.1465 * x;
    }
    return 2.0 * (gsl_cdf_ugaussian_Q(3.0 * x) +
                  exp(-4.0 * x * x) * (gsl_cdf_ugaussian_P(5.0 * x) - gsl_cdf_ugaussian_Q(x)) -
                  exp(-16.0 * x * x) * gsl_cdf_ugaussian_Q(x));
}

static const char *too_few = "fewer observations than two beyond the coefficients";

kt_break_test kt_cusum_ols(const kt_observed *series)
{
    const size_t count = series->count, q = kt_segments_coefficients(series);
    if (count < q + 2) {
        return (kt_break_test){.reason = too_few};
    }
    const kt_growing fit = fit_all(series);
    kt_break_test out = {.reason = reason_of(series, &fit)};
    if (out.reason != NULL) {
        return out;
    }
    const double scale = sqrt(fit.ssr / (double)(count - q)) * sqrt((double)count);
    double sum = 0.0;
    for (size_t i = 0; i + 1 < count; i++) {
        sum += series->y[i] - kt_growing_level(&fit, kt_observed_x(series, i));
        if (fabs(sum) / scale > out.statistic) {
            out.statistic = fabs(sum) / scale;
            out.at = i;
        }
    }
    out.p_value = bridge_above(out.statistic);
    return out;
}

/* The recursive residuals in order and the observations they belong to; how many. */
static size_t recursive_residuals(const kt_observed *series, double *residual, size_t *place)
{
    kt_growing fit = {0};
    size_t count = 0;
    for (size_t i = 0; i < series->count; i++) {
        const double x = kt_observed_x(series, i), y = series->y[i];
        const kt_apart apart = kt_growing_apart(&fit, x, y);
        if (apart.variance > 0.0) {
            residual[count] = apart.error / sqrt(apart.variance);
            place[count++] = i;
        }
        kt_growing_add(&fit, x, y);
    }
    return count;
}

static double standard_deviation(const double *of, size_t count)
{
    double mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < count; i++) {
        const double apart = of[i] - mean;
        mean += apart / (double)(i + 1);
        squares += apart * (of[i] - mean);
    }
    return sqrt(squares / (double)(count - 1));
}

kt_break_test kt_cusum_recursive(const kt_observed *series, kt_arena *arena)
{
    if (series->count < kt_segments_coefficients(series) + 2) {
        return (kt_break_test){.reason = too_few};
    }
    const kt_growing fit = fit_all(series);
    kt_break_test out = {.reason = reason_of(series, &fit)};
    if (out.reason != NULL) {
        return out;
    }
    double *residual = kt_arena_array(arena, double, series->count);
    size_t *place = kt_arena_array(arena, size_t, series->count);
    const size_t count = recursive_residuals(series, residual, place);
    const double all = (double)count;
    const double scale = standard_deviation(residual, count) * sqrt(all);
    if (!(scale > 0.0)) {
        return (kt_break_test){.reason = "the recursive residuals do not vary"};
    }
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += residual[i];
        const double height = fabs(sum) / scale / (1.0 + 2.0 * (double)(i + 1) / all);
        if (height > out.statistic) {
            out.statistic = height;
            out.at = place[i];
        }
    }
    out.p_value = motion_above(out.statistic);
    return out;
}
