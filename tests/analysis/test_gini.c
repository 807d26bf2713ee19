/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/concentration.h"

int main(void)
{
    const concentration gini = {
        .id = "gini",
        .tenths = 0.2, /* n = 3: (-2 * .2 + 0 * .3 + 2 * .5)/3 */
        .even = 0.0,
        .one_of_four = 0.75, /* 1 - 1/n */
        .alone = 0.0,
        .unemployed_column = "gini_u",
    };
    return run_concentration_tests(&gini);
}
