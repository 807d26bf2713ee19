/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "rows.h"

/* Which format a list is of, by the names of its columns. */

typedef struct recognition {
    const kt_project_format *found, *nearest;
    kt_list_header header; /* of the nearest */
    kt_error error;        /* the first, where no format could be tried at all */
} recognition;

static kt_status try_format(const kt_project_format *format, const kt_project_file *file,
                            kt_arena *arena, recognition *seen, kt_error *err)
{
    kt_list_body body;
    kt_list_header header;
    kt_error error = {0};
    if (kt_list_open(file, format, arena, &body, &error) != KT_OK ||
        kt_list_find_header(&body, format, arena, &header, &error) != KT_OK) {
        seen->error = seen->error.message[0] == '\0' ? error : seen->error;
        return KT_OK;
    }
    if (seen->nearest == NULL || header.missing_count < seen->header.missing_count) {
        seen->nearest = format;
        seen->header = header;
    }
    if (header.missing_count > 0) {
        return KT_OK;
    }
    if (seen->found != NULL) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: row %zu: columns of the format %s and of %s, expected those of one",
                       file->name, header.line, seen->found->id, format->id);
    }
    seen->found = format;
    return KT_OK;
}

static kt_status recognise(const kt_project_formats *formats, const kt_project_file *file,
                           kt_arena *arena, const kt_project_format **out, kt_error *err)
{
    recognition seen = {0};
    const bool workbook = kt_list_is_workbook(file);
    for (size_t i = 0; i < formats->count; i++) {
        const bool *containers = formats->items[i]->containers;
        if (workbook ? !containers[KT_LIST_XLSX]
                     : !containers[KT_LIST_CSV] && !containers[KT_LIST_CSV_UNQUOTED]) {
            continue;
        }
        KT_TRY(try_format(formats->items[i], file, arena, &seen, err));
    }
    if (seen.found != NULL) {
        *out = seen.found;
        return KT_OK;
    }
    if (seen.nearest != NULL) {
        return kt_fail(
            err, KT_ERR_FORMAT,
            "%s: row %zu: no list that is known; nearest is the format %s, which has the "
            "columns %s too",
            file->name, seen.header.line, seen.nearest->id, seen.header.missing);
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s",
                   seen.error.message[0] == '\0' ? "no format of a list is known"
                                                 : seen.error.message);
}

kt_status kt_project_format_of(const kt_project_formats *formats, const kt_project_file *file,
                               const kt_project_format **out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    return recognise(formats, file, arena, out, err);
}
