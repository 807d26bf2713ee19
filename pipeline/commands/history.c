/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "revision_tables.h"
#include "store_view.h"

static const kt_verdict *verdict_of(const kt_table *table, const char *campaign)
{
    for (size_t i = 0; i < table->verdict_count; i++) {
        if (strcmp(table->verdicts[i].campaign, campaign) == 0) {
            return &table->verdicts[i];
        }
    }
    return NULL;
}

static void print_periods(const kt_codes *periods)
{
    const size_t count = kt_codes_count(periods);
    if (count > 0) {
        (void)printf(", %s to %s (%zu)", kt_codes_at(periods, 0), kt_codes_at(periods, count - 1),
                     count);
    }
}

/* What a campaign brought. One without a note brought bodies that were there already. */
static void print_good(const kt_campaign_note *note)
{
    if (note == NULL) {
        (void)printf(", good, nothing that was not there\n");
        return;
    }
    print_periods(note->codes[KT_ROLE_PERIOD]);
    if (note->compared == 0) {
        (void)printf(", %zu cells, good, none of them known before\n", note->cells);
        return;
    }
    (void)printf(", %zu cells, good, %zu of %zu cells known before revised\n", note->cells,
                 note->changed, note->compared);
}

static void print_campaign(const kt_campaign *campaign, const kt_verdict *verdict,
                           const kt_campaign_note *note, kt_arena *arena)
{
    char moment[KT_INSTANT_SIZE];
    char *updated = kt_arena_copy(arena, campaign->updated == NULL ? "-" : campaign->updated);
    kt_text_flatten(updated); /* as the source wrote it */
    (void)printf("%s, updated %s, %s", kt_instant_write(campaign->last, moment), updated,
                 campaign->whole ? "whole" : "newest periods");
    if (verdict == NULL) {
        (void)printf(", not judged yet\n");
    } else if (verdict->held != NULL) {
        (void)printf(", held: %s\n", verdict->held);
    } else {
        print_good(note);
    }
}

static kt_status tell(const kt_night *night, kt_error *err)
{
    size_t at = 0;
    const kt_revision_log *log = NULL;
    kt_campaign *campaigns = NULL;
    KT_TRY(kt_store_source(night, night->arguments->operand, "history", &at, err));
    const kt_table *table = &night->tables[at];
    const size_t count = kt_campaigns_find(night->receipts, table->source->id, KT_NO_INSTANT,
                                           night->arena, &campaigns);
    if (table->there) {
        KT_TRY(kt_revision_log_of(night, table, night->arena, &log, err));
    }
    for (size_t i = 0; i < count; i++) {
        print_campaign(&campaigns[i], verdict_of(table, campaigns[i].name),
                       kt_revision_log_find(log, campaigns[i].name), night->arena);
    }
    if (count == 0) {
        (void)printf("%s was not fetched whole yet\n", table->source->id);
    }
    return KT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_night night = {0};
    kt_status status = kt_store_view(session, &night, err);
    if (status == KT_OK) {
        status = tell(&night, err);
    }
    kt_archive_close(night.archive);
    return status;
}

const kt_command kt_command_history = {
    .name = "history",
    .operand = "TABLE",
    .operand_needed = true,
    .options = KT_TAKES_CONFIG,
    .summary = "Every fetch of a table: when, what it held, the verdict, what it revised",
    .notes = "One line a complete fetch, oldest first. A held fetch says why.",
    .run = run,
};
