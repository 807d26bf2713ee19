/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "assess_checks.h"
#include "check_rows.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "publish/table.h"
#include "range_checks.h"
#include "resolved.h"

enum column {
    CHECK,
    SUBJECT,
    SEVERITY,
    RESULT,
    MEASURED,
    THRESHOLD,
    CELLS_FAILED,
    EXAMPLES,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "check",     "subject",      "severity", "result",     "measured",
    "threshold", "cells_failed", "examples", "obs_status",
};

kt_status kt_check_row_add(kt_rows *rows, kt_check_row row, kt_error *err)
{
    kt_rows_text(rows, CHECK, row.check);
    kt_rows_text(rows, SUBJECT, row.subject);
    kt_rows_text(rows, SEVERITY, row.severity);
    kt_rows_text(rows, RESULT, row.result);
    kt_rows_number(rows, MEASURED, row.measured);
    kt_rows_number(rows, THRESHOLD, row.threshold);
    kt_rows_number(rows, CELLS_FAILED, (double)row.cells_failed);
    kt_rows_text(rows, EXAMPLES, row.examples);
    kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

static kt_status add_table_checks(const kt_table *table, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; table->there && i < table->check_count; i++) {
        const kt_check *check = &table->checks[i];
        KT_TRY(kt_check_row_add(rows,
                                (kt_check_row){.check = check->name,
                                               .subject = check->subject,
                                               .severity = check->severity,
                                               .result = check->passed ? "passed" : "failed",
                                               .measured = check->measured,
                                               .threshold = check->threshold,
                                               .cells_failed = check->cells_failed,
                                               .examples = check->examples},
                                err));
    }
    return KT_OK;
}

/* A table that has ended grows older for ever. */
static kt_status add_age(const kt_analysis_job *job, const kt_table *table, kt_check_row age,
                         kt_rows *rows, kt_error *err)
{
    const kt_instant as_of = job->identity.as_of;
    const bool ended = kt_source_ended(table->source, as_of) != INT64_MAX;
    age.check = "source_age";
    age.result = "absent";
    if (table->there) {
        age.measured = (double)kt_table_age_days(table, as_of);
        age.threshold = table->source->warn_age_days;
        age.result = age.measured > age.threshold && !ended ? "failed" : "passed";
        age.examples = ended ? kt_table_ending(table->source, as_of, job->arena) : NULL;
    }
    return kt_check_row_add(rows, age, err);
}

/* Whether the newest version is the one in use, whether it came, and how old it is. */
static kt_status add_state_checks(const kt_analysis_job *job, const kt_table *table, kt_rows *rows,
                                  kt_error *err)
{
    const kt_run_identity *identity = &job->identity;
    const char *reason = NULL;
    const char *state =
        kt_table_state(job->night, table, identity->night_end, identity->as_of, &reason);
    const bool held = strcmp(state, "held") == 0;
    const bool failed = strcmp(state, "failed") == 0;
    const char *id = table->source->id;
    const kt_check_row row = {.subject = id, .severity = "note", .measured = NAN, .threshold = NAN};
    kt_check_row fetched = row;
    fetched.check = "source_fetched";
    fetched.result = failed ? "failed" : (table->there || held ? "passed" : "absent");
    fetched.examples = failed ? reason : NULL;
    KT_TRY(kt_check_row_add(rows, fetched, err));
    kt_check_row newest = row;
    newest.check = "newest_version_used";
    newest.severity = "hold";
    newest.result = held ? "failed" : (table->there ? "passed" : "absent");
    newest.examples = held ? reason : NULL;
    KT_TRY(kt_check_row_add(rows, newest, err));
    return add_age(job, table, row, rows, err);
}

/* "kunta: reason" */
static kt_status add_gap(const kt_analysis_job *job, const char *source, const char *line,
                         kt_rows *rows, kt_error *err)
{
    const char *colon = strstr(line, ": ");
    const char *level =
        colon == NULL ? line : kt_arena_copy_n(job->arena, line, (size_t)(colon - line));
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = "level_given",
                       .subject = kt_arena_print(job->arena, "%s %s", source, level),
                       .severity = "note",
                       .result = "absent",
                       .measured = NAN,
                       .threshold = NAN,
                       .examples = colon == NULL ? NULL : colon + 2},
        err);
}

static kt_status add_gaps(const kt_analysis_job *job, size_t source, kt_rows *rows, kt_error *err)
{
    const char *const *lines = NULL;
    const size_t count =
        job->rollups[source] == NULL ? 0 : kt_rollup_gaps(job->rollups[source], &lines);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_gap(job, job->night->config->sources[source]->id, lines[i], rows, err));
    }
    return KT_OK;
}

static size_t count_scopes(const kt_analysis_job *job, const char *market)
{
    size_t count = 0;
    for (size_t i = 0; i < job->markets.count; i++) {
        count += strcmp(job->markets.at[i].market.name, market) == 0 ? 1 : 0;
    }
    return count;
}

/* measured: how many rows of `observations` are marked. */
static kt_status add_break(const kt_analysis_job *job, const char *source, const kt_break *one,
                           kt_rows *rows, kt_error *err)
{
    size_t marked = 0;
    KT_TRY(kt_observations_marked(job->observations, source, one, &marked, err));
    return kt_check_row_add(
        rows,
        (kt_check_row){.check = KT_CHECK_BREAK,
                       .subject = kt_arena_print(job->arena, "%s %s", source, one->id),
                       .severity = "note",
                       .result = marked > 0 ? "passed" : "absent",
                       .measured = (double)marked,
                       .threshold = NAN,
                       .examples = kt_arena_print(job->arena, "%s: %s", one->date, one->what.en)},
        err);
}

static kt_status add_breaks(const kt_analysis_job *job, size_t source, kt_rows *rows, kt_error *err)
{
    const kt_breaks *breaks = job->night->config->breaks;
    const kt_table *table = &job->night->tables[source];
    for (size_t i = 0; breaks != NULL && table->there && i < breaks->count; i++) {
        const kt_break *one = &breaks->at[i];
        const bool within =
            kt_break_is_within(one, table->source->id, table->first_period, table->last_period);
        KT_TRY(within ? add_break(job, table->source->id, one, rows, err) : KT_OK);
    }
    return KT_OK;
}

/* measured: in how many scopes the market is given. */
static kt_status add_markets(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < job->night->config->market_count; i++) {
        const char *market = job->night->config->markets[i].name;
        const size_t scopes = count_scopes(job, market);
        KT_TRY(kt_check_row_add(rows,
                                (kt_check_row){.check = "market_given",
                                               .subject = market,
                                               .severity = "note",
                                               .result = scopes == 0 ? "absent" : "passed",
                                               .measured = (double)scopes,
                                               .threshold = NAN},
                                err));
    }
    for (size_t i = 0; i < job->markets.gap_count; i++) {
        const kt_market_gap *gap = &job->markets.gaps[i];
        KT_TRY(kt_check_row_add(rows,
                                (kt_check_row){.check = "market_given",
                                               .subject = kt_arena_print(job->arena, "%s in %s",
                                                                         gap->market, gap->scope),
                                               .severity = "note",
                                               .result = "absent",
                                               .measured = NAN,
                                               .threshold = NAN,
                                               .examples = gap->reason},
                                err));
    }
    return KT_OK;
}

/* Rows that `revisions` has no room for. */
static kt_status add_left_out(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const bool whole = job->revisions_left_out == 0;
    return kt_check_row_add(rows,
                            (kt_check_row){.check = "revisions_listed",
                                           .subject = "revisions",
                                           .severity = "note",
                                           .result = whole ? "passed" : "failed",
                                           .measured = (double)job->revisions_left_out,
                                           .threshold = 0.0,
                                           .cells_failed = job->revisions_left_out},
                            err);
}

/* By how much the newest certified ranges could be too wide. */
static kt_status add_ranges(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    kt_range_check *checks = NULL;
    size_t count = 0;
    KT_TRY(kt_range_checks_make(job, &checks, &count, err));
    for (size_t i = 0; i < count; i++) {
        const bool wide = checks[i].measured > KT_RANGE_SPARE;
        KT_TRY(kt_check_row_add(rows,
                                (kt_check_row){.check = "range_certified",
                                               .subject = checks[i].market,
                                               .severity = "note",
                                               .result = wide ? "failed" : "passed",
                                               .measured = checks[i].measured,
                                               .threshold = KT_RANGE_SPARE},
                                err));
    }
    return KT_OK;
}

static kt_status add_indices(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    KT_TRY(add_markets(job, rows, err));
    KT_TRY(kt_assess_market_checks(job, rows, err));
    return add_ranges(job, rows, err);
}

static kt_status add_found(kt_rows *rows, const char *subject, const char *found, kt_error *err)
{
    return kt_check_row_add(rows,
                            (kt_check_row){.check = "resolved",
                                           .subject = subject,
                                           .severity = "note",
                                           .result = "passed",
                                           .measured = NAN,
                                           .threshold = NAN,
                                           .examples = found},
                            err);
}

/* How sure ids and codes of the table are, and what the program found of it by itself. */
static kt_status add_resolved(const kt_analysis_job *job, const kt_table *table, kt_rows *rows,
                              kt_error *err)
{
    const kt_source *source = table->source;
    kt_resolution *found = NULL;
    KT_TRY(table->there && source->verified != NULL
               ? add_found(rows, source->id, source->verified, err)
               : KT_OK);
    const size_t count = table->there ? kt_resolutions(job->night, source, job->identity.night_end,
                                                       job->arena, &found)
                                      : 0;
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_found(rows, found[i].subject, found[i].found, err));
    }
    return KT_OK;
}

static kt_status add_table(const kt_analysis_job *job, size_t at, kt_rows *rows, kt_error *err)
{
    const kt_table *table = &job->night->tables[at];
    KT_TRY(add_table_checks(table, rows, err));
    KT_TRY(add_state_checks(job, table, rows, err));
    KT_TRY(add_resolved(job, table, rows, err));
    KT_TRY(add_gaps(job, at, rows, err));
    KT_TRY(kt_unit_checks(job, at, rows, err));
    KT_TRY(kt_assess_checks(job, at, rows, err));
    KT_TRY(add_breaks(job, at, rows, err));
    return kt_revision_checks(job, at, rows, err);
}

/* What the tables that are made of others came to. */
static kt_status add_findings(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    KT_TRY(kt_two_sources_checks(job, rows, err));
    KT_TRY(kt_project_checks(job, rows, err));
    KT_TRY(kt_x13_check(job, rows, err));
    KT_TRY(kt_breaks_searched_check(job, rows, err));
    KT_TRY(kt_curves_check(job, rows, err));
    KT_TRY(kt_sector_checks(job, rows, err));
    KT_TRY(kt_balance_checks(job, rows, err));
    KT_TRY(kt_reach_checks(job, rows, err));
    KT_TRY(kt_matching_checks(job, rows, err));
    KT_TRY(kt_warning_checks(job, rows, err));
    return kt_own_checks(job, rows, err);
}

kt_status kt_analyse_checks(kt_analysis_job *job, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, "checks");
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"checks\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, "checks"), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(schema, path, &rows, err));
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        KT_TRY(add_table(job, i, rows, err));
    }
    KT_TRY(add_left_out(job, rows, err));
    KT_TRY(add_findings(job, rows, err));
    KT_TRY(add_indices(job, rows, err));
    return kt_rows_close(&rows, NULL, err);
}
