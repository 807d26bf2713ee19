/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/period.h"
#include "core/text.h"
#include "question.h"
#include "reply.h"

kt_status kt_table_init(kt_table *table, kt_errand *errand, const kt_source *source, kt_error *err)
{
    *table = (kt_table){
        .errand = errand, .source = source, .protocol = kt_protocol_find(source->protocol)};
    KT_TRY(kt_errand_service(errand, source, &table->service, err));
    table->vintage = kt_vintage_find(errand->receipts, errand->receipt_count, source->id,
                                     KT_NO_INSTANT, errand->arena);
    return KT_OK;
}

kt_codes *kt_table_asked(const kt_table *table, const char *variable)
{
    kt_codes *codes = kt_codes_new(table->errand->arena);
    for (size_t i = 0; i < table->vintage->reply_count; i++) {
        const char *request = table->vintage->replies[i]->request;
        if (request != NULL) {
            (void)table->protocol->asked(request, variable, codes);
        }
    }
    return codes;
}

/* The newest period of the codes; codes that are none are skipped. NULL if there is none. */
static const char *newest_of(const kt_codes *codes)
{
    const char *newest = NULL;
    kt_period best = {0};
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        kt_period period;
        const char *code = kt_codes_at(codes, i);
        if (kt_period_read(code, &period) &&
            (newest == NULL || kt_period_compare(period, best) > 0)) {
            newest = code;
            best = period;
        }
    }
    return newest;
}

/* History may go at the start of a table, and stays with us; its end only ever moves on. */
static kt_status check_end(const kt_table *table, const char *variable, const char *last,
                           kt_error *err)
{
    kt_period ends = {0};
    kt_period had = {0};
    const char *fetched = newest_of(kt_table_asked(table, variable));
    if (fetched == NULL || !kt_period_read(fetched, &had) || !kt_period_read(last, &ends) ||
        kt_period_compare(ends, had) >= 0) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA, "%s: %s ends with %s, expected %s or later: it was there",
                   table->source->id, variable, last, fetched);
}

static kt_status take_variable(const kt_resolved_variable *from, const kt_source *source,
                               kt_wanted *wanted, kt_error *err)
{
    if (wanted->variable_count == KT_WANTED_VARIABLES) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: more than %d variables", source->id,
                       KT_WANTED_VARIABLES);
    }
    if (from->wanted_count == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the table has no wanted code of %s", source->id,
                       from->code);
    }
    wanted->variables[wanted->variable_count++] =
        (kt_wanted_variable){.name = from->code,
                             .codes = from->wanted,
                             .count = from->wanted_count,
                             .role = from->role,
                             .is_time = from->role == KT_ROLE_PERIOD};
    return KT_OK;
}

/* The wanted codes of the table with this metadata, and the period that it ends with. */
static kt_status take_metadata(kt_table *table, const kt_envelope *metadata, kt_error *err)
{
    kt_resolved *resolved = NULL;
    kt_wanted wanted = {0};
    KT_TRY(kt_roles_resolve(table->source, metadata, true, table->errand->arena, &resolved, err));
    for (size_t i = 0; i < resolved->variable_count; i++) {
        KT_TRY(take_variable(&resolved->variables[i], table->source, &wanted, err));
    }
    const kt_resolved_variable *time = kt_resolved_find(resolved, KT_ROLE_PERIOD);
    const char *last = time == NULL ? NULL : newest_of(metadata->dimensions[time->dimension].codes);
    if (last == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the table has no period, expected some",
                       table->source->id);
    }
    KT_TRY(check_end(table, time->code, last, err));
    table->wanted = wanted;
    table->last_period = last;
    table->has_metadata = true;
    return KT_OK;
}

static kt_status check_metadata(void *context, kt_question *question, kt_body body, kt_error *err)
{
    kt_table *table = context;
    kt_envelope *metadata = NULL;
    KT_TRY(table->protocol->read_metadata(body, table->errand->arena, &metadata, err));
    question->final = true;
    return take_metadata(table, metadata, err);
}

static char *url_of(const kt_table *table, const kt_address_spec *address)
{
    return table->protocol->table_url(table->source->base_url, address->path, table->errand->arena);
}

static kt_status read_at(kt_table *table, const kt_address_spec *address, kt_question *question,
                         kt_error *err)
{
    *question = (kt_question){.about = {.source = table->source->id,
                                        .purpose = KT_PURPOSE_METADATA,
                                        .method = "GET",
                                        .url = url_of(table, address)},
                              .context = table,
                              .check = check_metadata};
    KT_TRY(kt_question_ask(table->errand, table->service, question, err));
    if (question->outcome == KT_QUESTION_GOOD) {
        table->path = address->path;
        table->url = question->about.url;
        table->is_fresh = true;
    }
    return KT_OK;
}

static int compare_addresses(const void *a, const void *b)
{
    const kt_address_spec *const *one = a;
    const kt_address_spec *const *other = b;
    return ((*one)->from_day < (*other)->from_day) - ((*one)->from_day > (*other)->from_day);
}

/* The address of the day first, then the others, newest first. */
static const kt_address_spec **order_addresses(const kt_table *table)
{
    const kt_source *source = table->source;
    const kt_address_spec *today = kt_source_address(source, kt_instant_now());
    const kt_address_spec **order =
        kt_arena_array(table->errand->arena, const kt_address_spec *, source->address_count + 1);
    for (size_t i = 0; i < source->address_count; i++) {
        order[i] = &source->addresses[i];
    }
    qsort(order, source->address_count, sizeof(const kt_address_spec *), compare_addresses);
    for (size_t i = 1; i < source->address_count; i++) {
        if (order[i] == today) {
            memmove(order + 1, order, i * sizeof(const kt_address_spec *));
            order[0] = today;
        }
    }
    return order;
}

kt_status kt_table_learn(kt_table *table, kt_error *err)
{
    const kt_address_spec **order = order_addresses(table);
    kt_question first = {0};
    kt_question question = {0};
    table->has_metadata = false;
    for (size_t i = 0; i < table->source->address_count; i++) {
        KT_TRY(read_at(table, order[i], &question, err));
        if (question.outcome != KT_QUESTION_OUTDATED) {
            return kt_question_verdict(&question, err);
        }
        first = i == 0 ? question : first;
    }
    if (table->source->address_count > 1) {
        return kt_fail(err, KT_ERR_HTTP, "%s; nor is it at any of its %zu other addresses",
                       first.failure.message, table->source->address_count - 1);
    }
    return kt_question_verdict(&first, err);
}

/* The newest good metadata of the archive, NULL if there is none. */
static const kt_receipt *last_metadata(const kt_table *table)
{
    const kt_errand *errand = table->errand;
    for (size_t i = errand->receipt_count; i-- > 0;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (receipt->purpose == KT_PURPOSE_METADATA && kt_receipt_is_good(receipt) &&
            strcmp(receipt->source, table->source->id) == 0) {
            return receipt;
        }
    }
    return NULL;
}

/* What cannot be recalled is simply asked again: every failure here means just that. */
static bool recall(kt_table *table, const kt_receipt *receipt)
{
    char *bytes = NULL;
    size_t length = 0;
    kt_envelope *metadata = NULL;
    kt_arena *arena = table->errand->arena;
    if (kt_archive_load(table->errand->archive, receipt->sha256, arena, &bytes, &length, NULL) !=
        KT_OK) {
        return false;
    }
    const kt_body body = {table->source->id, bytes, length};
    return table->protocol->read_metadata(body, arena, &metadata, NULL) == KT_OK &&
           take_metadata(table, metadata, NULL) == KT_OK;
}

void kt_table_recall(kt_table *table)
{
    const kt_receipt *receipt = last_metadata(table);
    const kt_address_spec *today = kt_source_address(table->source, kt_instant_now());
    if (receipt == NULL || kt_source_address(table->source, receipt->time) != today) {
        return;
    }
    for (size_t i = 0; i < table->source->address_count; i++) {
        const kt_address_spec *address = &table->source->addresses[i];
        if (strcmp(url_of(table, address), receipt->url) == 0 && recall(table, receipt)) {
            table->path = address->path;
            table->url = receipt->url;
            return;
        }
    }
}

/* A probe, and what its reply says. */
typedef struct probe {
    kt_table *table;
    kt_reply reply;
    kt_question question;
} probe;

static kt_status check_probe(void *context, kt_question *question, kt_body body, kt_error *err)
{
    probe *of = context;
    const kt_table *table = of->table;
    const kt_expected expected = {
        .source = table->source, .path = table->path, .wanted = &table->wanted};
    KT_TRY(kt_reply_check(&expected, body, table->errand->arena, &of->reply, err));
    question->about.updated = of->reply.updated;
    question->final = true;
    for (size_t v = 0; v < table->wanted.variable_count; v++) {
        const kt_wanted_variable *variable = &table->wanted.variables[v];
        KT_TRY(variable->is_time ? check_end(table, variable->name, of->reply.period, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status ask_probe(probe *of, kt_error *err)
{
    kt_table *table = of->table;
    kt_arena *arena = table->errand->arena;
    if (!table->has_metadata) {
        KT_TRY(kt_table_learn(table, err));
    }
    of->question = (kt_question){
        .about = {.source = table->source->id,
                  .purpose = KT_PURPOSE_PROBE,
                  .method = "POST",
                  .url = table->url,
                  .request = table->protocol->probe(table->source->format, &table->wanted, arena)},
        .context = of,
        .check = check_probe};
    return kt_question_ask(table->errand, table->service, &of->question, err);
}

kt_status kt_table_probe(kt_table *table, bool *changed, kt_error *err)
{
    probe of = {.table = table};
    KT_TRY(ask_probe(&of, err));
    if (of.question.outcome == KT_QUESTION_OUTDATED && !table->is_fresh) {
        table->has_metadata = false;
        KT_TRY(ask_probe(&of, err));
    }
    KT_TRY(kt_question_verdict(&of.question, err));
    *changed = of.reply.updated == NULL || table->vintage->updated == NULL ||
               strcmp(of.reply.updated, table->vintage->updated) != 0 ||
               !kt_text_same(of.reply.period, table->last_period);
    return KT_OK;
}
