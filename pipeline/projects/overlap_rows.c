/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "projects/rows.h"
#include "transform/project_bodies.h"

enum column {
    SNAPSHOT_AS_OF,
    CODE_A,
    CODE_B,
    COSINE,
    REGION_OVERLAP,
    TIME_OVERLAP,
    TARGET_JACCARD,
    SCORE,
    RELATION,
    SAME_BENEFICIARY,
    AREA_A,
    AREA_B,
    REVIEW,
    SHARED_TERMS,
    RANK,
    NAME_A,
    BENEFICIARY_A,
    NAME_B,
    BENEFICIARY_B,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {"snapshot_as_of",
                                           "code_a",
                                           "code_b",
                                           "cosine",
                                           "region_overlap",
                                           "time_overlap",
                                           "target_jaccard",
                                           "score",
                                           "relation",
                                           "same_beneficiary",
                                           "coordinator_area_a",
                                           "coordinator_area_b",
                                           "review",
                                           "shared_terms",
                                           "rank",
                                           "name_a",
                                           "beneficiary_a",
                                           "name_b",
                                           "beneficiary_b",
                                           "obs_status"};

#define SHARED 5 /* words that explain a pair */

/* The name and, in the column behind it, the beneficiary without persons' own firms. */
static void put_names(const kt_analysis_job *job, const kt_project *is, enum column name,
                      kt_rows *rows, kt_arena *arena)
{
    const kt_wording *wording = job->night->config->projects.wording;
    const char *shown =
        kt_project_shown_beneficiary(wording, is->text[KT_PROJECT_BENEFICIARY], arena);
    kt_rows_text(rows, name, kt_one_line(is->text[KT_PROJECT_NAME], arena));
    kt_rows_text(rows, name + 1, kt_one_line(shown, arena));
}

static int by_codes(const void *a, const void *b)
{
    const kt_project_review *x = a, *y = b;
    const int order = strcmp(x->code_a, y->code_a);
    return order != 0 ? order : strcmp(x->code_b, y->code_b);
}

static const char *review_of(const kt_project_settings *settings, const char *a, const char *b)
{
    const kt_project_review pair = {.code_a = a, .code_b = b};
    const kt_project_review *found =
        settings->review_count == 0
            ? NULL
            : bsearch(&pair, settings->reviews, settings->review_count, sizeof pair, by_codes);
    return found == NULL ? "open" : found->review;
}

static const char *terms_of(const kt_similarity *texts, const kt_project_overlap *pair,
                            kt_arena *arena)
{
    const char *words[SHARED], *all = "";
    const size_t count = kt_similarity_shared(texts, pair->a, pair->b, SHARED, arena, words);
    for (size_t i = 0; i < count; i++) {
        all = kt_arena_print(arena, "%s%s%s", all, i == 0 ? "" : " ", words[i]);
    }
    return all;
}

static void put_figures(const kt_project_overlap *pair, kt_rows *rows)
{
    kt_rows_number(rows, COSINE, kt_shown_cosine(pair->cosine));
    kt_rows_number(rows, REGION_OVERLAP, kt_shown_cosine(pair->region_overlap));
    kt_rows_number(rows, TIME_OVERLAP, kt_shown_cosine(pair->time_overlap));
    kt_rows_number(rows, TARGET_JACCARD, kt_shown_cosine(pair->target_jaccard));
    kt_rows_number(rows, SCORE, kt_shown_cosine(pair->score));
}

static kt_status add_pair(const kt_analysis_job *job, const kt_project_study *study,
                          const kt_overlap_study *of, size_t at, kt_rows *rows, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("row of a pair", 0);
    const kt_project_overlap *pair = &of->found.at[at];
    const size_t a = pair->a, b = pair->b;
    const char *code_a = study->at[a]->is.text[KT_PROJECT_PROJECT_CODE];
    const char *code_b = study->at[b]->is.text[KT_PROJECT_PROJECT_CODE];
    char day[KT_INSTANT_SIZE];
    const bool same = kt_project_same_beneficiary(&study->texts[a], &study->texts[b]);
    kt_rows_text(rows, SNAPSHOT_AS_OF, kt_day_words(kt_newest_list_day(study), day));
    kt_rows_text(rows, CODE_A, code_a);
    kt_rows_text(rows, CODE_B, code_b);
    put_figures(pair, rows);
    kt_rows_text(rows, RELATION, kt_project_tie_name(pair->tie));
    kt_rows_flag(rows, SAME_BENEFICIARY, same);
    kt_rows_text(rows, AREA_A, study->areas[a]);
    kt_rows_text(rows, AREA_B, study->areas[b]);
    kt_rows_text(rows, REVIEW, review_of(&job->night->config->projects, code_a, code_b));
    kt_rows_text(rows, SHARED_TERMS, terms_of(of->texts, pair, arena));
    kt_rows_number(rows, RANK, (double)pair->rank);
    put_names(job, &study->at[a]->is, NAME_A, rows, arena);
    put_names(job, &study->at[b]->is, NAME_B, rows, arena);
    kt_rows_status(rows, OBS_STATUS, KT_OBS_ESTIMATED);
    return kt_rows_end(rows, err);
}

kt_status kt_project_overlaps_write(const kt_analysis_job *job, const kt_project_study *study,
                                    const kt_overlap_study *of, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "project_overlaps", names, COLUMNS, &rows, err));
    for (size_t i = 0; i < of->found.count; i++) {
        KT_TRY(add_pair(job, study, of, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
