/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_id.h"

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/period.h"
#include "core/text.h"
#include "projects/lists.h"

#define DAY_S   86400
#define NIGHT_S 21600 /* six hours: a night that retries for long still ends before the next */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void put_replies(const kt_night *night, kt_text *out)
{
    size_t count = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        count += night->tables[i].there ? night->tables[i].reply_count : 0;
    }
    count += night->lists == NULL ? 0 : night->lists->reply_count;
    const char **all = kt_arena_array(night->arena, const char *, count + 1);
    count = 0;
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        for (size_t j = 0; table->there && j < table->reply_count; j++) {
            all[count++] = table->replies[j];
        }
    }
    for (size_t i = 0; night->lists != NULL && i < night->lists->reply_count; i++) {
        all[count++] = night->lists->replies[i];
    }
    qsort(all, count, sizeof *all, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strcmp(all[i], all[i - 1]) != 0) {
            kt_text_print(out, "%s\n", all[i]);
        }
    }
}

static bool is_same_list(const kt_list_file *a, const kt_list_file *b)
{
    return a->held == NULL && !a->replaced && b->held == NULL && !b->replaced &&
           strcmp(a->receipt->sha256, b->receipt->sha256) == 0;
}

/* The same bytes say something else of another day: the days that they have beside their first. */
static void put_days(const kt_project_lists *lists, kt_text *out)
{
    for (size_t i = 1; i < lists->count; i++) {
        const kt_list_file *file = &lists->at[i], *earlier = file; /* the nearest with its bytes */
        for (size_t j = i; j > 0 && earlier == file; j--) {
            earlier = is_same_list(&lists->at[j - 1], file) ? &lists->at[j - 1] : file;
        }
        if (earlier->snapshot_day != file->snapshot_day) {
            kt_text_print(out, "%s of day %lld\n", file->receipt->sha256,
                          (long long)file->snapshot_day);
        }
    }
}

/* Revisions follow from replies that newer ones have replaced since: they too make a run. */
static void put_histories(const kt_night *night, kt_text *out)
{
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        if (table->there && table->history != NULL) {
            kt_text_print(out, "%s %s\n", table->source->id, table->history);
        }
    }
}

static kt_instant end_of_night(const kt_night *night, const kt_run_identity *identity)
{
    const kt_known_run *known = kt_known_run_find(night->known_runs, identity->run_id);
    kt_instant end = identity->as_of + NIGHT_S;
    if (known != NULL && known->known_until < end) {
        end = known->known_until;
    }
    return night->until != KT_NO_INSTANT && night->until < end ? night->until : end;
}

static kt_instant newest_receipt(const kt_night *night, kt_instant until)
{
    kt_instant newest = KT_NO_INSTANT;
    for (size_t i = 0; i < night->receipts.count; i++) {
        const kt_instant time = night->receipts.at[i].time;
        newest = time <= until && time > newest ? time : newest;
    }
    return newest;
}

kt_run_identity kt_run_identify(const kt_night *night)
{
    kt_run_identity identity = {.as_of = KT_NO_INSTANT, .night_end = KT_NO_INSTANT};
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        if (table->there && table->as_of > identity.as_of) {
            identity.as_of = table->as_of;
        }
    }
    if (identity.as_of == KT_NO_INSTANT) {
        return identity; /* lists alone make no run: needs are figures of tables */
    }
    if (night->lists != NULL && night->lists->as_of > identity.as_of) {
        identity.as_of = night->lists->as_of;
    }
    char as_of[KT_INSTANT_SIZE];
    char digest[KT_HASH_SIZE];
    KT_AUTO(text) kt_text lines = {0};
    kt_text_print(&lines, "%s\n%s\n%s\n%s\n", kt_instant_write(identity.as_of, as_of),
                  night->config->hash, night->config->pages_hash, kt_version());
    put_replies(night, &lines);
    if (night->lists != NULL) {
        put_days(night->lists, &lines);
    }
    put_histories(night, &lines);
    kt_hash_bytes(lines.bytes, lines.length, digest);
    memcpy(identity.run_id, digest, KT_RUN_ID_SIZE - 1);
    identity.night_end = end_of_night(night, &identity);
    identity.known_until = newest_receipt(night, identity.night_end);
    return identity;
}

char *kt_run_folder(const kt_run_identity *identity, kt_arena *arena)
{
    char as_of[KT_INSTANT_SIZE];
    return kt_arena_print(arena, "runs/%s_%s", kt_instant_write_basic(identity->as_of, as_of),
                          identity->run_id);
}

bool kt_run_is_published(const kt_night *night, const kt_run_identity *identity)
{
    const char *published = kt_path_join(night->arena, night->workspace, "published");
    return kt_file_exists(
        kt_path_join(night->arena, published, kt_run_folder(identity, night->arena)));
}

long kt_table_age_days(const kt_table *table, kt_instant when)
{
    kt_period period;
    if (table->last_period == NULL || !kt_period_read(table->last_period, &period)) {
        return 0;
    }
    return (long)(when / DAY_S) - kt_period_last_day(period);
}

const char *kt_table_ending(const kt_source *source, kt_instant when, kt_arena *arena)
{
    char day[KT_INSTANT_SIZE];
    (void)kt_instant_write(kt_source_ended(source, when) * DAY_S, day);
    return kt_arena_print(arena, "discontinued: its last address ended on %.10s", day);
}

static const char *held_reason(const kt_table *table, kt_instant until)
{
    const kt_verdict *newest = table->stop.held == NULL ? NULL : &table->stop;
    for (size_t i = 0; i < table->verdict_count && table->stop.held == NULL; i++) {
        if (until == KT_NO_INSTANT || table->verdicts[i].first <= until) {
            newest = &table->verdicts[i];
        }
    }
    return newest == NULL ? NULL : newest->held;
}

const char *kt_table_state(const kt_night *night, const kt_table *table, kt_instant until,
                           kt_instant when, const char **reason)
{
    *reason = held_reason(table, until);
    if (*reason != NULL) {
        return "held";
    }
    if (table->there && kt_source_ended(table->source, when) != INT64_MAX) {
        *reason = kt_table_ending(table->source, when, night->arena);
        return "stale";
    }
    const kt_vintage *vintage = kt_vintage_find(night->receipts.at, night->receipts.count,
                                                table->source->id, until, night->arena);
    if (vintage->last_failed != KT_NO_INSTANT) {
        *reason = vintage->last_fault == NULL ? "no reply" : vintage->last_fault;
        return "failed";
    }
    const long age_days = kt_table_age_days(table, when);
    if (age_days > table->source->error_age_days) {
        return "stale";
    }
    return age_days > table->source->warn_age_days ? "late" : "fresh";
}
