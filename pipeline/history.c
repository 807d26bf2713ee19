/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#include <string.h>

#include "core/cleanup.h"

/* Good campaigns whose note must be in the log. */
static size_t noted_campaigns(const kt_table *table, size_t standing, kt_arena *arena,
                              const char ***out)
{
    const char **names = kt_arena_array(arena, const char *, standing + 1);
    size_t count = 0;
    for (size_t i = 0; i < standing; i++) {
        if (table->verdicts[i].held == NULL && table->verdicts[i].noted) {
            names[count++] = table->verdicts[i].campaign;
        }
    }
    *out = names;
    return count;
}

bool kt_history_open(const kt_workshop *shop, const kt_campaign *campaigns, const kt_table *table,
                     size_t standing, kt_arena *arena, kt_history *out)
{
    *out = (kt_history){.shop = shop, .campaigns = campaigns};
    if (standing == 0) {
        out->log = kt_revision_log_new(arena);
        out->recalled = true;
        return true;
    }
    out->log = table->log;
    if (out->log == NULL && shop->store != NULL) {
        out->log = kt_revision_log_load(shop->store, shop->source, arena);
    }
    if (out->log == NULL) {
        return false;
    }
    const char **names = NULL;
    const size_t count = noted_campaigns(table, standing, arena, &names);
    kt_revision_log_keep(out->log, names, count);
    return out->log->note_count == count;
}

/* True if no later note has all of what this one has: something of it is still what is known. */
static bool is_needed(const kt_revision_log *log, size_t note)
{
    const kt_codes *const *codes = log->notes[note].codes;
    const size_t measures = kt_codes_count(codes[KT_ROLE_MEASURE]);
    const size_t groups = kt_codes_count(codes[KT_ROLE_GROUP]);
    for (size_t i = 0; i < kt_codes_count(codes[KT_ROLE_PERIOD]) * measures * groups; i++) {
        const char *period = kt_codes_at(codes[KT_ROLE_PERIOD], i / (measures * groups));
        const char *measure = kt_codes_at(codes[KT_ROLE_MEASURE], i / groups % measures);
        const char *group = kt_codes_at(codes[KT_ROLE_GROUP], i % groups);
        if (kt_revision_log_owner(log, log->note_count, period, measure, group) == note) {
            return true;
        }
    }
    return false;
}

static kt_status learn_again(kt_history *history, const char *name, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("a campaign remembered", 0);
    const kt_campaign *campaign = history->campaigns;
    while (strcmp(campaign->name, name) != 0) {
        campaign++;
    }
    kt_cube *cube = NULL;
    KT_TRY(
        kt_assemble_raw(history->shop, campaign->parts, campaign->part_count, scratch, &cube, err));
    return kt_revise_learn(&history->known, cube, err);
}

/* Of the campaigns before tonight only those are read again that something is known from. */
static kt_status recall(kt_history *history, kt_error *err)
{
    const kt_revision_log *log = history->log;
    kt_status status = KT_OK;
    for (size_t i = 0; status == KT_OK && i < log->note_count; i++) {
        status = is_needed(log, i) ? learn_again(history, log->notes[i].campaign, err) : KT_OK;
    }
    history->recalled = true;
    return status;
}

static bool brought(const kt_campaign *campaign, const char *sha256)
{
    for (size_t i = 0; i < campaign->part_count; i++) {
        if (strcmp(campaign->parts[i]->sha256, sha256) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_seen(const kt_history *history, size_t before, const kt_verdict *verdicts,
                    const char *sha256)
{
    for (size_t i = 0; i < before; i++) {
        if (verdicts[i].held == NULL && brought(&history->campaigns[i], sha256)) {
            return true;
        }
    }
    return false;
}

/* True if every body of the campaign came with a good one before it. */
static bool is_repeat(const kt_history *history, size_t campaign, const kt_verdict *verdicts)
{
    const kt_campaign *of = &history->campaigns[campaign];
    for (size_t part = 0; part < of->part_count; part++) {
        if (!is_seen(history, campaign, verdicts, of->parts[part]->sha256)) {
            return false;
        }
    }
    return true;
}

/* Notes the campaign, its changes and what it shares with another address. */
static void note_campaign(kt_history *history, size_t campaign, const kt_cube *raw,
                          kt_revisions revised, kt_national_change national, kt_arena *scratch)
{
    kt_revision_log *log = history->log;
    kt_campaign_note *note =
        kt_revision_log_note(log, history->shop->source, &history->campaigns[campaign], raw);
    note->national = national;
    kt_revision_log_take(log, history->known.cube, raw, revised, scratch);
}

kt_status kt_history_take(kt_history *history, size_t campaign, kt_verdict *verdicts,
                          const kt_cube *raw, kt_national_change national, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("revisions of a campaign", 0);
    KT_TRY(history->recalled ? KT_OK : recall(history, err));
    const kt_revisions revised = kt_revise_compare(history->known.cube, raw, scratch);
    verdicts[campaign].noted = revised.count > 0 || !is_repeat(history, campaign, verdicts);
    if (verdicts[campaign].noted) {
        note_campaign(history, campaign, raw, revised, national, scratch);
    }
    return kt_revise_learn(&history->known, raw, err);
}

void kt_history_close(kt_history *history)
{
    kt_known_close(&history->known);
}
