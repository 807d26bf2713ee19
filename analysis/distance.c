/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "distance.h"

#include "sum.h"

double kt_distance_half_sum(const kt_cells *cells, const kt_totals *totals, kt_apart *apart)
{
    kt_sum sum = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            kt_sum_add(&sum, apart(cells->unemployed[i] / totals->unemployed.value,
                                   cells->vacancies[i] / totals->vacancies.value));
        }
    }
    return kt_sum_value(sum) / 2.0;
}

kt_status kt_distance_compute(const kt_measure *self, const kt_group *group,
                              double (*distance)(const kt_cells *, const kt_totals *),
                              kt_arena *arena, kt_findings **out, kt_error *err)
{
    const kt_cells cells = kt_cells_of(group, KT_DISTANCE_UNEMPLOYED, KT_DISTANCE_VACANCIES);
    kt_totals totals;
    KT_TRY(kt_cells_sum(&cells, &totals, err));
    kt_findings *findings = kt_findings_new(self, 1, arena);
    findings->reason[0] = totals.reason;
    if (totals.reason == NULL) {
        findings->number[KT_DISTANCE_VALUE] = distance(&cells, &totals);
        findings->number[KT_DISTANCE_PERSONS] = kt_cells_off_proportion(&cells, &totals);
        findings->note[0] = kt_totals_note(&totals);
    }
    *out = findings;
    return KT_OK;
}
