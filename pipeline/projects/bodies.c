/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/bodies.h"

#include <stdlib.h>
#include <string.h>

#include "transform/project_bodies.h"

/* Register numbers by the name that goes with them: "" where a name has several. */
typedef struct number_list {
    kt_codes *keys;
    const char **numbers;
    size_t room;
} number_list;

/* One project says that a body is called so. */
typedef struct spelling {
    size_t body;
    const char *name;
    size_t times;
} spelling;

typedef struct making {
    const kt_project_study *study;
    kt_arena *arena;
    kt_project_bodies *named; /* of each project */
    number_list numbers;
    kt_codes *codes;
    spelling *spellings;
    size_t spelling_count, spelling_room;
} making;

/* The list's own number; of several bodies nobody knows whose it is. */
static const char *own_number(const making *m, size_t at)
{
    const char *number = m->study->at[at]->is.text[KT_PROJECT_BUSINESS_ID];
    return m->named[at].count == 1 && number != NULL && number[0] != '\0' ? number : NULL;
}

static void note_number(making *m, size_t at)
{
    const char *number = own_number(m, at);
    if (number == NULL || m->named[at].at[0].trader) {
        return;
    }
    number_list *of = &m->numbers;
    const char *key = m->named[at].at[0].key;
    const size_t found = kt_codes_find(of->keys, key);
    if (found == KT_NO_CODE) {
        of->numbers = kt_arena_grow(m->arena, of->numbers, kt_codes_count(of->keys), &of->room,
                                    sizeof *of->numbers);
        of->numbers[kt_codes_add(of->keys, key, NULL)] = number;
    } else if (of->numbers != NULL && strcmp(of->numbers[found], number) != 0) {
        of->numbers[found] = "";
    }
}

static const char *number_of(const making *m, size_t at, const kt_project_body *body)
{
    const char *own = own_number(m, at);
    const number_list *of = &m->numbers;
    const size_t found = kt_codes_find(of->keys, body->key);
    if (own != NULL || found == KT_NO_CODE || of->numbers == NULL) {
        return own;
    }
    return of->numbers[found][0] == '\0' ? NULL : of->numbers[found];
}

static size_t body_at(making *m, size_t at, const kt_project_body *body)
{
    if (body->trader) {
        return kt_codes_intern(m->codes, KT_BODY_TRADER);
    }
    const char *number = number_of(m, at, body);
    const size_t code = kt_codes_intern(m->codes, number != NULL ? number : body->key);
    m->spellings = kt_arena_grow(m->arena, m->spellings, m->spelling_count, &m->spelling_room,
                                 sizeof *m->spellings);
    m->spellings[m->spelling_count++] = (spelling){code, body->name, 1};
    return code;
}

/* The first that a list names is paid; the others are its partners. */
static void make_actors(making *m, size_t at, kt_bodies *out)
{
    const kt_project_bodies *named = &m->named[at];
    const kt_project_related *related = &m->study->related[at];
    const bool led = related->relation == KT_RELATION_JOINT && related->parent != KT_NO_PROJECT;
    kt_actor *actors = kt_arena_array(m->arena, kt_actor, named->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < named->count; i++) {
        const size_t body = body_at(m, at, &named->at[i]);
        bool there = false;
        for (size_t j = 0; j < count; j++) {
            there = there || actors[j].body == body;
        }
        if (!there) {
            actors[count] = (kt_actor){body, led || count > 0, count == 0};
            count++;
        }
    }
    if (count == 0) {
        actors[count++] = (kt_actor){kt_codes_intern(m->codes, KT_BODY_UNKNOWN), led, true};
    }
    out->actors[at] = actors;
    out->actor_counts[at] = count;
}

static int by_name(const void *a, const void *b)
{
    const spelling *x = a, *y = b;
    if (x->body != y->body) {
        return x->body < y->body ? -1 : 1;
    }
    return strcmp(x->name, y->name);
}

static bool is_better(const spelling *a, const char *name, size_t times)
{
    if (a->times != times) {
        return a->times > times;
    }
    return strlen(a->name) < strlen(name); /* of equal ones the first bytewise stays */
}

static void choose_names(making *m, kt_bodies *out)
{
    const size_t count = kt_codes_count(m->codes);
    size_t *times = kt_arena_array(m->arena, size_t, count + 1);
    out->names = kt_arena_array(m->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        out->names[i] = "";
    }
    if (m->spelling_count > 1) {
        qsort(m->spellings, m->spelling_count, sizeof *m->spellings, by_name);
    }
    for (size_t i = 0, next; i < m->spelling_count; i = next) {
        spelling one = m->spellings[i];
        for (next = i + 1; next < m->spelling_count && by_name(&one, &m->spellings[next]) == 0;
             next++) {
            one.times++;
        }
        if (times[one.body] == 0 || is_better(&one, out->names[one.body], times[one.body])) {
            out->names[one.body] = one.name;
            times[one.body] = one.times;
        }
    }
}

static void note_id(const making *m, size_t at, const kt_project_body *body, kt_bodies *out)
{
    const char *number = body->trader ? NULL : number_of(m, at, body);
    if (number != NULL) {
        out->business_ids[kt_codes_find(m->codes, number)] = number;
    }
}

static void note_ids(const making *m, kt_bodies *out)
{
    out->business_ids = kt_arena_array(m->arena, const char *, kt_codes_count(m->codes) + 1);
    for (size_t i = 0; i < m->study->count; i++) {
        for (size_t j = 0; j < m->named[i].count; j++) {
            note_id(m, i, &m->named[i].at[j], out);
        }
    }
}

kt_bodies kt_bodies_make(const kt_project_study *study, const kt_wording *wording, kt_arena *arena)
{
    making m = {.study = study,
                .arena = arena,
                .named = kt_arena_array(arena, kt_project_bodies, study->count + 1),
                .numbers = {.keys = kt_codes_new(arena)},
                .codes = kt_codes_new(arena)};
    kt_bodies out = {.codes = m.codes,
                     .actors = kt_arena_array(arena, const kt_actor *, study->count + 1),
                     .actor_counts = kt_arena_array(arena, size_t, study->count + 1)};
    for (size_t i = 0; i < study->count; i++) {
        m.named[i] =
            kt_project_bodies_of(wording, study->at[i]->is.text[KT_PROJECT_BENEFICIARY], arena);
        note_number(&m, i);
    }
    for (size_t i = 0; i < study->count; i++) {
        make_actors(&m, i, &out);
    }
    choose_names(&m, &out);
    note_ids(&m, &out);
    out.keys = m.numbers.keys;
    out.numbers = m.numbers.numbers;
    return out;
}

kt_named_body kt_body_named(const kt_bodies *bodies, const kt_wording *wording, const char *name,
                            kt_arena *arena)
{
    const kt_project_bodies found = kt_project_bodies_of(wording, name, arena);
    if (found.count == 0) {
        return (kt_named_body){KT_BODY_UNKNOWN, ""};
    }
    const kt_project_body *first = &found.at[0];
    const size_t at = kt_codes_find(bodies->keys, first->key);
    if (first->trader) {
        return (kt_named_body){KT_BODY_TRADER, ""};
    }
    const bool numbered = at != KT_NO_CODE && bodies->numbers[at][0] != '\0';
    return (kt_named_body){numbered ? bodies->numbers[at] : first->key, first->name};
}
