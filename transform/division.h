/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_DIVISION_H
#define KT_TRANSFORM_DIVISION_H

#include <stddef.h>

#include "core/arena.h"
#include "transform/reconcile.h"

/** Which division of the country into regions an edition of a table is on. Days are ISO 8601. */

/** The day since which no region may have changed hands for its place on that day to be sure. */
const char *kt_division_settled(const char *day, kt_arena *arena);

/**
 * The day whose division a period x measure x group of the cube is on: the edition's own, unless
 * the municipalities it has are those of an earlier or a later one. Then the nearest day of that
 * division, well away from the change. A part of a list says nothing, nor does one that no division
 * ever had. In the arena, or day itself; NULL is today.
 */
const char *kt_division_day(const kt_reconcile_table *table, const char *day, size_t slot,
                            kt_arena *arena);

#endif
