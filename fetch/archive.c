/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/archive.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/journal.h"
#include "core/text.h"
#include "receipt.h"
#include "sweep.h"

#define ZSTD_LEVEL    3
#define BODY_LIMIT    ((size_t)1 << 30) /* of a stored body, packed or unpacked */
#define PREFIX_DIGITS 2
#define MONTH_FILES   "*-*.jsonl"

struct kt_archive {
    kt_arena *arena; /* of the paths */
    char *folder;    /* WORKSPACE/archive */
    char *receipts;  /* WORKSPACE/archive/receipts */
    bool swept;      /* what a crash left is gone */
};

kt_status kt_archive_open(const char *workspace, kt_archive **out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("archive", 0);
    kt_archive *archive = kt_arena_new(arena, kt_archive);
    archive->folder = kt_path_join(arena, workspace, "archive");
    archive->receipts = kt_path_join(arena, archive->folder, "receipts");
    KT_TRY(kt_folder_make(archive->receipts, err));
    archive->arena = arena;
    arena = NULL;
    *out = archive;
    return KT_OK;
}

void kt_archive_close(kt_archive *archive)
{
    if (archive != NULL) {
        kt_arena_free(archive->arena);
    }
}

static kt_status sweep(kt_archive *archive, kt_error *err)
{
    if (archive->swept) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("archive sweep", 0);
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(archive->folder, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        const bool holds_bodies = strlen(names[i]) == PREFIX_DIGITS;
        const char *folder = kt_path_join(arena, archive->folder, names[i]);
        KT_TRY(holds_bodies ? kt_sweep_folder(folder, arena, err) : KT_OK);
    }
    archive->swept = true;
    return KT_OK;
}

static char *body_folder(const kt_archive *archive, const char *sha256, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/%.*s", archive->folder, PREFIX_DIGITS, sha256);
}

char *kt_archive_path(const kt_archive *archive, const char *sha256, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/%.*s/%s.zst", archive->folder, PREFIX_DIGITS, sha256,
                          sha256 + PREFIX_DIGITS);
}

/* A body that lies there damaged is written again: we have it in hand. */
static bool is_stored(const kt_archive *archive, const char *sha256, kt_arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    return kt_file_exists(kt_archive_path(archive, sha256, arena)) &&
           kt_archive_load(archive, sha256, arena, &bytes, &length, NULL) == KT_OK;
}

kt_status kt_archive_store(kt_archive *archive, const void *bytes, size_t length,
                           char sha256[KT_HASH_SIZE], kt_error *err)
{
    KT_TRY(sweep(archive, err));
    if (length > BODY_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "a body of %zu bytes is above the archive's limit of %zu", length,
                       BODY_LIMIT);
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("archive store", 0);
    kt_hash_bytes(bytes, length, sha256);
    if (is_stored(archive, sha256, arena)) {
        return KT_OK;
    }
    const size_t room = ZSTD_compressBound(length);
    char *packed = kt_arena_take(arena, room, 1);
    const size_t size = ZSTD_compress(packed, room, bytes, length, ZSTD_LEVEL);
    if (ZSTD_isError(size)) {
        return kt_fail(err, KT_ERR_BUG, "%s: cannot be packed: %s", sha256,
                       ZSTD_getErrorName(size));
    }
    KT_TRY(kt_folder_make(body_folder(archive, sha256, arena), err));
    return kt_file_write(kt_archive_path(archive, sha256, arena), packed, size, err);
}

typedef struct body {
    char *bytes;
    size_t length;
} body;

static kt_status unpack(const char *path, body packed, kt_arena *arena, body *out, kt_error *err)
{
    const unsigned long long stated = ZSTD_getFrameContentSize(packed.bytes, packed.length);
    if (stated == ZSTD_CONTENTSIZE_UNKNOWN || stated == ZSTD_CONTENTSIZE_ERROR ||
        stated > BODY_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: damaged: no zstd frame of a stored body", path);
    }
    char *content = kt_arena_take(arena, (size_t)stated + 1, 1);
    const size_t got = ZSTD_decompress(content, (size_t)stated, packed.bytes, packed.length);
    if (ZSTD_isError(got)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: damaged: %s", path, ZSTD_getErrorName(got));
    }
    *out = (body){content, got};
    return KT_OK;
}

kt_status kt_archive_load(const kt_archive *archive, const char *sha256, kt_arena *arena,
                          char **bytes, size_t *length, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("archive load", 0);
    const char *path = kt_archive_path(archive, sha256, scratch);
    body packed = {0};
    body whole = {0};
    KT_TRY(kt_file_read(path, BODY_LIMIT, scratch, &packed.bytes, &packed.length, err));
    KT_TRY(unpack(path, packed, arena, &whole, err));
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(whole.bytes, whole.length, hash);
    if (strcmp(hash, sha256) != 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: damaged: the body's sha256 is %s", path, hash);
    }
    *bytes = whole.bytes;
    *length = whole.length;
    return KT_OK;
}

/*
 * The month of the receipt, or the newest month there is: the order of the lines is the order of
 * writing even after the machine's clock went back.
 */
static kt_status month_path(const kt_archive *archive, kt_instant time, kt_arena *arena, char **out,
                            kt_error *err)
{
    char word[KT_INSTANT_SIZE];
    const char *month = kt_arena_print(arena, "%.7s.jsonl", kt_instant_write(time, word));
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(archive->receipts, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        if (kt_text_matches(names[i], MONTH_FILES) && strcmp(names[i], month) > 0) {
            month = names[i];
        }
    }
    *out = kt_path_join(arena, archive->receipts, month);
    return KT_OK;
}

kt_status kt_archive_receipt(kt_archive *archive, const kt_receipt *receipt, kt_error *err)
{
    KT_TRY(sweep(archive, err));
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("receipt", 0);
    KT_AUTO(text) kt_text line = {0};
    kt_receipt_write(receipt, &line);
    char *path = NULL;
    KT_TRY(month_path(archive, receipt->time, arena, &path, err));
    return kt_journal_add(path, line.bytes, line.length, err);
}

typedef struct receipt_list {
    kt_receipt *at;
    size_t count, room;
    kt_arena *arena;
} receipt_list;

static kt_receipt *list_add(receipt_list *list)
{
    list->at = kt_arena_grow(list->arena, list->at, list->count, &list->room, sizeof *list->at);
    return &list->at[list->count++];
}

static kt_status read_month(const char *path, receipt_list *list, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("receipts", 0);
    kt_journal_line *lines = NULL;
    size_t count = 0;
    KT_TRY(kt_journal_read(path, scratch, &lines, &count, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(kt_receipt_read(&lines[i], list->arena, list_add(list), err));
    }
    return KT_OK;
}

kt_status kt_archive_receipts(const kt_archive *archive, kt_arena *arena, kt_receipt **out,
                              size_t *count, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("receipts", 0);
    receipt_list list = {.arena = arena};
    char **names = NULL;
    size_t months = 0;
    KT_TRY(kt_folder_list(archive->receipts, scratch, &names, &months, err));
    for (size_t i = 0; i < months; i++) {
        const char *path = kt_path_join(scratch, archive->receipts, names[i]);
        KT_TRY(kt_text_matches(names[i], MONTH_FILES) ? read_month(path, &list, err) : KT_OK);
    }
    *out = list.at;
    *count = list.count;
    return KT_OK;
}
