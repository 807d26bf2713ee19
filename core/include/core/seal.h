/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_SEAL_H
#define KT_CORE_SEAL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/text.h"

/**
 * Binary files of our own in the store: magic with the version of the layout, content in native
 * byte order (the store never leaves its machine), and the checksum of both.
 */
#define KT_SEAL_MAGIC 8 /* bytes */

/** Puts the seal behind the file, which begins with its magic, and writes it as kt_file_write. */
kt_status kt_seal_write(const char *path, kt_text *file, kt_error *err) KT_MUST_CHECK;

/** What is left of the content while it is read; the bytes are borrowed. */
typedef struct kt_sealed {
    const char *at;
    size_t rest;
} kt_sealed;

/** The content of a file of that magic whose seal holds; false for every other. */
bool kt_seal_open(const char *bytes, size_t length, const char magic[KT_SEAL_MAGIC],
                  kt_sealed *out) KT_MUST_CHECK;

/** The same without looking at the seal, which takes all of the file. */
bool kt_seal_peek(const char *bytes, size_t length, const char magic[KT_SEAL_MAGIC],
                  kt_sealed *out) KT_MUST_CHECK;

/** Copies the next bytes out and steps over them; false, and nothing is taken, if there are fewer.
 */
bool kt_sealed_take(kt_sealed *from, void *out, size_t length) KT_MUST_CHECK;

#endif
