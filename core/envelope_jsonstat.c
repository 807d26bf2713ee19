/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/cube.h"
#include "core/text.h"
#include "jsonstat.h"

/* The cell that a key of a sparse object names: digits alone, no zero before them. */
static bool read_place(kt_jsonspan key, size_t cells, size_t *out)
{
    const size_t length = kt_jsonspan_length(key);
    size_t place = 0;
    if (length == 0 || length > 10 || (length > 1 && *key.start == '0')) {
        return false;
    }
    for (const char *at = key.start; at < key.end; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        place = place * 10 + (size_t)(*at - '0');
    }
    *out = place;
    return place < cells;
}

/* A figure or null, and of "status" a text or null: told by its first letter. */
static kt_status check_kind(const kt_reply *reply, const char *what, kt_jsonspan value,
                            kt_error *err)
{
    const bool is_text = strcmp(what, "status") == 0;
    if (strchr(is_text ? "\"n" : "-0123456789n", *value.start) != NULL) {
        return KT_OK;
    }
    const size_t length = kt_jsonspan_length(value);
    return kt_fail(err, KT_ERR_FORMAT, "%s: \"%s\": %.*s, expected %s", reply->name, what,
                   (int)(length < 20 ? length : 20), value.start,
                   is_text ? "texts" : "numbers and null");
}

/* "value" or "status" as an object of some of the cells. */
static kt_status check_sparse(const kt_reply *reply, const char *what, kt_jsonspan places,
                              size_t cells, kt_error *err)
{
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(places.start, kt_jsonspan_length(places), reply->name, &scan, err));
    uint8_t *taken = kt_arena_array(reply->arena, uint8_t, cells);
    for (;;) {
        kt_jsonspan key;
        kt_jsonspan value;
        bool more = false;
        size_t place = 0;
        KT_TRY(kt_jsonscan_next(&scan, &key, &value, &more, err));
        if (!more) {
            return KT_OK;
        }
        if (!read_place(key, cells, &place) || taken[place] != 0) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: \"%s\": the key \"%.*s\" is not one of 0 to %zu, each once",
                           reply->name, what,
                           (int)(kt_jsonspan_length(key) < 20 ? kt_jsonspan_length(key) : 20),
                           key.start, cells - 1);
        }
        taken[place] = 1;
        KT_TRY(check_kind(reply, what, value, err));
    }
}

/* An array of figures has no text in it, nor anything that has parts. */
static kt_status check_figures(const kt_reply *reply, kt_jsonspan values, kt_error *err)
{
    static const char others[] = {'"', '[', '{'};
    const size_t length = kt_jsonspan_length(values);
    for (size_t i = 0; i < sizeof others; i++) {
        const char *found = memchr(values.start + 1, others[i], length - 1);
        if (found != NULL) {
            const char *comma = memchr(found, ',', (size_t)(values.end - found));
            const kt_jsonspan first = {.start = found,
                                       .end = comma == NULL ? values.end - 1 : comma};
            return check_kind(reply, "value", first, err);
        }
    }
    return KT_OK;
}

static kt_status check_values(const kt_reply *reply, kt_jsonspan values, size_t cells,
                              kt_error *err)
{
    if (values.start != NULL && *values.start == '{') {
        return check_sparse(reply, "value", values, cells, err);
    }
    if (values.start == NULL || *values.start != '[') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"value\": expected an array or an object",
                       reply->name);
    }
    if (values.count != cells) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu values, but the sizes multiply to %zu%s",
                       reply->name, values.count, cells,
                       values.count == 0 ? "; metadata have none, expected a reply" : "");
    }
    return check_figures(reply, values, err);
}

/* One text for all cells, one for each, or some of them; a cell may have a status and no value. */
static kt_status check_status(const kt_reply *reply, kt_jsonspan status, size_t cells,
                              kt_error *err)
{
    if (status.start == NULL || *status.start == '"' || *status.start == 'n') {
        return KT_OK;
    }
    if (*status.start == '{') {
        return check_sparse(reply, "status", status, cells, err);
    }
    if (*status.start != '[') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"status\": expected texts", reply->name);
    }
    if (status.count != cells && status.count != 1) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"status\": %zu texts, expected %zu or 1",
                       reply->name, status.count, cells);
    }
    return KT_OK;
}

static kt_status check_positions(const kt_reply *reply, const kt_dimension *dimension,
                                 const json_t *positions, kt_error *err)
{
    const size_t size = kt_codes_count(dimension->codes);
    for (size_t i = 0; i < json_array_size(positions); i++) {
        const json_t *position = json_array_get(positions, i);
        const json_int_t at = json_integer_value(position);
        if (!json_is_integer(position) || at < 0 || (size_t)at >= size) {
            char *found = json_dumps(position, JSON_ENCODE_ANY);
            const kt_status status = kt_fail(
                err, KT_ERR_FORMAT,
                "%s: \"positions-with-no-data\" of %s: %.40s, expected positions from 0 to %zu",
                reply->name, dimension->id, found == NULL ? "" : found, size - 1);
            free(found);
            return status;
        }
    }
    return KT_OK;
}

/* Eurostat lists the positions of each dimension for which there is nothing. */
static kt_status check_empty(const kt_reply *reply, json_t *empty, const kt_envelope *envelope,
                             kt_error *err)
{
    const char *id = NULL;
    json_t *positions = NULL;
    json_object_foreach(empty, id, positions)
    {
        const kt_dimension *dimension = kt_jsonstat_dimension(envelope, id);
        if (dimension == NULL || !json_is_array(positions)) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: \"positions-with-no-data\": expected positions of a dimension, "
                           "found %s",
                           reply->name, id);
        }
        KT_TRY(check_positions(reply, dimension, positions, err));
    }
    return KT_OK;
}

/* Statistics Finland's PxApi writes a status as a number and here what the number means. */
static const kt_codes *read_symbol_names(json_t *names, kt_arena *arena)
{
    const char *symbol = NULL;
    json_t *name = NULL;
    kt_codes *codes = json_object_size(names) == 0 ? NULL : kt_codes_new(arena);
    json_object_foreach(names, symbol, name)
    {
        (void)kt_codes_add(codes, symbol, json_string_value(name));
    }
    return codes;
}

static kt_status read_extension(const kt_jsonstat *set, kt_envelope *envelope, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    json_auto_t *extension = NULL;
    if (set->member[KT_JSONSTAT_EXTENSION].start == NULL) {
        return KT_OK;
    }
    KT_TRY(kt_reply_parse(reply, set->member[KT_JSONSTAT_EXTENSION], "extension", &extension, err));
    envelope->table = kt_text_member(json_object_get(extension, "px"), "tableid", reply->arena);
    envelope->symbol_names =
        read_symbol_names(json_object_get(extension, "missingValueDescriptions"), reply->arena);
    return check_empty(reply, json_object_get(extension, "positions-with-no-data"), envelope, err);
}

/* A dimension "unit" of one category is the unit of all figures. */
static const char *single_unit(const kt_envelope *envelope)
{
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        const kt_dimension *dimension = &envelope->dimensions[i];
        if (dimension->units != NULL && strcasecmp(dimension->id, "unit") == 0 &&
            kt_codes_count(dimension->codes) == 1) {
            return dimension->units[0];
        }
    }
    return NULL;
}

/* PxWeb writes a variable of one value for the contents of a table that has none. It cannot be
 * asked for, and what it says of the figures is said of all. */
static void drop_stand_in(kt_envelope *envelope)
{
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        kt_dimension *dimension = &envelope->dimensions[i];
        if (dimension->is_metric && kt_codes_count(dimension->codes) == 1 &&
            strcmp(kt_codes_at(dimension->codes, 0), "EliminatedValue") == 0) {
            envelope->unit = dimension->units == NULL ? envelope->unit : dimension->units[0];
            envelope->dimension_count--;
            memmove(dimension, dimension + 1, (envelope->dimension_count - i) * sizeof *dimension);
            return;
        }
    }
}

kt_status kt_jsonstat_read(const kt_jsonstat *set, size_t limit, kt_envelope **out, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    const kt_jsonspan *member = set->member;
    kt_envelope *envelope = kt_arena_new(reply->arena, kt_envelope);
    KT_TRY(kt_jsonstat_dimensions(set, limit, envelope, err));
    KT_TRY(kt_reply_text(reply, member[KT_JSONSTAT_UPDATED], "updated", &envelope->updated, err));
    KT_TRY(kt_reply_text(reply, member[KT_JSONSTAT_LABEL], "label", &envelope->label, err));
    KT_TRY(kt_reply_text(reply, member[KT_JSONSTAT_SOURCE], "source", &envelope->source, err));
    KT_TRY(read_extension(set, envelope, err));
    envelope->unit = single_unit(envelope);
    drop_stand_in(envelope);
    *out = envelope;
    return KT_OK;
}

static const char *wanted_set(const kt_document *document)
{
    return document->source == NULL ? NULL : document->source->dataset;
}

kt_status kt_envelope_jsonstat(const kt_document *document, kt_arena *arena, kt_envelope **out,
                               kt_error *err)
{
    const kt_reply reply = kt_reply_of(document, arena);
    kt_jsonstat set;
    kt_envelope *envelope = NULL;
    KT_TRY(kt_jsonstat_open(&reply, wanted_set(document), &set, err));
    KT_TRY(kt_jsonstat_read(&set, KT_CUBE_LIMIT, &envelope, err));
    KT_TRY(check_values(&set.reply, set.member[KT_JSONSTAT_VALUE], envelope->cells, err));
    KT_TRY(check_status(&set.reply, set.member[KT_JSONSTAT_STATUS], envelope->cells, err));
    *out = envelope;
    return KT_OK;
}

kt_status kt_jsonstat_place(const kt_document *document, kt_arena *arena, kt_jsonspan *out,
                            kt_error *err)
{
    const kt_reply reply = kt_reply_of(document, arena);
    kt_jsonstat set;
    KT_TRY(kt_jsonstat_open(&reply, wanted_set(document), &set, err));
    *out = (kt_jsonspan){.start = set.reply.bytes, .end = set.reply.bytes + set.reply.length};
    return KT_OK;
}
