/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look_open.h"

#include "open.h"
#include "question.h"
#include "reply.h"

/* The question of a look, and what its reply says. */
typedef struct glance {
    kt_table *table;
    kt_part whole;
    kt_reply reply;
    kt_question question;
} glance;

/* What is wanted, of the newest period alone. */
static kt_wanted newest_of(const kt_table *table)
{
    kt_wanted wanted = table->wanted;
    for (size_t v = 0; v < wanted.variable_count; v++) {
        kt_wanted_variable *variable = &wanted.variables[v];
        if (variable->is_time && variable->spec != NULL) {
            kt_variable_spec *spec = kt_arena_new(table->errand->arena, kt_variable_spec);
            *spec = *variable->spec;
            spec->newest = 1;
            variable->spec = spec;
        }
    }
    return wanted;
}

static kt_status check(void *context, kt_question *question, const kt_answer *answer, kt_error *err)
{
    glance *of = context;
    const kt_table *table = of->table;
    const kt_expected expected = {.source = table->source,
                                  .path = table->target.path,
                                  .wanted = &table->wanted,
                                  .part = &of->whole};
    of->reply = (kt_reply){0};
    const kt_status status =
        kt_reply_check(&expected, answer->body, table->errand->arena, &of->reply, err);
    question->final = status == KT_OK || of->reply.is_read;
    return status;
}

static kt_status ask(glance *of, kt_error *err)
{
    kt_table *table = of->table;
    const kt_wanted newest = newest_of(table);
    for (size_t v = 0; v < newest.variable_count; v++) {
        of->whole.start[v] = 0;
        of->whole.count[v] = newest.variables[v].count;
    }
    const kt_request request =
        table->protocol->data(&table->target, &newest, &of->whole, table->errand->arena);
    of->question = (kt_question){.about = {.source = table->source->id,
                                           .purpose = KT_PURPOSE_PROBE,
                                           .method = request.method,
                                           .url = request.url,
                                           .request = request.body},
                                 .context = of,
                                 .check = check};
    return kt_question_ask(table->errand, table->service, &of->question, err);
}

kt_status kt_look_open(kt_table *table, const char **last, kt_error *err)
{
    glance of = {.table = table};
    kt_error first = {0};
    bool more = true;
    KT_TRY(kt_open_begin(table, err));
    while (more) {
        KT_TRY(ask(&of, err));
        more = of.question.outcome == KT_QUESTION_OUTDATED;
        first = more && first.status == KT_OK ? of.question.failure : first;
        KT_TRY(more ? kt_open_next(table, &more, err) : KT_OK);
    }
    if (of.question.outcome == KT_QUESTION_OUTDATED) {
        return kt_open_fail(table, &first, err);
    }
    KT_TRY(kt_question_verdict(&of.question, err));
    *last = of.reply.period;
    return KT_OK;
}
