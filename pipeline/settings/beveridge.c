/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/number.h"

#define ASK_LIMIT 100

static const char *const figure_names[KT_CURVE_FIGURES] = {"unemployed", "vacancies",
                                                           "labour_force"};

static kt_rate_definition read_definition(kt_json place)
{
    const char *word = kt_json_text(place);
    for (int i = 0; word != NULL && i < KT_RATE_OCCUPIED; i++) {
        if (strcmp(kt_rate_name((kt_rate_definition)i), word) == 0) {
            return (kt_rate_definition)i;
        }
    }
    if (word != NULL) {
        kt_json_wrong(place, "expected %s or %s, found \"%s\"", kt_rate_name(KT_RATE_EMPLOYED),
                      kt_rate_name(KT_RATE_LABOUR_FORCE), word);
    }
    return KT_RATE_EMPLOYED;
}

/* Figures that are rows are told apart by their indicator. */
static void check_indicator(kt_json place, const kt_schema *schema)
{
    bool found = schema == NULL;
    for (size_t i = 0; !found && i < schema->key_count; i++) {
        found = strcmp(schema->columns[schema->key[i]].name, "indicator") == 0;
    }
    if (!found) {
        kt_json_wrong(place, "%s has no rows by indicator: name the columns of the figures",
                      schema->table);
    }
}

static void read_ask(kt_json place, const kt_contract *contract, kt_curve_ask *ask)
{
    static const char *const keys[] = {
        "table",         "source",       "column", "unemployed",
        "vacancies",     "labour_force", "where",  "vacancy_rate_definition",
        "reference_day", "level",        NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json column = kt_json_member(place, "column");
    const kt_schema *schema =
        kt_config_table_of(kt_json_member(place, "table"), contract, &ask->table);
    ask->source = kt_json_text_or(kt_json_member(place, "source"), NULL);
    ask->column = kt_json_text_or(column, NULL);
    if (ask->column != NULL) {
        kt_config_column_check(column, schema, ask->column, true);
        check_indicator(column, schema);
    }
    for (int i = 0; i < KT_CURVE_FIGURES; i++) {
        const kt_json figure = kt_json_member(place, figure_names[i]);
        ask->of[i] = kt_json_text_or(figure, figure_names[i]);
        if (ask->column == NULL) {
            kt_config_column_check(figure, schema, ask->of[i], true);
        }
    }
    ask->filter_count =
        kt_config_filters_read(kt_json_member(place, "where"), schema, &ask->filters);
    ask->definition = read_definition(kt_json_member(place, "vacancy_rate_definition"));
    ask->reference_day = kt_json_text(kt_json_member(place, "reference_day"));
    ask->level = kt_json_bool(kt_json_member(place, "level"));
}

static kt_parameter_band read_band(kt_json place, double least, double most)
{
    if (kt_json_count(place) != 2) {
        kt_json_wrong(place, "expected two numbers, the lower one first");
        return (kt_parameter_band){0};
    }
    const kt_parameter_band band = {kt_json_number(kt_json_element(place, 0), least, most),
                                    kt_json_number(kt_json_element(place, 1), least, most)};
    if (band.low > band.high) {
        kt_json_wrong(place, "expected the lower number first");
    }
    return band;
}

static const char *write_band(const char *name, kt_parameter_band band, kt_arena *arena)
{
    char low[KT_NUMBER_SIZE], high[KT_NUMBER_SIZE];
    (void)kt_number_write(band.low, low);
    (void)kt_number_write(band.high, high);
    return kt_arena_print(arena, "%s=%s..%s", name, low, high);
}

static void read_bands(kt_json root, kt_beveridge_settings *out)
{
    out->elasticity = read_band(kt_json_member(root, "elasticity"), 1e-3, 100.0);
    out->recruiting_cost = read_band(kt_json_member(root, "recruiting_cost"), 1e-3, 1e3);
    out->nonwork_value = read_band(kt_json_member(root, "nonwork_value"), -100.0, 0.999);
    out->band = kt_arena_print(root.arena, "band=sufficient %s %s %s",
                               write_band("elasticity", out->elasticity, root.arena),
                               write_band("recruiting_cost", out->recruiting_cost, root.arena),
                               write_band("nonwork_value", out->nonwork_value, root.arena));
}

void kt_config_beveridge(const char *path, kt_config *config, kt_arena *arena,
                         kt_problems *problems)
{
    static const char *const keys[] = {"curves",     "base_year",       "efficient_unemployment",
                                       "elasticity", "recruiting_cost", "nonwork_value",
                                       "breaks",     "beveridge",       NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL || config->contract == NULL) {
        return;
    }
    kt_beveridge_settings *out = &config->beveridge;
    kt_json_only(root, keys);
    const kt_json list = kt_json_member(root, "curves");
    const size_t count = kt_json_count(list);
    if (count > ASK_LIMIT) {
        kt_json_wrong(list, "expected at most %d kinds of curves", ASK_LIMIT);
        return;
    }
    out->asks = kt_arena_array(arena, kt_curve_ask, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_ask(kt_json_element(list, i), config->contract, &out->asks[out->ask_count++]);
    }
    out->base_year = (int)kt_json_whole(kt_json_member(root, "base_year"), 1900, 2999);
    read_bands(root, out);
    kt_set_measure_read(kt_json_member(root, "efficient_unemployment"),
                        kt_measure_find("efficient_unemployment"), &out->efficient);
    kt_config_breaks_read(kt_json_member(root, "breaks"), &out->breaks);
    const kt_json curve = kt_json_member(root, "beveridge");
    kt_set_measure_read(curve, kt_measure_find("beveridge"), &out->curve);
    if (!kt_json_absent(kt_json_member(curve, "breaks"))) {
        kt_json_wrong(kt_json_member(curve, "breaks"), "breaks are those that are found");
    }
}
