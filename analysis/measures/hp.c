/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "analysis/measure.h"
#include "series.h"

/*
 * Hodrick and Prescott: the trend t that minimises
 *
 *     sum (y_i - t_i)^2 + lambda sum (t_i+1 - 2 t_i + t_i-1)^2,    (I + lambda D'D) t = y.
 *
 * The matrix has two bands below its diagonal. A straight line is its own trend, so the line of
 * least squares is taken out before and put back behind: the system is stiff, and what is left is
 * small.
 */

enum { IN_PERIOD, IN_VALUE };
enum { OUT_TREND, OUT_CYCLE, OUT_COUNT };

#define BANDS ((size_t)3)
#define LEAST 3 /* figures: with fewer there is no curvature */

typedef struct line {
    double at_middle, slope;
} line;

static line line_through(const kt_stretch *of)
{
    const double middle = (double)(of->count - 1) / 2.0;
    double sum = 0.0, moment = 0.0, square = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        sum += of->value[i];
    }
    const double mean = sum / (double)of->count;
    for (size_t i = 0; i < of->count; i++) {
        moment += ((double)i - middle) * (of->value[i] - mean);
        square += ((double)i - middle) * ((double)i - middle);
    }
    return (line){mean, moment / square};
}

static double on_line(line of, size_t count, size_t i)
{
    return of.at_middle + of.slope * ((double)i - (double)(count - 1) / 2.0);
}

/* One second difference of D'D: its products of 1, -2, 1 below and on the diagonal. */
static void add_difference(double lambda, size_t at, gsl_matrix *bands)
{
    static const double weight[BANDS] = {1.0, -2.0, 1.0};
    for (size_t column = 0; column < BANDS; column++) {
        for (size_t row = column; row < BANDS; row++) {
            *gsl_matrix_ptr(bands, at + column, row - column) +=
                lambda * weight[row] * weight[column];
        }
    }
}

/* I + lambda D'D: column k of a row holds the element k below the diagonal. */
static void fill_bands(double lambda, size_t count, gsl_matrix *bands)
{
    gsl_matrix_set_zero(bands);
    for (size_t i = 0; i < count; i++) {
        gsl_matrix_set(bands, i, 0, 1.0);
    }
    for (size_t i = 0; i + 2 < count; i++) {
        add_difference(lambda, i, bands);
    }
}

static void smooth(const kt_stretch *of, double lambda, kt_arena *arena, double *trend)
{
    const size_t n = of->count;
    const line straight = line_through(of);
    gsl_matrix_view bands =
        gsl_matrix_view_array(kt_arena_array(arena, double, n *BANDS), n, BANDS);
    gsl_vector_view y = gsl_vector_view_array(trend, n);
    fill_bands(lambda, n, &bands.matrix);
    for (size_t i = 0; i < n; i++) {
        trend[i] = of->value[i] - on_line(straight, n, i);
    }
    (void)gsl_linalg_cholesky_band_decomp(&bands.matrix);
    (void)gsl_linalg_cholesky_band_svx(&bands.matrix, &y.vector);
    for (size_t i = 0; i < n; i++) {
        trend[i] += on_line(straight, n, i);
    }
}

/* Hodrick and Prescott's own rule: 100 a year, times the square of the periods in a year. */
static double lambda_of(const kt_param_value *param, kt_frequency frequency)
{
    const double periods = (double)frequency;
    return isnan(param->number) ? 100.0 * periods * periods : param->number;
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_series series;
    KT_TRY(kt_series_read(self, group, IN_PERIOD, arena, &series, err));
    const kt_stretch part = kt_stretch_of(&series, group, IN_PERIOD, IN_VALUE, arena);
    const char *reason = part.reason != NULL  ? part.reason
                         : part.count < LEAST ? "fewer than three figures"
                                              : NULL;
    double *trend = kt_arena_array(arena, double, part.count + 1);
    kt_findings *findings = kt_findings_new(self, series.count, arena);
    if (reason == NULL) {
        smooth(&part, lambda_of(&params[0], series.period[0].frequency), arena, trend);
    }
    for (size_t i = 0; i < series.count; i++) {
        findings->key[i] = group->key[IN_PERIOD][series.row[i]];
        findings->reason[i] = kt_stretch_reason(&part, reason, i);
        if (findings->reason[i] == NULL) {
            findings->number[i * OUT_COUNT + OUT_TREND] = trend[i - part.first];
            findings->number[i * OUT_COUNT + OUT_CYCLE] =
                part.value[i - part.first] - trend[i - part.first];
        }
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_hp = {
    .id = "hp",
    .version = 1,
    .name_fi = "Hodrick-Prescott-suodatin",
    .name_sv = "Hodrick-Prescott-filter",
    .name_en = "Hodrick-Prescott filter",
    .definition_fi =
        "Sarja jaettuna sileään trendiin ja poikkeamaan siitä. Ei poista kausivaihtelua: siihen on "
        "stl. Sarjan päissä trendi seuraa viimeisiä lukuja ja muuttuu, kun uusia tulee; poikkeaman "
        "heilahtelu voi olla suodattimen omaa.",
    .definition_sv =
        "Serien delad i en jämn trend och avvikelsen från den. Tar inte bort säsongsvariation: för "
        "det finns stl. I seriens ändar följer trenden de sista talen och ändras när nya kommer; "
        "svängningar i avvikelsen kan vara filtrets egna.",
    .definition_en =
        "A series as a smooth trend and what is left. Does not take out seasons: stl does. At the "
        "ends the trend follows the last figures and changes as new ones come; swings of what is "
        "left may be the filter's own.",
    .formula = "min sum_i (y_i - t_i)^2 + lambda sum_i (t_i+1 - 2 t_i + t_i-1)^2",
    .reference = "Hodrick, R. J., Prescott, E. C. (1997): Postwar U.S. Business Cycles, Journal of "
                 "Money, Credit and Banking 29(1), 1-16",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_NUMBER},
        },
    .params = {{.name = "lambda",
                .kind = KT_PARAM_NUMBER,
                .least = 0.0,
                .most = 1e12,
                .choices = "frequency",
                .fallback = "frequency",
                .meaning = "how smooth; frequency: 100 times the square of the periods in a year"}},
    .results =
        {
            [OUT_TREND] = {.name = "trend", .unit = "as value"},
            [OUT_CYCLE] = {.name = "cycle", .unit = "as value"},
        },
    .compute = compute,
};
