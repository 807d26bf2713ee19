/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "analysis/measure.h"
#include "drawing.h"
#include "regression.h"
#include "series.h"
#include "spread.h"

/*
 * The line of least squares through a series, and two errors of its slope that allow for errors
 * which follow one another: Newey and West's, and that of the moving-block bootstrap (Künsch
 * 1989), where stretches of residuals are laid end to end on the line and the slope is taken again.
 * Residuals stand on a line with a constant, so they sum to 0.
 */

enum { IN_PERIOD, IN_VALUE };
enum { PARAM_LAG, PARAM_BLOCK, PARAM_DRAWS, PARAM_SEED, PARAM_LEVEL };
enum { OUT_SLOPE, OUT_NEWEY_WEST, OUT_BOOTSTRAP, OUT_LOW, OUT_HIGH, OUT_BLOCK, OUT_N };
enum { BLOCKS = 4 }; /* purpose of the seed */

#define LEAST 8 /* figures */

typedef struct line {
    kt_design design;
    kt_regression fit;
    double *residual;
    double *weight; /* of each residual in the slope */
    size_t block;
} line;

static void set_design(line *of, const kt_stretch *part, double periods_a_year, kt_arena *arena)
{
    double *x = kt_arena_array(arena, double, 2 * part->count);
    for (size_t i = 0; i < part->count; i++) {
        x[2 * i] = 1.0;
        x[2 * i + 1] = ((double)i - (double)(part->count - 1) / 2.0) / periods_a_year;
    }
    of->design = kt_design_of(part->count, 2, x, part->value, arena);
}

/* Of a fit that there is. */
static void set_weights(line *of, kt_arena *arena)
{
    double square = 0.0, x[2];
    of->residual = kt_arena_array(arena, double, of->design.row_count);
    of->weight = kt_arena_array(arena, double, of->design.row_count);
    for (size_t i = 0; i < of->design.row_count; i++) {
        of->residual[i] = kt_regression_residual(&of->design, of->fit.coefficient, i, x);
        of->weight[i] = x[1];
        square += x[1] * x[1];
    }
    for (size_t i = 0; i < of->design.row_count; i++) {
        of->weight[i] /= square;
    }
}

/* Politis and White would choose by the data; the cube root is their rate without the constant. */
static size_t block_of(const kt_param_value *param, size_t count)
{
    return isnan(param->number) ? (size_t)lround(cbrt((double)count)) : (size_t)param->number;
}

/* The slope of the residuals of blocks that begin anywhere, laid end to end. */
static double draw_slope(const line *of, kt_sample *sample)
{
    const size_t n = of->design.row_count;
    double slope = 0.0;
    for (size_t at = 0; at < n; at += of->block) {
        const size_t from = (size_t)(kt_sample_unit(sample) * (double)(n - of->block + 1));
        for (size_t i = 0; i < of->block && at + i < n; i++) {
            slope += of->weight[at + i] * of->residual[from + i];
        }
    }
    return slope;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void draw_slopes(const line *of, const kt_param_value *params, kt_arena *arena,
                        double *results)
{
    const size_t draws = (size_t)params[PARAM_DRAWS].number;
    const double tail = (1.0 - params[PARAM_LEVEL].number) / 2.0, slope = of->fit.coefficient[1];
    kt_sample sample = kt_sample_open((uint64_t)params[PARAM_SEED].number, BLOCKS);
    double *drawn = kt_arena_array(arena, double, draws);
    for (size_t i = 0; i < draws; i++) {
        drawn[i] = draw_slope(of, &sample);
    }
    results[OUT_BOOTSTRAP] = kt_spread_of(drawn, draws).deviation;
    qsort(drawn, draws, sizeof *drawn, by_size);
    results[OUT_LOW] = slope - gsl_stats_quantile_from_sorted_data(drawn, 1, draws, 1.0 - tail);
    results[OUT_HIGH] = slope - gsl_stats_quantile_from_sorted_data(drawn, 1, draws, tail);
}

/* Where the lag reaches as far as the data the error would go to 0: there is none. */
static double newey_west(const line *of, const kt_param_value *params, kt_arena *arena)
{
    const kt_errors errors = {.kind = KT_ERRORS_NEWEY_WEST,
                              .lag = (size_t)params[PARAM_LAG].number};
    return errors.lag >= of->design.row_count
               ? NAN
               : sqrt(kt_regression_covariance(&of->design, &of->fit, &errors, arena)[3]);
}

static const char *reason_of(const kt_stretch *part, size_t block)
{
    if (part->reason != NULL) {
        return part->reason;
    }
    if (part->count < LEAST) {
        return "fewer than eight figures";
    }
    return block >= part->count ? "the block is as long as the series" : NULL;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_series series;
    KT_TRY(kt_series_read(self, group, IN_PERIOD, arena, &series, err));
    const kt_stretch part = kt_stretch_of(&series, group, IN_PERIOD, IN_VALUE, arena);
    line of = {.block = block_of(&params[PARAM_BLOCK], part.count)};
    kt_findings *findings = kt_findings_new(self, 1, arena);
    *out = findings;
    findings->reason[0] = reason_of(&part, of.block);
    if (findings->reason[0] != NULL) {
        return KT_OK;
    }
    set_design(&of, &part, (double)series.period[0].frequency, arena);
    of.fit = kt_regression_fit(&of.design, arena);
    findings->reason[0] = of.fit.reason;
    if (of.fit.reason == NULL) {
        set_weights(&of, arena);
        findings->number[OUT_SLOPE] = of.fit.coefficient[1];
        findings->number[OUT_NEWEY_WEST] = newey_west(&of, params, arena);
        findings->number[OUT_BLOCK] = (double)of.block;
        findings->number[OUT_N] = (double)part.count;
        draw_slopes(&of, params, arena, findings->number);
        findings->note[0] = isnan(findings->number[OUT_NEWEY_WEST])
                                ? "no Newey-West error: too few figures for the lag"
                                : NULL;
    }
    return KT_OK;
}

const kt_measure kt_measure_trend = {
    .id = "trend",
    .version = 1,
    .name_fi = "Suora trendi ja sen virhe",
    .name_sv = "Linjär trend och dess fel",
    .name_en = "Straight trend and its error",
    .definition_fi =
        "Paljonko sarja muuttuu vuodessa pienimmän neliösumman suoralla, ja kuinka epävarma "
        "muutos on, kun peräkkäiset poikkeamat muistuttavat toisiaan. Ei poista kausivaihtelua "
        "eikä katkoksia, eikä kerro, jatkuuko muutos.",
    .definition_sv =
        "Hur mycket serien ändras per år enligt minsta kvadratlinjen, och hur osäker ändringen är "
        "när avvikelser som följer på varandra liknar varandra. Tar inte bort säsong eller brott "
        "och säger inte om ändringen fortsätter.",
    .definition_en =
        "How much a series changes a year on the line of least squares, and how sure that is when "
        "deviations that follow one another are alike. Does not take out seasons or breaks, nor "
        "say whether the change goes on. Blocks drawn by " KT_SAMPLE_GENERATOR " from the seed.",
    .formula = "slope of value on years; Newey-West (Bartlett); standard deviation and 2 slope - "
               "percentiles of the slope over moving blocks of residuals, block = round(n^(1/3))",
    .reference = "Künsch, H. R. (1989): The jackknife and the bootstrap for general stationary "
                 "observations, Annals of Statistics 17(3), 1217-1241",
    .shape = KT_ONE_ROW,
    .repeat = KT_REPEAT_REFUSE,
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_NUMBER},
        },
    .params =
        {
            [PARAM_LAG] = {.name = "lag",
                           .kind = KT_PARAM_INTEGER,
                           .least = 0.0,
                           .most = 1000.0,
                           .fallback = "12",
                           .meaning = "the last lag with a weight, of Newey and West"},
            [PARAM_BLOCK] = {.name = "block",
                             .kind = KT_PARAM_INTEGER,
                             .least = 1.0,
                             .most = 1000.0,
                             .choices = "cube_root",
                             .fallback = "cube_root",
                             .meaning = "periods of a block; cube_root: that of their number"},
            [PARAM_DRAWS] = KT_PARAM_DRAWS,
            [PARAM_SEED] = KT_PARAM_SEED,
            [PARAM_LEVEL] = KT_PARAM_LEVEL,
        },
    .results =
        {
            [OUT_SLOPE] = {.name = "slope", .unit = "as value, a year"},
            [OUT_NEWEY_WEST] = {.name = "newey_west_error", .unit = "as value, a year"},
            [OUT_BOOTSTRAP] = {.name = "bootstrap_error", .unit = "as value, a year"},
            [OUT_LOW] = {.name = "interval_low", .unit = "as value, a year"},
            [OUT_HIGH] = {.name = "interval_high", .unit = "as value, a year"},
            [OUT_BLOCK] = {.name = "block_periods", .unit = "count"},
            [OUT_N] = {.name = "n", .unit = "count"},
        },
    .compute = compute,
};
