/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"

static inline void kt_auto_dir(DIR **folder)
{
    if (*folder != NULL) {
        (void)closedir(*folder);
    }
}

/* Leaves errno as it is: its caller still needs to say why mkdir failed. */
static bool is_folder(const char *path)
{
    const int kept = errno;
    struct stat about;
    const bool there = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    errno = kept;
    return there;
}

static kt_status fail_make(const char *path, kt_error *err)
{
    if (errno == EEXIST || errno == ENOTDIR) {
        return kt_fail(err, KT_ERR_CANTCREATE, "%s: a file stands where a folder is needed", path);
    }
    kt_error why = {0};
    const kt_status status = kt_fail_errno(&why, path, "cannot create the folder");
    return kt_fail(err, status == KT_ERR_NOT_FOUND ? KT_ERR_CANTCREATE : status, "%s", why.message);
}

/* Makes one folder whose parent is there, unless it is there already. */
static kt_status make_one(const char *path, kt_error *err)
{
    if (mkdir(path, 0777) != 0) {
        return is_folder(path) ? KT_OK : fail_make(path, err);
    }
    KT_AUTO(text) kt_text parent = {0};
    kt_text_print(&parent, "%s/..", path);
    return kt_folder_sync(parent.bytes, err);
}

kt_status kt_folder_make(const char *path, kt_error *err)
{
    KT_AUTO(text) kt_text so_far = {0};
    const char *from = path;
    while (*from != '\0') {
        const char *slash = strchr(from + 1, '/');
        const size_t length = slash == NULL ? strlen(path) : (size_t)(slash - path);
        kt_text_clear(&so_far);
        (void)kt_text_add(&so_far, path, length);
        KT_TRY(make_one(so_far.bytes, err));
        from = path + length;
    }
    return KT_OK;
}

kt_status kt_folder_sync(const char *path, kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot open the folder");
    }
    /* Some file systems have no sync of a folder and say EINVAL: nothing more can be done there. */
    if (fsync(fd) != 0 && errno != EINVAL) {
        return kt_fail_errno(err, path, "cannot sync the folder");
    }
    return KT_OK;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

typedef struct name_list {
    kt_arena *arena;
    char **at;
    size_t count, room;
} name_list;

static void names_add(name_list *names, char *name)
{
    names->at =
        kt_arena_grow(names->arena, names->at, names->count, &names->room, sizeof *names->at);
    names->at[names->count++] = name;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

kt_status kt_folder_list(const char *path, kt_arena *arena, char ***names, size_t *count,
                         kt_error *err)
{
    KT_AUTO(dir) DIR *folder = opendir(path);
    if (folder == NULL) {
        return kt_fail_errno(err, path, "cannot open the folder");
    }
    name_list found = {.arena = arena};
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL && errno != 0) {
            return kt_fail_errno(err, path, "cannot read the folder");
        }
        if (entry == NULL) {
            break;
        }
        if (!is_dots(entry->d_name)) {
            names_add(&found, kt_arena_copy(arena, entry->d_name));
        }
    }
    if (found.count > 0) {
        qsort(found.at, found.count, sizeof *found.at, compare_names);
    }
    *names = found.at;
    *count = found.count;
    return KT_OK;
}

/* Removes the files and links of one folder; its folders are added to the list. */
static kt_status empty_folder(const char *path, name_list *folders, kt_error *err)
{
    char **entries = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(path, folders->arena, &entries, &count, err));
    for (size_t i = 0; i < count; i++) {
        char *entry = kt_path_join(folders->arena, path, entries[i]);
        struct stat about;
        if (lstat(entry, &about) != 0) {
            return kt_fail_errno(err, entry, "cannot look at");
        }
        if (S_ISDIR(about.st_mode)) {
            names_add(folders, entry);
        } else if (unlink(entry) != 0) {
            return kt_fail_errno(err, entry, "cannot remove");
        }
    }
    return KT_OK;
}

static kt_status remove_below(const char *path, kt_arena *arena, kt_error *err)
{
    name_list folders = {.arena = arena};
    names_add(&folders, kt_arena_copy(arena, path));
    for (size_t i = 0; i < folders.count; i++) {
        KT_TRY(empty_folder(folders.at[i], &folders, err));
    }
    for (size_t i = folders.count; i-- > 0;) {
        if (rmdir(folders.at[i]) != 0) {
            return kt_fail_errno(err, folders.at[i], "cannot remove the folder");
        }
    }
    return KT_OK;
}

kt_status kt_folder_remove(const char *path, kt_error *err)
{
    struct stat about;
    if (lstat(path, &about) != 0) {
        return errno == ENOENT ? KT_OK : kt_fail_errno(err, path, "cannot look at");
    }
    if (!S_ISDIR(about.st_mode)) {
        return kt_fail(err, KT_ERR_CANTCREATE, "%s: not a folder", path);
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("remove folder", 0);
    return remove_below(path, arena, err);
}
