/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "format_parts.h"

const char *const kt_format_periods[] = {"2007-2013", "2014-2020", "2021-2027", NULL};

static const char *const shapes[] = {"one", "joined", "digit", "date", "money", NULL};

/* What a column holds beside texts and money; in the order of kt_project_holds. */
static const char *const holds[] = {"nothing", NULL,       NULL,     "start",   "end",
                                    "status",  "location", "period", "currency"};

static bool find_holds(const char *field, kt_project_column *column)
{
    if (kt_project_text_find(field, &column->text)) {
        column->holds = KT_LIST_HOLDS_TEXT;
        return true;
    }
    if (kt_project_sum_find(field, &column->sum)) {
        column->holds = KT_LIST_HOLDS_SUM;
        return true;
    }
    for (size_t i = 0; i < sizeof holds / sizeof holds[0]; i++) {
        if (kt_text_same(field, holds[i])) {
            column->holds = (kt_project_holds)i;
            return true;
        }
    }
    return false;
}

static void read_names(kt_json place, kt_project_column *column)
{
    if (json_is_array(place.value)) {
        column->name_count = kt_json_texts(place, &column->names);
        if (column->name_count == 0) {
            kt_json_wrong(place, "expected at least one name of the column");
        }
        return;
    }
    const char *name = kt_json_text(place);
    column->names = kt_arena_array(place.arena, const char *, 1);
    column->names[0] = name;
    column->name_count = name != NULL;
}

/* Words of states and periods are translated to ours alone. */
static void read_column_words(kt_json place, kt_project_column *column)
{
    static const char *const statuses[] = {"unknown", "planned",     "running",
                                           "ended",   "interrupted", NULL};
    column->word_count = kt_format_pairs(place, &column->words);
    for (size_t i = 0; i < column->word_count; i++) {
        const kt_json word = kt_json_member(place, column->words[i].theirs);
        if (column->holds == KT_LIST_HOLDS_STATUS) {
            (void)kt_format_word(word, column->words[i].ours, statuses);
        } else if (column->holds == KT_LIST_HOLDS_PERIOD) {
            (void)kt_format_word(word, column->words[i].ours, kt_format_periods);
        }
    }
    if (column->word_count > 0 && column->holds != KT_LIST_HOLDS_STATUS &&
        column->holds != KT_LIST_HOLDS_PERIOD && column->holds != KT_LIST_HOLDS_TEXT) {
        kt_json_wrong(place, "only texts, states and periods have words");
    }
}

static kt_project_column read_column(kt_json place)
{
    static const char *const keys[] = {"column",   "field",     "shape", "words",
                                       "required", "collected", NULL};
    kt_json_only(place, keys);
    kt_project_column column = {0};
    const kt_json field = kt_json_member(place, "field");
    const char *name = kt_json_text(field);
    read_names(kt_json_member(place, "column"), &column);
    if (name != NULL && !find_holds(name, &column)) {
        kt_json_wrong(field,
                      "expected a field of a project, start, end, status, location, period, "
                      "currency or nothing, found \"%.40s\"",
                      name);
    }
    const kt_json shape = kt_json_member(place, "shape");
    column.shape = (kt_project_shape)kt_format_word(shape, kt_json_text_or(shape, "one"), shapes);
    column.required = kt_json_bool_or(kt_json_member(place, "required"), false);
    column.collected = kt_json_bool_or(kt_json_member(place, "collected"), false);
    read_column_words(kt_json_member(place, "words"), &column);
    if (column.collected && column.holds != KT_LIST_HOLDS_TEXT &&
        column.holds != KT_LIST_HOLDS_LOCATION) {
        kt_json_wrong(kt_json_member(place, "collected"), "only texts and locations are collected");
    }
    return column;
}

static bool has_name(const kt_project_column *column, const char *name)
{
    for (size_t i = 0; i < column->name_count; i++) {
        if (kt_text_same(column->names[i], name)) {
            return true;
        }
    }
    return false;
}

static bool is_taken(const kt_project_format *format, const char *name)
{
    for (size_t i = 0; i < format->column_count; i++) {
        if (has_name(&format->columns[i], name)) {
            return true;
        }
    }
    return false;
}

static void check_names(kt_json place, const kt_project_format *format,
                        const kt_project_column *column)
{
    for (size_t i = 0; i < column->name_count; i++) {
        if (is_taken(format, column->names[i])) {
            kt_json_wrong(place, "a second column %.64s", column->names[i]);
        }
    }
}

static void check_code(kt_json place, const kt_project_format *format)
{
    for (size_t i = 0; i < format->column_count; i++) {
        const kt_project_column *column = &format->columns[i];
        if (column->holds == KT_LIST_HOLDS_TEXT && column->text == KT_PROJECT_PROJECT_CODE &&
            column->required) {
            return;
        }
    }
    kt_json_wrong(place, "expected a required column with the field project_code");
}

/* Each part of a row between two anchors can lose its commas in one column alone. */
static void check_shapes(kt_json place, const kt_project_format *format)
{
    size_t shape[KT_SHAPE_COUNT] = {0};
    size_t joined = 0;
    bool fits = true;
    for (size_t i = 0; i < format->column_count; i++) {
        const kt_project_shape is = format->columns[i].shape;
        shape[is]++;
        joined = is == KT_SHAPE_JOINED ? joined + 1 : is == KT_SHAPE_ONE ? joined : 0;
        fits &= joined <= 1;
    }
    if (!fits || shape[KT_SHAPE_DIGIT] > 1 || shape[KT_SHAPE_DATE] != 2 ||
        shape[KT_SHAPE_MONEY] == 0) {
        kt_json_wrong(place, "of a list without quotes expected two columns of the shape date, at "
                             "most one digit, money at the end, and one joined between any two");
    }
}

void kt_format_columns(kt_json place, kt_project_format *format)
{
    const size_t count = kt_json_count(place);
    format->columns = kt_arena_array(place.arena, kt_project_column, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json element = kt_json_element(place, i);
        if (kt_json_object(element)) {
            const kt_project_column column = read_column(element);
            check_names(element, format, &column);
            format->columns[format->column_count++] = column;
        }
    }
    check_code(place, format);
    if (format->containers[KT_LIST_CSV_UNQUOTED]) {
        check_shapes(place, format);
    }
}
