/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/correct.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

#define PREFIX "ISCO-"

bool kt_correction_same_cell(const kt_correction *a, const kt_correction *b)
{
    return kt_text_same(a->source, b->source) && kt_text_same(a->period, b->period) &&
           kt_text_same(a->region, b->region) && kt_text_same(a->occupation, b->occupation) &&
           kt_text_same(a->measure, b->measure) && kt_text_same(a->group, b->group);
}

/* A code of the cube, by the source's name, by ours, or as the source's word for all. */
static size_t find_code(const kt_cube *cube, const kt_source *source, kt_role role,
                        const char *code)
{
    const kt_codes *codes = cube->codes[role];
    const kt_variable_spec *spec = kt_source_variable(source, role);
    size_t at = kt_codes_find(codes, code);
    if (at == KT_NO_CODE && strcmp(code, KT_TOTAL) == 0 && spec != NULL && spec->total != NULL) {
        at = kt_codes_find(codes, spec->total);
    }
    if (at == KT_NO_CODE && role == KT_ROLE_OCCUPATION && kt_text_starts(code, PREFIX)) {
        at = kt_codes_find(codes, code + strlen(PREFIX));
    }
    return at;
}

/* The correction's cell; false and the code that is missing if there is none. */
static bool find_cell(const kt_cube *cube, const kt_source *source, const kt_correction *one,
                      kt_corrected *out)
{
    const char *const codes[KT_ROLES] = {
        [KT_ROLE_PERIOD] = one->period, [KT_ROLE_MEASURE] = one->measure,
        [KT_ROLE_REGION] = one->region, [KT_ROLE_OCCUPATION] = one->occupation,
        [KT_ROLE_SECTOR] = KT_TOTAL,    [KT_ROLE_GROUP] = one->group,
    };
    size_t at[KT_ROLES];
    for (kt_role role = KT_ROLE_PERIOD; role < KT_ROLES; role++) {
        at[role] = find_code(cube, source, role, codes[role]);
        if (at[role] == KT_NO_CODE) {
            out->missing = role;
            return false;
        }
    }
    out->missing = KT_ROLES;
    out->cell = kt_cube_at(cube, at);
    return cube->status[out->cell] != KT_OBS_NOT_COLLECTED;
}

static kt_correction_state judge(const kt_cube *cube, const kt_correction *one,
                                 const kt_corrected *at)
{
    if (!isnan(one->was) && one->was != at->found) {
        return KT_CORRECTION_OUTDATED;
    }
    const bool hidden = cube->status[at->cell] == KT_OBS_PROTECTED;
    return hidden && one->obs != KT_OBS_PROTECTED ? KT_CORRECTION_REFUSED : KT_CORRECTION_APPLIED;
}

static void apply(kt_cube *cube, const kt_source *source, const kt_correction *one, size_t cell)
{
    const bool counts = kt_source_counts(source, one->measure);
    const double low = counts ? source->protected_low : NAN;
    const double high = counts ? source->protected_high : NAN;
    if (!isnan(one->value)) {
        kt_cube_set(cube, cell, one->value, one->obs);
    } else if (one->obs == KT_OBS_PROTECTED) {
        kt_cube_protect(cube, cell, (low + high) / 2.0, low, high);
    } else {
        kt_cube_clear(cube, cell, one->obs);
    }
}

void kt_correct(kt_cube *cube, const kt_source *source, const kt_correction *const *list,
                size_t count, kt_corrected *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = (kt_corrected){.correction = list[i], .state = KT_CORRECTION_ABSENT, .found = NAN};
        if (!find_cell(cube, source, list[i], &out[i])) {
            continue;
        }
        const size_t cell = out[i].cell;
        out[i].found =
            kt_obs_has_value((kt_obs)cube->status[cell]) ? cube->value[cell] : (double)NAN;
        out[i].state = judge(cube, list[i], &out[i]);
        if (out[i].state == KT_CORRECTION_APPLIED) {
            apply(cube, source, list[i], cell);
        }
    }
}
