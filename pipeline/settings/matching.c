/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/text.h"
#include "flows.h"

#define FUNCTION_LIMIT   100
#define INSTRUMENT_LIMIT 24

static const kt_source *read_source(kt_json place, const kt_config *config, const char *figure)
{
    const kt_source *source = kt_config_read_source(place, config);
    if (source != NULL && (kt_source_measure(source, "unemployed") == NULL ||
                           kt_source_measure(source, figure) == NULL)) {
        kt_json_wrong(place, "%s has no unemployed and %s", source->id, figure);
    }
    return source;
}

/* "spells_ended_work" is of spells_ended, by a group. */
static void check_flow(kt_json place, const char *name)
{
    char *stem = name == NULL ? NULL : kt_arena_copy(place.arena, name);
    while (stem != NULL && kt_flow_find(stem) == NULL) {
        char *cut = strrchr(stem, '_');
        if (cut == NULL) {
            kt_json_wrong(place, "\"%s\" is no flow", name);
            return;
        }
        *cut = '\0';
    }
}

static const char *read_flow(kt_json place)
{
    const char *name = kt_json_text(place);
    check_flow(place, name);
    return name;
}

static const char *read_flow_or_none(kt_json place)
{
    return kt_json_absent(place) ? NULL : read_flow(place);
}

/* A level whose regions have rows in `observations`; other words are mistakes. */
static const char *read_level(kt_json place)
{
    static const char *const known[] = {"country",    "maakunta",        "ely",
                                        "suuralue",   "elinvoimakeskus", "coordinator",
                                        "seutukunta", "tyollisyysalue",  "kunta"};
    const char *word = kt_json_text(place);
    for (size_t i = 0; word != NULL && i < sizeof known / sizeof known[0]; i++) {
        if (kt_text_same(word, known[i])) {
            return word;
        }
    }
    if (word != NULL) {
        kt_json_wrong(place, "\"%s\" is no region level of observations", word);
    }
    return NULL;
}

static void read_markets(kt_json place, kt_function_spec *out)
{
    const char *word = kt_json_text_or(place, NULL);
    if (word == NULL) {
        return;
    }
    if (kt_text_same(word, "calendar_month")) {
        out->markets = KT_MARKETS_MONTHS;
        return;
    }
    out->markets = KT_MARKETS_REGIONS;
    out->market_level = read_level(place);
    if (!kt_text_same(out->scopes, "country")) {
        kt_json_wrong(place, "regions are the markets of the country alone: scopes is \"%s\"",
                      out->scopes == NULL ? "" : out->scopes);
    }
}

/* What the model asks for beside hires and stocks: else each night would end there. */
static void check_model(kt_json place, const kt_matching_settings *all, const kt_function_spec *one)
{
    size_t at = 0;
    while (at < kt_measure_param_count(one->fit.measure) &&
           strcmp(one->fit.measure->params[at].name, "model") != 0) {
        at++;
    }
    const char *model = one->fit.params[at].text;
    if ((kt_text_same(model, "fe") || kt_text_same(model, "twoway")) &&
        one->markets == KT_MARKETS_NONE) {
        kt_json_wrong(place, "model %s needs markets", model);
    } else if (kt_text_same(model, "twoway") && one->markets == KT_MARKETS_MONTHS) {
        kt_json_wrong(place, "model twoway needs regions as markets");
    } else if (kt_text_same(model, "2sls") != (one->instruments > 0)) {
        kt_json_wrong(place, "model 2sls and instruments go together");
    } else if (kt_text_same(model, "stockflow") &&
               (all->new_vacancies == NULL || all->new_unemployed == NULL)) {
        kt_json_wrong(place, "model stockflow needs new_vacancies and new_unemployed");
    }
}

static void check_errors(kt_json place, const kt_function_spec *one)
{
    size_t at = 0;
    while (at < kt_measure_param_count(one->fit.measure) &&
           strcmp(one->fit.measure->params[at].name, "errors") != 0) {
        at++;
    }
    if (kt_text_same(one->fit.params[at].text, "cluster") && one->markets == KT_MARKETS_NONE) {
        kt_json_wrong(place, "errors cluster needs markets");
    }
}

static void check_once(kt_json place, const kt_matching_settings *all, const kt_function_spec *one)
{
    for (size_t i = 0; i < all->function_count; i++) {
        if (kt_text_same(all->functions[i].name, one->name) &&
            kt_text_same(all->functions[i].scopes, one->scopes)) {
            kt_json_wrong(place, "\"%s\" stands twice for %s", one->name, one->scopes);
        }
    }
}

static void read_function(kt_json place, kt_matching_settings *all)
{
    static const char *const keys[] = {"comment", "name",        "scopes", "hires",
                                       "markets", "instruments", "fit",    NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json fit = kt_json_member(place, "fit");
    kt_function_spec one = {.name = kt_json_text(kt_json_member(place, "name")),
                            .scopes = read_level(kt_json_member(place, "scopes")),
                            .hires = read_flow(kt_json_member(place, "hires"))};
    read_markets(kt_json_member(place, "markets"), &one);
    one.instruments =
        (size_t)kt_json_whole_or(kt_json_member(place, "instruments"), 0, INSTRUMENT_LIMIT, 0);
    kt_set_measure_read(fit, kt_measure_find("matching_function"), &one.fit);
    check_model(place, all, &one);
    check_errors(fit, &one);
    if (one.name != NULL && one.scopes != NULL) {
        check_once(place, all, &one);
    }
    all->functions[all->function_count++] = one;
}

static void read_functions(kt_json place, kt_matching_settings *all)
{
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    if (count > FUNCTION_LIMIT) {
        kt_json_wrong(place, "expected at most %d functions", FUNCTION_LIMIT);
        return;
    }
    all->functions = kt_arena_array(place.arena, kt_function_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_function(kt_json_element(place, i), all);
    }
}

/* Only what is published of mismatch can be taken. */
static void check_alpha(kt_json place, const kt_config *config, double alpha)
{
    for (size_t i = 0; i < config->analysis.alpha_count; i++) {
        if (config->analysis.alphas[i] == alpha) {
            return;
        }
    }
    kt_json_wrong(place, "alpha %g is none of the exponents of the night", alpha);
}

static void read_counterfactual(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"comment", "source", "scope", "outflow",
                                       "inflow",  "market", "fit",   NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json fit = kt_json_member(place, "fit");
    kt_counterfactual_settings *out = &config->counterfactual;
    const kt_source *source = read_source(kt_json_member(place, "source"), config, "labour_force");
    out->source = source == NULL ? NULL : source->id;
    out->scope = kt_json_text(kt_json_member(place, "scope"));
    if (out->scope != NULL && strcmp(out->scope, "SSS") != 0) {
        kt_json_wrong(kt_json_member(place, "scope"), "expected SSS: paths are of the country");
    }
    out->outflow = read_flow(kt_json_member(place, "outflow"));
    out->inflow = read_flow(kt_json_member(place, "inflow"));
    out->market = kt_json_text(kt_json_member(place, "market"));
    kt_set_measure_read(fit, kt_measure_find("counterfactual_unemployment"), &out->path);
    check_alpha(fit, config, out->path.params[0].number);
}

void kt_config_matching(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"source",    "new_vacancies",  "new_unemployed",
                                       "functions", "counterfactual", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return;
    }
    kt_matching_settings *all = &config->matching;
    kt_json_only(root, keys);
    all->new_vacancies = read_flow_or_none(kt_json_member(root, "new_vacancies"));
    all->new_unemployed = read_flow_or_none(kt_json_member(root, "new_unemployed"));
    read_functions(kt_json_member(root, "functions"), all);
    if (all->function_count > 0) {
        const kt_source *source = read_source(kt_json_member(root, "source"), config, "vacancies");
        all->source = source == NULL ? NULL : source->id;
    }
    read_counterfactual(kt_json_member(root, "counterfactual"), config);
}
