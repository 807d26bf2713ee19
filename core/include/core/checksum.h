/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CHECKSUM_H
#define KT_CORE_CHECKSUM_H

#include <stddef.h>

#include "core/error.h"

/**
 * Whether a file of our own store is still what was written: XXH3 with 128 bits, by xxhash, as 32
 * lower-case hexadecimal digits and a terminator. It reads many times faster than core/hash.h and
 * finds what a disk spoils, not what somebody forges: what leaves the store, and what a thing is
 * made from, is known by its sha256.
 */
#define KT_CHECKSUM_SIZE 33

typedef struct kt_checksum kt_checksum;

/** A running checksum; finish releases it. */
kt_checksum *kt_checksum_start(void);
void kt_checksum_add(kt_checksum *sum, const void *bytes, size_t length);
void kt_checksum_finish(kt_checksum *sum, char out[KT_CHECKSUM_SIZE]);

void kt_checksum_bytes(const void *bytes, size_t length, char out[KT_CHECKSUM_SIZE]);

/** The checksum of a file's content. */
kt_status kt_checksum_file(const char *path, char out[KT_CHECKSUM_SIZE],
                           kt_error *err) KT_MUST_CHECK;

#endif
