/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "revision_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "transform/disclose.h"

#define DAY_LENGTH 10

/* A view on its way to rows. */
typedef struct maker {
    const kt_revision_view *view;
    kt_change *changes;              /* cell by cell, oldest first */
    kt_place *regions, *occupations; /* of the log's codes */
    kt_revision_row *rows;
    size_t count;
    kt_arena *arena;
} maker;

const char *kt_day_of(kt_instant instant, kt_arena *arena)
{
    char moment[KT_INSTANT_SIZE];
    return kt_arena_copy_n(arena, kt_instant_write(instant, moment), DAY_LENGTH);
}

static bool is_total(const kt_source *source, kt_role role, const char *code)
{
    const kt_variable_spec *spec = kt_source_variable(source, role);
    return strcmp(code, KT_TOTAL) == 0 ||
           (spec != NULL && spec->total != NULL && strcmp(code, spec->total) == 0);
}

kt_place kt_place_region(const kt_revision_view *view, const char *code)
{
    const kt_source *source = view->source;
    const kt_class_item *item = kt_class_find(&view->classifications->regions, code);
    if (is_total(source, KT_ROLE_REGION, code)) {
        return (kt_place){"country", "SSS"};
    }
    for (size_t i = 0; i < source->unallocated_count; i++) {
        if (strcmp(source->unallocated[i].code, code) == 0) {
            return (kt_place){source->unallocated[i].level, source->unallocated[i].cause};
        }
    }
    return item == NULL ? (kt_place){"country", code} : (kt_place){item->level, item->code};
}

kt_place kt_place_occupation(const kt_revision_view *view, const char *code, kt_arena *arena)
{
    const kt_classification *all = &view->classifications->occupations;
    if (is_total(view->source, KT_ROLE_OCCUPATION, code)) {
        return (kt_place){KT_TOTAL, KT_TOTAL};
    }
    const kt_class_item *item = kt_class_find(all, kt_arena_print(arena, "ISCO-%s", code));
    item = item == NULL ? kt_class_find(all, code) : item;
    return item == NULL ? (kt_place){view->source->occupation_level, "_X"}
                        : (kt_place){item->level, item->code};
}

static void place_codes(maker *make)
{
    const kt_revision_log *log = make->view->log;
    const kt_codes *regions = log->codes[KT_ROLE_REGION];
    const kt_codes *occupations = log->codes[KT_ROLE_OCCUPATION];
    make->regions = kt_arena_array(make->arena, kt_place, kt_codes_count(regions) + 1);
    make->occupations = kt_arena_array(make->arena, kt_place, kt_codes_count(occupations) + 1);
    for (size_t i = 0; i < kt_codes_count(regions); i++) {
        make->regions[i] = kt_place_region(make->view, kt_codes_at(regions, i));
    }
    for (size_t i = 0; i < kt_codes_count(occupations); i++) {
        make->occupations[i] =
            kt_place_occupation(make->view, kt_codes_at(occupations, i), make->arena);
    }
}

static int compare_cells(const kt_change *a, const kt_change *b)
{
    for (int role = 0; role < KT_ROLES; role++) {
        if (a->at[role] != b->at[role]) {
            return a->at[role] < b->at[role] ? -1 : 1;
        }
    }
    return 0;
}

static int compare_changes(const void *a, const void *b)
{
    const kt_change *left = a;
    const kt_change *right = b;
    const int cells = compare_cells(left, right);
    return cells != 0 ? cells : (left->note > right->note) - (left->note < right->note);
}

static kt_instant moment_of(const maker *make, const kt_change *change)
{
    return make->view->log->notes[change->note].at;
}

/* Changes of one second become one, which is none if the last undid the first. Returns how many
 * there are left of the cell. */
static size_t join_moments(const maker *make, kt_change *changes, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && moment_of(make, &changes[kept - 1]) == moment_of(make, &changes[i])) {
            changes[kept - 1].after = changes[i].after;
        } else {
            changes[kept++] = changes[i];
        }
        kept -= kt_told_same(changes[kept - 1].before, changes[kept - 1].after) ? 1 : 0;
    }
    return kept;
}

/* What today's publication says of the cell; Q where it is no longer listed and was hidden last. */
static bool is_protected_today(const maker *make, const kt_change *last)
{
    const kt_cube *cube = make->view->cube;
    size_t cell = 0;
    for (kt_role role = 0; role < KT_ROLES && cube != NULL; role++) {
        const size_t at =
            kt_codes_find(cube->codes[role], kt_change_code(make->view->log, last, role));
        if (at == KT_NO_CODE) {
            return last->after.obs == KT_OBS_PROTECTED;
        }
        cell += at * cube->stride[role];
    }
    if (last->after.obs == KT_OBS_PROTECTED || cube == NULL) {
        return true;
    }
    const kt_obs today = (kt_obs)cube->status[cell];
    return kt_obs_is_hidden(today) || (make->view->strict && !kt_obs_has_value(today));
}

/* "vacancies", "vacancies.C", "unemployed.long_term": a sector or group has no column. */
static const char *indicator_of(const maker *make, const kt_change *change)
{
    const kt_revision_log *log = make->view->log;
    const char *words = kt_change_code(log, change, KT_ROLE_MEASURE);
    for (kt_role role = KT_ROLE_SECTOR; role <= KT_ROLE_GROUP; role++) {
        const char *code = kt_change_code(log, change, role);
        words = is_total(make->view->source, role, code)
                    ? words
                    : kt_arena_print(make->arena, "%s.%s", words, code);
    }
    return words;
}

/* Shows a figure unless it must be hidden; its status counts in the row's. */
static double show(kt_revision_row *row, kt_told told, bool hidden)
{
    const kt_obs obs = hidden ? KT_OBS_PROTECTED : told.obs;
    row->obs = kt_obs_worse(row->obs, obs);
    return kt_obs_has_value(obs) ? told.value : NAN;
}

static void add_row(maker *make, const kt_change *changes, size_t index, size_t count, bool hidden)
{
    const kt_change *change = &changes[index];
    const kt_revision_log *log = make->view->log;
    const bool strict = make->view->strict;
    kt_revision_row *row = &make->rows[make->count];
    *row = (kt_revision_row){
        .period = kt_change_code(log, change, KT_ROLE_PERIOD),
        .measure = kt_change_code(log, change, KT_ROLE_MEASURE),
        .indicator = indicator_of(make, change),
        .region = make->regions[change->at[KT_ROLE_REGION]],
        .occupation = make->occupations[change->at[KT_ROLE_OCCUPATION]],
        .first_seen = log->notes[kt_revision_log_first(log, &changes[0])].at,
        .changed_at = moment_of(make, change),
        .note = change->note,
    };
    row->first_value = show(row, changes[0].before, hidden || strict);
    row->previous_value = show(row, change->before, hidden || strict);
    row->value = show(row, change->after, hidden || (strict && index + 1 < count));
    row->changed_on = kt_day_of(row->changed_at, make->arena);
    if (index > 0 && strncmp(row[-1].changed_on, row->changed_on, DAY_LENGTH) == 0) {
        char moment[KT_INSTANT_SIZE];
        row->changed_on = kt_arena_copy(make->arena, kt_instant_write(row->changed_at, moment));
    }
    make->count++;
}

/* Occupations of regions finer than maakunta have no rows under strict disclosure. */
static bool has_no_rows(const maker *make, const kt_change *change)
{
    const kt_place region = make->regions[change->at[KT_ROLE_REGION]];
    const kt_rollup_line line = {.level = region.level, .code = region.code, .made_of = "source"};
    return make->view->strict && kt_disclose_is_fine(&line) &&
           strcmp(make->occupations[change->at[KT_ROLE_OCCUPATION]].level, KT_TOTAL) != 0;
}

static void add_cell(maker *make, kt_change *changes, size_t count)
{
    if (has_no_rows(make, &changes[0])) {
        return;
    }
    const bool hidden = is_protected_today(make, &changes[count - 1]);
    const size_t kept = join_moments(make, changes, count);
    for (size_t i = 0; i < kept; i++) {
        add_row(make, changes, i, kept, hidden);
    }
}

size_t kt_revision_rows_make(const kt_revision_view *view, kt_arena *arena, kt_revision_row **out)
{
    const size_t count = view->log->change_count;
    maker make = {.view = view, .arena = arena};
    make.changes = kt_arena_array(arena, kt_change, count + 1);
    make.rows = kt_arena_array(arena, kt_revision_row, count + 1);
    if (count > 0) {
        memcpy(make.changes, view->log->changes, count * sizeof *make.changes);
        qsort(make.changes, count, sizeof *make.changes, compare_changes);
    }
    place_codes(&make);
    size_t next = 0;
    for (size_t first = 0; first < count; first = next) {
        next = first + 1;
        while (next < count && compare_cells(&make.changes[first], &make.changes[next]) == 0) {
            next++;
        }
        add_cell(&make, &make.changes[first], next - first);
    }
    *out = make.rows;
    return make.count;
}
