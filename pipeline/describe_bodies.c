/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <ctype.h>
#include <jansson.h>
#include <string.h>

#include "core/body.h"
#include "core/cleanup.h"
#include "core/jsonscan.h"
#include "describe_find.h"

/* The kinds of JSON objects, by a member that only they have; the first that is there counts. */
static kt_found_kind kind_of_object(const char *bytes, size_t length)
{
    static const char *const keys[] = {"class",   "variables", "tables",        "dataset",
                                       "columns", "links",     "variableNames", NULL};
    static const kt_found_kind kinds[] = {
        KT_FOUND_JSONSTAT, KT_FOUND_PXWEB_TABLE, KT_FOUND_PXWEB2_LIST, KT_FOUND_JSONSTAT,
        KT_FOUND_PXJSON,   KT_FOUND_UNKNOWN,     KT_FOUND_PXWEB2_TABLE};
    kt_jsonspan values[sizeof keys / sizeof keys[0]];
    if (kt_jsonscan_members(bytes, length, "", keys, values, NULL) != KT_OK) {
        return KT_FOUND_UNKNOWN;
    }
    for (size_t i = 0; keys[i] != NULL; i++) {
        if (values[i].start != NULL && kinds[i] != KT_FOUND_UNKNOWN) {
            return kinds[i];
        }
    }
    return KT_FOUND_JSONSTAT; /* a bundle has names of its own choice; its reader says more */
}

kt_found_kind kt_found_kind_of(const char *bytes, size_t length)
{
    switch (kt_body_kind_of(bytes, length)) {
    case KT_BODY_PAGE:
    case KT_BODY_XML:
        return KT_FOUND_WEB_PAGE;
    case KT_BODY_ARRAY:
        return KT_FOUND_PXWEB_LIST;
    case KT_BODY_OBJECT:
        return kind_of_object(bytes, length);
    case KT_BODY_PX: /* its reader says what lies beside such files */
    case KT_BODY_AGGREGATION:
    case KT_BODY_VALUE_SET:
        return kt_body_may_be_csv(bytes, length) ? KT_FOUND_UNKNOWN : KT_FOUND_PX;
    default:
        return KT_FOUND_UNKNOWN;
    }
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* A title may hold a line break; a line of the list is one line. */
static void put_line(kt_text *out, const char *address, const char *title, const char *more)
{
    KT_AUTO(text) kt_text line = {0};
    kt_text_print(&line, "%s\t%s%s%s", address, title, more[0] == '\0' ? "" : ", ", more);
    for (char *at = line.bytes; *at != '\0'; at++) {
        if (*at == '\n' || *at == '\r') {
            *at = ' ';
        }
    }
    kt_text_put(out, line.bytes);
    kt_text_put_char(out, '\n');
}

kt_status kt_pxweb_listing(const char *address, const char *bytes, size_t length, kt_arena *arena,
                           const char **out, kt_error *err)
{
    json_error_t at = {0};
    json_auto_t *list = json_loadb(bytes, length, 0, &at);
    if (!json_is_array(list) || !json_is_object(json_array_get(list, 0))) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected a list of folders and tables%s%s", address,
                       list == NULL ? ": " : "", at.text);
    }
    KT_AUTO(text) kt_text lines = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const bool is_database = json_object_get(item, "dbid") != NULL;
        const char *id = text_of(item, is_database ? "dbid" : "id");
        if (id[0] == '\0' || strcmp(text_of(item, "type"), "h") == 0) {
            continue;
        }
        put_line(&lines, kt_arena_print(arena, "%s/%s", address, id), text_of(item, "text"),
                 text_of(item, "updated"));
    }
    *out = kt_arena_copy(arena, lines.bytes == NULL ? "" : lines.bytes);
    return KT_OK;
}

kt_status kt_pxweb2_listing(const char *base_url, const char *bytes, size_t length, kt_text *out,
                            size_t *pages, kt_error *err)
{
    json_error_t at = {0};
    json_auto_t *root = json_loadb(bytes, length, 0, &at);
    const json_t *list = json_object_get(root, "tables");
    if (!json_is_array(list)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s/tables: expected a page of tables%s%s", base_url,
                       root == NULL ? ": " : "", at.text);
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        KT_AUTO(text) kt_text address = {0};
        KT_AUTO(text) kt_text more = {0};
        kt_text_print(&address, "%s/tables/%s", base_url, text_of(item, "id"));
        kt_text_print(&more, "%s to %s%s", text_of(item, "firstPeriod"),
                      text_of(item, "lastPeriod"),
                      json_is_true(json_object_get(item, "discontinued")) ? ", discontinued" : "");
        put_line(out, address.bytes, text_of(item, "label"), more.bytes);
    }
    const json_t *page = json_object_get(root, "page");
    *pages = (size_t)json_integer_value(json_object_get(page, "totalPages"));
    return KT_OK;
}

const char *kt_source_id_of(const char *path, kt_arena *arena)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL || slash[1] == '\0' ? path : slash + 1;
    const size_t length = strcspn(name, "?#.");
    char *id = kt_arena_copy_n(arena, name, length);
    for (char *at = id; *at != '\0'; at++) {
        const unsigned char letter = (unsigned char)tolower((unsigned char)*at);
        const bool fits = letter < 0x80 && (isalnum(letter) || letter == '-' || letter == '_');
        *at = (char)(fits ? letter : '_');
    }
    return id[0] == '\0' ? "table" : id;
}
