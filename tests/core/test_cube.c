/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cube.h"

#include "core/support.h"

static kt_codes *list(kt_arena *arena, const char *const *codes, size_t count)
{
    kt_codes *made = kt_codes_new(arena);
    for (size_t i = 0; i < count; i++) {
        (void)kt_codes_add(made, codes[i], i == 0 ? "a label" : NULL);
    }
    return made;
}

/* 2 periods x 2 measures x 3 regions. */
static kt_cube *small_cube(const bench *made)
{
    static const char *const periods[] = {"2023M09", "2023M10"};
    static const char *const measures[] = {"unemployed", "vacancies"};
    static const char *const regions[] = {"SSS", "MK01", "MK21"};
    kt_codes *codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = list(made->arena, periods, 2),
        [KT_ROLE_MEASURE] = list(made->arena, measures, 2),
        [KT_ROLE_REGION] = list(made->arena, regions, 3),
    };
    kt_cube *cube = NULL;
    kt_error error = {0};
    assert_int_equal(kt_cube_new(made->arena, codes, &cube, &error), KT_OK);
    return cube;
}

static void a_fresh_cell_is_not_collected_and_never_zero(void **state)
{
    const kt_cube *cube = small_cube(*state);
    assert_int_equal(cube->cells, 12);
    for (size_t i = 0; i < cube->cells; i++) {
        assert_int_equal(cube->status[i], KT_OBS_NOT_COLLECTED);
        assert_true(isnan(cube->value[i]) && isnan(cube->low[i]) && isnan(cube->high[i]));
    }
}

static void the_last_dimension_is_the_fastest(void **state)
{
    const kt_cube *cube = small_cube(*state);
    assert_int_equal(cube->stride[KT_ROLE_REGION], 1);
    assert_int_equal(cube->stride[KT_ROLE_MEASURE], 3);
    assert_int_equal(cube->stride[KT_ROLE_PERIOD], 6);
    const size_t at[KT_ROLES] = {[KT_ROLE_PERIOD] = 1, [KT_ROLE_MEASURE] = 1, [KT_ROLE_REGION] = 2};
    assert_int_equal(kt_cube_at(cube, at), 11);
    assert_string_equal(kt_codes_at(cube->codes[KT_ROLE_GROUP], 0), KT_TOTAL);
}

static void a_cell_is_told_by_its_coordinates(void **state)
{
    const bench *made = *state;
    const kt_cube *cube = small_cube(made);
    assert_string_equal(kt_cube_coordinates(cube, 10, made->arena),
                        "period=2023M10 measure=vacancies region=MK01");
}

static void a_cell_is_set_protected_or_cleared(void **state)
{
    kt_cube *cube = small_cube(*state);
    kt_cube_set(cube, 0, 12.0, KT_OBS_OBSERVED);
    kt_cube_protect(cube, 1, 2.5, 1.0, 4.0);
    kt_cube_set(cube, 2, 3.0, KT_OBS_OBSERVED);
    kt_cube_clear(cube, 2, KT_OBS_MISSING);
    assert_close(cube->low[0], 12.0, 0.0);
    assert_close(cube->high[0], 12.0, 0.0);
    assert_close(cube->value[1], 2.5, 0.0);
    assert_close(cube->high[1], 4.0, 0.0);
    assert_int_equal(cube->status[1], KT_OBS_PROTECTED);
    assert_true(isnan(cube->value[2]) && isnan(cube->low[2]));
    assert_int_equal(cube->status[2], KT_OBS_MISSING);
}

static void a_saved_cube_comes_back_the_same(void **state)
{
    bench *made = *state;
    kt_cube *cube = small_cube(made);
    kt_cube_set(cube, 0, 352001.0, KT_OBS_OBSERVED);
    kt_cube_protect(cube, 3, 2.0, 1.0, 4.0);
    kt_cube_clear(cube, 5, KT_OBS_MISSING);
    char *path = path_of(made, "12r5.cube");
    kt_error error = {0};
    kt_cube *back = NULL;
    assert_int_equal(kt_cube_save(cube, path, &error), KT_OK);
    assert_int_equal(kt_cube_load(path, made->arena, &back, &error), KT_OK);
    assert_int_equal(back->cells, cube->cells);
    for (int role = 0; role < KT_ROLES; role++) {
        assert_true(kt_codes_equal(back->codes[role], cube->codes[role]));
        assert_string_equal(kt_codes_label(back->codes[role], 0),
                            kt_codes_label(cube->codes[role], 0));
    }
    assert_memory_equal(back->status, cube->status, cube->cells);
    for (size_t i = 0; i < cube->cells; i++) {
        assert_int_equal(isnan(back->value[i]), isnan(cube->value[i]));
        assert_true(isnan(cube->value[i]) ||
                    (back->value[i] == cube->value[i] && back->low[i] == cube->low[i] &&
                     back->high[i] == cube->high[i]));
    }
}

/* The second of two periods: its cells are 6 to 11 of the whole. */
static void one_period_is_read_alone_as_it_stands_in_the_whole(void **state)
{
    const bench *made = *state;
    kt_cube *cube = small_cube(made);
    kt_cube_protect(cube, 1, 3.0, 1.0, 4.0);
    kt_cube_set(cube, 6, 352001.0, KT_OBS_OBSERVED);
    kt_cube_protect(cube, 9, 2.0, 1.0, 4.0);
    char *path = path_of(*state, "12r5.cube");
    kt_error error = {0};
    kt_cube *back = NULL;
    assert_int_equal(kt_cube_save(cube, path, &error), KT_OK);
    assert_int_equal(kt_cube_load_period(path, "2023M10", made->arena, &back, &error), KT_OK);
    assert_int_equal(back->cells, 6);
    assert_string_equal(kt_codes_at(back->codes[KT_ROLE_PERIOD], 0), "2023M10");
    assert_memory_equal(back->status, cube->status + 6, 6);
    assert_close(back->value[0], 352001.0, 0.0);
    assert_close(back->high[0], 352001.0, 0.0);
    assert_close(back->value[3], 2.0, 0.0);
    assert_close(back->low[3], 1.0, 0.0);
    assert_close(back->high[3], 4.0, 0.0);
    assert_int_equal(kt_cube_load_period(path, "2023M11", made->arena, &back, &error),
                     KT_ERR_NOT_FOUND);
    assert_says(&error, "no period 2023M11");
}

/* Nobody checks its checksum, so whatever is cut off must be seen to be missing. */
static void one_period_of_a_file_that_was_cut_is_refused(void **state)
{
    const bench *made = *state;
    char *path = path_of(*state, "t.cube");
    kt_error error = {0};
    assert_int_equal(kt_cube_save(small_cube(made), path, &error), KT_OK);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_file_read(path, 1 << 20, made->arena, &bytes, &length, &error), KT_OK);
    for (size_t i = 0; i < length; i++) {
        kt_cube *back = NULL;
        char *cut = write_bytes(*state, "cut.cube", bytes, i);
        assert_int_equal(kt_cube_load_period(cut, "2023M10", made->arena, &back, &error),
                         KT_ERR_FORMAT);
        assert_null(back);
    }
}

/* Every byte matters: a store that rotted is rebuilt, not believed. */
static void a_cube_file_with_any_byte_changed_or_cut_is_refused(void **state)
{
    bench *made = *state;
    char *path = path_of(made, "t.cube");
    kt_error error = {0};
    assert_int_equal(kt_cube_save(small_cube(made), path, &error), KT_OK);
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_file_read(path, 1 << 20, made->arena, &bytes, &length, &error), KT_OK);
    for (size_t i = 0; i < length; i += 7) {
        kt_cube *back = NULL;
        bytes[i] ^= 1;
        char *changed = write_bytes(made, "changed.cube", bytes, length);
        assert_int_equal(kt_cube_load(changed, made->arena, &back, &error), KT_ERR_FORMAT);
        assert_says(&error, "changed.cube");
        bytes[i] ^= 1;
        char *cut = write_bytes(made, "cut.cube", bytes, i);
        assert_int_equal(kt_cube_load(cut, made->arena, &back, &error), KT_ERR_FORMAT);
        assert_null(back);
    }
    kt_cube *none = NULL;
    assert_int_equal(kt_cube_load(path_of(made, "none.cube"), made->arena, &none, &error),
                     KT_ERR_NOT_FOUND);
}

static void a_cube_over_the_limit_or_without_codes_is_refused(void **state)
{
    const bench *made = *state;
    kt_codes *many = kt_codes_new(made->arena);
    char code[16];
    for (size_t i = 0; i < 700; i++) {
        snprintf(code, sizeof code, "%zu", i);
        (void)kt_codes_add(many, code, NULL);
    }
    kt_codes *codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = many, [KT_ROLE_REGION] = many, [KT_ROLE_OCCUPATION] = many};
    kt_cube *cube = NULL;
    kt_error error = {0};
    assert_int_equal(kt_cube_new(made->arena, codes, &cube, &error), KT_ERR_FORMAT);
    codes[KT_ROLE_PERIOD] = kt_codes_new(made->arena);
    assert_int_equal(kt_cube_new(made->arena, codes, &cube, &error), KT_ERR_FORMAT);
    assert_says(&error, "dimension period");
    assert_null(cube);
}

/* A value, its two ends and a status: 25 bytes a cell, and an arena holds 4 GiB unless told more.
 */
static void the_largest_cube_fits_into_an_arena(void **state)
{
    (void)state;
    const size_t cell_bytes = 3 * sizeof(double) + sizeof(uint8_t);
    assert_true(KT_CUBE_LIMIT * cell_bytes < (size_t)4 << 30);
}

static void a_code_that_is_no_period_is_named(void **state)
{
    const bench *made = *state;
    kt_cube *cube = small_cube(made);
    kt_period *periods = NULL;
    kt_error error = {0};
    assert_int_equal(kt_cube_periods(cube, made->arena, &periods, &error), KT_OK);
    assert_int_equal(periods[1].index, 2023 * 12 + 9);
    (void)kt_codes_add(cube->codes[KT_ROLE_PERIOD], "KU091", NULL);
    cube->size[KT_ROLE_PERIOD]++;
    assert_int_equal(kt_cube_periods(cube, made->arena, &periods, &error), KT_ERR_FORMAT);
    assert_says(&error, "KU091");
}

static void roles_have_names_and_are_found_by_them(void **state)
{
    (void)state;
    for (int role = 0; role < KT_ROLES; role++) {
        assert_int_equal(kt_role_find(kt_role_name((kt_role)role)), role);
    }
    assert_int_equal(kt_role_find("alue"), KT_ROLES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fresh_cell_is_not_collected_and_never_zero),
        cmocka_unit_test(the_last_dimension_is_the_fastest),
        cmocka_unit_test(a_cell_is_told_by_its_coordinates),
        cmocka_unit_test(a_cell_is_set_protected_or_cleared),
        cmocka_unit_test(a_saved_cube_comes_back_the_same),
        cmocka_unit_test(one_period_is_read_alone_as_it_stands_in_the_whole),
        cmocka_unit_test(one_period_of_a_file_that_was_cut_is_refused),
        cmocka_unit_test(a_cube_file_with_any_byte_changed_or_cut_is_refused),
        cmocka_unit_test(a_cube_over_the_limit_or_without_codes_is_refused),
        cmocka_unit_test(the_largest_cube_fits_into_an_arena),
        cmocka_unit_test(a_code_that_is_no_period_is_named),
        cmocka_unit_test(roles_have_names_and_are_found_by_them),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
