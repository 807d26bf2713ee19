/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_evidence.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

#define PREFIX          "TOL-"
#define SECTION         "tol1"
#define DIVISION        "tol2"
#define DIVISION_LENGTH 2
#define WORDS_MAX       32  /* of a name; what is longer says enough with its beginning */
#define WORD_MIN        4   /* letters of a word that says anything, and that two must share */
#define CLEARLY         0.5 /* of the label's words: more fit the other revision by so much */

/* A name as its words, in small letters. */
typedef struct words {
    const char *word[WORDS_MAX];
    size_t count;
} words;

static kt_sector_revision revision_of(const kt_planner *planner)
{
    return kt_sector_revision_find(planner->source->sector_revision);
}

/* The revision that its codes can be taken for. */
static kt_sector_revision other_of(kt_sector_revision revision)
{
    static const kt_sector_revision others[] = {[KT_TOL2008] = KT_TOL2025,
                                                [KT_TOL2025] = KT_TOL2008,
                                                [KT_NACE2] = KT_NACE21,
                                                [KT_NACE21] = KT_NACE2};
    return others[revision];
}

static const kt_classification *sectors_of(const kt_planner *planner, kt_sector_revision revision)
{
    return &planner->classifications->sectors[revision];
}

/* The label without the code that many of them begin with. */
static const char *bare_label(const char *label, const char *code)
{
    if (!kt_text_starts(label, code)) {
        return label;
    }
    const char *rest = label + strlen(code);
    return rest + strspn(rest, " -.:");
}

static bool is_letter(char letter)
{
    return isalnum((unsigned char)letter) || (unsigned char)letter >= 0x80;
}

/* In UTF-8 the capitals of Latin-1 are C3 80 to C3 9E, the small ones 20 above them. */
static char small(char before, char letter)
{
    const unsigned char byte = (unsigned char)letter;
    if ((unsigned char)before == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97) {
        return (char)(byte + 0x20);
    }
    return (char)(byte < 0x80 ? tolower(byte) : byte);
}

static bool says_nothing(const char *word)
{
    static const char *const common[] = {"sekä",  "muut", "samt",       "annan",    "andra",
                                         "other", "with", "activities", "toiminta", "verksamhet"};
    bool number = true;
    for (const char *at = word; *at != '\0'; at++) {
        number = number && isdigit((unsigned char)*at);
    }
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        if (strcmp(word, common[i]) == 0) {
            return true;
        }
    }
    return number || strlen(word) < WORD_MIN;
}

static words words_of(const char *name, kt_arena *arena)
{
    words of = {.count = 0};
    char *copy = kt_arena_copy(arena, name == NULL ? "" : name);
    char before = '\0';
    for (char *at = copy; *at != '\0' && of.count < WORDS_MAX;) {
        char *start = at;
        for (; is_letter(*at); at++) {
            const char own = *at;
            *at = small(before, own);
            before = own;
        }
        at += *at != '\0' ? 1 : 0;
        if (at > start && !is_letter(at[-1])) {
            at[-1] = '\0';
        }
        if (*start != '\0') {
            of.word[of.count++] = start;
        }
    }
    return of;
}

/* The same beginning, of three quarters of the shorter one: vakuutus, vakuutustoiminta. */
static bool is_like(const char *a, const char *b)
{
    const size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    size_t same = 0;
    while (same < shorter && a[same] == b[same]) {
        same++;
    }
    return same >= WORD_MIN && same * 4 >= shorter * 3;
}

/* Which share of the label's words the name has, of those that say anything. */
static double share_in(const words *label, const char *name, kt_arena *arena)
{
    const words all = words_of(name, arena);
    size_t found = 0, count = 0;
    for (size_t i = 0; i < label->count; i++) {
        if (says_nothing(label->word[i])) {
            continue;
        }
        size_t k = 0;
        while (k < all.count &&
               !(is_like(label->word[i], all.word[k]) && !says_nothing(all.word[k]))) {
            k++;
        }
        found += k < all.count;
        count++;
    }
    return count == 0 ? 0.0 : (double)found / (double)count;
}

/* In the language that it fits best. */
static double fit_of(const words *label, const kt_class_item *item, kt_arena *arena)
{
    const char *names[] = {item->name_fi, item->name_sv, item->name_en};
    double best = 0.0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const double fit = share_in(label, names[i], arena);
        best = fit > best ? fit : best;
    }
    return best;
}

static bool same_words(const words *label, const char *name, kt_arena *arena)
{
    const words all = words_of(name, arena);
    bool same = all.count == label->count && all.count > 0;
    for (size_t i = 0; same && i < all.count; i++) {
        same = strcmp(all.word[i], label->word[i]) == 0;
    }
    return same;
}

static bool is_called(const kt_class_item *item, const words *label, kt_arena *arena)
{
    return same_words(label, item->name_fi, arena) || same_words(label, item->name_sv, arena) ||
           same_words(label, item->name_en, arena);
}

/* The name of another sector of the same level. */
static kt_status check_own(const kt_planner *planner, size_t row, const kt_class_item *item,
                           const char *label, const words *of, kt_error *err)
{
    const kt_sector_revision revision = revision_of(planner);
    const kt_classification *all = sectors_of(planner, revision);
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *other = &all->items[i];
        if (other != item && strcmp(other->level, item->level) == 0 &&
            is_called(other, of, planner->arena)) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: sector %s is \"%s\", which is %s in %s: expected the codes of that "
                           "revision",
                           planner->source->id,
                           kt_codes_at(planner->cube->codes[KT_ROLE_SECTOR], row), label,
                           other->code + strlen(PREFIX), kt_sector_revision_name(revision));
        }
    }
    return KT_OK;
}

/* What the same letter is in the other revision. */
static kt_status check_other(const kt_planner *planner, size_t row, const kt_class_item *item,
                             const char *label, const words *of, kt_error *err)
{
    const kt_sector_revision revision = revision_of(planner), other = other_of(revision);
    const kt_class_item *there = kt_class_find(sectors_of(planner, other), item->code);
    if (there == NULL || strcmp(item->level, SECTION) != 0 ||
        fit_of(of, there, planner->arena) - fit_of(of, item, planner->arena) < CLEARLY) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: sector %s is \"%s\" as in %s, expected \"%s\" as in %s, the \"revision\" "
                   "of the source file",
                   planner->source->id, kt_codes_at(planner->cube->codes[KT_ROLE_SECTOR], row),
                   label, kt_sector_revision_name(other), item->name_en,
                   kt_sector_revision_name(revision));
}

kt_status kt_sector_label_check(const kt_planner *planner, size_t row, const kt_class_item *item,
                                kt_error *err)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_SECTOR];
    const char *label = bare_label(kt_codes_label(codes, row), kt_codes_at(codes, row));
    const words of = words_of(label, planner->arena);
    if (of.count == 0 || is_called(item, &of, planner->arena)) {
        return KT_OK;
    }
    KT_TRY(check_own(planner, row, item, label, &of, err));
    return check_other(planner, row, item, label, &of, err);
}

static bool matches_any(const char *code, const char **patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (kt_text_matches(code, patterns[i])) {
            return true;
        }
    }
    return false;
}

/* A division written as the source writes that other one: 45, TOL-45 or G45. */
static bool is_wanted(const kt_planner *planner, const char *division, const char *like)
{
    const kt_variable_spec *spec = kt_source_variable(planner->source, KT_ROLE_SECTOR);
    const size_t length = strlen(like);
    const int before = length < DIVISION_LENGTH ? 0 : (int)(length - DIVISION_LENGTH);
    const char *code =
        kt_arena_print(planner->arena, "%.*s%s", before, like, division + strlen(PREFIX));
    return spec != NULL && matches_any(code, spec->want, spec->want_count) &&
           !matches_any(code, spec->leave_out, spec->leave_out_count);
}

/* The rows of the other divisions of its section, the first two of them, if all but it are there.
 */
static bool has_all_others(const kt_planner *planner, const kt_class_item *division,
                           const size_t *of_item, size_t rows[2])
{
    const kt_classification *all = sectors_of(planner, revision_of(planner));
    const char *section = kt_class_parent(all, division->code, SECTION);
    size_t count = 0;
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *item = &all->items[i];
        if (item == division || strcmp(item->level, DIVISION) != 0 ||
            !kt_text_same(kt_class_parent(all, item->code, SECTION), section)) {
            continue;
        }
        if (of_item[i] == KT_NO_CODE) {
            return false;
        }
        rows[count < 2 ? count : 1] = of_item[i];
        count++;
    }
    return count >= 2; /* one of two can be a selection */
}

kt_status kt_sector_gap_check(const kt_planner *planner, const size_t *of_item, kt_error *err)
{
    const kt_sector_revision revision = revision_of(planner);
    if (revision == KT_SECTOR_REVISIONS) {
        return KT_OK;
    }
    const kt_classification *all = sectors_of(planner, revision);
    const kt_codes *codes = planner->cube->codes[KT_ROLE_SECTOR];
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *item = &all->items[i];
        size_t rows[2] = {0, 0};
        if (of_item[i] == KT_NO_CODE && strcmp(item->level, DIVISION) == 0 &&
            kt_class_find(sectors_of(planner, other_of(revision)), item->code) == NULL &&
            has_all_others(planner, item, of_item, rows) &&
            is_wanted(planner, item->code, kt_codes_at(codes, rows[0]))) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: sectors %s and %s without %s, as in %s, expected it beside them as "
                           "in %s, the \"revision\" of the source file",
                           planner->source->id, kt_codes_at(codes, rows[0]),
                           kt_codes_at(codes, rows[1]), item->code + strlen(PREFIX),
                           kt_sector_revision_name(other_of(revision)),
                           kt_sector_revision_name(revision));
        }
    }
    return KT_OK;
}
