/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MONTH_PARTS_H
#define KT_PIPELINE_MONTH_PARTS_H

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "publish/table.h"

/**
 * The rows of one table in one period, kept in store/months/ under the hash of everything that they
 * are made from. So a part is never wrong, only absent: one that is damaged is made again, and any
 * night may use what another made.
 */

/** The part's name: "<hash of the period>.<table>". */
const char *kt_month_part_name(const char *key, const kt_schema *schema, kt_arena *arena);

/** NULL if it is not there or not whole. Released by kt_rows_discard. */
kt_rows *kt_month_part_load(const char *folder, const char *name, const kt_schema *schema);

/** Writes a settled part. The folder must exist. */
kt_status kt_month_part_save(const char *folder, const char *name, const kt_rows *part,
                             kt_error *err) KT_MUST_CHECK;

/**
 * Removes parts until besides the used ones (names) there are only as many, those that were used
 * last: a configuration that is taken back finds its months again.
 */
kt_status kt_month_parts_prune(const char *folder, const kt_codes *used, kt_arena *arena,
                               kt_error *err) KT_MUST_CHECK;

#endif
