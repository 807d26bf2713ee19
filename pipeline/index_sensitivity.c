/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_sensitivity.h"

#include <math.h>

#include "analysis/mismatch.h"
#include "index_columns.h"

#define HALF      0.5
#define HALF_TEXT "0.5"

/* Mismatch over the figures as they are. */
static kt_status mismatch_of(const kt_market_month *figures, kt_arena *arena, double *out,
                             kt_error *err)
{
    static const double alpha = HALF;
    kt_cells cells = figures->cells;
    cells.unemployed_low = cells.unemployed_high = NULL;
    cells.vacancies_low = cells.vacancies_high = NULL;
    kt_mismatch found;
    KT_TRY(kt_mismatch_compute(&cells, &alpha, 1, arena, &found, err));
    *out = found.value;
    return KT_OK;
}

static kt_obs status_of(const kt_market_month *figures, bool assessable, double value)
{
    if (!assessable) {
        return kt_index_withheld(figures->obs);
    }
    return isnan(value) ? KT_OBS_IMPOSSIBLE : kt_obs_worse(figures->obs, KT_OBS_ESTIMATED);
}

static kt_status add_row(const kt_index_month *month, const kt_market_month *figures,
                         bool assessable, const char *setting, kt_rows *rows, kt_error *err)
{
    double value = NAN;
    KT_TRY(assessable ? mismatch_of(figures, month->arena, &value, err) : KT_OK);
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    kt_rows_text(rows, KT_SENSITIVITY_TIME_PERIOD, kt_period_write(month->period, period));
    kt_rows_text(rows, KT_SENSITIVITY_PERIOD_START, kt_period_start(month->period, start));
    kt_rows_text(
        rows, KT_SENSITIVITY_HEADLINE,
        kt_arena_print(month->arena, "mismatch %s " HALF_TEXT, month->market->market.name));
    kt_rows_text(rows, KT_SENSITIVITY_ASPECT, "protected_cells");
    kt_rows_text(rows, KT_SENSITIVITY_SETTING, setting);
    kt_rows_number(rows, KT_SENSITIVITY_VALUE, value);
    kt_rows_status(rows, KT_SENSITIVITY_OBS_STATUS, status_of(figures, assessable, value));
    return kt_rows_end(rows, err);
}

kt_status kt_index_sensitivity_add(const kt_index_month *month, const kt_market_month *figures,
                                   bool assessable, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < KT_SENSITIVITY_SETTINGS; i++) {
        kt_market_month set;
        KT_TRY(kt_market_gather(&month->market->market, &month->sensitivity->at[i].slab,
                                month->arena, &set, err));
        KT_TRY(add_row(month, &set, true, month->sensitivity->at[i].text, rows, err));
    }
    return add_row(month, figures, assessable, "point", rows, err);
}
