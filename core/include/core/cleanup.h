/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CLEANUP_H
#define KT_CORE_CLEANUP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/**
 * Foreign handles that release themselves when their block ends:
 *
 *     KT_AUTO(file) FILE *f = fopen(path, "rb");
 *
 * A file that is written is closed by hand and checked, because closing can fail.
 * A folder that owns another kind of handle defines kt_auto_<kind> in a private header.
 */
#define KT_AUTO(kind) __attribute__((cleanup(kt_auto_##kind)))

static inline void kt_auto_file(FILE **file)
{
    if (*file != NULL) {
        (void)fclose(*file);
    }
}

static inline void kt_auto_fd(const int *fd)
{
    if (*fd >= 0) {
        (void)close(*fd);
    }
}

/** For memory of malloc that must not live in an arena; take its address as void **. */
static inline void kt_auto_free(void *place)
{
    free(*(void **)place);
}

#endif
