/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FAILED_TOGETHER_H
#define KT_PIPELINE_FAILED_TOGETHER_H

#include "fetch/fetch.h"

/** Where a service is away, all its tables fail in the same words: that is told once. */

/** Why the source failed, without its id. */
const char *kt_failure_words(const kt_fetch_result *result);

/** The first one that failed in the words of results[at]: `at` itself if none did before. */
size_t kt_failed_first(const kt_fetch_result *results, size_t at);

/** The ids of all that failed in the words of results[at], "12r5, 12ti"; the arena owns the list.
 */
const char *kt_failed_together(const kt_fetch_result *results, size_t count, size_t at,
                               kt_arena *arena);

#endif
