/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_RECEIPT_H
#define KT_FETCH_RECEIPT_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/journal.h"
#include "core/text.h"
#include "fetch/archive.h"

/**
 * A receipt as one line of JSON and back. Keys stand in one order, and what a receipt does not have
 * is left out, so the same receipt is always the same line. Reading skips keys that it does not
 * know: a later version may have written them.
 */

/** Adds the line, with its line feed. */
void kt_receipt_write(const kt_receipt *receipt, kt_text *line);

/** Reads a line; the receipt's texts are in the arena. */
kt_status kt_receipt_read(const kt_journal_line *line, kt_arena *arena, kt_receipt *out,
                          kt_error *err) KT_MUST_CHECK;

#endif
