/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/file.h"
#include "core/text.h"
#include "explain.h"
#include "failed_together.h"
#include "fetch_settings.h"
#include "night.h"
#include "resolved.h"
#include "run_id.h"

#define HTTP_OK 200

/* What is wrong with an answer. Asked again, a service mostly says the same: told once. */
typedef struct fault {
    const char *source;
    const char *purpose;
    const char *words;
    bool is_told;
} fault;

/* What the callbacks of one stage share. */
typedef struct work {
    kt_night *night;
    fault *faults;
    size_t fault_count, fault_room;
    kt_progress *progress;
    const char *source; /* whose progress is being shown */
} work;

static const char *purpose_word(kt_purpose purpose)
{
    static const char *const words[] = {
        [KT_PURPOSE_CONFIG] = "limits",
        [KT_PURPOSE_METADATA] = "metadata",
        [KT_PURPOSE_PROBE] = "probe",
        [KT_PURPOSE_DATA] = "data",
    };
    return words[purpose];
}

static void tell_fault(const kt_night *night, fault *of)
{
    kt_log_write(&night->session->log, KT_WARNING, "fetch.fault", "%s: %s: %s", of->source,
                 of->purpose, of->words);
    of->is_told = true;
}

/* Each once. */
static fault *keep_fault(work *job, const char *source, const char *purpose, const char *words)
{
    kt_arena *arena = job->night->arena;
    for (size_t i = 0; i < job->fault_count; i++) {
        fault *kept = &job->faults[i];
        if (strcmp(kept->source, source) == 0 && strcmp(kept->words, words) == 0) {
            return kept;
        }
    }
    job->faults =
        kt_arena_grow(arena, job->faults, job->fault_count, &job->fault_room, sizeof(fault));
    fault *kept = &job->faults[job->fault_count++];
    *kept = (fault){kt_arena_copy(arena, source), purpose, kt_arena_copy(arena, words), false};
    return kept;
}

/* Tells what is kept of a source (NULL: of all) but what the words say in the end. */
static void tell_kept(const work *job, const char *source, const char *words)
{
    for (size_t i = 0; i < job->fault_count; i++) {
        fault *kept = &job->faults[i];
        if (!kept->is_told && (source == NULL || strcmp(kept->source, source) == 0) &&
            (words == NULL || strstr(words, kept->words) == NULL)) {
            tell_fault(job->night, kept);
        }
    }
}

/* Every file of a folder that was refused, those too that were known to be bad. */
static void keep_refusals(work *job, const kt_fetch_result *result)
{
    for (size_t i = 0; i < result->refusal_count; i++) {
        (void)keep_fault(job, result->source->id, purpose_word(KT_PURPOSE_PROBE),
                         result->refusals[i]);
    }
}

/* Of an answer that came, people are told when it is clear whether another one was good; of a file,
 * when all files of its folder were looked at. */
static void note_fault(work *job, const kt_receipt *receipt)
{
    fault *kept = keep_fault(job, receipt->source, purpose_word(receipt->purpose),
                             kt_text_unnamed(receipt->fault, receipt->source));
    const bool came = receipt->status == HTTP_OK || kt_text_starts(receipt->url, "file:");
    const bool may_pass = came && receipt->purpose != KT_PURPOSE_CONFIG;
    if (!kept->is_told && !may_pass) {
        tell_fault(job->night, kept);
    }
}

static kt_status exchanged(void *context, const kt_receipt *receipt, kt_error *err)
{
    work *job = context;
    const kt_log *log = &job->night->session->log;
    if (receipt->fault != NULL) {
        note_fault(job, receipt);
    } else if (log->json) { /* for people there is a line of progress */
        kt_log_write(log, KT_INFO, "fetch.reply", "%s: %s, part %zu of %zu, %zu bytes",
                     receipt->source, purpose_word(receipt->purpose), receipt->part + 1,
                     receipt->parts == 0 ? 1 : receipt->parts, receipt->bytes);
    }
    return kt_ledger_add_reply(job->night->ledger, receipt, err);
}

static void end_progress(work *job)
{
    if (job->progress != NULL) {
        kt_progress_end(job->progress);
    }
    job->progress = NULL;
    job->source = NULL;
}

static void progressed(void *context, const char *source, size_t done, size_t all)
{
    work *job = context;
    if (job->source == NULL || strcmp(job->source, source) != 0) {
        end_progress(job);
        job->source = source;
        job->progress = kt_progress_start(&job->night->session->log, source, all);
    }
    if (job->progress != NULL) {
        kt_progress_step(job->progress, done);
    }
}

static kt_status options_of(const kt_night *night, work *job, kt_fetch_options *out, kt_error *err)
{
    const kt_arguments *arguments = night->arguments;
    KT_TRY(kt_fetch_settings(&night->config->http, night->workspace, arguments, night->arena, out,
                             err));
    out->dry_run = kt_arguments_has(arguments, KT_OPTION_DRY_RUN) ||
                   kt_arguments_has(arguments, KT_OPTION_EXPLAIN);
    out->context = job;
    out->exchanged = exchanged;
    out->progressed = progressed;
    return KT_OK;
}

static void tell_unchanged(const kt_log *log, const kt_fetch_result *result)
{
    char day[KT_INSTANT_SIZE];
    if (result->rests_until == KT_NO_INSTANT) {
        kt_log_write(log, KT_INFO, "fetch.unchanged", "%s: nothing new, %zu calls",
                     result->source->id, result->calls);
    } else {
        kt_log_write(log, KT_INFO, "fetch.rests",
                     "%s: asked for once in %d days, not before %.10s; the stored edition stands",
                     result->source->id, result->source->every_days,
                     kt_instant_write(result->rests_until, day));
    }
}

static void tell_result(const kt_night *night, const kt_fetch_result *result)
{
    const kt_log *log = &night->session->log;
    const char *id = result->source->id;
    switch (result->state) {
    case KT_FETCH_UNCHANGED:
        tell_unchanged(log, result);
        break;
    case KT_FETCH_FETCHED:
        kt_log_write(log, KT_INFO, "fetch.fetched", "%s: fetched, %zu cells in %zu calls", id,
                     result->plan == NULL ? 0 : result->plan->cells, result->calls);
        break;
    case KT_FETCH_PLANNED:
    case KT_FETCH_FAILED: /* told together */
        break;
    }
    if (result->ended) {
        kt_log_write(log, KT_INFO, "fetch.ended", "%s: %s; what was fetched stands", id,
                     kt_table_ending(result->source, kt_instant_now(), night->arena));
    }
    if (result->discontinued) {
        kt_log_write(log, KT_WARNING, "fetch.discontinued",
                     "%s: the service updates this table no more, expected one that follows it; "
                     "what was fetched stands",
                     id);
    }
}

static void tell_failed(const kt_night *night, const kt_fetch_result *results, size_t count,
                        size_t at)
{
    if (results[at].state == KT_FETCH_FAILED && kt_failed_first(results, at) == at) {
        kt_log_write(&night->session->log, KT_ERROR, "fetch.failed",
                     "%s: %s; what was fetched before stands",
                     kt_failed_together(results, count, at, night->arena),
                     kt_failure_words(&results[at]));
    }
}

static void tell_resolved(const kt_night *night, const kt_source *source)
{
    kt_resolution *found = NULL;
    const size_t count = kt_resolutions(night, source, KT_NO_INSTANT, night->arena, &found);
    for (size_t i = 0; i < count; i++) {
        kt_log_write(&night->session->log, KT_INFO, "fetch.resolved", "%s: %s", found[i].subject,
                     found[i].found);
    }
}

static bool is_silence(kt_status status)
{
    return status == KT_ERR_UNREACHED || status == KT_ERR_HTTP;
}

static void count_result(const kt_fetch_result *result, kt_outcome *outcome)
{
    if (result->state == KT_FETCH_FAILED) {
        outcome->failed++;
        outcome->unreached += is_silence(result->status) ? 1 : 0;
    }
}

/* Tables, then lists of projects. */
static size_t sources_of(const kt_night *night, kt_fetch_result **out)
{
    const kt_config *config = night->config;
    const size_t sources = config->source_count, lists = config->projects.source_count;
    size_t count = 0;
    *out = kt_arena_array(night->arena, kt_fetch_result, sources + lists + 1);
    for (size_t i = 0; i < sources + lists; i++) {
        if (night->wanted[i]) {
            (*out)[count++].source =
                i < sources ? config->sources[i] : config->projects.sources[i - sources];
        }
    }
    return count;
}

kt_status kt_stage_fetch(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    work job = {.night = night};
    kt_fetch_options options;
    KT_TRY(options_of(night, &job, &options, err));
    KT_TRY(kt_folder_make(options.limiter_folder, err));
    kt_fetch_result *results = NULL;
    const size_t count = sources_of(night, &results);
    const kt_status status = kt_fetch(night->archive, &options, results, count, night->arena, err);
    end_progress(&job);
    if (status != KT_OK) {
        tell_kept(&job, NULL, NULL);
        return status;
    }
    KT_TRY(kt_night_receipts(night, err));
    night->fetched = !options.dry_run;
    outcome->wanted = count;
    for (size_t i = 0; i < count; i++) {
        keep_refusals(&job, &results[i]);
        tell_kept(&job, results[i].source->id, results[i].message);
        tell_result(night, &results[i]);
        tell_failed(night, results, count, i);
        if (results[i].state == KT_FETCH_FETCHED || results[i].state == KT_FETCH_PLANNED) {
            tell_resolved(night, results[i].source);
        }
        count_result(&results[i], outcome);
    }
    if (options.dry_run) {
        kt_explain(night, results, count, stdout);
    }
    return KT_OK;
}
