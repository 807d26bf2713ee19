/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accepted.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/journal.h"
#include "core/json.h"
#include "core/text.h"

static const char *path_of(const char *workspace, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/archive/accepted.jsonl", workspace);
}

static bool read_line(const json_t *root, kt_arena *arena, void *item)
{
    kt_acceptance *out = item;
    const char *source = json_string_value(json_object_get(root, "source"));
    const char *campaign = json_string_value(json_object_get(root, "campaign"));
    const char *time = json_string_value(json_object_get(root, "time"));
    if (source == NULL || campaign == NULL || time == NULL ||
        !kt_instant_read(time, false, &out->time)) {
        return false;
    }
    out->source = kt_arena_copy(arena, source);
    out->campaign = kt_arena_copy(arena, campaign);
    return true;
}

kt_status kt_acceptances_load(const char *workspace, kt_arena *arena, kt_acceptances *out,
                              kt_error *err)
{
    static const kt_journal_form form = {sizeof(kt_acceptance), read_line,
                                         "an object with source, campaign and time"};
    void *list = NULL;
    size_t count = 0;
    KT_TRY(kt_journal_items(path_of(workspace, arena), &form, arena, &list, &count, err));
    *out = (kt_acceptances){.at = list, .count = count};
    return KT_OK;
}

kt_status kt_acceptance_add(const char *workspace, const kt_acceptance *acceptance, kt_arena *arena,
                            kt_error *err)
{
    char time[KT_INSTANT_SIZE];
    KT_AUTO(text) kt_text line = {0};
    kt_text_put(&line, "{\"source\":");
    kt_json_put_text(&line, acceptance->source);
    kt_text_put(&line, ",\"campaign\":");
    kt_json_put_text(&line, acceptance->campaign);
    kt_text_print(&line, ",\"time\":\"%s\"}\n", kt_instant_write(acceptance->time, time));
    return kt_journal_add(path_of(workspace, arena), line.bytes, line.length, err);
}

bool kt_is_accepted(kt_acceptances acceptances, const char *source, const char *campaign,
                    kt_instant until)
{
    for (size_t i = 0; i < acceptances.count; i++) {
        const kt_acceptance *one = &acceptances.at[i];
        if (strcmp(one->source, source) == 0 && strcmp(one->campaign, campaign) == 0 &&
            (until == KT_NO_INSTANT || one->time <= until)) {
            return true;
        }
    }
    return false;
}
