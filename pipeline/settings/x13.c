/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "settings/parts.h"

/* True for the second word; any other than the two is told. */
static bool is_second(kt_json place, const char *first, const char *second)
{
    const char *word = kt_json_text_or(place, first);
    const bool is = word != NULL && strcmp(word, second) == 0;
    if (word != NULL && !is && strcmp(word, first) != 0) {
        kt_json_wrong(place, "expected one of %s, %s; found \"%s\"", first, second, word);
    }
    return is;
}

/* The whole path of a file that can be run; NULL for anything else. */
static const char *runnable(const char *path, kt_arena *arena)
{
    struct stat about;
    char here[4096];
    if (path[0] != '/' && getcwd(here, sizeof here) != NULL) {
        path = kt_path_join(arena, here, path);
    }
    return path[0] == '/' && stat(path, &about) == 0 && S_ISREG(about.st_mode) &&
                   access(path, X_OK) == 0
               ? path
               : NULL;
}

/* Where PATH says, as a shell looks for a name. */
static const char *find_named(const char *name, kt_arena *arena)
{
    const char *folders = getenv("PATH");
    const char *found = NULL;
    while (folders != NULL && found == NULL) {
        const size_t length = strcspn(folders, ":");
        if (length > 0) {
            const char *folder = kt_arena_copy_n(arena, folders, length);
            found = runnable(kt_path_join(arena, folder, name), arena);
        }
        folders = folders[length] == ':' ? folders + length + 1 : NULL;
    }
    return found;
}

static void find_program(kt_json place, kt_x13_settings *out)
{
    kt_arena *arena = place.arena;
    const char *folder = kt_path_folder(arena, place.file);
    out->path = strchr(out->program, '/') == NULL
                    ? find_named(out->program, arena)
                    : runnable(kt_path_join(arena, folder, out->program), arena);
    if (out->path != NULL && kt_hash_file(out->path, out->hash, NULL, NULL) != KT_OK) {
        out->path = NULL;
    }
}

void kt_config_x13_read(kt_json place, kt_x13_settings *out)
{
    static const char *const keys[] = {"program", "use", "method", "model", "time_limit_s", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->program = kt_json_text(kt_json_member(place, "program"));
    out->always = is_second(kt_json_member(place, "use"), "when_installed", "always");
    out->seats = is_second(kt_json_member(place, "method"), "x11", "seats");
    out->airline = is_second(kt_json_member(place, "model"), "automatic", "airline");
    out->time_limit_s =
        (unsigned)kt_json_whole_or(kt_json_member(place, "time_limit_s"), 1, 600, 60);
    if (out->program != NULL) {
        find_program(place, out);
    }
}

void kt_config_x13_hash(const kt_x13_settings *x13, char hash[KT_HASH_SIZE])
{
    KT_AUTO(text) kt_text line = {0};
    if (x13->program == NULL) {
        return;
    }
    kt_text_print(&line, "%s  %s\n", hash, x13->path == NULL ? "no x13as" : x13->hash);
    kt_hash_bytes(line.bytes, line.length, hash);
}
