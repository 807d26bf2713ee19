/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "fetch/archive.h"
#include "why/why.h"

static kt_status read_receipts(const kt_why *of, kt_receipt **out, size_t *count, kt_error *err)
{
    *out = NULL;
    *count = 0;
    if (!kt_file_exists(kt_path_join(of->arena, of->workspace, "archive/receipts"))) {
        return KT_OK;
    }
    KT_AUTO(archive) kt_archive *archive = NULL;
    KT_TRY(kt_archive_open(of->workspace, &archive, err));
    return kt_archive_receipts(archive, of->arena, out, count, err);
}

/* The receipt of the exchange that first brought the reply. */
static const kt_receipt *receipt_of(const kt_receipt *receipts, size_t count, const char *source,
                                    const char *sha256)
{
    for (size_t i = 0; i < count; i++) {
        if (receipts[i].purpose == KT_PURPOSE_DATA && strcmp(receipts[i].sha256, sha256) == 0 &&
            strcmp(receipts[i].source, source) == 0) {
            return &receipts[i];
        }
    }
    return NULL;
}

/* A reply of the run and, where the archive has it, the exchange that brought it. */
typedef struct reply {
    const char *sha256;
    const kt_receipt *receipt;
} reply;

static int by_arrival(const void *a, const void *b)
{
    const reply *left = a;
    const reply *right = b;
    if (left->receipt == NULL || right->receipt == NULL) {
        return (left->receipt != NULL) - (right->receipt != NULL);
    }
    if (left->receipt->time != right->receipt->time) {
        return left->receipt->time < right->receipt->time ? -1 : 1;
    }
    return left->receipt->part < right->receipt->part ? -1 : 1;
}

/* Whether the code stands in the address as a value: "=2026M05", ",2026M05" or "%2C2026M05". */
static bool is_in_address(const char *url, const char *code)
{
    const size_t length = strlen(code);
    for (const char *at = strstr(url, code); at != NULL; at = strstr(at + 1, code)) {
        const bool begins = at > url && strchr("=,[", at[-1]) != NULL;
        const bool is_escaped = at - url >= 3 && strncmp(at - 3, "%2C", 3) == 0;
        if ((begins || is_escaped) && strchr(",&]%", at[length]) != NULL) {
            return true;
        }
    }
    return false;
}

static bool asks_for(const reply *one, const char *code, kt_arena *arena)
{
    if (one->receipt == NULL) {
        return false;
    }
    return one->receipt->request == NULL
               ? is_in_address(one->receipt->url, code)
               : strstr(one->receipt->request, kt_arena_print(arena, "\"%s\"", code)) != NULL;
}

/* Keeps the replies that asked for a code by name; all of them where none did. */
static size_t keep_asked(reply *replies, size_t count, const char *code, kt_arena *arena)
{
    reply *kept = kt_arena_array(arena, reply, count + 1);
    size_t asked = 0;
    for (size_t i = 0; code[0] != '\0' && i < count; i++) {
        if (asks_for(&replies[i], code, arena)) {
            kept[asked++] = replies[i];
        }
    }
    if (asked > 0) {
        memcpy(replies, kept, asked * sizeof *kept);
    }
    return asked > 0 ? asked : count;
}

/* The occupation as the source writes it, where it is one of its own level: 2512 of ISCO-2512. */
static const char *occupation_asked(const kt_why *of)
{
    const char *code = kt_why_cell(of, "occupation_code");
    return kt_text_starts(code, "ISCO-") && strlen(code) == strlen("ISCO-2512")
               ? code + strlen("ISCO-")
               : "";
}

static void put_reply(json_t *list, const reply *one, kt_arena *arena)
{
    const kt_receipt *receipt = one->receipt;
    json_t *row = json_object();
    json_array_append_new(list, row);
    char received[KT_INSTANT_SIZE];
    kt_why_put_text(row, "received",
                    receipt == NULL ? NULL : kt_instant_write(receipt->time, received));
    kt_why_put_text(row, "part",
                    receipt == NULL
                        ? "no receipt"
                        : kt_arena_print(arena, "%zu of %zu", receipt->part + 1, receipt->parts));
    kt_why_put_number(row, "bytes", receipt == NULL ? NAN : (double)receipt->bytes);
    kt_why_put_text(row, "sha256", one->sha256);
    kt_why_put_text(row, "request",
                    receipt == NULL            ? NULL
                    : receipt->request == NULL ? receipt->url
                                               : receipt->request);
}

/* Of its replies those that asked for the row's period, region and occupation by name. */
static json_t *describe_source(const kt_why *of, const kt_why_source *source,
                               const kt_receipt *receipts, size_t receipt_count)
{
    size_t count = source->reply_count;
    reply *replies = kt_arena_array(of->arena, reply, count + 1);
    for (size_t i = 0; i < count; i++) {
        replies[i] = (reply){source->replies[i],
                             receipt_of(receipts, receipt_count, source->id, source->replies[i])};
    }
    count = keep_asked(replies, count, kt_why_cell(of, "time_period"), of->arena);
    count = keep_asked(replies, count, kt_why_cell(of, "region_code"), of->arena);
    count = keep_asked(replies, count, occupation_asked(of), of->arena);
    qsort(replies, count, sizeof *replies, by_arrival);
    json_t *about = json_object();
    kt_why_put_text(about, "title", source->title);
    kt_why_put_text(about, "address", source->address);
    kt_why_put_text(about, "updated_at_source", source->updated);
    kt_why_put_text(about, "licence", source->licence);
    kt_why_put_number(about, "replies_used", (double)source->reply_count);
    kt_why_put_number(about, "replies_that_asked_for_this", (double)count);
    json_t *list = json_array();
    json_object_set_new(about, "replies", list);
    for (size_t i = 0; i < count; i++) {
        put_reply(list, &replies[i], of->arena);
    }
    return about;
}

/* Figures of this source and the row's period that the configuration corrects: they may be inputs.
 */
static void add_corrections(const kt_why *of, const kt_why_source *source, json_t *list)
{
    const char *period = kt_why_cell(of, "time_period");
    for (size_t i = 0; i < of->run.correction_count; i++) {
        const kt_correction *one = &of->run.corrections[i];
        const bool in_time = period[0] == '\0' || strcmp(one->period, period) == 0;
        if (!in_time || strcmp(one->source, source->id) != 0) {
            continue;
        }
        json_t *row = json_object();
        kt_why_put_text(row, "date", one->date);
        kt_why_put_text(row, "period", one->period);
        kt_why_put_text(row, "region", one->region);
        kt_why_put_text(row, "occupation", one->occupation);
        kt_why_put_text(row, "measure", one->measure);
        kt_why_put_number(row, "was", one->was);
        kt_why_put_number(row, "value", one->value);
        kt_why_put_text(row, "reason", one->reason);
        json_array_append_new(list, row);
    }
}

kt_status kt_why_add_replies(const kt_why *of, kt_error *err)
{
    kt_receipt *receipts = NULL;
    size_t count = 0;
    KT_TRY(read_receipts(of, &receipts, &count, err));
    const size_t *sources = NULL;
    const size_t source_count = kt_why_sources(of, &sources);
    json_t *section = kt_why_section(of, "sources", json_object());
    json_auto_t *corrections = json_array();
    for (size_t i = 0; i < source_count; i++) {
        const kt_why_source *source = &of->run.sources[sources[i]];
        json_object_set_new(section, source->id, describe_source(of, source, receipts, count));
        add_corrections(of, source, corrections);
    }
    if (json_array_size(corrections) > 0) {
        (void)kt_why_section(of, "corrections", json_incref(corrections));
    }
    return KT_OK;
}
