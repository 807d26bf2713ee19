/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/vintage.h"

#include <string.h>

#include "core/codes.h"
#include "core/instant.h"
#include "core/period.h"
#include "core/text.h"
#include "url.h"

/* One fetch of the table, as far as its receipts tell. */
typedef struct campaign {
    size_t parts; /* the most that any of its receipts speaks of: a part may have been split */
    size_t last;  /* index of the newest receipt that counts */
    const kt_receipt **newest; /* of each part, NULL if there is no good one */
    bool whole;
    bool complete;
} campaign;

typedef struct search {
    const kt_receipt *receipts;
    size_t count;
    const char *source;
    kt_instant until;
    kt_codes *names; /* of the campaigns, in the order of their first good receipt */
    campaign *campaigns;
    kt_arena *arena;
} search;

static bool counts(const search *find, const kt_receipt *receipt)
{
    return find->until == KT_NO_INSTANT || receipt->time <= find->until;
}

static bool is_good_part(const search *find, const kt_receipt *receipt)
{
    return receipt->purpose == KT_PURPOSE_DATA && kt_receipt_is_good(receipt) &&
           receipt->campaign != NULL && receipt->part < receipt->parts && counts(find, receipt) &&
           strcmp(receipt->source, find->source) == 0;
}

static void count_campaigns(search *find)
{
    find->names = kt_codes_new(find->arena);
    for (size_t i = 0; i < find->count; i++) {
        if (is_good_part(find, &find->receipts[i])) {
            (void)kt_codes_intern(find->names, find->receipts[i].campaign);
        }
    }
    find->campaigns = kt_arena_array(find->arena, campaign, kt_codes_count(find->names));
    for (size_t i = 0; i < find->count; i++) {
        const kt_receipt *receipt = &find->receipts[i];
        if (is_good_part(find, receipt)) {
            campaign *of = &find->campaigns[kt_codes_find(find->names, receipt->campaign)];
            of->parts = receipt->parts > of->parts ? receipt->parts : of->parts;
        }
    }
}

static bool is_complete(const campaign *of)
{
    for (size_t part = 0; part < of->parts; part++) {
        if (of->newest[part] == NULL ||
            !kt_text_same(of->newest[part]->updated, of->newest[0]->updated)) {
            return false;
        }
    }
    return true;
}

static void fill_campaigns(search *find)
{
    const size_t campaign_count = kt_codes_count(find->names);
    for (size_t i = 0; i < campaign_count; i++) {
        find->campaigns[i].newest =
            kt_arena_array(find->arena, const kt_receipt *, find->campaigns[i].parts);
    }
    for (size_t i = 0; i < find->count; i++) {
        const kt_receipt *receipt = &find->receipts[i];
        if (is_good_part(find, receipt)) {
            campaign *of = &find->campaigns[kt_codes_find(find->names, receipt->campaign)];
            of->newest[receipt->part] = receipt;
            of->whole = receipt->whole;
            of->last = i;
        }
    }
    for (size_t i = 0; i < campaign_count; i++) {
        find->campaigns[i].complete = is_complete(&find->campaigns[i]);
    }
}

/* The complete campaign that was completed first after receipt number `after`, or NULL. */
static const campaign *next_complete(const search *find, size_t from)
{
    const campaign *best = NULL;
    for (size_t i = 0; i < kt_codes_count(find->names); i++) {
        const campaign *of = &find->campaigns[i];
        if (of->complete && of->last >= from && (best == NULL || of->last < best->last)) {
            best = of;
        }
    }
    return best;
}

/* The reply to an open question speaks of the periods that it has. */
static bool reaches(const kt_receipt *newer, const kt_receipt *older)
{
    kt_period of[4];
    const char *const codes[] = {newer->first_period, older->first_period, newer->last_period,
                                 older->last_period};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] == NULL || !kt_period_read(codes[i], &of[i])) {
            return true;
        }
    }
    return kt_period_compare(of[0], of[1]) <= 0 && kt_period_compare(of[2], of[3]) >= 0;
}

/* True if a newer reply of the list answers the very same question: it covers the same cells. */
static bool is_superseded(const kt_receipt *const *replies, size_t count, size_t at)
{
    for (size_t i = at + 1; i < count; i++) {
        if (kt_text_same(replies[i]->request, replies[at]->request) &&
            strcmp(replies[i]->url, replies[at]->url) == 0 && reaches(replies[i], replies[at])) {
            return true;
        }
    }
    return false;
}

static void keep_newest(kt_vintage *vintage)
{
    size_t kept = 0;
    for (size_t i = 0; i < vintage->reply_count; i++) {
        if (!is_superseded(vintage->replies, vintage->reply_count, i)) {
            vintage->replies[kept++] = vintage->replies[i];
        }
    }
    vintage->reply_count = kept;
}

/* When the source says that a file's figures are from; else when the file was seen. */
static kt_instant stated(const kt_receipt *receipt)
{
    kt_instant at = KT_NO_INSTANT;
    return receipt->updated != NULL && kt_instant_read(receipt->updated, false, &at)
               ? at
               : receipt->time;
}

/* A service serves its newest edition; a folder gets files in any order, old ones after new ones.
 */
static void order_files(kt_vintage *vintage)
{
    for (size_t i = 1; i < vintage->reply_count; i++) {
        const kt_receipt *moved = vintage->replies[i];
        size_t at = i;
        for (; at > 0 && kt_text_starts(moved->url, "file:") &&
               stated(vintage->replies[at - 1]) > stated(moved);
             at--) {
            vintage->replies[at] = vintage->replies[at - 1];
        }
        vintage->replies[at] = moved;
    }
    if (vintage->reply_count > 0) {
        vintage->updated = vintage->replies[vintage->reply_count - 1]->updated;
    }
}

static void take_replies(const search *find, kt_vintage *vintage)
{
    size_t room = 0;
    for (size_t i = 0; i < kt_codes_count(find->names); i++) {
        room += find->campaigns[i].complete ? find->campaigns[i].parts : 0;
    }
    vintage->replies = kt_arena_array(find->arena, const kt_receipt *, room);
    size_t from = 0;
    for (const campaign *of = next_complete(find, from); of != NULL;
         of = next_complete(find, from)) {
        from = of->last + 1;
        for (size_t part = 0; part < of->parts; part++) {
            vintage->replies[vintage->reply_count++] = of->newest[part];
        }
        vintage->updated = of->newest[0]->updated;
        vintage->last_good = find->receipts[of->last].time;
        if (of->whole) {
            vintage->last_whole = vintage->last_good;
        }
    }
    keep_newest(vintage);
    order_files(vintage);
}

/* The index after the newest receipt of the newest complete campaign; 0 if there is none. */
static size_t after_last_good(const search *find)
{
    size_t after = 0;
    for (const campaign *of = next_complete(find, 0); of != NULL; of = next_complete(find, after)) {
        after = of->last + 1;
    }
    return after;
}

/* The host that the table was last asked of, NULL if it never was. */
static char *last_host(const search *find)
{
    for (size_t i = find->count; i-- > 0;) {
        if (strcmp(find->receipts[i].source, find->source) == 0 &&
            counts(find, &find->receipts[i])) {
            return kt_url_host(find->receipts[i].url, find->arena);
        }
    }
    return NULL;
}

/* The body is the question, at whichever address; without one the address is. */
static bool is_same_question(const kt_receipt *a, const kt_receipt *b)
{
    return kt_text_same(a->request, b->request) &&
           (a->request != NULL || strcmp(a->url, b->url) == 0);
}

/* A later good answer to the same question shows that the fault is over. */
static bool is_mended(const search *find, size_t at, const kt_receipt *bad)
{
    for (size_t i = at + 1; i < find->count; i++) {
        const kt_receipt *later = &find->receipts[i];
        if (counts(find, later) && kt_receipt_is_good(later) && later->purpose == bad->purpose &&
            strcmp(later->source, bad->source) == 0 &&
            (bad->purpose != KT_PURPOSE_DATA || is_same_question(later, bad))) {
            return true;
        }
    }
    return false;
}

static void take_failure(const search *find, kt_vintage *vintage)
{
    const size_t from = after_last_good(find);
    const char *host = last_host(find);
    for (size_t i = find->count; i-- > from;) {
        const kt_receipt *receipt = &find->receipts[i];
        const bool ours =
            strcmp(receipt->source, find->source) == 0 ||
            (receipt->purpose == KT_PURPOSE_CONFIG && kt_text_same(receipt->source, host));
        if (ours && counts(find, receipt) && !kt_receipt_is_good(receipt) &&
            !is_mended(find, i, receipt)) {
            vintage->last_failed = receipt->time;
            vintage->last_fault = receipt->fault;
            return;
        }
    }
}

const kt_vintage *kt_vintage_find(const kt_receipt *receipts, size_t count, const char *source,
                                  kt_instant until, kt_arena *arena)
{
    search find = {
        .receipts = receipts, .count = count, .source = source, .until = until, .arena = arena};
    count_campaigns(&find);
    fill_campaigns(&find);
    kt_vintage *vintage = kt_arena_new(arena, kt_vintage);
    vintage->last_good = KT_NO_INSTANT;
    vintage->last_whole = KT_NO_INSTANT;
    vintage->last_failed = KT_NO_INSTANT;
    take_replies(&find, vintage);
    take_failure(&find, vintage);
    return vintage;
}

kt_instant kt_first_received(const kt_receipt *receipts, size_t count, const char *sha256)
{
    kt_instant first = KT_NO_INSTANT;
    for (size_t i = 0; i < count; i++) {
        if (receipts[i].purpose == KT_PURPOSE_DATA && strcmp(receipts[i].sha256, sha256) == 0 &&
            (first == KT_NO_INSTANT || receipts[i].time < first)) {
            first = receipts[i].time;
        }
    }
    return first;
}
