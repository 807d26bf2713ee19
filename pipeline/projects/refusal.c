/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/refusal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/json.h"
#include "core/text.h"

#define FILE_LIMIT 65536

static int ascending(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

kt_refusal_search kt_refusal_search_new(const kt_project_lists *lists, kt_arena *arena)
{
    size_t *orders = kt_arena_array(arena, size_t, lists->count + 1), count = 0;
    for (size_t i = 0; i < lists->count; i++) {
        if (lists->at[i].held == NULL) {
            orders[count++] = lists->at[i].order;
        }
    }
    qsort(orders, count, sizeof *orders, ascending);
    return (kt_refusal_search){.orders = orders, .count = count, .bad = count};
}

/* All but the newest, then none, then by halves; at the end once more what was good. */
bool kt_refusal_next(kt_refusal_search *of, bool made, size_t *from)
{
    if (!of->begun) {
        of->begun = true;
        of->at = of->count - 1;
    } else if (made) {
        of->good = of->at;
        of->known = true;
    } else {
        of->bad = of->at;
    }
    if (of->count == 0 || of->bad == 0 || (of->known && of->bad - of->good == 1 && made)) {
        return false;
    }
    if (of->bad < of->count || of->known) {
        of->at = of->known ? (of->good + of->bad) / 2 : 0;
    }
    *from = of->orders[of->at];
    return true;
}

static const char *path_of(const kt_night *night)
{
    return kt_path_join(night->arena, night->store, "refusal.json");
}

/* All that the verdict follows from. */
static const char *key_of(const kt_night *night)
{
    return kt_arena_print(night->arena, "%zu %s %s", night->receipts.count, night->config->hash,
                          kt_version());
}

kt_status kt_refusal_save(const kt_night *night, kt_error *err)
{
    KT_AUTO(text) kt_text line = {0};
    kt_text_put(&line, "{\"of\":");
    kt_json_put_text(&line, key_of(night));
    kt_text_print(&line, ",\"from\":%zu,\"fault\":", night->refusal.from);
    kt_json_put_text(&line, night->refusal.fault);
    kt_text_put(&line, "}\n");
    return kt_file_write(path_of(night), line.bytes, line.length, err);
}

kt_list_refusal kt_refusal_load(const kt_night *night)
{
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(path_of(night), FILE_LIMIT, night->arena, &bytes, &length, NULL) != KT_OK) {
        return (kt_list_refusal){0};
    }
    json_auto_t *root = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
    const char *of = json_string_value(json_object_get(root, "of"));
    const char *fault = json_string_value(json_object_get(root, "fault"));
    const json_int_t from = json_integer_value(json_object_get(root, "from"));
    if (of == NULL || fault == NULL || from < 0 || strcmp(of, key_of(night)) != 0) {
        return (kt_list_refusal){0};
    }
    return (kt_list_refusal){kt_arena_copy(night->arena, fault), (size_t)from};
}
