/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_DIMS_H
#define KT_PUBLISH_DIMS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "publish/contract.h"
#include "transform/classification.h"

/**
 * The tables dim_region, dim_occupation, dim_sector and dim_indicator: every code that another
 * table uses, with its level, its parents, its names in three languages and its validity. `parents`
 * is level=code, joined with ";" in the order of the levels: "maakunta=MK01;ely=ELY01". Codes
 * without a place (_X, _X1, _X2, _X3) stand at every level they occur at; an unknown occupation's
 * own codes at the source stand at the level "source", with _X as their parent.
 */

/** A source's own code for an unknown occupation, and its label there. */
typedef struct kt_unknown_code {
    const char *source; /* kt_source.id */
    const char *level;  /* isco4 */
    const char *code;
    const char *label; /* in Finnish */
} kt_unknown_code;

/** Writes findings/dim_*\/dim_*.csv; folders are made. unknown may come in any order. */
kt_status kt_dims_write(const kt_contract *contract, const kt_classifications *classifications,
                        const kt_unknown_code *unknown, size_t unknown_count, const char *findings,
                        kt_error *err) KT_MUST_CHECK;

#endif
