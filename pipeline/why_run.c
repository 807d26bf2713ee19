/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "fetch/vintage.h"
#include "publish/lines.h"
#include "publish/manifest.h"
#include "why.h"

static void read_source(kt_json place, kt_arena *arena, kt_why_source *out)
{
    const kt_json title = kt_json_member(place, "title");
    out->id = kt_json_text_or(kt_json_member(place, "id"), "");
    out->title = kt_json_text_or(kt_json_member(title, "en"), "");
    out->address = kt_json_text_or(kt_json_member(place, "address"), "");
    out->updated = kt_json_text_or(kt_json_member(place, "updated_at_source"), "");
    out->licence = kt_json_text_or(kt_json_member(place, "licence"), "");
    const char **replies = NULL;
    out->reply_count = kt_json_texts(kt_json_member(place, "replies"), &replies);
    out->replies = out->reply_count == 0 ? kt_arena_array(arena, const char *, 1) : replies;
}

kt_status kt_why_run_read(const char *folder, kt_arena *arena, kt_why_run *out, kt_error *err)
{
    kt_problems *problems = kt_problems_new(arena);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(kt_path_join(arena, folder, KT_MANIFEST_FILE), arena, problems, &document, &root);
    *out = (kt_why_run){.folder = folder};
    out->run_id = kt_json_text_or(kt_json_member(root, "run_id"), "");
    out->as_of = kt_json_text_or(kt_json_member(root, "as_of"), "");
    out->configuration = kt_json_text_or(kt_json_member(root, "configuration_sha256"), "");
    out->version = kt_json_text_or(kt_json_member(kt_json_member(root, "program"), "version"), "");
    out->modelled = kt_json_bool_or(kt_json_member(root, "modelled"), false);
    const kt_json sources = kt_json_member(root, "sources");
    out->source_count = kt_json_count(sources);
    out->sources = kt_arena_array(arena, kt_why_source, out->source_count + 1);
    for (size_t i = 0; i < out->source_count; i++) {
        read_source(kt_json_element(sources, i), arena, &out->sources[i]);
    }
    return kt_problems_count(problems) == 0
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s", kt_problems_at(problems, 0));
}

void kt_why_put_text(json_t *object, const char *name, const char *text)
{
    json_t *value = text == NULL ? json_null() : json_string(text);
    json_object_set_new(object, name, value == NULL ? json_string("(not UTF-8)") : value);
}

void kt_why_put_number(json_t *object, const char *name, double number)
{
    const bool whole = fabs(number) < 9e15 && trunc(number) == number;
    json_t *value = whole ? json_integer((json_int_t)number) : json_real(number);
    json_object_set_new(object, name, value == NULL ? json_null() : value);
}

json_t *kt_why_section(const kt_why *of, const char *name, json_t *section)
{
    json_object_set_new(of->answer, name, section);
    return section;
}

const char *kt_why_cell(const kt_why *of, const char *column)
{
    const size_t at = kt_schema_column(of->schema, column);
    return at == KT_NO_COLUMN ? "" : of->cells[at];
}

void kt_why_add_run(const kt_why *of)
{
    const kt_why_run *run = &of->run;
    json_t *section = kt_why_section(of, "run", json_object());
    kt_why_put_text(section, "run_id", run->run_id);
    kt_why_put_text(section, "as_of", run->as_of);
    kt_why_put_text(section, "folder", run->folder);
    kt_why_put_text(section, "program", kt_arena_print(of->arena, "kohtaanto %s", run->version));
    kt_why_put_text(section, "configuration", run->configuration);
    if (run->modelled) {
        kt_why_put_text(section, "notice", "modelled, not official");
    }
    if (strcmp(run->configuration, of->config->hash) != 0) {
        kt_why_put_text(section, "configuration_changed",
                        "the configuration of today is another one; inputs are read by it");
    }
}

/* The source that makes the market, by today's configuration. */
static const char *source_of_market(const kt_why *of, const char *market)
{
    for (size_t i = 0; i < of->config->market_count; i++) {
        if (strcmp(of->config->markets[i].name, market) == 0) {
            return of->config->markets[i].source;
        }
    }
    return "";
}

/* True if one of the words of the subject is that word. */
static bool speaks_of(const char *subject, const char *word)
{
    const size_t length = strlen(word);
    while (length > 0 && *subject != '\0') {
        const size_t own = strcspn(subject, " ");
        if (own == length && memcmp(subject, word, length) == 0) {
            return true;
        }
        subject += own + (subject[own] == ' ' ? 1 : 0);
    }
    return false;
}

/* A figure over all occupations comes from a source that publishes it. */
static bool publishes_total(const kt_why *of, const char *id)
{
    const size_t at = kt_config_source(of->config, id);
    return at < of->config->source_count && of->config->sources[at]->publishes_total;
}

static bool is_of_source(const kt_why *of, const char *id)
{
    const bool names_source = kt_schema_column(of->schema, "source") != KT_NO_COLUMN;
    const bool of_total = !names_source && kt_why_cell(of, "indicator")[0] != '\0';
    return strcmp(kt_why_cell(of, "source"), id) == 0 || (of_total && publishes_total(of, id)) ||
           strcmp(source_of_market(of, kt_why_cell(of, "market")), id) == 0 ||
           speaks_of(kt_why_cell(of, "subject"), id);
}

size_t kt_why_sources(const kt_why *of, const size_t **out)
{
    const size_t all = of->run.source_count;
    size_t *found = kt_arena_array(of->arena, size_t, all + 1);
    size_t count = 0;
    for (size_t i = 0; i < all; i++) {
        if (is_of_source(of, of->run.sources[i].id)) {
            found[count++] = i;
        }
    }
    for (size_t i = 0; count == 0 && i < all; i++) {
        found[i] = i;
    }
    *out = found;
    return count == 0 ? all : count;
}

static kt_status read_receipts(const kt_why *of, kt_receipt **out, size_t *count, kt_error *err)
{
    *out = NULL;
    *count = 0;
    if (!kt_file_exists(kt_path_join(of->arena, of->workspace, "archive/receipts"))) {
        return KT_OK;
    }
    KT_AUTO(archive) kt_archive *archive = NULL;
    KT_TRY(kt_archive_open(of->workspace, &archive, err));
    return kt_archive_receipts(archive, of->arena, out, count, err);
}

/* The receipt of the exchange that first brought the reply. */
static const kt_receipt *receipt_of(const kt_receipt *receipts, size_t count, const char *source,
                                    const char *sha256)
{
    for (size_t i = 0; i < count; i++) {
        if (receipts[i].purpose == KT_PURPOSE_DATA && strcmp(receipts[i].sha256, sha256) == 0 &&
            strcmp(receipts[i].source, source) == 0) {
            return &receipts[i];
        }
    }
    return NULL;
}

/* A reply of the run and, where the archive has it, the exchange that brought it. */
typedef struct reply {
    const char *sha256;
    const kt_receipt *receipt;
} reply;

static int by_arrival(const void *a, const void *b)
{
    const reply *left = a;
    const reply *right = b;
    if (left->receipt == NULL || right->receipt == NULL) {
        return (left->receipt != NULL) - (right->receipt != NULL);
    }
    if (left->receipt->time != right->receipt->time) {
        return left->receipt->time < right->receipt->time ? -1 : 1;
    }
    return left->receipt->part < right->receipt->part ? -1 : 1;
}

static bool asks_for(const reply *one, const char *quoted)
{
    return one->receipt != NULL && one->receipt->request != NULL &&
           strstr(one->receipt->request, quoted) != NULL;
}

/* Keeps the replies that asked for a code by name; all of them where none did. */
static size_t keep_asked(reply *replies, size_t count, const char *code, kt_arena *arena)
{
    const char *quoted = kt_arena_print(arena, "\"%s\"", code);
    reply *kept = kt_arena_array(arena, reply, count + 1);
    size_t asked = 0;
    for (size_t i = 0; code[0] != '\0' && i < count; i++) {
        if (asks_for(&replies[i], quoted)) {
            kept[asked++] = replies[i];
        }
    }
    if (asked > 0) {
        memcpy(replies, kept, asked * sizeof *kept);
    }
    return asked > 0 ? asked : count;
}

/* The occupation as the source writes it, where it is one of its own level: 2512 of ISCO-2512. */
static const char *occupation_asked(const kt_why *of)
{
    const char *code = kt_why_cell(of, "occupation_code");
    return kt_text_starts(code, "ISCO-") && strlen(code) == strlen("ISCO-2512")
               ? code + strlen("ISCO-")
               : "";
}

static void put_reply(json_t *list, const reply *one, kt_arena *arena)
{
    const kt_receipt *receipt = one->receipt;
    json_t *row = json_object();
    json_array_append_new(list, row);
    char received[KT_INSTANT_SIZE];
    kt_why_put_text(row, "received",
                    receipt == NULL ? NULL : kt_instant_write(receipt->time, received));
    kt_why_put_text(row, "part",
                    receipt == NULL
                        ? "no receipt"
                        : kt_arena_print(arena, "%zu of %zu", receipt->part + 1, receipt->parts));
    kt_why_put_number(row, "bytes", receipt == NULL ? NAN : (double)receipt->bytes);
    kt_why_put_text(row, "sha256", one->sha256);
    kt_why_put_text(row, "request",
                    receipt == NULL            ? NULL
                    : receipt->request == NULL ? receipt->url
                                               : receipt->request);
}

/* Of its replies those that asked for the row's period, region and occupation by name. */
static json_t *describe_source(const kt_why *of, const kt_why_source *source,
                               const kt_receipt *receipts, size_t receipt_count)
{
    size_t count = source->reply_count;
    reply *replies = kt_arena_array(of->arena, reply, count + 1);
    for (size_t i = 0; i < count; i++) {
        replies[i] = (reply){source->replies[i],
                             receipt_of(receipts, receipt_count, source->id, source->replies[i])};
    }
    count = keep_asked(replies, count, kt_why_cell(of, "time_period"), of->arena);
    count = keep_asked(replies, count, kt_why_cell(of, "region_code"), of->arena);
    count = keep_asked(replies, count, occupation_asked(of), of->arena);
    qsort(replies, count, sizeof *replies, by_arrival);
    json_t *about = json_object();
    kt_why_put_text(about, "title", source->title);
    kt_why_put_text(about, "address", source->address);
    kt_why_put_text(about, "updated_at_source", source->updated);
    kt_why_put_text(about, "licence", source->licence);
    kt_why_put_number(about, "replies_used", (double)source->reply_count);
    kt_why_put_number(about, "replies_that_asked_for_this", (double)count);
    json_t *list = json_array();
    json_object_set_new(about, "replies", list);
    for (size_t i = 0; i < count; i++) {
        put_reply(list, &replies[i], of->arena);
    }
    return about;
}

kt_status kt_why_add_replies(const kt_why *of, kt_error *err)
{
    kt_receipt *receipts = NULL;
    size_t count = 0;
    KT_TRY(read_receipts(of, &receipts, &count, err));
    const size_t *sources = NULL;
    const size_t source_count = kt_why_sources(of, &sources);
    json_t *section = kt_why_section(of, "sources", json_object());
    for (size_t i = 0; i < source_count; i++) {
        const kt_why_source *source = &of->run.sources[sources[i]];
        json_object_set_new(section, source->id, describe_source(of, source, receipts, count));
    }
    return KT_OK;
}

/* The rows of `checks` while they are read. */
typedef struct check_rows {
    const kt_why *of;
    const kt_schema *schema;
    const size_t *sources;
    size_t source_count;
    json_t *list;
} check_rows;

static bool is_about(const check_rows *in, const char *subject)
{
    for (size_t i = 0; i < in->source_count; i++) {
        if (speaks_of(subject, in->of->run.sources[in->sources[i]].id)) {
            return true;
        }
    }
    const char *market = kt_why_cell(in->of, "market");
    const size_t length = strlen(market);
    const char *scope = kt_why_cell(in->of, "scope");
    return length > 0 && strncmp(subject, market, length) == 0 &&
           (subject[length] == '\0' || (subject[length] == ' ' && speaks_of(subject, scope)));
}

static kt_status take_check(void *context, size_t number, const char *const *cells,
                            const size_t *lengths, kt_error *err)
{
    static const char *const shown[] = {"check",    "subject",   "result",
                                        "measured", "threshold", "examples"};
    (void)number;
    (void)lengths;
    (void)err;
    const check_rows *in = context;
    const size_t subject = kt_schema_column(in->schema, "subject");
    if (subject == KT_NO_COLUMN || !is_about(in, cells[subject])) {
        return KT_OK;
    }
    json_t *row = json_object();
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        const size_t column = kt_schema_column(in->schema, shown[i]);
        if (column != KT_NO_COLUMN) {
            kt_why_put_cell(row, &in->schema->columns[column], cells[column]);
        }
    }
    json_array_append_new(in->list, row);
    return KT_OK;
}

kt_status kt_why_add_checks(const kt_why *of, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(of->config->contract, "checks");
    if (schema == NULL) {
        return KT_OK;
    }
    check_rows rows = {.of = of, .schema = schema};
    rows.source_count = kt_why_sources(of, &rows.sources);
    rows.list = kt_why_section(of, "checks", json_array());
    const kt_table_events events = {.context = &rows, .row = take_check};
    const char *path = kt_path_join(of->arena, of->run.folder, "csv/checks/checks.csv");
    return kt_lines_read(path, kt_canonical_lines, schema, &events, err);
}
