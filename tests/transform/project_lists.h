/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TRANSFORM_PROJECT_LISTS_H
#define KT_TESTS_TRANSFORM_PROJECT_LISTS_H

#include <string.h>

#include "core/file.h"
#include "core/instant.h"
#include "support/arena.h"
#include "support/says.h"
#include "transform/project_list.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define LISTS KT_SHARED "/data/projects"

static inline kt_project_formats *load_formats(kt_arena *arena)
{
    kt_problems *problems = kt_problems_new(arena);
    kt_project_formats *formats =
        kt_project_formats_load(KT_ROOT "/config/projects/formats", arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(formats);
    return formats;
}

static inline const kt_project_format *format_called(const char *id, kt_arena *arena)
{
    const kt_project_format *format = kt_project_formats_find(load_formats(arena), id);
    assert_non_null(format);
    return format;
}

static inline kt_status read_bytes(const char *id, const void *bytes, size_t length,
                                   kt_arena *arena, kt_project_list **list, kt_error *err)
{
    const kt_project_file file = {
        .bytes = bytes, .length = length, .name = "list", .snapshot_day = 20000};
    return kt_project_list_read(&file, format_called(id, arena), arena, list, err);
}

/* Every row is accounted for, and no line is two. */
static inline void check_accounts(const kt_project_list *list)
{
    assert_int_equal(list->rows, list->project_count + list->joined + list->left_out +
                                     list->reject_count + list->footers + list->blanks);
    for (size_t i = 0; i < list->warning_count; i++) {
        assert_null(strpbrk(list->warnings[i].words, "\r\n"));
    }
    for (size_t i = 0; i < list->reject_count; i++) {
        assert_null(strpbrk(list->rejects[i].reason, "\r\n"));
    }
}

static inline kt_project_list *read_good(const char *id, const char *words, kt_arena *arena)
{
    kt_project_list *list = NULL;
    kt_error err = {0};
    if (read_bytes(id, words, strlen(words), arena, &list, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(list);
    check_accounts(list);
    return list;
}

static inline kt_project_list *read_path(const char *id, const char *path, kt_arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    kt_project_list *list = NULL;
    kt_error err = {0};
    assert_int_equal(kt_file_read(path, 1 << 26, arena, &bytes, &length, &err), KT_OK);
    if (read_bytes(id, bytes, length, arena, &list, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(list);
    check_accounts(list);
    return list;
}

static inline const kt_project *project_called(const kt_project_list *list, const char *code)
{
    for (size_t i = 0; i < list->project_count; i++) {
        if (strcmp(list->projects[i].text[KT_PROJECT_PROJECT_CODE], code) == 0) {
            return &list->projects[i];
        }
    }
    print_error("no project %s\n", code);
    fail();
    return NULL;
}

static inline int64_t day_of(int year, int month, int day)
{
    return kt_days_from_civil(year, month, day);
}

/* "" where the list is silent. */
static inline const char *text_of(const kt_project *project, kt_project_text field)
{
    return project->text[field] == NULL ? "" : project->text[field];
}

#endif
