/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ACCEPTED_H
#define KT_PIPELINE_ACCEPTED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/instant.h"

/**
 * Revisions that somebody let through with --accept. They stand in archive/accepted.jsonl, because
 * what is published depends on them as it does on replies: a copied archive gives the same bytes.
 */
typedef struct kt_acceptance {
    const char *source, *campaign;
    kt_instant time;
} kt_acceptance;

typedef struct kt_acceptances {
    const kt_acceptance *at;
    size_t count;
} kt_acceptances;

/** All of them; no file means none. KT_ERR_FORMAT with file and line for what cannot be read. */
kt_status kt_acceptances_load(const char *workspace, kt_arena *arena, kt_acceptances *out,
                              kt_error *err) KT_MUST_CHECK;

/** Records one, synced to disk. */
kt_status kt_acceptance_add(const char *workspace, const kt_acceptance *acceptance, kt_arena *arena,
                            kt_error *err) KT_MUST_CHECK;

/** True if the campaign was accepted, until that moment (KT_NO_INSTANT: ever). */
bool kt_is_accepted(kt_acceptances acceptances, const char *source, const char *campaign,
                    kt_instant until);

#endif
