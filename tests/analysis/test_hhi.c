/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/concentration.h"

int main(void)
{
    const concentration hhi = {
        .id = "hhi",
        .tenths = 0.38, /* .2^2 + .3^2 + .5^2 */
        .even = 0.25,
        .one_of_four = 1.0,
        .alone = 1.0,
        .unemployed_column = "hhi_u",
        .vacancies_column = "hhi_v",
    };
    return run_concentration_tests(&hhi);
}
