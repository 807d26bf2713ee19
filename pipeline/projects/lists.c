/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/lists.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "pipeline/signals.h"
#include "projects/dropped_models.h"
#include "projects/gate.h"
#include "projects/present.h"
#include "projects/refusal.h"
#include "projects/rejected.h"
#include "projects/strangers.h"
#include "projects/twice.h"
#include "projects/withdrawn.h"

#define DAY_S           INT64_C(86400)
#define FINLAND_AHEAD_S INT64_C(10800) /* of UTC, at most: its day begins so much earlier */

/* A number of so many digits at least and at most; at moves behind it. */
static bool read_digits(const char **at, size_t least, size_t most, int *out)
{
    const size_t count = strspn(*at, "0123456789");
    *out = 0;
    if (count < least || count > most) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        *out = *out * 10 + (*(*at)++ - '0');
    }
    return true;
}

static int64_t day_of(int year, int month, int day)
{
    const int64_t found = kt_days_from_civil(year, month, day);
    int y, m, d;
    kt_civil_from_days(found, &y, &m, &d);
    const bool is_day = year >= 1990 && year <= 2100 && y == year && m == month && d == day;
    return is_day ? found : KT_NO_DAY;
}

/* 2026-09-25 or 25.9.2026. */
static int64_t spelled_day(const char *at)
{
    int first, second, third;
    if (!read_digits(&at, 1, 4, &first) || (*at != '-' && *at != '.' && *at != '_')) {
        return KT_NO_DAY;
    }
    const char mark = *at++;
    if (!read_digits(&at, 1, 2, &second) || *at++ != mark || !read_digits(&at, 1, 4, &third)) {
        return KT_NO_DAY;
    }
    return first > 31 ? day_of(first, second, third) : day_of(third, second, first);
}

static int64_t packed_day(const char *at)
{
    int number;
    return read_digits(&at, 8, 8, &number)
               ? day_of(number / 10000, number / 100 % 100, number % 100)
               : KT_NO_DAY;
}

int64_t kt_day_in_name(const char *name)
{
    int64_t found = KT_NO_DAY;
    for (const char *at = name; *at != '\0'; at += strcspn(at, "0123456789")) {
        const int64_t spelled = spelled_day(at), packed = packed_day(at);
        found = spelled != KT_NO_DAY ? spelled : packed != KT_NO_DAY ? packed : found;
        at += strspn(at, "0123456789");
    }
    return found;
}

const char *kt_import_request(const char *format, int64_t snapshot_day, kt_arena *arena)
{
    char day[KT_INSTANT_SIZE];
    return kt_arena_print(arena, "{\"format\":\"%s\",\"snapshot_date\":\"%.10s\"}", format,
                          kt_instant_write(snapshot_day * DAY_S, day));
}

static void read_request(kt_list_file *file, kt_arena *arena)
{
    json_auto_t *said =
        file->receipt->request == NULL ? NULL : json_loads(file->receipt->request, 0, NULL);
    const char *format = json_string_value(json_object_get(said, "format"));
    const char *day = json_string_value(json_object_get(said, "snapshot_date"));
    kt_instant instant;
    file->format = format == NULL ? NULL : kt_arena_copy(arena, format);
    if (day != NULL && kt_instant_read(day, false, &instant)) {
        file->snapshot_day = instant / DAY_S;
    }
}

static kt_list_file file_of(const kt_source *source, const kt_receipt *receipt, kt_arena *arena)
{
    kt_list_file made = {.source = source,
                         .receipt = receipt,
                         .name = kt_source_place(source, receipt->url, arena),
                         .snapshot_day = kt_day_in_name(receipt->url)};
    read_request(&made, arena);
    if (made.snapshot_day == KT_NO_DAY) {
        made.snapshot_day = receipt->time / DAY_S;
    }
    return made;
}

static const kt_source *source_of(const kt_config *config, const char *id)
{
    for (size_t i = 0; i < config->projects.source_count; i++) {
        if (strcmp(config->projects.sources[i]->id, id) == 0) {
            return config->projects.sources[i];
        }
    }
    return NULL;
}

bool kt_list_file_same(const kt_list_file *a, const kt_list_file *b)
{
    return strcmp(a->receipt->sha256, b->receipt->sha256) == 0 &&
           a->snapshot_day == b->snapshot_day &&
           (a->format == NULL || b->format == NULL || strcmp(a->format, b->format) == 0);
}

/* The same file came again: a format that somebody says of it counts. Under its name it is the last
 * one, and a list that came too early came on its day. */
static void meet_again(kt_list_file *known, const kt_list_file *again, kt_arena *arena)
{
    known->format = known->format == NULL ? again->format : known->format;
    if (strcmp(known->receipt->url, again->receipt->url) == 0) {
        known->order = again->order;
    }
    if (kt_list_day_fault(known, arena) != NULL) {
        known->receipt = again->receipt;
    }
}

static void gather_file(kt_project_lists *lists, const kt_list_file *file, size_t *room,
                        kt_arena *arena)
{
    for (size_t i = 0; i < lists->count; i++) {
        if (kt_list_file_same(&lists->at[i], file)) {
            meet_again(&lists->at[i], file, arena);
            return;
        }
    }
    lists->at = kt_arena_grow(arena, lists->at, lists->count, room, sizeof *lists->at);
    lists->at[lists->count++] = *file;
}

/* By day; of one day in the order in which they came. */
static int by_day(const void *a, const void *b)
{
    const kt_list_file *x = a, *y = b;
    if (x->snapshot_day != y->snapshot_day) {
        return x->snapshot_day < y->snapshot_day ? -1 : 1;
    }
    return (x->order > y->order) - (x->order < y->order);
}

static void gather(const kt_night *night, const kt_list_candidate *candidate, kt_arena *arena,
                   kt_project_lists *out)
{
    size_t room = 0;
    for (size_t i = 0; i < night->receipts.count; i++) {
        const kt_receipt *receipt = &night->receipts.at[i];
        const kt_source *source = source_of(night->config, receipt->source);
        const bool known = night->until == KT_NO_INSTANT || receipt->time <= night->until;
        if (source == NULL || !known || receipt->purpose != KT_PURPOSE_DATA ||
            !kt_receipt_is_good(receipt)) {
            continue;
        }
        kt_list_file file = file_of(source, receipt, arena);
        file.order = i;
        gather_file(out, &file, &room, arena);
    }
    if (candidate != NULL) {
        kt_list_file file = candidate->file;
        file.order = night->receipts.count;
        gather_file(out, &file, &room, arena);
    }
    if (out->count > 0) {
        qsort(out->at, out->count, sizeof *out->at, by_day);
    }
}

/* What the reading of lists shares. */
typedef struct reading {
    const kt_night *night;
    const kt_list_candidate *candidate;
    kt_list_gate *gate;
    kt_withdrawals withdrawals;
    kt_portfolio *portfolio;
    kt_arena *arena;
} reading;

static kt_status load(const reading *of, const kt_list_file *file, kt_arena *scratch,
                      kt_project_file *out, kt_error *err)
{
    char *bytes = NULL;
    if (of->candidate != NULL && file->receipt == of->candidate->file.receipt) {
        *out = *of->candidate->bytes;
        return KT_OK;
    }
    KT_TRY(kt_archive_load(of->night->archive, file->receipt->sha256, scratch, &bytes, &out->length,
                           err));
    out->bytes = bytes;
    return KT_OK;
}

static kt_status read_file(const reading *of, kt_list_file *file, kt_arena *scratch,
                           kt_project_drop *out, kt_error *err)
{
    kt_project_file whole = {.name = file->name, .snapshot_day = file->snapshot_day};
    KT_TRY(load(of, file, scratch, &whole, err));
    const kt_project_drop_source from = {&of->night->config->projects, &whole, file->format};
    KT_TRY(kt_project_drop_read(&from, scratch, of->arena, out, err));
    file->format = out->format;
    return KT_OK;
}

static kt_list_warning *copy_warnings(const kt_list_warning *warnings, size_t count,
                                      kt_arena *arena)
{
    kt_list_warning *out = kt_arena_array(arena, kt_list_warning, count + 1);
    for (size_t i = 0; i < count; i++) {
        out[i].words = kt_arena_copy(arena, warnings[i].words);
        out[i].shown = kt_arena_copy(arena, warnings[i].shown);
    }
    return out;
}

bool kt_list_file_is_list(const kt_list_file *file)
{
    return !kt_list_file_is_report(file) && file->models == NULL;
}

bool kt_list_file_counts(const kt_list_file *file, const kt_project_drop *drop)
{
    return file->held == NULL && !file->replaced && drop->list != NULL;
}

bool kt_list_file_is_report(const kt_list_file *file)
{
    return file->indicators != NULL || file->scores != NULL;
}

static void note_list(const kt_project_list *list, kt_list_file *file)
{
    file->joined = list->joined;
    file->left_out = list->left_out;
    file->footers = list->footers;
    file->blanks = list->blanks;
    memcpy(file->sums, list->sums, sizeof file->sums);
}

void kt_list_file_note(const kt_project_drop *drop, kt_list_file *file, kt_arena *arena)
{
    kt_project_reject *rejects = kt_arena_array(arena, kt_project_reject, drop->reject_count + 1);
    for (size_t i = 0; i < drop->reject_count; i++) {
        rejects[i] = drop->rejects[i];
        rejects[i].code = rejects[i].code == NULL ? NULL : kt_arena_copy(arena, rejects[i].code);
        rejects[i].reason = kt_arena_copy(arena, rejects[i].reason);
        rejects[i].shown = rejects[i].shown == NULL ? NULL : kt_arena_copy(arena, rejects[i].shown);
    }
    file->rejects = rejects;
    file->reject_count = drop->reject_count;
    file->warnings = copy_warnings(drop->warnings, drop->warning_count, arena);
    file->warning_count = drop->warning_count;
    file->warned = drop->warned;
    file->rows = drop->rows;
    file->projects = drop->projects;
    file->indicators = drop->indicators;
    file->scores = drop->scores;
    file->models = drop->models;
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        file->sums[i] = KT_NO_MONEY;
    }
    if (drop->list != NULL) {
        note_list(drop->list, file);
    }
}

const char *kt_list_day_fault(const kt_list_file *file, kt_arena *arena)
{
    char day[KT_INSTANT_SIZE], today[KT_INSTANT_SIZE];
    const int64_t last = (file->receipt->time + FINLAND_AHEAD_S) / DAY_S;
    if (file->snapshot_day <= last) {
        return NULL;
    }
    return kt_arena_print(arena, "%s: a list of %.10s, expected at most the day it came, %.10s",
                          file->name, kt_instant_write(file->snapshot_day * DAY_S, day),
                          kt_instant_write(last * DAY_S, today));
}

static bool is_about_data(kt_status status)
{
    return status == KT_ERR_FORMAT || status == KT_ERR_DATA || status == KT_ERR_NO_DATA ||
           status == KT_ERR_NOT_FOUND || status == KT_ERR_USAGE; /* a format that is no more */
}

static void hold(kt_list_file *file, const char *why, const char *shown)
{
    file->held = why;
    file->held_shown = shown;
}

/* Others of its day, which it was held against, may have come since: nobody wants it all the same.
 */
static const char gone[] = "was held and taken away; put back it is judged by the next run";
static const char unpublishable[] = "cannot be published; the log of a run tells why";

/* What came at that time or later was found to be more than can be published. */
static const char *refusal_of(const reading *of, const kt_list_file *file)
{
    const kt_list_refusal *refusal = &of->night->refusal;
    return refusal->fault != NULL && file->order >= refusal->from
               ? kt_arena_print(of->arena, "%s: cannot be published with it: %s", file->name,
                                refusal->fault)
               : NULL;
}

/* A list of a day to come would stand before every later one. */
static kt_status read_list(const reading *of, kt_list_file *file, kt_arena *scratch,
                           kt_project_drop *drop, kt_error *err)
{
    kt_error why = {0};
    KT_TRY(kt_signals_check(err));
    const char *early = kt_list_day_fault(file, of->arena);
    hold(file, early, early);
    if (early != NULL) {
        file->is_to_come = true;
        return KT_OK;
    }
    const char *refusal = refusal_of(of, file);
    if (refusal != NULL) {
        hold(file, refusal, unpublishable);
        return KT_OK;
    }
    const kt_status status = read_file(of, file, scratch, drop, &why);
    if (status != KT_OK) {
        hold(file, kt_arena_copy(of->arena, why.message),
             "cannot be read; projects import tells why");
        return is_about_data(status) ? KT_OK : kt_fail(err, status, "%s", why.message);
    }
    kt_list_file_note(drop, file, of->arena);
    const char *fault = kt_project_list_fault(of->night->config, file->name, drop, of->arena);
    if (fault != NULL) {
        hold(file, fault, unpublishable);
    } else if (kt_is_withdrawn(of->withdrawals, file, of->night->until)) {
        hold(file, kt_arena_print(of->arena, "%s: %s", file->name, gone), gone);
    }
    return KT_OK;
}

static size_t count_held(const kt_list_file *files, size_t count)
{
    size_t held = 0;
    for (size_t i = 0; i < count; i++) {
        held += files[i].held != NULL ? 1 : 0;
    }
    return held;
}

/* What is held replaces nothing, so what it would have replaced is judged in its place. */
static void judge_day(const reading *of, kt_list_file *files, const kt_project_drop *drops,
                      size_t count)
{
    size_t held;
    do {
        held = count_held(files, count);
        kt_list_replace_day(files, count);
        kt_list_gate_judge(of->gate, files, drops, count);
    } while (count_held(files, count) > held);
    kt_list_twice_tell(files, drops, count, of->arena);
}

/* All files of one day: those of one format are one list. */
static kt_status read_day(const reading *of, kt_list_file *files, size_t count, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("lists of projects", 0);
    kt_project_drop *drops = kt_arena_array(scratch, kt_project_drop, count);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(read_list(of, &files[i], scratch, &drops[i], err));
    }
    judge_day(of, files, drops, count);
    for (size_t i = 0; i < count; i++) {
        if (kt_list_file_counts(&files[i], &drops[i])) {
            kt_portfolio_add(of->portfolio, drops[i].list->projects, drops[i].list->project_count);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (kt_list_file_counts(&files[i], &drops[i])) {
            kt_list_rejected_stand(of->portfolio, &files[i]);
        }
    }
    return KT_OK;
}

static size_t day_count(const kt_project_lists *lists, size_t from)
{
    size_t to = from + 1;
    while (to < lists->count && lists->at[to].snapshot_day == lists->at[from].snapshot_day) {
        to++;
    }
    return to - from;
}

static void count_list(const kt_night *night, const kt_list_file *file, kt_project_lists *out)
{
    if (file->held != NULL || file->replaced) {
        out->held += file->held != NULL && !file->replaced && !file->is_to_come ? 1 : 0;
        return;
    }
    const kt_instant first =
        kt_first_received(night->receipts.at, night->receipts.count, file->receipt->sha256);
    out->as_of = first > out->as_of ? first : out->as_of;
    out->replies[out->reply_count++] = file->receipt->sha256;
}

kt_status kt_project_lists_read(const kt_night *night, const kt_list_candidate *candidate,
                                kt_arena *arena, kt_project_lists *out, kt_error *err)
{
    const kt_project_settings *settings = &night->config->projects;
    kt_acceptances acceptances;
    kt_withdrawals withdrawals;
    *out = (kt_project_lists){.as_of = KT_NO_INSTANT, .models = settings->models};
    if (settings->formats == NULL) {
        return KT_OK;
    }
    KT_TRY(kt_acceptances_load(night->workspace, arena, &acceptances, err));
    KT_TRY(kt_withdrawals_load(night->workspace, arena, &withdrawals, err));
    gather(night, candidate, arena, out);
    out->replies = kt_arena_array(arena, const char *, out->count + 1);
    const reading of = {.night = night,
                        .candidate = candidate,
                        .gate = kt_list_gate_new(night, acceptances, arena),
                        .withdrawals = withdrawals,
                        .portfolio =
                            kt_portfolio_new(settings->order, settings->order_count, arena),
                        .arena = arena};
    for (size_t i = 0, count; i < out->count; i += count) {
        count = day_count(out, i);
        KT_TRY(read_day(&of, &out->at[i], count, err));
    }
    kt_list_replace_held(out);
    kt_list_withdraw(out, withdrawals, night->until);
    for (size_t i = 0; i < out->count; i++) {
        count_list(night, &out->at[i], out);
    }
    out->versions = kt_portfolio_versions(of.portfolio, arena);
    kt_strangers_doubt(out, arena);
    kt_dropped_models_gather(out, arena);
    return KT_OK;
}

kt_status kt_night_lists(kt_night *night, kt_error *err)
{
    kt_project_lists *lists = kt_arena_new(night->arena, kt_project_lists);
    if (night->refusal.fault == NULL && night->until == KT_NO_INSTANT) {
        night->refusal = kt_refusal_load(night);
    }
    KT_TRY(kt_project_lists_read(night, NULL, night->arena, lists, err));
    night->lists = lists;
    return night->fetched ? kt_night_withdraw(night, lists, err) : KT_OK;
}

static const char *month_words(int64_t day, kt_arena *arena)
{
    int year, month, of_month;
    kt_civil_from_days(day, &year, &month, &of_month);
    return kt_arena_print(arena, "%04dM%02d", year, month);
}

static void count_newest(const kt_list_file *file, const kt_run_identity *identity, kt_arena *arena,
                         kt_list_source *out)
{
    out->last_period = month_words(file->snapshot_day, arena);
    out->first_period = out->first_period == NULL ? out->last_period : out->first_period;
    out->address = file->name;
    out->projects = file->projects;
    out->age_days = (long)(identity->as_of / DAY_S - file->snapshot_day);
}

static const char *state_of(const kt_night *night, const kt_list_source *of,
                            const kt_run_identity *identity, const char **reason)
{
    const kt_vintage *vintage = kt_vintage_find(night->receipts.at, night->receipts.count,
                                                of->source->id, identity->night_end, night->arena);
    if (of->reason != NULL) {
        *reason = of->reason;
        return "held";
    }
    if (vintage->last_failed != KT_NO_INSTANT) {
        *reason = vintage->last_fault == NULL ? "no reply" : vintage->last_fault;
        return "failed";
    }
    return of->age_days > of->source->error_age_days  ? "stale"
           : of->age_days > of->source->warn_age_days ? "late"
                                                      : "fresh";
}

kt_list_source kt_list_source_of(const kt_night *night, const kt_source *source,
                                 const kt_run_identity *identity, kt_arena *arena)
{
    const kt_project_lists *lists = night->lists;
    kt_list_source out = {.source = source,
                          .replies = kt_arena_array(arena, const char *, lists->count + 1)};
    for (size_t i = 0; i < lists->count; i++) {
        const kt_list_file *file = &lists->at[i];
        if (file->source != source || file->is_to_come || file->replaced) {
            continue;
        }
        out.reason = file->held;
        if (file->held == NULL) {
            out.replies[out.reply_count++] = file->receipt->sha256;
        }
        if (file->held == NULL && (kt_list_file_is_list(file) || out.address == NULL)) {
            count_newest(file, identity, arena, &out);
        }
    }
    out.state = state_of(night, &out, identity, &out.reason);
    return out;
}
