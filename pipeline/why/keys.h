/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_WHY_KEYS_H
#define KT_PIPELINE_WHY_KEYS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "publish/contract.h"

/** Which row of a published table is meant: COLUMN=VALUE, as many as single it out. */
typedef struct kt_why_key {
    size_t column;
    const char *value; /* as it is published: alpha 0.50 is 0.5, 2023-10 is 2023M10 */
} kt_why_key;

typedef struct kt_why_keys {
    const kt_schema *schema;
    kt_why_key *at;
    size_t count;
} kt_why_keys;

/** The schema of that table; KT_ERR_USAGE names the nearest one and all there are. */
kt_status kt_why_schema(const kt_contract *contract, const char *table, kt_arena *arena,
                        const kt_schema **out, kt_error *err) KT_MUST_CHECK;

/** Reads the words; KT_ERR_USAGE for one that names no column, or the same column twice. */
kt_status kt_why_keys_read(const kt_schema *schema, const char *const *words, size_t count,
                           kt_arena *arena, kt_why_keys *out, kt_error *err) KT_MUST_CHECK;

/**
 * The cells of the one row that is meant, from the files of folder/<table>/. Key columns that were
 * not given are taken as they usually are meant (scope=SSS, measure=mismatch, alpha=0.5, all
 * occupations) where that leaves a row. KT_ERR_USAGE says what else has to be given where several
 * rows are left, KT_ERR_NOT_FOUND which key no row has, and what there is instead.
 */
kt_status kt_why_find(const char *folder, const kt_why_keys *keys, kt_arena *arena,
                      const char *const **cells, kt_error *err) KT_MUST_CHECK;

#endif
