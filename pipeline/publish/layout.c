/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/layout.h"

#include <stdlib.h>
#include <string.h>

#include "core/file.h"
#include "core/text.h"

#define SUMS_LIMIT ((size_t)16 << 20)

/* "_2023.csv" */
static bool read_year(const char *text, int *year)
{
    if (strlen(text) != strlen("_2023.csv") || text[0] != '_' || !kt_text_ends(text, ".csv")) {
        return false;
    }
    *year = 0;
    for (int i = 1; i <= 4; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *year = *year * 10 + (text[i] - '0');
    }
    return true;
}

bool kt_layout_file(const kt_schema *schema, const char *name, int *year)
{
    if (!kt_text_starts(name, schema->table)) {
        return false;
    }
    const char *rest = name + strlen(schema->table);
    if (schema->split == KT_SPLIT_YEAR) {
        return read_year(rest, year);
    }
    *year = 0;
    return strcmp(rest, ".csv") == 0;
}

typedef struct path_list {
    kt_layout found;
    size_t room;
    kt_arena *arena;
} path_list;

static void add_path(path_list *list, kt_table_path path)
{
    kt_layout *found = &list->found;
    found->paths =
        kt_arena_grow(list->arena, found->paths, found->count, &list->room, sizeof *found->paths);
    found->paths[found->count++] = path;
}

static kt_status find_table(const char *folder, const kt_schema *schema, path_list *list,
                            kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    const char *own = kt_path_join(list->arena, folder, schema->table);
    KT_TRY(kt_folder_list(own, list->arena, &names, &count, err));
    const size_t before = list->found.count;
    for (size_t i = 0; i < count; i++) {
        int year = 0;
        if (kt_layout_file(schema, names[i], &year)) {
            const char *name = kt_table_file_name(schema, year, list->arena);
            add_path(list, (kt_table_path){.schema = schema, .year = year, .name = name});
        }
    }
    return list->found.count > before
               ? KT_OK
               : kt_fail(err, KT_ERR_NOT_FOUND, "%s: holds no file of the table, expected %s", own,
                         kt_table_file_name(schema, 2026, list->arena));
}

kt_status kt_layout_find(const char *folder, const kt_contract *contract, bool public_only,
                         kt_arena *arena, kt_layout *out, kt_error *err)
{
    path_list list = {.arena = arena};
    for (size_t i = 0; i < contract->table_count; i++) {
        const kt_schema *schema = &contract->tables[i];
        const bool wanted = schema->is_public || !public_only;
        KT_TRY(wanted ? find_table(folder, schema, &list, err) : KT_OK);
    }
    *out = list.found;
    return KT_OK;
}

static bool is_hash(const char *text)
{
    return strspn(text, "0123456789abcdef") == KT_HASH_SIZE - 1;
}

/* One line, terminated in place; the next one begins behind it. */
static kt_status read_sum(const char *path, size_t number, char *line, kt_sum *out, kt_error *err)
{
    if (!is_hash(line) || !kt_text_starts(line + KT_HASH_SIZE - 1, "  ")) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: expected a sha256, two blanks and a path",
                       path, number);
    }
    const char *listed = line + KT_HASH_SIZE + 1;
    if (listed[0] == '/' || strstr(listed, "..") != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: \"%.64s\" leads out of the run", path,
                       number, listed);
    }
    line[KT_HASH_SIZE - 1] = '\0';
    *out = (kt_sum){.sha256 = line, .path = listed};
    return KT_OK;
}

kt_status kt_sums_read(const char *path, kt_arena *arena, kt_sum **out, size_t *count,
                       kt_error *err)
{
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_file_read(path, SUMS_LIMIT, arena, &bytes, &length, err));
    size_t lines = 0;
    for (size_t i = 0; i < length; i++) {
        lines += bytes[i] == '\n' ? 1 : 0;
    }
    if (length > 0 && bytes[length - 1] != '\n') {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the last line has no end", path);
    }
    kt_sum *sums = kt_arena_array(arena, kt_sum, lines + 1);
    char *line = bytes;
    for (size_t i = 0; i < lines; i++) {
        char *end = strchr(line, '\n');
        if (end == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: a NUL byte", path, i + 1);
        }
        *end = '\0';
        KT_TRY(read_sum(path, i + 1, line, &sums[i], err));
        if (i > 0 && strcmp(sums[i - 1].path, sums[i].path) >= 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: paths are not sorted", path, i + 1);
        }
        line = end + 1;
    }
    *out = sums;
    *count = lines;
    return KT_OK;
}

static int compare_path(const void *path, const void *sum)
{
    return strcmp(path, ((const kt_sum *)sum)->path);
}

const kt_sum *kt_sums_find(const kt_sum *sums, size_t count, const char *path)
{
    return count == 0 ? NULL : bsearch(path, sums, count, sizeof *sums, compare_path);
}

char *kt_run_name(kt_instant as_of, const char *run_id, kt_arena *arena)
{
    char when[KT_INSTANT_SIZE];
    return kt_arena_print(arena, "%s_%s", kt_instant_write_basic(as_of, when), run_id);
}
