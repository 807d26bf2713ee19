/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_PLAN_H
#define KT_FETCH_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "core/source.h"

/**
 * How a selection that is too large for one call is cut into the fewest calls that a service will
 * answer, and the proof that parts cover a selection: every wanted cell exactly once.
 */

#define KT_WANTED_VARIABLES 16

/** What is wanted of one variable of a table. */
typedef struct kt_wanted_variable {
    const char *name; /* the variable's code */
    const char *const *codes;
    size_t count;                 /* of the codes, at least 1 */
    kt_role role;                 /* KT_ROLES: none, it stands at one code */
    const kt_variable_spec *spec; /* what the source file says of it; NULL: nothing */
    bool is_time;
    bool is_open; /* the reply says which codes it has; here it has one that stands for all */
} kt_wanted_variable;

/** A selection: the product of the codes wanted of each variable, in the table's order. */
typedef struct kt_wanted {
    kt_wanted_variable variables[KT_WANTED_VARIABLES];
    size_t variable_count;
} kt_wanted;

/** A part of a selection: of each variable a run of codes. */
typedef struct kt_part {
    size_t start[KT_WANTED_VARIABLES];
    size_t count[KT_WANTED_VARIABLES];
} kt_part;

/** Cells of the selection; KT_CUBE_LIMIT + 1 if there are more than KT_CUBE_LIMIT. */
size_t kt_wanted_cells(const kt_wanted *wanted);

size_t kt_part_cells(const kt_part *part, size_t variable_count);

/**
 * Cuts the selection into the smallest number of parts of at most limit cells, along any of its
 * variables, into the arena; of several ways the one whose largest part is smallest. Parts stand in
 * row-major order. KT_ERR_CONFIG if the limit is 0, KT_ERR_DATA if there are more than
 * KT_CUBE_LIMIT cells.
 */
kt_status kt_plan_parts(const kt_wanted *wanted, size_t limit, kt_arena *arena, kt_part **parts,
                        size_t *count, kt_error *err) KT_MUST_CHECK;

/** Cuts a part in two along its longest variable. False if it is a single cell. */
bool kt_part_split(const kt_part *part, size_t variable_count, kt_part halves[2]);

/**
 * KT_OK if the parts hold each wanted cell exactly once; else KT_ERR_DATA with the number of cells
 * that are missing, or in several parts, and the codes of the first.
 */
kt_status kt_plan_prove(const kt_wanted *wanted, const kt_part *parts, size_t count,
                        kt_error *err) KT_MUST_CHECK;

#endif
