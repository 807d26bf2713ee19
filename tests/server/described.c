/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/described.h"

#include <stdlib.h>
#include <string.h>

#include "core/instant.h"
#include "core/json.h"
#include "server/shape.h"

#define VALUES_MOST 10000

/* The period so many after the first, written as the first is: its year, what is between, a number.
 */
static const char *later_period(const char *first, size_t steps, kt_arena *arena)
{
    const size_t length = strlen(first);
    const size_t digits = strpbrk(first, "QK") != NULL ? 1 : 2;
    const size_t a_year = digits == 1 ? 4 : 12;
    const unsigned long year = strtoul(first, NULL, 10);
    if (length <= 4) {
        return kt_arena_print(arena, "%lu", year + steps);
    }
    const size_t at = strtoul(first + length - digits, NULL, 10) - 1 + steps;
    const int between = (int)(length - digits - 4);
    return kt_arena_print(arena, "%lu%.*s%0*zu", year + at / a_year, between, first + 4,
                          (int)digits, at % a_year + 1);
}

static void read_values(kt_json place, kt_served_variable *v)
{
    const char **values = NULL;
    const kt_json first = kt_json_member(place, "first");
    if (kt_json_absent(first)) {
        v->count = kt_json_texts(kt_json_member(place, "values"), &values);
    } else {
        const char *from = kt_json_text(first);
        v->count = (size_t)kt_json_whole(kt_json_member(place, "count"), 1, VALUES_MOST);
        values = kt_arena_array(place.arena, const char *, v->count);
        for (size_t i = 0; i < v->count && from != NULL; i++) {
            values[i] = later_period(from, i, place.arena);
        }
    }
    v->values = values;
    if (v->count == 0) {
        kt_json_wrong(place, "no values");
    }
}

static const char *const *read_labels(kt_json place, size_t count)
{
    const char **labels = NULL;
    const kt_json list = kt_json_member(place, "labels");
    if (kt_json_absent(list)) {
        return NULL;
    }
    if (kt_json_texts(list, &labels) != count) {
        kt_json_wrong(list, "expected %zu", count);
        return NULL;
    }
    return labels;
}

static const double *read_weights(kt_json place, size_t count)
{
    if (kt_json_absent(place)) {
        return NULL;
    }
    if (kt_json_count(place) != count) {
        kt_json_wrong(place, "expected %zu", count);
        return NULL;
    }
    double *weights = kt_arena_array(place.arena, double, count);
    for (size_t i = 0; i < count; i++) {
        weights[i] = kt_json_number(kt_json_element(place, i), 0.0, 1e9);
    }
    return weights;
}

static const char *const *read_members(kt_json place, const char *itself,
                                       const kt_served_variable *v)
{
    const char **listed = NULL;
    const size_t count = kt_json_texts(place, &listed);
    const char **members = kt_arena_array(place.arena, const char *, count + 2);
    members[0] = itself;
    if (count > 0) {
        memcpy(members, listed, count * sizeof *members);
    }
    for (size_t i = 0; members[i] != NULL; i++) {
        if (kt_served_value_find(v, members[i]) == v->count) {
            kt_json_wrong(place, "%s has no value %s", v->code, members[i]);
        }
    }
    return members;
}

static void read_codelist(kt_json place, const kt_served_variable *v, kt_served_codelist *out)
{
    const char **values = NULL;
    out->id = kt_json_text(kt_json_member(place, "id"));
    out->label = kt_json_text(kt_json_member(place, "label"));
    out->count = kt_json_texts(kt_json_member(place, "values"), &values);
    out->values = values;
    out->labels = read_labels(place, out->count);
    const char *const **members = kt_arena_array(place.arena, const char *const *, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const kt_json list = kt_json_element(kt_json_member(place, "members"), i);
        members[i] = read_members(list, values[i], v);
    }
    out->members = members;
}

static void read_variable(kt_json place, kt_served_variable *v)
{
    static const char *const keys[] = {"code",  "text",   "is",        "values",  "first", "count",
                                       "total", "labels", "codelists", "weights", NULL};
    kt_json_only(place, keys);
    v->code = kt_json_text(kt_json_member(place, "code"));
    v->text = kt_json_text_or(kt_json_member(place, "text"), v->code);
    const char *is = kt_json_text_or(kt_json_member(place, "is"), "");
    v->is_time = strcmp(is, "time") == 0;
    v->is_contents = strcmp(is, "contents") == 0;
    v->is_geo = strcmp(is, "geo") == 0;
    read_values(place, v);
    v->labels = read_labels(place, v->count);
    v->weights = read_weights(kt_json_member(place, "weights"), v->count);
    v->total = kt_json_text_or(kt_json_member(place, "total"), NULL);
    if (v->total != NULL && kt_served_value_find(v, v->total) == v->count) {
        kt_json_wrong(place, "total: no value %s", v->total);
    }
    const kt_json lists = kt_json_member(place, "codelists");
    v->codelist_count = kt_json_absent(lists) ? 0 : kt_json_count(lists);
    kt_served_codelist *made = kt_arena_array(place.arena, kt_served_codelist, v->codelist_count);
    for (size_t i = 0; i < v->codelist_count; i++) {
        read_codelist(kt_json_element(lists, i), v, &made[i]);
    }
    v->codelists = made;
}

static void read_variables(kt_json place, kt_served_table *table)
{
    const size_t count = kt_json_count(place);
    if (count > KT_SERVED_VARIABLES) {
        kt_json_wrong(place, "more than %d", KT_SERVED_VARIABLES);
        return;
    }
    table->variable_count = count;
    for (size_t i = 0; i < count; i++) {
        read_variable(kt_json_element(place, i), &table->variables[i]);
    }
}

static void read_figure(kt_json place, kt_served_table *table, size_t cell)
{
    if (!json_is_string(place.value)) {
        table->values[cell] = kt_json_number(place, -1e15, 1e15);
        return;
    }
    const char *symbol = json_string_value(place.value);
    table->symbols[cell] = KT_SYMBOL_MISSING;
    for (unsigned i = 1; i < KT_SYMBOLS; i++) {
        if (strcmp(symbol, kt_symbol_text((uint8_t)i)) == 0) {
            table->symbols[cell] = (uint8_t)i;
        }
    }
}

static void figure_out(kt_served_table *table)
{
    bool weighed = false;
    for (size_t i = 0; i < table->variable_count; i++) {
        weighed = weighed || table->variables[i].weights != NULL;
    }
    for (size_t cell = 0; cell < table->cells; cell++) {
        const char *codes[KT_SERVED_VARIABLES];
        double product = 1.0;
        size_t rest = cell;
        for (size_t i = table->variable_count; i-- > 0;) {
            const kt_served_variable *v = &table->variables[i];
            codes[i] = v->values[rest % v->count];
            product *= v->weights == NULL ? 1.0 : v->weights[rest % v->count];
            rest /= v->count;
        }
        table->values[cell] = weighed ? product : kt_test_figure(codes, table->variable_count);
    }
}

static void read_figures(kt_json place, kt_served_table *table)
{
    if (kt_json_absent(place)) {
        figure_out(table);
        return;
    }
    if (kt_json_count(place) != table->cells) {
        kt_json_wrong(place, "%zu figures, expected %zu", kt_json_count(place), table->cells);
        return;
    }
    for (size_t i = 0; i < table->cells; i++) {
        read_figure(kt_json_element(place, i), table, i);
    }
}

static void read_flags(kt_json place, kt_served_table *table)
{
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    table->flags = kt_arena_array(place.arena, char, table->cells);
    json_t *flags = json_incref((json_t *)(uintptr_t)place.value);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(flags, key, value)
    {
        const size_t cell = strtoul(key, NULL, 10);
        if (cell < table->cells && json_string_length(value) == 1) {
            table->flags[cell] = json_string_value(value)[0];
        } else {
            kt_json_wrong(place, "%s: expected a cell and a letter", key);
        }
    }
    json_decref(flags);
}

static void read_head(kt_json root, kt_served_table *table)
{
    static const char *const keys[] = {"id",           "subject",   "title",   "source", "updated",
                                       "discontinued", "variables", "figures", "flags",  NULL};
    kt_json_only(root, keys);
    table->id = kt_json_text(kt_json_member(root, "id"));
    table->subject = kt_json_text_or(kt_json_member(root, "subject"), "");
    table->title = kt_json_text(kt_json_member(root, "title"));
    table->source = kt_json_text_or(kt_json_member(root, "source"), "nobody");
    table->discontinued = kt_json_bool_or(kt_json_member(root, "discontinued"), false);
    const kt_json updated = kt_json_member(root, "updated");
    const char *when = kt_json_text(updated);
    kt_instant instant = 0;
    if (when != NULL && !kt_instant_read(when, false, &instant)) {
        kt_json_wrong(updated, "expected a moment");
    }
    table->updated = (time_t)instant;
    read_variables(kt_json_member(root, "variables"), table);
}

kt_served_table *kt_served_table_load(const char *path, kt_arena *arena, kt_problems *problems)
{
    json_auto_t *document = NULL;
    kt_json root;
    const size_t before = kt_problems_count(problems);
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return NULL;
    }
    kt_served_table *table = kt_arena_new(arena, kt_served_table);
    read_head(root, table);
    if (kt_problems_count(problems) > before) {
        return NULL;
    }
    kt_served_table_complete(table, arena);
    read_figures(kt_json_member(root, "figures"), table);
    read_flags(kt_json_member(root, "flags"), table);
    return kt_problems_count(problems) > before ? NULL : table;
}
