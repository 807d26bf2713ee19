/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/number.h"
#include "core/text.h"
#include "index_columns.h"
#include "index_rows.h"

/* Measures of one figure, without parameters, over the same cells as mismatch. */
static const char *const beside[] = {"hellinger", "mismatch_jr"};

static const char *const mismatch_columns[KT_MISMATCH_COLUMNS] = {
    "time_period",
    "period_start",
    "market",
    "scope",
    "measure",
    "alpha",
    "value",
    "value_low",
    "value_high",
    "value_low_unallocated",
    "value_high_unallocated",
    "model_error",
    "null_value",
    "excess_over_null",
    "markets_n",
    "unemployed_coverage",
    "vacancies_coverage",
    "protected_share",
    "method",
    "obs_status",
};

static const char *const contributions_columns[KT_CONTRIBUTIONS_COLUMNS] = {
    "time_period",
    "period_start",
    "market",
    "scope",
    "alpha",
    "region_level",
    "region_code",
    "occupation_level",
    "occupation_code",
    "unemployed_share",
    "vacancy_share",
    "contribution",
    "contribution_low",
    "contribution_high",
    "persons_off_proportion",
    "side",
    "method",
    "obs_status",
};

static kt_status find_schema(const kt_contract *contract, const char *table,
                             const char *const *columns, size_t count, const kt_schema **out,
                             kt_error *err)
{
    *out = kt_contract_find(contract, table);
    return *out == NULL ? kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"%s\"", table)
                        : kt_schema_expect(*out, columns, count, err);
}

static kt_status find_measure(const char *id, const kt_measure **out, kt_error *err)
{
    *out = kt_measure_find(id);
    return *out == NULL ? kt_fail(err, KT_ERR_BUG, "measure %s is not in the registry", id) : KT_OK;
}

static kt_index_alpha describe_alpha(const kt_measure *measure, double alpha, bool ranged,
                                     kt_arena *arena)
{
    char number[KT_NUMBER_SIZE];
    (void)kt_number_write(alpha, number);
    return (kt_index_alpha){
        .alpha = alpha,
        .text = kt_arena_copy(arena, number),
        .ranged = ranged,
        .method = kt_arena_print(arena, "%s/%d alpha=%s", measure->id, measure->version, number),
    };
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const kt_index_alpha *)a)->text, ((const kt_index_alpha *)b)->text);
}

static void plan_alphas(const kt_analysis_settings *settings, const kt_measure *measure,
                        kt_arena *arena, kt_index_plan *out)
{
    out->alpha_count = settings->alpha_count;
    out->alphas = kt_arena_array(arena, kt_index_alpha, out->alpha_count);
    for (size_t i = 0; i < out->alpha_count; i++) {
        bool ranged = false;
        for (size_t j = 0; j < settings->range_alpha_count; j++) {
            ranged = ranged || settings->range_alphas[j] == settings->alphas[i];
        }
        out->alphas[i] = describe_alpha(measure, settings->alphas[i], ranged, arena);
    }
    qsort(out->alphas, out->alpha_count, sizeof *out->alphas, by_text);
}

static kt_status plan_beside(kt_arena *arena, kt_index_plan *out, kt_error *err)
{
    const size_t count = sizeof beside / sizeof beside[0];
    out->before = kt_arena_array(arena, kt_index_beside, count);
    out->after = kt_arena_array(arena, kt_index_beside, count);
    for (size_t i = 0; i < count; i++) {
        kt_index_beside one = {0};
        KT_TRY(find_measure(beside[i], &one.measure, err));
        one.method = kt_arena_print(arena, "%s/%d", one.measure->id, one.measure->version);
        if (strcmp(one.measure->id, "mismatch") < 0) {
            out->before[out->before_count++] = one;
        } else {
            out->after[out->after_count++] = one;
        }
    }
    return KT_OK;
}

kt_status kt_index_plan_make(const kt_config *config, kt_arena *arena, kt_index_plan *out,
                             kt_error *err)
{
    *out = (kt_index_plan){.contributions_cells = config->analysis.contributions_cells};
    KT_TRY(find_schema(config->contract, "mismatch", mismatch_columns, KT_MISMATCH_COLUMNS,
                       &out->mismatch_schema, err));
    KT_TRY(find_schema(config->contract, "contributions", contributions_columns,
                       KT_CONTRIBUTIONS_COLUMNS, &out->contributions_schema, err));
    const kt_measure *mismatch = NULL;
    const kt_measure *contributions = NULL;
    KT_TRY(find_measure("mismatch", &mismatch, err));
    KT_TRY(find_measure("contributions", &contributions, err));
    plan_alphas(&config->analysis, mismatch, arena, out);
    out->contributions =
        describe_alpha(contributions, config->analysis.contributions_alpha, true, arena);
    return plan_beside(arena, out, err);
}
