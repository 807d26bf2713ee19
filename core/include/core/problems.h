/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_PROBLEMS_H
#define KT_CORE_PROBLEMS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Every mistake of a configuration at once: each one line with file, path inside the file, and what
 * was expected ("config/sources/12r5.json: variables[1].role: expected one of period, region ...").
 */
typedef struct kt_problems kt_problems;

kt_problems *kt_problems_new(kt_arena *arena);

/** Adds one; file and path are copied. */
void kt_problems_add(kt_problems *problems, const char *file, const char *path, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));

/** Adds a line that is already whole: the message of a kt_error, which names its file itself. */
void kt_problems_add_line(kt_problems *problems, const char *line);

size_t kt_problems_count(const kt_problems *problems);
const char *kt_problems_at(const kt_problems *problems, size_t position);

/** KT_OK if there is none, else KT_ERR_CONFIG with the first line and how many more there are. */
kt_status kt_problems_verdict(const kt_problems *problems, kt_error *err) KT_MUST_CHECK;

#endif
