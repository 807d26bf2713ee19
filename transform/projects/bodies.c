/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_bodies.h"

#include <string.h>

#include "core/text.h"
#include "wording.h"

/* True if one of the word groups stands in the words as whole words. */
static bool has_words(const word_list *groups, const char *words, kt_arena *arena)
{
    const char *all = kt_arena_print(arena, " %s ", words);
    for (size_t i = 0; i < groups->count; i++) {
        if (strstr(all, kt_arena_print(arena, " %s ", groups->at[i])) != NULL) {
            return true;
        }
    }
    return false;
}

static const char *trimmed(const char *from, size_t length, kt_arena *arena)
{
    while (length > 0 && strchr(" \t\r\n", from[0]) != NULL) {
        from++;
        length--;
    }
    while (length > 0 && strchr(" \t\r\n", from[length - 1]) != NULL) {
        length--;
    }
    char *out = kt_arena_copy_n(arena, from, length);
    kt_text_flatten(out);
    return out;
}

static kt_project_body body_of(const kt_wording *wording, const char *part, kt_arena *arena)
{
    const kt_project_body trader = {.name = "", .key = "", .trader = true};
    if (has_words(&wording->traders, kt_plain_words(part, arena), arena)) {
        return trader;
    }
    return (kt_project_body){.name = trimmed(part, body_length(part), arena),
                             .key = body_key(wording, part, arena)};
}

static bool is_there(const kt_project_body *list, size_t count, const kt_project_body *body)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i].trader == body->trader && strcmp(list[i].key, body->key) == 0) {
            return true;
        }
    }
    return false;
}

kt_project_bodies kt_project_bodies_of(const kt_wording *wording, const char *beneficiary,
                                       kt_arena *arena)
{
    kt_project_body *list = NULL;
    size_t count = 0, room = 0;
    for (const char *at = beneficiary; at != NULL && at[0] != '\0';) {
        const size_t length = strcspn(at, "|");
        const kt_project_body body = body_of(wording, kt_arena_copy_n(arena, at, length), arena);
        if ((body.trader || body.key[0] != '\0') && !is_there(list, count, &body)) {
            list = kt_arena_grow(arena, list, count, &room, sizeof *list);
            list[count++] = body;
        }
        at += length + (at[length] == '|' ? 1 : 0);
    }
    return (kt_project_bodies){list, count};
}
