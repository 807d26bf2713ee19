/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two_sources_rows.h"

#include <math.h>
#include <stdlib.h>

#include "core/instant.h"

static kt_month_list months_within(kt_frequency register_is, kt_period survey)
{
    const int each = (int)register_is / (int)survey.frequency;
    kt_month_list list = {.count = (size_t)each};
    for (int i = 0; i < each; i++) {
        list.at[i] = (kt_period){register_is, survey.index * each + i};
    }
    return list;
}

/* Days since 1970 of the survey's reference day in one of its periods. */
static long day_of(const kt_source_pair *pair, kt_period survey)
{
    const int each = 12 / (int)survey.frequency;
    const int month = survey.index * each + pair->reference_month - 1;
    return (long)kt_days_from_civil(month / 12, month % 12 + 1, pair->reference_day);
}

kt_month_list kt_pair_months(const kt_source_pair *pair, kt_frequency register_is, kt_period survey)
{
    kt_month_list list = months_within(register_is, survey);
    if (pair->months == KT_MONTHS_MEAN || register_is == survey.frequency) {
        return list;
    }
    const long day = day_of(pair, survey);
    kt_period best = {register_is, list.at[0].index - 1};
    for (size_t i = 0; i < list.count; i++) {
        if (labs(kt_period_last_day(list.at[i]) - day) < labs(kt_period_last_day(best) - day)) {
            best = list.at[i];
        }
    }
    return (kt_month_list){.at = {best}, .count = 1};
}

static const kt_interval nothing = {NAN, NAN, NAN};

/* The worst of those without a value, or else of all. */
static kt_obs worst_of(const kt_published_figure *figures, size_t count, bool *absent)
{
    kt_obs worst = KT_OBS_OBSERVED, reason = KT_OBS_OBSERVED;
    *absent = false;
    for (size_t i = 0; i < count; i++) {
        worst = kt_obs_worse(worst, figures[i].obs);
        if (!kt_obs_has_value(figures[i].obs)) {
            reason = *absent ? kt_obs_worse(reason, figures[i].obs) : figures[i].obs;
            *absent = true;
        }
    }
    return *absent ? reason : worst;
}

kt_published_figure kt_pair_mean(const kt_published_figure *months, size_t count)
{
    bool absent = false;
    kt_published_figure mean = {.is = nothing, .obs = worst_of(months, count, &absent)};
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += months[i].is.value;
    }
    if (!absent) {
        mean.is.value = round(sum / (double)count);
    }
    return mean;
}

kt_published_figure kt_pair_ratio(kt_published_figure counted, kt_published_figure asked)
{
    const kt_published_figure both[] = {counted, asked};
    bool absent = false;
    kt_published_figure ratio = {.is = nothing, .obs = worst_of(both, 2, &absent)};
    if (absent) {
        return ratio;
    }
    if (asked.is.value == 0.0) {
        ratio.obs = KT_OBS_IMPOSSIBLE;
        return ratio;
    }
    ratio.is.value = counted.is.value / asked.is.value;
    return ratio;
}
