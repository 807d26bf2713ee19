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
    const char *fetched = kt_newest_period(kt_table_asked(table, variable));
    if (fetched == NULL || !kt_period_read(fetched, &had) || !kt_period_read(last, &ends) ||
        kt_period_compare(ends, had) >= 0) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_DATA, "%s: %s ends with %s, expected %s or later: it was there",
                   table->source->id, variable, last, fetched);
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
    KT_TRY(kt_reply_check(&expected, answer->body, table->errand->arena, &of->reply, err));
    question->about.updated = of->reply.updated;
    question->final = true;
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
