/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_WORKBOOK_WORKBOOK_H
#define KT_WORKBOOK_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "publish/made_file.h"
#include "publish/publish.h"

/**
 * xlsx/<region>.xlsx: a workbook of every region that has a page. A cover, a sheet for each public
 * table that has rows of the region, and what the columns are called. Cells say what csv/ says;
 * the same run gives the same bytes.
 */
#define KT_WORKBOOK_FOLDER  "xlsx/"
#define KT_WORKBOOK_COVER   "cover"   /* the first sheet; no table is called so */
#define KT_WORKBOOK_COLUMNS "columns" /* the last one */

typedef struct kt_workbook_input {
    const kt_publication *publication; /* contract, sources, pages, and what the run is called */
    const char *dir; /* of the run's staging folder: csv/ is there, and room for unfinished files */
} kt_workbook_input;

/** Every workbook in the order of their names; bytes live in the arena. */
kt_status kt_workbooks_make(const kt_workbook_input *input, kt_arena *arena, kt_made_file **out,
                            size_t *count, kt_error *err) KT_MUST_CHECK;

/** True for a path that only a workbook may have. */
bool kt_workbooks_own(const char *path);

#endif
