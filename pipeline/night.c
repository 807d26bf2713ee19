/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "findings.h"
#include "pipeline/exit_code.h"
#include "projects/lists.h"
#include "projects/refusal.h"
#include "run_id.h"
#include "vanished.h"

typedef kt_status (*stage)(kt_night *night, kt_outcome *outcome, kt_error *err);

static bool is_dry(const kt_night *night)
{
    return kt_arguments_has(night->arguments, KT_OPTION_DRY_RUN) ||
           kt_arguments_has(night->arguments, KT_OPTION_EXPLAIN);
}

static bool nobody_answered(const kt_outcome *outcome)
{
    return outcome->wanted > 0 && outcome->unreached == outcome->wanted;
}

static int code_of(const kt_outcome *outcome)
{
    if (nobody_answered(outcome)) {
        return KT_EXIT_UNREACHED;
    }
    const bool degraded =
        outcome->failed > 0 || outcome->held > 0 || (outcome->published && outcome->old > 0);
    return degraded ? KT_EXIT_DEGRADED : KT_EXIT_OK;
}

static size_t count_there(const kt_night *night)
{
    size_t count = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        count += night->tables[i].there ? 1 : 0;
    }
    return count;
}

static size_t count_held(const kt_night *night)
{
    size_t count = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        count += kt_table_held(&night->tables[i]) != NULL ? 1 : 0;
    }
    return count;
}

/* A night that cannot publish anything, whatever came before. */
static kt_status check_tables(const kt_night *night, const kt_outcome *outcome, kt_error *err)
{
    const size_t there = count_there(night);
    if (there == 0 && nobody_answered(outcome)) {
        return kt_fail(err, KT_ERR_UNREACHED,
                       "no source could be reached, and nothing was fetched before");
    }
    if (count_held(night) == night->config->source_count) {
        return kt_fail(err, KT_ERR_DATA, "nothing is published: every table is held");
    }
    if (there == 0) {
        return kt_fail(err, KT_ERR_NO_DATA, "nothing is published: no table was fetched whole%s",
                       night->until == KT_NO_INSTANT ? "" : " by then");
    }
    const char *vanished = night->until == KT_NO_INSTANT ? kt_vanished_table(night) : NULL;
    if (vanished != NULL) {
        return kt_fail(err, KT_ERR_DATA,
                       "nothing is published: the published run has %s, which neither archive nor "
                       "store can give any more; fetch it, or take it out of the configuration",
                       vanished);
    }
    return KT_OK;
}

/* The store is only a shortcut: what cannot be read in it is made again. */
static kt_status transform_again(kt_night *night, kt_outcome *outcome, const char *why,
                                 kt_error *err)
{
    kt_log_write(&night->session->log, KT_WARNING, "store.rebuilt", "the store is made again: %s",
                 why);
    KT_TRY(kt_folder_remove(kt_path_join(night->arena, night->store, "cubes"), err));
    return kt_stage_transform(night, outcome, err);
}

static kt_status analyse_again(kt_night *night, kt_outcome *outcome, const char *why, kt_error *err)
{
    KT_TRY(transform_again(night, outcome, why, err));
    return kt_stage_analyse(night, outcome, err);
}

static kt_status analyse_if_needed(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    const kt_run_identity identity = kt_run_identify(night);
    const char *findings = kt_path_join(night->arena, night->store, "findings");
    if ((night->out == NULL && kt_run_is_published(night, &identity)) ||
        kt_findings_are(findings, &identity, night->arena)) {
        return KT_OK;
    }
    kt_error reason = {0};
    const kt_status status = kt_stage_analyse(night, outcome, &reason);
    if (status == KT_ERR_FORMAT || status == KT_ERR_NOT_FOUND) {
        return analyse_again(night, outcome, reason.message, err);
    }
    return status == KT_OK ? KT_OK : kt_fail(err, status, "%s", reason.message);
}

static void tell_refused(const kt_night *night)
{
    for (size_t i = 0; i < night->lists->count; i++) {
        const kt_list_file *file = &night->lists->at[i];
        if (file->order >= night->refusal.from && file->held != NULL && !file->is_to_come) {
            kt_log_write(&night->session->log, KT_WARNING, "analyse.list_held",
                         "%s: held, the lists before it stand: %s", file->source->id, file->held);
        }
    }
}

/* The tables of projects cannot be made of all lists: they are made of the last good ones. */
static kt_status analyse_last_good(kt_night *night, kt_outcome *outcome, stage analyse,
                                   kt_error *err)
{
    kt_refusal_search search = kt_refusal_search_new(night->lists, night->arena);
    kt_error why = {0};
    kt_status status = kt_fail(&why, KT_ERR_DATA, "%s", night->lists_fault);
    for (size_t from = 0; kt_refusal_next(&search, status == KT_OK, &from);) {
        const char *fault = night->lists_fault != NULL ? night->lists_fault : night->refusal.fault;
        night->refusal = (kt_list_refusal){fault, from};
        KT_TRY(kt_night_transform(night, outcome, err));
        why = (kt_error){0};
        status = analyse(night, outcome, &why);
        if (status != KT_OK && night->lists_fault == NULL) {
            break;
        }
    }
    if (status != KT_OK) {
        return kt_fail(err, status, "%s", why.message);
    }
    tell_refused(night);
    return night->until == KT_NO_INSTANT ? kt_refusal_save(night, err) : KT_OK;
}

static kt_status analyse_all_or_last_good(kt_night *night, kt_outcome *outcome, stage analyse,
                                          kt_error *err)
{
    kt_error why = {0};
    const kt_status status = analyse(night, outcome, &why);
    if (status == KT_OK) {
        return KT_OK;
    }
    return night->lists_fault != NULL ? analyse_last_good(night, outcome, analyse, err)
                                      : kt_fail(err, status, "%s", why.message);
}

static kt_status after_fetch(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    KT_TRY(kt_stage_transform(night, outcome, err));
    KT_TRY(check_tables(night, outcome, err));
    KT_TRY(analyse_all_or_last_good(night, outcome, analyse_if_needed, err));
    return kt_stage_publish(night, outcome, err);
}

/* What is wrong with the cubes that transform left, in words; NULL if all can be read. */
static const char *damage_of_cubes(const kt_night *night)
{
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a cube of the store", 0);
        kt_cube *cube = NULL;
        kt_error reason = {0};
        if (table->there && kt_cube_load(kt_table_cube_path(night->store, table->source, scratch),
                                         scratch, &cube, &reason) != KT_OK) {
            return kt_arena_copy(night->arena, reason.message);
        }
    }
    return NULL;
}

/* First what is known now, whose protections hold for the past as well; then the past. */
static kt_status run_as_of(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    const kt_instant until = night->until;
    night->until = KT_NO_INSTANT;
    KT_TRY(kt_stage_transform(night, outcome, err));
    const char *damage = damage_of_cubes(night);
    if (damage != NULL) {
        KT_TRY(transform_again(night, outcome, damage, err));
    }
    night->until = until;
    night->refusal = (kt_list_refusal){0};
    night->store = kt_path_join(night->arena, night->workspace, "store/as-of");
    KT_TRY(kt_folder_remove(night->store, err));
    const kt_status status = after_fetch(night, outcome, err);
    kt_error reason = {0};
    const kt_status removed = kt_folder_remove(night->store, &reason);
    return status == KT_OK && removed != KT_OK ? kt_fail(err, removed, "%s", reason.message)
                                               : status;
}

static kt_status run_whole(kt_night *night, kt_outcome *outcome, kt_error *err)
{
    if (night->until != KT_NO_INSTANT) {
        return run_as_of(night, outcome, err);
    }
    if (!kt_arguments_has(night->arguments, KT_OPTION_OFFLINE)) {
        KT_TRY(kt_stage_fetch(night, outcome, err));
    }
    return is_dry(night) ? KT_OK : after_fetch(night, outcome, err);
}

static stage stage_named(const char *name)
{
    static const struct {
        const char *name;
        stage run;
    } stages[] = {
        {"fetch", kt_stage_fetch},
        {"transform", kt_stage_transform},
        {"analyse", kt_stage_analyse},
        {"publish", kt_stage_publish},
    };
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        if (strcmp(stages[i].name, name) == 0) {
            return stages[i].run;
        }
    }
    return NULL;
}

static kt_status run_single(kt_night *night, const char *name, kt_outcome *outcome, kt_error *err)
{
    const stage run = stage_named(name);
    if (run == NULL) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--only: expected fetch, transform, analyse or publish, found \"%s\"", name);
    }
    kt_night_tables(night);
    KT_TRY(run == kt_stage_fetch ? KT_OK : kt_night_lists(night, err));
    outcome->held = count_held(night);
    KT_TRY(run == kt_stage_analyse ? analyse_all_or_last_good(night, outcome, run, err)
                                   : run(night, outcome, err));
    return run == kt_stage_transform ? check_tables(night, outcome, err) : KT_OK;
}

static const char *state_words(const kt_outcome *outcome, kt_arena *arena)
{
    if (outcome->failed + outcome->held + outcome->old == 0) {
        return "";
    }
    return kt_arena_print(arena, "; %zu failed, %zu held, %zu late or stale", outcome->failed,
                          outcome->held, outcome->old);
}

static const char *summarise(kt_night *night, const kt_outcome *outcome)
{
    kt_arena *arena = night->arena;
    const char *words = state_words(outcome, arena);
    if (night->out != NULL) {
        night->note.state = "written";
        return kt_arena_print(arena, "wrote run %s to %s%s", night->note.run_id, night->out, words);
    }
    if (outcome->published) {
        night->note.state = "published";
        return kt_arena_print(arena, "published %s%s", outcome->folder, words);
    }
    if (outcome->nothing_new) {
        night->note.state = "nothing_new";
        return kt_arena_print(arena, "nothing new: run %s is published already%s",
                              night->note.run_id, words);
    }
    night->note.state = "done";
    return kt_arena_print(arena, "%s done%s", night->arguments->command->name, words);
}

kt_status kt_night_run(kt_night *night, const char *only, const char **message, kt_error *err)
{
    kt_outcome outcome = {0};
    KT_TRY(only == NULL ? run_whole(night, &outcome, err) : run_single(night, only, &outcome, err));
    night->session->exit_code = code_of(&outcome);
    *message = summarise(night, &outcome);
    kt_log_write(&night->session->summary, KT_INFO, "night.done", "%s", *message);
    return KT_OK;
}

kt_status kt_night_command(kt_session *session, const char *stage_name, kt_error *err)
{
    kt_night night;
    const char *message = NULL;
    kt_status status = kt_night_open(session, &night, err);
    if (status == KT_OK) {
        status = kt_night_run(&night, stage_name, &message, err);
    }
    kt_night_close(&night, status, status == KT_OK ? session->exit_code : kt_exit_code(status),
                   status == KT_OK ? message : err->message);
    return status;
}
