/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CONVERT_H
#define KT_TRANSFORM_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "transform/rollup.h"

/**
 * Rolled-up sectors of one revision as those of another, by the correspondences of the
 * classification. A sector of the new revision is made of those that go to it: a whole one with its
 * figure, one that is split with the share that is assumed. Parts are whole figures that sum to
 * what was split, the largest taking what is left.
 *
 * A section is made of sections where each of these goes to one section alone, else of divisions,
 * where the table has all that are concerned; else of sections that are split. What cannot be made
 * has no line.
 *
 * Status E where any flow is not exact, and then low and high are NAN beside the value: of a main
 * flow nobody knows what leaves it below its level or arrives from elsewhere, of a split the
 * shares. A hidden figure stays hidden, without ends too; B, O and L as in sums.
 */
typedef struct kt_conversion kt_conversion;

/** Part of a line of the new revision: a line of the roll-up's sectors, all of it or a share. */
typedef struct kt_conversion_part {
    size_t line;  /* of kt_rollup_sectors */
    double share; /* 1: all of it */
    kt_certainty certainty;
} kt_conversion_part;

/** The lines that can be made. out: NULL where every code means the same in both revisions. */
void kt_conversion_new(const kt_rollup *rollup, kt_sector_revision to, kt_arena *arena,
                       kt_conversion **out);

kt_sector_revision kt_conversion_revision(const kt_conversion *conversion);

/** made_of of a line is "exact", "main" or "unverified": the least sure of its flows. */
size_t kt_conversion_sectors(const kt_conversion *conversion, const kt_rollup_line **lines);

size_t kt_conversion_parts(const kt_conversion *conversion, size_t line,
                           const kt_conversion_part **out);

/**
 * A rolled-up period of the roll-up with the lines of the conversion as its sectors. Only counts
 * can be converted: other measures are not collected, but for exact lines.
 */
kt_status kt_conversion_period(const kt_conversion *conversion, const kt_cube *slab,
                               kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

#endif
