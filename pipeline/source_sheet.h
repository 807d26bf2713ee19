/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SOURCE_SHEET_H
#define KT_PIPELINE_SOURCE_SHEET_H

#include "core/hash.h"
#include "panel.h"
#include "publish/table.h"

/**
 * Mismatch at 1/2 between the regions of a level as a register has it and as a survey has it: over
 * the same regions, those of which the table `two_sources` has all four figures in the period.
 */
typedef struct kt_source_mismatch {
    kt_period period;
    const char *level;
    double counted, asked; /* by the register and by the survey */
    size_t regions;
    kt_obs obs; /* the worst of the figures */
} kt_source_mismatch;

typedef struct kt_source_sheet {
    kt_source_mismatch *at;
    size_t count;
} kt_source_sheet;

/** Of every level of regions and period with at least two regions; of the published rows. */
kt_status kt_source_sheet_make(const kt_contract *contract, const kt_panel_place *place,
                               kt_arena *arena, kt_source_sheet *out, kt_error *err) KT_MUST_CHECK;

/** How many periods of a year it has. */
size_t kt_source_sheet_count(const kt_source_sheet *sheet, int year);

/** Adds what the rows of a year are made from. */
void kt_source_sheet_hash(const kt_source_sheet *sheet, int year, kt_hasher *hasher);

/** Adds the rows of a year to an unsorted part of `sensitivity`. */
kt_status kt_source_sheet_add(const kt_source_sheet *sheet, int year, kt_rows *rows,
                              kt_error *err) KT_MUST_CHECK;

#endif
