/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/text.h"

#define LEVEL_LIMIT 100

static bool is_among(const char *const *words, const char *word)
{
    size_t i = 0;
    while (words[i] != NULL && !kt_text_same(words[i], word)) {
        i++;
    }
    return words[i] != NULL;
}

/* Rows without an occupation, and of regions without isco1 and isco2, are not in `observations`. */
static void read_region_levels(kt_json place, kt_balance_plan *out)
{
    static const char *const known[] = {"country", "maakunta", "elinvoimakeskus", "coordinator",
                                        NULL};
    const size_t count = kt_json_texts(place, &out->region_levels);
    for (size_t i = 0; i < count; i++) {
        if (!is_among(known, out->region_levels[i])) {
            kt_json_wrong(kt_json_element(place, i),
                          "expected country, maakunta, elinvoimakeskus or coordinator; found "
                          "\"%s\"",
                          out->region_levels[i]);
        }
    }
    out->region_level_count = count;
}

static void check_employed(kt_json place, const kt_source *source)
{
    if (source != NULL &&
        (source->frequency != KT_YEARLY || kt_source_variable(source, KT_ROLE_OCCUPATION) == NULL ||
         kt_source_measure(source, "employed") == NULL)) {
        kt_json_wrong(place, "%s has no employed persons by occupation and year", source->id);
    }
}

static void read_level(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"level", "employed", "months", NULL};
    static const char *const known[] = {"isco1", "isco2", "isco3", "isco4", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json named = kt_json_member(place, "level");
    const kt_json employed = kt_json_member(place, "employed");
    const char *level = kt_json_text(named);
    kt_balance_plan *out = &config->balance;
    if (level != NULL && !is_among(known, level)) {
        kt_json_wrong(named, "expected isco1, isco2, isco3 or isco4; found \"%s\"", level);
    }
    for (size_t i = 0; level != NULL && i < out->level_count; i++) {
        if (kt_text_same(out->levels[i].occupation_level, level)) {
            kt_json_wrong(named, "\"%s\" stands twice", level);
        }
    }
    const kt_source *source = kt_config_read_source(employed, config);
    check_employed(employed, source);
    out->levels[out->level_count++] = (kt_balance_level){
        .occupation_level = level == NULL ? "" : level,
        .employed = source == NULL ? "" : source->id,
        .months = (size_t)kt_json_whole_or(kt_json_member(place, "months"), 0, 12000, 0)};
}

static void read_levels(kt_json place, kt_config *config)
{
    const size_t count = kt_json_count(place);
    if (count > LEVEL_LIMIT) {
        kt_json_wrong(place, "expected at most %d levels", LEVEL_LIMIT);
        return;
    }
    config->balance.levels = kt_arena_array(place.arena, kt_balance_level, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_level(kt_json_element(place, i), config);
    }
}

static void read_degrees(kt_json place, double out[KT_BALANCE_STEPS])
{
    const size_t count = kt_json_count(place);
    if (kt_json_absent(place) || count != KT_BALANCE_STEPS) {
        kt_json_wrong(place, "expected %d rates: where degrees 2, 3, 4 and 5 begin",
                      KT_BALANCE_STEPS);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const kt_json one = kt_json_element(place, i);
        out[i] = kt_json_number(one, 0.0, 1.0);
        if (!(out[i] > (i == 0 ? 0.0 : out[i - 1]))) {
            kt_json_wrong(one, "rates are above 0 and stand in ascending order, once each");
        }
    }
}

static void read_rules(kt_json root, kt_balance_settings *out)
{
    static const char *const keys[] = {"surplus", "matching_problem", "shortage", NULL};
    const kt_json degrees = kt_json_member(root, "degrees");
    out->surplus_below = kt_json_number(kt_json_member(root, "surplus_below"), 0.0001, 1000.0);
    out->shortage_above = kt_json_number(kt_json_member(root, "shortage_above"), 0.0001, 1000.0);
    if (!(out->surplus_below < out->shortage_above)) {
        kt_json_wrong(kt_json_member(root, "shortage_above"), "expected more than surplus_below");
    }
    if (kt_json_object(degrees)) {
        kt_json_only(degrees, keys);
        read_degrees(kt_json_member(degrees, keys[0]), out->degrees[KT_SURPLUS]);
        read_degrees(kt_json_member(degrees, keys[1]), out->degrees[KT_MATCHING_PROBLEM]);
        read_degrees(kt_json_member(degrees, keys[2]), out->degrees[KT_SHORTAGE]);
    }
    out->least_base = (double)kt_json_whole(kt_json_member(root, "least_base"), 1, 100000000);
    out->hold_months = (unsigned)kt_json_whole(kt_json_member(root, "hold_months"), 1, 120);
    out->margin = kt_json_number(kt_json_member(root, "margin"), 0.0001, 2.0);
}

void kt_config_balance(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {
        "source",     "region_levels",  "occupations", "surplus_below", "degrees",
        "least_base", "shortage_above", "hold_months", "margin",        NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return;
    }
    kt_json_only(root, keys);
    const kt_json from = kt_json_member(root, "source");
    const kt_source *source = kt_config_read_source(from, config);
    if (source != NULL && (kt_source_measure(source, "unemployed") == NULL ||
                           kt_source_measure(source, "vacancies") == NULL ||
                           kt_source_variable(source, KT_ROLE_OCCUPATION) == NULL)) {
        kt_json_wrong(from, "%s has no unemployed and vacancies by occupation", source->id);
    }
    config->balance.source = source == NULL ? NULL : source->id;
    read_region_levels(kt_json_member(root, "region_levels"), &config->balance);
    read_levels(kt_json_member(root, "occupations"), config);
    read_rules(root, &config->balance.rules);
}
