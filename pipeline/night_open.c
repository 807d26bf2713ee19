/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file.h"
#include "night.h"
#include "pipeline/lock.h"
#include "store_view.h"

kt_status kt_night_config(kt_session *session, const kt_config **out, kt_error *err)
{
    const char *path = NULL;
    KT_TRY(kt_config_find(kt_arguments_text(session->arguments, KT_OPTION_CONFIG), &path, err));
    kt_problems *problems = kt_problems_new(session->arena);
    *out = kt_config_load(path, session->arena, problems);
    const size_t count = kt_problems_count(problems);
    for (size_t i = 0; i + 1 < count; i++) {
        kt_log_write(&session->log, KT_ERROR, "config", "%s", kt_problems_at(problems, i));
    }
    return count == 0 ? KT_OK
                      : kt_fail(err, KT_ERR_CONFIG, "%s", kt_problems_at(problems, count - 1));
}

static kt_status choose_sources(kt_night *night, kt_error *err)
{
    KT_TRY(kt_store_wanted(night, err));
    for (size_t i = 0; i < night->arguments->counts[KT_OPTION_ACCEPT]; i++) {
        size_t at = 0;
        KT_TRY(kt_store_source(night, night->arguments->values[KT_OPTION_ACCEPT][i], "--accept",
                               &at, err));
    }
    return KT_OK;
}

kt_status kt_night_receipts(kt_night *night, kt_error *err)
{
    kt_receipt *receipts = NULL;
    KT_TRY(
        kt_archive_receipts(night->archive, night->arena, &receipts, &night->receipts.count, err));
    night->receipts.at = receipts;
    night->note.known_until = KT_NO_INSTANT;
    for (size_t i = 0; i < night->receipts.count; i++) {
        if (receipts[i].time > night->note.known_until) {
            night->note.known_until = receipts[i].time;
        }
    }
    return KT_OK;
}

static kt_status open_ledger(kt_night *night, kt_error *err)
{
    const char *rebuilt = NULL;
    KT_TRY(kt_ledger_prepare(night->workspace, night->receipts, night->arena, &night->ledger,
                             &rebuilt, err));
    if (rebuilt != NULL) {
        kt_log_write(&night->session->log, KT_WARNING, "ledger.rebuilt",
                     "the ledger was made anew from receipts and manifests: %s", rebuilt);
    }
    return kt_ledger_add_run(night->ledger, &night->note, &night->run, err);
}

static bool is_run_id(const char *text)
{
    return strlen(text) == 16 && strspn(text, "0123456789abcdef") == 16;
}

static kt_status check_as_of(const kt_arguments *arguments, kt_error *err)
{
    const bool as_of = kt_arguments_has(arguments, KT_OPTION_AS_OF);
    if (as_of != kt_arguments_has(arguments, KT_OPTION_OUT)) {
        return kt_fail(err, KT_ERR_USAGE,
                       as_of ? "--as-of needs --out DIR: it never replaces current"
                             : "--out goes with --as-of");
    }
    kt_instant instant = 0;
    const char *when = kt_arguments_text(arguments, KT_OPTION_AS_OF);
    if (as_of && !is_run_id(when) && !kt_instant_read(when, true, &instant)) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--as-of: expected a day (2026-11-21), an instant (2026-11-21T05:00:00Z) or "
                       "a run_id, found \"%s\"",
                       when);
    }
    if (as_of && (kt_arguments_has(arguments, KT_OPTION_ONLY) ||
                  kt_arguments_has(arguments, KT_OPTION_ACCEPT) ||
                  kt_arguments_has(arguments, KT_OPTION_DRY_RUN) ||
                  kt_arguments_has(arguments, KT_OPTION_EXPLAIN))) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--as-of goes with none of --only, --accept, --dry-run, --explain");
    }
    return KT_OK;
}

/* A run by its id, or by its as_of, knew what it knew when it was made. */
static kt_status until_of_run(const kt_night *night, const char *name, kt_instant *out,
                              kt_error *err)
{
    kt_ledger_run run;
    bool found = false;
    KT_TRY(kt_ledger_find_run(night->ledger, name, night->arena, &run, &found, err));
    const kt_known_run *known = kt_known_run_find(night->known_runs, name);
    *out = known == NULL ? KT_NO_INSTANT : known->known_until;
    *out = found ? run.known_until : *out;
    return KT_OK;
}

static kt_status find_until(kt_night *night, const char *when, kt_error *err)
{
    if (is_run_id(when)) {
        KT_TRY(until_of_run(night, when, &night->until, err));
        return night->until == KT_NO_INSTANT
                   ? kt_fail(err, KT_ERR_DATA, "--as-of: no published run has the id %s", when)
                   : KT_OK;
    }
    char name[KT_INSTANT_SIZE];
    kt_instant instant = 0;
    (void)kt_instant_read(when, true, &instant); /* check_as_of has seen that it can be read */
    KT_TRY(until_of_run(night, kt_instant_write(instant, name), &night->until, err));
    night->until = night->until == KT_NO_INSTANT ? instant : night->until;
    return KT_OK;
}

/* What root leaves in the workspace of the nightly user, that user's next night cannot change. */
static void warn_of_root(const kt_night *night)
{
    struct stat about;
    if (geteuid() == 0 && stat(night->workspace, &about) == 0 && about.st_uid != 0) {
        kt_log_write(&night->session->log, KT_WARNING, "night.root",
                     "%s belongs to user %ld, not to root: the nights of that user will fail on "
                     "what this leaves; expected runuser -u USER -- kohtaanto ...",
                     night->workspace, (long)about.st_uid);
    }
}

static kt_status open_parts(kt_night *night, kt_error *err)
{
    KT_TRY(choose_sources(night, err));
    KT_TRY(kt_lock_take(night->workspace, night->arena, &night->lock, err));
    warn_of_root(night);
    KT_TRY(kt_archive_open(night->workspace, &night->archive, err));
    KT_TRY(kt_night_receipts(night, err));
    KT_TRY(open_ledger(night, err)); /* a ledger that is made again finds known runs again */
    return kt_known_runs_load(night->workspace, night->arena, &night->known_runs, err);
}

kt_status kt_night_open(kt_session *session, kt_night *out, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    *out = (kt_night){.session = session,
                      .arguments = arguments,
                      .arena = session->arena,
                      .lock = -1,
                      .started = kt_instant_now(),
                      .until = KT_NO_INSTANT};
    KT_TRY(check_as_of(arguments, err));
    KT_TRY(kt_night_config(session, &out->config, err));
    const char *workspace = kt_arguments_text(arguments, KT_OPTION_WORKSPACE);
    out->workspace = workspace == NULL ? out->config->workspace : workspace;
    out->store = kt_path_join(out->arena, out->workspace, "store");
    out->note = (kt_ledger_run){.command = arguments->command->name,
                                .started = out->started,
                                .finished = KT_NO_INSTANT,
                                .state = "running",
                                .exit_code = -1,
                                .as_of = KT_NO_INSTANT,
                                .known_until = KT_NO_INSTANT,
                                .version = kt_version(),
                                .configuration = out->config->hash};
    KT_TRY(open_parts(out, err));
    const char *when = kt_arguments_text(arguments, KT_OPTION_AS_OF);
    if (when != NULL) {
        KT_TRY(find_until(out, when, err));
        out->out = kt_arguments_text(arguments, KT_OPTION_OUT);
    }
    return KT_OK;
}

void kt_night_close(kt_night *night, kt_status status, int exit_code, const char *message)
{
    if (night->ledger != NULL && night->run != 0) {
        kt_error ignored = {0};
        night->note.finished = kt_instant_now();
        night->note.exit_code = exit_code;
        night->note.message = message;
        if (status != KT_OK) {
            night->note.state = status == KT_ERR_CANCELLED ? "stopped" : "failed";
        }
        /* The outcome stands whether the index of it could be written or not. */
        if (kt_ledger_end_run(night->ledger, night->run, &night->note, &ignored) != KT_OK) {
            kt_log_write(&night->session->log, KT_WARNING, "ledger.run", "%s", ignored.message);
        }
    }
    kt_ledger_close(night->ledger);
    kt_archive_close(night->archive);
    kt_lock_release(night->lock);
}

void kt_night_tables(kt_night *night)
{
    const size_t count = night->config->source_count;
    night->tables = kt_arena_array(night->arena, kt_table, count + 1);
    for (size_t i = 0; i < count; i++) {
        night->tables[i] = kt_table_load(night->config->sources[i], night->store, night->arena);
    }
}
