/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "core/cleanup.h"
#include "core/file.h"

void kt_auto_mapping(const kt_mapping *mapping)
{
    if (mapping->length > 0) {
        (void)munmap((void *)(uintptr_t)mapping->bytes, mapping->length);
    }
}

kt_status kt_file_map(const char *path, kt_mapping *out, kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    const size_t length = about.st_size > 0 ? (size_t)about.st_size : 0;
    void *bytes = length == 0 ? NULL : mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED) {
        return kt_fail_errno(err, path, "cannot map");
    }
    *out = (kt_mapping){.bytes = bytes, .length = length};
    return KT_OK;
}
