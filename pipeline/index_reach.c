/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_reach.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "index_columns.h"

enum { IN_MARKET, IN_UNEMPLOYED, IN_VACANCIES };
static const char *const inputs[] = {"market", "unemployed", "vacancies"};

/* Where an input or a result stands in the measure. */
static size_t input_at(const kt_measure *measure, size_t input)
{
    size_t at = 0;
    while (at < kt_measure_input_count(measure) &&
           strcmp(measure->inputs[at].name, inputs[input]) != 0) {
        at++;
    }
    return at;
}

static size_t value_at(const kt_measure *measure)
{
    size_t at = 0;
    while (strcmp(measure->results[at].name, "value") != 0) {
        at++;
    }
    return at;
}

static bool is_whole(const kt_reach_regions *regions)
{
    for (size_t i = 0; i < regions->count; i++) {
        if (isnan(regions->unemployed[i]) || isnan(regions->vacancies[i])) {
            return false;
        }
    }
    return true;
}

static void take_findings(const kt_measure *measure, const kt_findings *findings, double *out,
                          const char **reason)
{
    const size_t count = kt_measure_result_count(measure), value = value_at(measure);
    for (size_t i = 0; i < findings->row_count; i++) {
        out[i] = findings->number[i * count + value];
        *reason = *reason == NULL ? findings->reason[i] : *reason;
    }
}

kt_status kt_reach_compute(const kt_reach *reach, const kt_reach_regions *regions, kt_arena *arena,
                           double *out, const char **reason, kt_error *err)
{
    const kt_measure *measure = kt_measure_find("effective_tightness");
    kt_group group = {.row_count = regions->count, .weights = reach->weights};
    group.key[input_at(measure, IN_MARKET)] = regions->code;
    group.figure[input_at(measure, IN_UNEMPLOYED)] = regions->unemployed;
    group.figure[input_at(measure, IN_VACANCIES)] = regions->vacancies;
    for (size_t i = 0; i < regions->count; i++) {
        out[i] = NAN;
    }
    *reason = is_whole(regions) ? NULL : "a figure is withheld";
    if (*reason != NULL) {
        return KT_OK;
    }
    kt_findings *findings = NULL;
    kt_error fault = {0};
    const kt_status status = kt_measure_run(measure, &group, NULL, arena, &findings, &fault);
    if (status == KT_ERR_DATA) {
        *reason = kt_arena_copy(arena, fault.message);
        return KT_OK;
    }
    if (status != KT_OK) {
        return kt_fail(err, status, "%s", fault.message);
    }
    take_findings(measure, findings, out, reason);
    return KT_OK;
}

/* The level of the market's regions. */
static const char *level_of(const kt_index_month *month)
{
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_regions(month->rollup, &lines);
    return lines[month->market->market.region[0]].level;
}

bool kt_index_reach_wanted(const kt_index_month *month)
{
    const kt_placed_market *market = month->market;
    return month->plan->reaches.count > 0 && market->has_regions && !market->has_occupations &&
           strcmp(market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) == 0;
}

/* The regions of a month as they are published. */
typedef struct published {
    kt_reach_regions regions;
    kt_obs worst;  /* of all figures */
    kt_obs absent; /* of those without a value; A where there is none */
} published;

static double figure_of(const kt_index_month *month, size_t cell, size_t measure, published *out)
{
    const kt_market_slab *slab = month->slab;
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = measure,
                                 [KT_ROLE_REGION] = month->market->market.region[cell],
                                 [KT_ROLE_OCCUPATION] = month->market->market.occupation[cell],
                                 [KT_ROLE_SECTOR] = slab->sector,
                                 [KT_ROLE_GROUP] = slab->group};
    const size_t place = kt_cube_at(slab->cube, at);
    const kt_obs obs = (kt_obs)slab->cube->status[place];
    out->worst = kt_obs_worse(out->worst, obs);
    if (!kt_obs_has_value(obs)) {
        out->absent = kt_obs_worse(out->absent, obs);
        return NAN;
    }
    return round(slab->cube->value[place]); /* as `observations` has it */
}

static published publish(const kt_index_month *month)
{
    const kt_market *market = &month->market->market;
    double *u = kt_arena_array(month->arena, double, market->cell_count);
    double *v = kt_arena_array(month->arena, double, market->cell_count);
    published made = {.worst = KT_OBS_OBSERVED, .absent = KT_OBS_OBSERVED};
    for (size_t i = 0; i < market->cell_count; i++) {
        u[i] = figure_of(month, i, month->slab->unemployed, &made);
        v[i] = figure_of(month, i, month->slab->vacancies, &made);
    }
    made.regions = (kt_reach_regions){
        .count = market->cell_count, .code = month->market->names, .unemployed = u, .vacancies = v};
    return made;
}

/* Without a figure the row says why: one of the regions has none, or it cannot exist. */
static kt_obs status_of(const published *of, double figure)
{
    if (!isnan(figure)) {
        return of->worst;
    }
    return of->absent == KT_OBS_OBSERVED ? KT_OBS_IMPOSSIBLE : of->absent;
}

static kt_status add_weights(const kt_index_month *month, const kt_reach *reach,
                             const published *of, kt_rows *rows, kt_error *err)
{
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    const kt_reach_regions *regions = &of->regions;
    const char *reason = NULL;
    double *found = kt_arena_array(month->arena, double, regions->count);
    KT_TRY(kt_reach_compute(reach, regions, month->arena, found, &reason, err));
    (void)kt_period_write(month->period, period);
    (void)kt_period_start(month->period, start);
    for (size_t i = 0; i < regions->count; i++) {
        const double u = regions->unemployed[i], v = regions->vacancies[i];
        kt_rows_text(rows, KT_REACH_TIME_PERIOD, period);
        kt_rows_text(rows, KT_REACH_PERIOD_START, start);
        kt_rows_text(rows, KT_REACH_REGION_LEVEL, reach->region_level);
        kt_rows_text(rows, KT_REACH_REGION_CODE, regions->code[i]);
        kt_rows_number(rows, KT_REACH_UNEMPLOYED, u);
        kt_rows_number(rows, KT_REACH_VACANCIES, v);
        kt_rows_number(rows, KT_REACH_TIGHTNESS, u > 0.0 ? v / u : NAN);
        kt_rows_number(rows, KT_REACH_EFFECTIVE_TIGHTNESS, found[i]);
        kt_rows_text(rows, KT_REACH_WEIGHTS, reach->name);
        kt_rows_status(rows, KT_REACH_OBS_STATUS, status_of(of, found[i]));
        KT_TRY(kt_rows_end(rows, err));
    }
    return KT_OK;
}

kt_status kt_index_reach_add(const kt_index_month *month, kt_rows *rows, kt_error *err)
{
    const kt_reaches *reaches = &month->plan->reaches;
    const char *level = level_of(month);
    const published of = publish(month);
    for (size_t i = 0; i < reaches->count; i++) {
        KT_TRY(strcmp(reaches->at[i].region_level, level) == 0
                   ? add_weights(month, &reaches->at[i], &of, rows, err)
                   : KT_OK);
    }
    return KT_OK;
}
