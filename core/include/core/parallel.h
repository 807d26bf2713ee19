/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PARALLEL_H
#define KT_CORE_PARALLEL_H

#include <stddef.h>

#include "core/error.h"

/**
 * Runs job(context, i, err) for i = 0 .. count-1 on up to threads threads (0: as many as
 * processors). Jobs must not share what they write; each puts its result in its own slot, so the
 * outcome does not depend on the number of threads. The failure of the lowest i is returned; the
 * jobs already begun end.
 */
typedef kt_status (*kt_job)(void *context, size_t index, kt_error *err);

kt_status kt_parallel(size_t count, unsigned threads, kt_job job, void *context,
                      kt_error *err) KT_MUST_CHECK;

#endif
