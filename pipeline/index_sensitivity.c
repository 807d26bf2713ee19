/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_sensitivity.h"

#include <inttypes.h>
#include <math.h>

#include "analysis/generator.h"
#include "core/number.h"
#include "index_bounds.h"
#include "index_columns.h"

#define HALF      0.5
#define HALF_TEXT "0.5"

/* The rows of one market in one period. */
typedef struct sheet {
    const kt_index_month *month;
    const kt_index_found *found;
    kt_rows *rows;
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
} sheet;

/* What a row says. */
typedef struct line {
    const char *market; /* SSS: whichever the setting names */
    const char *aspect, *setting, *method;
    double value;
    kt_obs obs;
} line;

static kt_status put(const sheet *of, const line *row, kt_error *err)
{
    const char *headline = kt_arena_print(of->month->arena, "mismatch %s " HALF_TEXT, row->market);
    kt_rows_text(of->rows, KT_SENSITIVITY_TIME_PERIOD, of->period);
    kt_rows_text(of->rows, KT_SENSITIVITY_PERIOD_START, of->start);
    kt_rows_text(of->rows, KT_SENSITIVITY_HEADLINE, headline);
    kt_rows_text(of->rows, KT_SENSITIVITY_ASPECT, row->aspect);
    kt_rows_text(of->rows, KT_SENSITIVITY_SETTING, row->setting);
    kt_rows_number(of->rows, KT_SENSITIVITY_VALUE, row->value);
    kt_rows_status(of->rows, KT_SENSITIVITY_OBS_STATUS, row->obs);
    kt_rows_text(of->rows, KT_SENSITIVITY_METHOD, row->method);
    return kt_rows_end(of->rows, err);
}

/* A figure that follows from the points, as the market's own index does. */
static kt_status put_point(const sheet *of, line row, kt_error *err)
{
    row.obs = kt_index_status(of->found->figures->obs, of->found->assessable, row.value);
    row.value = of->found->assessable ? row.value : NAN;
    return put(of, &row, err);
}

static const char *market_of(const sheet *of)
{
    return of->month->market->market.name;
}

/* Mismatch over the figures as they are. */
static kt_status mismatch_of(const kt_market_month *figures, kt_arena *arena, double *out,
                             kt_error *err)
{
    static const double alpha = HALF;
    kt_cells cells = figures->cells;
    cells.unemployed_low = cells.unemployed_high = NULL;
    cells.vacancies_low = cells.vacancies_high = NULL;
    kt_mismatch found;
    KT_TRY(kt_mismatch_compute(&cells, &alpha, 1, arena, &found, err));
    *out = found.value;
    return KT_OK;
}

static kt_obs set_status(const kt_market_month *figures, double value)
{
    return isnan(value) ? KT_OBS_IMPOSSIBLE : kt_obs_worse(figures->obs, KT_OBS_ESTIMATED);
}

/* Every protected figure at one number. Where there is none the rules change nothing: no rows. */
static kt_status add_protected(const sheet *of, double half, kt_error *err)
{
    const kt_index_month *month = of->month;
    if (!(of->found->figures->protected_share > 0.0)) {
        return KT_OK;
    }
    line row = {.market = market_of(of), .aspect = "protected_cells"};
    row.method = month->plan->null.set_method;
    for (size_t i = 0; i < KT_SENSITIVITY_SETTINGS; i++) {
        kt_market_month set;
        KT_TRY(kt_market_gather(&month->market->market, &month->sensitivity->at[i].slab,
                                month->arena, &set, err));
        KT_TRY(mismatch_of(&set, month->arena, &row.value, err));
        row.setting = month->sensitivity->at[i].text;
        row.obs = set_status(&set, row.value);
        KT_TRY(put(of, &row, err));
    }
    row.setting = "point";
    row.method = month->plan->null.method;
    row.value = of->found->assessable ? half : NAN;
    row.obs = of->found->assessable ? set_status(of->found->figures, half)
                                    : kt_index_withheld(of->found->figures->obs);
    return put(of, &row, err);
}

static kt_status add_alphas(const sheet *of, kt_error *err)
{
    const kt_index_plan *plan = of->month->plan;
    for (size_t i = 0; i < plan->alpha_count; i++) {
        KT_TRY(put_point(of,
                         (line){.market = market_of(of),
                                .aspect = "alpha",
                                .setting = plan->alphas[i].text,
                                .method = plan->alphas[i].plain_method,
                                .value = of->found->mismatch[i].value},
                         err));
    }
    return KT_OK;
}

/* Posts without a region left out, as the index does, and where they lie at best and at worst. */
static kt_status add_unallocated(const sheet *of, kt_error *err)
{
    const kt_index_plan *plan = of->month->plan;
    if (plan->half == plan->alpha_count || isnan(of->found->bounds[plan->half].low_unallocated)) {
        return KT_OK;
    }
    const kt_index_bounds *bounds = &of->found->bounds[plan->half];
    const kt_index_alpha *alpha = &plan->alphas[plan->half];
    const char *certified =
        of->month->market->margins->all_inside ? alpha->method.whole : alpha->method.part;
    const struct {
        const char *setting, *method;
        double value;
    } settings[] = {{"left_out", alpha->plain_method, of->found->mismatch[plan->half].value},
                    {"low", certified, bounds->low_unallocated},
                    {"high", certified, bounds->high_unallocated}};
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        KT_TRY(put_point(of,
                         (line){.market = market_of(of),
                                .aspect = "unallocated",
                                .setting = settings[i].setting,
                                .method = settings[i].method,
                                .value = settings[i].value},
                         err));
    }
    return KT_OK;
}

#define LEAST_DRAWS 9

kt_status kt_index_null_draw(const kt_null_settings *settings, const kt_cells *cells,
                             kt_arena *arena, kt_index_null *out, kt_error *err)
{
    const size_t by_cells = settings->drawn_cells / (cells->count + 1);
    const size_t few = by_cells > LEAST_DRAWS ? by_cells : LEAST_DRAWS;
    *out = (kt_index_null){.draws = few < settings->draws ? few : settings->draws,
                           .count = settings->cluster_count + 1};
    double *cluster = kt_arena_array(arena, double, out->count);
    out->setting = kt_arena_array(arena, const char *, out->count);
    out->found = kt_arena_array(arena, kt_granularity, out->count);
    out->cluster = kt_arena_array(arena, const char *, out->count);
    cluster[0] = 1.0;
    out->setting[0] = "simulated";
    out->cluster[0] = "1";
    for (size_t i = 1; i < out->count; i++) {
        char number[KT_NUMBER_SIZE];
        cluster[i] = settings->clusters[i - 1];
        (void)kt_number_write(cluster[i], number);
        out->cluster[i] = kt_arena_copy(arena, number);
        out->setting[i] = kt_arena_print(arena, "clustered %s", number);
    }
    const kt_granularity_settings asked = {.alpha = HALF,
                                           .draws = out->draws,
                                           .seed = settings->seed,
                                           .cluster = cluster,
                                           .cluster_count = out->count};
    return kt_granularity_compute(cells, &asked, arena, out->found, err);
}

static const char *drawn_method(const sheet *of, const kt_index_null *null, size_t at)
{
    const kt_index_null_plan *plan = &of->month->plan->null;
    return kt_arena_print(
        of->month->arena, "%s cluster=%s draws=%zu seed=%" PRIu64 " " KT_SAMPLE_GENERATOR "%s",
        plan->drawn, null->cluster[at], null->draws, plan->settings.seed, plan->note);
}

static kt_status add_null(const sheet *of, kt_error *err)
{
    const kt_index_plan *plan = of->month->plan;
    kt_index_null null;
    KT_TRY(kt_index_null_draw(&plan->null.settings, &of->found->figures->cells, of->month->arena,
                              &null, err));
    line row = {.market = market_of(of), .aspect = "null"};
    row.setting = "closed";
    row.method = plan->null.closed;
    row.value = null.found[0].null_closed;
    KT_TRY(put_point(of, row, err));
    for (size_t i = 0; i < null.count; i++) {
        row.setting = null.setting[i];
        row.method = drawn_method(of, &null, i);
        row.value = null.found[i].null_mean;
        KT_TRY(put_point(of, row, err));
    }
    return KT_OK;
}

kt_status kt_index_sensitivity_add(const kt_index_month *month, const kt_index_found *found,
                                   kt_rows *rows, kt_error *err)
{
    sheet of = {.month = month, .found = found, .rows = rows};
    (void)kt_period_write(month->period, of.period);
    (void)kt_period_start(month->period, of.start);
    double half = NAN;
    KT_TRY(mismatch_of(found->figures, month->arena, &half, err));
    KT_TRY(add_protected(&of, half, err));
    KT_TRY(add_alphas(&of, err));
    KT_TRY(add_unallocated(&of, err));
    KT_TRY(put_point(&of,
                     (line){.market = month->market->market.scope,
                            .aspect = "market",
                            .setting = market_of(&of),
                            .method = month->plan->null.method,
                            .value = half},
                     err));
    return add_null(&of, err);
}
