/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_DISCLOSE_GROUPS_H
#define KT_TRANSFORM_DISCLOSE_GROUPS_H

#include <stdbool.h>

#include "transform/disclose.h"

/** True of a content that counts a group of job seekers, in a table by region alone. */
bool kt_is_group_content(const kt_source *source, const char *measure);

/**
 * Rule 5 of disclose.h: takes out of the cube what groups would tell of protected cells. The
 * unemployed are covered before. A rate goes where the unemployed of its row do not show.
 */
void kt_withhold_groups(const kt_reconcile_table *table, kt_arena *arena, kt_covering *covering);

#endif
