/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PLACE_OF_ALL_H
#define KT_PIPELINE_PLACE_OF_ALL_H

#include <stddef.h>

#include "core/cube.h"
#include "core/source.h"
#include "transform/rollup.h"

/**
 * The position in a cube's dimension of what stands for all its codes: the source's own code, else
 * ours, else the only code there is. KT_NO_CODE where the table gives no such figures.
 */
static inline size_t kt_place_of_all(const kt_cube *cube, const kt_source *source, kt_role role)
{
    const kt_variable_spec *spec = kt_source_variable(source, role);
    const kt_codes *codes = cube->codes[role];
    const size_t found =
        kt_codes_find(codes, spec == NULL || spec->total == NULL ? KT_TOTAL : spec->total);
    return found == KT_NO_CODE && kt_codes_count(codes) == 1 ? 0 : found;
}

/** The line of all sectors of a rolled-up table; KT_NO_CODE where it gives no such figures. */
static inline size_t kt_line_of_all_sectors(const kt_rollup *rollup)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_sectors(rollup, &lines);
    return kt_rollup_line_find(lines, count, KT_TOTAL, KT_TOTAL);
}

#endif
