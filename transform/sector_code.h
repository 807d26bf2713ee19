/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SECTOR_CODE_H
#define KT_TRANSFORM_SECTOR_CODE_H

#include "rollup_plan.h"

/**
 * Reads the code in that row of the cube's sectors by the source's revision: C and 62, with or
 * without TOL-; J62 as Eurostat writes divisions; B-S, C10-C12, K_L, TOTAL: aggregates, for which
 * *out is NULL. KT_ERR_FORMAT for a code that the revision does not have, and for a division in the
 * section of another revision.
 */
kt_status kt_sector_code_read(const kt_planner *planner, size_t row, const kt_class_item **out,
                              kt_error *err) KT_MUST_CHECK;

#endif
