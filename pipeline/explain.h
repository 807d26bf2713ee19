/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_EXPLAIN_H
#define KT_PIPELINE_EXPLAIN_H

#include <stdio.h>

#include "night.h"

/**
 * What a dry run found, as results: with --dry-run each table's calls, cells and seconds, with
 * --explain why each would be fetched or not.
 */
void kt_explain(const kt_night *night, const kt_fetch_result *results, size_t count, FILE *out);

#endif
