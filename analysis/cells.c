/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cells.h"

#include "sum.h"

static kt_status check_figure(kt_interval figure, const char *name, size_t cell, kt_error *err)
{
    /* Written so that a NAN end fails too. */
    if (!(figure.low >= 0.0 && figure.high <= KT_COUNT_MOST)) {
        return kt_fail(err, KT_ERR_DATA, "cell %zu: %s %.17g, between %.17g and %.17g, is no count",
                       cell + 1, name, figure.value, figure.low, figure.high);
    }
    if (!(figure.low <= figure.value && figure.value <= figure.high)) {
        return kt_fail(err, KT_ERR_DATA, "cell %zu: %s %.17g is not between %.17g and %.17g",
                       cell + 1, name, figure.value, figure.low, figure.high);
    }
    return KT_OK;
}

typedef struct sums {
    kt_sum value, low, high;
} sums;

static void sums_add(sums *to, kt_interval figure)
{
    kt_sum_add(&to->value, figure.value);
    kt_sum_add(&to->low, figure.low);
    kt_sum_add(&to->high, figure.high);
}

static kt_interval sums_narrow(const sums *of, double margin_low, double margin_high)
{
    kt_interval total = {
        .value = kt_sum_value(of->value),
        .low = kt_sum_value(of->low),
        .high = kt_sum_value(of->high),
    };
    const double low = margin_low > total.low ? margin_low : total.low; /* NAN: nothing is known */
    const double high = margin_high < total.high ? margin_high : total.high;
    if (low <= high) {
        total.low = low;
        total.high = high;
    }
    return total;
}

static const char *reason_of(const kt_totals *totals)
{
    if (totals->cells_used == 0) {
        return "no cell with both figures";
    }
    if (!(totals->unemployed.value > 0.0)) {
        return "no job seekers in the cells used";
    }
    if (!(totals->vacancies.value > 0.0)) {
        return "no vacancies in the cells used";
    }
    return NULL;
}

kt_status kt_cells_sum(const kt_cells *cells, kt_totals *out, kt_error *err)
{
    sums unemployed = {0}, vacancies = {0};
    kt_totals totals = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (!kt_cells_use(cells, i)) {
            continue;
        }
        const kt_interval u = kt_cells_unemployed(cells, i);
        const kt_interval v = kt_cells_vacancies(cells, i);
        KT_TRY(check_figure(u, "unemployed", i, err));
        KT_TRY(check_figure(v, "vacancies", i, err));
        sums_add(&unemployed, u);
        sums_add(&vacancies, v);
        totals.cells_used++;
        totals.markets_n += u.value + v.value > 0.0;
        totals.markets_possible += u.high + v.high > 0.0;
    }
    totals.unemployed =
        sums_narrow(&unemployed, cells->unemployed_total_low, cells->unemployed_total_high);
    totals.vacancies =
        sums_narrow(&vacancies, cells->vacancies_total_low, cells->vacancies_total_high);
    totals.reason = reason_of(&totals);
    *out = totals;
    return KT_OK;
}

const char *kt_totals_note(const kt_totals *totals)
{
    return totals->markets_n == 1 ? "single market" : NULL;
}

double kt_cells_off_proportion(const kt_cells *cells, const kt_totals *totals)
{
    const double seekers_per_post = totals->unemployed.value / totals->vacancies.value;
    kt_sum persons = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            kt_sum_add(&persons,
                       fmax(cells->unemployed[i] - cells->vacancies[i] * seekers_per_post, 0.0));
        }
    }
    return kt_sum_value(persons);
}

kt_cells kt_cells_of(const kt_group *group, size_t unemployed, size_t vacancies)
{
    /* A measure may be given a range for one of the two figures alone: the other is its own range.
     */
    const bool ranged = group->low[unemployed] != NULL || group->low[vacancies] != NULL;
    kt_cells cells =
        kt_cells_exact(group->row_count, group->figure[unemployed], group->figure[vacancies]);
    if (ranged) {
        const bool u = group->low[unemployed] != NULL, v = group->low[vacancies] != NULL;
        cells.unemployed_low = u ? group->low[unemployed] : cells.unemployed;
        cells.unemployed_high = u ? group->high[unemployed] : cells.unemployed;
        cells.vacancies_low = v ? group->low[vacancies] : cells.vacancies;
        cells.vacancies_high = v ? group->high[vacancies] : cells.vacancies;
    }
    return cells;
}
