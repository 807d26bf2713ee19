/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_MANIFEST_H
#define KT_PUBLISH_MANIFEST_H

#include <stddef.h>

#include "core/error.h"
#include "core/text.h"
#include "publish/contract.h"
#include "publish/publish.h"
#include "publish/table.h"

/**
 * MANIFEST.json: what a run is made of. Everything above the line "content_sha256" depends on the
 * replies, the configuration and the program alone, and that line is the sha256 of the bytes above
 * it; below stands the `run` block with its wall-clock facts. So anybody can check it:
 *
 *     sed '/^  "content_sha256"/,$d' MANIFEST.json | sha256sum
 *
 * SHA256SUMS lists every file of the run but MANIFEST.json and itself.
 */
#define KT_MANIFEST_FILE "MANIFEST.json"
#define KT_SUMS_FILE     "SHA256SUMS"

/** The line's beginning, in column 3 of a line of its own. */
#define KT_MANIFEST_CONTENT "\n  \"content_sha256\": \""

/** One file of a run. */
typedef struct kt_run_file {
    const char *path;        /* "csv/mismatch/mismatch_2023.csv" */
    const kt_schema *schema; /* NULL: no table's; it has no rows then */
    kt_table_file is;
} kt_run_file;

/** Appends the manifest's text. Files in the order of their paths. */
kt_status kt_manifest_write(const kt_publication *publication, const kt_run_file *files,
                            size_t file_count, kt_text *out, kt_error *err) KT_MUST_CHECK;

/** Appends the text of SHA256SUMS. */
void kt_sums_write(const kt_run_file *files, size_t file_count, kt_text *out);

#endif
