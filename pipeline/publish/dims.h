/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_DIMS_H
#define KT_PUBLISH_DIMS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/source.h"
#include "publish/contract.h"
#include "transform/classification.h"

/**
 * The tables dim_region, dim_occupation, dim_sector and dim_indicator: every code that another
 * table uses, with its level, its parents, its names in three languages and its validity. `parents`
 * is level=code, joined with ";" in the contract's order of levels: "maakunta=MK01;ely=ELY01".
 * Codes without a place (_X, _X1, _X2, _X3) stand at every region level, _X at every occupation
 * level; SSS, as the area of a project that has the whole country, stands there too where there are
 * projects, and at the level "national". The sources' own codes of unknown occupations stand at the
 * level "unknown" with _X as their parent. Indicators are the figures of `observations` and
 * `sectors` (level "observation"), the definitions of vacancy rates (level "rate"), the flows and
 * target groups that the sources give (levels "flow", "group"; parents of a group: what it is a
 * part of) and all measures that the program knows (level "measure").
 */

/** The days on which a figure of `observations` is collected; NULL where that is open. */
typedef struct kt_indicator_days {
    const char *indicator;
    const char *from, *to; /* ISO days */
} kt_indicator_days;

/** An indicator that follows from the sources: a flow, a target group. */
typedef struct kt_indicator_words {
    const char *id, *level;
    const char *parents; /* NULL: at the top */
    kt_words name, definition;
    const char *unit;
} kt_indicator_words;

/** A region that no classification has: where projects work. */
typedef struct kt_region_words {
    const char *code, *level;
    kt_words name;
} kt_region_words;

/** What the tables are made of. An indicator that is not among the days has no end. */
typedef struct kt_dims {
    const kt_contract *contract;
    const kt_classifications *classifications;
    const kt_indicator_days *days;
    size_t day_count;
    const kt_indicator_words *more; /* indicators that only the sources know */
    size_t more_count;
    const kt_region_words *regions; /* beside those of the classifications */
    size_t region_count;
} kt_dims;

/** Writes findings/dim_region/dim_region.csv and its siblings; folders are made. */
kt_status kt_dims_write(const kt_dims *dims, const char *findings, kt_arena *arena,
                        kt_error *err) KT_MUST_CHECK;

#endif
