/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/seal.h"

#include <string.h>

#include "core/checksum.h"
#include "core/file.h"

#define SEAL_DIGITS (KT_CHECKSUM_SIZE - 1)

kt_status kt_seal_write(const char *path, kt_text *file, kt_error *err)
{
    char sum[KT_CHECKSUM_SIZE];
    kt_checksum_bytes(file->bytes, file->length, sum);
    kt_text_put(file, sum);
    return kt_file_write(path, file->bytes, file->length, err);
}

bool kt_seal_peek(const char *bytes, size_t length, const char magic[KT_SEAL_MAGIC], kt_sealed *out)
{
    if (length < KT_SEAL_MAGIC + SEAL_DIGITS || memcmp(bytes, magic, KT_SEAL_MAGIC) != 0) {
        return false;
    }
    *out = (kt_sealed){bytes + KT_SEAL_MAGIC, length - KT_SEAL_MAGIC - SEAL_DIGITS};
    return true;
}

bool kt_seal_open(const char *bytes, size_t length, const char magic[KT_SEAL_MAGIC], kt_sealed *out)
{
    kt_sealed content;
    if (!kt_seal_peek(bytes, length, magic, &content)) {
        return false;
    }
    char sum[KT_CHECKSUM_SIZE];
    kt_checksum_bytes(bytes, length - SEAL_DIGITS, sum);
    if (memcmp(content.at + content.rest, sum, SEAL_DIGITS) != 0) {
        return false;
    }
    *out = content;
    return true;
}

bool kt_sealed_take(kt_sealed *from, void *out, size_t length)
{
    if (length > from->rest) {
        return false;
    }
    memcpy(out, from->at, length);
    from->at += length;
    from->rest -= length;
    return true;
}
