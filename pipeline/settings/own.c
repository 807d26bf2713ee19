/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "settings/parts.h"

#define FILE_LIMIT ((size_t)1 << 20)
#define FILES_MOST 200

/* Words of our own beside the sheets, and what a program has not finished writing. */
static bool is_passed_over(const char *name)
{
    static const char *const ends[] = {".md", ".tmp", ".part", "~"};
    bool passed_over = name[0] == '.';
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        passed_over = passed_over || kt_text_ends(name, ends[i]);
    }
    return passed_over;
}

/* People write into the folder: a link is not followed, and nothing but a file is waited for. */
static const char *read_sheet(const char *path, kt_arena *arena, kt_project_file *out)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat found;
    char *bytes = NULL;
    if (fd < 0) {
        return errno == ELOOP ? "a link, expected the file itself"
                              : "cannot be opened, expected a file that may be read";
    }
    if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) {
        return "no file, expected one";
    }
    if (kt_file_read_open((kt_open_file){fd, path}, FILE_LIMIT, arena, &bytes, &out->length,
                          NULL) != KT_OK) {
        return "cannot be read, expected a file of at most 1 MiB";
    }
    out->bytes = bytes;
    return NULL;
}

/* A name stands in messages and in the table of checks. */
static bool is_plain(const char *name)
{
    size_t bad = 0;
    return kt_utf8_valid(name, strlen(name), &bad) && kt_text_unseen(name) == NULL;
}

static const char *read_named(const char *folder, const char *name, kt_arena *arena,
                              kt_project_file *out)
{
    if (!is_plain(name)) {
        return "a name with letters that are not seen or no UTF-8, expected another";
    }
    return kt_text_ends(name, ".csv") ? read_sheet(kt_path_join(arena, folder, name), arena, out)
                                      : "expected a CSV, whose name ends with .csv";
}

/* A file counts in the hash by its name and by the bytes that were read: it may change meanwhile.
 */
static void add_sheet(const char *folder, const char *name, kt_project_file file, kt_config *config,
                      kt_arena *arena)
{
    char digest[KT_HASH_SIZE] = "";
    const char *why = read_named(folder, name, arena, &file);
    if (why != NULL) {
        kt_own_counts_hold(&config->own, file.name, why, arena);
    } else {
        kt_hash_bytes(file.bytes, file.length, digest);
        kt_own_counts_add(&config->own, &file, &config->classifications->regions, arena);
    }
    const char *line = kt_arena_print(arena, "%s%s  %s\n", config->pages_hash, digest, file.name);
    kt_hash_bytes(line, strlen(line), config->pages_hash);
}

void kt_config_own(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    char **names = NULL;
    size_t count = 0;
    kt_error err = {0};
    if (config->classifications == NULL || !kt_file_exists(path)) {
        return; /* nobody counts anything */
    }
    if (kt_folder_list(path, arena, &names, &count, &err) != KT_OK) {
        kt_problems_add_line(problems, err.message);
        return;
    }
    if (count > FILES_MOST) {
        kt_problems_add(problems, path, "", "%zu files, expected at most %d", count, FILES_MOST);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const char *shown =
            is_plain(names[i]) ? names[i] : kt_arena_print(arena, "file %zu of the folder", i + 1);
        if (!is_passed_over(names[i])) {
            add_sheet(path, names[i], (kt_project_file){.name = shown}, config, arena);
        }
    }
}

void kt_config_own_check(const kt_config *config, kt_arena *arena, kt_problems *problems)
{
    for (size_t i = 0; i < config->own.count; i++) {
        if (config->own.files[i].held != NULL) {
            kt_problems_add_line(problems, kt_arena_print(arena, "%s: %s", config->own_path,
                                                          config->own.files[i].held));
        }
    }
}
