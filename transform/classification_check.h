/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CLASSIFICATION_CHECK_H
#define KT_TRANSFORM_CLASSIFICATION_CHECK_H

#include "core/csv.h"
#include "transform/classification.h"

/** Raw rows of one classification file, and where its mistakes go. */
#define KT_SHEET_COLUMNS 8

typedef struct kt_sheet {
    const char *path, *name;   /* with its folder, and without */
    const kt_csv_table *table; /* NULL if the file cannot be read */
    size_t column[KT_SHEET_COLUMNS];
    kt_problems *problems;
} kt_sheet;

/** Opens folder/name and finds the columns (NULL-ended); mistakes become problems. */
kt_sheet kt_sheet_open(const char *folder, const char *name, const char *const *columns,
                       kt_arena *arena, kt_problems *problems);

/** Rows of the sheet; 0 if it could not be read. */
size_t kt_sheet_rows(const kt_sheet *sheet);

/** The field of a row in the column at that place of the list given to kt_sheet_open. */
const char *kt_sheet_field(const kt_sheet *sheet, size_t row, size_t place);

/** Adds a problem at a row; column is its name. */
void kt_sheet_wrong(const kt_sheet *sheet, size_t row, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** True if both days are ISO days or "", and in order; else a problem. */
bool kt_sheet_days(const kt_sheet *sheet, size_t row, const char *from, const char *to);

/** A membership and the row that says it. */
typedef struct kt_claim {
    kt_membership membership;
    const kt_sheet *sheet;
    size_t row;
} kt_claim;

/** Puts the items into the order of the header and builds the index. */
void kt_class_arrange(kt_classification *classification, const kt_class_item *items,
                      const char *const *levels, kt_arena *arena);

/** Puts the memberships into the order of the header and notes the conflicts. */
void kt_class_join(kt_classification *classification, const kt_claim *claims, size_t count,
                   kt_arena *arena);

/** Reads sector_correspondences.csv; the sectors of all revisions must be there already. */
void kt_class_load_flows(const char *folder, kt_arena *arena, kt_problems *problems,
                         kt_classifications *all);

/** The position of level in the NULL-ended list; the list's length if it is not in it. */
size_t kt_level_rank(const char *const *levels, const char *level);

#endif
