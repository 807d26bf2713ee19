/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tokens.h"

#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "core/text.h"

typedef struct cursor {
    const uint8_t *at;
    size_t left;
    bool first; /* the next word begins a sentence */
} cursor;

static bool is_letter(ucs4_t sign)
{
    return uc_is_general_category(sign, UC_CATEGORY_L) ||
           uc_is_general_category(sign, UC_CATEGORY_M) ||
           uc_is_general_category(sign, UC_CATEGORY_N);
}

/* The hyphen-minus, and Unicode's own two hyphens. */
static bool is_hyphen(ucs4_t sign)
{
    return sign == '-' || sign == 0x2010 || sign == 0x2011;
}

static bool ends_sentence(ucs4_t sign)
{
    return sign == '.' || sign == '!' || sign == '?' || sign == ':' || sign == 0x2013 ||
           sign == 0x2014;
}

static ucs4_t sign_at(const cursor *text, size_t offset, size_t *length)
{
    ucs4_t sign = 0;
    *length =
        offset < text->left ? (size_t)u8_mbtouc(&sign, text->at + offset, text->left - offset) : 0;
    return sign;
}

/* Passes over what is no letter. A hyphen with blanks around it is a dash. */
static void skip_marks(cursor *text)
{
    size_t length, next;
    ucs4_t before = ' ';
    for (ucs4_t sign = sign_at(text, 0, &length); length > 0 && !is_letter(sign);
         sign = sign_at(text, 0, &length)) {
        const bool dash = is_hyphen(sign) && before == ' ' && sign_at(text, length, &next) == ' ';
        text->first = text->first || dash || ends_sentence(sign);
        before = sign;
        text->at += length;
        text->left -= length;
    }
}

/* The bytes of the word that begins here: letters, and hyphens between them. */
static size_t word_length(const cursor *text, token *out)
{
    size_t at = 0, length, next;
    bool has_small = false;
    for (ucs4_t sign = sign_at(text, 0, &length); length > 0; sign = sign_at(text, at, &length)) {
        const bool joins = is_hyphen(sign) && is_letter(sign_at(text, at + length, &next));
        if (!is_letter(sign) && !joins) {
            break;
        }
        out->capital = at == 0 ? uc_is_general_category(sign, UC_CATEGORY_Lu) : out->capital;
        has_small = has_small || uc_is_general_category(sign, UC_CATEGORY_Ll);
        at += length;
    }
    out->all_capitals = out->capital && !has_small;
    return at;
}

tokens tokens_of(const char *text, kt_arena *arena)
{
    tokens out = {0};
    size_t room = 0, bad;
    cursor at = {(const uint8_t *)text, text == NULL ? 0 : strlen(text), true};
    if (text == NULL || !kt_utf8_valid(text, at.left, &bad)) {
        return out;
    }
    for (skip_marks(&at); at.left > 0; skip_marks(&at)) {
        token found = {.first = at.first};
        const size_t length = word_length(&at, &found);
        size_t next;
        found.open = is_hyphen(sign_at(&at, length, &next));
        found.word = kt_arena_copy_n(arena, (const char *)at.at, length);
        out.at = kt_arena_grow(arena, out.at, out.count, &room, sizeof *out.at);
        out.at[out.count++] = found;
        at = (cursor){at.at + length, at.left - length, false};
    }
    return out;
}

/* A stem of a whole word has a blank at its end, and plain words have none at theirs. */
static bool ends_with(const char *plain, const char *stem, bool anywhere)
{
    const size_t length = strlen(plain), letters = strlen(stem) - 1;
    if (length < letters) {
        return false;
    }
    const char *at = plain + (length - letters);
    return strncmp(at, stem, letters) == 0 && (anywhere || at == plain || at[-1] == ' ');
}

bool stem_in(const char *plain, const char *stem)
{
    const bool anywhere = stem[0] == '*';
    const char *wanted = stem + (anywhere ? 1 : 0);
    for (const char *at = strstr(plain, wanted); at != NULL; at = strstr(at + 1, wanted)) {
        if (anywhere || at == plain || at[-1] == ' ') {
            return true;
        }
    }
    return kt_text_ends(wanted, " ") && ends_with(plain, wanted, anywhere);
}
