/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROTECT_H
#define KT_PIPELINE_PROTECT_H

#include "night.h"
#include "transform/reconcile.h"

/**
 * The latest protection holds for every older vintage (DESIGN P10): with --as-of, what the newest
 * known version of a table protects is withdrawn in the old one (transform/withdraw.h). A night
 * without --as-of is left as it is. Intervals and points are made afterwards.
 */
kt_status kt_protect(const kt_night *night, const kt_reconcile_table *table, kt_arena *arena,
                     kt_error *err) KT_MUST_CHECK;

/** What of that goes into the key of the cube: the newest version's own key, or nothing. */
const char *kt_protect_key(const kt_night *night, const kt_source *source, kt_arena *arena);

#endif
