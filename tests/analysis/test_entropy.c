/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/concentration.h"

int main(void)
{
    const concentration entropy = {
        .id = "entropy",
        .tenths = -(0.2 * log(0.2) + 0.3 * log(0.3) + 0.5 * log(0.5)),
        .even = log(4.0),
        .one_of_four = 0.0,
        .alone = 0.0,
        .unemployed_column = "entropy_u",
    };
    return run_concentration_tests(&entropy);
}
