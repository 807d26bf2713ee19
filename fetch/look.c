/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/look.h"

#include <math.h>

#include "campaign.h"
#include "core/cleanup.h"
#include "errand.h"
#include "look_open.h"
#include "retry.h"
#include "select.h"
#include "table.h"
#include "url.h"

/* Who listens to the exchanges, and the look that they are made for. */
typedef struct listener {
    const kt_fetch_options *options;
    kt_look *look;
} listener;

/* Of several replies the one whose clock is nearest: one that waited long tells of the wait. */
static void read_clock(kt_look *look, const kt_receipt *receipt)
{
    kt_instant told = 0;
    if (receipt->headers == NULL || !kt_date_told(receipt->headers, &told)) {
        return;
    }
    const double off_s = (double)(receipt->time - told);
    if (isnan(look->clock_off_s) || fabs(off_s) < fabs(look->clock_off_s)) {
        look->clock_off_s = off_s;
    }
}

static kt_status exchanged(void *context, const kt_receipt *receipt, kt_error *err)
{
    const listener *of = context;
    read_clock(of->look, receipt);
    return of->options->exchanged == NULL
               ? KT_OK
               : of->options->exchanged(of->options->context, receipt, err);
}

static void take_limits(const kt_table *table, kt_look *look)
{
    const kt_service *service = table->service;
    look->cells_a_call = service->limits.cells;
    look->calls_a_window = service->limits.calls;
    look->window_s = service->limits.window_s;
    look->tells_limits = service->told.calls > 0;
}

/* What the night would ask for if it had nothing of the table yet. */
static kt_status plan_whole(kt_table *table, kt_look *look, kt_error *err)
{
    kt_selection selection;
    kt_campaign *campaign = NULL;
    KT_TRY(kt_table_select(table, true, &selection, err));
    KT_TRY(kt_campaign_begin(table, &selection, &campaign, err));
    look->plan = kt_campaign_plan(campaign);
    return KT_OK;
}

/* Files in a folder: those that are new are read, and none is taken. */
static kt_status look_at_folder(const kt_protocol *protocol, kt_errand *errand, kt_look *look,
                                kt_error *err)
{
    kt_fetch_result result = {0};
    look->is_folder = true;
    KT_TRY(protocol->collect(errand, look->source, &result, err));
    look->plan = result.plan;
    return KT_OK;
}

static kt_status look_at(kt_errand *errand, kt_look *look, kt_error *err)
{
    kt_table table;
    const kt_protocol *protocol = kt_protocol_find(look->source->protocol);
    if (protocol != NULL && protocol->collect != NULL) {
        return look_at_folder(protocol, errand, look, err);
    }
    KT_TRY(kt_table_init(&table, errand, look->source, err));
    take_limits(&table, look);
    look->tells_metadata = table.protocol->metadata != NULL;
    if (!look->tells_metadata) {
        KT_TRY(kt_look_open(&table, &look->last_period, err));
        look->path = table.target.path;
        return KT_OK;
    }
    const kt_status status = kt_table_learn(&table, err);
    look->metadata = table.metadata;
    KT_TRY(status);
    look->path = table.target.path;
    look->last_period = table.last_period;
    if (kt_table_is_late(&table)) {
        KT_TRY(kt_table_discontinued(&table, &look->discontinued, err));
    }
    return plan_whole(&table, look, err);
}

static kt_status look_once(kt_errand *errand, kt_look *look, kt_error *err)
{
    kt_error why = {0};
    *look = (kt_look){.source = look->source,
                      .host = kt_url_host(look->source->base_url, errand->arena),
                      .clock_off_s = NAN};
    errand->calls = 0;
    errand->silence = KT_SILENCE_NONE;
    look->status = look_at(errand, look, &why);
    look->calls = errand->calls;
    if (look->status != KT_OK) {
        look->silence = errand->silence;
        look->message = kt_arena_copy(errand->arena, why.message);
    }
    return errand->broken ? kt_fail(err, look->status, "%s", why.message) : KT_OK;
}

kt_status kt_fetch_look(kt_look_past past, const kt_fetch_options *options, kt_look *looks,
                        size_t count, kt_arena *arena, kt_error *err)
{
    kt_errand errand;
    listener of = {.options = options};
    kt_fetch_options heard = *options;
    heard.context = &of;
    heard.exchanged = exchanged;
    heard.dry_run = true;
    kt_errand_init_look(&errand, past, &heard, arena);
    KT_AUTO(transfer) kt_transfer *transfer = NULL;
    KT_TRY(kt_transfer_open(&heard, &transfer, err));
    errand.transfer = transfer;
    for (size_t i = 0; i < count; i++) {
        of.look = &looks[i];
        KT_TRY(look_once(&errand, &looks[i], err));
    }
    return KT_OK;
}
