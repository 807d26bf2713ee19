/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_READER_H
#define KT_TRANSFORM_READER_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"

/**
 * Replies to figures, still in the source's own shape and codes. A reader is one file in readers/
 * and one line in readers.def.
 */
typedef struct kt_figures {
    const kt_envelope *envelope;
    double *value;   /* envelope->cells of them, row-major; NAN where the reply has none */
    uint8_t *symbol; /* 0: none; else symbols[symbol - 1] came with the cell */
    const char **symbols;
    size_t symbol_count; /* at most 255 */
} kt_figures;

typedef struct kt_reader {
    const char *format; /* kt_source.format: "json-stat2", "json" */
    /** What the reply says it holds, without its figures. */
    kt_envelope_reader envelope;
    /** One line for whatever is wrong. */
    kt_status (*read)(const kt_document *document, kt_arena *arena, kt_figures **out,
                      kt_error *err) KT_MUST_CHECK;
} kt_reader;

/** The most cells one reply may say it has; what comes from outside is checked before it is
 * allocated. */
#define KT_REPLY_CELLS ((size_t)1 << 24)

/** Room for the figures of an envelope, for readers. KT_ERR_FORMAT above KT_REPLY_CELLS. */
kt_status kt_figures_new(const kt_envelope *envelope, const char *name, kt_arena *arena,
                         kt_figures **out, kt_error *err) KT_MUST_CHECK;

/** The reader at position index in transform/readers.def, or NULL past the last one. */
const kt_reader *kt_reader_at(size_t index);

/** The reader of that format, or NULL. */
const kt_reader *kt_reader_find(const char *format);

#endif
