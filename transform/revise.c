/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/revise.h"

#include <math.h>
#include <string.h>

/*
 * Cells are walked as rows (period, measure, region) of places (occupation, sector, group), so that
 * where a cell stands in another cube is the sum of two numbers that are found once.
 */
typedef struct bridge {
    size_t rows, places;
    size_t *row;   /* of each row: where it begins in the other cube, or KT_NO_CODE */
    size_t *place; /* of each place: how far into the row, or KT_NO_CODE */
} bridge;

#define ROW_ROLES ((int)KT_ROLE_REGION + 1)

/* For every combination of codes of the roles [first, end): its offset in the other cube. */
static size_t *offsets(const kt_cube *from, const kt_cube *to, int first, int end, kt_arena *arena,
                       size_t *count)
{
    *count = 1;
    for (int role = first; role < end; role++) {
        *count *= from->size[role];
    }
    size_t *all = kt_arena_array(arena, size_t, *count + 1);
    size_t step = *count;
    for (int role = first; role < end; role++) {
        step = from->size[role] == 0 ? 0 : step / from->size[role];
        for (size_t i = 0; i < *count; i++) {
            const size_t code = i / step % from->size[role];
            const size_t there =
                kt_codes_find(to->codes[role], kt_codes_at(from->codes[role], code));
            const bool lost = all[i] == KT_NO_CODE || there == KT_NO_CODE;
            all[i] = lost ? KT_NO_CODE : all[i] + there * to->stride[role];
        }
    }
    return all;
}

static bridge bridge_between(const kt_cube *from, const kt_cube *to, kt_arena *arena)
{
    bridge made = {0};
    made.row = offsets(from, to, 0, ROW_ROLES, arena, &made.rows);
    made.place = offsets(from, to, ROW_ROLES, KT_ROLES, arena, &made.places);
    return made;
}

/* Where cell number `place` of `row` stands in the other cube, or KT_NO_CODE. */
static size_t across(const bridge *over, size_t row, size_t place)
{
    const bool there = over->row[row] != KT_NO_CODE && over->place[place] != KT_NO_CODE;
    return there ? over->row[row] + over->place[place] : KT_NO_CODE;
}

kt_told kt_told_of(const kt_cube *cube, size_t cell)
{
    const kt_obs obs = (kt_obs)cube->status[cell];
    return (kt_told){.value = kt_obs_has_value(obs) ? cube->value[cell] : NAN, .obs = obs};
}

bool kt_told_same(kt_told a, kt_told b)
{
    return a.obs == b.obs && (a.value == b.value || (isnan(a.value) && isnan(b.value)));
}

static bool is_known(const kt_cube *cube, size_t cell)
{
    return cell != KT_NO_CODE && cube->status[cell] != KT_OBS_NOT_COLLECTED;
}

typedef struct comparison {
    const kt_cube *known, *newer;
    bridge over;
    kt_revision *found; /* NULL while they are only counted */
    size_t count, compared;
} comparison;

static void compare_cell(comparison *of, size_t cell, size_t there)
{
    if (!is_known(of->newer, cell) || !is_known(of->known, there)) {
        return;
    }
    of->compared++;
    const kt_told before = kt_told_of(of->known, there);
    const kt_told after = kt_told_of(of->newer, cell);
    if (kt_told_same(before, after)) {
        return;
    }
    if (of->found != NULL) {
        of->found[of->count] = (kt_revision){.cell = cell, .before = before, .after = after};
    }
    of->count++;
}

static void compare_all(comparison *of)
{
    of->count = 0;
    of->compared = 0;
    for (size_t row = 0; row < of->over.rows; row++) {
        for (size_t place = 0; place < of->over.places; place++) {
            compare_cell(of, row * of->over.places + place, across(&of->over, row, place));
        }
    }
}

kt_revisions kt_revise_compare(const kt_cube *known, const kt_cube *newer, kt_arena *arena)
{
    if (known == NULL) {
        return (kt_revisions){0};
    }
    comparison of = {.known = known, .newer = newer, .over = bridge_between(newer, known, arena)};
    compare_all(&of);
    of.found = kt_arena_array(arena, kt_revision, of.count + 1);
    compare_all(&of);
    return (kt_revisions){.at = of.found, .count = of.count, .compared = of.compared};
}

static void copy_told(const kt_cube *from, size_t cell, kt_cube *to, size_t there)
{
    to->value[there] = from->value[cell];
    to->low[there] = from->low[cell];
    to->high[there] = from->high[cell];
    to->status[there] = from->status[cell];
}

/* Copies what is collected. */
static void lay_over(const kt_cube *from, kt_cube *to, kt_arena *scratch)
{
    const bridge over = bridge_between(from, to, scratch);
    for (size_t i = 0; i < over.rows * over.places; i++) {
        const size_t there = across(&over, i / over.places, i % over.places);
        if (is_known(from, i) && there != KT_NO_CODE) {
            copy_told(from, i, to, there);
        }
    }
}

/* The codes of both, the older ones first; NULL if the newer cube has none of its own. */
static kt_codes *join_codes(const kt_codes *older, const kt_codes *newer, kt_arena *arena)
{
    kt_codes *all = kt_codes_new(arena);
    for (size_t i = 0; i < kt_codes_count(older); i++) {
        (void)kt_codes_intern(all, kt_codes_at(older, i));
    }
    for (size_t i = 0; i < kt_codes_count(newer); i++) {
        (void)kt_codes_intern(all, kt_codes_at(newer, i));
    }
    return all;
}

static bool holds_list(const kt_codes *codes, const kt_codes *wanted)
{
    for (size_t i = 0; i < kt_codes_count(wanted); i++) {
        if (kt_codes_find(codes, kt_codes_at(wanted, i)) == KT_NO_CODE) {
            return false;
        }
    }
    return true;
}

static bool holds_codes(const kt_cube *cube, const kt_cube *newer)
{
    for (int role = 0; role < KT_ROLES; role++) {
        if (!holds_list(cube->codes[role], newer->codes[role])) {
            return false;
        }
    }
    return true;
}

/* Makes room for the codes of a newer version. */
static kt_status widen(kt_known *known, const kt_cube *newer, kt_error *err)
{
    if (known->cube != NULL && holds_codes(known->cube, newer)) {
        return KT_OK;
    }
    kt_arena *arena = kt_arena_open("what is known of a table", 0);
    kt_codes *codes[KT_ROLES];
    for (int role = 0; role < KT_ROLES; role++) {
        const kt_cube *older = known->cube == NULL ? newer : known->cube;
        codes[role] = join_codes(older->codes[role], newer->codes[role], arena);
    }
    kt_cube *wider = NULL;
    const kt_status status = kt_cube_new(arena, codes, &wider, err);
    if (status != KT_OK) {
        kt_arena_free(arena);
        return status;
    }
    if (known->cube != NULL) {
        lay_over(known->cube, wider, arena);
    }
    kt_known_close(known);
    *known = (kt_known){.arena = arena, .cube = wider};
    return KT_OK;
}

/* One period, measure and group of a cube: cells that stand size[GROUP] apart. */
typedef struct slot {
    size_t first, count, step;
} slot;

static slot slot_of(const kt_cube *cube, size_t period, size_t measure, size_t group)
{
    return (slot){
        .first = period * cube->stride[KT_ROLE_PERIOD] + measure * cube->stride[KT_ROLE_MEASURE] +
                 group * cube->stride[KT_ROLE_GROUP],
        .count = cube->size[KT_ROLE_REGION] * cube->size[KT_ROLE_OCCUPATION] *
                 cube->size[KT_ROLE_SECTOR],
        .step = cube->size[KT_ROLE_GROUP],
    };
}

static bool is_held(const kt_cube *cube, slot of)
{
    for (size_t i = 0; i < of.count; i++) {
        if (cube->status[of.first + i * of.step] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

static void forget(kt_cube *cube, slot of)
{
    for (size_t i = 0; i < of.count; i++) {
        kt_cube_clear(cube, of.first + i * of.step, KT_OBS_NOT_COLLECTED);
    }
}

static size_t same_code(const kt_cube *from, const kt_cube *to, kt_role role, size_t code)
{
    return kt_codes_find(to->codes[role], kt_codes_at(from->codes[role], code));
}

/* What the newer version has replaces the whole slot: a code that it does not list is not there. */
static void forget_replaced(kt_cube *known, const kt_cube *newer)
{
    const size_t measures = newer->size[KT_ROLE_MEASURE];
    const size_t groups = newer->size[KT_ROLE_GROUP];
    for (size_t i = 0; i < newer->size[KT_ROLE_PERIOD] * measures * groups; i++) {
        const size_t period = i / (measures * groups);
        const size_t measure = i / groups % measures;
        const size_t group = i % groups;
        if (is_held(newer, slot_of(newer, period, measure, group))) {
            forget(known, slot_of(known, same_code(newer, known, KT_ROLE_PERIOD, period),
                                  same_code(newer, known, KT_ROLE_MEASURE, measure),
                                  same_code(newer, known, KT_ROLE_GROUP, group)));
        }
    }
}

kt_status kt_revise_learn(kt_known *known, const kt_cube *newer, kt_error *err)
{
    KT_TRY(widen(known, newer, err));
    kt_arena *scratch = kt_arena_open("a version laid over another", 0);
    forget_replaced(known->cube, newer);
    lay_over(newer, known->cube, scratch);
    kt_arena_free(scratch);
    return KT_OK;
}

void kt_known_close(kt_known *known)
{
    kt_arena_free(known->arena);
    *known = (kt_known){0};
}
