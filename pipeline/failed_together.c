/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "failed_together.h"

#include <string.h>

#include "core/text.h"

const char *kt_failure_words(const kt_fetch_result *result)
{
    return kt_text_unnamed(result->message, result->source->id);
}

static bool fail_alike(const kt_fetch_result *a, const kt_fetch_result *b)
{
    return a->state == KT_FETCH_FAILED && b->state == KT_FETCH_FAILED &&
           strcmp(kt_failure_words(a), kt_failure_words(b)) == 0;
}

size_t kt_failed_first(const kt_fetch_result *results, size_t at)
{
    size_t first = 0;
    while (first < at && !fail_alike(&results[first], &results[at])) {
        first++;
    }
    return first;
}

const char *kt_failed_together(const kt_fetch_result *results, size_t count, size_t at,
                               kt_arena *arena)
{
    const char *list = results[at].source->id;
    for (size_t i = 0; i < count; i++) {
        if (i != at && fail_alike(&results[at], &results[i])) {
            list = kt_arena_print(arena, "%s, %s", list, results[i].source->id);
        }
    }
    return list;
}
