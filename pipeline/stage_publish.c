/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/number.h"
#include "findings.h"
#include "night.h"
#include "projects/lists.h"
#include "publish/publish.h"
#include "run_id.h"

static kt_published_source describe_source(const kt_night *night, const kt_table *table,
                                           const kt_run_identity *identity)
{
    const char *reason = NULL;
    return (kt_published_source){
        .id = table->source->id,
        .title = table->source->title,
        .address = table->address,
        .updated = table->updated,
        .first_period = table->first_period,
        .last_period = table->last_period,
        .state = kt_table_state(night, table, identity->night_end, identity->as_of, &reason),
        .licence = table->source->licence,
        .citation = table->source->citation,
        .replies = table->replies,
        .reply_count = table->reply_count,
    };
}

/* A source of lists, in the words of a table: its periods are months in which lists speak. */
static kt_published_source describe_lists(const kt_night *night, const kt_source *source,
                                          const kt_run_identity *identity)
{
    const kt_list_source lists = kt_list_source_of(night, source, identity, night->arena);
    return (kt_published_source){.id = source->id,
                                 .title = source->title,
                                 .address = lists.address,
                                 .first_period = lists.first_period,
                                 .last_period = lists.last_period,
                                 .state = lists.state,
                                 .licence = source->licence,
                                 .citation = source->citation,
                                 .replies = lists.replies,
                                 .reply_count = lists.reply_count};
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const kt_published_source *)a)->id, ((const kt_published_source *)b)->id);
}

static size_t describe_sources(const kt_night *night, const kt_run_identity *identity,
                               kt_published_source **out)
{
    const size_t sources = night->config->source_count;
    const kt_project_settings *projects = &night->config->projects;
    kt_published_source *list =
        kt_arena_array(night->arena, kt_published_source, sources + projects->source_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < sources; i++) {
        if (night->tables[i].there) {
            list[count++] = describe_source(night, &night->tables[i], identity);
        }
    }
    for (size_t i = 0; i < projects->source_count; i++) {
        list[count] = describe_lists(night, projects->sources[i], identity);
        count += list[count].reply_count > 0 ? 1 : 0;
    }
    qsort(list, count, sizeof *list, by_id);
    *out = list;
    return count;
}

/* Those of all tables, in the order of their ids. */
static size_t list_corrections(const kt_night *night, const kt_published_source *sources,
                               size_t source_count, kt_correction **out)
{
    size_t room = 0, count = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        room += night->tables[i].correction_count;
    }
    *out = kt_arena_array(night->arena, kt_correction, room + 1);
    for (size_t i = 0; i < source_count; i++) {
        const size_t at = kt_config_source(night->config, sources[i].id);
        const kt_table *table = &night->tables[at];
        for (size_t j = 0; at < night->config->source_count && j < table->correction_count; j++) {
            (*out)[count++] = table->corrections[j];
        }
    }
    return count;
}

static bool is_of_any(const kt_break *one, const kt_published_source *sources, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kt_break_is_within(one, sources[i].id, sources[i].first_period,
                               sources[i].last_period)) {
            return true;
        }
    }
    return false;
}

static kt_breaks list_breaks(const kt_night *night, const kt_published_source *sources,
                             size_t source_count)
{
    const kt_breaks *all = night->config->breaks;
    const size_t most = all == NULL ? 0 : all->count;
    kt_breaks list = {.at = kt_arena_array(night->arena, kt_break, most + 1)};
    for (size_t i = 0; i < most; i++) {
        if (is_of_any(&all->at[i], sources, source_count)) {
            list.at[list.count++] = all->at[i];
        }
    }
    return list;
}

static bool is_degraded(const kt_outcome *outcome)
{
    return outcome->failed + outcome->held + outcome->old > 0;
}

/* What a clock had to do with: it stands in the manifest's `run` block and nowhere else. */
static size_t describe_run(const kt_night *night, const kt_outcome *outcome, kt_run_fact **out)
{
    kt_run_fact *facts = kt_arena_array(night->arena, kt_run_fact, 5);
    char time[KT_INSTANT_SIZE];
    size_t count = 0;
    facts[count++] = (kt_run_fact){"command", night->note.command};
    facts[count++] = (kt_run_fact){
        "started", kt_arena_copy(night->arena, kt_instant_write(night->started, time))};
    facts[count++] = (kt_run_fact){
        "published", kt_arena_copy(night->arena, kt_instant_write(kt_instant_now(), time))};
    facts[count++] =
        (kt_run_fact){"known_until",
                      kt_arena_copy(night->arena, kt_instant_write(night->note.known_until, time))};
    facts[count++] = (kt_run_fact){"exit_code", is_degraded(outcome) ? "100" : "0"};
    *out = facts;
    return count;
}

static bool is_same_check(const kt_check_spec *wanted, const kt_finding_check *row)
{
    const size_t length = wanted->source == NULL ? 0 : strlen(wanted->source);
    return strcmp(wanted->name, row->check) == 0 && strcmp(row->result, "absent") != 0 &&
           (length == 0 || (strncmp(row->subject, wanted->source, length) == 0 &&
                            (row->subject[length] == ' ' || row->subject[length] == '\0')));
}

static bool is_waived(const kt_night *night, const kt_check_spec *wanted)
{
    const size_t source = wanted->source == NULL ? night->config->source_count
                                                 : kt_config_source(night->config, wanted->source);
    return source < night->config->source_count && !night->tables[source].there;
}

static bool has_run(const kt_check_spec *wanted, const kt_finding_check *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_same_check(wanted, &rows[i])) {
            return true;
        }
    }
    return false;
}

/* Fewer checks than the configuration names: nothing is published. */
static kt_status check_gate(const kt_night *night, const kt_finding_check *rows, size_t count,
                            kt_error *err)
{
    for (size_t i = 0; i < night->config->check_count; i++) {
        const kt_check_spec *wanted = &night->config->checks[i];
        if (!is_waived(night, wanted) && !has_run(wanted, rows, count)) {
            return kt_fail(err, KT_ERR_DATA, "nothing is published: the check %s%s%s did not run",
                           wanted->source == NULL ? "" : wanted->source,
                           wanted->source == NULL ? "" : "/", wanted->name);
        }
    }
    return KT_OK;
}

static double number_or_nan(const char *text)
{
    double number = 0.0;
    return kt_number_read(text, strlen(text), &number) ? number : (double)NAN;
}

static kt_status record_checks(const kt_night *night, const kt_finding_check *rows, size_t count,
                               kt_error *err)
{
    KT_TRY(kt_ledger_begin(night->ledger, err));
    for (size_t i = 0; i < count; i++) {
        const double failed = number_or_nan(rows[i].cells_failed);
        const kt_ledger_check check = {
            .check = rows[i].check,
            .subject = rows[i].subject,
            .severity = rows[i].severity,
            .result = rows[i].result,
            .measured = number_or_nan(rows[i].measured),
            .threshold = number_or_nan(rows[i].threshold),
            .cells_failed = failed >= 0.0 ? (size_t)failed : 0,
            .examples = rows[i].examples,
        };
        KT_TRY(kt_ledger_add_check(night->ledger, night->run, &check, err));
    }
    return kt_ledger_commit(night->ledger, err);
}

static void count_old(const kt_night *night, const kt_run_identity *identity, kt_outcome *outcome)
{
    outcome->old = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        const bool ended = kt_source_ended(table->source, identity->as_of) != INT64_MAX;
        if (table->there && !ended) {
            outcome->old +=
                kt_table_age_days(table, identity->as_of) > table->source->warn_age_days ? 1 : 0;
        }
    }
}

static kt_publication describe(const kt_night *night, const kt_run_identity *identity,
                               const char *findings)
{
    return (kt_publication){
        .contract = night->config->contract,
        .findings = findings,
        .read = &night->findings,
        .published = kt_path_join(night->arena, night->workspace, "published"),
        .out = night->out,
        .run_id = identity->run_id,
        .as_of = identity->as_of,
        .version = kt_version(),
        .configuration = night->config->hash,
        .modelled = night->config->modelled,
        .pages = &night->config->pages,
        .workbooks = night->config->pages.workbooks,
        .fi_months = (unsigned)night->config->publish.fi_months,
        .threads = night->config->analysis.threads,
    };
}

static void note_published(kt_night *night, const kt_run_identity *identity,
                           const kt_publish_result *result, kt_outcome *outcome)
{
    outcome->published = result->published;
    outcome->nothing_new = !result->published;
    night->note.run_id = kt_arena_copy(night->arena, identity->run_id);
    night->note.as_of = identity->as_of;
    night->note.folder = kt_run_folder(identity, night->arena);
    outcome->folder = result->folder;
    if (result->published) {
        kt_log_write(&night->session->log, KT_INFO, "publish.done",
                     "%s: %zu files, %zu of them linked, %zu rows, %zu new bytes", result->folder,
                     result->files, result->files_linked, result->rows, result->bytes_new);
    }
}

/* A second run, of the public tables alone, in a folder of its own. */
static kt_status publish_public(const kt_night *night, kt_publication publication, kt_error *err)
{
    if (night->config->publish.public_dir == NULL || night->out != NULL) {
        return KT_OK;
    }
    kt_publish_result result = {0};
    publication.published = night->config->publish.public_dir;
    publication.public_only = true;
    return kt_publish(&publication, night->arena, &result, err);
}

/* Before anybody sees the run: whoever makes it again, after a crash or elsewhere, knows as much.
 */
static kt_status note_knowledge(kt_night *night, const kt_run_identity *identity, bool there,
                                kt_error *err)
{
    if (there || night->out != NULL ||
        kt_known_run_find(night->known_runs, identity->run_id) != NULL) {
        return KT_OK;
    }
    const kt_known_run run = {
        .run_id = identity->run_id, .as_of = identity->as_of, .known_until = identity->known_until};
    KT_TRY(kt_known_run_add(night->workspace, &run, night->arena, err));
    return kt_known_runs_load(night->workspace, night->arena, &night->known_runs, err);
}

kt_status kt_stage_publish(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    const kt_run_identity identity = kt_run_identify(night);
    const char *findings = kt_path_join(night->arena, night->store, "findings");
    if (identity.as_of == KT_NO_INSTANT) {
        return kt_fail(err, KT_ERR_NO_DATA, "no table is in the store: run transform first");
    }
    const bool there = night->out == NULL && kt_run_is_published(night, &identity);
    if (!there && !kt_findings_are(findings, &identity, night->arena)) {
        return kt_fail(err, KT_ERR_NO_DATA,
                       "the findings are not those of run %s: run analyse first", identity.run_id);
    }
    count_old(night, &identity, outcome);
    if (!there) {
        kt_finding_check *rows = NULL;
        size_t count = 0;
        KT_TRY(kt_findings_checks(night, findings, night->arena, &rows, &count, err));
        KT_TRY(record_checks(night, rows, count, err));
        KT_TRY(check_gate(night, rows, count, err));
    }
    kt_published_source *sources = NULL;
    kt_run_fact *run = NULL;
    kt_publication publication = describe(night, &identity, findings);
    publication.source_count = describe_sources(night, &identity, &sources);
    publication.sources = sources;
    kt_correction *corrections = NULL;
    publication.correction_count =
        list_corrections(night, sources, publication.source_count, &corrections);
    publication.corrections = corrections;
    publication.breaks = list_breaks(night, sources, publication.source_count);
    publication.run_count = describe_run(night, outcome, &run);
    publication.run = run;
    kt_publish_result result = {0};
    KT_TRY(note_knowledge(night, &identity, there, err));
    KT_TRY(kt_publish(&publication, night->arena, &result, err));
    KT_TRY(publish_public(night, publication, err));
    note_published(night, &identity, &result, outcome);
    return KT_OK;
}
