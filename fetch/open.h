/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_OPEN_H
#define KT_FETCH_OPEN_H

#include <stdbool.h>

#include "core/error.h"
#include "table.h"

/**
 * Open selections: tables of services that tell no metadata. What is wanted stands in the source
 * file alone. A variable whose codes it names one by one is wanted explicitly: they are asked for,
 * and the reply must have exactly these. All others, and the time, are open: the reply says which
 * codes it has, and each code and pattern that is wanted must stand for something in it. A fetch of
 * an open selection is always of the whole table; what it no longer has is kept by the archive.
 *
 * A table may be at several places: its addresses with dates filled in, each with the names that
 * its variables have had. They are tried in turn until the service knows one.
 */

/** True if the table's service tells no metadata. */
bool kt_table_is_open(const kt_table *table);

/** What the source file wants, with that spelling of names; needs errand, source and protocol. */
kt_status kt_open_want(const kt_table *table, size_t spelling, kt_wanted *out,
                       kt_error *err) KT_MUST_CHECK;

/** The first place to try: where the newest reply is from if the address of the day is the same. */
kt_status kt_open_begin(kt_table *table, kt_error *err) KT_MUST_CHECK;

/** The next place, *more false if all were tried. */
kt_status kt_open_next(kt_table *table, bool *more, kt_error *err) KT_MUST_CHECK;

/** Says that no place knows the table, in the words of the first one. */
kt_status kt_open_fail(const kt_table *table, const kt_error *first, kt_error *err) KT_MUST_CHECK;

/** True if the archive lacks an answer to what is wanted now, whatever the reply may hold. */
bool kt_open_lacks(const kt_table *table);

#endif
