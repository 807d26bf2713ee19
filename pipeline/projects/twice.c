/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/twice.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"

/* The row of a project that counts so far. */
typedef struct standing {
    kt_list_file *file;
    const kt_project *project;
} standing;

/* Two rows of a project that say different things. */
typedef struct pair {
    standing earlier, later;
} pair;

/* What one format's files of the day have. */
typedef struct seen {
    kt_codes *codes;
    standing *rows; /* of each code */
    pair *pairs;
    size_t room, count, pair_room;
    kt_arena *scratch, *arena;
} seen;

static kt_project_reject reject_of(const pair *two, kt_arena *arena)
{
    const kt_project *project = two->earlier.project;
    kt_project_reject made = {
        .line = project->source_row,
        .code = kt_arena_copy(arena, project->text[KT_PROJECT_PROJECT_CODE]),
        .reason = kt_arena_print(
            arena,
            "duplicate: row %zu of %s, of the same format and day, says otherwise and counts",
            two->later.project->source_row, two->later.file->name),
        .shown = "another file of its format and day has the project, and counts"};
    memcpy(made.sum, project->sum, sizeof made.sum);
    return made;
}

static kt_list_warning warning_of(const pair *two, kt_arena *arena)
{
    const size_t row = two->later.project->source_row;
    const size_t other = two->earlier.project->source_row;
    return (kt_list_warning){
        kt_arena_print(arena,
                       "%s: row %zu (%s): says otherwise than row %zu of %s, of the same format "
                       "and day, and counts",
                       two->later.file->name, row,
                       two->later.project->text[KT_PROJECT_PROJECT_CODE], other,
                       two->earlier.file->name),
        kt_arena_print(arena, "row %zu: says otherwise than row %zu of another file of its day",
                       row, other)};
}

static void reject_earlier(const seen *of, kt_list_file *file)
{
    kt_project_reject *all =
        kt_arena_array(of->arena, kt_project_reject, file->reject_count + of->count + 1);
    for (size_t i = 0; i < file->reject_count; i++) {
        all[i] = file->rejects[i];
    }
    for (size_t i = 0; i < of->count; i++) {
        if (of->pairs[i].earlier.file == file) {
            all[file->reject_count++] = reject_of(&of->pairs[i], of->arena);
            file->projects--; /* it is counted where it counts */
        }
    }
    file->rejects = all;
}

static void warn_later(const seen *of, kt_list_file *file)
{
    kt_list_warning *all =
        kt_arena_array(of->arena, kt_list_warning, file->warning_count + of->count + 1);
    for (size_t i = 0; i < file->warning_count; i++) {
        all[i] = file->warnings[i];
    }
    for (size_t i = 0; i < of->count; i++) {
        if (of->pairs[i].later.file == file) {
            all[file->warning_count++] = warning_of(&of->pairs[i], of->arena);
            file->warned++;
        }
    }
    file->warnings = all;
}

static void take(seen *of, kt_list_file *file, const kt_project *project)
{
    const size_t known = kt_codes_count(of->codes);
    const size_t at = kt_codes_intern(of->codes, project->text[KT_PROJECT_PROJECT_CODE]);
    const standing now = {file, project};
    if (at == known) {
        of->rows = kt_arena_grow(of->scratch, of->rows, known, &of->room, sizeof *of->rows);
    } else if (!kt_project_same(of->rows[at].project, project)) {
        of->pairs =
            kt_arena_grow(of->scratch, of->pairs, of->count, &of->pair_room, sizeof *of->pairs);
        of->pairs[of->count++] = (pair){of->rows[at], now};
    }
    of->rows[at] = now;
}

static bool is_list(const kt_list_file *file, const kt_project_drop *drop, const char *format)
{
    return kt_list_file_counts(file, drop) && file->format != NULL &&
           strcmp(file->format, format) == 0;
}

static void tell_format(kt_list_file *files, const kt_project_drop *drops, size_t count,
                        const char *format, kt_arena *arena)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("projects of a day", 0);
    seen of = {.codes = kt_codes_new(scratch),
               .rows = kt_arena_array(scratch, standing, 1),
               .room = 1,
               .scratch = scratch,
               .arena = arena};
    for (size_t i = 0; i < count; i++) {
        const bool part = is_list(&files[i], &drops[i], format);
        for (size_t at = 0; part && at < drops[i].list->project_count; at++) {
            take(&of, &files[i], &drops[i].list->projects[at]);
        }
    }
    for (size_t i = 0; of.count > 0 && i < count; i++) {
        reject_earlier(&of, &files[i]);
        warn_later(&of, &files[i]);
    }
}

void kt_list_twice_tell(kt_list_file *files, const kt_project_drop *drops, size_t count,
                        kt_arena *arena)
{
    for (size_t i = 0; i < count; i++) {
        const char *format = files[i].format;
        size_t before = 0, after = 0;
        for (size_t j = 0; format != NULL && j < count; j++) {
            before += j < i && is_list(&files[j], &drops[j], format) ? 1 : 0;
            after += j > i && is_list(&files[j], &drops[j], format) ? 1 : 0;
        }
        if (before == 0 && after > 0 && is_list(&files[i], &drops[i], format)) {
            tell_format(files, drops, count, format, arena);
        }
    }
}
