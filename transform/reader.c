/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <string.h>

#define KT_READER(name) extern const kt_reader kt_reader_##name;
#include "readers.def"
#undef KT_READER

static const kt_reader *const readers[] = {
#define KT_READER(name) &kt_reader_##name,
#include "readers.def"
#undef KT_READER
};

const kt_reader *kt_reader_at(size_t index)
{
    return index < sizeof readers / sizeof readers[0] ? readers[index] : NULL;
}

const kt_reader *kt_reader_find(const char *format)
{
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(readers[i]->format, format) == 0) {
            return readers[i];
        }
    }
    return NULL;
}

kt_status kt_figures_new(const kt_envelope *envelope, const char *name, kt_arena *arena,
                         kt_figures **out, kt_error *err)
{
    if (envelope->cells > KT_REPLY_CELLS) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu cells, expected at most %zu in one reply", name,
                       envelope->cells, KT_REPLY_CELLS);
    }
    kt_figures *figures = kt_arena_new(arena, kt_figures);
    figures->envelope = envelope;
    figures->value = kt_arena_array(arena, double, envelope->cells);
    figures->symbol = kt_arena_array(arena, uint8_t, envelope->cells);
    *out = figures;
    return KT_OK;
}
