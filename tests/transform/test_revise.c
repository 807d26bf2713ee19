/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/revise.h"

#include "core/cleanup.h"
#include "sample.h"

#define SHAPE "Alue: SSS MK01 | timeperiod_m: 2026M05 2026M06 | contentscode: U"

static const kt_cube *version(void **state, const char *shape, const char *cells)
{
    const kt_source *source = sample_source(*state, NULL);
    return sample_cube(source, sample_reply(*state, "a", shape, cells), *state);
}

static void a_changed_value_or_status_is_a_revision(void **state)
{
    static const struct {
        const char *before, *after;
        bool revised;
        char was, is;
    } cases[] = {
        {"7", "7", false, 0, 0},      {"7", "8", true, 'A', 'A'},   {"7", "...", true, 'A', 'Q'},
        {"...", "7", true, 'Q', 'A'}, {"...", "...", false, 0, 0},  {"7", "..", true, 'A', 'O'},
        {"..", "0", true, 'O', 'A'},  {"7", "7:p", true, 'A', 'P'}, {"l", "7", false, 0, 0},
        {"7", "l", false, 0, 0},      {"-", "0", false, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_cube *before =
            version(state, SHAPE, kt_arena_print(*state, "%s 1 1 1", cases[i].before));
        const kt_cube *after =
            version(state, SHAPE, kt_arena_print(*state, "%s 1 1 1", cases[i].after));
        const kt_revisions found = kt_revise_compare(before, after, *state);
        assert_int_equal(found.count, cases[i].revised ? 1 : 0);
        if (cases[i].revised) {
            assert_int_equal(kt_obs_letter(found.at[0].before.obs), cases[i].was);
            assert_int_equal(kt_obs_letter(found.at[0].after.obs), cases[i].is);
        }
    }
}

static void what_was_never_known_is_no_revision(void **state)
{
    const kt_cube *before =
        version(state, "Alue: SSS MK01 | timeperiod_m: 2026M05 | contentscode: U", "5 4");
    const kt_cube *after = version(
        state, "Alue: MK02 SSS | timeperiod_m: 2026M05 2026M06 | contentscode: U", "1 2 6 7");
    const kt_revisions found = kt_revise_compare(before, after, *state);
    assert_int_equal(found.compared, 1); /* SSS 2026M05 */
    assert_int_equal(found.count, 1);
    assert_true(found.at[0].before.value == 5.0);
    assert_true(found.at[0].after.value == 6.0);
    assert_int_equal(kt_revise_compare(NULL, after, *state).compared, 0);
}

static void the_newest_version_of_a_period_is_all_that_is_known_of_it(void **state)
{
    KT_AUTO(known) kt_known known = {0};
    kt_error err = {0};
    const kt_cube *first = version(state, SHAPE, "1 2 3 4"); /* SSS 1 2, MK01 3 4 */
    const kt_cube *second = version(
        state, "Alue: SSS MK02 | timeperiod_m: 2026M06 2026M07 | contentscode: U", "8 9 6 7");
    assert_int_equal(kt_revise_learn(&known, first, &err), KT_OK);
    assert_int_equal(kt_revise_learn(&known, second, &err), KT_OK);
    const struct {
        const char *period, *region;
        char letter;
        double value;
    } cells[] = {{"2026M05", "SSS", 'A', 1},   {"2026M05", "MK01", 'A', 3},
                 {"2026M06", "SSS", 'A', 8},   {"2026M06", "MK01", 'L', NAN},
                 {"2026M06", "MK02", 'A', 6},  {"2026M07", "SSS", 'A', 9},
                 {"2026M05", "MK02", 'L', NAN}};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        const size_t cell =
            cell_at(known.cube, cells[i].period, "unemployed", cells[i].region, NULL);
        assert_cell(known.cube, cell, cells[i].letter, cells[i].value, cells[i].value,
                    cells[i].value);
    }
}

static void code_lists_tell_what_came_went_and_was_renamed(void **state)
{
    static const kt_succession successions[] = {{"KU001", "KU003", "2026-01-01", ""},
                                                {"KU002", "KU003", "2026-01-01", "KU004"}};
    const kt_classification regions = {.successions = successions, .succession_count = 2};
    kt_codes *older = kt_codes_new(*state);
    kt_codes *newer = kt_codes_new(*state);
    static const char *const before[][2] = {
        {"KU001", "One"}, {"KU002", "Two"}, {"KU003", "Three"}, {"KU009", "Nine"}, {"KU010", NULL}};
    static const char *const after[][2] = {{"KU003", "Drei"}, {"KU005", "Five"}, {"KU010", "Ten"}};
    for (size_t i = 0; i < 5; i++) {
        (void)kt_codes_add(older, before[i][0], before[i][1]);
    }
    for (size_t i = 0; i < 3; i++) {
        (void)kt_codes_add(newer, after[i][0], after[i][1]);
    }
    static const kt_code_change wanted[] = {
        {"KU003", "renamed", "Three -> Drei"},
        {"KU005", "new", "Five"},
        {"KU001", "merged", "One, into KU003 on 2026-01-01"},
        {"KU002", "split", "Two, into KU003, KU004 on 2026-01-01"},
        {"KU009", "vanished", "Nine"},
    };
    kt_code_change *found = NULL;
    assert_int_equal(kt_revise_codes(older, newer, &regions, *state, &found), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(found[i].code, wanted[i].code);
        assert_string_equal(found[i].change, wanted[i].change);
        assert_string_equal(found[i].detail, wanted[i].detail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_value_or_status_is_a_revision),
        cmocka_unit_test(what_was_never_known_is_no_revision),
        cmocka_unit_test(the_newest_version_of_a_period_is_all_that_is_known_of_it),
        cmocka_unit_test(code_lists_tell_what_came_went_and_was_renamed),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
