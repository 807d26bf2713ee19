/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <unistr.h>

#include "core/cleanup.h"
#include "transform/finnish.h"

/* The length of the letters and digits at the beginning; false in *letters: digits alone. */
static size_t word_length(const uint8_t *text, size_t left, bool *letters)
{
    size_t length = 0;
    *letters = false;
    while (length < left) {
        ucs4_t sign;
        const int bytes = u8_mbtouc(&sign, text + length, left - length);
        const bool letter = uc_is_general_category(sign, UC_CATEGORY_L) ||
                            uc_is_general_category(sign, UC_CATEGORY_M);
        if (sign == 0xfffd || !(letter || uc_is_general_category(sign, UC_CATEGORY_N))) {
            return length;
        }
        *letters = *letters || letter;
        length += (size_t)bytes;
    }
    return length;
}

static size_t sign_length(const uint8_t *text, size_t left)
{
    ucs4_t sign;
    return (size_t)u8_mbtouc(&sign, text, left);
}

const char *kt_plain_words(const char *text, kt_arena *arena)
{
    size_t length = 0;
    KT_AUTO(free)
    uint8_t *small =
        u8_tolower((const uint8_t *)text, strlen(text), "fi", UNINORM_NFC, NULL, &length);
    if (small == NULL) {
        return "";
    }
    char *out = kt_arena_array(arena, char, length + 1);
    size_t at = 0;
    for (size_t i = 0; i < length;) {
        bool letters;
        const size_t word = word_length(small + i, length - i, &letters);
        if (letters) {
            out[at] = ' ';
            at += at > 0 ? 1 : 0;
            memcpy(out + at, small + i, word);
            at += word;
        }
        i += word > 0 ? word : sign_length(small + i, length - i);
    }
    out[at] = '\0';
    return out;
}
