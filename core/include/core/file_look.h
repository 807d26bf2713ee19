/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_FILE_LOOK_H
#define KT_CORE_FILE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

/**
 * What changes while somebody writes a file: whoever takes it looks twice, for half a file may well
 * be one that can be read.
 */
typedef struct kt_file_look {
    int64_t size, written_s, written_ns;
} kt_file_look;

/** False for what is no file, as a link, and for one that is gone. */
bool kt_file_look_at(const char *path, kt_file_look *out);

/** The same of a file that is open. */
bool kt_file_look_at_open(int fd, kt_file_look *out);

bool kt_file_look_same(const kt_file_look *a, const kt_file_look *b);

/** True of a file that nobody has written to for a few seconds, at that time in seconds; one that
 * is not settled is whole if it looks the same a moment later. */
bool kt_file_look_settled(const kt_file_look *of, double now);

#endif
