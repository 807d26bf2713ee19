/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FETCH_DOCUMENTS_H
#define KT_TESTS_FETCH_DOCUMENTS_H

#include "core/arena.h"

/** A JSON-stat data set in one document: codes as they stand in JSON, `updated` with its comma. */
typedef struct document {
    const char *updated; /* "\"updated\":\"2026-07-21T05:00:00Z\"," or "" */
    const char *areas;   /* "\"SSS\",\"MK01\"" */
    const char *months, *contents;
    const char *figures;
} document;

static inline size_t count_codes(const char *codes)
{
    size_t count = 1;
    for (const char *at = codes; *at != '\0'; at++) {
        count += *at == ',' ? 1 : 0;
    }
    return count;
}

static inline char *write_document(kt_arena *arena, const document *of)
{
    return kt_arena_print(
        arena,
        "{\"version\":\"2.0\",\"class\":\"dataset\",%s\"id\":[\"area\",\"time\",\"content\"],"
        "\"size\":[%zu,%zu,%zu],\"role\":{\"time\":[\"time\"]},\"dimension\":{"
        "\"area\":{\"category\":{\"index\":[%s]}},\"time\":{\"category\":{\"index\":[%s]}},"
        "\"content\":{\"category\":{\"index\":[%s]}}},\"value\":[%s]}",
        of->updated, count_codes(of->areas), count_codes(of->months), count_codes(of->contents),
        of->areas, of->months, of->contents, of->figures);
}

/** Two areas, May and June 2026, two contents. */
static inline document two_months(const char *figures)
{
    return (document){.updated = "",
                      .areas = "\"SSS\",\"MK01\"",
                      .months = "\"2026M05\",\"2026M06\"",
                      .contents = "\"U\",\"V\"",
                      .figures = figures};
}

#endif
