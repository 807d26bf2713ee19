/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_CORE_ROLES_WORDS_H
#define KT_TESTS_CORE_ROLES_WORDS_H

#include "core/roles.h"
#include "core/support.h"
#include "core/text.h"

/* A table is written as one text: "code|label|marks|v1 v2=label v3;..." with the marks t, m and e;
 * '_' in a label is a blank. */
static inline char *next_piece(char **at, const char *ends)
{
    char *piece = *at;
    const size_t length = strcspn(piece, ends);
    *at = piece + length + (piece[length] == '\0' ? 0 : 1);
    piece[length] = '\0';
    return piece;
}

/* "Kaikki_yhteensä" */
static inline void spaces_for_underscores(char *name)
{
    for (char *mark = name; mark != NULL && *mark != '\0'; mark++) {
        if (*mark == '_') {
            *mark = ' ';
        }
    }
}

static inline kt_dimension dimension_of(kt_arena *arena, char *words)
{
    kt_dimension dimension = {.id = next_piece(&words, "|"), .codes = kt_codes_new(arena)};
    dimension.label = next_piece(&words, "|");
    const char *marks = next_piece(&words, "|");
    dimension.is_time = strchr(marks, 't') != NULL;
    dimension.is_metric = strchr(marks, 'm') != NULL;
    dimension.can_be_left_out = strchr(marks, 'e') != NULL;
    while (*words != '\0') {
        char *code = next_piece(&words, " ");
        spaces_for_underscores(strchr(code, '='));
        const char *name = next_piece(&code, "="); /* "SSS=Yhteensä" */
        (void)kt_codes_add(dimension.codes, name, *code == '\0' ? NULL : code);
    }
    return dimension;
}

static inline kt_envelope *table_of(kt_arena *arena, const char *words)
{
    kt_envelope *envelope = kt_arena_new(arena, kt_envelope);
    envelope->dimensions = kt_arena_array(arena, kt_dimension, 8);
    char *at = kt_arena_copy(arena, words);
    while (*at != '\0') {
        envelope->dimensions[envelope->dimension_count++] =
            dimension_of(arena, next_piece(&at, ";"));
    }
    return envelope;
}

static inline kt_source *source_of(void *state, const char *name)
{
    const bench *made = state;
    kt_problems *problems = kt_problems_new(made->arena);
    kt_source *source =
        kt_source_load(kt_arena_print(made->arena, "%s/config/sources/%s.json", KT_ROOT, name),
                       made->arena, problems);
    assert_non_null(source);
    return source;
}

/* "region=Alue[SSS MK01] period=..." of what was resolved. */
static inline char *words_of(kt_arena *arena, const kt_resolved *resolved)
{
    char *words = kt_arena_copy(arena, "");
    for (size_t i = 0; i < resolved->variable_count; i++) {
        const kt_resolved_variable *variable = &resolved->variables[i];
        words = kt_arena_print(arena, "%s%s%s=%s[", words, i == 0 ? "" : " ",
                               kt_role_name(variable->role), variable->code);
        for (size_t j = 0; j < variable->wanted_count; j++) {
            words = kt_arena_print(arena, "%s%s%s", words, j == 0 ? "" : " ", variable->wanted[j]);
        }
        words = kt_arena_print(arena, "%s]", words);
    }
    return words;
}

#define AREAS    "Alue|Alue|e|SSS MK01 MK21 MKJO MK91 KU091 ELY01;"
#define JOBS     "Ammattiryhmä|Ammattiryhmä||SSS 2512 X211;"
#define TIME     "timeperiod_m|Kuukausi|t|2026M05 2026M06;"
#define CONTENTS "contentscode|Tiedot||TYOTTOMATLOPUSSA AVPAIKATLOPUSSA TYOVOIMATK MUUT;"

#define REGIONS_12TI "SSS MK01 MK21 MKJO MK91"
#define REST                                                                         \
    " occupation=Ammattiryhmä[SSS 2512 X211] period=timeperiod_m[2026M05 2026M06] " \
    "measure=contentscode[TYOTTOMATLOPUSSA AVPAIKATLOPUSSA]"

typedef struct role_case {
    const char *source, *table;
    bool whole;
    const char *words;
} role_case;

static inline void check_resolved(void *state, const role_case *cases, size_t count)
{
    const bench *made = state;
    for (size_t i = 0; i < count; i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        const kt_status status = kt_roles_resolve(source_of(state, cases[i].source),
                                                  table_of(made->arena, cases[i].table),
                                                  cases[i].whole, made->arena, &resolved, &error);
        assert_string_equal(error.message, "");
        assert_int_equal(status, KT_OK);
        assert_string_equal(words_of(made->arena, resolved), cases[i].words);
    }
}

static inline void check_refused(void *state, const role_case *cases, size_t count)
{
    const bench *made = state;
    for (size_t i = 0; i < count; i++) {
        kt_resolved *resolved = NULL;
        kt_error error = {0};
        assert_int_equal(kt_roles_resolve(source_of(state, cases[i].source),
                                          table_of(made->arena, cases[i].table), cases[i].whole,
                                          made->arena, &resolved, &error),
                         KT_ERR_FORMAT);
        assert_says(&error, cases[i].words);
        assert_null(resolved);
    }
}

#endif
