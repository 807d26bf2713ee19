/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/text.h"
#include "open.h"
#include "reply.h"

#define REFUSED_SHARE 16 /* of the service's limit: what is refused below it is not too large */

static kt_arena *arena_of(const kt_campaign *campaign)
{
    return campaign->table->errand->arena;
}

size_t kt_piece_cells(const kt_piece *piece)
{
    return kt_part_cells(&piece->part, piece->campaign->selection.wanted.variable_count);
}

/* Of an open selection nobody knows how many cells a call has. */
size_t kt_campaign_least_cells(const kt_campaign *campaign)
{
    return kt_table_is_open(campaign->table)
               ? 1
               : campaign->table->service->limits.cells / REFUSED_SHARE;
}

static void set_part(kt_piece *piece, const kt_part *part)
{
    const kt_campaign *campaign = piece->campaign;
    piece->part = *part;
    piece->request = campaign->table->protocol->data(
        &campaign->table->target, &campaign->selection.wanted, part, arena_of(campaign));
}

static kt_piece *add_piece(kt_campaign *campaign, const kt_part *part)
{
    campaign->pieces = kt_arena_grow(arena_of(campaign), campaign->pieces, campaign->count,
                                     &campaign->room, sizeof(kt_piece *));
    kt_piece *piece = kt_arena_new(arena_of(campaign), kt_piece);
    piece->campaign = campaign;
    piece->number = KT_NO_NUMBER;
    set_part(piece, part);
    campaign->pieces[campaign->count++] = piece;
    return piece;
}

kt_piece *kt_piece_split(kt_piece *piece)
{
    kt_campaign *campaign = piece->campaign;
    kt_part halves[2];
    if (!kt_part_split(&piece->part, campaign->selection.wanted.variable_count, halves)) {
        return NULL;
    }
    set_part(piece, &halves[0]);
    return add_piece(campaign, &halves[1]);
}

/* Where codes are sent in the address, it has room for so many of them. */
static void cut_addresses(kt_campaign *campaign)
{
    const size_t most = campaign->table->protocol->most_address;
    for (size_t i = 0; most > 0 && i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        while (strlen(piece->request.url) > most && kt_piece_split(piece) != NULL) {
        }
    }
}

kt_status kt_campaign_lay_out(kt_campaign *campaign, kt_error *err)
{
    kt_part *parts = NULL;
    size_t count = 0;
    campaign->count = 0;
    KT_TRY(kt_plan_parts(&campaign->selection.wanted, campaign->table->service->limits.cells,
                         arena_of(campaign), &parts, &count, err));
    for (size_t i = 0; i < count; i++) {
        (void)add_piece(campaign, &parts[i]);
    }
    cut_addresses(campaign);
    for (size_t i = 0; i < campaign->count; i++) {
        campaign->pieces[i]->number = i;
    }
    campaign->parts = campaign->count;
    return KT_OK;
}

static bool is_used(const kt_errand *errand, const char *id)
{
    for (size_t i = 0; i < errand->receipt_count; i++) {
        if (kt_text_same(errand->receipts[i].campaign, id)) {
            return true;
        }
    }
    return false;
}

const char *kt_campaign_new_id(const kt_table *table)
{
    char now[KT_INSTANT_SIZE];
    kt_arena *arena = table->errand->arena;
    const char *first = kt_arena_print(arena, "%s-%s", table->source->id,
                                       kt_instant_write_basic(kt_instant_now(), now));
    const char *id = first;
    for (unsigned again = 2; is_used(table->errand, id); again++) {
        id = kt_arena_print(arena, "%s-%u", first, again);
    }
    return id;
}

kt_status kt_campaign_begin(kt_table *table, const kt_selection *selection, kt_campaign **out,
                            kt_error *err)
{
    kt_campaign *campaign = kt_arena_new(table->errand->arena, kt_campaign);
    const kt_receipt *pending = kt_campaign_pending(table);
    campaign->table = table;
    campaign->selection = *selection;
    campaign->outcome = KT_QUESTION_GOOD;
    KT_TRY(kt_campaign_lay_out(campaign, err));
    if (pending == NULL || !kt_campaign_resume(campaign, pending)) {
        campaign->refused_cells = 0;
        KT_TRY(kt_campaign_lay_out(campaign, err));
        campaign->id = kt_campaign_new_id(table);
    }
    *out = campaign;
    return KT_OK;
}

/* A dry run makes no data call, so those planned before it are counted here. */
static void plan_ahead(const kt_table *table, kt_plan *plan)
{
    kt_service *service = table->service;
    const size_t before = table->errand->options->dry_run ? service->planned : 0;
    plan->host = service->host;
    plan->seconds = kt_limiter_estimate(service->limiter, before + plan->call_count);
    service->planned = before + plan->call_count;
}

kt_plan *kt_campaign_plan(const kt_campaign *campaign)
{
    kt_plan *plan = kt_arena_new(arena_of(campaign), kt_plan);
    kt_planned_call *calls = kt_arena_array(arena_of(campaign), kt_planned_call, campaign->count);
    for (size_t i = 0; i < campaign->count; i++) {
        const kt_piece *piece = campaign->pieces[i];
        if (!piece->is_good) {
            const size_t cells = kt_piece_cells(piece);
            calls[plan->call_count++] =
                (kt_planned_call){piece->request.url, piece->request.body, cells};
            plan->cells += cells;
        }
    }
    plan->calls = calls;
    plan->is_open = kt_table_is_open(campaign->table);
    plan->cells = plan->is_open ? 0 : plan->cells;
    plan_ahead(campaign->table, plan);
    return plan;
}

static kt_status check_reply(const kt_piece *piece, kt_question *question, const kt_answer *answer,
                             kt_reply *reply, kt_error *err)
{
    const kt_campaign *campaign = piece->campaign;
    const kt_table *table = campaign->table;
    const kt_expected expected = {.source = table->source,
                                  .path = table->target.path,
                                  .wanted = &campaign->selection.wanted,
                                  .part = &piece->part};
    KT_TRY(kt_reply_check(&expected, answer->body, arena_of(campaign), reply, err));
    question->about.updated = reply->updated;
    question->about.parts = campaign->parts;
    question->about.first_period = reply->first_period;
    question->about.last_period = reply->first_period == NULL ? NULL : reply->period;
    return kt_table_is_open(table)
               ? kt_table_check_end(table, kt_role_name(KT_ROLE_PERIOD), reply->period, err)
               : KT_OK;
}

/* A whole table that lacks what is wanted of it will lack it when it is asked for again. */
static kt_status check_piece(void *context, kt_question *question, const kt_answer *answer,
                             kt_error *err)
{
    kt_piece *piece = context;
    kt_reply reply = {0};
    const kt_status status = check_reply(piece, question, answer, &reply, err);
    question->final = reply.is_read && kt_table_is_open(piece->campaign->table);
    piece->updated = reply.updated;
    piece->cells = reply.cells;
    return status;
}

static void make_question(kt_piece *piece)
{
    const kt_campaign *campaign = piece->campaign;
    piece->question = (kt_question){.about = {.source = campaign->table->source->id,
                                              .purpose = KT_PURPOSE_DATA,
                                              .method = piece->request.method,
                                              .url = piece->request.url,
                                              .request = piece->request.body,
                                              .campaign = campaign->id,
                                              .part = piece->number,
                                              .parts = campaign->parts,
                                              .whole = campaign->selection.whole},
                                    .context = piece,
                                    .check = check_piece,
                                    .is_least = kt_piece_cells(piece) < 2};
}

static void tell_progress(const kt_campaign *campaign)
{
    const kt_fetch_options *options = campaign->table->errand->options;
    size_t done = 0;
    for (size_t i = 0; i < campaign->count; i++) {
        done += campaign->pieces[i]->is_good ? 1 : 0;
    }
    if (options->progressed != NULL) {
        options->progressed(options->context, campaign->table->source->id, done, campaign->count);
    }
}

/*
 * All pieces must be of one publication: with the first of another one the calls are stopped. The
 * one that we heard of last counts, even if its date is an earlier one: services do take back.
 */
static void take_good(kt_campaign *campaign, kt_batch *batch, kt_piece *piece)
{
    piece->is_good = true;
    if (campaign->has_updated && !kt_text_same(piece->updated, campaign->updated)) {
        campaign->republished = true;
        batch->stop = true;
    }
    campaign->updated = piece->updated;
    campaign->has_updated = true;
    tell_progress(campaign);
}

/* Cuts a piece until it is smaller than what was refused. */
static void cut_down(kt_campaign *campaign, kt_batch *batch, kt_piece *piece)
{
    while (kt_piece_cells(piece) >= campaign->refused_cells) {
        kt_piece *other = kt_piece_split(piece);
        if (other == NULL) {
            return;
        }
        other->number = campaign->parts++;
        make_question(piece);
        make_question(other);
        kt_batch_add(batch, &other->question, arena_of(campaign));
    }
}

/* What is as large as the refused piece would be refused too, and that counts against us. */
static void take_refused(kt_campaign *campaign, kt_batch *batch, kt_piece *piece)
{
    const size_t cells = kt_piece_cells(piece);
    if (cells < 2 || cells <= kt_campaign_least_cells(campaign)) {
        campaign->outcome = KT_QUESTION_FAILED;
        campaign->failure = piece->question.failure;
        batch->stop = true;
        return;
    }
    if (campaign->refused_cells == 0 || cells < campaign->refused_cells) {
        campaign->refused_cells = cells;
    }
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *each = campaign->pieces[i];
        if (each == piece || each->question.outcome == KT_QUESTION_OPEN) {
            cut_down(campaign, batch, each);
        }
    }
}

static kt_status settled(void *context, kt_batch *batch, kt_question *question, kt_error *err)
{
    (void)err;
    kt_campaign *campaign = context;
    kt_piece *piece = question->context;
    switch (question->outcome) {
    case KT_QUESTION_GOOD:
        take_good(campaign, batch, piece);
        break;
    case KT_QUESTION_TOO_LARGE:
        take_refused(campaign, batch, piece);
        break;
    default:
        campaign->outcome = question->outcome;
        campaign->failure = question->failure;
        batch->stop = true;
        break;
    }
    return KT_OK;
}

static kt_status prove(const kt_campaign *campaign, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("proof of a campaign", 0);
    kt_part *parts = kt_arena_array(arena, kt_part, campaign->count);
    size_t count = 0;
    for (size_t i = 0; i < campaign->count; i++) {
        if (campaign->pieces[i]->is_good) {
            parts[count++] = campaign->pieces[i]->part;
        }
    }
    kt_error why = {0};
    const kt_status status = kt_plan_prove(&campaign->selection.wanted, parts, count, &why);
    return status == KT_OK
               ? KT_OK
               : kt_fail(err, status, "%s: %s", campaign->table->source->id, why.message);
}

static bool is_known(const kt_table *table, const kt_piece *piece)
{
    for (size_t i = 0; i < table->vintage->reply_count; i++) {
        const kt_receipt *reply = table->vintage->replies[i];
        if (kt_request_is(&piece->request, reply) &&
            strcmp(reply->sha256, piece->question.about.sha256) == 0) {
            return true;
        }
    }
    return false;
}

size_t kt_campaign_cells(const kt_campaign *campaign)
{
    size_t cells = 0;
    for (size_t i = 0; i < campaign->count; i++) {
        cells += campaign->pieces[i]->is_good ? campaign->pieces[i]->cells : 0;
    }
    return cells;
}

bool kt_campaign_has_news(const kt_campaign *campaign)
{
    for (size_t i = 0; i < campaign->count; i++) {
        if (!is_known(campaign->table, campaign->pieces[i])) {
            return true;
        }
    }
    return false;
}

kt_status kt_campaign_run(kt_campaign *campaign, kt_ending *ending, kt_error *err)
{
    kt_batch batch = {.context = campaign, .settled = settled};
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        make_question(piece);
        if (piece->is_good) {
            piece->question.outcome = KT_QUESTION_GOOD;
        } else {
            kt_batch_add(&batch, &piece->question, arena_of(campaign));
        }
    }
    tell_progress(campaign);
    KT_TRY(kt_batch_run(campaign->table->errand, campaign->table->service, &batch, err));
    if (campaign->outcome == KT_QUESTION_FAILED) {
        return kt_fail(err, campaign->failure.status, "%s", campaign->failure.message);
    }
    if (campaign->outcome == KT_QUESTION_OUTDATED || campaign->republished) {
        *ending = campaign->republished ? KT_ENDING_REPUBLISHED : KT_ENDING_OUTDATED;
        return KT_OK;
    }
    *ending = KT_ENDING_COMPLETE;
    return prove(campaign, err);
}
