/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/strangers.h"

#include "core/codes.h"

/* The columns of both templates that have a project's code are called so. */
#define CODE_COLUMN "hankekoodi"

static kt_codes *known_projects(const kt_project_versions *versions, kt_arena *arena)
{
    kt_codes *known = kt_codes_new(arena);
    for (size_t i = 0; i < versions->count; i++) {
        (void)kt_codes_intern(known, versions->at[i].is.text[KT_PROJECT_PROJECT_CODE]);
    }
    return known;
}

/* The project of a row of either kind of report, and the row's line. */
static const char *project_at(const kt_list_file *file, size_t row, size_t *line)
{
    if (file->indicators != NULL) {
        *line = file->indicators->rows[row].line;
        return file->indicators->rows[row].project;
    }
    *line = file->scores->rows[row].line;
    return file->scores->rows[row].project;
}

static kt_list_warning doubt_of(const char *file, size_t line, const char *project, kt_arena *arena)
{
    return (kt_list_warning){
        kt_arena_print(arena,
                       "%s: row %zu: column " CODE_COLUMN ": \"%.40s\" is in no list of projects",
                       file, line, project),
        kt_arena_print(
            arena, "row %zu: column " CODE_COLUMN ": the project is in no list of projects", line)};
}

static void doubt_report(kt_list_file *file, const kt_codes *known, kt_arena *arena)
{
    const size_t rows =
        file->indicators != NULL ? file->indicators->row_count : file->scores->row_count;
    kt_codes *told = kt_codes_new(arena);
    kt_list_warning *warnings =
        kt_arena_array(arena, kt_list_warning, file->warning_count + rows + 1);
    size_t count = 0, line = 0;
    for (size_t row = 0; row < rows; row++) {
        const char *project = project_at(file, row, &line);
        if (kt_codes_find(known, project) == KT_NO_CODE &&
            kt_codes_find(told, project) == KT_NO_CODE) {
            (void)kt_codes_intern(told, project);
            warnings[count++] = doubt_of(file->name, line, project, arena);
        }
    }
    for (size_t i = 0; i < file->warning_count; i++) {
        warnings[count + i] = file->warnings[i];
    }
    file->warnings = warnings;
    file->warning_count += count;
    file->warned += count;
}

void kt_strangers_doubt(kt_project_lists *lists, kt_arena *arena)
{
    const kt_codes *known = known_projects(&lists->versions, arena);
    for (size_t i = 0; i < lists->count; i++) {
        if (lists->at[i].held == NULL && kt_list_file_is_report(&lists->at[i])) {
            doubt_report(&lists->at[i], known, arena);
        }
    }
}
