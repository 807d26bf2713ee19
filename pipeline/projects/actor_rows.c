/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "projects/bodies.h"
#include "projects/rows.h"
#include "transform/project_levels.h"

#define SOON 6 /* months */

/* The levels of regions of these tables; what is in no region at all stands with the first one. */
static const char *const levels[] = {"maakunta", "tyollisyysalue", "elinvoimakeskus",
                                     "coordinator"};
#define LEVELS (sizeof levels / sizeof levels[0])

enum column {
    REGION_LEVEL,
    REGION_CODE,
    PERIOD,
    ORGANISATION_CODE,
    ROLE,
    ORGANISATION,
    BUSINESS_ID,
    PROJECTS,
    RUNNING,
    ENDING,
    STARTING,
    PROJECTS_AROUND,
    GRANTED,
    REALISED,
    REFERENCE_DATE,
    SNAPSHOT_AS_OF,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {"region_level",
                                           "region_code",
                                           "period",
                                           "organisation_code",
                                           "role",
                                           "organisation",
                                           "business_id",
                                           "projects",
                                           "projects_running",
                                           "projects_ending",
                                           "projects_starting",
                                           "projects_around",
                                           "granted_eu_state_eur",
                                           "realised_eu_state_eur",
                                           "reference_date",
                                           "snapshot_as_of",
                                           "obs_status"};

enum ongoing_column {
    ONGOING_LEVEL,
    ONGOING_CODE,
    ONGOING_PROJECT,
    ONGOING_PHASE,
    ONGOING_WEIGHT,
    ONGOING_NAME,
    ONGOING_ORGANISATION_CODE,
    ONGOING_ORGANISATION,
    ONGOING_START,
    ONGOING_END,
    ONGOING_GRANTED,
    ONGOING_REALISED,
    ONGOING_REFERENCE,
    ONGOING_AS_OF,
    ONGOING_STATUS,
    ONGOING_COLUMNS
};

static const char *const ongoing_names[ONGOING_COLUMNS] = {"region_level",
                                                           "region_code",
                                                           "project_code",
                                                           "phase",
                                                           "weight",
                                                           "name",
                                                           "organisation_code",
                                                           "organisation",
                                                           "start_date",
                                                           "end_date",
                                                           "granted_eu_state_eur",
                                                           "realised_eu_state_eur",
                                                           "reference_date",
                                                           "snapshot_as_of",
                                                           "obs_status"};

/* What both tables are made of. */
typedef struct actors_work {
    const kt_project_study *study;
    kt_arena *arena;
    kt_bodies bodies;
    kt_actor_project *projects; /* with the places of one level at a time */
    int64_t day;                /* that of as_of */
    kt_rows *organisations, *ongoing;
} actors_work;

/* The same day so many months later, or the last day of that month. */
static int64_t months_after(int64_t day, int months)
{
    int year, month, of_month, y, m, d;
    kt_civil_from_days(day, &year, &month, &of_month);
    const int all = year * 12 + month - 1 + months;
    int64_t found = kt_days_from_civil(all / 12, all % 12 + 1, of_month);
    kt_civil_from_days(found, &y, &m, &d);
    return m == all % 12 + 1 ? found : found - d;
}

static double euros(int64_t cents)
{
    return cents == KT_NO_MONEY ? NAN : (double)cents / 100.0;
}

static void prepare(actors_work *work)
{
    const size_t count = work->study->count;
    const int64_t later = months_after(work->day, SOON);
    work->projects = kt_arena_array(work->arena, kt_actor_project, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_project *project = &work->study->at[i]->is;
        work->projects[i] =
            (kt_actor_project){.project = project,
                               .actors = work->bodies.actors[i],
                               .actor_count = work->bodies.actor_counts[i],
                               .phase = kt_project_phase_of(project, work->day, later)};
    }
}

static kt_status add_organisation(const actors_work *work, const kt_actor_row *row, kt_obs status,
                                  kt_error *err)
{
    kt_rows *rows = work->organisations;
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, REGION_LEVEL, row->level);
    kt_rows_text(rows, REGION_CODE, row->code);
    kt_rows_text(rows, PERIOD, row->period == NULL ? "unknown" : row->period);
    kt_rows_text(rows, ORGANISATION_CODE, kt_codes_at(work->bodies.codes, row->body));
    kt_rows_text(rows, ROLE, row->partner ? "partner" : "beneficiary");
    kt_rows_text(rows, ORGANISATION, work->bodies.names[row->body]);
    kt_rows_text(rows, BUSINESS_ID, work->bodies.business_ids[row->body]);
    kt_rows_number(rows, PROJECTS, (double)row->projects);
    kt_rows_number(rows, RUNNING, (double)row->running);
    kt_rows_number(rows, ENDING, (double)row->ending);
    kt_rows_number(rows, STARTING, (double)row->starting);
    kt_rows_number(rows, PROJECTS_AROUND, (double)row->around);
    kt_rows_number(rows, GRANTED, euros(row->granted));
    kt_rows_number(rows, REALISED, euros(row->realised));
    kt_rows_text(rows, REFERENCE_DATE, kt_day_words(work->day, day));
    kt_rows_text(rows, SNAPSHOT_AS_OF, kt_day_words(kt_newest_list_day(work->study), day));
    kt_rows_status(rows, OBS_STATUS, status);
    return kt_rows_end(rows, err);
}

/* The part of a project's money that lies in one of its places. */
static int64_t share_of(int64_t cents, const kt_level_places *places, size_t at, kt_arena *arena)
{
    int64_t *parts = kt_arena_array(arena, int64_t, places->count);
    double *weights = kt_arena_array(arena, double, places->count);
    if (cents == KT_NO_MONEY || !(places->at[at].weight > 0.0)) {
        return KT_NO_MONEY;
    }
    for (size_t i = 0; i < places->count; i++) {
        weights[i] = places->at[i].weight;
    }
    kt_money_split(cents, weights, places->count, parts);
    return parts[at];
}

static kt_status add_ongoing(const actors_work *work, size_t project, size_t place, kt_obs status,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("row of a project at work", 0);
    const kt_actor_project *of = &work->projects[project];
    const kt_level_place *in = &of->places.at[place];
    const size_t body = of->actors[0].body;
    const int64_t *sums = of->project->sum;
    kt_rows *rows = work->ongoing;
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, ONGOING_LEVEL, in->level);
    kt_rows_text(rows, ONGOING_CODE, in->code);
    kt_rows_text(rows, ONGOING_PROJECT, of->project->text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, ONGOING_PHASE, kt_project_phase_name(of->phase));
    kt_rows_number(rows, ONGOING_WEIGHT, in->weight);
    kt_rows_text(rows, ONGOING_NAME, kt_one_line(of->project->text[KT_PROJECT_NAME], arena));
    kt_rows_text(rows, ONGOING_ORGANISATION_CODE, kt_codes_at(work->bodies.codes, body));
    kt_rows_text(rows, ONGOING_ORGANISATION, work->bodies.names[body]);
    kt_rows_text(rows, ONGOING_START, kt_day_words(of->project->start_day, day));
    kt_rows_text(rows, ONGOING_END, kt_day_words(of->project->end_day, day));
    kt_rows_number(rows, ONGOING_GRANTED,
                   euros(share_of(sums[KT_PROJECT_GRANTED], &of->places, place, arena)));
    kt_rows_number(rows, ONGOING_REALISED,
                   euros(share_of(sums[KT_PROJECT_REALISED], &of->places, place, arena)));
    kt_rows_text(rows, ONGOING_REFERENCE, kt_day_words(work->day, day));
    kt_rows_text(rows, ONGOING_AS_OF,
                 kt_day_words(work->study->at[project]->last_snapshot_day, day));
    kt_rows_status(rows, ONGOING_STATUS, status);
    return kt_rows_end(rows, err);
}

static bool is_of(const char *row_level, const char *level)
{
    return strcmp(row_level, level) == 0 || strcmp(level, levels[0]) == 0;
}

static kt_status add_places(const actors_work *work, size_t project, const char *level,
                            kt_obs status, kt_error *err)
{
    const kt_level_places *places = &work->projects[project].places;
    for (size_t i = 0; i < places->count; i++) {
        KT_TRY(is_of(places->at[i].level, level) ? add_ongoing(work, project, i, status, err)
                                                 : KT_OK);
    }
    return KT_OK;
}

static bool is_at_work(const kt_actor_project *of)
{
    return of->phase != KT_PHASE_NONE && !kt_project_is_ghost(of->project);
}

static kt_status add_projects(const actors_work *work, const char *level, kt_obs status,
                              kt_error *err)
{
    for (size_t i = 0; i < work->study->count; i++) {
        KT_TRY(is_at_work(&work->projects[i]) ? add_places(work, i, level, status, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_level(const actors_work *work, const char *level, kt_obs status, kt_error *err)
{
    const kt_actor_rows rows = kt_actors_find(work->projects, work->study->count, work->arena);
    for (size_t i = 0; i < rows.count; i++) {
        KT_TRY(is_of(rows.at[i].level, level) ? add_organisation(work, &rows.at[i], status, err)
                                              : KT_OK);
    }
    return add_projects(work, level, status, err);
}

static kt_status add_levels(actors_work *work, const kt_placement *placement, kt_error *err)
{
    static const kt_level_place country = {"country", "SSS", 1.0};
    for (size_t i = 0; i < LEVELS; i++) {
        kt_project_level *level = kt_project_level_new(placement, levels[i], work->arena);
        for (size_t j = 0; j < work->study->count; j++) {
            work->projects[j].places =
                kt_project_level_places(level, &work->study->places[j], work->arena);
        }
        KT_TRY(add_level(work, levels[i], KT_OBS_ESTIMATED, err));
    }
    for (size_t j = 0; j < work->study->count; j++) {
        work->projects[j].places = (kt_level_places){&country, 1};
    }
    return add_level(work, country.level, KT_OBS_OBSERVED, err);
}

kt_status kt_project_actors_write(const kt_analysis_job *job, const kt_project_study *study,
                                  kt_error *err)
{
    const kt_project_settings *settings = &job->night->config->projects;
    KT_AUTO(rows) kt_rows *organisations = NULL;
    KT_AUTO(rows) kt_rows *ongoing = NULL;
    KT_TRY(kt_project_rows_open(job, "organisations", names, COLUMNS, &organisations, err));
    KT_TRY(kt_project_rows_open(job, "ongoing_projects", ongoing_names, ONGOING_COLUMNS, &ongoing,
                                err));
    if (study->count > 0) {
        actors_work work = {.study = study,
                            .arena = job->arena,
                            .bodies = kt_bodies_make(study, settings->wording, job->arena),
                            .day = kt_project_day(job),
                            .organisations = organisations,
                            .ongoing = ongoing};
        prepare(&work);
        KT_TRY(add_levels(&work, settings->placement, err));
    }
    KT_TRY(kt_rows_close(&organisations, NULL, err));
    return kt_rows_close(&ongoing, NULL, err);
}
