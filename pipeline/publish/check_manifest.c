/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/instant.h"
#include "core/json.h"
#include "publish/check.h"

#define MANIFEST_LIMIT ((size_t)16 << 20)
#define RUN_ID_LENGTH  16
#define MONTH_LIMIT    1200

static bool is_hex(const char *text, size_t length)
{
    return text != NULL && strlen(text) == length && strspn(text, "0123456789abcdef") == length;
}

static void expect_hex(kt_json place, size_t length)
{
    const char *text = kt_json_text(place);
    if (text != NULL && !is_hex(text, length)) {
        kt_json_wrong(place, "\"%.80s\", expected %zu hexadecimal digits", text, length);
    }
}

static kt_words read_words(kt_json place)
{
    return (kt_words){.fi = kt_json_text(kt_json_member(place, "fi")),
                      .sv = kt_json_text(kt_json_member(place, "sv")),
                      .en = kt_json_text(kt_json_member(place, "en"))};
}

static const char *text_or_null(kt_json place, const char *name)
{
    return kt_json_text_or(kt_json_member(place, name), NULL);
}

static kt_published_source read_source(kt_json place)
{
    const kt_json replies = kt_json_member(place, "replies");
    for (size_t i = 0; i < kt_json_count(replies); i++) {
        expect_hex(kt_json_element(replies, i), KT_HASH_SIZE - 1);
    }
    return (kt_published_source){.id = kt_json_text(kt_json_member(place, "id")),
                                 .title = read_words(kt_json_member(place, "title")),
                                 .address = text_or_null(place, "address"),
                                 .updated = text_or_null(place, "updated_at_source"),
                                 .first_period = text_or_null(place, "first_period"),
                                 .last_period = text_or_null(place, "last_period"),
                                 .licence = kt_json_text(kt_json_member(place, "licence")),
                                 .citation = read_words(kt_json_member(place, "citation"))};
}

static void read_sources(kt_json place, kt_manifest *out)
{
    out->source_count = kt_json_count(place);
    out->sources = kt_arena_array(place.arena, kt_published_source, out->source_count + 1);
    for (size_t i = 0; i < out->source_count; i++) {
        out->sources[i] = read_source(kt_json_element(place, i));
    }
}

static kt_instant read_as_of(kt_json place)
{
    kt_instant instant = KT_NO_INSTANT;
    char again[KT_INSTANT_SIZE];
    const char *text = kt_json_text(place);
    if (text != NULL && (!kt_instant_read(text, false, &instant) ||
                         strcmp(kt_instant_write(instant, again), text) != 0)) {
        kt_json_wrong(place, "\"%.40s\", expected a moment as 2026-11-21T05:00:00Z", text);
    }
    return instant;
}

static bool read_modelled(kt_json document)
{
    const bool modelled = kt_json_bool(kt_json_member(document, "modelled"));
    const kt_json place = kt_json_member(document, "notice");
    const char *notice = kt_json_text(place);
    if (notice != NULL && strcmp(notice, modelled ? "modelled, not official" : "") != 0) {
        kt_json_wrong(place, "\"%.80s\", expected %s", notice,
                      modelled ? "modelled, not official" : "nothing, for nothing is modelled");
    }
    return modelled;
}

static void read_files(kt_json place, kt_manifest *out)
{
    const size_t count = kt_json_count(place);
    out->files = kt_arena_array(place.arena, kt_manifest_file, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json file = kt_json_element(place, i);
        kt_manifest_file *entry = &out->files[out->file_count];
        *entry =
            (kt_manifest_file){.path = kt_json_text(kt_json_member(file, "path")),
                               .table = text_or_null(file, "table"),
                               .sha256 = kt_json_text(kt_json_member(file, "sha256")),
                               .bytes = kt_json_number(kt_json_member(file, "bytes"), 0, 1e15)};
        if (entry->table != NULL) {
            entry->rows = kt_json_number(kt_json_member(file, "rows"), 0, 1e15);
        }
        if (entry->path == NULL || entry->sha256 == NULL) {
            continue;
        }
        if (out->file_count > 0 && strcmp(entry[-1].path, entry->path) >= 0) {
            kt_json_wrong(file, "files are not in the order of their paths");
            continue;
        }
        out->file_count++;
    }
}

static void read_document(kt_json document, kt_manifest *out)
{
    expect_hex(kt_json_member(document, "run_id"), RUN_ID_LENGTH);
    expect_hex(kt_json_member(document, "configuration_sha256"), KT_HASH_SIZE - 1);
    out->run_id = kt_json_text(kt_json_member(document, "run_id"));
    out->as_of = read_as_of(kt_json_member(document, "as_of"));
    (void)kt_json_number(kt_json_member(document, "contract"), KT_CONTRACT_VERSION,
                         KT_CONTRACT_VERSION);
    out->version = kt_json_text(kt_json_member(kt_json_member(document, "program"), "version"));
    out->configuration = kt_json_text(kt_json_member(document, "configuration_sha256"));
    out->modelled = read_modelled(document);
    out->public_only = kt_json_bool(kt_json_member(document, "public_only"));
    const double months = kt_json_number(kt_json_member(document, "csv_fi_months"), 1, MONTH_LIMIT);
    out->fi_months = months >= 1 ? (unsigned)months : 1;
    read_sources(kt_json_member(document, "sources"), out);
    read_files(kt_json_member(document, "files"), out);
}

/* The hash is of all bytes above its own line. */
static void check_content(const char *bytes, kt_file_faults *faults)
{
    const char *line = NULL;
    for (const char *at = bytes; (at = strstr(at, KT_MANIFEST_CONTENT)) != NULL; at++) {
        line = at;
    }
    if (line == NULL) {
        kt_fault(faults, 0, NULL, "content_sha256: expected on a line of its own");
        return;
    }
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(bytes, (size_t)(line - bytes) + 1, hash);
    if (strncmp(line + strlen(KT_MANIFEST_CONTENT), hash, KT_HASH_SIZE - 1) != 0) {
        kt_fault(faults, 0, NULL, "content_sha256: expected %s, the hash of what stands above it",
                 hash);
    }
}

void kt_manifest_check(const char *path, kt_file_faults *faults, kt_manifest *out)
{
    *out = (kt_manifest){.fi_months = 1};
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(path, MANIFEST_LIMIT, faults->arena, &bytes, &length, &err) != KT_OK) {
        kt_fault_line(faults, err.message);
        return;
    }
    check_content(bytes, faults);
    kt_problems *problems = kt_problems_new(faults->arena);
    json_auto_t *document = NULL;
    kt_json place;
    kt_json_load(path, faults->arena, problems, &document, &place);
    if (place.value != NULL) {
        read_document(place, out);
    }
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        kt_fault_line(faults, kt_problems_at(problems, i));
    }
}

static int compare_path(const void *path, const void *file)
{
    return strcmp(path, ((const kt_manifest_file *)file)->path);
}

const kt_manifest_file *kt_manifest_find(const kt_manifest *manifest, const char *path)
{
    return manifest->file_count == 0 ? NULL
                                     : bsearch(path, manifest->files, manifest->file_count,
                                               sizeof *manifest->files, compare_path);
}
