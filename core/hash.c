/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/hash.h"

#include <errno.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"

struct kt_hasher {
    struct sha256_ctx sha;
};

static void write_digest(struct sha256_ctx *sha, char out[KT_HASH_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(sha, sizeof digest, digest);
    for (size_t i = 0; i < sizeof digest; i++) {
        out[2 * i] = digits[digest[i] >> 4];
        out[2 * i + 1] = digits[digest[i] & 15];
    }
    out[KT_HASH_SIZE - 1] = '\0';
}

kt_hasher *kt_hash_start(void)
{
    kt_hasher *hasher = malloc(sizeof *hasher);
    if (hasher == NULL) {
        /* A machine without memory for 112 bytes: as in an arena, there is nothing to go on with.
         */
        fputs("hash: no memory left\n", stderr);
        exit(70);
    }
    sha256_init(&hasher->sha);
    return hasher;
}

void kt_hash_add(kt_hasher *hasher, const void *bytes, size_t length)
{
    sha256_update(&hasher->sha, length, bytes);
}

void kt_hash_finish(kt_hasher *hasher, char out[KT_HASH_SIZE])
{
    write_digest(&hasher->sha, out);
    free(hasher);
}

void kt_hash_bytes(const void *bytes, size_t length, char out[KT_HASH_SIZE])
{
    struct sha256_ctx sha;
    sha256_init(&sha);
    sha256_update(&sha, length, bytes);
    write_digest(&sha, out);
}

void kt_hash_base64(const void *bytes, size_t length, char out[KT_HASH_BASE64_SIZE])
{
    struct sha256_ctx sha;
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_init(&sha);
    sha256_update(&sha, length, bytes);
    sha256_digest(&sha, sizeof digest, digest);
    base64_encode_raw(out, sizeof digest, digest);
    out[KT_HASH_BASE64_SIZE - 1] = '\0';
}

void kt_hash_urn(const char *text, char out[KT_URN_SIZE])
{
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(text, strlen(text), hash);
    (void)snprintf(out, KT_URN_SIZE, "urn:uuid:%.8s-%.4s-8%.3s-a%.3s-%.12s", hash, hash + 8,
                   hash + 12, hash + 15, hash + 18);
}

kt_status kt_hash_file(const char *path, char out[KT_HASH_SIZE], size_t *size_bytes, kt_error *err)
{
    KT_AUTO(file) FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return kt_fail_errno(err, path, "cannot open");
    }
    struct sha256_ctx sha;
    sha256_init(&sha);
    uint8_t piece[32768];
    size_t total = 0;
    size_t got = 0;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        sha256_update(&sha, got, piece);
        total += got;
    }
    if (ferror(file) != 0) {
        return kt_fail_errno(err, path, "cannot read");
    }
    write_digest(&sha, out);
    if (size_bytes != NULL) {
        *size_bytes = total;
    }
    return KT_OK;
}
