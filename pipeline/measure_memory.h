/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_MEMORY_H
#define KT_PIPELINE_MEASURE_MEMORY_H

#include <stddef.h>

/**
 * Memory of one column of a measure's cells. Large ones are pages of their own: growing moves them
 * without a copy, pages that nothing was written to take no memory, and what is freed goes back to
 * the machine. An arena would keep every size that a column has ever had.
 */

/** old with room for count things of size bytes. Never NULL: a machine without memory ends the
 * program, as an arena would. */
void *kt_measure_take(void *old, size_t count, size_t size);

/** The room that a column of that room has next. */
static inline size_t kt_measure_more(size_t room)
{
    return room == 0 ? 1024 : room + room / 2;
}

#endif
