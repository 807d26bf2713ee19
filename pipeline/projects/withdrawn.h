/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_WITHDRAWN_H
#define KT_PIPELINE_PROJECTS_WITHDRAWN_H

#include "projects/lists.h"

/**
 * Files that were held and are gone from their folder: nobody can mend them any more, so they are
 * told once and held no longer. That stands in archive/withdrawn.jsonl, because what a run tells
 * depends on it; a file that is put back is held again.
 */
typedef struct kt_withdrawal {
    const char *source, *sha256;
    kt_instant time;
    bool gone; /* false: it was put back */
} kt_withdrawal;

typedef struct kt_withdrawals {
    const kt_withdrawal *at;
    size_t count;
} kt_withdrawals;

/** All of them; no file means none. KT_ERR_FORMAT with file and line for what cannot be read. */
kt_status kt_withdrawals_load(const char *workspace, kt_arena *arena, kt_withdrawals *out,
                              kt_error *err) KT_MUST_CHECK;

/** Whether the file, which lay in a folder, was gone at that moment (KT_NO_INSTANT: now), by the
 * last that was noted. */
bool kt_is_withdrawn(kt_withdrawals withdrawals, const kt_list_file *file, kt_instant until);

/** Of what is held: marks what is withdrawn as replaced. */
void kt_list_withdraw(kt_project_lists *lists, kt_withdrawals withdrawals, kt_instant until);

/**
 * Looks which of the held files are in their folders, after a fetch: what is gone is told, noted
 * and held no more, what is back is noted and held. A folder that is not there says nothing, nor
 * does an import, which lies in none.
 */
kt_status kt_night_withdraw(kt_night *night, kt_project_lists *lists, kt_error *err) KT_MUST_CHECK;

#endif
