/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/cleanup.h"
#include "projects/laari.h"
#include "projects/rows.h"

enum column {
    LAARI_ID,
    BASIS,
    NAME_EN,
    NAME_FI,
    NAME_SV,
    THEME,
    METHOD,
    PERIOD,
    PRIMARY_INDICATOR,
    MIN_PROJECTS,
    VALID_FROM,
    VALID_TO,
    PROJECTS_N,
    PROJECTS,
    MEAN_COSINE,
    SILHOUETTE,
    SNAPSHOT_AS_OF,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "laari_id",   "basis",    "name_en",           "name_fi",      "name_sv",        "theme",
    "method",     "period",   "primary_indicator", "min_projects", "valid_from",     "valid_to",
    "projects_n", "projects", "mean_cosine",       "silhouette",   "snapshot_as_of", "obs_status"};

/* What a row says of a cluster beside its projects. */
typedef struct laari_words {
    const char *id, *basis;
    kt_words name;
    const char *theme, *method, *period, *primary;
    double min_projects; /* NAN */
    int64_t from, to;
} laari_words;

static laari_words configured(const kt_laari *laari)
{
    return (laari_words){.id = laari->id,
                         .basis = "configured",
                         .name = laari->name,
                         .theme = laari->theme,
                         .method = laari->method,
                         .period = laari->period,
                         .primary = laari->primary_indicator,
                         .min_projects = (double)laari->min_projects,
                         .from = laari->valid_from,
                         .to = laari->valid_to};
}

/* A suggested cluster is called after its first project. */
static laari_words suggested(const kt_project_study *study, size_t first, kt_arena *arena)
{
    const kt_project *project = &study->at[first]->is;
    const char *name = kt_one_line(project->text[KT_PROJECT_NAME], arena);
    return (laari_words){.id = project->text[KT_PROJECT_PROJECT_CODE],
                         .basis = "suggested",
                         .name = {.en = name, .fi = name, .sv = name},
                         .min_projects = NAN,
                         .from = KT_NO_DAY,
                         .to = KT_NO_DAY};
}

static const char *codes_of(const kt_project_study *study, const kt_laari_study *laarit,
                            size_t cluster, size_t *first, kt_arena *arena)
{
    KT_AUTO(text) kt_text all = {0};
    *first = KT_NO_PROJECT;
    for (size_t i = 0; i < study->count; i++) {
        if (laarit->of[i] == cluster) {
            *first = *first == KT_NO_PROJECT ? i : *first;
            kt_text_print(&all, "%s%s", all.length > 0 ? "|" : "",
                          study->at[i]->is.text[KT_PROJECT_PROJECT_CODE]);
        }
    }
    return all.length > 0 ? kt_arena_copy(arena, all.bytes) : "";
}

static kt_status add_laari(const kt_analysis_job *job, const kt_project_study *study,
                           const kt_laari_study *laarit, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_project_settings *settings = &job->night->config->projects;
    const bool is_configured = at < laarit->configured;
    char day[KT_INSTANT_SIZE];
    size_t first;
    const char *codes = codes_of(study, laarit, at, &first, job->arena);
    const laari_words words =
        is_configured ? configured(&settings->laarit->at[at]) : suggested(study, first, job->arena);
    kt_rows_text(rows, LAARI_ID, words.id);
    kt_rows_text(rows, BASIS, words.basis);
    kt_rows_text(rows, NAME_EN, words.name.en);
    kt_rows_text(rows, NAME_FI, words.name.fi);
    kt_rows_text(rows, NAME_SV, words.name.sv);
    kt_rows_text(rows, THEME, words.theme);
    kt_rows_text(rows, METHOD, words.method);
    kt_rows_text(rows, PERIOD, words.period);
    kt_rows_text(rows, PRIMARY_INDICATOR, words.primary);
    kt_rows_number(rows, MIN_PROJECTS, words.min_projects);
    kt_rows_text(rows, VALID_FROM, kt_day_words(words.from, day));
    kt_rows_text(rows, VALID_TO, kt_day_words(words.to, day));
    kt_rows_number(rows, PROJECTS_N, (double)laarit->sizes[at]);
    kt_rows_text(rows, PROJECTS, codes);
    const bool known = laarit->cohesion != NULL;
    kt_rows_number(rows, MEAN_COSINE,
                   known ? kt_shown_cosine(laarit->cohesion[at].mean_cosine) : NAN);
    kt_rows_number(rows, SILHOUETTE,
                   known ? kt_shown_cosine(laarit->cohesion[at].silhouette) : NAN);
    kt_rows_text(rows, SNAPSHOT_AS_OF, kt_day_words(kt_newest_list_day(study), day));
    kt_rows_status(rows, OBS_STATUS, is_configured ? KT_OBS_OBSERVED : KT_OBS_ESTIMATED);
    return kt_rows_end(rows, err);
}

kt_status kt_project_laari_write(const kt_analysis_job *job, const kt_project_study *study,
                                 const kt_laari_study *laarit, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "laari", names, COLUMNS, &rows, err));
    for (size_t i = 0; i < laarit->count; i++) {
        KT_TRY(add_laari(job, study, laarit, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
