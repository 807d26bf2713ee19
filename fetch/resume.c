/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "campaign.h"

#include <string.h>

#include "core/text.h"

#define HTTP_FORBIDDEN 403
#define HTTP_TOO_LARGE 413

static bool is_data_of(const kt_receipt *receipt, const char *source)
{
    return receipt->purpose == KT_PURPOSE_DATA && receipt->campaign != NULL &&
           strcmp(receipt->source, source) == 0;
}

const kt_receipt *kt_campaign_pending(const kt_table *table)
{
    const kt_errand *errand = table->errand;
    const kt_receipt *newest = NULL;
    for (size_t i = errand->receipt_count; i-- > 0 && newest == NULL;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (is_data_of(receipt, table->source->id) && kt_receipt_is_good(receipt)) {
            newest = receipt;
        }
    }
    for (size_t i = 0; newest != NULL && i < table->vintage->reply_count; i++) {
        if (kt_text_same(table->vintage->replies[i]->campaign, newest->campaign)) {
            return NULL; /* it is complete */
        }
    }
    return newest;
}

/* The receipts of one campaign. */
typedef struct past {
    const kt_campaign *campaign;
    const kt_receipt *any;
} past;

static bool is_of(const past *of, const kt_receipt *receipt)
{
    return is_data_of(receipt, of->any->source) &&
           strcmp(receipt->campaign, of->any->campaign) == 0;
}

static bool is_refusal(const kt_receipt *receipt)
{
    return receipt->too_large || receipt->status == HTTP_FORBIDDEN ||
           receipt->status == HTTP_TOO_LARGE;
}

/* The newest good reply of the campaign to this very question, or NULL. */
static const kt_receipt *find_good(const past *of, const kt_piece *piece)
{
    const kt_errand *errand = of->campaign->table->errand;
    for (size_t i = errand->receipt_count; i-- > 0;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (is_of(of, receipt) && kt_receipt_is_good(receipt) &&
            kt_request_is(&piece->request, receipt)) {
            return receipt;
        }
    }
    return NULL;
}

static bool was_refused(const past *of, const kt_piece *piece)
{
    const kt_errand *errand = of->campaign->table->errand;
    for (size_t i = 0; i < errand->receipt_count; i++) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (is_of(of, receipt) && is_refusal(receipt) && kt_request_is(&piece->request, receipt)) {
            return true;
        }
    }
    return false;
}

/* Learns what was too large. True if that is news. */
static bool learn_refusal(kt_campaign *campaign, const past *of, const kt_piece *piece)
{
    const size_t cells = kt_piece_cells(piece);
    const bool is_news = campaign->refused_cells == 0 || cells < campaign->refused_cells;
    if (cells <= kt_campaign_least_cells(campaign) || !is_news || !was_refused(of, piece)) {
        return false;
    }
    campaign->refused_cells = cells;
    return true;
}

/* Cuts the pieces as the campaign had cut them. True if there may be more to cut. */
static bool refine_once(kt_campaign *campaign, const past *of)
{
    bool changed = false;
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        if (find_good(of, piece) != NULL) {
            continue;
        }
        changed = learn_refusal(campaign, of, piece) || changed;
        if (campaign->refused_cells > 0 && kt_piece_cells(piece) >= campaign->refused_cells) {
            changed = kt_piece_split(piece) != NULL || changed;
        }
    }
    return changed;
}

/* Gives each piece the number of its good reply; *used[n] tells which numbers are taken. */
static bool take_numbers(kt_campaign *campaign, const past *of, bool *used, size_t numbers)
{
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        const kt_receipt *good = find_good(of, piece);
        piece->number = KT_NO_NUMBER;
        if (good == NULL) {
            continue;
        }
        if (good->part >= numbers || used[good->part]) {
            return false;
        }
        used[good->part] = true;
        piece->number = good->part;
        piece->is_good = true;
        piece->updated = good->updated;
    }
    return true;
}

static void fill_numbers(const kt_campaign *campaign, bool *used)
{
    size_t next = 0;
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        while (piece->number == KT_NO_NUMBER && used[next]) {
            next++;
        }
        if (piece->number == KT_NO_NUMBER) {
            piece->number = next;
            used[next] = true;
        }
    }
}

/* True if each good reply of the campaign answers one of the pieces, and none needs a number more.
 */
static bool has_all(const past *of, size_t *parts)
{
    const kt_campaign *campaign = of->campaign;
    const kt_errand *errand = campaign->table->errand;
    *parts = 0;
    for (size_t i = 0; i < errand->receipt_count; i++) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (!is_of(of, receipt) || !kt_receipt_is_good(receipt)) {
            continue;
        }
        size_t at = 0;
        while (at < campaign->count && !kt_request_is(&campaign->pieces[at]->request, receipt)) {
            at++;
        }
        if (at == campaign->count) {
            return false;
        }
        *parts = receipt->parts > *parts ? receipt->parts : *parts;
    }
    return *parts <= campaign->count;
}

/* Replies of another publication than the newest reply's have to be asked for again. */
static void keep_newest(kt_campaign *campaign, const past *of)
{
    const kt_errand *errand = campaign->table->errand;
    for (size_t i = errand->receipt_count; i-- > 0 && !campaign->has_updated;) {
        const kt_receipt *receipt = &errand->receipts[i];
        if (is_of(of, receipt) && kt_receipt_is_good(receipt)) {
            campaign->updated = receipt->updated;
            campaign->has_updated = true;
        }
    }
    for (size_t i = 0; i < campaign->count; i++) {
        kt_piece *piece = campaign->pieces[i];
        piece->is_good = piece->is_good && kt_text_same(piece->updated, campaign->updated);
    }
}

bool kt_campaign_resume(kt_campaign *campaign, const kt_receipt *pending)
{
    const past of = {campaign, pending};
    size_t parts = 0;
    if (pending->whole != campaign->selection.whole) {
        return false;
    }
    while (refine_once(campaign, &of)) {
    }
    bool *used = kt_arena_array(campaign->table->errand->arena, bool, campaign->count);
    if (!has_all(&of, &parts) || !take_numbers(campaign, &of, used, campaign->count)) {
        return false;
    }
    fill_numbers(campaign, used);
    keep_newest(campaign, &of);
    campaign->parts = campaign->count;
    campaign->id = pending->campaign;
    return true;
}
