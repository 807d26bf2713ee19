/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/text.h"
#include "reading.h"

/* Several rows that are one project: partners or places. */

static bool is_collected(const kt_project_format *format, kt_project_text field)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const kt_project_column *column = &format->columns[i];
        const bool location =
            column->holds == KT_LIST_HOLDS_LOCATION &&
            (field == KT_PROJECT_LOCATION_CODE || field == KT_PROJECT_LOCATION_NAME);
        if (column->collected &&
            (location || (column->holds == KT_LIST_HOLDS_TEXT && column->text == field))) {
            return true;
        }
    }
    return false;
}

/* A code and a name that belong together, as lists joined by '|'. */
typedef struct pair {
    const char *a, *b;
} pair;

static size_t part_length(const char *text)
{
    return strcspn(text, "|");
}

static const char *next_part(const char *text)
{
    const size_t length = part_length(text);
    return text + length + (text[length] == '|');
}

static bool same_part(const char *a, const char *b)
{
    return part_length(a) == part_length(b) && memcmp(a, b, part_length(a)) == 0;
}

/* True if one part of all is this one. */
static bool holds_part(pair all, pair part)
{
    for (;;) {
        if (same_part(all.a, part.a) && same_part(all.b, part.b)) {
            return true;
        }
        if (*all.a == '\0' && *all.b == '\0') {
            return false;
        }
        all = (pair){next_part(all.a), next_part(all.b)};
    }
}

static pair add_part(pair all, pair part, kt_arena *arena)
{
    return (pair){
        kt_arena_print(arena, "%s|%.*s", all.a, (int)part_length(part.a), part.a),
        kt_arena_print(arena, "%s|%.*s", all.b, (int)part_length(part.b), part.b),
    };
}

/* The same field twice for what has no second one. */
static void collect(kt_project *project, const kt_project *row, kt_project_text a,
                    kt_project_text b, kt_arena *arena)
{
    const char **text = project->text;
    if (row->text[a] == NULL && row->text[b] == NULL) {
        return;
    }
    pair more = {row->text[a] == NULL ? "" : row->text[a],
                 row->text[b] == NULL ? "" : row->text[b]};
    if (text[a] == NULL && text[b] == NULL) {
        text[a] = row->text[a];
        text[b] = row->text[b];
        return;
    }
    pair all = {text[a] == NULL ? "" : text[a], text[b] == NULL ? "" : text[b]};
    for (; *more.a != '\0' || *more.b != '\0';
         more = (pair){next_part(more.a), next_part(more.b)}) {
        if (!holds_part(all, more)) {
            all = add_part(all, more, arena);
        }
    }
    text[a] = strspn(all.a, "|") == strlen(all.a) ? NULL : all.a;
    text[b] = strspn(all.b, "|") == strlen(all.b) ? NULL : all.b;
}

static kt_project_text partner_of(kt_project_text field)
{
    static const kt_project_text partners[][2] = {
        {KT_PROJECT_LOCATION_CODE, KT_PROJECT_LOCATION_NAME},
        {KT_PROJECT_PLACE_POSTCODE, KT_PROJECT_PLACE_NAME},
        {KT_PROJECT_SEAT_POSTCODE, KT_PROJECT_SEAT_NAME},
    };
    for (size_t i = 0; i < sizeof partners / sizeof partners[0]; i++) {
        if (partners[i][0] == field || partners[i][1] == field) {
            return partners[i][partners[i][0] == field];
        }
    }
    return field;
}

/* Takes the number if the project has none; false if it has another. */
static bool join_number(int64_t *number, int64_t other, int64_t none)
{
    if (*number == none) {
        *number = other;
    }
    return other == none || *number == other;
}

static bool join_numbers(kt_project *project, const kt_project *row, const char **column)
{
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        *column = kt_project_sum_name((kt_project_sum)i);
        if (!join_number(&project->sum[i], row->sum[i], KT_NO_MONEY)) {
            return false;
        }
    }
    *column = "start";
    if (!join_number(&project->start_day, row->start_day, KT_NO_DAY)) {
        return false;
    }
    *column = "end";
    return join_number(&project->end_day, row->end_day, KT_NO_DAY);
}

bool kt_list_join(const kt_project_format *format, kt_project *project, const kt_project *row,
                  kt_arena *arena, const char **column)
{
    kt_project joined = *project;
    if (!join_numbers(&joined, row, column)) {
        return false;
    }
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        const kt_project_text field = (kt_project_text)i;
        const kt_project_text partner = partner_of(field);
        const bool collected = is_collected(format, field) || is_collected(format, partner);
        if (collected && field <= partner) {
            collect(&joined, row, field, partner, arena);
        } else if (!collected && joined.text[i] == NULL) {
            joined.text[i] = row->text[i];
        } else if (!collected && row->text[i] != NULL &&
                   !kt_text_same(joined.text[i], row->text[i])) {
            *column = kt_project_text_name(field);
            return false;
        }
    }
    *project = joined;
    return true;
}
