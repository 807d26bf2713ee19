/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/file_look.h"
#include "core/text.h"

#define MOST_FILES 10000
#define MOMENT_S   2 /* in which a file that is being written changes */
#define TICK_NS    100000000L
#define NAME_BYTES 256 /* of a file, as systems have it */

static bool is_link(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0 && S_ISLNK(found.st_mode);
}

static bool is_on_its_way(const char *name)
{
    static const char *const ends[] = {".tmp",      ".part",       ".partial",
                                       ".filepart", ".crdownload", "~"};
    bool on_its_way = name[0] == '.';
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        on_its_way = on_its_way || kt_text_ends(name, ends[i]);
    }
    return on_its_way;
}

/* A name stands in receipts and in messages. */
static bool is_plain(const char *name)
{
    size_t at = 0;
    if (!kt_utf8_valid(name, strlen(name), &at)) {
        return false;
    }
    for (const unsigned char *letter = (const unsigned char *)name; *letter != '\0'; letter++) {
        if (*letter < 0x20 || *letter == 0x7f) {
            return false;
        }
    }
    return true;
}

/* One folder that is being listed, and what was found. */
typedef struct listing {
    const kt_errand *errand;
    const kt_source *source;
    const char *below;   /* "2026/", or "" */
    const char *folder;  /* where it lies */
    const char *pattern; /* of names in it */
    kt_dropped *files;
    kt_file_look *looks;
    size_t count;
} listing;

static const char *printable(const char *name, kt_arena *arena)
{
    char *copy = kt_arena_copy(arena, name);
    size_t at = 0;
    kt_text_flatten(copy);
    while (!kt_utf8_valid(copy, strlen(copy), &at)) {
        copy[at] = '?';
    }
    return copy;
}

static void add_file(listing *of, const char *name)
{
    kt_arena *arena = of->errand->arena;
    kt_dropped file = {.folder = of->source->folder, .path = kt_path_join(arena, of->folder, name)};
    if (is_on_its_way(name) || !kt_text_matches(name, of->pattern)) {
        return;
    }
    if (is_link(file.path)) {
        file.trouble = "a link, expected the file itself";
    } else if (!kt_file_look_at(file.path, &of->looks[of->count])) {
        return;
    }
    file.name = kt_arena_print(arena, "%s%s", of->below, printable(name, arena));
    if (!is_plain(name)) {
        file.trouble = "a name of letters that are no UTF-8, expected another";
    }
    of->files[of->count++] = file;
}

static kt_status list_names(listing *of, kt_error *err)
{
    kt_arena *arena = of->errand->arena;
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(of->folder, arena, &names, &count, err));
    if (count > MOST_FILES) {
        return kt_fail(err, KT_ERR_DATA, "%s: %s: %zu files, expected at most %d", of->source->id,
                       of->source->base_url, count, MOST_FILES);
    }
    of->files = kt_arena_array(arena, kt_dropped, count + 1);
    of->looks = kt_arena_array(arena, kt_file_look, count + 1);
    for (size_t i = 0; i < count; i++) {
        add_file(of, names[i]);
    }
    return KT_OK;
}

static bool any_unsettled(const listing *of, double now)
{
    for (size_t i = 0; i < of->count; i++) {
        if (!kt_file_look_settled(&of->looks[i], now)) {
            return true;
        }
    }
    return false;
}

static kt_status wait_a_moment(const kt_errand *errand, kt_error *err)
{
    const struct timespec tick = {.tv_nsec = TICK_NS};
    const atomic_int *cancelled = errand->options->cancelled;
    for (long waited = 0; waited < MOMENT_S * 1000000000L; waited += TICK_NS) {
        if (cancelled != NULL && atomic_load(cancelled) != 0) {
            return kt_fail(err, KT_ERR_CANCELLED, "fetching was stopped; what came so far is kept");
        }
        (void)nanosleep(&tick, NULL);
    }
    return KT_OK;
}

/* What was written just now is whole if it is still the same a moment later. */
static kt_status settle(listing *of, kt_error *err)
{
    if (!any_unsettled(of, kt_errand_now(of->errand))) {
        return KT_OK;
    }
    KT_TRY(wait_a_moment(of->errand, err));
    for (size_t i = 0; i < of->count; i++) {
        kt_file_look later = {0};
        kt_dropped *file = &of->files[i];
        if (file->trouble == NULL &&
            (!kt_file_look_at(file->path, &later) || !kt_file_look_same(&later, &of->looks[i]))) {
            file->trouble = "it is still being written, and is taken the next time";
        }
    }
    return KT_OK;
}

kt_status kt_drop_list(const kt_errand *errand, const kt_source *source, const char *path,
                       kt_dropped **out, size_t *count, kt_error *err)
{
    kt_arena *arena = errand->arena;
    const char *slash = strrchr(path, '/');
    const size_t below = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    listing of = {.errand = errand,
                  .source = source,
                  .below = kt_arena_copy_n(arena, path, below),
                  .pattern = path + below};
    of.folder = below == 0 ? source->folder : kt_path_join(arena, source->folder, of.below);
    KT_TRY(list_names(&of, err));
    KT_TRY(settle(&of, err));
    *out = of.files;
    *count = of.count;
    return KT_OK;
}

/* The next name of a path is opened in the folder before it; the last one is the file. */
static int open_next(int folder, const char *name, size_t length, bool is_last)
{
    char part[NAME_BYTES];
    if (length >= sizeof part) {
        return -1;
    }
    memcpy(part, name, length);
    part[length] = '\0';
    return openat(folder, part,
                  O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (is_last ? 0 : O_DIRECTORY));
}

/* Opens a file below the source's folder. No link below it is followed; errno says why not. */
static int open_below(const char *folder, const char *name)
{
    int at = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    while (at >= 0 && *name != '\0') {
        const size_t length = strcspn(name, "/");
        const int next = open_next(at, name, length, name[length] == '\0');
        const int why = errno;
        (void)close(at);
        errno = why;
        at = next;
        name += length + strspn(name + length, "/");
    }
    return at;
}

static const char *open_trouble(int why)
{
    const bool is_link = why == ELOOP || why == ENOTDIR || why == EMLINK;
    return is_link ? ": a link is on its way" : why == EACCES ? ": permission denied" : "";
}

kt_status kt_drop_read(const kt_errand *errand, const kt_dropped *file, kt_arena *arena,
                       kt_body *out, kt_error *err)
{
    const size_t limit = errand->options->reply_limit_bytes;
    kt_file_look before = {0};
    kt_file_look after = {0};
    char *bytes = NULL;
    size_t length = 0;
    KT_AUTO(fd) const int fd = open_below(file->folder, file->name);
    if (fd < 0) {
        return kt_fail(err, errno == EACCES ? KT_ERR_PERMISSION : KT_ERR_FORMAT,
                       "it cannot be read%s", open_trouble(errno));
    }
    if (!kt_file_look_at_open(fd, &before)) {
        return kt_fail(err, KT_ERR_FORMAT, "no file any more");
    }
    if ((uintmax_t)before.size > limit) {
        return kt_fail(err, KT_ERR_FORMAT, "%jd bytes, which is larger than the limit of %zu bytes",
                       (intmax_t)before.size, limit);
    }
    kt_error why = {0};
    const kt_status status =
        kt_file_read_open((kt_open_file){fd, file->path}, limit, arena, &bytes, &length, &why);
    if (status != KT_OK) {
        return kt_fail(err, status, "it cannot be read");
    }
    if (!kt_file_look_at_open(fd, &after) || !kt_file_look_same(&before, &after)) {
        return kt_fail(err, KT_ERR_FORMAT, "it was written while it was read");
    }
    *out = (kt_body){file->name, bytes, length};
    return KT_OK;
}
