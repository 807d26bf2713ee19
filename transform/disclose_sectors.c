/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclose_sectors.h"

#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "rollup_plan.h"
#include "sums.h"

#define SECTION "tol1"

/* What is shown together: sections and groups, and what is finer. */
enum { COARSE, FINE, LEVELS };

/* What is known of the places of one period, measure by measure. */
typedef struct margins {
    bool exact;             /* it is a count that adds up */
    double all;             /* the country's figure; NAN where it does not show */
    double largest_region;  /* the most that a row beside the country may have */
    double largest[LEVELS]; /* of the country's sectors or groups of a level */
} margins;

typedef struct parts {
    const kt_reconcile_table *table;
    size_t sectors, groups; /* places of all of them; KT_NO_CODE */
    bool *coarse;           /* of each sector: it is shown as a section is */
    size_t country;         /* row, or KT_NO_CODE */
    size_t period;
    margins *of; /* of each measure */
    bool regions_hidden;
    bool hidden[LEVELS]; /* of the country */
} parts;

static size_t place_of_all(const kt_reconcile_table *table, kt_role role)
{
    return kt_place_of_all(table->cube, table->source, role);
}

/* Groups without a row of all are in no sum; sectors are, for sections have divisions. */
static bool is_part(const size_t at[KT_ROLES], size_t sectors, size_t groups)
{
    return at[KT_ROLE_SECTOR] != sectors || (groups != KT_NO_CODE && at[KT_ROLE_GROUP] != groups);
}

bool kt_is_part(const kt_reconcile_table *table, const size_t at[KT_ROLES])
{
    return is_part(at, place_of_all(table, KT_ROLE_SECTOR), place_of_all(table, KT_ROLE_GROUP));
}

static bool has_parts(const kt_reconcile_table *table)
{
    const size_t *size = table->cube->size;
    return size[KT_ROLE_SECTOR] > 1 ||
           (size[KT_ROLE_GROUP] > 1 && place_of_all(table, KT_ROLE_GROUP) != KT_NO_CODE);
}

static void find_at(const parts *of, size_t cell, size_t at[KT_ROLES])
{
    const kt_cube *cube = of->table->cube;
    for (int role = 0; role < KT_ROLES; role++) {
        at[role] = cell / cube->stride[role] % cube->size[role];
    }
}

/* The rows of sections and of unknown ones, and the total, under which groups may stand. */
static void find_coarse(parts *of, kt_arena *arena)
{
    const kt_outline *sectors = &of->table->rollup->sectors;
    of->coarse = kt_arena_array(arena, bool, of->table->cube->size[KT_ROLE_SECTOR] + 1);
    for (size_t i = 0; i < sectors->count; i++) {
        const kt_rollup_line *line = &sectors->line[i];
        const bool own = strcmp(line->made_of, "source") == 0;
        for (size_t m = 0; own && m < sectors->recipe[i].count; m++) {
            const size_t row = sectors->recipe[i].member[m];
            of->coarse[row] |=
                strcmp(line->level, SECTION) == 0 || strcmp(line->level, KT_TOTAL) == 0;
        }
    }
    if (of->sectors != KT_NO_CODE) {
        of->coarse[of->sectors] = true;
    }
}

static size_t level_of(const parts *of, const size_t at[KT_ROLES])
{
    return of->coarse[at[KT_ROLE_SECTOR]] ? COARSE : FINE;
}

/* A figure that the source would hide if it hid all small ones counts as hidden. */
static bool is_hidden(const parts *of, size_t cell)
{
    const kt_cube *cube = of->table->cube;
    const kt_obs obs = (kt_obs)cube->status[cell];
    return kt_obs_is_hidden(obs) || (kt_obs_has_value(obs) && cube->low[cell] > 0.0 &&
                                     cube->low[cell] < of->table->source->protected_high);
}

static void note_part(parts *of, size_t cell, const size_t at[KT_ROLES])
{
    const kt_cube *cube = of->table->cube;
    const kt_obs obs = (kt_obs)cube->status[cell];
    margins *to = &of->of[at[KT_ROLE_MEASURE]];
    if (at[KT_ROLE_REGION] != of->country) {
        of->regions_hidden |= kt_obs_is_hidden(obs);
        return;
    }
    of->hidden[level_of(of, at)] |= is_hidden(of, cell);
    if (kt_obs_has_value(obs)) {
        double *largest = &to->largest[level_of(of, at)];
        *largest = fmax(*largest, cube->high[cell]);
    }
}

static void note_all(parts *of, size_t cell, const size_t at[KT_ROLES])
{
    const kt_cube *cube = of->table->cube;
    const kt_obs obs = (kt_obs)cube->status[cell];
    margins *to = &of->of[at[KT_ROLE_MEASURE]];
    if (at[KT_ROLE_REGION] == of->country) {
        to->all = kt_obs_has_value(obs) ? cube->low[cell] : NAN;
        return;
    }
    of->regions_hidden |= kt_obs_is_hidden(obs);
    if (kt_obs_has_interval(obs)) {
        to->largest_region = fmax(to->largest_region, cube->high[cell]);
    } else if (obs != KT_OBS_NOT_COLLECTED && obs != KT_OBS_IMPOSSIBLE) {
        to->largest_region = INFINITY;
    }
}

static void begin_period(parts *of)
{
    const kt_codes *measures = of->table->cube->codes[KT_ROLE_MEASURE];
    for (size_t m = 0; m < kt_codes_count(measures); m++) {
        const bool exact = kt_adds_exactly(of->table->source, kt_codes_at(measures, m));
        of->of[m] = (margins){.exact = exact, .all = NAN};
    }
    of->regions_hidden = of->hidden[COARSE] = of->hidden[FINE] = false;
}

static void note_period(parts *of)
{
    const kt_cube *cube = of->table->cube;
    const size_t count = cube->stride[KT_ROLE_PERIOD];
    begin_period(of);
    for (size_t cell = of->period * count; cell < (of->period + 1) * count; cell++) {
        size_t at[KT_ROLES];
        find_at(of, cell, at);
        if (!of->of[at[KT_ROLE_MEASURE]].exact) {
            continue;
        }
        if (is_part(at, of->sectors, of->groups)) {
            note_part(of, cell, at);
        } else {
            note_all(of, cell, at);
        }
    }
}

/* The figures of one place can be dealt to others without a trace in those of the country: the
 * largest region has room for the least of the largest sector. */
static bool has_room(const parts *of, size_t level)
{
    bool has = of->table->cube->size[KT_ROLE_OCCUPATION] == 1 && of->groups != KT_NO_CODE;
    for (size_t m = 0; m < of->table->cube->size[KT_ROLE_MEASURE]; m++) {
        const margins *is = &of->of[m];
        const double largest =
            level == COARSE ? is->largest[COARSE] : fmax(is->largest[COARSE], is->largest[FINE]);
        has = has && (!is->exact ||
                      is->largest_region + largest <= is->all + of->table->source->protected_low);
    }
    return has;
}

static void decide(parts *of)
{
    of->hidden[FINE] |= of->hidden[COARSE];
    of->regions_hidden |= of->hidden[FINE];
    for (size_t level = 0; level < LEVELS && of->regions_hidden; level++) {
        of->hidden[level] |= !has_room(of, level);
    }
    of->hidden[FINE] |= of->hidden[COARSE];
}

static void withhold_period(const parts *of, kt_covering *covering)
{
    const kt_cube *cube = of->table->cube;
    const size_t count = cube->stride[KT_ROLE_PERIOD];
    for (size_t cell = of->period * count; cell < (of->period + 1) * count; cell++) {
        size_t at[KT_ROLES];
        find_at(of, cell, at);
        const bool hides =
            at[KT_ROLE_REGION] == of->country ? of->hidden[level_of(of, at)] : of->regions_hidden;
        if (hides && is_part(at, of->sectors, of->groups)) {
            covering->sectors += cube->status[cell] != KT_OBS_NOT_COLLECTED;
            kt_cube_clear(of->table->cube, cell, KT_OBS_NOT_COLLECTED);
        }
    }
}

void kt_withhold_sectors(const kt_reconcile_table *table, kt_arena *arena, kt_covering *covering)
{
    const kt_rollup *rollup = table->rollup;
    parts of = {.table = table, .country = rollup->country};
    if (!has_parts(table)) {
        return;
    }
    if (of.country != KT_NO_CODE) {
        of.country = rollup->regions.recipe[of.country].member[0];
    }
    of.sectors = place_of_all(table, KT_ROLE_SECTOR);
    of.groups = place_of_all(table, KT_ROLE_GROUP);
    find_coarse(&of, arena);
    of.of = kt_arena_array(arena, margins, table->cube->size[KT_ROLE_MEASURE]);
    for (of.period = 0; of.period < table->cube->size[KT_ROLE_PERIOD]; of.period++) {
        note_period(&of);
        decide(&of);
        withhold_period(&of, covering);
    }
}
