/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <string.h>

#include "campaign.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "drop.h"
#include "fetch/fetch.h"
#include "open.h"
#include "reply.h"
#include "table.h"

/*
 * Files that are dropped into a folder: base_url is file:FOLDER, the path of the address a pattern
 * of names. Each file is a campaign of one part, by its name; one whose bytes are known is passed
 * over, and one that is gone stays in the archive. Files are taken in the order of their names, so
 * where two of one night state no date and have the same period the later name counts. A
 * file that cannot be read is refused by itself: its bytes and why are kept as a probe that failed,
 * for there is nothing of it that a table could be made of. Of lists of projects there may be none,
 * nor a folder for them.
 */

#define FILE_OK 200 /* a receipt of a file that could be read, in the words of the web */

/* What one look into the folder comes to. */
typedef struct sweep {
    kt_table table;
    size_t taken, refused;
    const char **refusals; /* why, of each file that was refused */
    kt_status status;      /* of the first of them */
    size_t cells;
    kt_planned_call *calls; /* the files that are new */
} sweep;

static const char *url_of(const char *name, kt_arena *arena)
{
    return kt_arena_print(arena, "file:%s", name);
}

/* The newest receipt of that file with that outcome, or NULL. */
static const kt_receipt *last_of(const kt_errand *errand, const char *source, const char *url,
                                 kt_purpose purpose)
{
    for (size_t i = errand->receipt_count; i-- > 0;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (receipt->purpose == purpose && strcmp(receipt->source, source) == 0 &&
            strcmp(receipt->url, url) == 0) {
            return receipt;
        }
    }
    return NULL;
}

/* "file:norway_05.csv: line 3: ..."; the fault may name source or file already. */
static const char *trouble_of(const kt_source *source, const char *url, const char *fault,
                              kt_arena *arena)
{
    const char *rest = kt_text_unnamed(fault, source->id);
    return kt_arena_print(arena, "%s: %s", url, kt_text_unnamed(rest, url + strlen("file:")));
}

static kt_status record(sweep *of, kt_receipt *receipt, kt_error *err)
{
    kt_errand *errand = of->table.errand;
    receipt->source = of->table.source->id;
    receipt->method = "GET";
    receipt->time = kt_instant_now();
    errand->calls++;
    return kt_errand_record(errand, receipt, err);
}

/* Refuses a file. The same bytes are not recorded as bad twice unless others came meanwhile. */
static kt_status refuse(sweep *of, const char *url, const kt_body *body, const kt_error *why,
                        kt_error *err)
{
    kt_errand *errand = of->table.errand;
    kt_receipt receipt = {.purpose = KT_PURPOSE_PROBE, .url = url};
    receipt.fault = trouble_of(of->table.source, url, why->message, errand->arena);
    of->status = of->refused == 0 ? why->status : of->status;
    of->refusals[of->refused++] = receipt.fault;
    if (errand->options->dry_run) {
        return KT_OK;
    }
    if (body->bytes != NULL) {
        receipt.status = FILE_OK;
        receipt.bytes = body->length;
        KT_TRY(kt_archive_store(errand->archive, body->bytes, body->length, receipt.sha256, err));
    }
    const kt_receipt *last = last_of(errand, of->table.source->id, url, KT_PURPOSE_PROBE);
    const bool is_known = last != NULL && strcmp(last->sha256, receipt.sha256) == 0 &&
                          kt_text_same(last->fault, receipt.fault) && of->taken == 0;
    return is_known ? KT_OK : record(of, &receipt, err);
}

/* Takes a file that is what is wanted. */
static kt_status take(sweep *of, const char *url, const kt_body *body, const kt_reply *reply,
                      kt_error *err)
{
    kt_errand *errand = of->table.errand;
    of->calls[of->taken++] = (kt_planned_call){.url = url, .cells = reply->cells};
    of->cells += reply->cells;
    if (errand->options->dry_run) {
        return KT_OK;
    }
    kt_receipt receipt = {.purpose = KT_PURPOSE_DATA,
                          .url = url,
                          .status = FILE_OK,
                          .bytes = body->length,
                          .updated = reply->updated,
                          .campaign = kt_campaign_new_id(&of->table),
                          .parts = 1,
                          .whole = true,
                          .first_period = reply->first_period,
                          .last_period = reply->period};
    KT_TRY(kt_archive_store(errand->archive, body->bytes, body->length, receipt.sha256, err));
    return record(of, &receipt, err);
}

static bool is_known(const sweep *of, const char *url, const kt_body *body)
{
    char sha256[KT_HASH_SIZE];
    const kt_receipt *last = last_of(of->table.errand, of->table.source->id, url, KT_PURPOSE_DATA);
    kt_hash_bytes(body->bytes, body->length, sha256);
    return last != NULL && strcmp(last->sha256, sha256) == 0;
}

static kt_status read_reply(const sweep *of, const kt_body *body, kt_reply *reply, kt_error *err)
{
    kt_part part = {0};
    const kt_expected expected = {
        .source = of->table.source, .path = body->name, .wanted = &of->table.wanted, .part = &part};
    return kt_reply_check(&expected, *body, of->table.errand->arena, reply, err);
}

/* One pass takes the good files, the other tells of the rest: what is bad is the last word. */
static kt_status look_at(sweep *of, const kt_dropped *file, bool takes, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a dropped file", 0);
    const char *url = url_of(file->name, of->table.errand->arena);
    kt_body body = {.name = file->name};
    kt_reply reply = {0};
    kt_error why = {0};
    kt_status status = file->trouble == NULL
                           ? kt_drop_read(of->table.errand, file, scratch, &body, &why)
                           : kt_fail(&why, KT_ERR_BUSY, "%s", file->trouble);
    if (status == KT_OK && is_known(of, url, &body)) {
        return KT_OK;
    }
    status = status == KT_OK ? read_reply(of, &body, &reply, &why) : status;
    if (takes) {
        return status == KT_OK ? take(of, url, &body, &reply, err) : KT_OK;
    }
    return status == KT_OK ? KT_OK : refuse(of, url, &body, &why, err);
}

/* A file that was refused is gone or mended: the table has no fault any more. */
static kt_status forgive(sweep *of, const char *path, kt_error *err)
{
    if (of->refused > 0 || of->table.vintage->last_failed == KT_NO_INSTANT ||
        of->table.errand->options->dry_run) {
        return KT_OK;
    }
    kt_receipt receipt = {.purpose = KT_PURPOSE_PROBE,
                          .url = url_of(path, of->table.errand->arena),
                          .status = FILE_OK};
    return record(of, &receipt, err);
}

static kt_status sweep_folder(sweep *of, const char *path, kt_error *err)
{
    kt_dropped *files = NULL;
    size_t count = 0;
    const bool may_be_empty = kt_text_same(of->table.source->format, KT_LIST_FORMAT);
    KT_TRY(may_be_empty && !kt_file_exists(of->table.source->folder)
               ? KT_OK
               : kt_drop_list(of->table.errand, of->table.source, path, &files, &count, err));
    of->calls = kt_arena_array(of->table.errand->arena, kt_planned_call, count + 1);
    of->refusals = kt_arena_array(of->table.errand->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        KT_TRY(look_at(of, &files[i], true, err));
    }
    for (size_t i = 0; i < count; i++) {
        KT_TRY(look_at(of, &files[i], false, err));
    }
    if (count == 0 && of->table.vintage->reply_count == 0 && !may_be_empty) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "%s: %s: no file is called %s, expected some",
                       of->table.source->id, of->table.source->base_url, path);
    }
    return forgive(of, path, err);
}

static void fill_result(const sweep *of, kt_fetch_result *result)
{
    kt_plan *plan = kt_arena_new(of->table.errand->arena, kt_plan);
    *plan = (kt_plan){.calls = of->calls,
                      .call_count = of->taken,
                      .cells = of->cells,
                      .is_open = true,
                      .host = "files"};
    result->plan = plan;
    result->refusals = of->refusals;
    result->refusal_count = of->refused;
    result->state = of->table.errand->options->dry_run ? KT_FETCH_PLANNED
                    : of->taken > 0                    ? KT_FETCH_FETCHED
                                                       : KT_FETCH_UNCHANGED;
}

static kt_status fail_refused(const sweep *of, kt_error *err)
{
    const char *id = of->table.source->id, *first = of->refusals[0];
    return of->refused == 1
               ? kt_fail(err, of->status, "%s: %s", id, first)
               : kt_fail(err, of->status, "%s: %s; and %zu more", id, first, of->refused - 1);
}

static kt_status collect(kt_errand *errand, const kt_source *source, kt_fetch_result *result,
                         kt_error *err)
{
    sweep of = {.table = {.errand = errand,
                          .source = source,
                          .protocol = kt_protocol_find(source->protocol)}};
    const kt_address_spec *address = kt_source_address(source, kt_instant_now());
    if (address == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: no address for today", source->file);
    }
    of.table.vintage = kt_vintage_find(errand->receipts, errand->receipt_count, source->id,
                                       KT_NO_INSTANT, errand->arena);
    KT_TRY(kt_open_want(&of.table, 0, &of.table.wanted, err));
    KT_TRY(sweep_folder(&of, address->path, err));
    fill_result(&of, result);
    return of.refused == 0 ? KT_OK : fail_refused(&of, err);
}

const kt_protocol kt_protocol_file = {
    .id = "file",
    .collect = collect,
};
