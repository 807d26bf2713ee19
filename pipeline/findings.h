/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FINDINGS_H
#define KT_PIPELINE_FINDINGS_H

#include <stdbool.h>

#include "run_id.h"

/** findings/run.json says that the findings are whole, and of which run they are. */
kt_status kt_findings_mark(const char *findings, const kt_run_identity *identity, kt_arena *arena,
                           kt_error *err) KT_MUST_CHECK;

/** Takes the mark away; being without one is success. */
kt_status kt_findings_unmark(const char *findings, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

/** True if the findings are whole and those of that run. */
bool kt_findings_are(const char *findings, const kt_run_identity *identity, kt_arena *arena);

/** One row of findings/checks/, for the ledger and the gate. */
typedef struct kt_finding_check {
    const char *check, *subject, *severity, *result, *measured, *threshold, *cells_failed,
        *examples;
} kt_finding_check;

/** The rows of findings/checks/, in the arena. */
kt_status kt_findings_checks(const kt_night *night, const char *findings, kt_arena *arena,
                             kt_finding_check **out, size_t *count, kt_error *err) KT_MUST_CHECK;

#endif
