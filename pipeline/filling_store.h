/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FILLING_STORE_H
#define KT_PIPELINE_FILLING_STORE_H

#include "core/log.h"
#include "table_store.h"

/** What was pointed for a table, kept beside its cube so that it need not be done again. */
kt_status kt_fillings_save(const kt_fillings *fillings, const char *path,
                           kt_error *err) KT_MUST_CHECK;

/** A file that is absent, broken or of another version gives none. */
kt_fillings kt_fillings_load(const char *path, kt_arena *arena);

/** One line: how far the margins of a table go. Nothing if it has no protected cell. */
void kt_tell_margins(const kt_table *table, const kt_log *log);

#endif
