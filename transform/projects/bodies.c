/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_bodies.h"

#include <string.h>

#include "core/text.h"
#include "wording.h"

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

/* What stands before the next '|', and at moves behind it; NULL at the end. */
static const char *next_part(const char **at, kt_arena *arena)
{
    if (*at == NULL || **at == '\0') {
        return NULL;
    }
    const size_t length = strcspn(*at, "|");
    const char *part = kt_arena_copy_n(arena, *at, length);
    *at += length + ((*at)[length] == '|' ? 1 : 0);
    return part;
}

static kt_project_body body_of(const kt_wording *wording, const char *part, kt_arena *arena)
{
    const kt_project_body trader = {.name = "", .key = "", .trader = true};
    if (trader_in(wording, part, arena)) {
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
    for (const char *at = beneficiary, *part; (part = next_part(&at, arena)) != NULL;) {
        const kt_project_body body = body_of(wording, part, arena);
        if ((body.trader || body.key[0] != '\0') && !is_there(list, count, &body)) {
            list = kt_arena_grow(arena, list, count, &room, sizeof *list);
            list[count++] = body;
        }
    }
    return (kt_project_bodies){list, count};
}

const char *kt_project_shown_beneficiary(const kt_wording *wording, const char *beneficiary,
                                         kt_arena *arena)
{
    const char *others = NULL;
    bool hidden = false;
    for (const char *at = beneficiary, *part; (part = next_part(&at, arena)) != NULL;) {
        if (trader_in(wording, part, arena)) {
            hidden = true;
        } else {
            others = others == NULL ? part : kt_arena_print(arena, "%s|%s", others, part);
        }
    }
    return hidden ? others : beneficiary;
}
