/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/language.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/json.h"
#include "core/number.h"
#include "core/period.h"
#include "core/text.h"

#define DAY_S INT64_C(86400)

static const struct {
    const char *name, *slots;
} known[KT_WORDS] = {
#define KT_WORD(name, slots) {#name, slots},
#include "pages/words.def"
#undef KT_WORD
};

/* The slot that begins at text: how long its name is; 0 if none does. */
static size_t slot_length(const char *text)
{
    const size_t length = *text == '{' ? strcspn(text + 1, "{}") : 0;
    return length > 0 && text[1 + length] == '}' ? length : 0;
}

/* The place of a name in a list "region period"; -1 if it has none. */
static int place_of(const char *slots, const char *name, size_t length)
{
    for (int place = 0; *slots != '\0'; place++) {
        const size_t own = strcspn(slots, " ");
        if (own == length && memcmp(slots, name, length) == 0) {
            return place;
        }
        slots += own + (slots[own] == ' ');
    }
    return -1;
}

static bool holds(const char *text, const char *name, size_t length)
{
    for (const char *at = text; (at = strchr(at, '{')) != NULL; at++) {
        if (slot_length(at) == length && memcmp(at + 1, name, length) == 0) {
            return true;
        }
    }
    return false;
}

/* Words that say nothing leave a heading, a link or a title without a name. */
static void check_said(kt_json place, const char *text)
{
    if (text[strspn(text, " ")] == '\0') {
        kt_json_wrong(place, "expected some words");
    }
}

/* What is filled in is what the program fills in, all of it. */
static void check_slots(kt_json place, kt_word word, const char *text)
{
    for (const char *at = text; (at = strchr(at, '{')) != NULL; at++) {
        if (place_of(known[word].slots, at + 1, slot_length(at)) < 0) {
            kt_json_wrong(place, "nothing is filled in at \"%.30s\"; there is: %s", at,
                          known[word].slots);
        }
    }
    for (const char *at = known[word].slots; *at != '\0';) {
        const size_t length = strcspn(at, " ");
        if (!holds(text, at, length)) {
            kt_json_wrong(place, "expected {%.*s} somewhere", (int)length, at);
        }
        at += length + (at[length] == ' ');
    }
}

static void read_words(kt_json place, kt_language *out)
{
    static const char *names[KT_WORDS + 1];
    for (size_t i = 0; i < KT_WORDS; i++) {
        names[i] = known[i].name;
        const kt_json word = kt_json_member(place, known[i].name);
        out->word[i] = kt_json_text(word);
        if (out->word[i] != NULL) {
            check_said(word, out->word[i]);
            check_slots(word, (kt_word)i, out->word[i]);
        }
    }
    kt_json_only(place, names);
}

static void read_months(kt_json place, kt_language *out)
{
    const char **months = NULL;
    if (kt_json_texts(place, &months) != 12) {
        kt_json_wrong(place, "expected the names of twelve months");
        return;
    }
    memcpy(out->months, months, sizeof out->months);
}

kt_language *kt_language_load(const char *path, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"language", "thousands", "decimal", "months", "words", NULL};
    const size_t before = kt_problems_count(problems);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return NULL;
    }
    kt_json_only(root, keys);
    kt_language *out = kt_arena_new(arena, kt_language);
    out->name = kt_json_text(kt_json_member(root, "language"));
    out->thousands = kt_json_text(kt_json_member(root, "thousands"));
    out->decimal = kt_json_text(kt_json_member(root, "decimal"));
    read_months(kt_json_member(root, "months"), out);
    const kt_json words = kt_json_member(root, "words");
    if (kt_json_object(words)) {
        read_words(words, out);
    }
    return kt_problems_count(problems) == before ? out : NULL;
}

kt_word kt_word_named(const char *name)
{
    size_t at = 0;
    while (at < KT_WORDS && strcmp(known[at].name, name) != 0) {
        at++;
    }
    return (kt_word)at;
}

const char *kt_say(const kt_language *in, kt_word word, const char *const *filled, kt_arena *arena)
{
    KT_AUTO(text) kt_text out = {0};
    for (const char *at = in->word[word]; *at != '\0';) {
        const size_t length = slot_length(at);
        if (length > 0) {
            const int place = place_of(known[word].slots, at + 1, length);
            assert(place >= 0 && filled != NULL);
            kt_text_put(&out, filled[place]);
            at += length + 2;
        } else {
            kt_text_put_char(&out, *at++);
        }
    }
    return kt_arena_copy(arena, out.bytes == NULL ? "" : out.bytes);
}

const char *kt_say_title(const kt_language *in, const kt_words *title)
{
    if (strcmp(in->name, "fi") == 0) {
        return title->fi;
    }
    return strcmp(in->name, "sv") == 0 ? title->sv : title->en;
}

/* Digits before the point in threes. */
static void put_whole(const kt_language *in, const char *digits, size_t count, kt_text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0) {
            kt_text_put(out, in->thousands);
        }
        kt_text_put_char(out, digits[i]);
    }
}

static const char *write_number(const kt_language *in, double number, int decimals,
                                const char *behind, kt_arena *arena)
{
    char digits[400];
    KT_AUTO(text) kt_text out = {0};
    (void)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(number));
    const size_t whole = strcspn(digits, ".");
    if (number < 0.0 && strspn(digits, "0.") < strlen(digits)) {
        kt_text_put(&out, "\u2212");
    }
    put_whole(in, digits, whole, &out);
    if (digits[whole] == '.') {
        kt_text_put(&out, in->decimal);
        kt_text_put(&out, digits + whole + 1);
    }
    kt_text_put(&out, behind);
    return kt_arena_copy(arena, out.bytes);
}

const char *kt_say_number(const kt_language *in, const char *cell, int decimals, kt_arena *arena)
{
    double number = 0.0;
    if (!kt_number_read(cell, strlen(cell), &number)) {
        return cell;
    }
    return write_number(in, number, strchr(cell, '.') == NULL ? 0 : decimals, "", arena);
}

const char *kt_say_share(const kt_language *in, const char *cell, kt_arena *arena)
{
    double number = 0.0;
    if (!kt_number_read(cell, strlen(cell), &number)) {
        return cell;
    }
    return write_number(in, 100.0 * number, 1, "\u00a0%", arena);
}

const char *kt_say_period(const kt_language *in, const char *cell, kt_arena *arena)
{
    kt_period period = {0};
    if (!kt_period_read(cell, &period)) {
        return cell;
    }
    if (strchr(cell, 'M') != NULL) {
        return kt_arena_print(arena, "%s %.4s", in->months[strtoul(cell + 5, NULL, 10) - 1], cell);
    }
    return cell[0] == 'Y' ? kt_arena_copy(arena, cell + 1)
                          : kt_arena_print(arena, "%c/%.4s", cell[5], cell);
}

const char *kt_say_month(const char *cell, int digits, kt_arena *arena)
{
    return kt_arena_print(arena, "%lu/%.*s", strtoul(cell + 5, NULL, 10), digits,
                          cell + 4 - digits);
}

const char *kt_say_day(const kt_language *in, const char *cell, kt_arena *arena)
{
    kt_instant instant = 0;
    int year = 0, month = 0, day = 0;
    if (strlen(cell) != strlen("2026-06-01") || !kt_instant_read(cell, false, &instant)) {
        return cell;
    }
    kt_civil_from_days(instant / DAY_S, &year, &month, &day);
    const char **filled = kt_arena_array(arena, const char *, 3);
    filled[0] = kt_arena_print(arena, "%d", year);
    filled[1] = kt_arena_print(arena, "%d", month);
    filled[2] = kt_arena_print(arena, "%d", day);
    return kt_say(in, KT_WORD_day, filled, arena);
}
