/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "transform/reader.h"

/*
 * One reader (KT_FUZZ_FORMAT) under libFuzzer: whatever the bytes are, it gives figures of the size
 * that the envelope says, or one line that says what is wrong; it never crashes, leaks or hangs.
 * The formats "pxweb" and "pxweb2" are what services tell of a table, without figures, and
 * "codelist" is one of its other code lists.
 */

static void demand(int truth)
{
    if (!truth) {
        abort();
    }
}

static void check_envelope(const kt_envelope *envelope)
{
    size_t cells = 1;
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        demand(envelope->dimensions[i].id != NULL && envelope->dimensions[i].label != NULL);
        cells *= kt_codes_count(envelope->dimensions[i].codes);
    }
    demand(cells == envelope->cells);
}

static void check_figures(const kt_figures *figures)
{
    check_envelope(figures->envelope);
    for (size_t i = 0; i < figures->envelope->cells; i++) {
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

static kt_status read_codes(const kt_document *document, kt_arena *arena, kt_error *err)
{
    kt_codes *codes = NULL;
    const kt_status status = kt_pxweb2_codelist(document, arena, &codes, err);
    demand((status == KT_OK) == (codes != NULL && kt_codes_count(codes) > 0));
    return status;
}

static kt_status read_offer(kt_envelope_reader reader, const kt_document *document, kt_arena *arena,
                            kt_error *err)
{
    kt_envelope *envelope = NULL;
    const kt_status status = reader(document, arena, &envelope, err);
    if (status == KT_OK) {
        check_envelope(envelope);
    }
    return status;
}

static kt_status read_reply(const kt_document *document, kt_arena *arena, kt_error *err)
{
    kt_figures *figures = NULL;
    const kt_status status = kt_reader_find(KT_FUZZ_FORMAT)->read(document, arena, &figures, err);
    if (status == KT_OK) {
        check_figures(figures);
    }
    return status;
}

static kt_status read_any(const kt_document *document, kt_arena *arena, kt_error *err)
{
    if (strcmp(KT_FUZZ_FORMAT, "codelist") == 0) {
        return read_codes(document, arena, err);
    }
    if (strcmp(KT_FUZZ_FORMAT, "pxweb") == 0) {
        return read_offer(kt_envelope_pxweb_metadata, document, arena, err);
    }
    if (strcmp(KT_FUZZ_FORMAT, "pxweb2") == 0) {
        return read_offer(kt_envelope_pxweb2_metadata, document, arena, err);
    }
    return read_reply(document, arena, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    kt_arena *arena = kt_arena_open("fuzz", 0);
    char *bytes = malloc(size + 1);
    demand(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    kt_error err = {0};
    const kt_source source = {.id = "fuzz",
                              .language = "sv",
                              .dataset = data_set(bytes),
                              .layout = &layouts[strncmp(bytes, "r,", 2) == 0],
                              .symbols = symbols,
                              .symbol_count = 2};
    const kt_document document = {bytes, size, "reply", &source};
    const kt_status status = read_any(&document, arena, &err);
    if (status != KT_OK) {
        check_error(status, &err);
    }
    free(bytes);
    kt_arena_free(arena);
    return 0;
}
