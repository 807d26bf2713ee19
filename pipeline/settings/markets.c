/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/text.h"

#define MARKET_LIMIT 1000

static const char *const region_levels[] = {
    "kunta",          "seutukunta",      "maakunta",    "ely", "suuralue",
    "tyollisyysalue", "elinvoimakeskus", "coordinator", "own", NULL};
static const char *const occupation_levels[] = {"isco1", "isco2", "isco3", "isco4", NULL};
static const char *const sector_levels[] = {"tol1", "tol2", NULL};
static const char *const scope_levels[KT_SCOPES + 1] = {
    [KT_SCOPE_COUNTRY] = "country",
    [KT_SCOPE_MAAKUNTA] = "maakunta",
    [KT_SCOPE_EVK] = "elinvoimakeskus",
};

const char *kt_scope_level(kt_scope scope)
{
    return scope_levels[scope];
}

/* The position of word in a NULL-ended list; the list's length if it is not there. */
static size_t position_of(const char *const *words, const char *word)
{
    size_t at = 0;
    while (words[at] != NULL && strcmp(words[at], word) != 0) {
        at++;
    }
    return at;
}

static const char *joined(const char *const *words, kt_arena *arena)
{
    const char *all = words[0];
    for (size_t i = 1; words[i] != NULL; i++) {
        all = kt_arena_print(arena, "%s, %s", all, words[i]);
    }
    return all;
}

static void expect_one_of(kt_json place, const char *word, const char *const *words)
{
    if (word != NULL && words[position_of(words, word)] == NULL) {
        kt_json_wrong(place, "expected one of %s; found \"%s\"", joined(words, place.arena), word);
    }
}

static void read_scopes(kt_json place, kt_market_spec *out)
{
    const char **scopes = NULL;
    const size_t count = kt_json_texts(place, &scopes);
    if (count == 0) {
        kt_json_wrong(place, "expected at least one scope");
    }
    for (size_t i = 0; i < count; i++) {
        const size_t at = position_of(scope_levels, scopes[i]);
        if (at == KT_SCOPES) {
            expect_one_of(kt_json_element(place, i), scopes[i], scope_levels);
            continue;
        }
        if (out->scopes[at]) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" stands twice", scopes[i]);
        }
        out->scopes[at] = true;
    }
}

/* The contract's name of a market is made of its levels, so a wrong name is a wrong market. */
static const char *name_of(const kt_market_spec *market, kt_arena *arena)
{
    const char *inside =
        market->sector_level != NULL ? market->sector_level : market->occupation_level;
    if (market->region_level == NULL) {
        return inside;
    }
    if (inside == NULL) {
        return market->region_level;
    }
    return kt_arena_print(arena, "%sx%s", inside, market->region_level);
}

static void check_market(kt_json place, const kt_market_spec *market, const kt_config *config)
{
    if (market->source != NULL &&
        kt_config_source(config, market->source) == config->source_count) {
        kt_json_wrong(kt_json_member(place, "source"), "\"%s\" is none of the sources",
                      market->source);
    }
    const char *name = name_of(market, place.arena);
    if (name == NULL) {
        kt_json_wrong(place, "expected a region level, an occupation or sector level, or both");
    } else if (market->occupation_level != NULL && market->sector_level != NULL) {
        kt_json_wrong(place, "expected occupations or sectors, found both");
    } else if (market->name != NULL && strcmp(name, market->name) != 0) {
        kt_json_wrong(kt_json_member(place, "name"), "expected \"%s\", found \"%s\"", name,
                      market->name);
    }
    for (size_t i = 0; i < config->market_count; i++) {
        if (kt_text_same(config->markets[i].name, market->name)) {
            kt_json_wrong(kt_json_member(place, "name"), "\"%s\" stands twice", market->name);
        }
    }
}

static void read_market(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"name",   "source", "region", "occupation",
                                       "sector", "scopes", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json region = kt_json_member(place, "region");
    const kt_json occupation = kt_json_member(place, "occupation");
    const kt_json sector = kt_json_member(place, "sector");
    kt_market_spec market = {
        .name = kt_json_text(kt_json_member(place, "name")),
        .source = kt_json_text(kt_json_member(place, "source")),
        .region_level = kt_json_text_or(region, NULL),
        .occupation_level = kt_json_text_or(occupation, NULL),
        .sector_level = kt_json_text_or(sector, NULL),
    };
    expect_one_of(region, market.region_level, region_levels);
    expect_one_of(occupation, market.occupation_level, occupation_levels);
    expect_one_of(sector, market.sector_level, sector_levels);
    read_scopes(kt_json_member(place, "scopes"), &market);
    check_market(place, &market, config);
    config->markets[config->market_count++] = market;
}

void kt_config_markets(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    json_auto_t *document = NULL;
    kt_json list;
    if (!kt_json_load_list(path, "markets", arena, problems, &document, &list)) {
        return;
    }
    const size_t count = kt_json_count(list);
    if (count > MARKET_LIMIT) {
        kt_json_wrong(list, "expected at most %d markets", MARKET_LIMIT);
        return;
    }
    config->markets = kt_arena_array(arena, kt_market_spec, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_market(kt_json_element(list, i), config);
    }
}
