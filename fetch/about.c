/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/period.h"
#include "question.h"
#include "table.h"

/* What a service says of a table apart from its figures: whether they will be updated. */

#define DAY_S 86400

bool kt_table_is_late(const kt_table *table)
{
    kt_period last = {0};
    if (table->last_period == NULL || !kt_period_read(table->last_period, &last)) {
        return false;
    }
    const int64_t today = kt_instant_now() / DAY_S;
    return today - kt_period_last_day(last) > table->source->warn_age_days;
}

/* An answer, and the protocol that reads it. */
typedef struct hearing {
    const kt_protocol *protocol;
    bool discontinued;
} hearing;

static kt_status check_about(void *context, kt_question *question, const kt_answer *answer,
                             kt_error *err)
{
    (void)question;
    hearing *of = context;
    return of->protocol->read_about(answer->body, &of->discontinued, err);
}

kt_status kt_table_discontinued(kt_table *table, bool *out, kt_error *err)
{
    *out = false;
    if (table->protocol->about == NULL) {
        return KT_OK;
    }
    hearing of = {.protocol = table->protocol};
    const kt_request request = table->protocol->about(&table->target, table->errand->arena);
    kt_question question = {.about = {.source = table->source->id,
                                      .purpose = KT_PURPOSE_METADATA,
                                      .method = request.method,
                                      .url = request.url,
                                      .request = request.body},
                            .context = &of,
                            .check = check_about};
    KT_TRY(kt_question_ask(table->errand, table->service, &question, err));
    *out = of.discontinued;
    return KT_OK;
}
