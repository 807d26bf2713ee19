/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

struct kt_problems {
    kt_arena *arena;
    const char **lines;
    size_t count, room;
};

kt_problems *kt_problems_new(kt_arena *arena)
{
    kt_problems *problems = kt_arena_new(arena, kt_problems);
    problems->arena = arena;
    return problems;
}

static void append(kt_problems *problems, char *line)
{
    kt_text_flatten(line);
    problems->lines = kt_arena_grow(problems->arena, problems->lines, problems->count,
                                    &problems->room, sizeof *problems->lines);
    problems->lines[problems->count++] = line;
}

void kt_problems_add(kt_problems *problems, const char *file, const char *path, const char *format,
                     ...)
{
    char words[768];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    append(problems, kt_arena_print(problems->arena, "%s: %s%s%s", file, path,
                                    path[0] == '\0' ? "" : ": ", words));
}

void kt_problems_add_line(kt_problems *problems, const char *line)
{
    append(problems, kt_arena_copy(problems->arena, line));
}

size_t kt_problems_count(const kt_problems *problems)
{
    return problems->count;
}

const char *kt_problems_at(const kt_problems *problems, size_t position)
{
    return problems->lines[position];
}

kt_status kt_problems_verdict(const kt_problems *problems, kt_error *err)
{
    if (problems->count == 0) {
        return KT_OK;
    }
    if (problems->count == 1) {
        return kt_fail(err, KT_ERR_CONFIG, "%s", problems->lines[0]);
    }
    return kt_fail(err, KT_ERR_CONFIG, "%s (and %zu more)", problems->lines[0],
                   problems->count - 1);
}
