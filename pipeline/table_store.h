/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TABLE_STORE_H
#define KT_PIPELINE_TABLE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/instant.h"
#include "core/source.h"
#include "revision_log.h"
#include "transform/classification.h"
#include "transform/correct.h"
#include "transform/reconcile.h"

/** What was decided about one campaign of a table. */
typedef struct kt_verdict {
    const char *campaign;
    const char *digest; /* of its parts; with other bytes the verdict no longer holds */
    const char *held;   /* why it may not be used; NULL: it is good */
    bool by_revision;   /* held for the size of a revision: --accept lets it through */
    bool by_claim;      /* held for what another source says: judged anew each night */
    bool noted;         /* good, and brought something: the log has a note of it */
    bool judged_now;    /* not by an earlier night */
    kt_instant first;   /* its first receipt */
} kt_verdict;

/** A national figure as it stood after the last good campaign, to measure revisions by. */
typedef struct kt_national {
    const char *name; /* "unemployed 2023M10" */
    double value;
} kt_national;

/**
 * A table as transform left it: store/cubes/<id>.cube and, beside it, <id>.json. A table that the
 * configuration stops (a region in two places, a correction of no cell) stays as an earlier night
 * left it, with the classifications it was summed by in <id>.classes/.
 */
typedef struct kt_table {
    const kt_source *source;
    bool there;               /* there is a cube */
    const char *history;      /* hash of the history below; NULL if there is none */
    const char *key;          /* hash of everything the cube was made from */
    const char *verdicts_key; /* hash of everything but the replies that the verdicts depend on */
    const char *updated;      /* at the source, as ISO 8601 where it is a moment; NULL */
    const char *address;      /* of the table, the original one */
    const char **replies;     /* sha256 of each data reply used */
    size_t reply_count;
    kt_instant as_of; /* the first receipt of the newest of them */
    const char *first_period, *last_period;
    const char *sector_revision; /* that its sectors were read in; NULL if it has none */
    size_t cells, protected_cells;
    kt_check *checks;
    size_t check_count;
    kt_verdict *verdicts; /* of every campaign, in the order of completion */
    size_t verdict_count;
    kt_national *national;
    size_t national_count;
    kt_correction *corrections; /* that the cube was made with, as the run tells of them */
    size_t correction_count;
    kt_verdict stop;      /* held: why the configuration stops it; else NULL */
    kt_revision_log *log; /* NULL until campaigns were judged, or it was loaded */
} kt_table;

/** The paths of a table's files below the store. */
const char *kt_table_cube_path(const char *store, const kt_source *source, kt_arena *arena);
const char *kt_table_points_path(const char *store, const kt_source *source, kt_arena *arena);

/** Writes <id>.json; the cube was written before. */
kt_status kt_table_save(const kt_table *table, const char *store, kt_arena *arena,
                        kt_error *err) KT_MUST_CHECK;

/** Keeps a copy of the classifications beside the cube that was just made with them. */
kt_status kt_table_keep_classes(const kt_classifications *classifications, const char *store,
                                const kt_source *source, kt_arena *arena,
                                kt_error *err) KT_MUST_CHECK;

/** The classifications that the stored cube was made with; NULL if they are not there. */
const kt_classifications *kt_table_classes(const char *store, const kt_source *source,
                                           kt_arena *arena);

/**
 * What is stored of a source. A file that is absent or not ours gives a table that is not there:
 * the store is rebuilt at will.
 */
kt_table kt_table_load(const kt_source *source, const char *store, kt_arena *arena);

/**
 * The source as the stored cube was made by it: where the configuration stops the table because its
 * sectors are of another revision, the one they were read in.
 */
const kt_source *kt_table_source(const kt_table *table, kt_arena *arena);

/** What stops the table, or else the newest verdict if it is a held one; NULL if neither. */
const kt_verdict *kt_table_held(const kt_table *table);

#endif
