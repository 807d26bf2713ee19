/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CSV_REPLY_H
#define KT_CORE_CSV_REPLY_H

#include <stddef.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"

/**
 * A CSV reply, read as the layout of its source says (core/layout.h). Its columns must be those of
 * the layout, each row must have all its codes, each cell a figure, a symbol of the source or
 * nothing, and no two rows may be of one cell. What no row is of is missing, never zero.
 */
typedef struct kt_csv_reply kt_csv_reply;

/** Reads the names of the columns and all codes; messages name row and column of the file. */
kt_status kt_csv_reply_read(const kt_document *document, kt_arena *arena, kt_csv_reply **out,
                            kt_envelope **envelope, kt_error *err) KT_MUST_CHECK;

/** A figure (NAN: none) and what stands in its place or beside it (NULL: nothing). */
typedef kt_status (*kt_csv_take)(void *context, size_t place, double value, const char *symbol,
                                 kt_error *err);

/** Walks over all cells that rows are of; take may be NULL: then they are only checked. */
kt_status kt_csv_reply_walk(const kt_csv_reply *sheet, kt_csv_take take, void *context,
                            kt_error *err) KT_MUST_CHECK;

#endif
