/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/present.h"

#include <string.h>

static bool is_later_of_name(const kt_list_file *later, const kt_list_file *file)
{
    return later->order > file->order && later->source == file->source &&
           strcmp(later->receipt->url, file->receipt->url) == 0;
}

void kt_list_replace_day(kt_list_file *files, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        files[i].replaced = false;
        for (size_t j = 0; j < count && files[i].held == NULL; j++) {
            files[i].replaced |= files[j].held == NULL && is_later_of_name(&files[j], &files[i]);
        }
    }
}

static bool is_put_right(const kt_list_file *by, const kt_list_file *file)
{
    const bool is_dated = file->is_to_come && by->held == NULL && by->order > file->order &&
                          strcmp(by->receipt->sha256, file->receipt->sha256) == 0;
    return is_dated || is_later_of_name(by, file);
}

void kt_list_replace_held(kt_project_lists *lists)
{
    for (size_t i = 0; i < lists->count; i++) {
        kt_list_file *file = &lists->at[i];
        for (size_t j = 0; j < lists->count && file->held != NULL; j++) {
            file->replaced |= is_put_right(&lists->at[j], file);
        }
    }
}
