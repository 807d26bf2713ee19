/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CLAIMS_H
#define KT_PIPELINE_CLAIMS_H

#include "night.h"
#include "verdict.h"

/**
 * Cells that two sources give. In a table without a column `source` (flows, groups of job seekers)
 * the first source of the configuration that has a cell gives it; another one that has the same
 * cell must say the same. Stocks stand under their source's name, and registers and surveys meet in
 * `two_sources` alone, so of them nothing is claimed.
 */
#define KT_CHECK_CLAIMS "one_figure_a_cell"

/** True if figures of the measure stand in a table that does not name their source. */
bool kt_is_claimed(const kt_measure_spec *spec);

/** What of other tables goes into the key of the cube: the keys of those that it is held against.
 */
const char *kt_claims_key(const kt_night *night, const kt_source *source, kt_arena *arena);

/**
 * Holds a table against those that come before it: of each measure that both have in one unit, all
 * known figures of regions and occupations that both give, in periods that both have. A provisional
 * figure and a final one may differ, and rounded ones by their rounding. *out has a row for each
 * other table. KT_ERR_DATA with the first cell that differs, both sources and both figures.
 */
kt_status kt_claims_hold(const kt_night *night, const kt_workshop *shop, const kt_assembled *made,
                         kt_arena *arena, kt_checks *out, kt_error *err) KT_MUST_CHECK;

#endif
