/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "core/cube.h"
#include "core/text.h"
#include "envelope_parts.h"

/* The members that matter; `value` and `status` are looked at where they stand. */
enum {
    VERSION,
    CLASS,
    ID,
    SIZE,
    DIMENSION,
    ROLE,
    UPDATED,
    LABEL,
    SOURCE,
    EXTENSION,
    VALUE,
    DATASET
};
static const char *const member_keys[] = {"version", "class",   "id",    "size",   "dimension",
                                          "role",    "updated", "label", "source", "extension",
                                          "value",   "dataset", NULL};
#define MEMBER_COUNT 12

static kt_status check_class(const kt_reply *reply, const kt_jsonspan *members, kt_error *err)
{
    if (members[CLASS].start == NULL) {
        return kt_reply_refuse(reply,
                               members[DATASET].start != NULL
                                   ? "a JSON-stat 1.x bundle, expected one data set of 2.0"
                                   : "expected a JSON-stat data set",
                               err);
    }
    const char *class = NULL;
    const char *version = NULL;
    KT_TRY(kt_reply_text(reply, members[CLASS], "class", &class, err));
    KT_TRY(kt_reply_text(reply, members[VERSION], "version", &version, err));
    if (!kt_text_same(class, "dataset")) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: JSON-stat of class \"%.40s\", expected a dataset",
                       reply->name, class == NULL ? "" : class);
    }
    if (!kt_text_same(version, "2.0")) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: JSON-stat version \"%.20s\", expected 2.0",
                       reply->name, version == NULL ? "" : version);
    }
    return KT_OK;
}

/* The ids of the dimensions, distinct, in the order of the values. */
static kt_status read_ids(const kt_reply *reply, kt_jsonspan span, kt_envelope *envelope,
                          kt_error *err)
{
    json_auto_t *ids = NULL;
    KT_TRY(kt_reply_parse(reply, span, "id", &ids, err));
    if (!json_is_array(ids) || json_array_size(ids) == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"id\": expected an array of texts", reply->name);
    }
    const size_t count = json_array_size(ids);
    envelope->dimensions = kt_arena_array(reply->arena, kt_dimension, count);
    kt_codes *seen = kt_codes_new(reply->arena);
    for (size_t i = 0; i < count; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        if (id == NULL || kt_codes_add(seen, id, NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: \"id\": expected distinct texts", reply->name);
        }
        envelope->dimensions[i].id = kt_codes_at(seen, i);
        envelope->dimensions[i].label = kt_codes_at(seen, i);
    }
    envelope->dimension_count = count;
    return KT_OK;
}

static kt_status read_sizes(const kt_reply *reply, kt_jsonspan span, const kt_envelope *envelope,
                            size_t *size, kt_error *err)
{
    json_auto_t *sizes = NULL;
    KT_TRY(kt_reply_parse(reply, span, "size", &sizes, err));
    if (!json_is_array(sizes) || json_array_size(sizes) != envelope->dimension_count) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: \"size\": expected one for each of the %zu dimensions", reply->name,
                       envelope->dimension_count);
    }
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        const json_t *element = json_array_get(sizes, i);
        const json_int_t number = json_integer_value(element);
        if (!json_is_integer(element) || number < 1 || number > (json_int_t)KT_CUBE_LIMIT) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: \"size\" of %s: expected a count above zero",
                           reply->name, envelope->dimensions[i].id);
        }
        size[i] = (size_t)number;
    }
    return KT_OK;
}

/* Puts the codes of an index object at their positions; each position must be taken exactly once.
 */
static kt_status place_codes(const kt_reply *reply, const char *id, json_t *index,
                             const char **codes, kt_error *err)
{
    const size_t size = json_object_size(index);
    const char *code = NULL;
    json_t *place = NULL;
    json_object_foreach(index, code, place)
    {
        const json_int_t at = json_integer_value(place);
        if (!json_is_integer(place) || at < 0 || (size_t)at >= size || codes[at] != NULL) {
            return kt_fail(
                err, KT_ERR_FORMAT,
                "%s: dimension %s: the positions in \"index\" are not 0 to %zu, each once "
                "(%s)",
                reply->name, id, size - 1, code);
        }
        codes[at] = code;
    }
    return KT_OK;
}

static kt_status list_codes(const kt_reply *reply, const char *id, json_t *index,
                            const char **codes, kt_error *err)
{
    for (size_t i = 0; i < json_array_size(index); i++) {
        codes[i] = json_string_value(json_array_get(index, i));
        if (codes[i] == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: \"index\": expected texts",
                           reply->name, id);
        }
    }
    return KT_OK;
}

/* How many codes an index names; one without an index has its single code in the labels. */
static size_t count_codes(const json_t *index, const json_t *labels)
{
    if (json_is_array(index)) {
        return json_array_size(index);
    }
    return json_object_size(index != NULL ? index : labels);
}

/*
 * The codes of a dimension in the order of its values: "index" as an object of positions or as an
 * array, or absent where a single category stands in "label".
 */
static kt_status read_order(const kt_reply *reply, const char *id, const json_t *category,
                            const char **codes, kt_error *err)
{
    json_t *index = json_object_get(category, "index");
    json_t *labels = json_object_get(category, "label");
    if (json_is_object(index)) {
        return place_codes(reply, id, index, codes, err);
    }
    if (json_is_array(index)) {
        return list_codes(reply, id, index, codes, err);
    }
    if (index != NULL || json_object_size(labels) != 1) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: dimension %s: \"index\": expected an object or an array", reply->name,
                       id);
    }
    codes[0] = json_object_iter_key(json_object_iter(labels));
    return KT_OK;
}

static kt_status read_codes(const kt_reply *reply, kt_dimension *dimension, const json_t *category,
                            size_t size, kt_error *err)
{
    const json_t *labels = json_object_get(category, "label");
    const size_t found = count_codes(json_object_get(category, "index"), labels);
    if (found != size) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: %zu categories, but its size is %zu",
                       reply->name, dimension->id, found, size);
    }
    const char **codes = kt_arena_array(reply->arena, const char *, size);
    KT_TRY(read_order(reply, dimension->id, category, codes, err));
    dimension->codes = kt_codes_new(reply->arena);
    for (size_t i = 0; i < size; i++) {
        const char *label = json_string_value(json_object_get(labels, codes[i]));
        if (kt_codes_add(dimension->codes, codes[i], label) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: the code %s is there twice",
                           reply->name, dimension->id, codes[i]);
        }
    }
    return KT_OK;
}

/* What PxWeb 2 adds: what a variable left out of a query amounts to, and its other code lists. */
static void read_extension(const kt_reply *reply, const json_t *extension, kt_dimension *dimension)
{
    const json_t *lists = json_object_get(extension, "codelists");
    dimension->can_be_left_out = json_is_true(json_object_get(extension, "elimination"));
    dimension->total = kt_text_member(extension, "eliminationValueCode", reply->arena);
    for (size_t i = 0; i < json_array_size(lists); i++) {
        const json_t *list = json_array_get(lists, i);
        const char *id = json_string_value(json_object_get(list, "id"));
        if (dimension->codelists == NULL) {
            dimension->codelists = kt_codes_new(reply->arena);
        }
        if (id != NULL) {
            (void)kt_codes_add(dimension->codelists, id,
                               json_string_value(json_object_get(list, "label")));
        }
    }
}

static kt_status read_dimension(const kt_reply *reply, const json_t *all, kt_dimension *dimension,
                                size_t size, kt_error *err)
{
    const json_t *object = json_object_get(all, dimension->id);
    const json_t *category = json_object_get(object, "category");
    if (!json_is_object(category)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: no \"category\"", reply->name,
                       dimension->id);
    }
    const char *label = kt_text_member(object, "label", reply->arena);
    dimension->label = label == NULL ? dimension->id : label;
    read_extension(reply, json_object_get(object, "extension"), dimension);
    return read_codes(reply, dimension, category, size, err);
}

static kt_status read_dimensions(const kt_reply *reply, const kt_jsonspan *members, size_t limit,
                                 kt_envelope *envelope, kt_error *err)
{
    json_auto_t *all = NULL;
    KT_TRY(read_ids(reply, members[ID], envelope, err));
    size_t *size = kt_arena_array(reply->arena, size_t, envelope->dimension_count);
    KT_TRY(read_sizes(reply, members[SIZE], envelope, size, err));
    KT_TRY(kt_reply_parse(reply, members[DIMENSION], "dimension", &all, err));
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        KT_TRY(read_dimension(reply, all, &envelope->dimensions[i], size[i], err));
    }
    return kt_envelope_count(reply, envelope, limit, err);
}

static kt_dimension *find_dimension(const kt_envelope *envelope, const char *id)
{
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        if (kt_text_same(envelope->dimensions[i].id, id)) {
            return &envelope->dimensions[i];
        }
    }
    return NULL;
}

static kt_status read_role(const kt_reply *reply, const kt_envelope *envelope, const char *role,
                           json_t *ids, kt_error *err)
{
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        kt_dimension *dimension = find_dimension(envelope, id);
        if (dimension == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: role %s: no dimension %s", reply->name, role,
                           id == NULL ? "of that kind" : id);
        }
        dimension->is_time = dimension->is_time || strcmp(role, "time") == 0;
        dimension->is_metric = dimension->is_metric || strcmp(role, "metric") == 0;
        dimension->is_geo = dimension->is_geo || strcmp(role, "geo") == 0;
    }
    return KT_OK;
}

static kt_status read_roles(const kt_reply *reply, kt_jsonspan span, const kt_envelope *envelope,
                            kt_error *err)
{
    if (span.start == NULL || *span.start == 'n') {
        return KT_OK;
    }
    json_auto_t *roles = NULL;
    KT_TRY(kt_reply_parse(reply, span, "role", &roles, err));
    const char *role = NULL;
    json_t *ids = NULL;
    json_object_foreach(roles, role, ids)
    {
        if (!json_is_array(ids)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: role %s: expected an array", reply->name, role);
        }
        KT_TRY(read_role(reply, envelope, role, ids, err));
    }
    return json_is_object(roles)
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: \"role\": expected an object", reply->name);
}

/* The cell that a key of a sparse "value" names: digits alone, no zero before them. */
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

static kt_status check_sparse(const kt_reply *reply, kt_jsonspan values, size_t cells,
                              kt_error *err)
{
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(values.start, kt_jsonspan_length(values), reply->name, &scan, err));
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
                           "%s: \"value\": the key \"%.*s\" is not one of 0 to %zu, each once",
                           reply->name,
                           (int)(kt_jsonspan_length(key) < 20 ? kt_jsonspan_length(key) : 20),
                           key.start, cells - 1);
        }
        taken[place] = 1;
    }
}

static kt_status check_values(const kt_reply *reply, kt_jsonspan values, size_t cells,
                              kt_error *err)
{
    if (values.start != NULL && *values.start == '{') {
        return check_sparse(reply, values, cells, err);
    }
    if (values.start == NULL || *values.start != '[') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"value\": expected an array or an object",
                       reply->name);
    }
    if (values.count != cells) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu values, but the sizes multiply to %zu",
                       reply->name, values.count, cells);
    }
    return KT_OK;
}

static kt_status read_table(const kt_reply *reply, kt_jsonspan span, kt_envelope *envelope,
                            kt_error *err)
{
    if (span.start == NULL) {
        return KT_OK;
    }
    json_auto_t *extension = NULL;
    KT_TRY(kt_reply_parse(reply, span, "extension", &extension, err));
    envelope->table = kt_text_member(json_object_get(extension, "px"), "tableid", reply->arena);
    return KT_OK;
}

kt_status kt_reply_dataset(const kt_reply *reply, size_t limit, kt_jsonspan *values,
                           kt_envelope **out, kt_error *err)
{
    kt_jsonspan members[MEMBER_COUNT];
    KT_TRY(kt_reply_members(reply, member_keys, members, err));
    KT_TRY(check_class(reply, members, err));
    kt_envelope *envelope = kt_arena_new(reply->arena, kt_envelope);
    KT_TRY(read_dimensions(reply, members, limit, envelope, err));
    KT_TRY(read_roles(reply, members[ROLE], envelope, err));
    KT_TRY(kt_reply_text(reply, members[UPDATED], "updated", &envelope->updated, err));
    KT_TRY(kt_reply_text(reply, members[LABEL], "label", &envelope->label, err));
    KT_TRY(kt_reply_text(reply, members[SOURCE], "source", &envelope->source, err));
    KT_TRY(read_table(reply, members[EXTENSION], envelope, err));
    *values = members[VALUE];
    *out = envelope;
    return KT_OK;
}

kt_status kt_envelope_jsonstat(const kt_document *document, kt_arena *arena, kt_envelope **out,
                               kt_error *err)
{
    const kt_reply reply = kt_reply_of(document, arena);
    kt_envelope *envelope = NULL;
    kt_jsonspan values;
    KT_TRY(kt_reply_dataset(&reply, KT_CUBE_LIMIT, &values, &envelope, err));
    KT_TRY(check_values(&reply, values, envelope->cells, err));
    *out = envelope;
    return KT_OK;
}
