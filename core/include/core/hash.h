/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_HASH_H
#define KT_CORE_HASH_H

#include <stddef.h>

#include "core/error.h"

/** sha256, by nettle, as 64 lower-case hexadecimal digits and a terminator. */
#define KT_HASH_SIZE 65

typedef struct kt_hasher kt_hasher;

/** A running hash; finish releases it. */
kt_hasher *kt_hash_start(void);
void kt_hash_add(kt_hasher *hasher, const void *bytes, size_t length);
void kt_hash_finish(kt_hasher *hasher, char out[KT_HASH_SIZE]);

void kt_hash_bytes(const void *bytes, size_t length, char out[KT_HASH_SIZE]);

/** The same in base 64, as browsers are told it. */
#define KT_HASH_BASE64_SIZE 45
void kt_hash_base64(const void *bytes, size_t length, char out[KT_HASH_BASE64_SIZE]);

/** A name that no other thing has, of its text's hash: a URN in the shape of RFC 9562 (version 8,
 * our own). */
#define KT_URN_SIZE 46
void kt_hash_urn(const char *text, char out[KT_URN_SIZE]);

/** The hash of a file's content, read in pieces. */
kt_status kt_hash_file(const char *path, char out[KT_HASH_SIZE], size_t *size_bytes,
                       kt_error *err) KT_MUST_CHECK;

#endif
