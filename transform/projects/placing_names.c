/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "placing.h"

/* Regions in the words of a name. */

typedef struct naming {
    const kt_placement *placement;
    kt_finnish *finnish;
    kt_arena *arena;
    found_regions found;
} naming;

void found_add(found_regions *found, named_region region, kt_arena *arena)
{
    for (size_t i = 0; i < found->count; i++) {
        if (strcmp(found->at[i].code, region.code) == 0) {
            return;
        }
    }
    found->at = kt_arena_grow(arena, found->at, found->count, &found->room, sizeof *found->at);
    found->at[found->count++] = region;
}

/* True if a base form of the word is in the list. */
static bool is_one_of(const naming *n, const word_list *list, const token *word)
{
    const kt_finnish_readings all = kt_finnish_read(n->finnish, word->word);
    for (size_t i = 0; i < all.count; i++) {
        if (word_in(list, all.at[i].plain)) {
            return true;
        }
    }
    return false;
}

/* A name that is a common word as well counts by its one large letter inside a sentence, or by what
 * follows it: II is a number, Ii a municipality. */
static bool is_certain(const naming *n, const token *word, const char *place,
                       const named_region *region, bool before_head)
{
    const bool ambiguous = region->ended || word_in(&n->placement->wording->ambiguous,
                                                    kt_plain_words(place, n->arena));
    const bool marked = word->capital && !word->all_capitals && !word->first;
    return !ambiguous || before_head || marked;
}

/* Adds the region of one word, if it is one; next may be NULL. */
static bool add_word(naming *n, const token *word, const token *next)
{
    const kt_wording *wording = n->placement->wording;
    const named_region *region = NULL;
    const char *place = place_names_read(wording->places, n->finnish, word, n->arena, &region);
    if (region == NULL) {
        return false;
    }
    const bool before_head = next != NULL && is_one_of(n, &wording->heads, next);
    if (!is_certain(n, word, place, region, before_head)) {
        return true;
    }
    const named_region *district = NULL;
    if (before_head && is_one_of(n, &wording->districts, next)) {
        district = place_names_district(wording->places, place, n->arena);
    }
    found_add(&n->found, district != NULL ? *district : *region, n->arena);
    return true;
}

/* The parts of a word that is no region as a whole: Ohjaamo-Lappi, Oulun-Raahe. */
static void add_parts(naming *n, const token *word, const token *next)
{
    char *rest = NULL;
    char *parts = kt_arena_copy(n->arena, word->word);
    for (char *part = strtok_r(parts, "-", &rest); part != NULL;
         part = strtok_r(NULL, "-", &rest)) {
        const tokens alone = tokens_of(part, n->arena);
        if (alone.count == 1) {
            token piece = alone.at[0];
            piece.first = true; /* a common word in a compound is one: Länsi-Pohja */
            (void)add_word(n, &piece, *rest == '\0' ? next : NULL);
        }
    }
}

/* "Etelä- ja Pohjois-Savossa": the first word with the end of the next hyphenated one. */
static bool add_open(naming *n, const tokens *words, size_t at)
{
    for (size_t i = at + 1; i < words->count && i <= at + 3; i++) {
        const char *hyphen = strchr(words->at[i].word, '-');
        if (hyphen != NULL) {
            token whole = words->at[at];
            whole.word = kt_arena_print(n->arena, "%s%s", words->at[at].word, hyphen);
            return add_word(n, &whole, NULL);
        }
    }
    return false;
}

found_regions regions_named(const kt_placement *placement, kt_finnish *finnish, const char *text,
                            kt_arena *arena)
{
    const tokens words = tokens_of(text, arena);
    naming n = {placement, finnish, arena, {0}};
    for (size_t i = 0; i < words.count; i++) {
        const token *word = &words.at[i];
        const token *next = i + 1 < words.count ? &words.at[i + 1] : NULL;
        const bool done = (word->open && add_open(&n, &words, i)) || add_word(&n, word, next);
        if (!done && strchr(word->word, '-') != NULL) {
            add_parts(&n, word, next);
        }
    }
    return n.found;
}
