/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_SELECT_H
#define KT_FETCH_SELECT_H

#include <stdbool.h>

#include "core/error.h"
#include "table.h"

/** Which cells of a table this night fetches. */
typedef struct kt_selection {
    kt_wanted wanted;
    bool whole; /* everything that is wanted of the table, not its newest periods */
} kt_selection;

/**
 * True if the whole table is due: it was never fetched, that is too long ago, or something is
 * wanted that no reply of the archive was asked for (a new area, another configuration).
 */
bool kt_table_is_due(const kt_table *table);

/**
 * Everything if whole is asked for; else the newest periods, as many as the source says, and those
 * that were never fetched. Lists of codes are in the errand's arena. KT_ERR_FORMAT with a period
 * that is none.
 */
kt_status kt_table_select(const kt_table *table, bool whole, kt_selection *out,
                          kt_error *err) KT_MUST_CHECK;

#endif
