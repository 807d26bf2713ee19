/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "receipt.h"

#include <jansson.h>
#include <string.h>

#include "core/cleanup.h"

static const char *const purposes[] = {
    [KT_PURPOSE_CONFIG] = "config",
    [KT_PURPOSE_METADATA] = "metadata",
    [KT_PURPOSE_PROBE] = "probe",
    [KT_PURPOSE_DATA] = "data",
};

#define MOST_PARTS 1000000 /* of a campaign; a line that says more is not one of ours */
#define PURPOSES   (sizeof purposes / sizeof purposes[0])

/* JSON is UTF-8. Header lines of a service need not be: their other bytes are read as Latin-1. */
static json_t *text_value(const char *text)
{
    size_t at = 0;
    const size_t length = strlen(text);
    if (kt_utf8_valid(text, length, &at)) {
        return json_stringn_nocheck(text, length);
    }
    KT_AUTO(text) kt_text latin = {0};
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        if (byte < 0x80) {
            kt_text_put_char(&latin, (char)byte);
        } else {
            kt_text_put_char(&latin, (char)(0xC0 | (byte >> 6)));
            kt_text_put_char(&latin, (char)(0x80 | (byte & 0x3F)));
        }
    }
    return json_stringn_nocheck(latin.bytes, latin.length);
}

static void put_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        (void)json_object_set_new(object, key, text_value(text));
    }
}

static void put_count(json_t *object, const char *key, size_t count)
{
    (void)json_object_set_new(object, key, json_integer((json_int_t)count));
}

static void put_campaign(json_t *object, const kt_receipt *receipt)
{
    if (receipt->campaign == NULL) {
        return;
    }
    put_text(object, "campaign", receipt->campaign);
    put_count(object, "part", receipt->part);
    put_count(object, "parts", receipt->parts);
    (void)json_object_set_new(object, "whole", json_boolean(receipt->whole));
    if (receipt->too_large) {
        (void)json_object_set_new(object, "too_large", json_true());
    }
    put_text(object, "first_period", receipt->first_period);
    put_text(object, "last_period", receipt->last_period);
}

static int add_bytes(const char *bytes, size_t length, void *line)
{
    return kt_text_add(line, bytes, length) ? 0 : -1;
}

void kt_receipt_write(const kt_receipt *receipt, kt_text *line)
{
    char time[KT_INSTANT_SIZE];
    json_auto_t *object = json_object();
    put_text(object, "time", kt_instant_write(receipt->time, time));
    put_text(object, "source", receipt->source);
    put_text(object, "purpose", purposes[receipt->purpose]);
    put_text(object, "method", receipt->method);
    put_text(object, "url", receipt->url);
    put_text(object, "request", receipt->request);
    (void)json_object_set_new(object, "status", json_integer(receipt->status));
    put_text(object, "content_type", receipt->content_type);
    put_text(object, "headers", receipt->headers);
    put_text(object, "fault", receipt->fault);
    put_text(object, "sha256", receipt->sha256);
    put_count(object, "bytes", receipt->bytes);
    put_text(object, "updated", receipt->updated);
    put_campaign(object, receipt);
    (void)json_dump_callback(object, add_bytes, line, JSON_COMPACT);
    kt_text_put_char(line, '\n');
}

/* A line that is being read: its members, and where it stands for messages. */
typedef struct place {
    const json_t *object;
    const kt_journal_line *line;
    kt_arena *arena;
    kt_error *err;
} place;

static kt_status wrong(const place *at, const char *key, const char *expected)
{
    return kt_fail(at->err, KT_ERR_FORMAT, "%s:%zu: %s: expected %s", at->line->file,
                   at->line->number, key, expected);
}

static kt_status take_text(const place *at, const char *key, bool required, const char **out)
{
    const json_t *value = json_object_get(at->object, key);
    if (value == NULL && !required) {
        *out = NULL;
        return KT_OK;
    }
    if (!json_is_string(value)) {
        return wrong(at, key, "a text");
    }
    *out = kt_arena_copy_n(at->arena, json_string_value(value), json_string_length(value));
    return KT_OK;
}

static kt_status take_count(const place *at, const char *key, json_int_t *out)
{
    const json_t *value = json_object_get(at->object, key);
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        return wrong(at, key, "a whole number, 0 or more");
    }
    *out = json_integer_value(value);
    return KT_OK;
}

static kt_status take_purpose(const place *at, kt_receipt *out)
{
    const char *word = "";
    KT_TRY(take_text(at, "purpose", true, &word));
    for (size_t i = 0; i < PURPOSES; i++) {
        if (strcmp(word, purposes[i]) == 0) {
            out->purpose = (kt_purpose)i;
            return KT_OK;
        }
    }
    return wrong(at, "purpose", "config, metadata, probe or data");
}

static kt_status take_time(const place *at, kt_receipt *out)
{
    const char *time = NULL;
    KT_TRY(take_text(at, "time", true, &time));
    return kt_instant_read(time, false, &out->time) ? KT_OK : wrong(at, "time", "a moment in UTC");
}

static kt_status take_body(const place *at, kt_receipt *out)
{
    const char *sha256 = NULL;
    json_int_t bytes = 0;
    KT_TRY(take_text(at, "sha256", false, &sha256));
    KT_TRY(take_count(at, "bytes", &bytes));
    out->bytes = (size_t)bytes;
    if (sha256 == NULL) {
        return KT_OK;
    }
    if (strlen(sha256) != KT_HASH_SIZE - 1 ||
        strspn(sha256, "0123456789abcdef") != KT_HASH_SIZE - 1) {
        return wrong(at, "sha256", "64 lower-case hexadecimal digits");
    }
    memcpy(out->sha256, sha256, KT_HASH_SIZE);
    return KT_OK;
}

static kt_status take_campaign(const place *at, kt_receipt *out)
{
    KT_TRY(take_text(at, "campaign", false, &out->campaign));
    if (out->campaign == NULL) {
        return KT_OK;
    }
    json_int_t part = 0;
    json_int_t parts = 0;
    KT_TRY(take_count(at, "part", &part));
    KT_TRY(take_count(at, "parts", &parts));
    if (parts > MOST_PARTS) {
        return wrong(at, "parts", "at most 1000000");
    }
    if (part >= parts) {
        return wrong(at, "part", "less than parts");
    }
    const json_t *whole = json_object_get(at->object, "whole");
    if (!json_is_boolean(whole)) {
        return wrong(at, "whole", "true or false");
    }
    out->part = (size_t)part;
    out->parts = (size_t)parts;
    out->whole = json_is_true(whole);
    out->too_large = json_is_true(json_object_get(at->object, "too_large"));
    KT_TRY(take_text(at, "first_period", false, &out->first_period));
    return take_text(at, "last_period", false, &out->last_period);
}

static kt_status take_all(const place *at, kt_receipt *out)
{
    json_int_t status = 0;
    KT_TRY(take_time(at, out));
    KT_TRY(take_text(at, "source", true, &out->source));
    KT_TRY(take_purpose(at, out));
    KT_TRY(take_text(at, "method", true, &out->method));
    KT_TRY(take_text(at, "url", true, &out->url));
    KT_TRY(take_text(at, "request", false, &out->request));
    KT_TRY(take_count(at, "status", &status));
    KT_TRY(take_text(at, "content_type", false, &out->content_type));
    KT_TRY(take_text(at, "headers", false, &out->headers));
    KT_TRY(take_text(at, "fault", false, &out->fault));
    KT_TRY(take_body(at, out));
    KT_TRY(take_text(at, "updated", false, &out->updated));
    out->status = (long)status;
    return take_campaign(at, out);
}

kt_status kt_receipt_read(const kt_journal_line *line, kt_arena *arena, kt_receipt *out,
                          kt_error *err)
{
    json_error_t fault;
    json_auto_t *object = json_loadb(line->bytes, line->length, JSON_REJECT_DUPLICATES, &fault);
    if (object == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s:%zu: no receipt: %s", line->file, line->number,
                       fault.text);
    }
    if (!json_is_object(object)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s:%zu: no receipt: expected an object", line->file,
                       line->number);
    }
    const place at = {object, line, arena, err};
    kt_receipt receipt = {0};
    KT_TRY(take_all(&at, &receipt));
    *out = receipt;
    return KT_OK;
}
