/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <string.h>
#include <time.h>

#include "accepted.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/file_look.h"
#include "core/text.h"
#include "pipeline/signals.h"
#include "projects/lists.h"

#define MOMENT_S      1 /* in which a file that is being written changes */
#define STILL_WRITTEN "%s: it is still being written, expected it whole"

#define FILE_OK 200 /* a receipt of a file that could be read, in the words of the web */

/* The source that files come from. */
static const kt_source *files_source(const kt_config *config)
{
    for (size_t i = 0; i < config->projects.source_count; i++) {
        if (config->projects.sources[i]->folder != NULL) {
            return config->projects.sources[i];
        }
    }
    return NULL;
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static bool is_known(const kt_night *night, const kt_receipt *receipt)
{
    for (size_t i = 0; i < night->receipts.count; i++) {
        const kt_receipt *other = &night->receipts.at[i];
        if (other->purpose == KT_PURPOSE_DATA && strcmp(other->sha256, receipt->sha256) == 0 &&
            strcmp(other->source, receipt->source) == 0 &&
            kt_text_same(other->request, receipt->request)) {
            return true;
        }
    }
    return false;
}

/* Body, receipt, ledger: in this order. */
static kt_status keep(kt_night *night, const kt_project_file *file, kt_receipt *receipt,
                      kt_arena *arena, kt_error *err)
{
    char now[KT_INSTANT_SIZE];
    receipt->campaign = kt_arena_print(arena, "%s-%s-%.12s", receipt->source,
                                       kt_instant_write_basic(receipt->time, now), receipt->sha256);
    KT_TRY(kt_archive_store(night->archive, file->bytes, file->length, receipt->sha256, err));
    KT_TRY(kt_archive_receipt(night->archive, receipt, err));
    return kt_ledger_add_reply(night->ledger, receipt, err);
}

/* What was written just now is whole if it is still the same a moment later. */
static kt_status wait_until_still(const kt_open_file *file, kt_file_look *look, kt_error *err)
{
    const struct timespec moment = {.tv_sec = MOMENT_S};
    kt_file_look later = {0};
    if (kt_file_look_settled(look, (double)kt_instant_now())) {
        return KT_OK;
    }
    (void)nanosleep(&moment, NULL);
    KT_TRY(kt_signals_check(err));
    if (!kt_file_look_at_open(file->fd, &later) || !kt_file_look_same(look, &later)) {
        return kt_fail(err, KT_ERR_DATA, STILL_WRITTEN, file->path);
    }
    return KT_OK;
}

/* What is no file, as a pipe, ends when it is whole. */
static kt_status read_still(const char *path, size_t limit, kt_arena *arena, char **bytes,
                            size_t *length, kt_error *err)
{
    kt_file_look before = {0}, after = {0};
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    const kt_open_file file = {fd, path};
    const bool is_file = kt_file_look_at_open(fd, &before);
    KT_TRY(is_file ? wait_until_still(&file, &before, err) : KT_OK);
    KT_TRY(kt_file_read_open(file, limit, arena, bytes, length, err));
    if (is_file && (!kt_file_look_at_open(fd, &after) || !kt_file_look_same(&before, &after))) {
        return kt_fail(err, KT_ERR_DATA, STILL_WRITTEN, path);
    }
    return KT_OK;
}

static kt_status read_file(const kt_night *night, const kt_list_import *import, kt_arena *arena,
                           kt_project_file *out, kt_error *err)
{
    char *bytes = NULL;
    const char *name = name_of(import->path);
    const int64_t day =
        import->snapshot_day != KT_NO_DAY ? import->snapshot_day : kt_day_in_name(name);
    if (day == KT_NO_DAY) {
        return kt_fail(err, KT_ERR_USAGE,
                       "%s: its name holds no day; say --snapshot-date 2026-09-25, the day of "
                       "which the list speaks",
                       import->path);
    }
    *out = (kt_project_file){.name = import->path, .snapshot_day = day};
    KT_TRY(read_still(import->path, night->config->http.reply_limit_bytes, arena, &bytes,
                      &out->length, err));
    out->bytes = bytes;
    return KT_OK;
}

static kt_receipt *receipt_of(const kt_source *source, const kt_list_import *import,
                              const kt_project_file *file, const char *format, kt_arena *arena)
{
    kt_receipt *receipt = kt_arena_new(arena, kt_receipt);
    *receipt = (kt_receipt){.source = source->id,
                            .method = "GET",
                            .url = kt_arena_print(arena, "file:%s", name_of(import->path)),
                            .request = kt_import_request(format, file->snapshot_day, arena),
                            .time = kt_instant_now(),
                            .status = FILE_OK,
                            .bytes = file->length,
                            .parts = 1,
                            .whole = true,
                            .purpose = KT_PURPOSE_DATA};
    kt_hash_bytes(file->bytes, file->length, receipt->sha256);
    return receipt;
}

/* What the next night would say of the file, among all others: it may hold it. */
static kt_status read_among(const kt_night *night, const kt_project_file *bytes, kt_list_file *file,
                            kt_error *err)
{
    const kt_list_candidate candidate = {*file, bytes};
    kt_project_lists lists;
    KT_TRY(kt_project_lists_read(night, &candidate, night->arena, &lists, err));
    for (size_t i = 0; i < lists.count; i++) {
        if (kt_list_file_same(&lists.at[i], &candidate.file)) {
            *file = lists.at[i];
            file->name = candidate.file.name;
        }
    }
    return KT_OK;
}

static kt_status accept(const kt_night *night, const kt_receipt *receipt, kt_arena *arena,
                        kt_error *err)
{
    const kt_acceptance acceptance = {
        .source = receipt->source, .campaign = receipt->sha256, .time = receipt->time};
    return kt_acceptance_add(night->workspace, &acceptance, arena, err);
}

/* Into the archive, and let through if it has to be. */
static kt_status admit(kt_night *night, const kt_list_import *import, const kt_project_file *bytes,
                       kt_list_file *file, kt_list_fate *fate, kt_error *err)
{
    kt_receipt receipt = *file->receipt;
    KT_TRY(read_among(night, bytes, file, err));
    if (file->held != NULL && !import->accept) {
        return kt_fail(err, KT_ERR_DATA, "%s", file->held);
    }
    *fate = is_known(night, &receipt) ? KT_LIST_KNOWN : KT_LIST_IMPORTED;
    KT_TRY(*fate == KT_LIST_KNOWN ? KT_OK : keep(night, bytes, &receipt, night->arena, err));
    if (file->held != NULL) {
        *fate = KT_LIST_ACCEPTED;
        return accept(night, &receipt, night->arena, err);
    }
    return KT_OK;
}

kt_status kt_project_list_import(kt_night *night, const kt_list_import *import, kt_arena *arena,
                                 kt_list_file *out, kt_list_fate *fate, kt_error *err)
{
    const kt_source *source = files_source(night->config);
    kt_project_file file = {0};
    kt_project_drop drop;
    if (source == NULL) {
        return kt_fail(err, KT_ERR_CONFIG,
                       "%s: no source of lists is a folder, expected one in "
                       "projects.json",
                       night->config->path);
    }
    KT_TRY(read_file(night, import, arena, &file, err));
    const kt_project_drop_source from = {&night->config->projects, &file, import->format};
    KT_TRY(kt_project_drop_read(&from, arena, arena, &drop, err));
    *out = (kt_list_file){.source = source,
                          .receipt = receipt_of(source, import, &file, drop.format, arena),
                          .name = import->path,
                          .format = drop.format,
                          .snapshot_day = file.snapshot_day};
    kt_list_file_note(&drop, out, arena);
    const char *fault = kt_list_day_fault(out, arena);
    fault = fault == NULL ? kt_project_list_fault(night->config, out->name, &drop, arena) : fault;
    if (fault != NULL) { /* whoever lets it through errs as well */
        return kt_fail(err, KT_ERR_DATA, "%s", fault);
    }
    return admit(night, import, &file, out, fate, err);
}
