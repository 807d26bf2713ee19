/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "index_reach.h"
#include "why/market.h"

static const kt_reach *reach_of(const kt_why *of)
{
    const kt_reaches *reaches = &of->config->reaches;
    for (size_t i = 0; i < reaches->count; i++) {
        if (strcmp(reaches->at[i].name, kt_why_cell(of, "weights")) == 0 &&
            strcmp(reaches->at[i].region_level, kt_why_cell(of, "region_level")) == 0) {
            return &reaches->at[i];
        }
    }
    return NULL;
}

/* The weights from the row's region to all. */
static void put_weights(const kt_why *of, const kt_reach *reach)
{
    json_t *section = kt_why_section(of, "weights", json_object());
    kt_why_put_text(section, "title", reach->title.en);
    kt_why_put_text(section, "from", reach->source);
    for (size_t i = 0; i < reach->weights->row_count; i++) {
        if (strcmp(reach->weights->row[i], kt_why_cell(of, "region_code")) != 0) {
            continue;
        }
        for (size_t j = 0; j < reach->weights->column_count; j++) {
            kt_why_put_number(section, reach->weights->column[j],
                              reach->weights->weight[i * reach->weights->column_count + j]);
        }
    }
}

static double shown(const kt_why_market *in, size_t cell, size_t measure)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = measure,
                                 [KT_ROLE_REGION] = in->placed.market.region[cell],
                                 [KT_ROLE_OCCUPATION] = in->placed.market.occupation[cell],
                                 [KT_ROLE_SECTOR] = in->slab.sector,
                                 [KT_ROLE_GROUP] = in->slab.group};
    const size_t place = kt_cube_at(in->slab.cube, at);
    return kt_obs_has_value((kt_obs)in->slab.cube->status[place])
               ? round(in->slab.cube->value[place])
               : NAN;
}

static kt_status recompute(const kt_why_market *in, const kt_reach *reach, kt_error *err)
{
    const size_t count = in->placed.market.cell_count;
    double *u = kt_arena_array(in->of->arena, double, count);
    double *v = kt_arena_array(in->of->arena, double, count);
    double *found = kt_arena_array(in->of->arena, double, count);
    const char *reason = NULL;
    for (size_t i = 0; i < count; i++) {
        u[i] = shown(in, i, in->slab.unemployed);
        v[i] = shown(in, i, in->slab.vacancies);
    }
    const kt_reach_regions regions = {
        .count = count, .code = in->placed.names, .unemployed = u, .vacancies = v};
    KT_TRY(kt_reach_compute(reach, &regions, in->of->arena, found, &reason, err));
    if (reason != NULL) {
        (void)kt_why_section(in->of, "reason", json_string(reason));
    }
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(regions.code[i], kt_why_cell(in->of, "region_code")) == 0) {
            kt_why_market_compare(in, list, "unemployed", u[i]);
            kt_why_market_compare(in, list, "vacancies", v[i]);
            kt_why_market_compare(in, list, "effective_tightness", found[i]);
        }
    }
    return KT_OK;
}

kt_status kt_why_reach(const kt_why *of, kt_error *err)
{
    kt_why_market in;
    const char *reason = NULL;
    const kt_reach *reach = reach_of(of);
    KT_TRY(kt_why_market_open(of, NAN, &in, &reason, err));
    if (reason == NULL && reach == NULL) {
        reason = "the configuration of today has no such weights";
    }
    if (reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(reason));
        return KT_OK;
    }
    kt_why_market_put(&in);
    put_weights(of, reach);
    KT_TRY(recompute(&in, reach, err));
    kt_why_market_list(&in);
    return KT_OK;
}
