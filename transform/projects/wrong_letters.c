/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrong_letters.h"

#include <string.h>
#include <unistr.h>

#include "core/text.h"

#define TOLERATED   10 /* one letter in so many */
#define WORD_BYTES  40 /* of a word that is told */
#define FIRST_SIGN  0x80U
#define FIRST_RIGHT 0xc0U /* A with a grave accent; up to LAST_RIGHT all but two are letters */
#define LAST_RIGHT  0x24fU

static const char twice[] = "is UTF-8 that was read as another set";
static const char lost[] = "has lost a letter";
static const char dos[] = "has a letter of code page 850";
static const char macintosh[] = "has a letter of Mac OS Roman";

/* A letter, and those before and behind it; 0: none. */
typedef struct letter {
    ucs4_t before, is, behind;
} letter;

static bool is_small(ucs4_t at)
{
    return (at >= 'a' && at <= 'z') || (at >= 0xdf && at <= 0xff && at != 0xf7);
}

static bool is_letter(ucs4_t at)
{
    const bool plain = (at >= 'A' && at <= 'Z') || (at >= 'a' && at <= 'z');
    return plain || (at >= FIRST_RIGHT && at <= LAST_RIGHT && at != 0xd7 && at != 0xf7);
}

/* Letters that Windows-1252 has where other sets have those of these languages. */
static bool is_right(ucs4_t at)
{
    static const ucs4_t doubtful[] = {0x152, 0x153, 0x160, 0x161, 0x178, 0x17d, 0x17e};
    bool right = at >= FIRST_SIGN && is_letter(at);
    for (size_t i = 0; i < sizeof doubtful / sizeof doubtful[0]; i++) {
        right = right && at != doubtful[i];
    }
    return right;
}

static bool is_inside(const letter *of)
{
    return is_letter(of->before) && is_letter(of->behind);
}

/* Signs of the other set that no language has in the middle of a word. */
static const struct foreign_sign {
    ucs4_t sign;
    enum { BEFORE_ANY, BEFORE_SMALL, BEFORE_LARGE } before; /* which letters */
    const char *why;
} foreign_signs[] = {
    {0x201e, BEFORE_ANY, dos},         {0x201d, BEFORE_ANY, dos},
    {0x2020, BEFORE_ANY, dos},         {0x0160, BEFORE_SMALL, macintosh},
    {0x0152, BEFORE_SMALL, macintosh}, {0x2030, BEFORE_ANY, macintosh},
    {0x20ac, BEFORE_ANY, macintosh},   {0x2026, BEFORE_LARGE, macintosh},
    {0xf7, BEFORE_ANY, dos},           {0xfffd, BEFORE_ANY, lost},
};

static const char *foreign_of(const letter *of)
{
    for (size_t i = 0; i < sizeof foreign_signs / sizeof foreign_signs[0]; i++) {
        const struct foreign_sign *sign = &foreign_signs[i];
        const bool fits =
            sign->before == BEFORE_ANY || (sign->before == BEFORE_SMALL) == is_small(of->behind);
        if (of->is == sign->sign && is_inside(of) && fits) {
            return sign->why;
        }
    }
    return NULL;
}

/* The first byte of a letter, read as one, before the second. */
static bool is_half(const letter *of)
{
    switch (of->is) {
    case 0xc2: /* of a no-break space or a sign */
    case 0xc3: /* of the letters of western Europe */
        return of->behind >= FIRST_SIGN && !is_letter(of->behind);
    case 0x251c: /* the same, read as code page 850 */
    case 0x221a: /* the same, read as Mac OS Roman */
        return of->behind >= FIRST_SIGN;
    case 0xe2: /* of a dash or a quote, and the second is the euro */
        return of->behind == 0x20ac || of->behind == FIRST_SIGN;
    default:
        return false;
    }
}

static const char *fault_of(const letter *of)
{
    return is_half(of) ? twice : of->is >= FIRST_SIGN ? foreign_of(of) : NULL;
}

static bool ends_word(char at)
{
    return (unsigned char)at <= ' ' || strchr(";,|\"()", at) != NULL;
}

/* The word that the byte stands in: where it begins, and its length. */
static size_t word_around(const char *text, size_t length, size_t at, size_t *from)
{
    size_t to = at;
    for (*from = at; *from > 0 && !ends_word(text[*from - 1]); (*from)--) {
    }
    while (to < length && !ends_word(text[to])) {
        to++;
    }
    return to - *from;
}

/* An address may ask; between a small and a large letter a blank is missing. */
static bool is_lost(const letter *of, const char *text, size_t length, size_t at)
{
    if (of->is != '?' || !is_inside(of) || (is_small(of->before) && !is_small(of->behind))) {
        return false;
    }
    size_t from = 0;
    const size_t count = word_around(text, length, at, &from);
    return memchr(text + from, '=', count) == NULL && memchr(text + from, '/', count) == NULL;
}

static size_t read_letter(const char *text, size_t length, size_t at, ucs4_t *out)
{
    *out = 0;
    return at < length ? (size_t)u8_mbtouc(out, (const uint8_t *)text + at, length - at) : 0;
}

/* What is wrong with the letter; NULL: nothing. */
static const char *count(wrong_letters *of, const letter *now, const char *text, size_t length,
                         size_t at)
{
    const char *why = fault_of(now);
    if (why != NULL) {
        of->wrong++;
    } else if (is_lost(now, text, length, at)) {
        why = lost;
        of->lost++;
    } else if (is_right(now->is)) {
        of->right++;
    }
    return why;
}

bool wrong_letters_add(wrong_letters *of, const char *text, size_t length, wrong_word *out)
{
    letter now = {0};
    bool any = false;
    size_t size = read_letter(text, length, 0, &now.is);
    for (size_t at = 0; at < length;) {
        const size_t next = read_letter(text, length, at + size, &now.behind);
        const char *why = count(of, &now, text, length, at);
        if (!any && why != NULL) {
            *out = (wrong_word){at, why};
            any = true;
        }
        at += size;
        size = next;
        now = (letter){now.is, now.behind, 0};
    }
    return any;
}

bool wrong_letters_spoil(const wrong_letters *of)
{
    const size_t wrong = of->wrong + of->lost;
    if (wrong <= 1) {
        return of->wrong == 1 && of->right == 0;
    }
    return wrong * TOLERATED > wrong + of->right;
}

const char *wrong_letters_words(const wrong_letters *of, const char *text, size_t length,
                                const wrong_word *first, kt_arena *arena)
{
    size_t from = 0;
    const size_t count = word_around(text, length, first->at, &from);
    const size_t skipped = first->at - from > WORD_BYTES / 2 ? first->at - from : 0;
    char *word = kt_arena_copy_n(arena, text + from + skipped, count - skipped);
    kt_text_flatten(word);
    return kt_arena_print(arena, "\"%.*s\" %s (wrong letters: %zu, right ones: %zu)",
                          kt_utf8_cut(word, WORD_BYTES), word, first->why, of->wrong + of->lost,
                          of->right);
}
