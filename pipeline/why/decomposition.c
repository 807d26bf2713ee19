/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis/decomposition.h"
#include "crossed_markets.h"
#include "why/market.h"

static kt_status recompute(const kt_why_market *in, const kt_crossed_market *crossed, kt_error *err)
{
    const kt_cross cross = kt_crossed_market_cells(crossed, &in->found);
    kt_decomposition found;
    KT_TRY(kt_decomposition_compute(&cross, in->alpha, in->of->arena, &found, err));
    const struct {
        const char *column;
        double figure;
    } figures[] = {
        {"mismatch", found.mismatch},
        {"mismatch_region", found.mismatch_region},
        {"within_region", found.within_region},
        {"mismatch_occupation", found.mismatch_occupation},
        {"within_occupation", found.within_occupation},
        {"interaction", found.interaction},
        {"shapley_region", found.shapley_region},
        {"shapley_occupation", found.shapley_occupation},
    };
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        kt_why_market_compare(in, list, figures[i].column, figures[i].figure);
    }
    kt_why_market_compare(
        in, list, "data_coverage",
        kt_index_coverage(fmin(in->found.unemployed_coverage, in->found.vacancies_coverage)));
    return KT_OK;
}

kt_status kt_why_decomposition(const kt_why *of, kt_error *err)
{
    kt_why_market in;
    const char *reason = NULL;
    KT_TRY(kt_why_market_open(of, NAN, &in, &reason, err));
    if (reason == NULL && in.placed.crossed == NULL) {
        reason = "the configuration of today does not cross this market";
    }
    if (reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(reason));
        return KT_OK;
    }
    const bool with = strcmp(kt_why_cell(of, "population"), "with_X") == 0;
    const kt_crossed_markets *crossed = in.placed.crossed;
    KT_TRY(with ? kt_why_market_widen(&in, err) : KT_OK);
    kt_why_market_put(&in);
    KT_TRY(recompute(&in, with ? &crossed->with_unallocated : &crossed->without_unallocated, err));
    kt_why_market_list(&in);
    return KT_OK;
}
