/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "revision_log.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

double kt_national_share(const kt_national_change *change)
{
    if (change->figure == NULL || change->before == change->after) {
        return 0.0;
    }
    return fabs(change->after - change->before) / fabs(change->before);
}

kt_revision_log *kt_revision_log_new(kt_arena *arena)
{
    kt_revision_log *log = kt_arena_new(arena, kt_revision_log);
    log->arena = arena;
    for (int role = 0; role < KT_ROLES; role++) {
        log->codes[role] = kt_codes_new(arena);
    }
    return log;
}

const char *kt_change_code(const kt_revision_log *log, const kt_change *change, kt_role role)
{
    return kt_codes_at(log->codes[role], change->at[role]);
}

static bool same_lists(const kt_codes *a, const kt_codes *b)
{
    if (!kt_codes_equal(a, b)) {
        return false;
    }
    for (size_t i = 0; i < kt_codes_count(a); i++) {
        if (strcmp(kt_codes_label(a, i), kt_codes_label(b, i)) != 0) {
            return false;
        }
    }
    return true;
}

/* A list that an earlier note has is kept once. */
static const kt_codes *share_list(const kt_revision_log *log, kt_role role, const kt_codes *list)
{
    for (size_t i = log->note_count; i-- > 0;) {
        if (same_lists(log->notes[i].codes[role], list)) {
            return log->notes[i].codes[role];
        }
    }
    kt_codes *copy = kt_codes_new(log->arena);
    for (size_t i = 0; i < kt_codes_count(list); i++) {
        (void)kt_codes_add(copy, kt_codes_at(list, i), kt_codes_label(list, i));
    }
    return copy;
}

static bool is_collected(const kt_cube *cube, kt_role role, size_t code)
{
    for (size_t i = 0; i < cube->cells; i++) {
        if (i / cube->stride[role] % cube->size[role] == code &&
            cube->status[i] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

/* Measures, unlike other codes, are in the cube whether the replies hold them or not. */
static const kt_codes *list_of(const kt_cube *cube, kt_role role, kt_arena *arena)
{
    if (role != KT_ROLE_MEASURE) {
        return cube->codes[role];
    }
    kt_codes *held = kt_codes_new(arena);
    for (size_t i = 0; i < cube->size[role]; i++) {
        if (is_collected(cube, role, i)) {
            (void)kt_codes_add(held, kt_codes_at(cube->codes[role], i),
                               kt_codes_label(cube->codes[role], i));
        }
    }
    return held;
}

static size_t count_collected(const kt_cube *cube)
{
    size_t count = 0;
    for (size_t i = 0; i < cube->cells; i++) {
        count += cube->status[i] == KT_OBS_NOT_COLLECTED ? 0 : 1;
    }
    return count;
}

static kt_campaign_note *new_note(kt_revision_log *log)
{
    log->notes =
        kt_arena_grow(log->arena, log->notes, log->note_count, &log->note_room, sizeof *log->notes);
    return &log->notes[log->note_count++];
}

kt_campaign_note *kt_revision_log_note(kt_revision_log *log, const kt_source *source,
                                       const kt_campaign *campaign, const kt_cube *cube)
{
    kt_arena *arena = log->arena;
    kt_campaign_note note = {
        .campaign = kt_arena_copy(arena, campaign->name),
        .at = campaign->last,
        .updated = campaign->updated == NULL ? NULL : kt_arena_copy(arena, campaign->updated),
        .address = kt_source_place(source, campaign->parts[0]->url, arena),
        .whole = campaign->whole,
        .cells = count_collected(cube),
    };
    for (kt_role role = 0; role < KT_ROLES; role++) {
        note.codes[role] = share_list(log, role, list_of(cube, role, arena));
    }
    kt_campaign_note *added = new_note(log);
    *added = note;
    return added;
}

void kt_revision_log_add(kt_revision_log *log, const kt_change *change)
{
    log->changes = kt_arena_grow(log->arena, log->changes, log->change_count, &log->change_room,
                                 sizeof *log->changes);
    log->changes[log->change_count++] = *change;
}

static void add_revision(kt_revision_log *log, const kt_cube *cube, const kt_revision *revision)
{
    kt_change change = {.note = (uint32_t)(log->note_count - 1),
                        .before = revision->before,
                        .after = revision->after};
    for (int role = 0; role < KT_ROLES; role++) {
        const size_t code = revision->cell / cube->stride[role] % cube->size[role];
        change.at[role] =
            (uint32_t)kt_codes_intern(log->codes[role], kt_codes_at(cube->codes[role], code));
    }
    kt_revision_log_add(log, &change);
}

size_t kt_revision_log_owner(const kt_revision_log *log, size_t end, const char *period,
                             const char *measure, const char *group)
{
    for (size_t i = end; i-- > 0;) {
        const kt_codes *const *codes = log->notes[i].codes;
        if (kt_codes_find(codes[KT_ROLE_PERIOD], period) != KT_NO_CODE &&
            kt_codes_find(codes[KT_ROLE_MEASURE], measure) != KT_NO_CODE &&
            kt_codes_find(codes[KT_ROLE_GROUP], group) != KT_NO_CODE) {
            return i;
        }
    }
    return KT_NO_CODE;
}

/* The newest note before the newest one that has the period. */
static const kt_campaign_note *earlier_holder(const kt_revision_log *log, const char *period)
{
    for (size_t i = log->note_count - 1; i-- > 0;) {
        if (kt_codes_find(log->notes[i].codes[KT_ROLE_PERIOD], period) != KT_NO_CODE) {
            return &log->notes[i];
        }
    }
    return NULL;
}

/* Marks the periods that were last asked of another address; says which one. */
static void find_shared(const kt_revision_log *log, kt_campaign_note *note, bool *shared)
{
    const kt_codes *periods = note->codes[KT_ROLE_PERIOD];
    kt_chain_overlap *overlap = &note->overlap;
    for (size_t i = 0; i < kt_codes_count(periods); i++) {
        const kt_campaign_note *holder = earlier_holder(log, kt_codes_at(periods, i));
        shared[i] = holder != NULL && strcmp(holder->address, note->address) != 0;
        if (!shared[i]) {
            continue;
        }
        overlap->earlier = holder->address;
        overlap->first = overlap->periods == 0 ? kt_codes_at(periods, i) : overlap->first;
        overlap->last = kt_codes_at(periods, i);
        overlap->periods++;
    }
}

/* The part of a cube that is one period of it. */
static kt_cube period_of(const kt_cube *cube, size_t period, kt_arena *arena)
{
    kt_cube part = *cube;
    const size_t stride = cube->stride[KT_ROLE_PERIOD];
    part.codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    (void)kt_codes_add(part.codes[KT_ROLE_PERIOD], kt_codes_at(cube->codes[KT_ROLE_PERIOD], period),
                       NULL);
    part.size[KT_ROLE_PERIOD] = 1;
    part.cells = stride;
    part.value += period * stride;
    part.status += period * stride;
    part.low += period * stride;
    part.high += period * stride;
    return part;
}

static void count_shared(kt_campaign_note *note, const kt_cube *known, const kt_cube *cube,
                         const bool *shared, kt_arena *scratch)
{
    for (size_t i = 0; note->overlap.periods > 0 && i < cube->size[KT_ROLE_PERIOD]; i++) {
        if (shared[i]) {
            const kt_cube period = period_of(cube, i, scratch);
            const kt_revisions found = kt_revise_compare(known, &period, scratch);
            note->overlap.compared += found.compared;
            note->overlap.changed += found.count;
        }
    }
}

void kt_revision_log_take(kt_revision_log *log, const kt_cube *known, const kt_cube *cube,
                          kt_revisions revised, kt_arena *scratch)
{
    kt_campaign_note *note = &log->notes[log->note_count - 1];
    bool *shared = kt_arena_array(scratch, bool, cube->size[KT_ROLE_PERIOD] + 1);
    note->compared = revised.compared;
    note->changed = revised.count;
    for (size_t i = 0; i < revised.count; i++) {
        add_revision(log, cube, &revised.at[i]);
    }
    find_shared(log, note, shared);
    count_shared(note, known, cube, shared, scratch);
}

static bool lists_cell(const kt_revision_log *log, const kt_campaign_note *note,
                       const kt_change *change)
{
    for (kt_role role = 0; role < KT_ROLES; role++) {
        if (kt_codes_find(note->codes[role], kt_change_code(log, change, role)) == KT_NO_CODE) {
            return false;
        }
    }
    return true;
}

size_t kt_revision_log_first(const kt_revision_log *log, const kt_change *change)
{
    size_t first = 0;
    while (first < change->note && !lists_cell(log, &log->notes[first], change)) {
        first++;
    }
    return first;
}

const kt_campaign_note *kt_revision_log_find(const kt_revision_log *log, const char *campaign)
{
    for (size_t i = 0; log != NULL && i < log->note_count; i++) {
        if (strcmp(log->notes[i].campaign, campaign) == 0) {
            return &log->notes[i];
        }
    }
    return NULL;
}

static bool is_named(const char *const *campaigns, size_t count, const char *campaign)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(campaigns[i], campaign) == 0) {
            return true;
        }
    }
    return false;
}

void kt_revision_log_keep(kt_revision_log *log, const char *const *campaigns, size_t count)
{
    uint32_t *moved = kt_arena_array(log->arena, uint32_t, log->note_count + 1);
    size_t notes = 0;
    for (size_t i = 0; i < log->note_count; i++) {
        moved[i] = UINT32_MAX;
        if (is_named(campaigns, count, log->notes[i].campaign)) {
            moved[i] = (uint32_t)notes;
            log->notes[notes++] = log->notes[i];
        }
    }
    size_t changes = 0;
    for (size_t i = 0; i < log->change_count; i++) {
        kt_change change = log->changes[i];
        change.note = moved[change.note];
        if (change.note != UINT32_MAX) {
            log->changes[changes++] = change;
        }
    }
    log->note_count = notes;
    log->change_count = changes;
}
