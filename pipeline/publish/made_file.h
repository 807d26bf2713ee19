/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_MADE_FILE_H
#define KT_PUBLISH_MADE_FILE_H

#include <stddef.h>

/** A file of a run that was made in memory. */
typedef struct kt_made_file {
    const char *name; /* below the run */
    const char *bytes;
    size_t length;
} kt_made_file;

#endif
