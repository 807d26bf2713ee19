/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_DISCLOSE_SECTORS_H
#define KT_TRANSFORM_DISCLOSE_SECTORS_H

#include <stdbool.h>

#include "transform/disclose.h"

/** True of a sector, or of a group that is a part of all, in a table by more than one of them. */
bool kt_is_part(const kt_reconcile_table *table, const size_t at[KT_ROLES]);

/**
 * Rule 6 of disclose.h: takes out of the cube what sectors and groups would tell of protected
 * cells. What is of all of them is covered before.
 */
void kt_withhold_sectors(const kt_reconcile_table *table, kt_arena *arena, kt_covering *covering);

#endif
