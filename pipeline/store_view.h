/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_STORE_VIEW_H
#define KT_PIPELINE_STORE_VIEW_H

#include "night.h"

/**
 * Archive and store for commands that only look: no lock is taken and nothing is changed. The
 * archive is NULL where there is none yet; close it with kt_archive_close in any case.
 */
kt_status kt_store_view(kt_session *session, kt_night *out, kt_error *err) KT_MUST_CHECK;

/** night->wanted as --tables says; KT_ERR_USAGE names the sources there are. */
kt_status kt_store_wanted(kt_night *night, kt_error *err) KT_MUST_CHECK;

/** The source of that id; KT_ERR_USAGE names those there are. */
kt_status kt_store_source(const kt_night *night, const char *id, const char *said, size_t *out,
                          kt_error *err) KT_MUST_CHECK;

#endif
