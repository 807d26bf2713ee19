/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shares.h"

#include <math.h>

#include "sum.h"

static const char *reason_of(size_t count, double total)
{
    if (count == 0) {
        return "no market with a figure";
    }
    return total > 0.0 ? NULL : "the figures sum to zero";
}

kt_shares kt_shares_of(const kt_group *group, size_t input, kt_arena *arena)
{
    const double *figure = group->figure[input];
    double *share = kt_arena_array(arena, double, group->row_count);
    kt_sum total = {0};
    size_t count = 0;
    for (size_t row = 0; row < group->row_count; row++) {
        if (!isnan(figure[row])) {
            share[count++] = figure[row];
            kt_sum_add(&total, figure[row]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        share[i] /= kt_sum_value(total);
    }
    return (kt_shares){.count = count,
                       .share = share,
                       .reason = reason_of(count, kt_sum_value(total)),
                       .note = count == 1 ? "single market" : NULL};
}

kt_findings *kt_shares_finding(const kt_measure *measure, const kt_shares *shares, double value,
                               kt_arena *arena)
{
    kt_findings *findings = kt_findings_new(measure, 1, arena);
    findings->reason[0] = shares->reason;
    if (shares->reason == NULL) {
        findings->number[0] = value;
        findings->note[0] = shares->note;
    }
    return findings;
}
