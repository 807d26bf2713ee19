/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/assemble.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/text.h"
#include "meanings.h"
#include "overlap.h"
#include "parts.h"
#include "transform/reader.h"
#include "transform/reconcile.h"

/*
 * Two walks. The first, oldest to newest, reads the envelopes alone: they give the shape of the
 * cube and say which edition of the table (the replies of one `updated`) each period and measure is
 * taken from. The second, newest to oldest, reads the figures of the replies that are needed and
 * fills the cells that nothing newer has filled.
 */

#define MEANINGS (255 + 1)

typedef struct kt_assembly {
    const kt_source *source;
    const kt_replies *replies;
    kt_catalogue *catalogue;
    const char **updated; /* of each edition, or NULL */
    kt_cube *cube;
    kt_strange *strange;
} kt_assembly;

/* One reply on its way into the cube. */
typedef struct kt_placing {
    const kt_assembly *assembly;
    const kt_figures *figures;
    const char *name;
    kt_part part;
    size_t stride[KT_ROLES]; /* in the reply, 0 where it has no such dimension */
    size_t *to[KT_ROLES];    /* of each code: its place in the cube, stride included */
    kt_meaning meanings[MEANINGS];
    bool counts;  /* the figures of this run must be whole and not below zero */
    double scale; /* they are in so many of the measure's unit */
    size_t filled;
    kt_arena *arena;
} kt_placing;

static void find_meanings(kt_placing *placing)
{
    placing->meanings[0] = kt_meaning_of(placing->assembly->source, "");
    for (size_t i = 0; i < placing->figures->symbol_count; i++) {
        placing->meanings[i + 1] =
            kt_meaning_of(placing->assembly->source, placing->figures->symbols[i]);
    }
}

static kt_status wrong_cell(const kt_placing *placing, size_t from, size_t to, kt_error *err)
{
    const kt_cube *cube = placing->assembly->cube;
    const char *where = kt_cube_coordinates(cube, to, placing->arena);
    const char *id = placing->assembly->source->id;
    const double value = placing->figures->value[from];
    if (isnan(value)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: %s %s: unknown symbol \"%s\", expected one of the source's symbols",
                       placing->name, id, where,
                       placing->figures->symbols[placing->figures->symbol[from] - 1]);
    }
    /* Fifteen digits: 40.4 as the file has it, and 1e300 short. */
    return kt_fail(err, KT_ERR_DATA,
                   "%s: %s %s: %.15g, expected a whole number that is not below zero",
                   placing->name, id, where, value);
}

/* A cell without a figure takes its symbol's meaning; false if nobody knows it. */
static bool place_symbol(const kt_placing *placing, const kt_meaning *meaning, size_t to)
{
    kt_cube *cube = placing->assembly->cube;
    const kt_source *source = placing->assembly->source;
    if (!meaning->known && !meaning->hidden) {
        return false;
    }
    if (meaning->zero) {
        kt_cube_set(cube, to, 0.0, KT_OBS_OBSERVED);
    } else if (meaning->hidden && !placing->counts) {
        kt_cube_protect(cube, to, NAN, NAN, NAN); /* the source's limits are of counts */
    } else if (meaning->hidden) {
        kt_cube_protect(cube, to, (source->protected_low + source->protected_high) / 2.0,
                        source->protected_low, source->protected_high);
    } else {
        kt_cube_clear(cube, to, meaning->alone);
    }
    return true;
}

static bool is_count(double value)
{
    return value >= 0.0 && value <= 9007199254740992.0 && (double)(int64_t)value == value;
}

/* "123.4" thousand persons are 123,400: what the product of two doubles misses is not a person. */
static double in_unit(const kt_placing *placing, double value)
{
    const double figure = value * placing->scale;
    const bool scaled = placing->scale != 1.0 && placing->counts;
    return scaled && fabs(figure - round(figure)) <= 1e-9 * fabs(figure) ? round(figure) : figure;
}

/* A figure stands beside a symbol that is a note, provisional or a break; beside the symbol of
 * protection it is a slip of the source, and stays hidden. */
static bool place_cell(const kt_placing *placing, size_t from, size_t to)
{
    const double value = in_unit(placing, placing->figures->value[from]);
    const kt_meaning *meaning = &placing->meanings[placing->figures->symbol[from]];
    if (!meaning->known && (meaning->hidden || !isnan(value))) {
        kt_strange_note(placing->assembly->strange,
                        placing->figures->symbols[placing->figures->symbol[from] - 1],
                        placing->assembly->cube, to);
    }
    if (isnan(value) || meaning->hidden) {
        return place_symbol(placing, meaning, to);
    }
    if (placing->counts && !is_count(value)) {
        return false;
    }
    kt_cube_set(placing->assembly->cube, to, value, meaning->beside);
    return true;
}

/* All occupations and sectors of one region, of one period, content and group. */
static kt_status place_row(kt_placing *placing, size_t from, size_t to, kt_error *err)
{
    const kt_axis *occupations = &placing->part.axis[KT_ROLE_OCCUPATION];
    const kt_axis *sectors = &placing->part.axis[KT_ROLE_SECTOR];
    const uint8_t *status = placing->assembly->cube->status;
    for (size_t i = 0; i < occupations->count * sectors->count; i++) {
        const size_t o = i / sectors->count, s = i - o * sectors->count;
        const size_t cell_to =
            to + placing->to[KT_ROLE_OCCUPATION][o] + placing->to[KT_ROLE_SECTOR][s];
        const size_t cell_from = from +
                                 occupations->position[o] * placing->stride[KT_ROLE_OCCUPATION] +
                                 sectors->position[s] * placing->stride[KT_ROLE_SECTOR];
        if (status[cell_to] != KT_OBS_NOT_COLLECTED) {
            continue;
        }
        if (!place_cell(placing, cell_from, cell_to)) {
            return wrong_cell(placing, cell_from, cell_to, err);
        }
        placing->filled++;
    }
    return KT_OK;
}

static kt_status place_run(kt_placing *placing, size_t from, size_t to, kt_error *err)
{
    const kt_axis *regions = &placing->part.axis[KT_ROLE_REGION];
    for (size_t r = 0; r < regions->count; r++) {
        KT_TRY(place_row(placing, from + regions->position[r] * placing->stride[KT_ROLE_REGION],
                         to + placing->to[KT_ROLE_REGION][r], err));
    }
    return KT_OK;
}

/* Where each code of the reply is in the cube, and how far apart its cells are in the reply. */
static void find_places(kt_placing *placing)
{
    const kt_envelope *envelope = placing->figures->envelope;
    const kt_cube *cube = placing->assembly->cube;
    for (int role = 0; role < KT_ROLES; role++) {
        const kt_axis *axis = &placing->part.axis[role];
        placing->to[role] = kt_arena_array(placing->arena, size_t, axis->count);
        for (size_t i = 0; i < axis->count; i++) {
            placing->to[role][i] =
                kt_codes_find(cube->codes[role], axis->code[i]) * cube->stride[role];
        }
        placing->stride[role] =
            axis->dimension == KT_NO_CODE ? 0 : kt_part_stride(envelope, axis->dimension);
    }
}

/* One content and group over all periods of the reply that its edition owns. */
static kt_status place_content(kt_placing *placing, size_t content, size_t group, size_t edition,
                               kt_error *err)
{
    const kt_cube *cube = placing->assembly->cube;
    const kt_axis *periods = &placing->part.axis[KT_ROLE_PERIOD];
    const kt_axis *contents = &placing->part.axis[KT_ROLE_MEASURE];
    const kt_axis *groups = &placing->part.axis[KT_ROLE_GROUP];
    const size_t measure = placing->to[KT_ROLE_MEASURE][content] / cube->stride[KT_ROLE_MEASURE];
    const size_t group_code = placing->to[KT_ROLE_GROUP][group] / cube->stride[KT_ROLE_GROUP];
    placing->counts =
        kt_source_counts(placing->assembly->source, contents->measure[content]->measure);
    placing->scale = contents->measure[content]->scale;
    for (size_t p = 0; p < periods->count; p++) {
        const size_t period = placing->to[KT_ROLE_PERIOD][p] / cube->stride[KT_ROLE_PERIOD];
        if (!kt_catalogue_owns(placing->assembly->catalogue, edition, period, measure,
                               group_code)) {
            continue;
        }
        const size_t from = placing->part.base +
                            periods->position[p] * placing->stride[KT_ROLE_PERIOD] +
                            contents->position[content] * placing->stride[KT_ROLE_MEASURE] +
                            groups->position[group] * placing->stride[KT_ROLE_GROUP];
        const size_t to = placing->to[KT_ROLE_PERIOD][p] + placing->to[KT_ROLE_MEASURE][content] +
                          group_code * cube->stride[KT_ROLE_GROUP];
        KT_TRY(place_run(placing, from, to, err));
    }
    return KT_OK;
}

static kt_status load(const kt_assembly *assembly, size_t index, kt_arena *scratch, kt_reply *out,
                      kt_error *err)
{
    return assembly->replies->load(assembly->replies->context, index, scratch, out, err);
}

static kt_document document_of(const kt_assembly *assembly, const kt_reply *reply)
{
    return (kt_document){reply->bytes, reply->length, reply->name, assembly->source};
}

/* Reads one reply's figures and fills what is still empty. */
static kt_status place_reply(const kt_assembly *assembly, size_t index, bool *used, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("figures of a reply", 0);
    kt_reply reply = {0};
    kt_figures *figures = NULL;
    kt_placing *placing = kt_arena_new(scratch, kt_placing);
    KT_TRY(load(assembly, index, scratch, &reply, err));
    const kt_reader *reader = kt_reader_find(assembly->source->format);
    const kt_document document = document_of(assembly, &reply);
    KT_TRY(reader->read(&document, scratch, &figures, err));
    placing->assembly = assembly;
    placing->figures = figures;
    placing->name = reply.name;
    placing->arena = scratch;
    KT_TRY(kt_part_describe(assembly->source, figures->envelope, reply.name, scratch,
                            &placing->part, err));
    find_places(placing);
    find_meanings(placing);
    const size_t edition = assembly->catalogue->holdings[index].edition;
    const size_t groups = placing->part.axis[KT_ROLE_GROUP].count;
    for (size_t i = 0; i < placing->part.axis[KT_ROLE_MEASURE].count * groups; i++) {
        KT_TRY(place_content(placing, i / groups, i % groups, edition, err));
    }
    *used = placing->filled > 0;
    return KT_OK;
}

/* Reads one reply's envelope; `updated` that differs from the one before begins a new edition, and
 * so does a document that tells none. */
static kt_status note_reply(const kt_assembly *assembly, size_t index, const char **updated,
                            size_t *edition, kt_arena *notes, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("envelope of a reply", 0);
    kt_reply reply = {0};
    kt_envelope *envelope = NULL;
    kt_part part = {0};
    KT_TRY(load(assembly, index, scratch, &reply, err));
    const kt_reader *reader = kt_reader_find(assembly->source->format);
    const kt_document document = document_of(assembly, &reply);
    KT_TRY(reader->envelope(&document, scratch, &envelope, err));
    KT_TRY(kt_part_describe(assembly->source, envelope, reply.name, scratch, &part, err));
    const bool is_undated = envelope->updated == NULL && kt_source_is_document(assembly->source);
    const bool is_updated =
        *updated != NULL && envelope->updated != NULL && strcmp(*updated, envelope->updated) != 0;
    *edition += index > 0 && (is_undated || is_updated) ? 1 : 0;
    if (is_undated) {
        *updated = NULL;
    } else if (envelope->updated != NULL) {
        *updated = kt_arena_copy(notes, envelope->updated);
    }
    assembly->updated[*edition] = *updated;
    kt_catalogue_note(assembly->catalogue, &part, *edition, notes);
    return KT_OK;
}

/* The cube's lists, copied out of the notes. */
static kt_status make_cube(kt_assembly *assembly, kt_arena *arena, kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    for (int role = 0; role < KT_ROLES; role++) {
        const kt_codes *noted = assembly->catalogue->codes[role];
        codes[role] = kt_codes_new(arena);
        for (size_t i = 0; i < kt_codes_count(noted); i++) {
            (void)kt_codes_add(codes[role], kt_codes_at(noted, i), kt_codes_label(noted, i));
        }
    }
    return kt_cube_new(arena, codes, &assembly->cube, err);
}

/* The first walk. */
static kt_status note_replies(const kt_assembly *assembly, kt_arena *notes, kt_error *err)
{
    const char *updated = NULL;
    size_t edition = 0;
    for (size_t i = 0; i < assembly->replies->count; i++) {
        KT_TRY(note_reply(assembly, i, &updated, &edition, notes, err));
    }
    kt_catalogue_close(assembly->catalogue, notes);
    return kt_overlap_check(assembly->catalogue, notes, err);
}

/* "2026-07-21" of whatever shape a moment has; NULL for what is none. */
static const char *day_of(const char *updated, kt_arena *arena)
{
    char moment[KT_INSTANT_SIZE];
    kt_instant at = KT_NO_INSTANT;
    if (updated == NULL || !kt_instant_read(updated, false, &at)) {
        return NULL;
    }
    return kt_arena_copy_n(arena, kt_instant_write(at, moment), strlen("2026-07-21"));
}

static void tell_editions(const kt_assembly *assembly, kt_arena *arena)
{
    const kt_cube *cube = assembly->cube;
    const size_t slots =
        cube->size[KT_ROLE_PERIOD] * cube->size[KT_ROLE_MEASURE] * cube->size[KT_ROLE_GROUP];
    const char **days = kt_arena_array(arena, const char *, assembly->replies->count + 1);
    for (size_t e = 0; e < assembly->replies->count; e++) {
        days[e] = day_of(assembly->updated[e], arena);
    }
    kt_editions *editions = assembly->replies->editions;
    editions->day = kt_arena_array(arena, const char *, slots + 1);
    for (size_t i = 0; i < slots; i++) {
        const size_t owner = assembly->catalogue->owner[i];
        editions->day[i] = owner == 0 ? NULL : days[owner - 1];
    }
}

/* The second walk. */
static kt_status place_replies(const kt_assembly *assembly, kt_error *err)
{
    memset(assembly->replies->used, 0, assembly->replies->count * sizeof(bool));
    for (size_t i = assembly->replies->count; i-- > 0;) {
        if (!kt_catalogue_needs(assembly->catalogue, i)) {
            continue;
        }
        KT_TRY(place_reply(assembly, i, &assembly->replies->used[i], err));
    }
    return KT_OK;
}

kt_status kt_assemble(const kt_source *source, const kt_replies *replies, kt_arena *arena,
                      kt_cube **out, kt_error *err)
{
    if (replies->count == 0) {
        return kt_fail(err, KT_ERR_NO_DATA, "%s: no reply in the archive", source->id);
    }
    if (kt_reader_find(source->format) == NULL) {
        return kt_fail(err, KT_ERR_CONFIG,
                       "%s: format \"%s\", expected json-stat2, json, px or csv", source->file,
                       source->format);
    }
    KT_AUTO(arena) kt_arena *notes = kt_arena_open("what the replies hold", 0);
    kt_assembly assembly = {.source = source, .replies = replies};
    assembly.strange = kt_arena_new(notes, kt_strange);
    assembly.strange->arena = notes;
    assembly.catalogue = kt_catalogue_new(source, replies->count, notes);
    assembly.updated = kt_arena_array(notes, const char *, replies->count + 1);
    KT_TRY(note_replies(&assembly, notes, err));
    KT_TRY(make_cube(&assembly, arena, err));
    KT_TRY(place_replies(&assembly, err));
    if (replies->editions != NULL) {
        tell_editions(&assembly, arena);
    }
    if (replies->checks != NULL) {
        *replies->checks = *kt_strange_tell(assembly.strange, source, arena);
    }
    *out = assembly.cube;
    return KT_OK;
}
