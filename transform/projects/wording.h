/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_WORDING_H
#define KT_TRANSFORM_PROJECTS_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "place_names.h"
#include "transform/project_words.h"

typedef struct word_list {
    const char **at;
    size_t count;
} word_list;

typedef struct rewriting {
    const char *from, *to;
} rewriting;

/** words.json as it stands, and the names of places. */
struct kt_wording {
    word_list bases, stems, parallel, coordination, national, state_offices, leave_out, traders;
    word_list ambiguous, heads, districts;
    const rewriting *rewrites;
    size_t rewrite_count;
    const place_names *places;
};

bool word_in(const word_list *list, const char *word);

/** True if one of the stems is in the plain words. */
bool stems_in(const word_list *stems, const char *plain);

/** True if words of a trader, a person's own firm, stand in the text. */
bool trader_in(const kt_wording *wording, const char *part, kt_arena *arena);

/** The length of a body's name: up to a slash, a '|', or a comma that stands in no "elinkeino-,
 * liikenne-". */
size_t body_length(const char *name);

/** One key for a body: plain words of its name without departments, in today's words; "" of NULL.
 */
const char *body_key(const kt_wording *wording, const char *name, kt_arena *arena);

#endif
