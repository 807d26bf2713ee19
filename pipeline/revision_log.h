/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_REVISION_LOG_H
#define KT_PIPELINE_REVISION_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/hash.h"
#include "core/source.h"
#include "pipeline/campaigns.h"
#include "transform/revise.h"

/**
 * The history of a table: what each good campaign listed, and every cell in which it differs from
 * what the good ones before it said. It follows from the archive alone; store/revisions/ keeps it
 * so that a night compares only what is new. A campaign that brought no body for the first time
 * and changed nothing leaves no note.
 */

/** The national figure that a campaign changed most, as a share of what it was. */
typedef struct kt_national_change {
    const char *figure; /* "unemployed 2023M10"; NULL if none changed */
    double before, after;
} kt_national_change;

/** |after - before| / |before|; infinite where nothing became something; 0 without a change. */
double kt_national_share(const kt_national_change *change);

/** What a campaign shares with the address that was asked before its own. */
typedef struct kt_chain_overlap {
    const char *earlier; /* that address; NULL if there is none */
    const char *first, *last;
    size_t periods, compared, changed;
} kt_chain_overlap;

typedef struct kt_campaign_note {
    const char *campaign;
    kt_instant at; /* when it was complete */
    const char *updated, *address;
    bool whole;
    size_t cells, compared, changed;
    const kt_codes *codes[KT_ROLES]; /* that it has, with labels; measures that hold a figure */
    kt_national_change national;
    kt_chain_overlap overlap;
} kt_campaign_note;

/** A cell in which a campaign differs. */
typedef struct kt_change {
    uint32_t at[KT_ROLES]; /* positions in kt_revision_log.codes */
    uint32_t note;
    kt_told before, after;
} kt_change;

typedef struct kt_revision_log {
    kt_arena *arena;
    kt_codes *codes[KT_ROLES]; /* of changed cells */
    kt_campaign_note *notes;   /* in the order of completion */
    size_t note_count, note_room;
    kt_change *changes; /* note after note, each in the order of its cells */
    size_t change_count, change_room;
} kt_revision_log;

/** An empty log in the arena. */
kt_revision_log *kt_revision_log_new(kt_arena *arena);

/** Adds a note of what the campaign lists. Texts and lists are copied. */
kt_campaign_note *kt_revision_log_note(kt_revision_log *log, const kt_source *source,
                                       const kt_campaign *campaign, const kt_cube *cube);

/** Adds what the newest note's campaign changed, and what it shares with another address. */
void kt_revision_log_take(kt_revision_log *log, const kt_cube *known, const kt_cube *cube,
                          kt_revisions revised, kt_arena *scratch);

/** Adds one change as it is, while a log is read back. */
void kt_revision_log_add(kt_revision_log *log, const kt_change *change);

/** The code of a changed cell in that role. */
const char *kt_change_code(const kt_revision_log *log, const kt_change *change, kt_role role);

/** The newest note before `end` that has the period, measure and group, or KT_NO_CODE. */
size_t kt_revision_log_owner(const kt_revision_log *log, size_t end, const char *period,
                             const char *measure, const char *group);

/** The first note that lists all codes of the cell: when it was first known. */
size_t kt_revision_log_first(const kt_revision_log *log, const kt_change *change);

/** Leaves only the notes of these campaigns, and their changes. */
void kt_revision_log_keep(kt_revision_log *log, const char *const *campaigns, size_t count);

/** The note of that campaign, or NULL. */
const kt_campaign_note *kt_revision_log_find(const kt_revision_log *log, const char *campaign);

/**
 * Writes store/revisions/<id>.csv, then <id>.json with its hash; sha256 is that of the latter, and
 * so of all the log says. What cannot be read back whole gives NULL: the history is made again from
 * the archive.
 */
kt_status kt_revision_log_save(const kt_revision_log *log, const char *store,
                               const kt_source *source, char sha256[KT_HASH_SIZE],
                               kt_error *err) KT_MUST_CHECK;
kt_revision_log *kt_revision_log_load(const char *store, const kt_source *source, kt_arena *arena);

#endif
