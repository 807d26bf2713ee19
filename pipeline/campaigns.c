/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/campaigns.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"

static bool is_part(const kt_receipt *receipt, const char *source)
{
    return receipt->purpose == KT_PURPOSE_DATA && receipt->campaign != NULL &&
           strcmp(receipt->source, source) == 0;
}

static bool is_part_of(const kt_receipt *receipt, const char *source, const char *campaign)
{
    return is_part(receipt, source) && strcmp(receipt->campaign, campaign) == 0;
}

static kt_receipts only_campaign(kt_receipts receipts, const char *source, const char *campaign,
                                 kt_arena *arena)
{
    size_t count = 0;
    for (size_t i = 0; i < receipts.count; i++) {
        count += is_part_of(&receipts.at[i], source, campaign) ? 1 : 0;
    }
    kt_receipt *kept = kt_arena_array(arena, kt_receipt, count);
    count = 0;
    for (size_t i = 0; i < receipts.count; i++) {
        if (is_part_of(&receipts.at[i], source, campaign)) {
            kept[count++] = receipts.at[i];
        }
    }
    return (kt_receipts){.at = kept, .count = count};
}

static void describe(const kt_vintage *vintage, const char *name, kt_campaign *out)
{
    *out = (kt_campaign){
        .name = name,
        .parts = vintage->replies,
        .part_count = vintage->reply_count,
        .whole = vintage->replies[0]->whole,
        .updated = vintage->updated,
        .first = vintage->replies[0]->time,
        .last = vintage->last_good,
    };
    for (size_t i = 0; i < out->part_count; i++) {
        out->first = out->parts[i]->time < out->first ? out->parts[i]->time : out->first;
    }
}

static int by_completion(const void *a, const void *b)
{
    const kt_campaign *left = a;
    const kt_campaign *right = b;
    if (left->last != right->last) {
        return left->last < right->last ? -1 : 1;
    }
    return strcmp(left->name, right->name);
}

size_t kt_campaigns_find(kt_receipts receipts, const char *source, kt_instant until,
                         kt_arena *arena, kt_campaign **out)
{
    kt_codes *names = kt_codes_new(arena);
    for (size_t i = 0; i < receipts.count; i++) {
        if (is_part(&receipts.at[i], source)) {
            (void)kt_codes_intern(names, receipts.at[i].campaign);
        }
    }
    kt_campaign *found = kt_arena_array(arena, kt_campaign, kt_codes_count(names) + 1);
    size_t complete = 0;
    for (size_t i = 0; i < kt_codes_count(names); i++) {
        const kt_receipts parts = only_campaign(receipts, source, kt_codes_at(names, i), arena);
        const kt_vintage *vintage = kt_vintage_find(parts.at, parts.count, source, until, arena);
        if (vintage->reply_count > 0) {
            describe(vintage, kt_codes_at(names, i), &found[complete++]);
        }
    }
    qsort(found, complete, sizeof *found, by_completion);
    *out = found;
    return complete;
}

static bool is_among(const char *const *names, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], wanted) == 0) {
            return true;
        }
    }
    return false;
}

kt_receipts kt_receipts_without(kt_receipts receipts, const char *source,
                                const char *const *campaigns, size_t count, kt_arena *arena)
{
    kt_receipt *kept = kt_arena_array(arena, kt_receipt, receipts.count + 1);
    size_t kept_count = 0;
    for (size_t i = 0; i < receipts.count; i++) {
        const kt_receipt *receipt = &receipts.at[i];
        if (!is_part(receipt, source) || !is_among(campaigns, count, receipt->campaign)) {
            kept[kept_count++] = *receipt;
        }
    }
    return (kt_receipts){.at = kept, .count = kept_count};
}
