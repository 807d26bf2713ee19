/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file_look.h"

#include <sys/stat.h>

#define SETTLED_S 3.0 /* times of files may have no parts of a second */

static bool look_of(const struct stat *found, kt_file_look *out)
{
    if (!S_ISREG(found->st_mode)) {
        return false;
    }
    *out = (kt_file_look){found->st_size, found->st_mtim.tv_sec, found->st_mtim.tv_nsec};
    return true;
}

bool kt_file_look_at(const char *path, kt_file_look *out)
{
    struct stat found;
    return lstat(path, &found) == 0 && look_of(&found, out);
}

bool kt_file_look_at_open(int fd, kt_file_look *out)
{
    struct stat found;
    return fstat(fd, &found) == 0 && look_of(&found, out);
}

bool kt_file_look_same(const kt_file_look *a, const kt_file_look *b)
{
    return a->size == b->size && a->written_s == b->written_s && a->written_ns == b->written_ns;
}

bool kt_file_look_settled(const kt_file_look *of, double now)
{
    return now - (double)of->written_s > SETTLED_S;
}
