/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "meanings.h"

#include <math.h>
#include <string.h>

#include "core/text.h"
#include "transform/reconcile.h"

#define MOST_LETTERS 8  /* of several flags in one; Eurostat has about twelve in all */
#define SHOWN_BYTES  24 /* of a symbol that nobody knows */

static bool is_letters(const char *symbol)
{
    return symbol[strspn(symbol, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* "..." is one symbol, and so is any other of a source that has it. */
static bool joins_letters(const kt_source *source)
{
    for (size_t i = 0; i < source->symbol_count; i++) {
        const char *symbol = source->symbols[i].symbol;
        if (strlen(symbol) > 1 && !is_letters(symbol)) {
            return false;
        }
    }
    return source->symbol_count > 0;
}

static const kt_symbol_spec *find_symbol(const kt_source *source, const char *symbol, size_t length)
{
    for (size_t i = 0; i < source->symbol_count; i++) {
        const char *known = source->symbols[i].symbol;
        if (strlen(known) == length && strncmp(known, symbol, length) == 0) {
            return &source->symbols[i];
        }
    }
    return NULL;
}

static void add_symbol(kt_meaning *meaning, const kt_symbol_spec *spec)
{
    meaning->known = meaning->known && spec != NULL;
    if (spec == NULL) {
        return;
    }
    meaning->hidden = meaning->hidden || spec->obs == KT_OBS_PROTECTED;
    meaning->zero = meaning->zero || spec->zero;
    if (!kt_obs_has_value(spec->obs)) {
        meaning->alone = kt_obs_worse(meaning->alone, spec->obs);
    } else if (!spec->zero) {
        meaning->beside = kt_obs_worse(meaning->beside, spec->obs);
    }
}

kt_meaning kt_meaning_of(const kt_source *source, const char *symbol)
{
    const size_t length = strlen(symbol);
    const kt_symbol_spec *whole = find_symbol(source, symbol, length);
    const bool is_joined = whole == NULL && length > 1 && length <= MOST_LETTERS &&
                           is_letters(symbol) && joins_letters(source);
    kt_meaning meaning = {.known = true};
    if (is_joined) {
        for (size_t i = 0; i < length; i++) {
            add_symbol(&meaning, find_symbol(source, symbol + i, 1));
        }
    } else if (length > 0) {
        add_symbol(&meaning, whole);
    }
    /* What only says something of a figure leaves a cell without one missing. */
    meaning.zero = meaning.zero && meaning.alone == KT_OBS_OBSERVED;
    meaning.alone = meaning.alone == KT_OBS_OBSERVED ? KT_OBS_MISSING : meaning.alone;
    return meaning;
}

void kt_strange_note(kt_strange *strange, const char *symbol, const kt_cube *cube, size_t cell)
{
    if (strange->symbols == NULL) {
        strange->symbols = kt_codes_new(strange->arena);
    }
    (void)kt_codes_intern(strange->symbols, symbol);
    if (strange->cells++ > 0) {
        return;
    }
    const char *words = strlen(symbol) > SHOWN_BYTES ? "a long one" : symbol;
    char *first = kt_arena_print(strange->arena, "\"%s\" at %s", words,
                                 kt_cube_coordinates(cube, cell, strange->arena));
    kt_text_flatten(first);
    strange->first = first;
}

kt_checks *kt_strange_tell(const kt_strange *strange, const kt_source *source, kt_arena *arena)
{
    kt_checks *checks = kt_arena_new(arena, kt_checks);
    if (strange->cells == 0) {
        return checks;
    }
    kt_check *row = kt_arena_new(arena, kt_check);
    *row = (kt_check){.name = "symbols_known",
                      .subject = source->id,
                      .severity = "note",
                      .measured = (double)kt_codes_count(strange->symbols),
                      .threshold = NAN,
                      .cells_checked = strange->cells,
                      .cells_failed = strange->cells,
                      .examples = kt_arena_copy(arena, strange->first)};
    *checks = (kt_checks){.rows = row, .count = 1};
    return checks;
}
