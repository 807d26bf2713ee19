/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_CHECK_OUTPUT_H
#define KT_PUBLISH_CHECK_OUTPUT_H

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/problems.h"
#include "publish/contract.h"

/**
 * Holds a published run against the contract, file by file and cell by cell, without asking how it
 * was made: checksums, the list of files, headers, types, key order, statuses, reasons, intervals,
 * foreign keys, sizes, the manifest, and that csv-fi says what csv says. Each violation is one line
 * with file, row, column and what was expected; of one file at most KT_CHECK_LINES are told.
 */
#define KT_CHECK_LINES     100
#define KT_CHECK_ROW_LIMIT 1000000

/**
 * dir is a run (or staging folder, or public run). Violations go to problems and are no failure;
 * fails only where dir cannot be read at all. threads 0: as many as processors.
 */
kt_status kt_check_output(const char *dir, const kt_contract *contract, unsigned threads,
                          kt_arena *arena, kt_problems *problems, kt_error *err) KT_MUST_CHECK;

/** A run that was just made beside one that was checked. */
typedef struct kt_new_output {
    const char *dir;
    const kt_contract *contract;
    const kt_codes *proven; /* paths below dir whose bytes and rows were checked; NULL: none */
    const struct kt_same_rows *same; /* rows of other files that were checked */
    size_t same_count;
    unsigned threads;
} kt_new_output;

/** The same, but the bytes and rows of what is proven are not read again, nor the rows that are the
 * same as some that were checked; everything else is. */
kt_status kt_check_new_output(const kt_new_output *made, kt_arena *arena, kt_problems *problems,
                              kt_error *err) KT_MUST_CHECK;

#endif
