/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CORRECTIONS_H
#define KT_PIPELINE_CORRECTIONS_H

#include <jansson.h>

#include "pipeline/config.h"
#include "transform/correct.h"
#include "transform/reconcile.h"

/** Which corrections a run applies, and what it says of them. */

/** Those of one table, one a cell: of several the one of the latest day. */
typedef struct kt_correction_choice {
    const kt_correction *const *at;
    size_t count;
} kt_correction_choice;

/**
 * The corrections of a source that a run of that as_of knows; none for KT_NO_INSTANT. They follow
 * from the configuration and as_of alone, so that the past is corrected as it was then.
 */
kt_correction_choice kt_corrections_choose(const kt_config *config, const char *source,
                                           kt_instant as_of, kt_arena *arena);

/** True if runs of both moments know the same corrections. */
bool kt_corrections_same(const kt_config *config, kt_instant a, kt_instant b);

/** "corrections[0] corrections[2]", for a key; their words are in the configuration's hash. */
const char *kt_corrections_key(kt_correction_choice choice, kt_arena *arena);

/** KT_ERR_CONFIG for the first that is of no cell, or of one that the source protects. */
kt_status kt_corrections_verify(const kt_corrected *list, size_t count, const kt_source *source,
                                kt_error *err) KT_MUST_CHECK;

/**
 * What stands in a published row of `checks` for one. obs: the status of the cell in the end; what
 * is protected by then is not named.
 */
kt_check kt_correction_check(const kt_corrected *one, kt_obs obs, kt_arena *arena);

/**
 * An applied one as the run tells of it: `was` is what the source had. What is protected by then
 * has neither value nor was.
 */
kt_correction kt_correction_applied(const kt_corrected *one, kt_obs obs, kt_arena *arena);

/** A list of applied corrections as JSON, in the manifest and in the store; and back. */
json_t *kt_corrections_pack(const kt_correction *list, size_t count);
bool kt_corrections_unpack(const json_t *packed, kt_arena *arena, kt_correction **out,
                           size_t *count);

#endif
