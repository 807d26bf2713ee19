/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/codes.h"
#include "core/file.h"
#include "core/json.h"
#include "known_runs.h"
#include "pipeline/ledger.h"

#define MANIFEST_LIMIT ((size_t)64 << 20)

static const char *member(const json_t *object, const char *key, kt_arena *arena)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? NULL : kt_arena_copy(arena, text);
}

static kt_instant moment(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    kt_instant instant = KT_NO_INSTANT;
    return text != NULL && kt_instant_read(text, false, &instant) ? instant : KT_NO_INSTANT;
}

static void describe_run(const json_t *manifest, const char *folder, kt_arena *arena,
                         kt_ledger_run *out)
{
    const json_t *run = json_object_get(manifest, "run");
    const char *command = member(run, "command", arena);
    const char *code = json_string_value(json_object_get(run, "exit_code"));
    *out = (kt_ledger_run){
        .command = command == NULL ? "run" : command,
        .started = moment(run, "started"),
        .finished = moment(run, "published"),
        .state = "published",
        .exit_code = code != NULL && strcmp(code, "100") == 0 ? 100 : 0,
        .run_id = member(manifest, "run_id", arena),
        .as_of = moment(manifest, "as_of"),
        .known_until = moment(run, "known_until"),
        .folder = folder,
        .version = member(manifest, "version", arena),
        .configuration = member(manifest, "configuration", arena),
    };
}

/* The archive says of each published run what it knew: lost, it is taken from the manifest. */
static kt_status note_known(const char *workspace, const kt_ledger_run *run, kt_arena *arena,
                            kt_error *err)
{
    kt_known_runs known;
    KT_TRY(kt_known_runs_load(workspace, arena, &known, err));
    if (run->as_of == KT_NO_INSTANT || run->known_until == KT_NO_INSTANT ||
        kt_known_run_find(known, run->run_id) != NULL) {
        return KT_OK;
    }
    const kt_known_run one = {
        .run_id = run->run_id, .as_of = run->as_of, .known_until = run->known_until};
    KT_TRY(kt_folder_make(kt_path_join(arena, workspace, "archive"), err));
    return kt_known_run_add(workspace, &one, arena, err);
}

/* A folder without a readable manifest is no run of ours: publishing never leaves one half-made. */
static kt_status add_run(kt_ledger *ledger, const char *workspace, const char *name,
                         kt_arena *arena, kt_error *err)
{
    const char *folder = kt_arena_print(arena, "runs/%s", name);
    const char *path = kt_arena_print(arena, "%s/published/%s/MANIFEST.json", workspace, folder);
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(path, MANIFEST_LIMIT, arena, &bytes, &length, NULL) != KT_OK) {
        return KT_OK;
    }
    json_auto_t *manifest = json_loadb(bytes, length, 0, NULL);
    if (json_string_value(json_object_get(manifest, "run_id")) == NULL) {
        return KT_OK;
    }
    kt_ledger_run run;
    int64_t number = 0;
    describe_run(manifest, folder, arena, &run);
    KT_TRY(note_known(workspace, &run, arena, err));
    return kt_ledger_add_run(ledger, &run, &number, err);
}

static kt_status add_runs(kt_ledger *ledger, const char *workspace, kt_arena *arena, kt_error *err)
{
    const char *runs = kt_path_join(arena, workspace, "published/runs");
    if (!kt_file_exists(runs)) {
        return KT_OK;
    }
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(runs, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(add_run(ledger, workspace, names[i], arena, err));
    }
    return KT_OK;
}

static kt_status add_vintages_of(kt_ledger *ledger, kt_receipts receipts, const char *source,
                                 kt_arena *arena, kt_error *err)
{
    kt_campaign *campaigns = NULL;
    const size_t count = kt_campaigns_find(receipts, source, KT_NO_INSTANT, arena, &campaigns);
    for (size_t i = 0; i < count; i++) {
        const kt_ledger_vintage vintage = {
            .source = source,
            .campaign = campaigns[i].name,
            .updated = campaigns[i].updated,
            .first = campaigns[i].first,
            .last = campaigns[i].last,
            .parts = campaigns[i].part_count,
            .whole = campaigns[i].whole,
        };
        KT_TRY(kt_ledger_put_vintage(ledger, &vintage, err));
    }
    return KT_OK;
}

static kt_status add_vintages(kt_ledger *ledger, kt_receipts receipts, kt_arena *arena,
                              kt_error *err)
{
    kt_codes *sources = kt_codes_new(arena);
    for (size_t i = 0; i < receipts.count; i++) {
        if (receipts.at[i].purpose == KT_PURPOSE_DATA) {
            (void)kt_codes_intern(sources, receipts.at[i].source);
        }
    }
    for (size_t i = 0; i < kt_codes_count(sources); i++) {
        KT_TRY(add_vintages_of(ledger, receipts, kt_codes_at(sources, i), arena, err));
    }
    return KT_OK;
}

static kt_status add_replies(kt_ledger *ledger, kt_receipts receipts, size_t from, kt_error *err)
{
    for (size_t i = from; i < receipts.count; i++) {
        KT_TRY(kt_ledger_add_reply(ledger, &receipts.at[i], err));
    }
    return KT_OK;
}

static kt_status fill(kt_ledger *ledger, const char *workspace, kt_receipts receipts,
                      kt_arena *arena, kt_error *err)
{
    KT_TRY(kt_ledger_begin(ledger, err));
    KT_TRY(add_replies(ledger, receipts, 0, err));
    KT_TRY(add_vintages(ledger, receipts, arena, err));
    KT_TRY(add_runs(ledger, workspace, arena, err));
    return kt_ledger_commit(ledger, err);
}

static kt_status remove_if_there(const char *path, kt_error *err)
{
    if (kt_file_exists(path) && unlink(path) != 0) {
        return kt_fail_errno(err, path, "cannot remove");
    }
    return KT_OK;
}

kt_status kt_ledger_rebuild(const char *workspace, kt_receipts receipts, kt_arena *arena,
                            kt_error *err)
{
    const char *path = kt_path_join(arena, workspace, "ledger.sqlite");
    const char *fresh = kt_path_join(arena, workspace, "ledger.sqlite.new");
    KT_TRY(remove_if_there(kt_arena_print(arena, "%s-journal", fresh), err));
    KT_TRY(remove_if_there(fresh, err));
    kt_ledger *ledger = NULL;
    KT_TRY(kt_ledger_create(fresh, &ledger, err));
    const kt_status status = fill(ledger, workspace, receipts, arena, err);
    kt_ledger_close(ledger);
    KT_TRY(status);
    /* A journal that a crash left belongs to the old file and would be played into the new one. */
    KT_TRY(remove_if_there(kt_arena_print(arena, "%s-journal", path), err));
    if (rename(fresh, path) != 0) {
        return kt_fail_errno(err, path, "cannot replace the ledger");
    }
    return kt_folder_sync(workspace, err);
}

/* Opens what is there; KT_ERR_FORMAT if it does not fit the archive. */
static kt_status open_fitting(const char *path, kt_receipts receipts, kt_ledger **out,
                              kt_error *err)
{
    KT_TRY(kt_ledger_open(path, out, err));
    size_t known = 0;
    kt_status status = kt_ledger_count_replies(*out, &known, err);
    if (status == KT_OK && known > receipts.count) {
        status = kt_fail(err, KT_ERR_FORMAT, "%s: holds %zu replies, the archive %zu", path, known,
                         receipts.count);
    }
    if (status == KT_OK && known < receipts.count) {
        status = add_replies(*out, receipts, known, err);
    }
    if (status != KT_OK) {
        kt_ledger_close(*out);
        *out = NULL;
    }
    return status;
}

kt_status kt_ledger_prepare(const char *workspace, kt_receipts receipts, kt_arena *arena,
                            kt_ledger **out, const char **rebuilt, kt_error *err)
{
    const char *path = kt_path_join(arena, workspace, "ledger.sqlite");
    kt_error reason = {0};
    *rebuilt = NULL;
    const kt_status status = open_fitting(path, receipts, out, &reason);
    if (status == KT_OK) {
        return KT_OK;
    }
    if (status != KT_ERR_FORMAT && status != KT_ERR_NOT_FOUND) {
        return kt_fail(err, status, "%s", reason.message);
    }
    if (status == KT_ERR_FORMAT || receipts.count > 0) {
        *rebuilt = kt_arena_copy(arena, reason.message);
    }
    KT_TRY(kt_ledger_rebuild(workspace, receipts, arena, err));
    return kt_ledger_open(path, out, err);
}
