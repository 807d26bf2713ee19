/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_store.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/problems.h"
#include "core/text.h"
#include "corrections.h"

#define FILE_LIMIT     ((size_t)64 << 20)
#define FORMAT_VERSION 3

static const char *facts_path(const char *store, const kt_source *source, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/cubes/%s.json", store, source->id);
}

const char *kt_table_cube_path(const char *store, const kt_source *source, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/cubes/%s.cube", store, source->id);
}

static const char *classes_path(const char *store, const kt_source *source, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/cubes/%s.classes", store, source->id);
}

kt_status kt_table_keep_classes(const kt_classifications *classifications, const char *store,
                                const kt_source *source, kt_arena *arena, kt_error *err)
{
    const char *folder = classes_path(store, source, arena);
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_make(folder, err));
    KT_TRY(kt_folder_list(classifications->folder, arena, &names, &count, err));
    for (size_t i = 0; i < count; i++) {
        const char *from = kt_path_join(arena, classifications->folder, names[i]);
        char *bytes = NULL;
        size_t length = 0;
        if (!kt_text_ends(names[i], ".csv")) {
            continue;
        }
        KT_TRY(kt_file_read(from, FILE_LIMIT, arena, &bytes, &length, err));
        KT_TRY(kt_file_write(kt_path_join(arena, folder, names[i]), bytes, length, err));
    }
    return KT_OK;
}

const kt_classifications *kt_table_classes(const char *store, const kt_source *source,
                                           kt_arena *arena)
{
    return kt_classifications_load(classes_path(store, source, arena), arena,
                                   kt_problems_new(arena));
}

const kt_source *kt_table_source(const kt_table *table, kt_arena *arena)
{
    if (table->stop.held == NULL ||
        kt_text_same(table->sector_revision, table->source->sector_revision)) {
        return table->source;
    }
    kt_source *then = kt_arena_new(arena, kt_source);
    *then = *table->source;
    then->sector_revision = table->sector_revision;
    return then;
}

const char *kt_table_points_path(const char *store, const kt_source *source, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/cubes/%s.points", store, source->id);
}

const kt_verdict *kt_table_held(const kt_table *table)
{
    if (table->stop.held != NULL) {
        return &table->stop;
    }
    if (table->verdict_count == 0) {
        return NULL;
    }
    const kt_verdict *newest = &table->verdicts[table->verdict_count - 1];
    return newest->held == NULL ? NULL : newest;
}

static json_t *words(const char *text)
{
    json_t *value = text == NULL ? json_null() : json_string(text);
    return value == NULL ? json_string("(not UTF-8)") : value;
}

static json_t *figure(double number)
{
    return isnan(number) ? json_null() : json_real(number);
}

static json_t *write_checks(const kt_table *table)
{
    json_t *list = json_array();
    for (size_t i = 0; i < table->check_count; i++) {
        const kt_check *check = &table->checks[i];
        json_array_append_new(
            list, json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:I, s:I, s:o}", "check",
                            words(check->name), "subject", words(check->subject), "severity",
                            words(check->severity), "passed", (int)check->passed, "measured",
                            figure(check->measured), "threshold", figure(check->threshold),
                            "cells_checked", (json_int_t)check->cells_checked, "cells_failed",
                            (json_int_t)check->cells_failed, "examples", words(check->examples)));
    }
    return list;
}

static json_t *write_verdicts(const kt_table *table)
{
    json_t *list = json_array();
    for (size_t i = 0; i < table->verdict_count; i++) {
        const kt_verdict *verdict = &table->verdicts[i];
        json_array_append_new(list, json_pack("{s:o, s:o, s:o, s:b, s:b, s:b, s:I}", "campaign",
                                              words(verdict->campaign), "digest",
                                              words(verdict->digest), "held", words(verdict->held),
                                              "by_revision", (int)verdict->by_revision, "by_claim",
                                              (int)verdict->by_claim, "noted", (int)verdict->noted,
                                              "first", (json_int_t)verdict->first));
    }
    return list;
}

static json_t *write_national(const kt_table *table)
{
    json_t *object = json_object();
    for (size_t i = 0; i < table->national_count; i++) {
        json_object_set_new(object, table->national[i].name, json_real(table->national[i].value));
    }
    return object;
}

static json_t *write_replies(const kt_table *table)
{
    json_t *list = json_array();
    for (size_t i = 0; i < table->reply_count; i++) {
        json_array_append_new(list, words(table->replies[i]));
    }
    return list;
}

kt_status kt_table_save(const kt_table *table, const char *store, kt_arena *arena, kt_error *err)
{
    json_auto_t *root = json_pack(
        "{s:i, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, "
        "s:o, s:o}",
        "format", FORMAT_VERSION, "there", (int)table->there, "history", words(table->history),
        "key", words(table->key), "verdicts_key", words(table->verdicts_key), "updated",
        words(table->updated), "address", words(table->address), "replies", write_replies(table),
        "as_of", (json_int_t)table->as_of, "first_period", words(table->first_period),
        "last_period", words(table->last_period), "sector_revision", words(table->sector_revision),
        "cells", (json_int_t)table->cells, "protected_cells", (json_int_t)table->protected_cells,
        "checks", write_checks(table), "verdicts", write_verdicts(table), "national",
        write_national(table), "stopped", words(table->stop.held), "corrections",
        kt_corrections_pack(table->corrections, table->correction_count));
    char *bytes = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
    if (bytes == NULL) {
        return kt_fail(err, KT_ERR_BUG, "%s: a table that cannot be written down",
                       table->source->id);
    }
    const kt_status status =
        kt_file_write(facts_path(store, table->source, arena), bytes, strlen(bytes), err);
    free(bytes);
    return status;
}

/* Reading: what is not as it was written makes the whole file one that is not there. */
typedef struct reader {
    kt_arena *arena;
    bool wrong;
} reader;

static const char *read_words(reader *in, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || !(json_is_string(value) || json_is_null(value))) {
        in->wrong = true;
        return NULL;
    }
    return json_is_null(value) ? NULL : kt_arena_copy(in->arena, json_string_value(value));
}

static int64_t read_whole(reader *in, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    in->wrong = in->wrong || !json_is_integer(value);
    return json_integer_value(value);
}

static bool read_bool(reader *in, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    in->wrong = in->wrong || !json_is_boolean(value);
    return json_is_true(value);
}

static double read_figure(reader *in, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    in->wrong = in->wrong || !(json_is_real(value) || json_is_null(value));
    return json_is_real(value) ? json_real_value(value) : NAN;
}

static void read_checks(reader *in, const json_t *list, kt_table *out)
{
    out->check_count = json_array_size(list);
    out->checks = kt_arena_array(in->arena, kt_check, out->check_count + 1);
    for (size_t i = 0; i < out->check_count; i++) {
        const json_t *check = json_array_get(list, i);
        out->checks[i] = (kt_check){
            .name = read_words(in, check, "check"),
            .subject = read_words(in, check, "subject"),
            .severity = read_words(in, check, "severity"),
            .passed = read_bool(in, check, "passed"),
            .measured = read_figure(in, check, "measured"),
            .threshold = read_figure(in, check, "threshold"),
            .cells_checked = (size_t)read_whole(in, check, "cells_checked"),
            .cells_failed = (size_t)read_whole(in, check, "cells_failed"),
            .examples = read_words(in, check, "examples"),
        };
    }
}

static void read_verdicts(reader *in, const json_t *list, kt_table *out)
{
    out->verdict_count = json_array_size(list);
    out->verdicts = kt_arena_array(in->arena, kt_verdict, out->verdict_count + 1);
    for (size_t i = 0; i < out->verdict_count; i++) {
        const json_t *verdict = json_array_get(list, i);
        out->verdicts[i] = (kt_verdict){
            .campaign = read_words(in, verdict, "campaign"),
            .digest = read_words(in, verdict, "digest"),
            .held = read_words(in, verdict, "held"),
            .by_revision = read_bool(in, verdict, "by_revision"),
            .by_claim = read_bool(in, verdict, "by_claim"),
            .noted = read_bool(in, verdict, "noted"),
            .first = read_whole(in, verdict, "first"),
        };
    }
}

static void read_replies(reader *in, const json_t *list, kt_table *out)
{
    out->reply_count = json_array_size(list);
    out->replies = kt_arena_array(in->arena, const char *, out->reply_count + 1);
    for (size_t i = 0; i < out->reply_count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        in->wrong = in->wrong || text == NULL;
        out->replies[i] = text == NULL ? "" : kt_arena_copy(in->arena, text);
    }
}

static void read_national(reader *in, json_t *object, kt_table *out)
{
    const char *name = NULL;
    json_t *value = NULL;
    out->national = kt_arena_array(in->arena, kt_national, json_object_size(object) + 1);
    json_object_foreach(object, name, value)
    {
        out->national[out->national_count++] = (kt_national){.name = kt_arena_copy(in->arena, name),
                                                             .value = json_number_value(value)};
    }
}

static void read_table(reader *in, json_t *root, kt_table *out)
{
    out->there = read_bool(in, root, "there");
    out->history = read_words(in, root, "history");
    out->key = read_words(in, root, "key");
    out->verdicts_key = read_words(in, root, "verdicts_key");
    out->updated = read_words(in, root, "updated");
    out->address = read_words(in, root, "address");
    out->as_of = read_whole(in, root, "as_of");
    out->first_period = read_words(in, root, "first_period");
    out->last_period = read_words(in, root, "last_period");
    out->sector_revision = read_words(in, root, "sector_revision");
    out->cells = (size_t)read_whole(in, root, "cells");
    out->protected_cells = (size_t)read_whole(in, root, "protected_cells");
    read_checks(in, json_object_get(root, "checks"), out);
    read_verdicts(in, json_object_get(root, "verdicts"), out);
    read_replies(in, json_object_get(root, "replies"), out);
    read_national(in, json_object_get(root, "national"), out);
    in->wrong = !kt_corrections_unpack(json_object_get(root, "corrections"), in->arena,
                                       &out->corrections, &out->correction_count) ||
                in->wrong;
    out->stop = (kt_verdict){.campaign = "", .digest = "", .held = read_words(in, root, "stopped")};
}

kt_table kt_table_load(const kt_source *source, const char *store, kt_arena *arena)
{
    kt_table nothing = {.source = source, .as_of = KT_NO_INSTANT};
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(facts_path(store, source, arena), FILE_LIMIT, arena, &bytes, &length, NULL) !=
        KT_OK) {
        return nothing;
    }
    json_auto_t *root = json_loadb(bytes, length, 0, NULL);
    if (json_integer_value(json_object_get(root, "format")) != FORMAT_VERSION) {
        return nothing;
    }
    kt_table table = nothing;
    reader in = {.arena = arena};
    read_table(&in, root, &table);
    return in.wrong ? nothing : table;
}
