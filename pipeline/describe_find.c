/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "describe_find.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "fetch/page.h"

#define FILE_LIMIT ((size_t)64 << 20)
#define MOST_PAGES 50 /* of a list of tables */
#define PAGE_SIZE  200

/* One word that is being looked at, in its parts. */
typedef struct search {
    const kt_fetch_options *options;
    kt_arena *arena;
    const char *url;      /* without what is behind '#' */
    const char *path_end; /* in url: where the query begins, or its end */
    const char *dataset;  /* NULL */
    const char *language; /* of lang= in the query; NULL */
} search;

static kt_status fetch(const search *of, const char *url, kt_page *out, kt_error *err)
{
    return kt_fetch_page(of->options, url, of->arena, out, err);
}

static kt_status read_table(const search *of, kt_envelope_reader reader, kt_page page,
                            kt_described *out, kt_error *err)
{
    const kt_source said = {.id = "described", .dataset = of->dataset, .language = of->language};
    const kt_document document = {
        .bytes = page.bytes, .length = page.length, .name = of->url, .source = &said};
    kt_envelope *envelope = NULL;
    kt_error why = {0};
    const kt_status status = reader(&document, of->arena, &envelope, &why);
    const bool is_choice = strstr(why.message, "expected \"dataset\"") != NULL;
    if (status != KT_OK) {
        return kt_fail(err, status, "%s%s", why.message,
                       is_choice ? "; to describe one, write #NAME behind the address" : "");
    }
    out->table = envelope;
    out->dataset = of->dataset;
    return KT_OK;
}

/* "%20" as the byte that it stands for: a path of a source file is escaped when it is asked for. */
static char *unescape(const char *text, size_t length, kt_arena *arena)
{
    char *out = kt_arena_copy_n(arena, text, length);
    char *to = out;
    for (const char *at = out; *at != '\0'; at++) {
        char digits[3] = {0};
        if (at[0] == '%' && strspn(at + 1, "0123456789abcdefABCDEF") >= 2) {
            digits[0] = at[1];
            digits[1] = at[2];
            *to++ = (char)strtol(digits, NULL, 16);
            at += 2;
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    return out;
}

static const char *path_of(const search *of, const char *from)
{
    return unescape(from, (size_t)(of->path_end - from), of->arena);
}

/* The next slash of the path, or its end. */
static const char *segment_end(const search *of, const char *from)
{
    const char *end = from + strcspn(from, "/");
    return end < of->path_end ? end : of->path_end;
}

/* Behind ".../api/v1/" stand language and database, and below them the table. */
static void split_pxweb(const search *of, kt_described *out)
{
    const char *api = strstr(of->url, "/api/v");
    const char *language = api == NULL ? NULL : segment_end(of, api + strlen("/api/"));
    const char *database =
        language == NULL || language == of->path_end ? NULL : segment_end(of, language + 1);
    const char *end =
        database == NULL || database == of->path_end ? NULL : segment_end(of, database + 1);
    if (end == NULL || end == of->path_end) { /* not that shape: the last part is the table's */
        for (end = of->path_end; end > of->url && *end != '/'; end--) {
        }
    } else {
        out->language = kt_arena_copy_n(of->arena, language + 1, (size_t)(database - language - 1));
    }
    out->base_url = kt_arena_copy_n(of->arena, of->url, (size_t)(end - of->url));
    out->path = path_of(of, *end == '/' ? end + 1 : end);
}

static kt_status find_pxweb(const search *of, kt_page page, kt_found *out, kt_error *err)
{
    kt_described *table = &out->table;
    KT_TRY(read_table(of, kt_envelope_pxweb_metadata, page, table, err));
    table->protocol = "pxweb";
    table->format = "json-stat2";
    split_pxweb(of, table);
    return KT_OK;
}

/* Language, licence and whom to cite stand in the service's configuration. */
static kt_status read_config(const search *of, kt_described *out, kt_error *err)
{
    kt_page page;
    KT_TRY(fetch(of, kt_arena_print(of->arena, "%s/config", out->base_url), &page, err));
    json_auto_t *config = json_loadb(page.bytes, page.length, 0, NULL);
    const char *licence = json_string_value(json_object_get(config, "license"));
    const char *language = json_string_value(json_object_get(config, "defaultLanguage"));
    const json_t *reference = json_array_get(json_object_get(config, "sourceReferences"), 0);
    const char *cited = json_string_value(json_object_get(reference, "text"));
    out->licence = licence == NULL ? NULL : kt_arena_copy(of->arena, licence);
    if (of->language != NULL) {
        out->language = of->language;
    } else if (language != NULL) {
        out->language = kt_arena_copy(of->arena, language);
    }
    if (cited != NULL) {
        out->cited = kt_arena_print(of->arena, "%s, %s", cited, out->path);
    }
    return KT_OK;
}

/* tables is where "/tables/" begins in the address. */
static kt_status find_pxweb2(const search *of, const char *tables, kt_found *out, kt_error *err)
{
    kt_described *table = &out->table;
    const char *id = tables + strlen("/tables/");
    const char *end = segment_end(of, id);
    kt_page page;
    table->protocol = "pxweb2";
    table->format = "json-stat2";
    table->base_url = kt_arena_copy_n(of->arena, of->url, (size_t)(tables - of->url));
    table->path = unescape(id, (size_t)(end - id), of->arena);
    KT_TRY(read_config(of, table, err));
    const char *address = kt_arena_print(
        of->arena, "%.*s/metadata%s%s", (int)(end - of->url), of->url,
        table->language == NULL ? "" : "?lang=", table->language == NULL ? "" : table->language);
    KT_TRY(fetch(of, address, &page, err));
    return read_table(of, kt_envelope_pxweb2_metadata, page, table, err);
}

/* All pages of the tables below a base, with what the address asked for besides. */
static kt_status list_pxweb2(const search *of, const char *base_url, const char *query,
                             kt_found *out, kt_error *err)
{
    KT_AUTO(text) kt_text lines = {0};
    size_t pages = 1;
    for (size_t number = 1; number <= pages && number <= MOST_PAGES; number++) {
        kt_page page;
        const char *address =
            kt_arena_print(of->arena, "%s/tables?pageSize=%d&pageNumber=%zu%s%s", base_url,
                           PAGE_SIZE, number, query[0] == '\0' ? "" : "&", query);
        KT_TRY(fetch(of, address, &page, err));
        KT_TRY(kt_pxweb2_listing(base_url, page.bytes, page.length, &lines, &pages, err));
    }
    out->listing = kt_arena_copy(of->arena, lines.bytes == NULL ? "" : lines.bytes);
    return KT_OK;
}

static const char *query_of(const search *of)
{
    return *of->path_end == '?' ? of->path_end + 1 : "";
}

/* The filters of the address, without what the question says itself; their names to *chosen. */
static const char *filters_of(const search *of, const char *query, kt_codes *chosen)
{
    static const char *const ours[] = {
        "format=", "lang=", "time=", "sinceTimePeriod=", "untilTimePeriod=", "lastTimePeriod="};
    const char *filters = "";
    while (*query != '\0') {
        const size_t length = strcspn(query, "&");
        const size_t name = strcspn(query, "=&");
        bool is_filter = name < length;
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            is_filter = is_filter && strncmp(query, ours[i], strlen(ours[i])) != 0;
        }
        if (is_filter) {
            filters = kt_arena_print(of->arena, "%s&%.*s", filters, (int)length, query);
            (void)kt_codes_intern(chosen, kt_arena_copy_n(of->arena, query, name));
        }
        query += length + (query[length] == '&' ? 1 : 0);
    }
    return filters;
}

/* Eurostat tells codes with figures alone: the newest period has them all. */
static kt_status find_eurostat(const search *of, const char *data, kt_found *out, kt_error *err)
{
    kt_described *table = &out->table;
    kt_codes *chosen = kt_codes_new(of->arena);
    kt_page page;
    table->protocol = "eurostat";
    table->format = "json-stat2";
    table->language = "en";
    table->base_url = kt_arena_copy_n(of->arena, of->url, (size_t)(data - of->url));
    table->path = path_of(of, data + 1);
    table->chosen = chosen;
    table->cited = kt_arena_print(of->arena, "Eurostat, data set %s", table->path);
    const char *filters = filters_of(of, query_of(of), chosen);
    KT_TRY(fetch(of,
                 kt_arena_print(of->arena, "%s/%s?format=JSON&lang=EN&lastTimePeriod=1%s",
                                table->base_url, table->path, filters),
                 &page, err));
    return read_table(of, kt_envelope_jsonstat, page, table, err);
}

/* Where the last part of the path begins. */
static void place_document(const search *of, kt_described *out)
{
    const char *slash = of->path_end;
    while (slash > of->url && *slash != '/') {
        slash--;
    }
    out->base_url = kt_arena_copy_n(of->arena, of->url, (size_t)(slash - of->url));
    out->path = kt_arena_copy(of->arena, *slash == '/' ? slash + 1 : slash);
}

static kt_status find_document(const search *of, const char *format, kt_page page, kt_found *out,
                               kt_error *err)
{
    const kt_envelope_reader reader = kt_envelope_reader_find(format);
    if (reader == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a %s document, which this program does not read",
                       of->url, format);
    }
    KT_TRY(read_table(of, reader, page, &out->table, err));
    out->table.format = format;
    place_document(of, &out->table);
    return KT_OK;
}

static kt_status find_csv(const search *of, kt_page page, kt_found *out, kt_error *err)
{
    const kt_document document = {.bytes = page.bytes, .length = page.length, .name = of->url};
    kt_csv_shape *shape = NULL;
    kt_envelope *envelope = NULL;
    KT_TRY(kt_csv_describe(&document, of->arena, &shape, &envelope, err));
    out->table.csv = shape;
    out->table.table = envelope;
    out->table.format = "csv";
    place_document(of, &out->table);
    return KT_OK;
}

/* What came is what tells the kind. */
static kt_status find_by_body(const search *of, kt_page page, kt_found *out, kt_error *err)
{
    switch (kt_found_kind_of(page.bytes, page.length)) {
    case KT_FOUND_PXWEB_TABLE:
        return find_pxweb(of, page, out, err);
    case KT_FOUND_PXWEB_LIST:
        return kt_pxweb_listing(of->url, page.bytes, page.length, of->arena, &out->listing, err);
    case KT_FOUND_JSONSTAT:
        return find_document(of, "json-stat2", page, out, err);
    case KT_FOUND_PXJSON:
        return find_document(of, "json", page, out, err);
    case KT_FOUND_PX:
        return find_document(of, "px", page, out, err);
    case KT_FOUND_WEB_PAGE:
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: a web page, expected the address of a table as programs ask for it "
                       "(.../api/v1/..., .../tables/ID, JSON-stat, PX)",
                       of->url);
    default:
        return find_csv(of, page, out, err);
    }
}

static bool is_at(const search *of, const char *place)
{
    return place != NULL && place < of->path_end;
}

/* The value of lang= in the query. */
static const char *language_of(const char *query, kt_arena *arena)
{
    const char *at = strstr(query, "lang=");
    return at == NULL
               ? NULL
               : kt_arena_copy_n(arena, at + strlen("lang="), strcspn(at + strlen("lang="), "&"));
}

/* ".../v2" of a service; it answers nothing itself. */
static bool is_pxweb2_base(const search *of)
{
    const size_t length = (size_t)(of->path_end - of->url);
    return length > 3 && (memcmp(of->path_end - 3, "/v2", 3) == 0 ||
                          (length > 8 && memcmp(of->path_end - 8, "/v2-beta", 8) == 0));
}

static kt_status find_url(const search *of, kt_found *out, kt_error *err)
{
    const char *tables = strstr(of->url, "/tables");
    const char *statistics = strstr(of->url, "/statistics/1.0/data/");
    kt_page page;
    if (is_at(of, statistics)) {
        return find_eurostat(of, statistics + strlen("/statistics/1.0/data"), out, err);
    }
    if (is_at(of, tables) && tables[strlen("/tables")] == '/') {
        return find_pxweb2(of, tables, out, err);
    }
    if (is_at(of, tables) && tables + strlen("/tables") == of->path_end) {
        const char *base = kt_arena_copy_n(of->arena, of->url, (size_t)(tables - of->url));
        return list_pxweb2(of, base, query_of(of), out, err);
    }
    if (is_pxweb2_base(of)) {
        const char *base = kt_arena_copy_n(of->arena, of->url, (size_t)(of->path_end - of->url));
        return list_pxweb2(of, base, query_of(of), out, err);
    }
    KT_TRY(fetch(of, of->url, &page, err));
    KT_TRY(find_by_body(of, page, out, err));
    if (out->listing == NULL && out->table.protocol == NULL) {
        out->table.protocol = "http";
    }
    return KT_OK;
}

/* The whole path, as the source file will lie elsewhere. */
static kt_status place_file(const search *of, kt_described *out, kt_error *err)
{
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL) {
        return kt_fail_errno(err, ".", "cannot tell where it is");
    }
    const char *path = kt_path_fold(of->arena, kt_path_join(of->arena, here, of->url));
    const char *slash = strrchr(path, '/');
    out->base_url = kt_arena_print(of->arena, "file:%.*s", (int)(slash - path), path);
    out->path = kt_arena_copy(of->arena, slash + 1);
    return KT_OK;
}

static kt_status find_file(const search *of, kt_found *out, kt_error *err)
{
    kt_page page;
    char *bytes = NULL;
    KT_TRY(kt_file_read(of->url, FILE_LIMIT, of->arena, &bytes, &page.length, err));
    page.bytes = bytes;
    KT_TRY(find_by_body(of, page, out, err));
    if (out->listing != NULL || out->table.protocol != NULL) {
        return KT_OK; /* what a service said, and not a table of its own */
    }
    out->table.protocol = "file";
    return place_file(of, &out->table, err);
}

/* Everybody knows these licences; the services do not tell them with a table. */
static const char *licence_of(const char *base_url)
{
    const bool is_known = base_url != NULL && (strstr(base_url, ".stat.fi/") != NULL ||
                                               strstr(base_url, "/ec.europa.eu/") != NULL);
    return is_known ? "CC BY 4.0" : NULL;
}

static void complete(const search *of, kt_described *table)
{
    table->address = of->url;
    table->id = kt_source_id_of(table->path, of->arena);
    if (table->language == NULL && !kt_text_same(table->protocol, "pxweb2")) {
        table->language = of->language == NULL ? "fi" : of->language;
    }
    if (table->licence == NULL) {
        table->licence = licence_of(table->base_url);
    }
    if (table->cited == NULL && table->table != NULL && table->table->source != NULL) {
        table->cited = kt_arena_print(of->arena, "%s, %s", table->table->source, table->id);
    }
}

kt_status kt_describe_find(const char *word, const kt_fetch_options *options, kt_arena *arena,
                           kt_found *out, kt_error *err)
{
    const char *mark = strrchr(word, '#');
    const size_t length = mark == NULL ? strlen(word) : (size_t)(mark - word);
    char *url = kt_arena_copy_n(arena, word, length);
    const bool is_url = kt_text_starts(word, "http://") || kt_text_starts(word, "https://");
    size_t path = is_url ? strcspn(url, "?") : length;
    while (path > 1 && url[path - 1] == '/' && url[path] == '\0') {
        url[--path] = '\0';
    }
    const search of = {.options = options,
                       .arena = arena,
                       .url = url,
                       .path_end = url + path,
                       .dataset = mark == NULL ? NULL : mark + 1,
                       .language = is_url ? language_of(url + path, arena) : NULL};
    kt_found found = {0};
    KT_TRY(is_url ? find_url(&of, &found, err) : find_file(&of, &found, err));
    if (found.listing == NULL) {
        complete(&of, &found.table);
    }
    *out = found;
    return KT_OK;
}
