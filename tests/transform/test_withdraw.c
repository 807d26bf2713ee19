/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/withdraw.h"

#include "sample.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A figure of one region. */
typedef struct told {
    const char *region;
    kt_obs obs;
    double figure;
} told;

static kt_cube *cube_of(const told *cells, size_t count, kt_arena *arena)
{
    kt_codes *codes[KT_ROLES] = {[KT_ROLE_REGION] = kt_codes_new(arena)};
    kt_cube *cube = NULL;
    kt_error err = {0};
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(codes[KT_ROLE_REGION], cells[i].region, NULL);
    }
    assert_int_equal(kt_cube_new(arena, codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < count; i++) {
        kt_cube_set(cube, i, cells[i].figure, cells[i].obs);
    }
    return cube;
}

/* Regions stand in another order, one is gone and one has come since. KU016 is covered by us, which
 * is decided anew; KU019 had no figure; KU020 nobody speaks of any more. */
static void what_the_source_protects_by_now_is_withdrawn_and_keeps_its_figure(void **state)
{
    static const told newest[] = {{"KU091", KT_OBS_WIDENED, 6},   {"KU005", KT_OBS_PROTECTED, 3},
                                  {"KU009", KT_OBS_PROTECTED, 2}, {"KU010", KT_OBS_PROTECTED, 2},
                                  {"KU016", KT_OBS_COVERED, 12},  {"KU018", KT_OBS_OBSERVED, 0},
                                  {"KU019", KT_OBS_PROTECTED, 2}, {"KU049", KT_OBS_PROTECTED, 2}};
    static const told then[] = {{"KU005", KT_OBS_OBSERVED, 7},      {"KU009", KT_OBS_OBSERVED, 0},
                                {"KU010", KT_OBS_PROVISIONAL, 120}, {"KU091", KT_OBS_OBSERVED, 9},
                                {"KU016", KT_OBS_OBSERVED, 30},     {"KU018", KT_OBS_OBSERVED, 8},
                                {"KU019", KT_OBS_MISSING, NAN},     {"KU020", KT_OBS_OBSERVED, 5}};
    static const kt_obs wanted[] = {KT_OBS_WITHDRAWN, KT_OBS_WITHDRAWN, KT_OBS_WITHDRAWN,
                                    KT_OBS_WITHDRAWN, KT_OBS_OBSERVED,  KT_OBS_OBSERVED,
                                    KT_OBS_MISSING,   KT_OBS_OBSERVED};
    kt_cube *cube = cube_of(then, COUNT_OF(then), *state);
    kt_withdraw(cube, cube_of(newest, COUNT_OF(newest), *state), *state);
    for (size_t i = 0; i < COUNT_OF(then); i++) {
        const double figure = then[i].figure;
        assert_int_equal(cube->status[i], wanted[i]);
        assert_true(isnan(figure) ? isnan(cube->value[i])
                                  : cube->value[i] == figure && cube->low[i] == figure &&
                                        cube->high[i] == figure);
    }
}

/* KU001 is withdrawn; it lies with KU002 in SK001 and with KU003, of SK002, in MK01. */
static void a_total_of_one_withdrawn_figure_and_zeros_is_withdrawn_too(void **state)
{
    static const struct {
        const char *cells; /* SSS MK01 SK001 KU001 KU002 KU003 */
        const char *withdrawn;
    } cases[] = {
        {"90 7 7 7 0 0", "MK01 SK001"},
        {"7 7 7 7 0 0", "SSS MK01 SK001"}, /* all there is in the country */
        {"9 9 7 7 0 2", "SK001"},          /* with more than zeros it is a sum */
        {"90 9 9 7 2 0", ""},
        {"90 9 9 7 ... 0", ""},         /* what is hidden is no zero */
        {"90 9 7 7 0 0", "SK001"},      /* the region says more than its part */
        {"90 0 0 0 0 0", "MK01 SK001"}, /* a zero of then says as much */
        {"90 7 ... 7 0 0", "MK01"},     /* what was hidden then stays as it was */
    };
    static const char *const totals[] = {"SSS", "MK01", "SK001"};
    const kt_source *source = sample_source(*state, NULL);
    const kt_classifications *classes = sample_classes(*state);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *text = sample_reply(*state, "a",
                                        "Alue: SSS MK01 SK001 KU001 KU002 KU003 | timeperiod_m: "
                                        "2026M06 | contentscode: U",
                                        cases[i].cells);
        kt_cube *cube = sample_cube(source, text, *state);
        cube->status[cell_at(cube, NULL, "unemployed", "KU001", NULL)] = KT_OBS_WITHDRAWN;
        const kt_reconcile_table table = {.cube = cube,
                                          .source = source,
                                          .rollup = sample_rollup(cube, source, classes, *state),
                                          .regions = &classes->regions};
        kt_withdraw_totals(&table, *state);
        for (size_t t = 0; t < COUNT_OF(totals); t++) {
            const size_t cell = cell_at(cube, NULL, "unemployed", totals[t], NULL);
            assert_int_equal(cube->status[cell] == KT_OBS_WITHDRAWN,
                             strstr(cases[i].withdrawn, totals[t]) != NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_source_protects_by_now_is_withdrawn_and_keeps_its_figure),
        cmocka_unit_test(a_total_of_one_withdrawn_figure_and_zeros_is_withdrawn_too),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
