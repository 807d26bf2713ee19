/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/select_pxweb2.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

/* Reads what a call to PxWeb 2 asks for, out of its address or its body. */

static kt_asked *asked_of(kt_asking *asking, const char *variable)
{
    for (size_t i = 0; i < asking->count; i++) {
        if (strcasecmp(asking->variables[i].variable, variable) == 0) {
            return &asking->variables[i];
        }
    }
    if (asking->count == KT_ASKED_VARIABLES) {
        return NULL;
    }
    kt_asked *made = &asking->variables[asking->count++];
    *made = (kt_asked){.variable = variable};
    return made;
}

/* "valueCodes[Region]" gives "Region", for the word "valueCodes"; NULL if it is another argument.
 */
static const char *variable_in(const char *name, const char *word, kt_arena *arena)
{
    const size_t length = strlen(word);
    const size_t whole = strlen(name);
    if (strncasecmp(name, word, length) != 0 || name[length] != '[' || name[whole - 1] != ']') {
        return NULL;
    }
    return kt_arena_print(arena, "%.*s", (int)(whole - length - 2), name + length + 1);
}

/* The end of a value that begins here: the next comma outside of [ ]. */
static const char *end_of(const char *at)
{
    int depth = 0;
    while (*at != '\0' && (*at != ',' || depth > 0)) {
        depth += *at == '[' ? 1 : 0;
        depth -= *at == ']' ? 1 : 0;
        at++;
    }
    return at;
}

static void split_values(const char *text, kt_arena *arena, kt_asked *out)
{
    out->values = kt_arena_array(arena, const char *, strlen(text) + 1);
    for (const char *at = text; *at != '\0';) {
        const char *end = end_of(at);
        const bool wrapped = end - at >= 2 && *at == '[' && end[-1] == ']';
        const char *from = wrapped ? at + 1 : at;
        const char *to = wrapped ? end - 1 : end;
        if (to > from) {
            out->values[out->count++] = kt_arena_print(arena, "%.*s", (int)(to - from), from);
        }
        at = *end == ',' ? end + 1 : end;
    }
}

bool kt_asking_of_address(const kt_exchange *exchange, kt_arena *arena, kt_asking *out)
{
    *out = (kt_asking){.count = 0};
    for (size_t i = 0; i < exchange->argument_count; i++) {
        const kt_argument *argument = &exchange->arguments[i];
        const char *values = variable_in(argument->name, "valueCodes", arena);
        const char *list = variable_in(argument->name, "codelist", arena);
        const char *variable = values != NULL ? values : list;
        kt_asked *asked = variable == NULL ? NULL : asked_of(out, variable);
        if (variable != NULL && asked == NULL) {
            return false;
        }
        if (values != NULL) {
            split_values(argument->value, arena, asked);
        } else if (list != NULL) {
            asked->codelist = argument->value;
        }
    }
    return true;
}

/* The server behind PxWeb 2 takes the names of members in letters of any case. */
static const json_t *member_of(const json_t *object, const char *name)
{
    const char *key = NULL;
    json_t *value = NULL;
    json_t *open = (json_t *)(uintptr_t)object;
    json_object_foreach(open, key, value)
    {
        if (strcasecmp(key, name) == 0) {
            return value;
        }
    }
    return NULL;
}

static bool take_selection(const json_t *item, kt_arena *arena, kt_asking *out)
{
    const char *variable = json_string_value(member_of(item, "variableCode"));
    const char *list = json_string_value(member_of(item, "codelist"));
    const json_t *values = member_of(item, "valueCodes");
    kt_asked *asked = variable == NULL ? NULL : asked_of(out, kt_arena_copy(arena, variable));
    if (asked == NULL || (values != NULL && !json_is_array(values))) {
        return false;
    }
    asked->codelist = list == NULL ? NULL : kt_arena_copy(arena, list);
    asked->values = kt_arena_array(arena, const char *, json_array_size(values) + 1);
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *value = json_string_value(json_array_get(values, i));
        if (value == NULL) {
            return false;
        }
        asked->values[asked->count++] = kt_arena_copy(arena, value);
    }
    return true;
}

bool kt_asking_of_body(const char *body, kt_arena *arena, kt_asking *out)
{
    *out = (kt_asking){.count = 0};
    json_auto_t *root = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
    const json_t *items = member_of(root, "selection");
    if (!json_is_object(root) || (items != NULL && !json_is_array(items))) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        if (!take_selection(json_array_get(items, i), arena, out)) {
            return false;
        }
    }
    return true;
}
