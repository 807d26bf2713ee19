/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ALLOCATED_H
#define KT_PIPELINE_ALLOCATED_H

#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "markets.h"

/** The region, after all others, that is the sum of the finest fetched regions. */
#define KT_ALLOCATED "country/allocated"

/**
 * A slab with one region more, KT_ALLOCATED: the sum of the table's finest regions. Markets of the
 * whole country are made of it and never of the national row, which also holds what is in no
 * region. Statuses as in a roll-up: a protected member makes the sum E, a missing one leaves it
 * without a figure, and where none is collected neither is the sum. Where the source hides the
 * national row the sum, which says almost the same, is hidden alike. Figures that are no counts
 * have no sum: it is not collected.
 */
kt_status kt_allocated_add(const kt_cube *slab, const kt_market_table *table, kt_arena *arena,
                           kt_cube **out, kt_error *err) KT_MUST_CHECK;

#endif
