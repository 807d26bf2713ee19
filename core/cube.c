/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cube.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"

static const char *const role_names[KT_ROLES] = {
    [KT_ROLE_PERIOD] = "period",         [KT_ROLE_MEASURE] = "measure", [KT_ROLE_REGION] = "region",
    [KT_ROLE_OCCUPATION] = "occupation", [KT_ROLE_SECTOR] = "sector",   [KT_ROLE_GROUP] = "group",
};

const char *kt_role_name(kt_role role)
{
    return role_names[role];
}

kt_role kt_role_find(const char *name)
{
    int role = 0;
    while (role < KT_ROLES && strcmp(role_names[role], name) != 0) {
        role++;
    }
    return (kt_role)role;
}

static kt_codes *only_total(kt_arena *arena)
{
    kt_codes *codes = kt_codes_new(arena);
    (void)kt_codes_add(codes, KT_TOTAL, NULL);
    return codes;
}

static kt_status count_cells(kt_cube *cube, kt_error *err)
{
    cube->cells = 1;
    for (int role = KT_ROLES - 1; role >= 0; role--) {
        cube->size[role] = kt_codes_count(cube->codes[role]);
        cube->stride[role] = cube->cells;
        if (cube->size[role] == 0 || cube->size[role] > KT_CUBE_LIMIT / cube->cells) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "a cube with %zu codes in dimension %s, expected 1 or more and at most "
                           "%zu cells in all",
                           cube->size[role], role_names[role], KT_CUBE_LIMIT);
        }
        cube->cells *= cube->size[role];
    }
    return KT_OK;
}

kt_status kt_cube_new(kt_arena *arena, kt_codes *const codes[KT_ROLES], kt_cube **out,
                      kt_error *err)
{
    kt_cube *cube = kt_arena_new(arena, kt_cube);
    for (int role = 0; role < KT_ROLES; role++) {
        cube->codes[role] = codes[role] != NULL ? codes[role] : only_total(arena);
    }
    KT_TRY(count_cells(cube, err));
    cube->value = kt_arena_array(arena, double, cube->cells);
    cube->low = kt_arena_array(arena, double, cube->cells);
    cube->high = kt_arena_array(arena, double, cube->cells);
    cube->status = kt_arena_array(arena, uint8_t, cube->cells);
    for (size_t i = 0; i < cube->cells; i++) {
        cube->value[i] = cube->low[i] = cube->high[i] = NAN;
    }
    memset(cube->status, KT_OBS_NOT_COLLECTED, cube->cells);
    *out = cube;
    return KT_OK;
}

kt_cube *kt_cube_turned(const kt_cube *cube, kt_arena *arena)
{
    kt_cube *turned = kt_arena_new(arena, kt_cube);
    const size_t occupations = cube->size[KT_ROLE_OCCUPATION], sectors = cube->size[KT_ROLE_SECTOR];
    assert(occupations == 1 || sectors == 1);
    *turned = *cube;
    turned->codes[KT_ROLE_OCCUPATION] = cube->codes[KT_ROLE_SECTOR];
    turned->codes[KT_ROLE_SECTOR] = cube->codes[KT_ROLE_OCCUPATION];
    turned->size[KT_ROLE_OCCUPATION] = sectors;
    turned->size[KT_ROLE_SECTOR] = occupations;
    turned->stride[KT_ROLE_OCCUPATION] = occupations * cube->size[KT_ROLE_GROUP];
    return turned;
}

void kt_cube_set(kt_cube *cube, size_t cell, double value, kt_obs obs)
{
    cube->value[cell] = cube->low[cell] = cube->high[cell] = value;
    cube->status[cell] = (uint8_t)obs;
}

void kt_cube_protect(kt_cube *cube, size_t cell, double point, double low, double high)
{
    cube->value[cell] = point;
    cube->low[cell] = low;
    cube->high[cell] = high;
    cube->status[cell] = KT_OBS_PROTECTED;
}

void kt_cube_bound(kt_cube *cube, size_t cell, double low, double high)
{
    cube->value[cell] = (low + high) / 2.0;
    cube->low[cell] = low;
    cube->high[cell] = high;
}

void kt_cube_clear(kt_cube *cube, size_t cell, kt_obs obs)
{
    kt_cube_set(cube, cell, NAN, obs);
}

char *kt_cube_coordinates(const kt_cube *cube, size_t cell, kt_arena *arena)
{
    KT_AUTO(text) kt_text words = {0};
    for (int role = 0; role < KT_ROLES; role++) {
        if (cube->size[role] > 1 || role <= KT_ROLE_REGION) {
            const size_t position = cell / cube->stride[role] % cube->size[role];
            kt_text_print(&words, "%s%s=%s", words.length > 0 ? " " : "", role_names[role],
                          kt_codes_at(cube->codes[role], position));
        }
    }
    return kt_arena_copy_n(arena, words.bytes, words.length);
}

kt_status kt_cube_periods(const kt_cube *cube, kt_arena *arena, kt_period **out, kt_error *err)
{
    const size_t count = cube->size[KT_ROLE_PERIOD];
    kt_period *periods = kt_arena_array(arena, kt_period, count);
    for (size_t i = 0; i < count; i++) {
        const char *code = kt_codes_at(cube->codes[KT_ROLE_PERIOD], i);
        if (!kt_period_read(code, &periods[i])) {
            return kt_fail(err, KT_ERR_FORMAT, "\"%s\" is no period, expected 2026M06 or 2026Q2",
                           code);
        }
    }
    *out = periods;
    return KT_OK;
}
