/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/period.h"
#include "core/text.h"
#include "open.h"
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
        (void)table->protocol->asked(table->vintage->replies[i], variable, codes);
    }
    return codes;
}

const char *kt_newest_period(const kt_codes *codes)
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
kt_status kt_table_check_end(const kt_table *table, const char *variable, const char *last,
                             kt_error *err)
{
    kt_period ends = {0};
    kt_period had = {0};
    const char *fetched = kt_table_is_open(table)
                              ? table->last_period
                              : kt_newest_period(kt_table_asked(table, variable));
    if (fetched == NULL || !kt_period_read(fetched, &had) || !kt_period_read(last, &ends) ||
        kt_period_compare(ends, had) >= 0) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA, "%s: %s ends with %s, expected %s or later: it was there",
                   table->source->id, variable, last, fetched);
}

static int compare_addresses(const void *a, const void *b)
{
    const kt_address_spec *const *one = a;
    const kt_address_spec *const *other = b;
    return ((*one)->from_day < (*other)->from_day) - ((*one)->from_day > (*other)->from_day);
}

const kt_address_spec **kt_table_addresses(const kt_table *table)
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

kt_target kt_table_at(const kt_table *table, const kt_address_spec *address)
{
    return (kt_target){.source = table->source, .path = address->path};
}

/* A probe, and what its reply says. */
typedef struct probe {
    kt_table *table;
    kt_reply reply;
    kt_question question;
} probe;

static kt_status check_probe(void *context, kt_question *question, const kt_answer *answer,
                             kt_error *err)
{
    probe *of = context;
    const kt_table *table = of->table;
    const kt_expected expected = {
        .source = table->source, .path = table->target.path, .wanted = &table->wanted};
    of->reply = (kt_reply){0};
    const kt_status status =
        kt_reply_check(&expected, answer->body, table->errand->arena, &of->reply, err);
    question->final = status == KT_OK || (of->reply.is_read && kt_table_is_open(table));
    KT_TRY(status);
    question->about.updated = of->reply.updated;
    for (size_t v = 0; v < table->wanted.variable_count; v++) {
        const kt_wanted_variable *variable = &table->wanted.variables[v];
        KT_TRY(variable->is_time ? kt_table_check_end(table, variable->name, of->reply.period, err)
                                 : KT_OK);
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
    const kt_request request = table->protocol->probe(&table->target, &table->wanted, arena);
    of->question = (kt_question){.about = {.source = table->source->id,
                                           .purpose = KT_PURPOSE_PROBE,
                                           .method = request.method,
                                           .url = request.url,
                                           .request = request.body},
                                 .context = of,
                                 .check = check_probe};
    return kt_question_ask(table->errand, table->service, &of->question, err);
}

/* The service does not know the table as we know it: its metadata are read, or the next place of an
 * open table is tried. *more is false if there is nothing left to try. */
static kt_status look_elsewhere(kt_table *table, bool *more, kt_error *err)
{
    if (kt_table_is_open(table)) {
        return kt_open_next(table, more, err);
    }
    *more = !table->is_fresh;
    table->has_metadata = table->has_metadata && !*more;
    return KT_OK;
}

kt_status kt_table_probe(kt_table *table, bool *changed, kt_error *err)
{
    probe of = {.table = table};
    kt_error first = {0};
    bool again = true;
    while (again) {
        KT_TRY(ask_probe(&of, err));
        again = of.question.outcome == KT_QUESTION_OUTDATED;
        first = again && first.status == KT_OK ? of.question.failure : first;
        KT_TRY(again ? look_elsewhere(table, &again, err) : KT_OK);
    }
    if (of.question.outcome == KT_QUESTION_OUTDATED && kt_table_is_open(table)) {
        return kt_open_fail(table, &first, err);
    }
    KT_TRY(kt_question_verdict(&of.question, err));
    *changed = of.reply.updated == NULL || table->vintage->updated == NULL ||
               strcmp(of.reply.updated, table->vintage->updated) != 0 ||
               !kt_text_same(of.reply.period, table->last_period);
    return KT_OK;
}
