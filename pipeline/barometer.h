/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BAROMETER_H
#define KT_PIPELINE_BAROMETER_H

#include "check_rows.h"

/**
 * Rows of somebody else's balance, which a user supplies, beside ours: how often the two say the
 * same of a cell. The file has the columns time_period, region_code, occupation_code, state and
 * degree, with our codes and words; nothing is fetched for it, and it changes no row but those of
 * `checks`. A file that cannot be used is one of them too, and stops nothing.
 */
#define KT_CHECK_BAROMETER_READ      "barometer_read"
#define KT_CHECK_BAROMETER_AGREEMENT "barometer_agreement"

/** Adds a row on the file, and one for each month with cells that both assess. */
kt_status kt_barometer_checks(const kt_analysis_job *job, kt_rows *rows,
                              kt_error *err) KT_MUST_CHECK;

#endif
