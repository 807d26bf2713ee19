/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/json.h"
#include "night.h"
#include "pipeline/exit_code.h"
#include "publish/publish.h"
#include "run_id.h"
#include "store_view.h"

/* What status looks at: it takes no lock and changes nothing. */
typedef struct view {
    kt_night night;
    const char *current; /* folder of the published run; NULL */
    kt_ledger_run last;
    bool has_last;
    kt_instant now;
} view;

static kt_status open_last_run(view *of, kt_error *err)
{
    const char *path = kt_path_join(of->night.arena, of->night.workspace, "ledger.sqlite");
    KT_AUTO(ledger) kt_ledger *ledger = NULL;
    kt_error reason = {0};
    kt_status status = kt_ledger_open(path, &ledger, &reason);
    if (status == KT_OK) {
        status = kt_ledger_last_run(ledger, of->night.arena, &of->last, &of->has_last, &reason);
    }
    if (status == KT_OK || status == KT_ERR_NOT_FOUND) {
        return KT_OK;
    }
    if (status == KT_ERR_FORMAT) {
        kt_log_write(&of->night.session->log, KT_WARNING, "ledger.broken",
                     "%s; the next run makes it anew", reason.message);
        return KT_OK;
    }
    return kt_fail(err, status, "%s", reason.message);
}

static kt_status open_view(kt_session *session, view *of, kt_error *err)
{
    kt_night *night = &of->night;
    KT_TRY(kt_store_view(session, night, err));
    of->now = kt_instant_now();
    of->current = kt_published_current(kt_path_join(night->arena, night->workspace, "published"),
                                       night->arena);
    return open_last_run(of, err);
}

static const char *moment(kt_instant instant, kt_arena *arena)
{
    char words[KT_INSTANT_SIZE];
    return instant == KT_NO_INSTANT ? NULL : kt_arena_copy(arena, kt_instant_write(instant, words));
}

static const char *or_dash(const char *text)
{
    return text == NULL ? "-" : text;
}

static void print_last(const view *of)
{
    if (!of->has_last) {
        (void)printf("last run       none\n");
        return;
    }
    const kt_ledger_run *last = &of->last;
    (void)printf("last run       %s, %s, %s", last->command,
                 or_dash(moment(last->started, of->night.arena)), last->state);
    if (last->exit_code >= 0) {
        (void)printf(", exit code %d", last->exit_code);
    }
    (void)printf("%s%s\n", last->message == NULL ? "" : ": ",
                 last->message == NULL ? "" : last->message);
}

static void print_source(const view *of, const kt_table *table)
{
    const char *reason = NULL;
    const char *state = kt_table_state(&of->night, table, KT_NO_INSTANT, of->now, &reason);
    if (!table->there) {
        (void)printf("%-14s %-7s %s\n", table->source->id, reason == NULL ? "absent" : state,
                     reason == NULL ? "nothing is stored of it yet" : reason);
        return;
    }
    (void)printf("%-14s %-7s %s to %s, %ld days old, updated %s%s%s\n", table->source->id, state,
                 table->first_period, table->last_period, kt_table_age_days(table, of->now),
                 or_dash(table->updated), reason == NULL ? "" : ": ", reason == NULL ? "" : reason);
}

static void print_text(const view *of)
{
    (void)printf("published      %s\n", of->current == NULL ? "nothing yet" : of->current);
    print_last(of);
    for (size_t i = 0; i < of->night.config->source_count; i++) {
        print_source(of, &of->night.tables[i]);
    }
}

static void put_source(const view *of, const kt_table *table, kt_text *out)
{
    const char *reason = NULL;
    const char *state = kt_table_state(&of->night, table, KT_NO_INSTANT, of->now, &reason);
    kt_text_put_char(out, '{');
    kt_json_put_member(out, "source", table->source->id);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "state", table->there || reason != NULL ? state : "absent");
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "reason", reason);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "updated_at_source", table->updated);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "first_period", table->first_period);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "last_period", table->last_period);
    if (table->there) {
        kt_text_print(out, ",\"age_days\":%ld", kt_table_age_days(table, of->now));
    }
    kt_text_put_char(out, '}');
}

static void put_last(const view *of, kt_text *out)
{
    const kt_ledger_run *last = &of->last;
    kt_text_put(out, "\"last_run\":");
    if (!of->has_last) {
        kt_text_put(out, "null,");
        return;
    }
    kt_text_put_char(out, '{');
    kt_json_put_member(out, "command", last->command);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "started", moment(last->started, of->night.arena));
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "finished", moment(last->finished, of->night.arena));
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "state", last->state);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "run_id", last->run_id);
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "as_of", moment(last->as_of, of->night.arena));
    kt_text_put_char(out, ',');
    kt_json_put_member(out, "message", last->message);
    if (last->exit_code >= 0) {
        kt_text_print(out, ",\"exit_code\":%d", last->exit_code);
    }
    kt_text_put(out, "},");
}

static void print_json(const view *of)
{
    KT_AUTO(text) kt_text out = {0};
    kt_text_put_char(&out, '{');
    kt_json_put_member(&out, "published", of->current);
    kt_text_put_char(&out, ',');
    put_last(of, &out);
    kt_text_put(&out, "\"sources\":[");
    for (size_t i = 0; i < of->night.config->source_count; i++) {
        kt_text_put(&out, i == 0 ? "" : ",");
        put_source(of, &of->night.tables[i], &out);
    }
    kt_text_put(&out, "]}\n");
    (void)fwrite(out.bytes, 1, out.length, stdout);
}

/* 69: nothing stands, or no source answers; 100: something is old, failed or held. */
static int code_of(const view *of)
{
    size_t failed = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < of->night.config->source_count; i++) {
        const kt_table *table = &of->night.tables[i];
        const char *reason = NULL;
        const char *state = kt_table_state(&of->night, table, KT_NO_INSTANT, of->now, &reason);
        failed += strcmp(state, "failed") == 0 ? 1 : 0;
        wrong += !table->there || strcmp(state, "fresh") != 0 ? 1 : 0;
    }
    if (of->current == NULL || failed == of->night.config->source_count) {
        return KT_EXIT_UNREACHED;
    }
    return wrong > 0 ? KT_EXIT_DEGRADED : KT_EXIT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    view of = {0};
    const kt_status status = open_view(session, &of, err);
    if (status == KT_OK) {
        const char *format = kt_arguments_text(session->arguments, KT_OPTION_FORMAT);
        if (format != NULL && strcmp(format, "json") == 0) {
            print_json(&of);
        } else {
            print_text(&of);
        }
        session->exit_code = code_of(&of);
    }
    kt_archive_close(of.night.archive);
    return status;
}

const kt_command kt_command_status = {
    .name = "status",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_FORMAT),
    .summary = "The published run, the last run, and each source with its state and age",
    .notes =
        "Exit code 0 if every source is fresh, 100 if one is late, stale, failed or held, 69 if\n"
        "nothing is published or no source could be reached.",
    .run = run,
};
