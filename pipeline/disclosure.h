/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_DISCLOSURE_H
#define KT_PIPELINE_DISCLOSURE_H

#include "night.h"
#include "verdict.h"

/**
 * `publish.disclosure: strict`: covers the totals that tell of protected cells before intervals and
 * points are made of the table, and makes its checks of what is left. Without it a table is left as
 * it is.
 */
kt_status kt_disclosure_cover(const kt_night *night, const kt_workshop *shop, kt_assembled *made,
                              kt_arena *arena, kt_error *err) KT_MUST_CHECK;

/** What of other tables goes into the key of the cube: that of the table which shows its totals. */
const char *kt_disclosure_key(const kt_night *night, const kt_source *source);

/** Tables of a lower rank go first, for what is covered there is covered in the others: 0 by region
 * alone, 1 by sector or group, 2 by occupation. */
#define KT_DISCLOSURE_RANKS 3
size_t kt_disclosure_rank(const kt_source *source);

#endif
