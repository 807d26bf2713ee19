/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "reading.h"

/* Addresses, telephone numbers and named contact persons that people write into a summary: they are
 * no more read in than the columns that are made for them. */

#define LEFT_OUT     "[\u2026]"
#define PHONE_DIGITS 7 /* at the least, from a 0 or a + on */

static bool is_space(char letter)
{
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\0';
}

/* How long the telephone number is that begins here; 0: none does. */
static size_t phone_at(const char *text)
{
    size_t digits = 0, end = 0;
    if (*text != '0' && *text != '+') {
        return 0;
    }
    for (size_t at = *text == '+' ? 1 : 0;
         kt_is_digit(text[at]) || strchr(" -()", text[at]) != NULL; at++) {
        if (text[at] == '\0') {
            break;
        }
        digits += kt_is_digit(text[at]) ? 1 : 0;
        end = kt_is_digit(text[at]) ? at + 1 : end;
    }
    return digits >= PHONE_DIGITS ? end : 0;
}

/* How long the word is that begins here, if it is an address: letters, an @, a name with a dot. */
static size_t address_at(const char *text)
{
    const size_t length = strcspn(text, " \n\t,;()<>");
    const char *sign = memchr(text, '@', length);
    const char *dot = sign == NULL ? NULL : memchr(sign, '.', length - (size_t)(sign - text));
    return sign > text && dot > sign + 1 && dot + 1 < text + length ? length : 0;
}

/* How long "Yhteyshenkilö: Maija Mallikas" is, up to a sign that ends a name. */
static size_t person_at(const char *text)
{
    static const char *const words[] = {"yhteyshenkil", "kontaktperson", "contact person"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strncasecmp(text, words[i], strlen(words[i])) == 0) {
            const size_t word = strcspn(text, ":,;.\n");
            return text[word] == ':' ? word + 1 + strcspn(text + word + 1, ",;.\n(") : 0;
        }
    }
    return 0;
}

static size_t contact_at(const char *text)
{
    const size_t person = person_at(text), address = address_at(text);
    return person > 0 ? person : address > 0 ? address : phone_at(text);
}

const char *kt_list_without_contacts(const char *text, kt_arena *arena)
{
    char *clean = kt_arena_array(arena, char, strlen(text) * sizeof LEFT_OUT + 1);
    char *to = clean;
    bool starts = true; /* a word */
    while (*text != '\0') {
        const size_t length = starts ? contact_at(text) : 0;
        if (length > 0) {
            memcpy(to, LEFT_OUT, sizeof LEFT_OUT - 1);
            to += sizeof LEFT_OUT - 1;
            text += length;
            starts = false;
            continue;
        }
        starts = is_space(*text) || *text == '(' || *text == ':' || *text == '<';
        *to++ = *text++;
    }
    *to = '\0';
    return clean;
}
