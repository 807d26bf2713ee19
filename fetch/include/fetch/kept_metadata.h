/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_KEPT_METADATA_H
#define KT_FETCH_KEPT_METADATA_H

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/source.h"
#include "fetch/archive.h"

/** Receipts of an archive, oldest first, as far as they were known at a moment. */
typedef struct kt_receipt_list {
    const kt_receipt *at;
    size_t count;
    kt_instant until; /* later ones do not count; KT_NO_INSTANT: all do */
} kt_receipt_list;

/**
 * The newest metadata of the source's table that the archive has, in the arena; NULL if it has
 * none, as of services that tell none. Code lists that variables are asked for by are not in it.
 */
kt_status kt_kept_metadata(const kt_archive *archive, const kt_receipt_list *receipts,
                           const kt_source *source, kt_arena *arena, kt_envelope **out,
                           kt_error *err) KT_MUST_CHECK;

#endif
