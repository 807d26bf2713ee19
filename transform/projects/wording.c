/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wording.h"

#include <string.h>

#include "core/file.h"
#include "core/json.h"
#include "core/text.h"

bool word_in(const word_list *list, const char *word)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->at[i], word) == 0) {
            return true;
        }
    }
    return false;
}

bool stems_in(const word_list *stems, const char *plain)
{
    for (size_t i = 0; i < stems->count; i++) {
        if (stem_in(plain, stems->at[i])) {
            return true;
        }
    }
    return false;
}

static word_list words_at(kt_json object, const char *key)
{
    word_list list = {0};
    list.count = kt_json_texts(kt_json_member(object, key), &list.at);
    return list;
}

static void read_boilerplate(kt_json place, kt_wording *out)
{
    static const char *const keys[] = {"bases", "stems", NULL};
    if (kt_json_object(place)) {
        kt_json_only(place, keys);
        out->bases = words_at(place, "bases");
        out->stems = words_at(place, "stems");
    }
}

static void read_beneficiary(kt_json place, kt_wording *out)
{
    static const char *const keys[] = {"rewrite", "leave_out", "traders", NULL};
    static const char *const rewrite_keys[] = {"from", "to", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->leave_out = words_at(place, "leave_out");
    out->traders = words_at(place, "traders");
    const kt_json list = kt_json_member(place, "rewrite");
    out->rewrite_count = kt_json_count(list);
    rewriting *rewrites = kt_arena_array(place.arena, rewriting, out->rewrite_count);
    for (size_t i = 0; i < out->rewrite_count; i++) {
        const kt_json one = kt_json_element(list, i);
        kt_json_only(one, rewrite_keys);
        const char *from = kt_json_text(kt_json_member(one, "from"));
        const char *to = kt_json_text(kt_json_member(one, "to"));
        rewrites[i] = (rewriting){from == NULL ? "" : from, to == NULL ? "" : to};
        if (rewrites[i].from[0] == '\0') {
            kt_json_wrong(one, "expected words in \"from\"");
        }
    }
    out->rewrites = rewrites;
}

static void read_places(kt_json place, kt_wording *out)
{
    static const char *const keys[] = {"ambiguous", "heads", "districts", NULL};
    if (kt_json_object(place)) {
        kt_json_only(place, keys);
        out->ambiguous = words_at(place, "ambiguous");
        out->heads = words_at(place, "heads");
        out->districts = words_at(place, "districts");
    }
}

static void read_words(kt_json root, kt_wording *out)
{
    static const char *const keys[] = {"boilerplate", "parallel",      "coordination", "national",
                                       "beneficiary", "state_offices", "places",       NULL};
    kt_json_only(root, keys);
    read_boilerplate(kt_json_member(root, "boilerplate"), out);
    read_beneficiary(kt_json_member(root, "beneficiary"), out);
    read_places(kt_json_member(root, "places"), out);
    out->parallel = words_at(root, "parallel");
    out->coordination = words_at(root, "coordination");
    out->national = words_at(root, "national");
    out->state_offices = words_at(root, "state_offices");
}

const kt_wording *kt_wording_load(const char *folder, const kt_classification *regions,
                                  kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_wording *out = kt_arena_new(arena, kt_wording);
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(kt_path_join(arena, folder, "words.json"), arena, problems, &document, &root);
    if (root.value != NULL) {
        read_words(root, out);
    }
    out->places =
        place_names_load(kt_path_join(arena, folder, "place_names.csv"), regions, arena, problems);
    return kt_problems_count(problems) == before ? out : NULL;
}

/* Replaces the first occurrence, at the beginning of a word. */
static const char *rewrite(const char *words, const rewriting *by, kt_arena *arena)
{
    const char *at = strstr(words, by->from);
    if (at == NULL || (at != words && at[-1] != ' ')) {
        return words;
    }
    return kt_arena_print(arena, "%.*s%s%s", (int)(at - words), words, by->to,
                          at + strlen(by->from));
}

size_t body_length(const char *name)
{
    size_t length = 0;
    while (name[length] != '\0' && name[length] != '/' && name[length] != '|' &&
           (name[length] != ',' || (length > 0 && name[length - 1] == '-'))) {
        length++;
    }
    return length;
}

const char *body_key(const kt_wording *wording, const char *name, kt_arena *arena)
{
    if (name == NULL) {
        return "";
    }
    const char *plain = kt_plain_words(kt_arena_copy_n(arena, name, body_length(name)), arena);
    for (size_t i = 0; i < wording->rewrite_count; i++) {
        plain = rewrite(plain, &wording->rewrites[i], arena);
    }
    kt_text out = {0};
    char *rest = NULL;
    for (char *word = strtok_r(kt_arena_copy(arena, plain), " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        if (!word_in(&wording->leave_out, word)) {
            kt_text_print(&out, "%s%s", out.length > 0 ? " " : "", word);
        }
    }
    const char *kept = out.length > 0 ? kt_arena_copy(arena, out.bytes) : "";
    kt_text_free(&out);
    return kept;
}
