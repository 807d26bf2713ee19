/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_ROLLUP_PLAN_H
#define KT_TRANSFORM_ROLLUP_PLAN_H

#include "transform/rollup.h"

/** The lines of one level, without those of the rest. */
typedef struct kt_run {
    const char *level;
    size_t first, count;
    bool whole;        /* every region of today, every occupation in use is there */
    const char *below; /* the level that it was summed from; NULL: the source's own rows */
} kt_run;

typedef struct kt_outline {
    kt_rollup_line *line;
    kt_recipe *recipe;
    size_t count;
    kt_run *run;
    size_t run_count;
    kt_codes *codes; /* of the slab: "maakunta/_X" where a code alone is not unique */
} kt_outline;

struct kt_rollup {
    kt_outline regions, occupations, sectors;
    kt_sector_revision revision; /* of the sectors; KT_SECTOR_REVISIONS if the table has none */
    bool plain_sectors;          /* their lines are the source's rows: nothing has to be summed */
    size_t country;              /* line of the country; KT_NO_CODE if the source has none */
    const char **gaps;
    size_t gap_count;
    size_t source_size[KT_ROLES]; /* of the cube that this was made for */
    const kt_source *source;      /* says which figures may be added */
    const kt_classifications *classifications;
    kt_arena *arena;
};

/** What lines are planned from. */
typedef struct kt_planner {
    kt_rollup *rollup;
    const kt_cube *cube;
    const kt_source *source;
    const kt_classifications *classifications;
    kt_arena *arena;
} kt_planner;

kt_status kt_plan_regions(const kt_planner *planner, kt_error *err) KT_MUST_CHECK;
kt_status kt_plan_occupations(const kt_planner *planner, kt_error *err) KT_MUST_CHECK;
kt_status kt_plan_sectors(const kt_planner *planner, kt_error *err) KT_MUST_CHECK;

/** Room for so many lines and runs. */
kt_outline kt_outline_new(size_t lines, size_t runs, kt_arena *arena);

/** Adds a line; level and code are borrowed. Its position. */
size_t kt_outline_add(kt_outline *outline, kt_rollup_line line, kt_recipe recipe, kt_arena *arena);

/** The run of that level, or NULL. */
const kt_run *kt_outline_run(const kt_outline *outline, const char *level);

void kt_rollup_gap(kt_rollup *rollup, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** A list of one member. */
const size_t *kt_one_member(size_t member, kt_arena *arena);

#endif
