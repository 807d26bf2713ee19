/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "project_lists.h"

#define DAY_S INT64_C(86400)

static const char *words_of(const kt_list_file *file, kt_arena *arena)
{
    if (file->held != NULL) {
        return file->held;
    }
    if (file->reject_count > 0) {
        return kt_arena_print(arena, "row %zu: %s", file->rejects[0].line, file->rejects[0].reason);
    }
    return file->warning_count > 0 ? file->warnings[0] : NULL;
}

static kt_check_row row_of(const kt_list_file *file, kt_arena *arena)
{
    char day[KT_INSTANT_SIZE];
    const bool held = file->held != NULL;
    const bool doubtful = file->reject_count > 0 || file->warned > 0;
    return (kt_check_row){
        .check = KT_CHECK_LIST,
        .subject = kt_arena_print(arena, "%s %s %.10s %.8s", file->source->id, file->name,
                                  kt_instant_write(file->snapshot_day * DAY_S, day),
                                  file->receipt->sha256),
        .severity = held ? "hold" : "note",
        .result = held       ? "failed"
                  : doubtful ? "warn"
                             : "passed",
        .measured = held ? NAN : (double)file->projects,
        .threshold = NAN,
        .cells_failed = file->reject_count,
        .examples = words_of(file, arena)};
}

kt_status kt_project_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_project_lists *lists = job->night->lists;
    for (size_t i = 0; i < lists->count; i++) {
        KT_TRY(kt_check_row_add(rows, row_of(&lists->at[i], job->arena), err));
    }
    return KT_OK;
}
