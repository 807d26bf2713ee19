/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <unistd.h>

#include "all_periods.h"
#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "findings.h"
#include "month_parts.h"
#include "pipeline/signals.h"
#include "publish/dims.h"
#include "publish/table.h"
#include "revision_tables.h"
#include "series_work.h"

static kt_status load_table(kt_analysis_job *job, size_t index, kt_error *err)
{
    const kt_night *night = job->night;
    const kt_table *table = &night->tables[index];
    const kt_source *source = kt_table_source(table, job->arena);
    job->tables[index].source = source;
    if (!table->there) {
        return KT_OK;
    }
    const char *path = kt_table_cube_path(night->store, table->source, job->arena);
    const kt_classifications *classes =
        table->stop.held == NULL ? night->config->classifications
                                 : kt_table_classes(night->store, table->source, job->arena);
    if (classes == NULL) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: the classifications of its last good version",
                       table->source->id);
    }
    KT_TRY(kt_cube_load(path, job->arena, &job->cubes[index], err));
    KT_TRY(
        kt_rollup_new(job->cubes[index], source, classes, job->arena, &job->rollups[index], err));
    job->tables[index].rollup = job->rollups[index];
    KT_TRY(kt_feed_make(night->config, table->source, job->cubes[index], job->arena,
                        &job->feeds[index], err));
    if (!kt_classes_cover(job->classifications, classes)) {
        job->classifications = classes;
    }
    kt_market_table_describe(&job->tables[index], job->arena);
    return KT_OK;
}

static kt_status gather_periods(kt_analysis_job *job, kt_error *err)
{
    kt_period_list all = {0};
    const size_t sources = job->night->config->source_count;
    const kt_cube **cubes = kt_arena_array(job->arena, const kt_cube *, sources + 1);
    for (size_t i = 0; i < sources; i++) {
        cubes[i] = job->feeds[i].cube;
    }
    KT_TRY(kt_all_periods(cubes, sources, job->arena, &all, err));
    job->periods = all.at;
    job->period_count = all.count;
    return KT_OK;
}

static kt_status place_periods(kt_analysis_job *job, kt_error *err)
{
    const size_t sources = job->night->config->source_count;
    const kt_period_list all = {job->periods, job->period_count};
    job->places = kt_arena_array(job->arena, size_t, job->period_count * sources + 1);
    for (size_t i = 0; i < job->period_count * sources; i++) {
        job->places[i] = KT_NO_CODE;
    }
    for (size_t i = 0; i < sources; i++) {
        const kt_cube *feed = job->feeds[i].cube;
        kt_period *own = NULL;
        if (feed == NULL) {
            continue;
        }
        KT_TRY(kt_cube_periods(feed, job->arena, &own, err));
        for (size_t j = 0; j < feed->size[KT_ROLE_PERIOD]; j++) {
            job->places[kt_all_periods_find(&all, own[j]) * sources + i] = j;
        }
    }
    return KT_OK;
}

static kt_status open_job(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const size_t sources = config->source_count;
    job->classifications = config->classifications;
    job->cubes = kt_arena_array(job->arena, kt_cube *, sources + 1);
    job->rollups = kt_arena_array(job->arena, kt_rollup *, sources + 1);
    job->tables = kt_arena_array(job->arena, kt_market_table, sources + 1);
    job->feeds = kt_arena_array(job->arena, kt_feed, sources + 1);
    for (size_t i = 0; i < sources; i++) {
        KT_TRY(load_table(job, i, err));
    }
    KT_TRY(gather_periods(job, err));
    KT_TRY(place_periods(job, err));
    kt_markets_place(config, job->tables, job->arena, &job->markets);
    return kt_index_plan_make(config, job->arena, &job->plan, err);
}

void kt_analysis_note(kt_analysis_job *job, const kt_kept_file *file)
{
    job->files =
        kt_arena_grow(job->arena, job->files, job->file_count, &job->file_room, sizeof *job->files);
    job->files[job->file_count++] = *file;
}

kt_panel_place kt_analysis_panels(const kt_analysis_job *job)
{
    return (kt_panel_place){.folder = job->findings,
                            .parts = job->months,
                            .used = job->used_parts,
                            .known = job->files,
                            .known_count = job->file_count,
                            .threads = job->night->config->analysis.threads};
}

/* What only sources and configuration know: flows, then target groups, then needs. */
static size_t more_indicators(const kt_analysis_job *job, const kt_indicator_words **out)
{
    enum { FLOWS, GROUPS, NEEDS, KINDS };
    const kt_indicator_words *of[KINDS] = {NULL};
    const size_t counts[KINDS] = {kt_flow_indicators(job, &of[FLOWS]),
                                  kt_target_group_indicators(job, &of[GROUPS]),
                                  kt_need_indicators(job, &of[NEEDS])};
    size_t all = 0, room = 0;
    kt_indicator_words *list = NULL;
    for (size_t i = 0; i < KINDS; i++) {
        for (size_t j = 0; j < counts[i]; j++) {
            list = kt_arena_grow(job->arena, list, all, &room, sizeof *list);
            list[all++] = of[i][j];
        }
    }
    *out = list;
    return all;
}

static kt_status write_dims(kt_analysis_job *job, kt_error *err)
{
    static const char *const figures[] = {"unemployed", "vacancies", "labour_force"};
    kt_indicator_days days[sizeof figures / sizeof figures[0]];
    kt_dims dims = {.contract = job->night->config->contract,
                    .classifications = job->classifications,
                    .days = days,
                    .day_count = sizeof days / sizeof days[0]};
    for (size_t i = 0; i < dims.day_count; i++) {
        days[i] = kt_indicator_days_of(job, figures[i]);
    }
    dims.more_count = more_indicators(job, &dims.more);
    dims.region_count = kt_project_regions(job, &dims.regions);
    return kt_dims_write(&dims, job->findings, job->arena, err);
}

/* Of what is written already. */
static kt_status write_series(kt_analysis_job *job, kt_error *err)
{
    kt_series_work work = {0};
    KT_TRY(kt_signals_check(err));
    kt_status status = kt_series_work_make(job, &work, err);
    if (status == KT_OK) {
        status = kt_analyse_series(job, &work, err);
    }
    if (status == KT_OK) {
        status = kt_analyse_breaks(job, &work, err);
    }
    if (status == KT_OK) {
        status = kt_analyse_beveridge(job, err);
    }
    kt_series_work_free(&work);
    return status;
}

static kt_status write_over_time(kt_analysis_job *job, kt_error *err)
{
    KT_TRY(write_series(job, err));
    KT_TRY(kt_analyse_early_warning(job, err));
    KT_TRY(kt_analyse_occupation_balance(job, err));
    return kt_analyse_matching(job, err);
}

/* What cannot be made of the lists is told of them: the night goes on without some of them. */
static kt_status write_projects(kt_analysis_job *job, kt_error *err)
{
    kt_error why = {0};
    const kt_status status = kt_analyse_projects(job, &why);
    if (status == KT_OK) {
        return KT_OK;
    }
    job->night->lists_fault =
        status == KT_ERR_DATA ? kt_arena_copy(job->night->arena, why.message) : NULL;
    return kt_fail(err, status, "%s", why.message);
}

/* In the order in which one needs another. */
static kt_status (*const parts[])(kt_analysis_job *job, kt_error *err) = {
    write_dims,       kt_analyse_observations,  kt_analyse_two_sources,  kt_analyse_indices,
    kt_analyse_flows, kt_analyse_target_groups, kt_analyse_changes,      kt_analyse_sectors,
    write_over_time,  kt_analyse_revisions,     kt_analyse_code_changes, write_projects,
    kt_analyse_own,   kt_analyse_sources,       kt_analyse_checks,
};

static kt_status write_tables(kt_analysis_job *job, kt_error *err)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        KT_TRY(kt_signals_check(err));
        KT_TRY(parts[i](job, err));
    }
    return KT_OK;
}

/* Of what feeds, or, where no such table is there, of any. */
static int newest_year(const kt_analysis_job *job)
{
    if (job->period_count > 0) {
        return kt_period_year(job->periods[job->period_count - 1]);
    }
    int year = 0;
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        const kt_cube *cube = job->cubes[i];
        kt_period last = {0};
        if (cube != NULL &&
            kt_period_read(kt_codes_at(cube->codes[KT_ROLE_PERIOD], cube->size[KT_ROLE_PERIOD] - 1),
                           &last)) {
            year = kt_period_year(last) > year ? kt_period_year(last) : year;
        }
    }
    return year;
}

/* A table that had nothing to say is there all the same: its columns, and no row. */
static kt_status write_empty(const kt_analysis_job *job, const kt_schema *schema, kt_error *err)
{
    const char *folder = kt_path_join(job->arena, job->findings, schema->table);
    const int year = newest_year(job);
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_make(folder, err));
    KT_TRY(kt_folder_list(folder, job->arena, &names, &count, err));
    if (count > 0) {
        return KT_OK;
    }
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, year, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(schema, path, &rows, err));
    return kt_rows_close(&rows, NULL, err);
}

static kt_status fill_up(const kt_analysis_job *job, kt_error *err)
{
    const kt_contract *contract = job->night->config->contract;
    for (size_t i = 0; i < contract->table_count; i++) {
        KT_TRY(write_empty(job, &contract->tables[i], err));
    }
    return KT_OK;
}

/* The earlier findings stop being whole before they go; then the new ones take their name. */
static kt_status replace_findings(const kt_analysis_job *job, const char *findings, kt_error *err)
{
    KT_TRY(kt_findings_unmark(findings, job->arena, err));
    KT_TRY(kt_folder_remove(findings, err));
    if (rename(job->findings, findings) != 0) {
        return kt_fail_errno(err, findings, "cannot move the findings to this name");
    }
    return kt_folder_sync(job->night->store, err);
}

/* What is being made never stands where what is whole stands: a night that ends in between leaves
 * the findings of the one before. */
static kt_status make_findings(kt_analysis_job *job, kt_error *err)
{
    const kt_night *night = job->night;
    const char *findings = kt_path_join(job->arena, night->store, "findings");
    job->earlier = kt_kept_load(findings, job->arena);
    job->findings = kt_path_join(job->arena, night->store, "findings.new");
    job->months = kt_path_join(job->arena, night->workspace, "store/months");
    job->used_parts = kt_codes_new(job->arena);
    KT_TRY(kt_folder_remove(job->findings, err));
    KT_TRY(kt_folder_make(job->findings, err));
    KT_TRY(kt_folder_make(job->months, err));
    KT_TRY(kt_month_keys(job, err));
    KT_TRY(write_tables(job, err));
    KT_TRY(fill_up(job, err));
    KT_TRY(kt_kept_save(job->findings, job->files, job->file_count, job->arena, err));
    KT_TRY(kt_findings_mark(job->findings, &job->identity, job->arena, err));
    KT_TRY(replace_findings(job, findings, err));
    job->night->findings = kt_kept_copy(findings, job->files, job->file_count, night->arena);
    /* A past day uses the parts of other nights and leaves it to them to make room. */
    return night->out != NULL ? KT_OK
                              : kt_month_parts_prune(job->months, job->used_parts, job->arena, err);
}

kt_status kt_stage_analyse(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    (void)outcome;
    night->lists_fault = NULL;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("analyse", 0);
    kt_analysis_job job = {.night = night, .arena = arena, .identity = kt_run_identify(night)};
    if (job.identity.as_of == KT_NO_INSTANT) {
        return kt_fail(err, KT_ERR_NO_DATA, "no table is in the store: run transform first");
    }
    KT_TRY(open_job(&job, err));
    KT_TRY(make_findings(&job, err));
    kt_log_write(
        &night->session->log, KT_INFO, "analyse.done",
        "%zu markets in %zu periods, %zu of them computed anew, %zu that the tables cannot "
        "give",
        job.markets.count, job.period_count, job.computed_periods, job.markets.gap_count);
    return KT_OK;
}
