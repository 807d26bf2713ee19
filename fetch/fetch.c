/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/fetch.h"

#include "campaign.h"
#include "core/cleanup.h"
#include "errand.h"
#include "select.h"
#include "table.h"

#define MOST_ROUNDS \
    4 /* a table that is published anew more often while we fetch it is not for tonight */

/* Reads the metadata and takes up or plans the campaign that they call for. */
static kt_status begin_round(kt_table *table, bool is_first, kt_campaign **campaign, kt_error *err)
{
    kt_selection selection;
    if (!is_first || !table->is_fresh) {
        KT_TRY(kt_table_learn(table, err));
    }
    const kt_receipt *pending = kt_campaign_pending(table);
    const bool whole = (pending != NULL && pending->whole) || kt_table_is_due(table);
    KT_TRY(kt_table_select(table, whole, &selection, err));
    return kt_campaign_begin(table, &selection, campaign, err);
}

static kt_status run_rounds(kt_table *table, kt_fetch_result *result, kt_error *err)
{
    bool was_outdated = false;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        kt_campaign *campaign = NULL;
        kt_ending ending = KT_ENDING_COMPLETE;
        KT_TRY(begin_round(table, round == 0, &campaign, err));
        result->plan = kt_campaign_plan(campaign);
        if (table->errand->options->dry_run) {
            result->state = KT_FETCH_PLANNED;
            return KT_OK;
        }
        KT_TRY(kt_campaign_run(campaign, &ending, err));
        if (ending == KT_ENDING_COMPLETE) {
            result->state = KT_FETCH_FETCHED;
            return KT_OK;
        }
        if (ending == KT_ENDING_OUTDATED && was_outdated) {
            return kt_fail(err, campaign->failure.status, "%s, also with the newest metadata",
                           campaign->failure.message);
        }
        was_outdated = was_outdated || ending == KT_ENDING_OUTDATED;
    }
    return kt_fail(err, KT_ERR_HTTP,
                   "%s: published anew again and again while it was fetched, expected one "
                   "publication",
                   table->source->id);
}

/* The first time, and where a campaign was broken off, there is nothing that a probe could spare.
 */
static kt_status fetch_changes(kt_table *table, kt_fetch_result *result, kt_error *err)
{
    if (table->vintage->reply_count > 0 && kt_campaign_pending(table) == NULL) {
        bool changed = false;
        kt_table_recall(table);
        KT_TRY(kt_table_probe(table, &changed, err));
        if (!changed && !kt_table_is_due(table)) {
            result->state = KT_FETCH_UNCHANGED;
            return KT_OK;
        }
    }
    return run_rounds(table, result, err);
}

/* Of a table that is late we ask whether it is waited for in vain. */
static kt_status fetch_table(kt_errand *errand, kt_fetch_result *result, kt_error *err)
{
    kt_table table;
    KT_TRY(kt_table_init(&table, errand, result->source, err));
    KT_TRY(fetch_changes(&table, result, err));
    return kt_table_is_late(&table) ? kt_table_discontinued(&table, &result->discontinued, err)
                                    : KT_OK;
}

static kt_status fetch_one(kt_errand *errand, kt_fetch_result *result, kt_error *err)
{
    kt_error why = {0};
    errand->calls = 0;
    *result = (kt_fetch_result){.source = result->source};
    const kt_status status = fetch_table(errand, result, &why);
    result->calls = errand->calls;
    if (status != KT_OK && errand->broken) {
        return kt_fail(err, status, "%s", why.message);
    }
    if (status != KT_OK) {
        result->state = KT_FETCH_FAILED;
        result->status = status;
        result->message = kt_arena_copy(errand->arena, why.message);
    }
    return KT_OK;
}

kt_status kt_fetch(kt_archive *archive, const kt_fetch_options *options, kt_fetch_result *results,
                   size_t count, kt_arena *arena, kt_error *err)
{
    kt_errand errand;
    KT_TRY(kt_errand_init(&errand, archive, options, arena, err));
    KT_AUTO(transfer) kt_transfer *transfer = NULL;
    KT_TRY(kt_transfer_open(options, &transfer, err));
    errand.transfer = transfer;
    for (size_t i = 0; i < count; i++) {
        KT_TRY(fetch_one(&errand, &results[i], err));
    }
    return KT_OK;
}
