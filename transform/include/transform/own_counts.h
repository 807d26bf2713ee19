/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_OWN_COUNTS_H
#define KT_TRANSFORM_OWN_COUNTS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/period.h"
#include "transform/classification.h"
#include "transform/project_list.h"

/**
 * What people of a region count themselves: a CSV with the columns region_code, period, name,
 * value, unit, source in any order, with semicolons or commas, in UTF-8 or Windows-1252. It is no
 * official statistic, and nothing else is made of it. A file counts whole or not at all.
 */
typedef struct kt_own_count {
    const kt_class_item *region;
    kt_period period;
    const char *name, *unit, *source; /* each in one line; unit may be empty */
    double value;
} kt_own_count;

typedef struct kt_own_file {
    const char *name;
    const char *held;       /* why it does not count, with its name; NULL: it does */
    const char *held_shown; /* that to all, without what the file has */
    const kt_own_count *rows;
    size_t row_count;
} kt_own_file;

/** The files of a folder. Begins as zeros. */
typedef struct kt_own_counts {
    kt_own_file *files; /* in the order in which they were added */
    size_t count, room;
    size_t held;
    kt_codes *keys; /* region, period and name of each row that counts, with where it stands */
} kt_own_counts;

/**
 * Reads one more file. It is held for any mistake, of which the first is told with row and column:
 * an unknown region, a period or number that is none, an empty or unseen text, a region, period
 * and name that it or an earlier file has already. The others stand.
 */
void kt_own_counts_add(kt_own_counts *all, const kt_project_file *file,
                       const kt_classification *regions, kt_arena *arena);

/** Notes a file that could not even be read: why, to all. */
void kt_own_counts_hold(kt_own_counts *all, const char *name, const char *why, kt_arena *arena);

#endif
