/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/text.h"
#include "projects/money.h"
#include "projects/rejected.h"
#include "projects/rows.h"

#define DAY_S    INT64_C(86400)
#define EXAMPLES 3

/* All may read it: no cell of a list, no figure of a report, nor which project is in doubt. */
static const char *words_of(const kt_list_file *file, kt_arena *arena)
{
    if (file->held != NULL) {
        return file->held_shown;
    }
    if (file->reject_count > 0) {
        const kt_project_reject *reject = &file->rejects[0];
        return kt_arena_print(arena, "row %zu: %s", reject->line,
                              reject->shown == NULL ? "not taken" : reject->shown);
    }
    return file->warning_count > 0 ? file->warnings[0].shown : NULL;
}

static const char *subject_of(const kt_list_file *file, kt_arena *arena)
{
    char day[KT_INSTANT_SIZE];
    return kt_arena_print(arena, "%s %s %.10s %.8s", file->source->id, file->name,
                          kt_instant_write(file->snapshot_day * DAY_S, day), file->receipt->sha256);
}

static kt_check_row row_of(const kt_list_file *file, kt_arena *arena)
{
    const bool held = file->held != NULL && !file->is_to_come;
    const bool doubtful = file->reject_count > 0 || file->warned > 0 || file->is_to_come;
    return (kt_check_row){.check = KT_CHECK_LIST,
                          .subject = subject_of(file, arena),
                          .severity = held ? "hold" : "note",
                          .result = held       ? "failed"
                                    : doubtful ? "warn"
                                               : "passed",
                          .measured = file->held != NULL ? NAN : (double)file->projects,
                          .threshold = NAN,
                          .cells_failed = file->reject_count,
                          .examples = words_of(file, arena)};
}

static kt_check_row rejected_row(const kt_list_file *file, kt_arena *arena)
{
    const bool lacks = file->reject_count > 0;
    const bool unknown = lacks && file->rejected.with_money == 0;
    return (kt_check_row){.check = KT_CHECK_REJECTED,
                          .subject = subject_of(file, arena),
                          .severity = "note",
                          .result = lacks ? "warn" : "passed",
                          .measured = unknown ? NAN : (double)file->rejected.cents / 100.0,
                          .threshold = 0.0,
                          .cells_failed = file->reject_count,
                          .examples = lacks ? kt_list_rejected_words(file, arena) : NULL};
}

static kt_status add_list(const kt_analysis_job *job, const kt_list_file *file, kt_rows *rows,
                          kt_error *err)
{
    const bool is_taken = file->held == NULL && kt_list_file_is_list(file);
    if (file->replaced) {
        return KT_OK;
    }
    KT_TRY(kt_check_row_add(rows, row_of(file, job->arena), err));
    return is_taken ? kt_check_row_add(rows, rejected_row(file, job->arena), err) : KT_OK;
}

/* "row 2 of 2025-01-01, row 4 of 2025-01-01", of their lists; the number of projects is *count. */
static const char *strange_places(const kt_project_study *study, const char *format, size_t *count,
                                  kt_arena *arena)
{
    char day[KT_INSTANT_SIZE];
    const char *words = NULL;
    *count = 0;
    for (size_t i = 0; i < study->count; i++) {
        const kt_project *project = &study->at[i]->is;
        const kt_project_places *places = &study->places[i];
        if (strcmp(project->format, format) != 0 || places->unknown_count == 0) {
            continue;
        }
        if (*count < EXAMPLES) {
            words = kt_arena_print(arena, "%s%srow %zu of %s", words == NULL ? "" : words,
                                   words == NULL ? "" : ", ", project->source_row,
                                   kt_day_words(project->snapshot_day, day));
        }
        (*count)++;
    }
    return words;
}

/* The first project of that format. */
static bool is_first_of(const kt_project_study *study, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(study->at[i]->is.format, study->at[at]->is.format) == 0) {
            return false;
        }
    }
    return true;
}

static kt_status add_places(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_project_study *study = job->projects;
    for (size_t i = 0; i < study->count; i++) {
        if (!is_first_of(study, i)) {
            continue;
        }
        const char *format = study->at[i]->is.format;
        size_t count = 0;
        const char *words = strange_places(study, format, &count, job->arena);
        KT_TRY(kt_check_row_add(rows,
                                (kt_check_row){.check = KT_CHECK_PLACES,
                                               .subject = format,
                                               .severity = "note",
                                               .result = count > 0 ? "warn" : "passed",
                                               .measured = (double)count,
                                               .threshold = 0.0,
                                               .cells_failed = count,
                                               .examples = words},
                                err));
    }
    return KT_OK;
}

/* "located 1200.50" */
static const char *part(const char *name, int64_t cents, kt_arena *arena)
{
    char amount[KT_MONEY_SIZE];
    return kt_arena_print(arena, "%s %s", name, kt_money_write(cents, amount));
}

static kt_check_row money_row(const kt_project_money *of, kt_arena *arena)
{
    const int64_t off = of->listed - of->located - of->national - of->shared - of->unlocated;
    return (kt_check_row){
        .check = KT_CHECK_MONEY,
        .subject = kt_arena_print(arena, "%s %s %s", of->level, of->period, of->kind),
        .severity = "hold",
        .result = off != 0 ? "failed" : "passed",
        .measured = (double)off / 100.0,
        .threshold = 0.0,
        .cells_failed = off != 0 ? 1 : 0,
        .examples = kt_arena_print(
            arena, "%s: %s, %s, %s, %s", part("listed", of->listed, arena),
            part("located", of->located, arena), part("national", of->national, arena),
            part("shared", of->shared, arena), part("unlocated", of->unlocated, arena))};
}

static kt_status add_moneys(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < job->moneys->count; i++) {
        KT_TRY(kt_check_row_add(rows, money_row(&job->moneys->at[i], job->arena), err));
    }
    return KT_OK;
}

kt_status kt_project_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_project_lists *lists = job->night->lists;
    for (size_t i = 0; i < lists->count; i++) {
        KT_TRY(add_list(job, &lists->at[i], rows, err));
    }
    KT_TRY(add_places(job, rows, err));
    return add_moneys(job, rows, err);
}
