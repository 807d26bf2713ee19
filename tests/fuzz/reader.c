/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "transform/reader.h"

/*
 * One reader (KT_FUZZ_FORMAT) under libFuzzer: whatever the bytes are, it gives figures of the size
 * that the envelope says, or one line that says what is wrong; it never crashes, leaks or hangs.
 */

static void demand(int truth)
{
    if (!truth) {
        abort();
    }
}

static void check_figures(const kt_figures *figures)
{
    size_t cells = 1;
    for (size_t i = 0; i < figures->envelope->dimension_count; i++) {
        cells *= kt_codes_count(figures->envelope->dimensions[i].codes);
    }
    demand(cells == figures->envelope->cells);
    for (size_t i = 0; i < cells; i++) {
        demand(isnan(figures->value[i]) || isfinite(figures->value[i]));
        demand(figures->symbol[i] <= figures->symbol_count);
    }
}

static void check_error(kt_status status, const kt_error *err)
{
    demand(status == KT_ERR_FORMAT);
    demand(strncmp(err->message, "reply: ", strlen("reply: ")) == 0);
    demand(strchr(err->message, '\n') == NULL);
}

/* A CSV now in the long form, now with a column for each period. */
static kt_csv_layout_column long_columns[] = {
    {"p", KT_HOLDS_CODES, KT_ROLE_PERIOD, NULL}, {"r", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"f", KT_HOLDS_FIGURES, KT_ROLES, NULL},     {"s", KT_HOLDS_SYMBOLS, KT_ROLES, NULL},
    {"n*", KT_HOLDS_NOTHING, KT_ROLES, NULL},
};
static kt_csv_layout_column wide_columns[] = {
    {"r", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"20*", KT_HOLDS_FIGURES, KT_ROLE_PERIOD, NULL},
};
static const kt_csv_layout layouts[] = {
    {"iso-8859-1", ';', ',', 1, NULL, 0, long_columns, 5},
    {"utf-8", ',', '.', 0, NULL, 0, wide_columns, 2},
};
static kt_symbol_spec symbols[] = {{"..", KT_OBS_MISSING, false}, {"-", KT_OBS_OBSERVED, true}};

/* Of several data sets now one is meant, now none. */
static const char *data_set(const char *bytes)
{
    return strstr(bytes, "near") != NULL ? "near" : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kt_arena *arena = kt_arena_open("fuzz", 0);
    char *bytes = malloc(size + 1);
    demand(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    kt_figures *figures = NULL;
    kt_error err = {0};
    const kt_source source = {.id = "fuzz",
                              .language = "sv",
                              .dataset = data_set(bytes),
                              .layout = &layouts[strncmp(bytes, "r,", 2) == 0],
                              .symbols = symbols,
                              .symbol_count = 2};
    const kt_document document = {bytes, size, "reply", &source};
    const kt_status status = kt_reader_find(KT_FUZZ_FORMAT)->read(&document, arena, &figures, &err);
    if (status == KT_OK) {
        check_figures(figures);
    } else {
        check_error(status, &err);
    }
    free(bytes);
    kt_arena_free(arena);
    return 0;
}
