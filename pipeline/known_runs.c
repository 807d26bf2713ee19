/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "known_runs.h"

#include <jansson.h>
#include <string.h>

#include "core/journal.h"

static const char *path_of(const char *workspace, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/archive/published.jsonl", workspace);
}

static bool read_moment(const json_t *root, const char *key, kt_instant *out)
{
    const char *text = json_string_value(json_object_get(root, key));
    return text != NULL && kt_instant_read(text, false, out);
}

static bool read_line(const json_t *root, kt_arena *arena, void *item)
{
    kt_known_run *out = item;
    const char *run_id = json_string_value(json_object_get(root, "run_id"));
    if (run_id == NULL || !read_moment(root, "as_of", &out->as_of) ||
        !read_moment(root, "known_until", &out->known_until)) {
        return false;
    }
    out->run_id = kt_arena_copy(arena, run_id);
    return true;
}

kt_status kt_known_runs_load(const char *workspace, kt_arena *arena, kt_known_runs *out,
                             kt_error *err)
{
    static const kt_journal_form form = {sizeof(kt_known_run), read_line,
                                         "an object with run_id, as_of and known_until"};
    void *list = NULL;
    size_t count = 0;
    KT_TRY(kt_journal_items(path_of(workspace, arena), &form, arena, &list, &count, err));
    *out = (kt_known_runs){.at = list, .count = count};
    return KT_OK;
}

kt_status kt_known_run_add(const char *workspace, const kt_known_run *run, kt_arena *arena,
                           kt_error *err)
{
    char as_of[KT_INSTANT_SIZE];
    char known[KT_INSTANT_SIZE];
    const char *line = kt_arena_print(
        arena, "{\"run_id\":\"%s\",\"as_of\":\"%s\",\"known_until\":\"%s\"}\n", run->run_id,
        kt_instant_write(run->as_of, as_of), kt_instant_write(run->known_until, known));
    return kt_journal_add(path_of(workspace, arena), line, strlen(line), err);
}

const kt_known_run *kt_known_run_find(kt_known_runs runs, const char *run_id)
{
    for (size_t i = 0; i < runs.count; i++) {
        if (strcmp(runs.at[i].run_id, run_id) == 0) {
            return &runs.at[i];
        }
    }
    return NULL;
}
