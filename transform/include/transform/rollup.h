/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_ROLLUP_H
#define KT_TRANSFORM_ROLLUP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/source.h"
#include "transform/classification.h"

/**
 * From a table's own regions, occupations and sectors to all of ours, by index vectors made once
 * and used for every period. A region is, in this order: the source's own row, together with those
 * of the municipalities that were merged into it; the sum of the rows of the coarsest level below
 * it that the source has in full (elinvoimakeskus from maakunta, employment area from kunta). An
 * occupation at a coarser level is the sum of the finer ones below it, if the source has all that
 * are in use. Nothing is dropped; at each region level that is complete there is _X        country
 * - regions _X1, _X2  the source's own codes for figures without a place, by cause; of a level that
 * is summed, those of the level it was summed from; no line where the source has no codes _X3
 * country - regions - _X1 - _X2: equal to _X where the source has no codes. At level coordinator
 * Åland, which is in no coordinator area, is in _X and _X3 and as an occupation or a sector _X the
 * source's unknown ones, at each level
 *
 * Sectors are those of the source's revision. A section is the source's own row or else the sum of
 * its divisions, if all of them are there; the total the source's own row or else the sum of a
 * level that is there in full, unknown ones included. An aggregate of sections (B-S) is a total
 * where the source file names it as one, and else in no line; a gap names it.
 *
 * Statuses: a sum with a protected member is E with low and high, its value the sum of the points;
 * with a missing member it is O, with one not collected L; figures that cannot exist (M) add
 * nothing. A line of one protected cell, alone or with zeros, stays Q. What is left over
 * of an interval is not below zero, and its value is held inside its interval. What rounded figures
 * leave over is such an interval, E: each of them is off by up to half of its rounding.
 *
 * Figures that are no counts (days, shares) are never added: a line has one where the source has a
 * row of its own for it, or where it is one region or occupation under another name, and is not
 * collected (L) otherwise.
 */

/** One line of an output dimension: what it is and where it comes from. */
typedef struct kt_rollup_line {
    const char *level;   /* maakunta, isco2, tol1 ...; "_T" for the total */
    const char *code;    /* MK01, _X1, ISCO-25, TOL-C, _T */
    const char *made_of; /* "source", "predecessors", the level it was summed from, or "rest" */
} kt_rollup_line;

/** How a line is made. */
typedef enum kt_recipe_kind {
    KT_FROM_SOURCE, /* rows of the source: their sum, those not collected left out */
    KT_FROM_LINES,  /* lines before this one: their sum */
    KT_FROM_REST,   /* the country less a level's lines, less members that are collected */
} kt_recipe_kind;

typedef struct kt_recipe {
    kt_recipe_kind kind;
    size_t count;
    const size_t *member; /* positions in the source's dimension, or of lines */
    size_t first, lines;  /* of the rest: the level's lines */
} kt_recipe;

typedef struct kt_rollup kt_rollup;

/**
 * Makes the index vectors for a cube. Levels that cannot be made are left out and named by gaps.
 * KT_ERR_FORMAT for a code that no file of the classification knows, and for a sector of another
 * revision than the source's; KT_ERR_CONFIG if one of its
 * regions is in two parents of a level on one day.
 */
kt_status kt_rollup_new(const kt_cube *cube, const kt_source *source,
                        const kt_classifications *classifications, kt_arena *arena, kt_rollup **out,
                        kt_error *err) KT_MUST_CHECK;

size_t kt_rollup_regions(const kt_rollup *rollup, const kt_rollup_line **lines);
size_t kt_rollup_occupations(const kt_rollup *rollup, const kt_rollup_line **lines);
size_t kt_rollup_sectors(const kt_rollup *rollup, const kt_rollup_line **lines);

/** The revision of the sectors; KT_SECTOR_REVISIONS of a table without any. */
kt_sector_revision kt_rollup_revision(const kt_rollup *rollup);

/** The position of a line among these, or KT_NO_CODE. */
size_t kt_rollup_line_find(const kt_rollup_line *lines, size_t count, const char *level,
                           const char *code);

/** The line of all sectors; KT_NO_CODE of a table that gives no such figures. */
size_t kt_rollup_all_sectors(const kt_rollup *rollup);

/** What it was made with. */
const kt_classifications *kt_rollup_classifications(const kt_rollup *rollup);

/** How each of those lines is made; recipes of occupations and sectors are all of source rows. */
const kt_recipe *kt_rollup_region_recipes(const kt_rollup *rollup);
const kt_recipe *kt_rollup_occupation_recipes(const kt_rollup *rollup);
const kt_recipe *kt_rollup_sector_recipes(const kt_rollup *rollup);

/** The line of the country, or KT_NO_CODE if the source has none. */
size_t kt_rollup_country(const kt_rollup *rollup);

/** Levels of the classification that this table cannot give, or not in full: "LEVEL: reason". */
size_t kt_rollup_gaps(const kt_rollup *rollup, const char *const **lines);

/** The positions [*first, *first + count) of a level, without its _X lines; count 0 if absent. */
size_t kt_rollup_region_level(const kt_rollup *rollup, const char *level, size_t *first);
size_t kt_rollup_occupation_level(const kt_rollup *rollup, const char *level, size_t *first);
size_t kt_rollup_sector_level(const kt_rollup *rollup, const char *level, size_t *first);

/**
 * The roll-up of kt_cube_turned of its cube: its sectors are the occupations. NULL if the table has
 * several of both.
 */
const kt_rollup *kt_rollup_turned(const kt_rollup *rollup, kt_arena *arena);

/**
 * One period of the cube, or of one like it with other periods or measures, rolled up: dimensions
 * period (one), measure, region, occupation, sector, group, regions, occupations and sectors being
 * the rollup's lines. A code that stands at two levels (_X) is written "level/code" in the slab's
 * code lists. May be called from several threads, each with an arena of its own.
 */
kt_status kt_rollup_period(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                           kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

/** One period of a cube, as a cube of its own that may be changed. */
kt_status kt_cube_take_period(const kt_cube *cube, size_t period, kt_arena *arena, kt_cube **out,
                              kt_error *err) KT_MUST_CHECK;

#endif
