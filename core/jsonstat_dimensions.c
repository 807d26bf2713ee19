/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "jsonstat.h"

#include <string.h>

#include "core/cube.h"
#include "core/number.h"
#include "core/text.h"

/* A member of the data set, or in 1.x of its "dimension"; to be released by the caller. */
static kt_status parse_part(const kt_jsonstat *set, enum kt_jsonstat_member which,
                            const json_t *dimensions, json_t **out, kt_error *err)
{
    const char *key = kt_jsonstat_keys[which];
    json_t *inside =
        set->is_old && set->member[which].start == NULL ? json_object_get(dimensions, key) : NULL;
    if (inside != NULL) {
        *out = json_incref(inside);
        return KT_OK;
    }
    return kt_reply_parse(&set->reply, set->member[which], key, out, err);
}

/* The ids of the dimensions, distinct, in the order of the values. */
static kt_status read_ids(const kt_jsonstat *set, const json_t *all, kt_envelope *envelope,
                          kt_error *err)
{
    const kt_reply *reply = &set->reply;
    json_auto_t *ids = NULL;
    KT_TRY(parse_part(set, KT_JSONSTAT_ID, all, &ids, err));
    if (!json_is_array(ids) || json_array_size(ids) == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"id\": expected an array of texts", reply->name);
    }
    const size_t count = json_array_size(ids);
    KT_TRY(kt_reply_dimensions(reply, count, err));
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

bool kt_jsonstat_number(const kt_jsonstat *set, const json_t *element, size_t *out)
{
    const char *text = set->is_old ? json_string_value(element) : NULL;
    double number = (double)json_integer_value(element);
    if (text != NULL ? !kt_count_read(text, strlen(text), &number) : !json_is_integer(element)) {
        return false;
    }
    if (number < 0.0 || number > (double)KT_CUBE_LIMIT) {
        return false;
    }
    *out = (size_t)number;
    return true;
}

static kt_status read_sizes(const kt_jsonstat *set, const json_t *all, const kt_envelope *envelope,
                            size_t *size, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    json_auto_t *sizes = NULL;
    KT_TRY(parse_part(set, KT_JSONSTAT_SIZE, all, &sizes, err));
    if (!json_is_array(sizes) || json_array_size(sizes) != envelope->dimension_count) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: \"size\": expected one for each of the %zu dimensions", reply->name,
                       envelope->dimension_count);
    }
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        if (!kt_jsonstat_number(set, json_array_get(sizes, i), &size[i]) || size[i] == 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: \"size\" of %s: expected a count above zero",
                           reply->name, envelope->dimensions[i].id);
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

static kt_status read_dimension(const kt_jsonstat *set, const json_t *all, kt_dimension *dimension,
                                size_t size, kt_error *err)
{
    const kt_reply *reply = &set->reply;
    const json_t *object = json_object_get(all, dimension->id);
    const json_t *category = json_object_get(object, "category");
    if (object == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"dimension\": none of the id %s", reply->name,
                       dimension->id);
    }
    if (!json_is_object(category)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: dimension %s: no \"category\"", reply->name,
                       dimension->id);
    }
    const char *label = kt_text_member(object, "label", reply->arena);
    dimension->label = label == NULL ? dimension->id : label;
    read_extension(reply, json_object_get(object, "extension"), dimension);
    return kt_jsonstat_categories(set, category, size, dimension, err);
}

kt_dimension *kt_jsonstat_dimension(const kt_envelope *envelope, const char *id)
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
        kt_dimension *dimension = kt_jsonstat_dimension(envelope, id);
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

static kt_status read_roles(const kt_jsonstat *set, const json_t *all, const kt_envelope *envelope,
                            kt_error *err)
{
    const kt_jsonspan span = set->member[KT_JSONSTAT_ROLE];
    const char *name = set->reply.name;
    const bool is_inside = set->is_old && json_object_get(all, "role") != NULL;
    if ((span.start == NULL || *span.start == 'n') && !is_inside) {
        return KT_OK;
    }
    json_auto_t *roles = NULL;
    KT_TRY(parse_part(set, KT_JSONSTAT_ROLE, all, &roles, err));
    const char *role = NULL;
    json_t *ids = NULL;
    json_object_foreach(roles, role, ids)
    {
        if (!json_is_array(ids)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: role %s: expected an array", name, role);
        }
        KT_TRY(read_role(&set->reply, envelope, role, ids, err));
    }
    return json_is_object(roles)
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: \"role\": expected an object", name);
}

kt_status kt_jsonstat_dimensions(const kt_jsonstat *set, size_t limit, kt_envelope *envelope,
                                 kt_error *err)
{
    const kt_reply *reply = &set->reply;
    json_auto_t *all = NULL;
    KT_TRY(kt_reply_parse(reply, set->member[KT_JSONSTAT_DIMENSION], "dimension", &all, err));
    KT_TRY(read_ids(set, all, envelope, err));
    size_t *size = kt_arena_array(reply->arena, size_t, envelope->dimension_count);
    KT_TRY(read_sizes(set, all, envelope, size, err));
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        KT_TRY(read_dimension(set, all, &envelope->dimensions[i], size[i], err));
    }
    KT_TRY(kt_envelope_count(reply, envelope, limit, err));
    return read_roles(set, all, envelope, err);
}
