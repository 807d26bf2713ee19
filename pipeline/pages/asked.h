/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_ASKED_H
#define KT_PAGES_ASKED_H

#include "pages/book.h"

/** What people ask for, held against what the run has. */

/** The level of a region that has figures; KT_ERR_NOT_FOUND names the regions that are nearest. */
kt_status kt_asked_region(kt_book *book, const char *code, const char **level,
                          kt_error *err) KT_MUST_CHECK;

/**
 * Whether the month is published: *earlier, that it is not the newest one. KT_ERR_USAGE if it is no
 * month, KT_ERR_NOT_FOUND names the first and the last there are.
 */
kt_status kt_asked_period(kt_book *book, const char *period, bool *earlier,
                          kt_error *err) KT_MUST_CHECK;

#endif
