/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "projects/model_uses.h"
#include "projects/rows.h"
#include "transform/project_levels.h"

enum column {
    MODEL_ID,
    NAME,
    THEME,
    DESCRIPTION,
    SOURCE_PROJECTS,
    EVIDENCE,
    BASIS,
    USES,
    USES_ROOTED,
    USES_ENDED,
    MAAKUNNAT,
    REFERENCE_DATE,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "model_id", "name",        "theme",      "description", "source_projects", "evidence",  "basis",
    "uses",     "uses_rooted", "uses_ended", "maakunnat",   "reference_date",  "obs_status"};

enum use_column {
    USE_MODEL,
    USE_LEVEL,
    USE_REGION,
    USE_ORGANISATION_CODE,
    USE_STATE,
    USE_ORGANISATION,
    USE_SINCE,
    USE_SOURCE,
    USE_BASIS,
    USE_NEEDS,
    USE_REFERENCE_DATE,
    USE_STATUS,
    USE_COLUMNS
};

static const char *const use_names[USE_COLUMNS] = {
    "model_id", "region_level", "region_code",    "organisation_code",
    "state",    "organisation", "since",          "source",
    "basis",    "needs",        "reference_date", "obs_status"};

#define ABSENT     "absent" /* the state of a model that nobody uses where its need is high */
#define NO_BODY    "_Z"
#define LEVEL_NAME "maakunta"

typedef struct models_work {
    const kt_analysis_job *job;
    kt_known_models known;
    kt_project_level *maakunnat;
    size_t maakunta_count;
    const kt_theme_gaps *gaps;
    int64_t day;
} models_work;

static const char *basis_of(bool kept)
{
    return kept ? "stated" : "portfolio";
}

static kt_obs status_of(bool kept)
{
    return kept ? KT_OBS_OBSERVED : KT_OBS_ESTIMATED;
}

/* What a model comes to. */
typedef struct use_counts {
    size_t uses, rooted, ended;
    kt_codes *maakunnat; /* that uses lie in */
    bool national;
} use_counts;

static kt_level_places maakunnat_of(const models_work *work, const kt_known_use *use)
{
    const kt_project_place place = {
        .level = use->level, .code = use->code, .weight = 1.0, .role = KT_PLACE_IMPLEMENTATION};
    const kt_project_places places = {.at = &place, .count = 1};
    return kt_project_level_places(work->maakunnat, &places, work->job->arena);
}

static void count_places(const models_work *work, const kt_known_use *use, use_counts *counts)
{
    const kt_level_places found = maakunnat_of(work, use);
    for (size_t i = 0; i < found.count; i++) {
        const kt_level_place *in = &found.at[i];
        counts->national = counts->national || strcmp(in->level, KT_LEVEL_NATIONAL) == 0;
        if (in->weight > 0.0 && strcmp(in->level, LEVEL_NAME) == 0 && in->code[0] != '_') {
            (void)kt_codes_intern(counts->maakunnat, in->code);
        }
    }
}

static use_counts count_uses(const models_work *work, size_t model)
{
    use_counts counts = {.maakunnat = kt_codes_new(work->job->arena)};
    for (size_t i = 0; i < work->known.use_count; i++) {
        const kt_known_use *use = &work->known.uses[i];
        if (use->model != model) {
            continue;
        }
        if (use->state == KT_MODEL_ENDED) {
            counts.ended++;
        } else {
            counts.uses++;
            counts.rooted += use->state == KT_MODEL_ROOTED ? 1 : 0;
            count_places(work, use, &counts);
        }
    }
    return counts;
}

static kt_status add_model(const models_work *work, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_known_model *model = &work->known.at[at];
    const use_counts counts = count_uses(work, at);
    const size_t maakunnat =
        counts.national ? work->maakunta_count : kt_codes_count(counts.maakunnat);
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, MODEL_ID, model->id);
    kt_rows_text(rows, NAME, kt_one_line(model->name, work->job->arena));
    kt_rows_text(rows, THEME, model->theme);
    kt_rows_text(rows, DESCRIPTION, kt_one_line(model->description, work->job->arena));
    kt_rows_text(rows, SOURCE_PROJECTS, model->sources);
    kt_rows_text(rows, EVIDENCE, kt_one_line(model->evidence, work->job->arena));
    kt_rows_text(rows, BASIS, basis_of(model->kept));
    kt_rows_number(rows, USES, (double)counts.uses);
    kt_rows_number(rows, USES_ROOTED, (double)counts.rooted);
    kt_rows_number(rows, USES_ENDED, (double)counts.ended);
    kt_rows_number(rows, MAAKUNNAT, (double)maakunnat);
    kt_rows_text(rows, REFERENCE_DATE, kt_day_words(work->day, day));
    kt_rows_status(rows, OBS_STATUS, status_of(model->kept));
    return kt_rows_end(rows, err);
}

static kt_status add_use(const models_work *work, const kt_known_use *use, kt_rows *rows,
                         kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, USE_MODEL, work->known.at[use->model].id);
    kt_rows_text(rows, USE_LEVEL, use->level);
    kt_rows_text(rows, USE_REGION, use->code);
    kt_rows_text(rows, USE_ORGANISATION_CODE, use->organisation.code);
    kt_rows_text(rows, USE_STATE, kt_model_state_name(use->state));
    kt_rows_text(rows, USE_ORGANISATION, use->organisation.name);
    kt_rows_text(rows, USE_SINCE, kt_day_words(use->since, day));
    kt_rows_text(rows, USE_SOURCE, kt_one_line(use->source, work->job->arena));
    kt_rows_text(rows, USE_BASIS, basis_of(use->kept));
    kt_rows_empty(rows, USE_NEEDS);
    kt_rows_text(rows, USE_REFERENCE_DATE, kt_day_words(work->day, day));
    kt_rows_status(rows, USE_STATUS, status_of(use->kept));
    return kt_rows_end(rows, err);
}

/* Where the live uses of a model are. */
typedef struct use_reach {
    size_t live;
    kt_codes *maakunnat; /* that a place of theirs has part of */
    bool anywhere;       /* one is of the whole country, or nobody knows where */
} use_reach;

static void reach(const models_work *work, const kt_known_use *use, use_reach *out)
{
    const kt_level_places found = maakunnat_of(work, use);
    out->live++;
    for (size_t i = 0; i < found.count; i++) {
        const bool placed = strcmp(found.at[i].level, LEVEL_NAME) == 0;
        out->anywhere = out->anywhere || !placed;
        if (placed) {
            (void)kt_codes_intern(out->maakunnat, found.at[i].code);
        }
    }
}

static use_reach reach_of(const models_work *work, size_t model)
{
    use_reach out = {.maakunnat = kt_codes_new(work->job->arena)};
    for (size_t i = 0; i < work->known.use_count; i++) {
        const kt_known_use *use = &work->known.uses[i];
        if (use->model == model && use->state != KT_MODEL_ENDED) {
            reach(work, use, &out);
        }
    }
    return out;
}

/* True if the theme is one of those that '|' joins. */
static bool has_theme(const char *themes, const char *theme)
{
    const size_t length = strlen(theme);
    for (const char *at = strstr(themes, theme); at != NULL; at = strstr(at + 1, theme)) {
        if ((at == themes || at[-1] == '|') && (at[length] == '\0' || at[length] == '|')) {
            return true;
        }
    }
    return false;
}

/* The needs of a model that are high in a maakunta, each once. */
static const char *needs_in(const models_work *work, const kt_known_model *model, size_t first)
{
    const kt_theme_gaps *gaps = work->gaps;
    const char *all = "";
    for (size_t i = first; i < gaps->count; i++) {
        const kt_theme_gap *gap = &gaps->at[i];
        if (strcmp(gap->maakunta, gaps->at[first].maakunta) == 0 &&
            has_theme(model->theme, gap->theme) && !has_theme(all, gap->need)) {
            all = kt_arena_print(work->job->arena, "%s%s%s", all, all[0] == '\0' ? "" : "|",
                                 gap->need);
        }
    }
    return all;
}

/* An earlier gap of the model's themes is in the same maakunta, whose row has all needs. */
static bool is_told(const models_work *work, const kt_known_model *model, size_t at)
{
    const kt_theme_gaps *gaps = work->gaps;
    bool told = false;
    for (size_t i = 0; i < at; i++) {
        told = told || (strcmp(gaps->at[i].maakunta, gaps->at[at].maakunta) == 0 &&
                        has_theme(model->theme, gaps->at[i].theme));
    }
    return told;
}

static kt_status add_absence(const models_work *work, const kt_known_model *model, size_t gap,
                             kt_rows *rows, kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, USE_MODEL, model->id);
    kt_rows_text(rows, USE_LEVEL, LEVEL_NAME);
    kt_rows_text(rows, USE_REGION, work->gaps->at[gap].maakunta);
    kt_rows_text(rows, USE_ORGANISATION_CODE, NO_BODY);
    kt_rows_text(rows, USE_STATE, ABSENT);
    kt_rows_empty(rows, USE_ORGANISATION);
    kt_rows_empty(rows, USE_SINCE);
    kt_rows_empty(rows, USE_SOURCE);
    kt_rows_empty(rows, USE_BASIS);
    kt_rows_text(rows, USE_NEEDS, needs_in(work, model, gap));
    kt_rows_text(rows, USE_REFERENCE_DATE, kt_day_words(work->day, day));
    kt_rows_status(rows, USE_STATUS, KT_OBS_ESTIMATED);
    return kt_rows_end(rows, err);
}

/* A model of the lists that nobody uses any more is not missed. */
static kt_status add_absences(const models_work *work, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_known_model *model = &work->known.at[at];
    const use_reach there = reach_of(work, at);
    if (there.anywhere || (there.live == 0 && !model->kept)) {
        return KT_OK;
    }
    for (size_t i = 0; i < work->gaps->count; i++) {
        const kt_theme_gap *gap = &work->gaps->at[i];
        const bool absent = has_theme(model->theme, gap->theme) && !is_told(work, model, i) &&
                            kt_codes_find(there.maakunnat, gap->maakunta) == KT_NO_CODE;
        KT_TRY(absent ? add_absence(work, model, i, rows, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_all(const models_work *work, kt_rows *models, kt_rows *uses, kt_error *err)
{
    for (size_t i = 0; i < work->known.count; i++) {
        KT_TRY(add_model(work, i, models, err));
        KT_TRY(add_absences(work, i, uses, err));
    }
    for (size_t i = 0; i < work->known.use_count; i++) {
        KT_TRY(add_use(work, &work->known.uses[i], uses, err));
    }
    return KT_OK;
}

kt_status kt_project_models_write(const kt_analysis_job *job, const kt_project_study *study,
                                  const kt_theme_gaps *gaps, kt_error *err)
{
    const kt_project_settings *settings = &job->night->config->projects;
    KT_AUTO(rows) kt_rows *models = NULL;
    KT_AUTO(rows) kt_rows *uses = NULL;
    KT_TRY(kt_project_rows_open(job, "models", names, COLUMNS, &models, err));
    KT_TRY(kt_project_rows_open(job, "model_use", use_names, USE_COLUMNS, &uses, err));
    if (settings->placement != NULL) {
        const int64_t day = kt_project_day(job);
        const models_work work = {
            .job = job,
            .known =
                kt_known_models_make(study, settings, job->night->lists->models, day, job->arena),
            .maakunnat = kt_project_level_new(settings->placement, LEVEL_NAME, job->arena),
            .maakunta_count = kt_maakunta_count(&job->night->config->classifications->regions),
            .gaps = gaps,
            .day = day};
        KT_TRY(add_all(&work, models, uses, err));
    }
    KT_TRY(kt_rows_close(&models, NULL, err));
    return kt_rows_close(&uses, NULL, err);
}
