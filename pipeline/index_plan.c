/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "analysis/range.h"
#include "analysis/unallocated.h"
#include "core/number.h"
#include "core/text.h"
#include "index_columns.h"
#include "index_rows.h"
#include "transform/reconcile.h"

/* Measures of one figure, without parameters, over the same cells as mismatch. */
static const struct {
    const char *id;
    kt_index_bounded bounded;
} beside[] = {{"hellinger", KT_INDEX_ROOT_OF_HALF}, {"mismatch_jr", KT_INDEX_SHARES}};

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
    "tightness",
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

static const char *const sensitivity_columns[KT_SENSITIVITY_COLUMNS] = {
    "time_period", "period_start", "headline", "aspect", "setting", "value", "obs_status", "method",
};

static const char *const decomposition_columns[KT_DECOMPOSITION_COLUMNS] = {
    "time_period",
    "period_start",
    "scope",
    "region_level",
    "occupation_level",
    "alpha",
    "population",
    "mismatch",
    "mismatch_low",
    "mismatch_high",
    "mismatch_region",
    "within_region",
    "mismatch_occupation",
    "within_occupation",
    "interaction",
    "shapley_region",
    "shapley_occupation",
    "data_coverage",
    "method",
    "obs_status",
};

static const char *const reach_columns[KT_REACH_COLUMNS] = {
    "time_period", "period_start", "region_level",        "region_code", "unemployed",
    "vacancies",   "tightness",    "effective_tightness", "weights",     "obs_status",
};

/* Of each table, in the order of kt_index_table. */
static const struct {
    const char *table;
    const char *const *columns;
    size_t count;
} tables[KT_INDEX_TABLES] = {
    [KT_INDEX_MISMATCH] = {"mismatch", mismatch_columns, KT_MISMATCH_COLUMNS},
    [KT_INDEX_CONTRIBUTIONS] = {"contributions", contributions_columns, KT_CONTRIBUTIONS_COLUMNS},
    [KT_INDEX_SENSITIVITY] = {"sensitivity", sensitivity_columns, KT_SENSITIVITY_COLUMNS},
    [KT_INDEX_DECOMPOSITION] = {"decomposition", decomposition_columns, KT_DECOMPOSITION_COLUMNS},
    [KT_INDEX_REACH] = {"effective_tightness", reach_columns, KT_REACH_COLUMNS},
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

/* What every row says of how it was made, and that its figures are modelled if they are. */
typedef struct notes {
    const char *plain;         /* how protected cells are pointed */
    const char *range;         /* and how the range of hidden cells was found */
    const char *box;           /* and that the range is that of their ends alone */
    kt_index_method certified; /* and how both ranges were found */
    kt_arena *arena;
} notes;

#define POINTS "points=" KT_POINTS_METHOD
#define RANGE  POINTS " range=" KT_RANGE_METHOD
#define BOTH   RANGE " unallocated="
#define LIMIT  " error=limit"

/* error: what is said of the model error. */
static notes notes_of(const kt_config *config, const char *error, kt_arena *arena)
{
    const char *modelled =
        kt_arena_print(arena, "%s%s", error, config->modelled ? " modelled" : "");
    return (notes){
        .plain = kt_arena_print(arena, " " POINTS "%s", modelled),
        .range = kt_arena_print(arena, " " RANGE "%s", modelled),
        .box = kt_arena_print(arena, " " POINTS " range=box%s", modelled),
        .certified = {.whole = kt_arena_print(arena, " " BOTH KT_UNALLOCATED_METHOD "%s", modelled),
                      .part = kt_arena_print(arena, " " BOTH KT_UNALLOCATED_UP_TO_METHOD "%s",
                                             modelled)},
        .arena = arena};
}

/* The alpha of a row stands in a column of its own. */
static const char *method_of(const kt_measure *measure, const char *note, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/%d%s", measure->id, measure->version, note);
}

static kt_index_method same_method(const kt_measure *measure, const char *note, kt_arena *arena)
{
    const char *method = method_of(measure, note, arena);
    return (kt_index_method){.whole = method, .part = method};
}

static kt_index_method certified_method(const kt_measure *measure, const notes *say)
{
    return (kt_index_method){.whole = method_of(measure, say->certified.whole, say->arena),
                             .part = method_of(measure, say->certified.part, say->arena)};
}

/* Posts that may lie elsewhere have no range for Jackman and Roper's index. */
static kt_index_method bounded_method(kt_index_bounded bounded, const kt_measure *measure,
                                      const notes *say)
{
    kt_index_method made = certified_method(measure, say);
    if (bounded == KT_INDEX_SHARES) {
        made.part = method_of(measure, say->range, say->arena);
    }
    return made;
}

static kt_index_alpha describe_alpha(double alpha, const notes *say)
{
    char number[KT_NUMBER_SIZE];
    (void)kt_number_write(alpha, number);
    return (kt_index_alpha){.alpha = alpha, .text = kt_arena_copy(say->arena, number)};
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const kt_index_alpha *)a)->text, ((const kt_index_alpha *)b)->text);
}

static kt_index_method alpha_method(const kt_index_alpha *at, const kt_measure *measure,
                                    const notes *say)
{
    return at->ranged ? certified_method(measure, say)
                      : same_method(measure, say->plain, say->arena);
}

/* limit: what is said where the model error is that of a bootstrap. */
static void plan_alphas(const kt_analysis_settings *settings, const kt_measure *measure,
                        const notes *say, const notes *limit, kt_index_plan *out)
{
    out->alpha_count = settings->alpha_count;
    out->alphas = kt_arena_array(say->arena, kt_index_alpha, out->alpha_count);
    for (size_t i = 0; i < out->alpha_count; i++) {
        kt_index_alpha *at = &out->alphas[i];
        *at = describe_alpha(settings->alphas[i], say);
        for (size_t j = 0; j < settings->range_alpha_count; j++) {
            at->ranged = at->ranged || settings->range_alphas[j] == at->alpha;
        }
        at->method = alpha_method(at, measure, say);
        at->limit_method = alpha_method(at, measure, limit);
        at->plain_method = method_of(measure, say->plain, say->arena);
    }
    qsort(out->alphas, out->alpha_count, sizeof *out->alphas, by_text);
    out->half = 0;
    while (out->half < out->alpha_count &&
           !(out->alphas[out->half].ranged && out->alphas[out->half].alpha == 0.5)) {
        out->half++;
    }
}

static void describe_decomposition(const kt_measure *measure, const notes *say, kt_index_plan *out)
{
    for (size_t i = 0; i < out->alpha_count; i++) {
        kt_index_alpha *at = &out->alphas[i];
        at->decomposition = method_of(measure, say->plain, say->arena);
        at->decomposition_ranged = method_of(measure, say->range, say->arena);
    }
}

static kt_status plan_beside(const notes *say, kt_index_plan *out, kt_error *err)
{
    const size_t count = sizeof beside / sizeof beside[0];
    out->before = kt_arena_array(say->arena, kt_index_beside, count);
    out->after = kt_arena_array(say->arena, kt_index_beside, count);
    for (size_t i = 0; i < count; i++) {
        kt_index_beside one = {0};
        KT_TRY(find_measure(beside[i].id, &one.measure, err));
        one.bounded = out->half < out->alpha_count ? beside[i].bounded : KT_INDEX_UNBOUNDED;
        one.method = one.bounded == KT_INDEX_UNBOUNDED
                         ? same_method(one.measure, say->plain, say->arena)
                         : bounded_method(one.bounded, one.measure, say);
        if (strcmp(one.measure->id, "mismatch") < 0) {
            out->before[out->before_count++] = one;
        } else {
            out->after[out->after_count++] = one;
        }
    }
    return KT_OK;
}

static kt_status plan_null(const kt_config *config, const kt_measure *mismatch, const notes *say,
                           kt_index_null_plan *out, kt_error *err)
{
    const kt_measure *granularity = NULL;
    KT_TRY(find_measure("granularity", &granularity, err));
    *out = (kt_index_null_plan){
        .settings = config->analysis.null,
        .set_method = method_of(mismatch, config->modelled ? " modelled" : "", say->arena),
        .method = method_of(mismatch, say->plain, say->arena),
        .closed = method_of(
            granularity, kt_arena_print(say->arena, " cluster=1 closed%s", say->plain), say->arena),
        .drawn = method_of(granularity, "", say->arena),
        .note = say->plain,
    };
    return KT_OK;
}

kt_status kt_index_plan_make(const kt_config *config, kt_arena *arena, kt_index_plan *out,
                             kt_error *err)
{
    *out = (kt_index_plan){.contributions_cells = config->analysis.contributions_cells,
                           .reaches = config->reaches,
                           .protected_share_limit = config->analysis.protected_share_limit};
    for (size_t i = 0; i < KT_INDEX_TABLES; i++) {
        KT_TRY(find_schema(config->contract, tables[i].table, tables[i].columns, tables[i].count,
                           &out->schemas[i], err));
    }
    const kt_measure *mismatch = NULL;
    const kt_measure *contributions = NULL;
    const kt_measure *decomposition = NULL;
    KT_TRY(find_measure("mismatch", &mismatch, err));
    KT_TRY(find_measure("contributions", &contributions, err));
    KT_TRY(find_measure("decomposition", &decomposition, err));
    const notes say = notes_of(config, "", arena);
    const notes limit = notes_of(config, LIMIT, arena);
    plan_alphas(&config->analysis, mismatch, &say, &limit, out);
    describe_decomposition(decomposition, &say, out);
    KT_TRY(plan_null(config, mismatch, &say, &out->null, err));
    out->contributions = describe_alpha(config->analysis.contributions_alpha, &say);
    out->contributions.ranged = true;
    out->contributions.method = same_method(contributions, say.box, arena);
    return plan_beside(&say, out, err);
}
