/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/withdrawn.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/journal.h"
#include "core/json.h"
#include "core/text.h"

#define FILE_URL "file:"

static const char *path_of(const char *workspace, kt_arena *arena)
{
    return kt_arena_print(arena, "%s/archive/withdrawn.jsonl", workspace);
}

static bool read_line(const json_t *root, kt_arena *arena, void *item)
{
    kt_withdrawal *out = item;
    const char *source = json_string_value(json_object_get(root, "source"));
    const char *sha256 = json_string_value(json_object_get(root, "sha256"));
    const char *time = json_string_value(json_object_get(root, "time"));
    const json_t *gone = json_object_get(root, "gone");
    if (source == NULL || sha256 == NULL || time == NULL || !json_is_boolean(gone) ||
        !kt_instant_read(time, false, &out->time)) {
        return false;
    }
    out->source = kt_arena_copy(arena, source);
    out->sha256 = kt_arena_copy(arena, sha256);
    out->gone = json_is_true(gone);
    return true;
}

kt_status kt_withdrawals_load(const char *workspace, kt_arena *arena, kt_withdrawals *out,
                              kt_error *err)
{
    static const kt_journal_form form = {sizeof(kt_withdrawal), read_line,
                                         "an object with source, sha256, time and gone"};
    void *list = NULL;
    size_t count = 0;
    KT_TRY(kt_journal_items(path_of(workspace, arena), &form, arena, &list, &count, err));
    *out = (kt_withdrawals){.at = list, .count = count};
    return KT_OK;
}

static kt_status add(const kt_night *night, const kt_list_file *file, bool gone, kt_error *err)
{
    char time[KT_INSTANT_SIZE];
    KT_AUTO(text) kt_text line = {0};
    kt_text_put(&line, "{\"source\":");
    kt_json_put_text(&line, file->source->id);
    kt_text_print(&line, ",\"sha256\":\"%s\",\"time\":\"%s\",\"gone\":%s}\n", file->receipt->sha256,
                  kt_instant_write(kt_instant_now(), time), gone ? "true" : "false");
    return kt_journal_add(path_of(night->workspace, night->arena), line.bytes, line.length, err);
}

/* What lies, or lay, in a folder; an import lies in none. */
static bool is_dropped(const kt_list_file *file)
{
    return file->receipt->request == NULL && kt_text_starts(file->receipt->url, FILE_URL);
}

bool kt_is_withdrawn(kt_withdrawals withdrawals, const kt_list_file *file, kt_instant until)
{
    bool gone = false;
    for (size_t i = 0; i < withdrawals.count; i++) {
        const kt_withdrawal *one = &withdrawals.at[i];
        const bool is_known = until == KT_NO_INSTANT || one->time <= until;
        const bool is_of = strcmp(one->source, file->source->id) == 0 &&
                           strcmp(one->sha256, file->receipt->sha256) == 0;
        gone = is_known && is_of ? one->gone : gone;
    }
    return gone && is_dropped(file);
}

void kt_list_withdraw(kt_project_lists *lists, kt_withdrawals withdrawals, kt_instant until)
{
    for (size_t i = 0; i < lists->count; i++) {
        kt_list_file *file = &lists->at[i];
        file->withdrawn =
            file->held != NULL && !file->replaced && kt_is_withdrawn(withdrawals, file, until);
        file->replaced = file->replaced || file->withdrawn;
    }
}

/* Its folder can be looked at. */
static bool is_in_folder(const kt_list_file *file)
{
    const char *folder = file->source->folder;
    return folder != NULL && is_dropped(file) && kt_file_exists(folder);
}

static kt_status look_for(const kt_night *night, kt_project_lists *lists, kt_list_file *file,
                          kt_error *err)
{
    const char *name = file->receipt->url + strlen(FILE_URL);
    const bool gone = !kt_file_exists(kt_path_join(night->arena, file->source->folder, name));
    if (gone == file->withdrawn) {
        return KT_OK;
    }
    file->withdrawn = gone;
    file->replaced = gone;
    if (!file->is_to_come) {
        lists->held = gone ? lists->held - 1 : lists->held + 1;
    }
    if (gone) {
        kt_log_write(&night->session->log, KT_WARNING, "transform.list_gone",
                     "%s: gone from the folder, and held no more: %s", file->source->id,
                     file->held);
    }
    return add(night, file, gone, err);
}

kt_status kt_night_withdraw(kt_night *night, kt_project_lists *lists, kt_error *err)
{
    for (size_t i = 0; i < lists->count; i++) {
        kt_list_file *file = &lists->at[i];
        const bool is_told = file->held != NULL && (!file->replaced || file->withdrawn);
        KT_TRY(is_told && is_in_folder(file) ? look_for(night, lists, file, err) : KT_OK);
    }
    return KT_OK;
}
