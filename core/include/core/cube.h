/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CUBE_H
#define KT_CORE_CUBE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/period.h"
#include "core/status.h"

/**
 * Figures by period, measure, region, occupation, sector and group: always these six dimensions, in
 * this order, the last one fastest. A table that has no such variable has the one code KT_TOTAL in
 * it. A cell has a value, a status, and the interval that the true figure lies in.
 *
 *     status A, P, E, B  value is a number, low <= value <= high (equal unless E, or B
 *                        of a sum with a protected member; NAN of a sector that was
 *                        converted: nobody knows them)
 *     status Q           value is the point inside [low, high] that sums use; it is
 *                        never published; of a withdrawn figure all three are the
 *                        figure of then, of days and shares all three are NAN
 *     status M, L, O     value, low and high are NAN
 *
 * Units are those of the measure: persons and posts.
 */
typedef enum kt_role {
    KT_ROLE_PERIOD,
    KT_ROLE_MEASURE,
    KT_ROLE_REGION,
    KT_ROLE_OCCUPATION,
    KT_ROLE_SECTOR,
    KT_ROLE_GROUP,
    KT_ROLES
} kt_role;

#define KT_TOTAL "_T" /* the code of "all" in a dimension */

/** "period", "measure", "region", ... */
const char *kt_role_name(kt_role role);

/** The role of that name, or KT_ROLES. */
kt_role kt_role_find(const char *name);

typedef struct kt_cube {
    kt_codes *codes[KT_ROLES];
    size_t size[KT_ROLES];
    size_t stride[KT_ROLES]; /* cells from one code to the next */
    size_t cells;
    double *value;
    double *low;
    double *high;
    uint8_t *status; /* a kt_obs each */
} kt_cube;

/**
 * The most cells a cube may have: 2^27, which an arena still holds. What comes from outside is
 * checked against it.
 */
#define KT_CUBE_LIMIT ((size_t)1 << 27)

/**
 * A cube over these code lists (borrowed; NULL means the single code KT_TOTAL), every cell
 * KT_OBS_NOT_COLLECTED. Fails with KT_ERR_FORMAT above KT_CUBE_LIMIT.
 */
kt_status kt_cube_new(kt_arena *arena, kt_codes *const codes[KT_ROLES], kt_cube **out,
                      kt_error *err) KT_MUST_CHECK;

/** The place of a cell. Every position must be inside its dimension. */
static inline size_t kt_cube_at(const kt_cube *cube, const size_t at[KT_ROLES])
{
    size_t index = 0;
    for (int role = 0; role < KT_ROLES; role++) {
        index += at[role] * cube->stride[role];
    }
    return index;
}

/**
 * The same cells with the sectors as occupations, and the occupations as sectors: what is made of
 * occupations can then be made of sectors. One of the two must have a single code. The figures are
 * those of cube, not a copy.
 */
kt_cube *kt_cube_turned(const kt_cube *cube, kt_arena *arena);

/** Sets an exact figure: value, low and high alike. */
void kt_cube_set(kt_cube *cube, size_t cell, double value, kt_obs obs);

/** Sets a protected figure: its point and the interval. */
void kt_cube_protect(kt_cube *cube, size_t cell, double point, double low, double high);

/** Sets the interval of a hidden figure and its middle as the point; how it may be shown stays. */
void kt_cube_bound(kt_cube *cube, size_t cell, double low, double high);

/** Sets a cell without a figure (M, L, O). */
void kt_cube_clear(kt_cube *cube, size_t cell, kt_obs obs);

/** The words of a cell's coordinates for a message: "period=2023M10 region=MK01". */
char *kt_cube_coordinates(const kt_cube *cube, size_t cell, kt_arena *arena);

/** The parsed periods of the period dimension; KT_ERR_FORMAT with the code that is none. */
kt_status kt_cube_periods(const kt_cube *cube, kt_arena *arena, kt_period **out,
                          kt_error *err) KT_MUST_CHECK;

/**
 * A cube as a file of our own (store/cubes): native byte order, checksummed, versioned; readable
 * back as the same cube. Written atomically. A file of another version or with a wrong checksum is
 * KT_ERR_FORMAT: the store is rebuilt at will.
 */
kt_status kt_cube_save(const kt_cube *cube, const char *path, kt_error *err) KT_MUST_CHECK;
kt_status kt_cube_load(const char *path, kt_arena *arena, kt_cube **out,
                       kt_error *err) KT_MUST_CHECK;

/**
 * One period alone, as a cube whose period dimension has that one code: for looking a cell up while
 * somebody waits. The rest of the file is not read, so it is not held against its checksum, and
 * nothing that is published may come from here. KT_ERR_NOT_FOUND if there is no file or no such
 * period.
 */
kt_status kt_cube_load_period(const char *path, const char *period, kt_arena *arena, kt_cube **out,
                              kt_error *err) KT_MUST_CHECK;

#endif
