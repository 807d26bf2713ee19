/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>

#include "core/text.h"
#include "envelope_parts.h"

static kt_status read_codes(const kt_reply *reply, const json_t *variable, kt_dimension *dimension,
                            kt_error *err)
{
    const json_t *values = json_object_get(variable, "values");
    const json_t *texts = json_object_get(variable, "valueTexts");
    if (!json_is_array(values) || json_array_size(values) == 0) {
        /* PxWeb leaves them null for a variable with more values than its maxValues. */
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s: no list of values", reply->name,
                       dimension->id);
    }
    if (json_is_array(texts) && json_array_size(texts) != json_array_size(values)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variable %s: %zu values, but %zu texts",
                       reply->name, dimension->id, json_array_size(values), json_array_size(texts));
    }
    dimension->codes = kt_codes_new(reply->arena);
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *code = json_string_value(json_array_get(values, i));
        const char *label = json_string_value(json_array_get(texts, i));
        if (code == NULL || kt_codes_add(dimension->codes, code, label) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: variable %s: value %zu%s%s: expected a new text", reply->name,
                           dimension->id, i, code == NULL ? "" : ", ", code == NULL ? "" : code);
        }
    }
    return KT_OK;
}

static kt_status read_variable(const kt_reply *reply, const json_t *variable, size_t position,
                               kt_dimension *dimension, kt_error *err)
{
    dimension->id = kt_text_member(variable, "code", reply->arena);
    if (dimension->id == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: variables[%zu]: no \"code\"", reply->name,
                       position);
    }
    const char *label = kt_text_member(variable, "text", reply->arena);
    dimension->label = label == NULL ? dimension->id : label;
    dimension->is_time = json_is_true(json_object_get(variable, "time"));
    dimension->is_geo = json_is_string(json_object_get(variable, "map"));
    dimension->can_be_left_out = json_is_true(json_object_get(variable, "elimination"));
    return read_codes(reply, variable, dimension, err);
}

static kt_status read_variables(const kt_reply *reply, const json_t *variables,
                                kt_envelope *envelope, kt_error *err)
{
    const size_t count = json_array_size(variables);
    if (count == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"variables\": expected at least one", reply->name);
    }
    KT_TRY(kt_reply_dimensions(reply, count, err));
    envelope->dimensions = kt_arena_array(reply->arena, kt_dimension, count);
    envelope->dimension_count = count;
    kt_codes *seen = kt_codes_new(reply->arena);
    for (size_t i = 0; i < count; i++) {
        kt_dimension *dimension = &envelope->dimensions[i];
        KT_TRY(read_variable(reply, json_array_get(variables, i), i, dimension, err));
        if (kt_codes_add(seen, dimension->id, NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: a second variable %s", reply->name,
                           dimension->id);
        }
    }
    /* A whole table may be larger than any reply: only what no machine can count is refused. */
    return kt_envelope_count(reply, envelope, SIZE_MAX, err);
}

kt_status kt_envelope_pxweb_metadata(const kt_document *document, kt_arena *arena,
                                     kt_envelope **out, kt_error *err)
{
    static const char *const keys[] = {"title", "variables", NULL};
    const kt_reply reply = kt_reply_of(document, arena);
    kt_jsonspan members[2];
    KT_TRY(kt_reply_members(&reply, keys, members, err));
    if (members[1].start == NULL || *members[1].start != '[') {
        return kt_reply_refuse(&reply, "expected PxWeb metadata with \"variables\"", err);
    }
    kt_envelope *envelope = kt_arena_new(arena, kt_envelope);
    KT_TRY(kt_reply_text(&reply, members[0], "title", &envelope->label, err));
    json_auto_t *variables = NULL;
    KT_TRY(kt_reply_parse(&reply, members[1], "variables", &variables, err));
    KT_TRY(read_variables(&reply, variables, envelope, err));
    *out = envelope;
    return KT_OK;
}
