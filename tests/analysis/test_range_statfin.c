/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/range.h"

#include "support/statfin.h"

#include "analysis/support.h"

/* Four-digit occupations by maakunta, October 2023; hidden figures in 1..4 as they come, without
 * bounds propagation, which another stage does and which narrows the range a little more. */
static kt_range_market market_of(const statfin_month *month, kt_arena *arena)
{
    size_t *cell = kt_arena_array(arena, size_t, month->rows * month->columns), count = 0;
    for (size_t c = 0; c < month->rows * month->columns; c++) {
        if (statfin_is_market(month, c)) {
            cell[count++] = c;
        }
    }
    return (kt_range_market){
        .cell_count = count,
        .unemployed = {.table = month->table[STATFIN_UNEMPLOYED], .cell = cell},
        .vacancies = {.table = month->table[STATFIN_VACANCIES], .cell = cell},
    };
}

static kt_range range_of(const kt_range_market *market, const kt_range_effort *effort,
                         kt_arena *arena)
{
    kt_range found;
    kt_error error = {0};
    if (kt_range_compute(market, 0.5, effort, arena, &found, &error) != KT_OK) {
        fail_msg("%s", error.message);
    }
    return found;
}

/*
 * The country's hidden rows are held to 1..4 each, not to their sum: so did the independent
 * computation, which certified [.2158, .2482] and found fillings from .2166 to .2467.
 */
static void the_finest_market_has_a_certified_range(void **state)
{
    const statfin_month month = read_12ti("2023-10-01", *state);
    kt_range_market market = market_of(&month, *state);
    bool *aside = kt_arena_array(*state, bool, month.table[0]->margin_count);
    aside[0] = true; /* the country's row */
    market.unemployed.set_aside = market.vacancies.set_aside = aside;
    const kt_range found = range_of(&market, &kt_range_thorough, *state);
    assert_true(0.2156 <= found.low && found.low <= 0.2166);
    assert_true(0.2467 <= found.high && found.high <= 0.2486);
    assert_true(found.low <= found.attained_low && found.attained_low <= 0.2166);
    assert_true(0.2467 <= found.attained_high && found.attained_high <= found.high);
    print_message("12ti 2023M10, 1/2: [%.6f, %.6f], attained [%.6f, %.6f]\n", found.low, found.high,
                  found.attained_low, found.attained_high);
}

static void the_sum_of_the_countrys_hidden_rows_narrows_it(void **state)
{
    const statfin_month month = read_12ti("2023-10-01", *state);
    const kt_range_market market = market_of(&month, *state);
    const kt_range found = range_of(&market, &kt_range_thorough, *state);
    assert_true(0.2156 <= found.low && found.high <= 0.2467);
}

int main(void)
{
    RETURN_SKIPPED_WITHOUT(KT_SHARED "/data/statfin");
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_finest_market_has_a_certified_range),
        ARENA_TEST(the_sum_of_the_countrys_hidden_rows_narrows_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
