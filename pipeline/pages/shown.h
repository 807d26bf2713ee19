/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_SHOWN_H
#define KT_PAGES_SHOWN_H

#include "pages/sheet.h"

/** The published rows that a page was made of, table by table, as whoever checks it wants them. */
typedef struct kt_shown kt_shown;

kt_shown *kt_shown_new(kt_arena *arena);

/** Adds count rows of a sheet from the one at first on; a row that is there already stays one. */
void kt_shown_add(kt_shown *shown, const kt_sheet *sheet, size_t first, size_t count);

/** Writes <stem>.<table>.csv for each table, with all its columns, in the order of the page. */
kt_status kt_shown_write(const kt_shown *shown, const char *stem, kt_error *err) KT_MUST_CHECK;

#endif
