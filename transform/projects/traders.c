/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

#include "core/text.h"
#include "transform/project_bodies.h"
#include "wording.h"

/* A person's own firm is called after the person: by which words it is told, and where the name
 * stands beside them in a text. */

#define LEFT_OUT    "[\u2026]"
#define SHORT_WORD  3 /* letters of "tmi", of "von" inside a name, of what ends with a dot */
#define WORDS_ALONE 2 /* at least, before a word that is no abbreviation */

bool trader_in(const kt_wording *wording, const char *part, kt_arena *arena)
{
    const char *all = kt_arena_print(arena, " %s ", kt_plain_words(part, arena));
    for (size_t i = 0; i < wording->traders.count; i++) {
        if (strstr(all, kt_arena_print(arena, " %s ", wording->traders.at[i])) != NULL) {
            return true;
        }
    }
    return false;
}

/* A word of a text, from its first byte up to the one behind it. */
typedef struct span {
    size_t from, to, letters;
    bool capital;
    const char *plain;
} span;

typedef struct spans {
    const char *text;
    span *at;
    size_t count;
} spans;

static bool is_letter(ucs4_t sign)
{
    return uc_is_general_category(sign, UC_CATEGORY_L) ||
           uc_is_general_category(sign, UC_CATEGORY_M) ||
           uc_is_general_category(sign, UC_CATEGORY_N);
}

static spans spans_of(const char *text, kt_arena *arena)
{
    const size_t length = strlen(text);
    spans out = {.text = text, .at = kt_arena_array(arena, span, length + 1)};
    span *open = NULL;
    for (size_t at = 0; at < length;) {
        ucs4_t sign;
        const size_t size = (size_t)u8_mbtouc(&sign, (const uint8_t *)text + at, length - at);
        if (!is_letter(sign)) {
            open = NULL;
        } else if (open == NULL) {
            open = &out.at[out.count++];
            *open = (span){.from = at,
                           .capital = uc_is_general_category(sign, UC_CATEGORY_Lu) ||
                                      uc_is_general_category(sign, UC_CATEGORY_Lt)};
        }
        at += size;
        if (open != NULL) {
            open->to = at;
            open->letters++;
        }
    }
    for (size_t i = 0; i < out.count; i++) {
        const span *word = &out.at[i];
        out.at[i].plain =
            kt_plain_words(kt_arena_copy_n(arena, text + word->from, word->to - word->from), arena);
    }
    return out;
}

/* The length of a blank or a quote; 0: it is neither. */
static size_t blank_at(const char *at)
{
    static const char *const blanks[] = {" ",      "\t",     "\n",     "\"",    "'",
                                         "\u00a0", "\u201c", "\u201d", "\u2019"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        if (kt_text_starts(at, blanks[i])) {
            return strlen(blanks[i]);
        }
    }
    return 0;
}

/* True if nothing parts the word from the next one: blanks and quotes, the hyphen of a double name,
 * the dot of an initial or of "Tmi.". */
static bool goes_on(const spans *of, size_t at)
{
    const char *from = of->text + of->at[at].to, *to = of->text + of->at[at + 1].from;
    const bool is_double = to - from == 1 && *from == '-';
    from += of->at[at].letters <= SHORT_WORD && *from == '.' ? 1 : 0;
    for (size_t length = 0; from < to && (length = blank_at(from)) > 0;) {
        from += length;
    }
    return is_double || from == to;
}

/* True of a word of a name: with a large letter, or a short one before such a word. */
static bool is_of_name(const spans *of, size_t at)
{
    const span *word = &of->at[at];
    return word->capital || (word->letters <= SHORT_WORD && at + 1 < of->count &&
                             of->at[at + 1].capital && goes_on(of, at));
}

/* How many words from at on are those of the group, "t mi" as "T:mi"; 0: they are others. */
static size_t group_at(const spans *of, size_t at, const char *group)
{
    for (size_t count = 0;; count++) {
        const size_t length = strcspn(group, " ");
        const span *word = &of->at[at + count];
        if (at + count >= of->count || strlen(word->plain) != length ||
            strncmp(word->plain, group, length) != 0 ||
            (count > 0 && word->from - of->at[at + count - 1].to > 2)) {
            return 0;
        }
        if (group[length] == '\0') {
            return count + 1;
        }
        group += length + 1;
    }
}

/* Words of a trader from at on. */
typedef struct told {
    size_t words;
    bool is_short; /* an abbreviation, which stands behind a name as well */
} told;

static told trader_at(const kt_wording *wording, const spans *of, size_t at)
{
    for (size_t i = 0; i < wording->traders.count; i++) {
        const char *group = wording->traders.at[i];
        const size_t words = group_at(of, at, group);
        if (words > 0) {
            return (told){words, strlen(group) <= SHORT_WORD + 1};
        }
    }
    return (told){0};
}

/* The end of the name behind the words, "Tmi:n Maija Mallikas": its last word and one. */
static size_t name_behind(const spans *of, size_t at)
{
    size_t end = at;
    if (end < of->count && of->text[of->at[at - 1].to] == ':' &&
        of->at[end].from == of->at[at - 1].to + 1) {
        end++;
        at++;
    }
    if (end >= of->count || !of->at[end].capital) {
        return at;
    }
    while (end < of->count && goes_on(of, end - 1) && is_of_name(of, end)) {
        end++;
    }
    return end;
}

/* A comma or a bracket between a name and what its bearer is: "Mallikas Maija (y.e.)". */
static bool is_apposition(const spans *of, size_t at)
{
    const char *sign = at == 0 ? "" : of->text + of->at[at - 1].to;
    sign += *sign == ' ' ? 1 : 0;
    return *sign == ',' || *sign == '(';
}

/* The beginning of the name before the words, "Maija Mallikas, tmi": its first word. */
static size_t name_before(const spans *of, size_t at, bool is_short)
{
    const bool apposition = is_apposition(of, at);
    const size_t least = is_short || apposition ? 1 : WORDS_ALONE;
    size_t first = at;
    while (first > 0 && of->at[first - 1].capital &&
           (goes_on(of, first - 1) || (first == at && apposition))) {
        first--;
    }
    return at - first >= least ? first : at;
}

/* The words that are left out beside a trader's words: from *first on, so many. */
static size_t name_beside(const spans *of, size_t at, told found, size_t *first)
{
    const size_t behind = at + found.words, end = name_behind(of, behind);
    size_t begin = behind;
    while (begin < end && !of->at[begin].capital) { /* the ending of "Tmi:n" */
        begin++;
    }
    if (end > begin) {
        *first = begin;
        return end - begin;
    }
    *first = name_before(of, at, found.is_short);
    return at - *first;
}

const char *kt_project_shown_name(const kt_wording *wording, const char *name, kt_arena *arena)
{
    if (name == NULL || !trader_in(wording, name, arena)) {
        return name;
    }
    const spans of = spans_of(name, arena);
    const char *out = "";
    size_t copied = 0;
    for (size_t i = 0; i < of.count; i++) {
        const told found = trader_at(wording, &of, i);
        size_t first = 0;
        const size_t count = found.words == 0 ? 0 : name_beside(&of, i, found, &first);
        if (count == 0 || of.at[first].from < copied) {
            continue;
        }
        out = kt_arena_print(arena, "%s%.*s" LEFT_OUT, out, (int)(of.at[first].from - copied),
                             name + copied);
        copied = of.at[first + count - 1].to;
        i = first >= i ? first + count - 1 : i;
    }
    return kt_arena_print(arena, "%s%s", out, name + copied);
}
