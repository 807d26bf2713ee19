/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <math.h>

#define ASK_LIMIT    1000
#define FILTER_LIMIT 20

void kt_config_column_check(kt_json place, const kt_schema *schema, const char *name, bool number)
{
    if (schema == NULL || name == NULL) {
        return;
    }
    const size_t at = kt_schema_column(schema, name);
    if (at == KT_NO_COLUMN) {
        kt_json_wrong(place, "%s has no column \"%s\"", schema->table, name);
    } else if (number && !kt_column_is_number(&schema->columns[at])) {
        kt_json_wrong(place, "%s of %s is no number", name, schema->table);
    }
}

static void read_figures(kt_json place, const kt_schema *schema, kt_series_ask *ask)
{
    ask->figure_count = kt_json_texts(place, &ask->figures);
    if (ask->figure_count == 0) {
        kt_json_wrong(place, "expected at least one column of figures");
    }
    for (size_t i = 0; i < ask->figure_count; i++) {
        kt_config_column_check(kt_json_element(place, i), schema, ask->figures[i], true);
    }
}

size_t kt_config_filters_read(kt_json place, const kt_schema *schema, kt_panel_filter **out)
{
    *out = NULL;
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return 0;
    }
    if (json_object_size(place.value) > FILTER_LIMIT) {
        kt_json_wrong(place, "expected at most %d columns", FILTER_LIMIT);
        return 0;
    }
    size_t count = 0;
    const char *name = NULL;
    json_t *value = NULL;
    *out = kt_arena_array(place.arena, kt_panel_filter, FILTER_LIMIT);
    json_object_foreach((json_t *)(uintptr_t)place.value, name, value)
    {
        const kt_json texts = kt_json_member(place, name);
        const char **list = NULL;
        kt_config_column_check(texts, schema, name, false);
        kt_panel_filter *filter = &(*out)[count++];
        filter->column = kt_arena_copy(place.arena, name);
        filter->count = kt_json_texts(texts, &list);
        if (filter->count == 0) {
            kt_json_wrong(texts, "expected at least one text");
        }
        filter->texts = list;
    }
    return count;
}

const kt_schema *kt_config_table_of(kt_json place, const kt_contract *contract, const char **name)
{
    *name = kt_json_text(place);
    const kt_schema *schema = *name == NULL ? NULL : kt_contract_find(contract, *name);
    if (*name != NULL && (schema == NULL || schema->time_period == KT_NO_COLUMN)) {
        kt_json_wrong(place, "\"%s\" is no table of the contract that has periods", *name);
    }
    return schema;
}

void kt_config_series_ask(kt_json place, const kt_contract *contract, kt_series_ask *ask)
{
    static const char *const keys[] = {"table", "figures", "where", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_schema *schema =
        kt_config_table_of(kt_json_member(place, "table"), contract, &ask->table);
    read_figures(kt_json_member(place, "figures"), schema, ask);
    ask->filter_count =
        kt_config_filters_read(kt_json_member(place, "where"), schema, &ask->filters);
}

void kt_config_breaks_read(kt_json place, kt_set_measure *out)
{
    const kt_json least = kt_json_member(place, "min_segment");
    kt_set_measure_read(place, kt_measure_find("break_intervals"), out);
    const double number = json_number_value(least.value);
    if (number >= 1.0 && number != floor(number)) {
        kt_json_wrong(least, "expected a share below 1 or a whole number of periods");
    }
}

void kt_config_series(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"series", "logarithms", "stl", "x13", "breaks", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL || config->contract == NULL) {
        return;
    }
    kt_series_settings *series = &config->series;
    kt_json_only(root, keys);
    const kt_json list = kt_json_member(root, "series");
    const size_t count = kt_json_count(list);
    if (count > ASK_LIMIT) {
        kt_json_wrong(list, "expected at most %d kinds of series", ASK_LIMIT);
        return;
    }
    series->asks = kt_arena_array(arena, kt_series_ask, count + 1);
    for (size_t i = 0; i < count; i++) {
        kt_config_series_ask(kt_json_element(list, i), config->contract,
                             &series->asks[series->ask_count++]);
    }
    series->logarithms = kt_json_bool_or(kt_json_member(root, "logarithms"), true);
    kt_set_measure_read(kt_json_member(root, "stl"), kt_measure_find("stl"), &series->adjust);
    kt_config_x13_read(kt_json_member(root, "x13"), &series->x13);
    kt_config_breaks_read(kt_json_member(root, "breaks"), &series->breaks);
}
