/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "core/json.h"
#include "core/text.h"
#include "corrections.h"
#include "flows.h"
#include "publish/lines.h"
#include "publish/manifest.h"
#include "why/why.h"

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
    const kt_json breaks = kt_json_member(root, "breaks");
    if (!kt_json_absent(breaks)) { /* a program that knew of none wrote no list */
        kt_breaks_read(breaks, &(kt_breaks_known){0}, &out->breaks);
    }
    if (!kt_corrections_unpack(json_object_get(document, "corrections"), arena, &out->corrections,
                               &out->correction_count)) {
        out->correction_count = 0; /* of a program that knew of none */
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

/* "mismatch isco4xmaakunta 0.5", of the whole country. */
static const char *part_of_headline(const char *headline, const char *column, kt_arena *arena)
{
    static const char *const parts[] = {"measure", "market", "alpha"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const size_t length = strcspn(headline, " ");
        if (strcmp(column, parts[i]) == 0) {
            return kt_arena_copy_n(arena, headline, length);
        }
        headline += length + (headline[length] == ' ' ? 1 : 0);
    }
    return strcmp(column, "scope") == 0 ? "SSS" : "";
}

/* Of a row that names its market by its levels alone. */
static const char *part_of_levels(const kt_why *of, const char *column)
{
    if (strcmp(of->schema->table, "effective_tightness") == 0) {
        return strcmp(column, "market") == 0  ? kt_why_cell(of, "region_level")
               : strcmp(column, "scope") == 0 ? "SSS"
                                              : "";
    }
    if (strcmp(of->schema->table, "decomposition") != 0 || strcmp(column, "market") != 0) {
        return "";
    }
    return kt_arena_print(of->arena, "%sx%s", kt_why_cell(of, "occupation_level"),
                          kt_why_cell(of, "region_level"));
}

const char *kt_why_cell(const kt_why *of, const char *column)
{
    const size_t at = kt_schema_column(of->schema, column);
    const size_t headline = kt_schema_column(of->schema, "headline");
    if (at != KT_NO_COLUMN) {
        return of->cells[at];
    }
    const size_t aspect = kt_schema_column(of->schema, "aspect");
    /* Of "alpha" and "market" the setting says what the headline would. */
    if (aspect != KT_NO_COLUMN && strcmp(of->cells[aspect], column) == 0) {
        return of->cells[kt_schema_column(of->schema, "setting")];
    }
    return headline == KT_NO_COLUMN ? part_of_levels(of, column)
                                    : part_of_headline(of->cells[headline], column, of->arena);
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

/* The one that gave a flow or a group: the explanation before has found it. */
static const char *giver_in_answer(const kt_why *of)
{
    return json_string_value(json_object_get(of->answer, "source"));
}

/* The denominator of a vacancy rate by sector, or of an occupation's rates. */
static bool gives_denominator(const kt_why *of, const char *id)
{
    const kt_sector_rate *rate = kt_why_rate(of);
    const char *employed = kt_why_employed(of);
    return (rate != NULL && strcmp(rate->denominator, id) == 0) ||
           (employed != NULL && strcmp(employed, id) == 0);
}

static bool is_of_source(const kt_why *of, const char *id)
{
    const bool names_source = kt_schema_column(of->schema, "source") != KT_NO_COLUMN;
    const kt_source_pair *pair = kt_why_pair(of);
    const char *giver = giver_in_answer(of);
    if (giver != NULL) {
        return strcmp(giver, id) == 0 || gives_denominator(of, id);
    }
    if (pair != NULL) {
        return strcmp(pair->counted.source, id) == 0 || strcmp(pair->asked.source, id) == 0;
    }
    const bool of_total = !names_source && kt_why_cell(of, "indicator")[0] != '\0';
    return strcmp(kt_why_cell(of, "source"), id) == 0 || (of_total && publishes_total(of, id)) ||
           strcmp(source_of_market(of, kt_why_cell(of, "market")), id) == 0 ||
           speaks_of(kt_why_cell(of, "subject"), id) || gives_denominator(of, id);
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
