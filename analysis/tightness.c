/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/tightness.h"

#include <math.h>

static double over(double vacancies, double unemployed)
{
    return unemployed > 0.0 ? vacancies / unemployed : NAN;
}

kt_interval kt_tightness(kt_interval unemployed, kt_interval vacancies)
{
    return (kt_interval){.value = over(vacancies.value, unemployed.value),
                         .low = over(vacancies.low, unemployed.high),
                         .high = over(vacancies.high, unemployed.low)};
}
