/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/hash.h"
#include "core/instant.h"
#include "core/json.h"
#include "corrections.h"

/* Text, or null where nothing is known. */
static json_t *words(const char *text)
{
    return text == NULL ? json_null() : json_string(text);
}

static json_t *three_languages(kt_words title)
{
    return json_pack("{s:o, s:o, s:o}", "fi", words(title.fi), "sv", words(title.sv), "en",
                     words(title.en));
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static json_t *reply_list(const kt_published_source *source)
{
    json_t *list = json_array();
    const char **sorted = calloc(source->reply_count + 1, sizeof *sorted);
    for (size_t i = 0; sorted != NULL && i < source->reply_count; i++) {
        sorted[i] = source->replies[i];
    }
    if (sorted != NULL) {
        qsort(sorted, source->reply_count, sizeof *sorted, compare_texts);
    }
    for (size_t i = 0; sorted != NULL && i < source->reply_count; i++) {
        json_array_append_new(list, json_string(sorted[i]));
    }
    free(sorted);
    return list;
}

static json_t *source_object(const kt_published_source *source)
{
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "id", source->id,
                     "title", three_languages(source->title), "address", words(source->address),
                     "updated_at_source", words(source->updated), "first_period",
                     words(source->first_period), "last_period", words(source->last_period),
                     "state", words(source->state), "licence", words(source->licence), "citation",
                     three_languages(source->citation), "replies", reply_list(source));
}

static json_t *source_list(const kt_publication *publication)
{
    json_t *list = json_array();
    for (size_t i = 0; i < publication->source_count; i++) {
        json_array_append_new(list, source_object(&publication->sources[i]));
    }
    return list;
}

static json_t *file_list(const kt_run_file *files, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        const char *table = files[i].schema == NULL ? NULL : files[i].schema->table;
        json_array_append_new(
            list,
            json_pack("{s:s, s:o, s:I, s:o, s:s}", "path", files[i].path, "table", words(table),
                      "bytes", (json_int_t)files[i].is.bytes, "rows",
                      table == NULL ? json_null() : json_integer((json_int_t)files[i].is.rows),
                      "sha256", files[i].is.sha256));
    }
    return list;
}

static json_t *content_object(const kt_publication *publication, const kt_run_file *files,
                              size_t file_count)
{
    char as_of[KT_INSTANT_SIZE];
    kt_instant_write(publication->as_of, as_of);
    return json_pack(
        "{s:s, s:s, s:i, s:{s:s, s:s}, s:s, s:b, s:s, s:b, s:i, s:o, s:o, s:o, s:o}", "run_id",
        publication->run_id, "as_of", as_of, "contract", KT_CONTRACT_VERSION, "program", "name",
        "kohtaanto", "version", publication->version, "configuration_sha256",
        publication->configuration, "modelled", (int)publication->modelled, "notice",
        publication->modelled ? "modelled, not official" : "", "public_only",
        (int)publication->public_only, "csv_fi_months", (int)publication->fi_months, "sources",
        source_list(publication), "corrections",
        kt_corrections_pack(publication->corrections, publication->correction_count), "breaks",
        kt_breaks_pack(&publication->breaks), "files", file_list(files, file_count));
}

static json_t *run_object(const kt_publication *publication)
{
    json_t *run = json_object();
    for (size_t i = 0; i < publication->run_count; i++) {
        json_object_set_new(run, publication->run[i].name, words(publication->run[i].text));
    }
    return run;
}

kt_status kt_manifest_write(const kt_publication *publication, const kt_run_file *files,
                            size_t file_count, kt_text *out, kt_error *err)
{
    KT_AUTO(text) kt_text content = {0};
    KT_AUTO(text) kt_text run = {0};
    KT_TRY(kt_json_dump(content_object(publication, files, file_count), JSON_INDENT(2),
                        KT_MANIFEST_FILE, &content, err));
    KT_TRY(kt_json_dump(run_object(publication), JSON_COMPACT, KT_MANIFEST_FILE, &run, err));
    KT_AUTO(text) kt_text above = {0}; /* without the object's end: it goes on */
    kt_text_print(&above, "%.*s,\n", (int)(content.length - strlen("\n}")), content.bytes);
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(above.bytes, above.length, hash);
    kt_text_print(out, "%s%s%s\",\n  \"run\": %s\n}\n", above.bytes, KT_MANIFEST_CONTENT + 1, hash,
                  run.bytes);
    return KT_OK;
}

void kt_sums_write(const kt_run_file *files, size_t file_count, kt_text *out)
{
    for (size_t i = 0; i < file_count; i++) {
        kt_text_print(out, "%s  %s\n", files[i].is.sha256, files[i].path);
    }
}
