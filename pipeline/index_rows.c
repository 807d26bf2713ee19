/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_rows.h"

#include <math.h>
#include <string.h>

#include "analysis/mismatch.h"
#include "index_bounds.h"
#include "index_columns.h"
#include "index_decomposition.h"
#include "index_reach.h"
#include "index_sensitivity.h"
#include "transform/assess.h"

/* What the rows of one market in one period have in common. */
typedef struct work {
    const kt_index_month *of;
    kt_market_month month;
    kt_mismatch *found;      /* of each exponent */
    kt_index_bounds *bounds; /* of each exponent */
    kt_index_bounding *bounding;
    bool assessable; /* not too much of its figures is hidden */
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
} work;

kt_obs kt_index_withheld(kt_obs figures)
{
    return kt_obs_has_interval(figures) ? KT_OBS_UNASSESSED : figures;
}

kt_obs kt_index_status(kt_obs figures, bool assessable, double value)
{
    if (!assessable) {
        return kt_index_withheld(figures);
    }
    return isnan(value) && kt_obs_has_value(figures) ? KT_OBS_IMPOSSIBLE : figures;
}

static void put_keys(const work *job, kt_rows *rows, const char *measure, const char *alpha)
{
    kt_rows_text(rows, KT_MISMATCH_TIME_PERIOD, job->period);
    kt_rows_text(rows, KT_MISMATCH_PERIOD_START, job->start);
    kt_rows_text(rows, KT_MISMATCH_MARKET, job->of->market->market.name);
    kt_rows_text(rows, KT_MISMATCH_SCOPE, job->of->market->market.scope);
    kt_rows_text(rows, KT_MISMATCH_MEASURE, measure);
    kt_rows_text(rows, KT_MISMATCH_ALPHA, alpha);
}

double kt_index_coverage(double coverage)
{
    if (coverage <= 1.0) {
        return coverage;
    }
    return coverage <= 1.0 + 1e-9 ? 1.0 : NAN;
}

/* A figure that follows from the points; where most of these are hidden figures there is none. */
static void put_point(const work *job, kt_rows *rows, size_t column, double figure)
{
    kt_rows_number(rows, column, job->assessable ? figure : NAN);
}

static void put_tail(const work *job, kt_rows *rows, size_t markets_n, const char *method,
                     double value)
{
    kt_rows_number(rows, KT_MISMATCH_MARKETS_N, (double)markets_n);
    kt_rows_number(rows, KT_MISMATCH_UNEMPLOYED_COVERAGE,
                   kt_index_coverage(job->month.unemployed_coverage));
    kt_rows_number(rows, KT_MISMATCH_VACANCIES_COVERAGE,
                   kt_index_coverage(job->month.vacancies_coverage));
    kt_rows_number(rows, KT_MISMATCH_PROTECTED_SHARE, job->month.protected_share);
    put_point(job, rows, KT_MISMATCH_TIGHTNESS,
              job->month.unemployed > 0.0 ? job->month.vacancies / job->month.unemployed : NAN);
    kt_rows_text(rows, KT_MISMATCH_METHOD, method);
    kt_rows_status(rows, KT_MISMATCH_OBS_STATUS,
                   kt_index_status(job->month.obs, job->assessable, value));
}

static void put_bounds(const work *job, kt_rows *rows, const kt_index_bounds *bounds)
{
    kt_rows_number(rows, KT_MISMATCH_VALUE_LOW, bounds->low);
    kt_rows_number(rows, KT_MISMATCH_VALUE_HIGH, bounds->high);
    put_point(job, rows, KT_MISMATCH_VALUE_LOW_UNALLOCATED, bounds->low_unallocated);
    put_point(job, rows, KT_MISMATCH_VALUE_HIGH_UNALLOCATED, bounds->high_unallocated);
}

/* Inside a region posts without a region may lie in none of its cells. */
static const char *method_of(const work *job, const kt_index_method *method)
{
    return job->of->market->margins->all_inside ? method->whole : method->part;
}

static kt_status put_mismatch(const work *job, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_index_alpha *alpha = &job->of->plan->alphas[at];
    const kt_mismatch *found = &job->found[at];
    put_keys(job, rows, "mismatch", alpha->text);
    put_point(job, rows, KT_MISMATCH_VALUE, found->value);
    put_bounds(job, rows, &job->bounds[at]);
    put_point(job, rows, KT_MISMATCH_MODEL_ERROR, found->model_error);
    put_point(job, rows, KT_MISMATCH_NULL_VALUE, found->null_value);
    put_point(job, rows, KT_MISMATCH_EXCESS_OVER_NULL, found->excess_over_null);
    const kt_index_method *method = found->error_is_limit ? &alpha->limit_method : &alpha->method;
    put_tail(job, rows, found->markets_n, method_of(job, method), found->value);
    return kt_rows_end(rows, err);
}

/* The exponents with or without a range together: a range costs twice the figure. */
static kt_status compute_some(const work *job, bool ranged, kt_mismatch *out, kt_error *err)
{
    const kt_index_plan *plan = job->of->plan;
    double *alphas = kt_arena_array(job->of->arena, double, plan->alpha_count);
    kt_mismatch *found = kt_arena_array(job->of->arena, kt_mismatch, plan->alpha_count);
    size_t count = 0;
    for (size_t i = 0; i < plan->alpha_count; i++) {
        if (plan->alphas[i].ranged == ranged) {
            alphas[count++] = plan->alphas[i].alpha;
        }
    }
    kt_cells cells = job->month.cells;
    if (!ranged) {
        cells.unemployed_low = cells.unemployed_high = NULL;
        cells.vacancies_low = cells.vacancies_high = NULL;
    }
    KT_TRY(kt_mismatch_compute(&cells, alphas, count, job->of->arena, found, err));
    count = 0;
    for (size_t i = 0; i < plan->alpha_count; i++) {
        if (plan->alphas[i].ranged == ranged) {
            out[i] = found[count++];
        }
    }
    return KT_OK;
}

static kt_status compute_mismatch(work *job, kt_error *err)
{
    job->found = kt_arena_array(job->of->arena, kt_mismatch, job->of->plan->alpha_count);
    KT_TRY(compute_some(job, true, job->found, err));
    return compute_some(job, false, job->found, err);
}

static kt_status compute_bounds(work *job, kt_error *err)
{
    const kt_index_plan *plan = job->of->plan;
    job->bounds = kt_arena_array(job->of->arena, kt_index_bounds, plan->alpha_count);
    job->bounding = kt_index_bounding_new(job->of, &job->month, job->of->arena);
    for (size_t i = 0; i < plan->alpha_count; i++) {
        job->bounds[i] = kt_index_no_bounds;
        KT_TRY(!plan->alphas[i].ranged
                   ? KT_OK
                   : kt_index_bounds_of(job->bounding, &job->found[i], &job->bounds[i], err));
    }
    return KT_OK;
}

static kt_status add_mismatch(const work *job, kt_rows *rows, kt_error *err)
{
    const kt_index_plan *plan = job->of->plan;
    for (size_t i = 0; i < plan->alpha_count; i++) {
        KT_TRY(put_mismatch(job, i, rows, err));
    }
    return KT_OK;
}

static size_t input_at(const kt_measure *measure, const char *name)
{
    size_t at = 0;
    while (at < kt_measure_input_count(measure) && strcmp(measure->inputs[at].name, name) != 0) {
        at++;
    }
    return at;
}

/* The cells as the measure would get them from a CSV. */
static kt_group group_of(const work *job, const kt_measure *measure)
{
    kt_group group = {.row_count = job->month.cells.count};
    group.key[input_at(measure, "market")] = job->of->market->names;
    group.figure[input_at(measure, "unemployed")] = job->month.cells.unemployed;
    group.figure[input_at(measure, "vacancies")] = job->month.cells.vacancies;
    return group;
}

/* The Hellinger distance is the root of mismatch at 1/2. */
static kt_index_bounds root_of(const kt_index_bounds *of, double value)
{
    const bool open = of->low < of->high;
    return (kt_index_bounds){.low = open ? fmin(sqrt(of->low), value) : value,
                             .high = open ? fmax(sqrt(of->high), value) : value,
                             .low_unallocated = sqrt(of->low_unallocated),
                             .high_unallocated = sqrt(of->high_unallocated)};
}

static kt_status bound_beside(const work *job, const kt_index_beside *beside, double value,
                              kt_index_bounds *out, kt_error *err)
{
    const size_t half = job->of->plan->half;
    *out = kt_index_no_bounds;
    if (beside->bounded == KT_INDEX_ROOT_OF_HALF) {
        *out = root_of(&job->bounds[half], value);
    } else if (beside->bounded == KT_INDEX_SHARES) {
        return kt_index_bounds_of_shares(job->bounding, &job->found[half], value, out, err);
    }
    return KT_OK;
}

static kt_status add_beside(const work *job, const kt_index_beside *beside, kt_rows *rows,
                            kt_error *err)
{
    const kt_group group = group_of(job, beside->measure);
    kt_findings *findings = NULL;
    KT_TRY(kt_measure_run(beside->measure, &group, NULL, job->of->arena, &findings, err));
    const double value = findings->number[0];
    put_keys(job, rows, beside->measure->id, "_Z");
    put_point(job, rows, KT_MISMATCH_VALUE, value);
    kt_index_bounds bounds;
    KT_TRY(bound_beside(job, beside, value, &bounds, err));
    put_bounds(job, rows, &bounds);
    for (size_t column = KT_MISMATCH_MODEL_ERROR; column <= KT_MISMATCH_EXCESS_OVER_NULL;
         column++) {
        kt_rows_empty(rows, column);
    }
    put_tail(job, rows, job->found[0].markets_n, method_of(job, &beside->method), value);
    return kt_rows_end(rows, err);
}

/* The line a cell is published under: its own, or that of the scope or of all occupations. */
static kt_rollup_line region_line(const work *job, size_t cell)
{
    const kt_placed_market *market = job->of->market;
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_regions(job->of->rollup, &lines);
    return market->has_regions
               ? lines[market->market.region[cell]]
               : (kt_rollup_line){.level = market->scope_level, .code = market->market.scope};
}

static kt_rollup_line occupation_line(const work *job, size_t cell)
{
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_occupations(job->of->rollup, &lines);
    return lines[job->of->market->market.occupation[cell]];
}

static kt_obs figure_status(const work *job, size_t cell, size_t measure)
{
    const kt_market *market = &job->of->market->market;
    const kt_market_slab *slab = job->of->slab;
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = measure,
        [KT_ROLE_REGION] = market->region[cell],
        [KT_ROLE_OCCUPATION] = market->occupation[cell],
        [KT_ROLE_SECTOR] = slab->sector,
        [KT_ROLE_GROUP] = slab->group,
    };
    return (kt_obs)slab->cube->status[kt_cube_at(slab->cube, at)];
}

/*
 * A cell of which a figure is protected shows nothing that the figure could be taken back from. A
 * known cell is an estimate all the same where the totals it is held against are not known exactly.
 */
static kt_obs contribution_status(const kt_contribution *found, kt_obs unemployed, kt_obs vacancies)
{
    const kt_obs worse = kt_obs_worse(unemployed, vacancies);
    if (!kt_obs_has_value(worse)) {
        return worse;
    }
    if (isnan(found->contribution)) {
        return KT_OBS_IMPOSSIBLE;
    }
    return found->contribution_low < found->contribution_high
               ? kt_obs_worse(worse, KT_OBS_ESTIMATED)
               : worse;
}

static void put_contribution_keys(const work *job, size_t cell, kt_rows *rows)
{
    const kt_rollup_line region = region_line(job, cell);
    const kt_rollup_line occupation = occupation_line(job, cell);
    kt_rows_text(rows, KT_CONTRIBUTIONS_TIME_PERIOD, job->period);
    kt_rows_text(rows, KT_CONTRIBUTIONS_PERIOD_START, job->start);
    kt_rows_text(rows, KT_CONTRIBUTIONS_MARKET, job->of->market->market.name);
    kt_rows_text(rows, KT_CONTRIBUTIONS_SCOPE, job->of->market->market.scope);
    kt_rows_text(rows, KT_CONTRIBUTIONS_ALPHA, job->of->plan->contributions.text);
    kt_rows_text(rows, KT_CONTRIBUTIONS_REGION_LEVEL, region.level);
    kt_rows_text(rows, KT_CONTRIBUTIONS_REGION_CODE, region.code);
    kt_rows_text(rows, KT_CONTRIBUTIONS_OCCUPATION_LEVEL, occupation.level);
    kt_rows_text(rows, KT_CONTRIBUTIONS_OCCUPATION_CODE, occupation.code);
}

static kt_status put_contribution(const work *job, size_t cell, const kt_contribution *found,
                                  kt_rows *rows, kt_error *err)
{
    const kt_obs unemployed = figure_status(job, cell, job->of->slab->unemployed);
    const kt_obs vacancies = figure_status(job, cell, job->of->slab->vacancies);
    const kt_obs obs = contribution_status(found, unemployed, vacancies);
    const bool shown = kt_obs_has_value(obs);
    put_contribution_keys(job, cell, rows);
    kt_rows_number(rows, KT_CONTRIBUTIONS_UNEMPLOYED_SHARE,
                   kt_obs_has_value(unemployed) ? found->unemployed_share : NAN);
    kt_rows_number(rows, KT_CONTRIBUTIONS_VACANCY_SHARE,
                   kt_obs_has_value(vacancies) ? found->vacancy_share : NAN);
    kt_rows_number(rows, KT_CONTRIBUTIONS_CONTRIBUTION, shown ? found->contribution : NAN);
    kt_rows_number(rows, KT_CONTRIBUTIONS_CONTRIBUTION_LOW, shown ? found->contribution_low : NAN);
    kt_rows_number(rows, KT_CONTRIBUTIONS_CONTRIBUTION_HIGH,
                   shown ? found->contribution_high : NAN);
    kt_rows_number(rows, KT_CONTRIBUTIONS_PERSONS_OFF_PROPORTION,
                   shown ? found->persons_off_proportion : NAN);
    kt_rows_text(rows, KT_CONTRIBUTIONS_SIDE, shown ? kt_side_word(found->side) : NULL);
    kt_rows_text(rows, KT_CONTRIBUTIONS_METHOD, job->of->plan->contributions.method.whole);
    kt_rows_status(rows, KT_CONTRIBUTIONS_OBS_STATUS, obs);
    return kt_rows_end(rows, err);
}

static kt_status add_contributions(const work *job, kt_rows *rows, kt_error *err)
{
    const kt_index_plan *plan = job->of->plan;
    const size_t count = job->month.cells.count;
    kt_contribution *found = kt_arena_array(job->of->arena, kt_contribution, count);
    KT_TRY(kt_contributions_compute(&job->month.cells, plan->contributions.alpha, found, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(put_contribution(job, i, &found[i], rows, err));
    }
    return KT_OK;
}

static kt_status add_index(const work *job, kt_rows *rows, kt_error *err)
{
    const kt_index_plan *plan = job->of->plan;
    for (size_t i = 0; i < plan->before_count; i++) {
        KT_TRY(add_beside(job, &plan->before[i], rows, err));
    }
    KT_TRY(add_mismatch(job, rows, err));
    for (size_t i = 0; i < plan->after_count; i++) {
        KT_TRY(add_beside(job, &plan->after[i], rows, err));
    }
    return KT_OK;
}

static bool is_headline(const work *job)
{
    return strcmp(job->of->market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) == 0;
}

/* These tables stand on the same figures and ranges. */
static kt_status add_indices(work *job, const kt_index_rows *rows, kt_error *err)
{
    kt_rows *mismatch = rows->of[KT_INDEX_MISMATCH];
    kt_rows *decomposition =
        job->of->market->crossed == NULL ? NULL : rows->of[KT_INDEX_DECOMPOSITION];
    kt_rows *sensitivity = is_headline(job) ? rows->of[KT_INDEX_SENSITIVITY] : NULL;
    if (mismatch == NULL && decomposition == NULL && sensitivity == NULL) {
        return KT_OK;
    }
    KT_TRY(compute_mismatch(job, err));
    KT_TRY(compute_bounds(job, err));
    const kt_index_found found = {.figures = &job->month,
                                  .mismatch = job->found,
                                  .bounds = job->bounds,
                                  .assessable = job->assessable};
    KT_TRY(mismatch == NULL ? KT_OK : add_index(job, mismatch, err));
    KT_TRY(decomposition == NULL ? KT_OK
                                 : kt_index_decomposition_add(job->of, &found, decomposition, err));
    return sensitivity == NULL ? KT_OK
                               : kt_index_sensitivity_add(job->of, &found, sensitivity, err);
}

kt_status kt_index_shares_of(const kt_market *market, const kt_market_slab *known,
                             const kt_market_month *found, kt_arena *arena, kt_index_shares *out,
                             kt_error *err)
{
    kt_market_month parts;
    KT_TRY(kt_market_gather(market, known, arena, &parts, err));
    *out = (kt_index_shares){
        .unemployed = kt_protected_share(found->unemployed, parts.unemployed),
        .vacancies = kt_protected_share(found->vacancies, parts.vacancies),
    };
    return KT_OK;
}

kt_status kt_index_protected_share(const kt_index_month *month, const kt_market_month *found,
                                   double *out, kt_error *err)
{
    *out = 0.0;
    if (month->known == NULL || month->known->cube == NULL) {
        return KT_OK;
    }
    kt_index_shares shares;
    KT_TRY(kt_index_shares_of(&month->market->market, month->known, found, month->arena, &shares,
                              err));
    *out = fmax(shares.unemployed, shares.vacancies);
    return KT_OK;
}

static kt_status gather(work *job, kt_error *err)
{
    const kt_index_month *month = job->of;
    double share = 0.0;
    (void)kt_period_write(month->period, job->period);
    (void)kt_period_start(month->period, job->start);
    KT_TRY(kt_market_gather(&month->market->market, month->slab, month->arena, &job->month, err));
    KT_TRY(kt_index_protected_share(month, &job->month, &share, err));
    job->assessable = !(share > month->plan->protected_share_limit);
    return KT_OK;
}

kt_status kt_index_rows_add(const kt_index_month *month, const kt_index_rows *rows, kt_error *err)
{
    work job = {.of = month};
    KT_TRY(gather(&job, err));
    KT_TRY(add_indices(&job, rows, err));
    kt_rows *contributions = rows->of[KT_INDEX_CONTRIBUTIONS];
    /* Its columns have no room for sectors. */
    const bool told =
        !month->market->has_sectors && job.month.cells.count <= month->plan->contributions_cells;
    KT_TRY(contributions != NULL && told ? add_contributions(&job, contributions, err) : KT_OK);
    kt_rows *reach = rows->of[KT_INDEX_REACH];
    return reach != NULL && kt_index_reach_wanted(month) ? kt_index_reach_add(month, reach, err)
                                                         : KT_OK;
}
