/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/number.h"
#include "core/text.h"
#include "revision_log.h"

#define FILE_LIMIT     ((size_t)1 << 30)
#define CHANGES_LIMIT  ((size_t)8 << 30)
#define FORMAT_VERSION 1

enum column { NOTE = KT_ROLES, BEFORE, BEFORE_STATUS, AFTER, AFTER_STATUS, COLUMNS };

static const char *path_of(const char *store, const kt_source *source, const char *ending,
                           kt_arena *arena)
{
    return kt_arena_print(arena, "%s/revisions/%s.%s", store, source->id, ending);
}

static void put_told(kt_text *line, kt_told told)
{
    char number[KT_NUMBER_SIZE];
    const char letter[2] = {kt_obs_letter(told.obs), '\0'};
    const size_t length = kt_number_write(told.value, number);
    kt_csv_put(line, length == 0 ? "" : number, ',', false);
    kt_csv_put(line, letter, ',', false);
}

static bool put_change(const kt_revision_log *log, const kt_change *change, kt_text *line,
                       kt_text *file)
{
    char note[KT_NUMBER_SIZE];
    (void)kt_number_write(change->note, note);
    kt_text_clear(line);
    for (kt_role role = 0; role < KT_ROLES; role++) {
        kt_csv_put(line, kt_change_code(log, change, role), ',', role == 0);
    }
    kt_csv_put(line, note, ',', false);
    put_told(line, change->before);
    put_told(line, change->after);
    kt_text_put_char(line, '\n');
    return kt_text_add(file, line->bytes, line->length);
}

static kt_status save_changes(const kt_revision_log *log, const char *path,
                              char sha256[KT_HASH_SIZE], kt_error *err)
{
    KT_AUTO(text) kt_text file = {.limit = CHANGES_LIMIT};
    KT_AUTO(text) kt_text line = {0};
    kt_text_put(&file, "period,measure,region,occupation,sector,group,note,before,before_status,"
                       "after,after_status\n");
    for (size_t i = 0; i < log->change_count; i++) {
        if (!put_change(log, &log->changes[i], &line, &file)) {
            return kt_fail(err, KT_ERR_IO, "%s: %zu changes do not fit into memory", path,
                           log->change_count);
        }
    }
    kt_hash_bytes(file.bytes, file.length, sha256);
    return kt_file_write(path, file.bytes, file.length, err);
}

/* Texts of a reply were checked to be UTF-8 when it was read. */
static json_t *words(const char *text)
{
    json_t *value = text == NULL ? json_null() : json_string(text);
    return value == NULL ? json_string("(not UTF-8)") : value;
}

static json_t *figure(double number)
{
    return isnan(number) ? json_null() : json_real(number);
}

static json_t *write_list(const kt_codes *codes)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        json_array_append_new(list, json_pack("[o, o]", words(kt_codes_at(codes, i)),
                                              words(kt_codes_label(codes, i))));
    }
    return list;
}

/* A list stands with the first note that has it; later ones name that note. */
static json_t *write_lists(const kt_revision_log *log, size_t note)
{
    json_t *lists = json_array();
    for (int role = 0; role < KT_ROLES; role++) {
        size_t first = 0;
        while (log->notes[first].codes[role] != log->notes[note].codes[role]) {
            first++;
        }
        json_array_append_new(lists, first == note ? write_list(log->notes[note].codes[role])
                                                   : json_integer((json_int_t)first));
    }
    return lists;
}

static json_t *write_note(const kt_revision_log *log, size_t index)
{
    const kt_campaign_note *note = &log->notes[index];
    const kt_chain_overlap *shared = &note->overlap;
    return json_pack(
        "{s:o, s:I, s:o, s:o, s:b, s:I, s:I, s:I, s:o, s:[o,o,o], s:[o,o,o,I,I,I]}", "campaign",
        words(note->campaign), "at", (json_int_t)note->at, "updated", words(note->updated),
        "address", words(note->address), "whole", (int)note->whole, "cells",
        (json_int_t)note->cells, "compared", (json_int_t)note->compared, "changed",
        (json_int_t)note->changed, "codes", write_lists(log, index), "national",
        words(note->national.figure), figure(note->national.before), figure(note->national.after),
        "overlap", words(shared->earlier), words(shared->first), words(shared->last),
        (json_int_t)shared->periods, (json_int_t)shared->compared, (json_int_t)shared->changed);
}

kt_status kt_revision_log_save(const kt_revision_log *log, const char *store,
                               const kt_source *source, char sha256[KT_HASH_SIZE], kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a history on its way to the store", 0);
    KT_TRY(kt_folder_make(kt_path_join(scratch, store, "revisions"), err));
    KT_TRY(save_changes(log, path_of(store, source, "csv", scratch), sha256, err));
    json_auto_t *root =
        json_pack("{s:i, s:s, s:[]}", "format", FORMAT_VERSION, "changes", sha256, "notes");
    for (size_t i = 0; i < log->note_count; i++) {
        json_array_append_new(json_object_get(root, "notes"), write_note(log, i));
    }
    char *bytes = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    if (bytes == NULL) {
        return kt_fail(err, KT_ERR_BUG, "%s: a history that cannot be written down", source->id);
    }
    kt_hash_bytes(bytes, strlen(bytes), sha256);
    const kt_status status =
        kt_file_write(path_of(store, source, "json", scratch), bytes, strlen(bytes), err);
    free(bytes);
    return status;
}

/* Reading: what is not as it was written makes the whole log one that is not there. */
typedef struct reader {
    kt_revision_log *log;
    bool wrong;
} reader;

static const char *read_words(reader *in, const json_t *value)
{
    in->wrong = in->wrong || !(json_is_string(value) || json_is_null(value));
    return json_is_string(value) ? kt_arena_copy(in->log->arena, json_string_value(value)) : NULL;
}

static size_t read_count(reader *in, const json_t *value)
{
    in->wrong = in->wrong || !json_is_integer(value);
    return (size_t)json_integer_value(value);
}

static double read_figure(reader *in, const json_t *value)
{
    in->wrong = in->wrong || !(json_is_real(value) || json_is_null(value));
    return json_is_real(value) ? json_real_value(value) : NAN;
}

static const kt_codes *read_list(reader *in, const json_t *value, kt_role role, size_t notes)
{
    if (json_is_integer(value)) {
        const size_t first = (size_t)json_integer_value(value);
        in->wrong = in->wrong || first >= notes;
        return in->wrong ? NULL : in->log->notes[first].codes[role];
    }
    kt_codes *codes = kt_codes_new(in->log->arena);
    in->wrong = in->wrong || !json_is_array(value);
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *pair = json_array_get(value, i);
        const char *code = json_string_value(json_array_get(pair, 0));
        const char *label = json_string_value(json_array_get(pair, 1));
        in->wrong = in->wrong || code == NULL || label == NULL;
        (void)(in->wrong ? KT_NO_CODE : kt_codes_add(codes, code, label));
    }
    return codes;
}

static void read_note(reader *in, const json_t *from, kt_campaign_note *out, size_t notes)
{
    const json_t *national = json_object_get(from, "national");
    const json_t *overlap = json_object_get(from, "overlap");
    const json_t *at = json_object_get(from, "at");
    const json_t *lists = json_object_get(from, "codes");
    in->wrong = in->wrong || !json_is_integer(at);
    *out = (kt_campaign_note){
        .campaign = read_words(in, json_object_get(from, "campaign")),
        .at = json_integer_value(at),
        .updated = read_words(in, json_object_get(from, "updated")),
        .address = read_words(in, json_object_get(from, "address")),
        .whole = json_is_true(json_object_get(from, "whole")),
        .cells = read_count(in, json_object_get(from, "cells")),
        .compared = read_count(in, json_object_get(from, "compared")),
        .changed = read_count(in, json_object_get(from, "changed")),
        .national = {.figure = read_words(in, json_array_get(national, 0)),
                     .before = read_figure(in, json_array_get(national, 1)),
                     .after = read_figure(in, json_array_get(national, 2))},
        .overlap = {.earlier = read_words(in, json_array_get(overlap, 0)),
                    .first = read_words(in, json_array_get(overlap, 1)),
                    .last = read_words(in, json_array_get(overlap, 2)),
                    .periods = read_count(in, json_array_get(overlap, 3)),
                    .compared = read_count(in, json_array_get(overlap, 4)),
                    .changed = read_count(in, json_array_get(overlap, 5))},
    };
    in->wrong = in->wrong || out->campaign == NULL || out->address == NULL;
    for (kt_role role = 0; role < KT_ROLES; role++) {
        out->codes[role] = read_list(in, json_array_get(lists, role), role, notes);
    }
}

static void read_notes(reader *in, const json_t *list)
{
    kt_revision_log *log = in->log;
    const size_t count = json_array_size(list);
    log->notes = kt_arena_array(log->arena, kt_campaign_note, count + 1);
    log->note_room = count + 1;
    for (size_t i = 0; i < count && !in->wrong; i++) {
        read_note(in, json_array_get(list, i), &log->notes[i], i);
        log->note_count++;
    }
}

static kt_told read_told(const kt_csv_row *row, size_t column, bool *wrong)
{
    kt_told told = {.value = NAN};
    *wrong = *wrong || !kt_obs_read(row->fields[column + 1][0], &told.obs) ||
             (row->lengths[column] > 0 &&
              !kt_number_read(row->fields[column], row->lengths[column], &told.value));
    return told;
}

static kt_status read_change(void *context, const kt_csv_row *row, kt_error *err)
{
    reader *in = context;
    kt_change change = {0};
    double note = 0.0;
    bool wrong = row->field_count != COLUMNS ||
                 !kt_count_read(row->fields[NOTE], row->lengths[NOTE], &note) ||
                 note >= (double)in->log->note_count;
    if (!wrong) {
        change.note = (uint32_t)note;
        change.before = read_told(row, BEFORE, &wrong);
        change.after = read_told(row, AFTER, &wrong);
    }
    if (wrong) {
        return kt_fail(err, KT_ERR_FORMAT, "row %zu", row->number);
    }
    for (int role = 0; role < KT_ROLES; role++) {
        change.at[role] = (uint32_t)kt_codes_intern(in->log->codes[role], row->fields[role]);
    }
    kt_revision_log_add(in->log, &change);
    return KT_OK;
}

static kt_status pass_header(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)context;
    return row->field_count == COLUMNS ? KT_OK : kt_fail(err, KT_ERR_FORMAT, "header");
}

static bool read_changes(reader *in, const char *path, const char *sha256)
{
    char found[KT_HASH_SIZE];
    const kt_csv_events events = {.context = in, .header = pass_header, .row = read_change};
    if (kt_hash_file(path, found, NULL, NULL) != KT_OK || !kt_text_same(found, sha256)) {
        return false;
    }
    KT_AUTO(file) FILE *file = fopen(path, "rb");
    return file != NULL && kt_csv_read(file, path, (kt_csv_dialect){0}, &events, NULL) == KT_OK;
}

kt_revision_log *kt_revision_log_load(const char *store, const kt_source *source, kt_arena *arena)
{
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(path_of(store, source, "json", arena), FILE_LIMIT, arena, &bytes, &length,
                     NULL) != KT_OK) {
        return NULL;
    }
    json_auto_t *root = json_loadb(bytes, length, 0, NULL);
    if (json_integer_value(json_object_get(root, "format")) != FORMAT_VERSION) {
        return NULL;
    }
    reader in = {.log = kt_revision_log_new(arena)};
    read_notes(&in, json_object_get(root, "notes"));
    const char *sha256 = json_string_value(json_object_get(root, "changes"));
    return !in.wrong && read_changes(&in, path_of(store, source, "csv", arena), sha256) ? in.log
                                                                                        : NULL;
}
