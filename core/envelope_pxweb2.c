/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>

#include "core/text.h"
#include "jsonstat.h"

/*
 * What PxWebApi 2 tells of a table and of its code lists. Metadata are a JSON-stat data set of all
 * that the table has, without a figure; what the site adds under "extension" is mostly for people.
 */

kt_status kt_envelope_pxweb2_metadata(const kt_document *document, kt_arena *arena,
                                      kt_envelope **out, kt_error *err)
{
    const kt_reply reply = kt_reply_of(document, arena);
    kt_envelope *envelope = NULL;
    kt_jsonstat set;
    /* A whole table may be larger than any reply: only what no machine can count is refused. */
    KT_TRY(kt_jsonstat_open(&reply, NULL, &set, err));
    KT_TRY(kt_jsonstat_read(&set, SIZE_MAX, &envelope, err));
    const kt_jsonspan values = set.member[KT_JSONSTAT_VALUE];
    if (values.start == NULL || *values.start != '[' || values.count != 0) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: figures in \"value\", expected metadata, where it is []",
                       document->name);
    }
    *out = envelope;
    return KT_OK;
}

static kt_status read_value(const kt_reply *reply, const json_t *value, size_t position,
                            kt_codes *codes, kt_error *err)
{
    const char *code = json_string_value(json_object_get(value, "code"));
    const char *label = json_string_value(json_object_get(value, "label"));
    if (code == NULL || kt_codes_add(codes, code, label) == KT_NO_CODE) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: values[%zu]%s%s: expected a new \"code\"",
                       reply->name, position, code == NULL ? "" : ", ", code == NULL ? "" : code);
    }
    return KT_OK;
}

kt_status kt_pxweb2_codelist(const kt_document *document, kt_arena *arena, kt_codes **out,
                             kt_error *err)
{
    static const char *const keys[] = {"id", "values", NULL};
    const kt_reply reply = kt_reply_of(document, arena);
    kt_jsonspan members[2];
    KT_TRY(kt_reply_members(&reply, keys, members, err));
    if (members[1].start == NULL || *members[1].start != '[' || members[1].count == 0) {
        return kt_reply_refuse(&reply, "expected a code list with \"values\"", err);
    }
    json_auto_t *values = NULL;
    KT_TRY(kt_reply_parse(&reply, members[1], "values", &values, err));
    kt_codes *codes = kt_codes_new(arena);
    for (size_t i = 0; i < json_array_size(values); i++) {
        KT_TRY(read_value(&reply, json_array_get(values, i), i, codes, err));
    }
    *out = codes;
    return KT_OK;
}
