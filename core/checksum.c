/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/checksum.h"

#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>

#include "core/cleanup.h"
#include "core/file.h"

struct kt_checksum {
    XXH3_state_t *state;
};

static void write_digest(XXH128_hash_t digest, char out[KT_CHECKSUM_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    XXH128_canonical_t bytes;
    XXH128_canonicalFromHash(&bytes, digest);
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        out[2 * i] = digits[bytes.digest[i] >> 4];
        out[2 * i + 1] = digits[bytes.digest[i] & 15];
    }
    out[KT_CHECKSUM_SIZE - 1] = '\0';
}

kt_checksum *kt_checksum_start(void)
{
    kt_checksum *sum = malloc(sizeof *sum);
    XXH3_state_t *state = XXH3_createState();
    if (sum == NULL || state == NULL || XXH3_128bits_reset(state) != XXH_OK) {
        fputs("checksum: no memory left\n", stderr);
        exit(70);
    }
    sum->state = state;
    return sum;
}

void kt_checksum_add(kt_checksum *sum, const void *bytes, size_t length)
{
    (void)XXH3_128bits_update(sum->state, bytes, length); /* fails on a NULL state alone */
}

void kt_checksum_finish(kt_checksum *sum, char out[KT_CHECKSUM_SIZE])
{
    write_digest(XXH3_128bits_digest(sum->state), out);
    (void)XXH3_freeState(sum->state);
    free(sum);
}

void kt_checksum_bytes(const void *bytes, size_t length, char out[KT_CHECKSUM_SIZE])
{
    write_digest(XXH3_128bits(bytes, length), out);
}

kt_status kt_checksum_file(const char *path, char out[KT_CHECKSUM_SIZE], kt_error *err)
{
    KT_AUTO(mapping) kt_mapping file = {0};
    KT_TRY(kt_file_map(path, &file, err));
    kt_checksum_bytes(file.bytes, file.length, out);
    return KT_OK;
}
