/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_LOOK_OPEN_H
#define KT_FETCH_LOOK_OPEN_H

#include "core/error.h"
#include "table.h"

/**
 * A look at a table whose service tells no metadata: its newest period alone is asked for, with
 * every code that is wanted, and held against the source file as a reply is at night. Where nothing
 * less than the whole document can be had, that is it. *last is the period that it ends with.
 */
kt_status kt_look_open(kt_table *table, const char **last, kt_error *err) KT_MUST_CHECK;

#endif
