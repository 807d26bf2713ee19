/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "known_runs.h"

#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

#define FILE_LIMIT ((size_t)64 << 20)

static const char *path_of(const char *workspace, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/archive/published.jsonl", workspace);
}

static bool read_moment(const json_t *root, const char *key, kt_instant *out)
{
    const char *text = json_string_value(json_object_get(root, key));
    return text != NULL && kt_instant_read(text, false, out);
}

static bool read_line(const char *line, size_t length, kt_arena *arena, kt_known_run *out)
{
    json_auto_t *root = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    const char *run_id = json_string_value(json_object_get(root, "run_id"));
    if (run_id == NULL || !read_moment(root, "as_of", &out->as_of) ||
        !read_moment(root, "known_until", &out->known_until)) {
        return false;
    }
    out->run_id = kt_arena_copy(arena, run_id);
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

kt_status kt_known_runs_load(const char *workspace, kt_arena *arena, kt_known_runs *out,
                             kt_error *err)
{
    *out = (kt_known_runs){0};
    const char *path = path_of(workspace, arena);
    if (!kt_file_exists(path)) {
        return KT_OK;
    }
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err));
    const size_t lines = count_lines(bytes); /* a last line cut short by a crash does not count */
    kt_known_run *list = kt_arena_array(arena, kt_known_run, lines + 1);
    const char *line = bytes;
    for (size_t i = 0; i < lines; i++) {
        const char *end = strchr(line, '\n');
        if (!read_line(line, (size_t)(end - line), arena, &list[i])) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s:%zu: expected an object with run_id, as_of and known_until", path,
                           i + 1);
        }
        line = end + 1;
    }
    *out = (kt_known_runs){.at = list, .count = lines};
    return KT_OK;
}

/* A line that a crash cut short would spoil the one that is written behind it. */
static kt_status cut_torn_line(const char *path, kt_arena *arena, kt_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    if (!kt_file_exists(path)) {
        return KT_OK;
    }
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err));
    const char *end = strrchr(bytes, '\n');
    const size_t whole = end == NULL ? 0 : (size_t)(end - bytes) + 1;
    return whole == length || truncate(path, (off_t)whole) == 0
               ? KT_OK
               : kt_fail_errno(err, path, "cannot cut a line that was not written whole");
}

kt_status kt_known_run_add(const char *workspace, const kt_known_run *run, kt_arena *arena,
                           kt_error *err)
{
    char as_of[KT_INSTANT_SIZE];
    char known[KT_INSTANT_SIZE];
    const char *line = kt_arena_print(
        arena, "{\"run_id\":\"%s\",\"as_of\":\"%s\",\"known_until\":\"%s\"}\n", run->run_id,
        kt_instant_write(run->as_of, as_of), kt_instant_write(run->known_until, known));
    const char *path = path_of(workspace, arena);
    KT_TRY(cut_torn_line(path, arena, err));
    return kt_file_append(path, line, strlen(line), err);
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
