/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rest.h"

#include <string.h>

#include "campaign.h"
#include "core/text.h"
#include "open.h"
#include "select.h"
#include "table.h"

#define DAY_S 86400

/* When the service was last heard to have nothing newer than the archive. A probe that found
 * something new is an errand not yet done. */
static kt_instant last_asked(const kt_table *table)
{
    const kt_errand *errand = table->errand;
    kt_instant last = table->vintage->last_good;
    for (size_t i = 0; i < errand->receipt_count; i++) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (receipt->purpose == KT_PURPOSE_PROBE && kt_receipt_is_good(receipt) &&
            strcmp(receipt->source, table->source->id) == 0 && receipt->updated != NULL &&
            kt_text_same(receipt->updated, table->vintage->updated) && receipt->time > last) {
            last = receipt->time;
        }
    }
    return last;
}

/* Days are counted, not hours; a day that is yet to come says nothing. */
static kt_instant next_day(const kt_table *table, kt_instant now)
{
    const kt_instant asked = last_asked(table) / DAY_S;
    const kt_instant next = asked + table->source->every_days;
    return asked <= now / DAY_S && now / DAY_S < next ? next * DAY_S : KT_NO_INSTANT;
}

kt_instant kt_rests_until(kt_errand *errand, const kt_source *source)
{
    kt_table table = {
        .errand = errand, .source = source, .protocol = kt_protocol_find(source->protocol)};
    if (source->every_days <= 1 || table.protocol == NULL || table.protocol->collect != NULL) {
        return KT_NO_INSTANT;
    }
    table.vintage = kt_vintage_find(errand->receipts, errand->receipt_count, source->id,
                                    KT_NO_INSTANT, errand->arena);
    if (table.vintage->reply_count == 0 || kt_campaign_pending(&table) != NULL) {
        return KT_NO_INSTANT;
    }
    if (!kt_table_is_open(&table)) {
        kt_table_recall(&table);
    }
    return kt_table_is_due(&table) ? KT_NO_INSTANT : next_day(&table, kt_instant_now());
}
