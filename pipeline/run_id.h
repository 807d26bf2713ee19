/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_RUN_ID_H
#define KT_PIPELINE_RUN_ID_H

#include "night.h"

#define KT_RUN_ID_SIZE 17

/** What a run is called by, and when its knowledge ends. */
typedef struct kt_run_identity {
    char run_id[KT_RUN_ID_SIZE];
    kt_instant as_of; /* KT_NO_INSTANT if no table is there */
    /**
     * Failures and held campaigns until then belong to the night of as_of and stand in its tables;
     * later ones do not, so that the bytes of a run follow from the archive whenever it is made:
     * what was known when the run was first published, and at most six hours after as_of. With
     * --as-of it is never later than what was known then.
     */
    kt_instant night_end;
    kt_instant known_until; /* the newest receipt up to then */
} kt_run_identity;

/** Of the tables that transform left: the hash of as_of, configuration, program and replies. */
kt_run_identity kt_run_identify(const kt_night *night);

/** Its folder below published/: "runs/20261121T050000Z_0123456789abcdef". */
char *kt_run_folder(const kt_run_identity *identity, kt_arena *arena);

/** True if that run stands among the published ones. */
bool kt_run_is_published(const kt_night *night, const kt_run_identity *identity);

/** Days from the last day of the table's newest period to a moment. */
long kt_table_age_days(const kt_table *table, kt_instant when);

/** "discontinued: ..." of a source that has no address any more by then. In the arena. */
const char *kt_table_ending(const kt_source *source, kt_instant when, kt_arena *arena);

/**
 * fresh, late, stale, failed or held, as known at `until` (KT_NO_INSTANT: now) and of the age at
 * `when`. *reason says why where it is failed or held, or stale because it has ended; else NULL.
 */
const char *kt_table_state(const kt_night *night, const kt_table *table, kt_instant until,
                           kt_instant when, const char **reason);

#endif
