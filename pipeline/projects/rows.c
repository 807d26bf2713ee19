/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/rows.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

#define DAY_S         INT64_C(86400)
#define COSINE_DIGITS 1e6 /* a cosine is good to so many */

const char *kt_day_words(int64_t day, char out[KT_INSTANT_SIZE])
{
    if (day == KT_NO_DAY) {
        out[0] = '\0';
    } else {
        kt_instant_write(day * DAY_S, out);
        out[strlen("2026-01-01")] = '\0';
    }
    return out;
}

const char *kt_one_line(const char *text, kt_arena *arena)
{
    char *line = text == NULL ? NULL : kt_arena_copy(arena, text);
    if (line != NULL) {
        kt_text_flatten(line);
    }
    return line;
}

kt_status kt_project_rows_open(const kt_analysis_job *job, const char *table,
                               const char *const *names, size_t count, kt_rows **out, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, table);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"%s\"", table);
    }
    KT_TRY(kt_schema_expect(schema, names, count, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, table), err));
    return kt_rows_open_unsorted(
        schema, kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena)),
        out, err);
}

int64_t kt_project_day(const kt_analysis_job *job)
{
    const int64_t judged_on = job->night->config->projects.judged_on;
    return judged_on != 0 ? judged_on : job->identity.as_of / DAY_S;
}

double kt_shown_cosine(double value)
{
    return round(value * COSINE_DIGITS) / COSINE_DIGITS;
}

int64_t kt_newest_list_day(const kt_project_study *study)
{
    int64_t newest = KT_NO_DAY;
    for (size_t i = 0; i < study->count; i++) {
        const int64_t day = study->at[i]->last_snapshot_day;
        newest = day > newest ? day : newest;
    }
    return newest;
}

enum region_column {
    REGION_PROJECT,
    REGION_LEVEL,
    REGION_CODE,
    REGION_ROLE,
    REGION_WEIGHT,
    REGION_BASIS,
    REGION_DATE,
    REGION_STATUS,
    REGION_COLUMNS
};

static const char *const region_names[REGION_COLUMNS] = {
    "project_code", "region_level", "region_code",    "role",
    "weight",       "basis",        "snapshot_as_of", "obs_status"};

/* What the list or a person says of the place; the rest is told by something else. */
static bool is_said(kt_place_basis basis)
{
    return basis == KT_PLACE_STATED || basis == KT_PLACE_EQUAL_SPLIT ||
           basis == KT_PLACE_LOCATION_CODE || basis == KT_PLACE_POSTCODE;
}

static kt_status add_place(const kt_project_version *version, const kt_project_place *place,
                           kt_rows *rows, kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, REGION_PROJECT, version->is.text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, REGION_LEVEL, place->level);
    kt_rows_text(rows, REGION_CODE, place->code);
    kt_rows_text(rows, REGION_ROLE, kt_place_role_name(place->role));
    kt_rows_number(rows, REGION_WEIGHT, place->weight);
    kt_rows_text(rows, REGION_BASIS, kt_place_basis_name(place->basis));
    kt_rows_text(rows, REGION_DATE, kt_day_words(version->last_snapshot_day, day));
    kt_rows_status(rows, REGION_STATUS, is_said(place->basis) ? KT_OBS_OBSERVED : KT_OBS_ESTIMATED);
    return kt_rows_end(rows, err);
}

static kt_status add_places(const kt_project_study *study, size_t at, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < study->places[at].count; i++) {
        KT_TRY(add_place(study->at[at], &study->places[at].at[i], rows, err));
    }
    return KT_OK;
}

static kt_status write_regions(const kt_analysis_job *job, const kt_project_study *study,
                               kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "project_regions", region_names, REGION_COLUMNS, &rows, err));
    for (size_t i = 0; i < study->count; i++) {
        KT_TRY(add_places(study, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

enum theme_column {
    THEME_PROJECT,
    THEME_SCHEME,
    THEME_CODE,
    THEME_WEIGHT,
    THEME_BASIS,
    THEME_CONFIDENCE,
    THEME_DATE,
    THEME_STATUS,
    THEME_COLUMNS
};

static const char *const theme_names[THEME_COLUMNS] = {"project_code",   "scheme",    "code",
                                                       "weight",         "basis",     "confidence",
                                                       "snapshot_as_of", "obs_status"};

static kt_obs theme_status(const kt_project_theme *theme)
{
    return strcmp(theme->basis, "stated") == 0 ? KT_OBS_OBSERVED : KT_OBS_ESTIMATED;
}

static kt_status add_theme(const kt_project_version *version, const kt_project_theme *theme,
                           kt_rows *rows, kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, THEME_PROJECT, version->is.text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, THEME_SCHEME, theme->scheme);
    kt_rows_text(rows, THEME_CODE, theme->code);
    kt_rows_number(rows, THEME_WEIGHT, theme->weight);
    kt_rows_text(rows, THEME_BASIS, theme->basis);
    kt_rows_number(rows, THEME_CONFIDENCE, theme->confidence);
    kt_rows_text(rows, THEME_DATE, kt_day_words(version->last_snapshot_day, day));
    kt_rows_status(rows, THEME_STATUS, theme_status(theme));
    return kt_rows_end(rows, err);
}

static kt_status add_themes(const kt_project_study *study, size_t at, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < study->themes[at].count; i++) {
        KT_TRY(add_theme(study->at[at], &study->themes[at].at[i], rows, err));
    }
    return KT_OK;
}

static kt_status write_themes(const kt_analysis_job *job, const kt_project_study *study,
                              kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "project_themes", theme_names, THEME_COLUMNS, &rows, err));
    for (size_t i = 0; i < study->count; i++) {
        KT_TRY(add_themes(study, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

kt_status kt_project_places_write(const kt_analysis_job *job, const kt_project_study *study,
                                  kt_error *err)
{
    KT_TRY(write_regions(job, study, err));
    return write_themes(job, study, err);
}
