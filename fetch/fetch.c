/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/fetch.h"

#include "campaign.h"
#include "core/cleanup.h"
#include "errand.h"
#include "open.h"
#include "rest.h"
#include "select.h"
#include "table.h"

#define MOST_ROUNDS \
    4 /* a table that is published anew more often while we fetch it is not for tonight */

/* Reads the metadata and takes up or plans the campaign that they call for. */
static kt_status begin_round(kt_table *table, bool is_first, kt_campaign **campaign, kt_error *err)
{
    kt_selection selection;
    const bool is_open = kt_table_is_open(table);
    if (!is_open && (!is_first || !table->is_fresh)) {
        KT_TRY(kt_table_learn(table, err));
    }
    const kt_receipt *pending = kt_campaign_pending(table);
    const bool whole = is_open || (pending != NULL && pending->whole) || kt_table_is_due(table);
    KT_TRY(kt_table_select(table, whole, &selection, err));
    return kt_campaign_begin(table, &selection, campaign, err);
}

/* What became of the tries so far. */
typedef struct tries {
    unsigned published; /* anew while the table was fetched */
    unsigned outdated;
    kt_error first; /* why the service did not know it at first */
} tries;

/* The table is somewhere else, or called otherwise. */
static kt_status take_outdated(kt_table *table, const kt_campaign *campaign, tries *of,
                               kt_error *err)
{
    bool more = of->outdated == 0;
    if (of->outdated++ == 0) {
        of->first = campaign->failure;
    }
    if (!kt_table_is_open(table)) {
        return more ? KT_OK
                    : kt_fail(err, campaign->failure.status, "%s, also with the newest metadata",
                              campaign->failure.message);
    }
    KT_TRY(kt_open_next(table, &more, err));
    return more ? KT_OK : kt_open_fail(table, &of->first, err);
}

static kt_status take_published(const kt_table *table, tries *of, kt_error *err)
{
    of->published++;
    return of->published < MOST_ROUNDS
               ? KT_OK
               : kt_fail(err, KT_ERR_HTTP,
                         "%s: published anew again and again while it was fetched, expected one "
                         "publication",
                         table->source->id);
}

/* One try: *done if the night has what it wanted. */
static kt_status run_round(kt_table *table, bool is_first, tries *of, kt_fetch_result *result,
                           bool *done, kt_error *err)
{
    kt_campaign *campaign = NULL;
    kt_ending ending = KT_ENDING_COMPLETE;
    KT_TRY(begin_round(table, is_first, &campaign, err));
    kt_plan *plan = kt_campaign_plan(campaign);
    result->plan = plan;
    *done = true;
    if (table->errand->options->dry_run) {
        result->state = KT_FETCH_PLANNED;
        return KT_OK;
    }
    KT_TRY(kt_campaign_run(campaign, &ending, err));
    if (ending == KT_ENDING_COMPLETE) {
        plan->cells = plan->is_open ? kt_campaign_cells(campaign) : plan->cells;
        const bool is_news = table->protocol->probe != NULL || kt_campaign_has_news(campaign);
        result->state = is_news ? KT_FETCH_FETCHED : KT_FETCH_UNCHANGED;
        return KT_OK;
    }
    *done = false;
    return ending == KT_ENDING_OUTDATED ? take_outdated(table, campaign, of, err)
                                        : take_published(table, of, err);
}

static kt_status run_rounds(kt_table *table, kt_fetch_result *result, kt_error *err)
{
    tries of = {0};
    bool done = false;
    for (bool is_first = true; !done; is_first = false) {
        KT_TRY(run_round(table, is_first, &of, result, &done, err));
    }
    return KT_OK;
}

/* The first time, and where a campaign was broken off, there is nothing that a probe could spare.
 */
static kt_status fetch_changes(kt_table *table, kt_fetch_result *result, kt_error *err)
{
    const bool is_open = kt_table_is_open(table);
    KT_TRY(is_open ? kt_open_begin(table, err) : KT_OK);
    if (table->protocol->probe != NULL && table->vintage->reply_count > 0 &&
        kt_campaign_pending(table) == NULL) {
        bool changed = false;
        if (!is_open) {
            kt_table_recall(table);
        }
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
    const kt_protocol *protocol = kt_protocol_find(result->source->protocol);
    if (protocol != NULL && protocol->collect != NULL) {
        return protocol->collect(errand, result->source, result, err);
    }
    KT_TRY(kt_table_init(&table, errand, result->source, err));
    KT_TRY(fetch_changes(&table, result, err));
    return kt_table_is_late(&table) ? kt_table_discontinued(&table, &result->discontinued, err)
                                    : KT_OK;
}

/* A table that has no address any more is asked for only if nothing of it was ever fetched. */
static bool has_ended(const kt_errand *errand, const kt_source *source)
{
    return kt_source_ended(source, kt_instant_now()) != INT64_MAX &&
           kt_vintage_find(errand->receipts, errand->receipt_count, source->id, KT_NO_INSTANT,
                           errand->arena)
                   ->reply_count > 0;
}

static kt_status fetch_one(kt_errand *errand, kt_fetch_result *result, kt_error *err)
{
    kt_error why = {0};
    errand->calls = 0;
    *result = (kt_fetch_result){.source = result->source};
    result->ended = has_ended(errand, result->source);
    result->rests_until = result->ended ? KT_NO_INSTANT : kt_rests_until(errand, result->source);
    if (result->ended || result->rests_until != KT_NO_INSTANT) {
        result->state = KT_FETCH_UNCHANGED;
        return KT_OK;
    }
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
