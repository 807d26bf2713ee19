/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "accepted.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"

#define FILE_LIMIT ((size_t)16 << 20)

static const char *path_of(const char *workspace, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/archive/accepted.jsonl", workspace);
}

static bool read_line(const char *line, size_t length, kt_arena *arena, kt_acceptance *out)
{
    json_auto_t *root = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
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

static size_t count_lines(const char *bytes)
{
    size_t lines = 0;
    for (const char *end = strchr(bytes, '\n'); end != NULL; end = strchr(end + 1, '\n')) {
        lines++;
    }
    return lines;
}

kt_status kt_acceptances_load(const char *workspace, kt_arena *arena, kt_acceptances *out,
                              kt_error *err)
{
    *out = (kt_acceptances){0};
    const char *path = path_of(workspace, arena);
    if (!kt_file_exists(path)) {
        return KT_OK;
    }
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err));
    const size_t lines = count_lines(bytes); /* a last line cut short by a crash does not count */
    kt_acceptance *list = kt_arena_array(arena, kt_acceptance, lines + 1);
    const char *line = bytes;
    for (size_t i = 0; i < lines; i++) {
        const char *end = strchr(line, '\n');
        if (!read_line(line, (size_t)(end - line), arena, &list[i])) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s:%zu: expected an object with source, campaign and time", path,
                           i + 1);
        }
        line = end + 1;
    }
    *out = (kt_acceptances){.at = list, .count = lines};
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
    return kt_file_append(path_of(workspace, arena), line.bytes, line.length, err);
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
