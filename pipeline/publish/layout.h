/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_LAYOUT_H
#define KT_PUBLISH_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/instant.h"
#include "publish/contract.h"

/**
 * Which files of which tables there are: in store/findings/ and, under the same names, in csv/ and
 * csv-fi/ of a run.
 */
typedef struct kt_table_path {
    const kt_schema *schema;
    int year;         /* 0 where the table is not split */
    const char *name; /* below the folder: "mismatch/mismatch_2023.csv" */
} kt_table_path;

/** True if a file of that name in the table's folder is one of its files; then its year. */
bool kt_layout_file(const kt_schema *schema, const char *name, int *year);

typedef struct kt_layout {
    kt_table_path *paths;
    size_t count;
} kt_layout;

/**
 * All files of all tables in the contract's order, years rising. A table without a file is
 * KT_ERR_NOT_FOUND. Other names in the folders are passed over.
 */
kt_status kt_layout_find(const char *folder, const kt_contract *contract, bool public_only,
                         kt_arena *arena, kt_layout *out, kt_error *err) KT_MUST_CHECK;

/** One line of SHA256SUMS. */
typedef struct kt_sum {
    const char *path; /* below the run */
    const char *sha256;
} kt_sum;

/** Reads SHA256SUMS of a run; KT_ERR_FORMAT for a line that is not "<hash>  <path>", or out of
 * order. */
kt_status kt_sums_read(const char *path, kt_arena *arena, kt_sum **out, size_t *count,
                       kt_error *err) KT_MUST_CHECK;

/** The sum of that path in a list sorted by path, or NULL. */
const kt_sum *kt_sums_find(const kt_sum *sums, size_t count, const char *path);

/** "20261121T050000Z_0123456789abcdef", in the arena. */
char *kt_run_name(kt_instant as_of, const char *run_id, kt_arena *arena);

#endif
