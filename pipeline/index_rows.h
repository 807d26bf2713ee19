/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_ROWS_H
#define KT_PIPELINE_INDEX_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "analysis/market.h"
#include "analysis/measure.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/period.h"
#include "known_ranges.h"
#include "markets.h"
#include "pipeline/config.h"
#include "publish/contract.h"
#include "publish/table.h"
#include "transform/rollup.h"

/** Rows of the tables that are made of the markets of a period: `mismatch`, `contributions`,
 * `sensitivity`, `decomposition`, `effective_tightness`. */

/** Those tables. A further one has a line here, its columns in index_plan.c and its rows in
 * kt_index_rows_add; files, parts and their order follow. */
typedef enum kt_index_table {
    KT_INDEX_MISMATCH,
    KT_INDEX_CONTRIBUTIONS,
    KT_INDEX_SENSITIVITY,
    KT_INDEX_DECOMPOSITION,
    KT_INDEX_REACH,
    KT_INDEX_TABLES
} kt_index_table;

/** What takes the rows of one period, table by table; NULL where none are wanted of it. */
typedef struct kt_index_rows {
    kt_rows *of[KT_INDEX_TABLES];
} kt_index_rows;

/** How a figure was made: "mismatch/1 points=... range=...". */
typedef struct kt_index_method {
    const char *whole; /* where vacancies without a region can only lie in the market's cells */
    const char *part;  /* where they may lie elsewhere too */
} kt_index_method;

/** One exponent of the grid. */
typedef struct kt_index_alpha {
    double alpha;
    const char *text; /* as published */
    bool ranged;      /* its ranges are published */
    kt_index_method method;
    const char *plain_method;     /* of the value alone */
    kt_index_method limit_method; /* where the closed form of the model error is infinite */
    const char *decomposition, *decomposition_ranged; /* of that table, without ranges and with */
} kt_index_alpha;

/** Where the ranges of a measure beside mismatch come from. */
typedef enum kt_index_bounded {
    KT_INDEX_UNBOUNDED,
    KT_INDEX_ROOT_OF_HALF, /* it is the root of mismatch at 1/2, and so are its ranges */
    KT_INDEX_SHARES,       /* ranges of its own */
} kt_index_bounded;

/** A measure of one figure that stands beside mismatch. */
typedef struct kt_index_beside {
    const kt_measure *measure;
    kt_index_method method;
    kt_index_bounded bounded;
} kt_index_beside;

/** How what stands in `sensitivity` alone is made. */
typedef struct kt_index_null_plan {
    kt_null_settings settings;
    const char *set_method; /* of mismatch at 1/2, protected figures set by a rule ... */
    const char *method;     /* ... and at their points */
    const char *closed;     /* of the null in closed form */
    const char *drawn;      /* of a drawn one: what comes before cluster, draws and seed ... */
    const char *note;       /* ... and after them */
} kt_index_null_plan;

/** What is the same for every period and market; made once. */
typedef struct kt_index_plan {
    kt_index_alpha *alphas; /* in the order of their texts */
    size_t alpha_count;
    size_t half; /* the exponent 1/2 among them, if its ranges are published; else alpha_count */
    kt_index_beside *before, *after; /* measures whose ids sort before "mismatch", and after it */
    size_t before_count, after_count;
    kt_index_alpha contributions; /* the exponent of `contributions` */
    size_t contributions_cells;
    double protected_share_limit; /* an index of figures of which more is hidden has no value */
    kt_reaches reaches;           /* of `effective_tightness` */
    kt_index_null_plan null;
    const kt_schema *schemas[KT_INDEX_TABLES];
} kt_index_plan;

/** KT_ERR_CONFIG if the contract's tables are not those that are written here. */
kt_status kt_index_plan_make(const kt_config *config, kt_arena *arena, kt_index_plan *out,
                             kt_error *err) KT_MUST_CHECK;

/** One market in one period. */
typedef struct kt_index_month {
    const kt_index_plan *plan;
    const kt_placed_market *market;
    const kt_market_slab *slab;
    const kt_market_slab *known; /* its known parts; without a cube where there is no limit */
    const struct kt_sensitivity *sensitivity; /* where those rows are wanted */
    const kt_rollup *rollup;
    kt_known_ranges *ranges;
    kt_period period;
    kt_arena *arena;
} kt_index_month;

/** The protected share (transform/assess.h) of a market's job seekers and of its posts. */
typedef struct kt_index_shares {
    double unemployed, vacancies;
} kt_index_shares;

/** known: the slab of the known parts of its figures. found: the market's figures. */
kt_status kt_index_shares_of(const kt_market *market, const kt_market_slab *known,
                             const kt_market_month *found, kt_arena *arena, kt_index_shares *out,
                             kt_error *err) KT_MUST_CHECK;

/** The status of an index that has no value as too much of its figures is hidden: what is absent
 * hides it before that, and a break does not. figures: the worst status of its cells. */
kt_obs kt_index_withheld(kt_obs figures);

/** The status of an index: where there is no figure, why; the statuses of the cells say it, or else
 * it is 0/0. assessable: not too much of its figures is hidden. */
kt_obs kt_index_status(kt_obs figures, bool assessable, double value);

/**
 * A share of the scope as it is published. Points of protected cells are fractions, and their sum
 * may pass its own total by a rounding; cells that hold more than their scope for any other reason
 * leave its coverage unknown.
 */
double kt_index_coverage(double coverage);

/** The larger of the two shares; 0 where there is no limit. found: the market's figures. */
kt_status kt_index_protected_share(const kt_index_month *month, const kt_market_month *found,
                                   double *out, kt_error *err) KT_MUST_CHECK;

/** Adds its rows, in any order. */
kt_status kt_index_rows_add(const kt_index_month *month, const kt_index_rows *rows,
                            kt_error *err) KT_MUST_CHECK;

#endif
