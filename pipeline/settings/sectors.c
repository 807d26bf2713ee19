/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/text.h"

#define RATE_LIMIT 1000

static const char *const rate_names[] = {
    [KT_RATE_EMPLOYED] = "v_over_v_plus_employed",
    [KT_RATE_LABOUR_FORCE] = "v_over_labour_force",
    [KT_RATE_OCCUPIED] = "v_over_v_plus_occupied",
};
static const char *const rate_measures[] = {
    [KT_RATE_EMPLOYED] = "employed",
    [KT_RATE_LABOUR_FORCE] = "labour_force",
    [KT_RATE_OCCUPIED] = "occupied_posts",
};
/* A survey that publishes its rate has the posts that are occupied in it. */
static const char own_rate[] = "vacancy_rate";

const char *kt_rate_name(kt_rate_definition definition)
{
    return rate_names[definition];
}

const char *kt_rate_measure(kt_rate_definition definition)
{
    return rate_measures[definition];
}

bool kt_feeds_sectors(const kt_source *source)
{
    return kt_source_variable(source, KT_ROLE_SECTOR) != NULL &&
           (kt_source_measure(source, "vacancies") != NULL ||
            kt_source_measure(source, own_rate) != NULL);
}

static kt_rate_definition read_definition(kt_json place)
{
    const char *name = kt_json_text(place);
    kt_rate_definition definition = KT_RATE_EMPLOYED;
    while (definition < KT_RATE_DEFINITIONS && !kt_text_same(rate_names[definition], name)) {
        definition++;
    }
    if (name != NULL && definition == KT_RATE_DEFINITIONS) {
        kt_json_wrong(place, "expected %s, %s or %s; found \"%s\"", rate_names[KT_RATE_EMPLOYED],
                      rate_names[KT_RATE_LABOUR_FORCE], rate_names[KT_RATE_OCCUPIED], name);
    }
    return definition;
}

/* Posts that are occupied belong to the survey of the vacancies, and to no other. */
static void check_rate(kt_json place, kt_rate_definition definition, const kt_source *source,
                       const kt_source *denominator)
{
    if (source == NULL || denominator == NULL || definition == KT_RATE_DEFINITIONS) {
        return;
    }
    const char *measure = rate_measures[definition];
    if (!kt_feeds_sectors(source)) {
        kt_json_wrong(kt_json_member(place, "source"), "%s has no vacancies by sector", source->id);
    }
    if (definition == KT_RATE_OCCUPIED && denominator != source) {
        kt_json_wrong(kt_json_member(place, "denominator"),
                      "%s is of one survey alone: leave it out", rate_names[definition]);
    } else if (kt_source_measure(denominator, measure) == NULL &&
               (definition != KT_RATE_OCCUPIED || kt_source_measure(source, own_rate) == NULL)) {
        kt_json_wrong(place, "%s has no measure \"%s\", which %s needs", denominator->id, measure,
                      rate_names[definition]);
    }
}

static void read_rate(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"source", "denominator", "definition", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json of = kt_json_member(place, "denominator");
    const kt_source *source = kt_config_read_source(kt_json_member(place, "source"), config);
    const kt_source *denominator = kt_json_absent(of) ? source : kt_config_read_source(of, config);
    const kt_rate_definition definition = read_definition(kt_json_member(place, "definition"));
    check_rate(place, definition, source, denominator);
    kt_sector_settings *out = &config->sectors;
    for (size_t i = 0; i < out->rate_count; i++) {
        if (source != NULL && strcmp(out->rates[i].source, source->id) == 0) {
            kt_json_wrong(kt_json_member(place, "source"), "\"%s\" stands twice", source->id);
        }
    }
    out->rates[out->rate_count++] =
        (kt_sector_rate){.source = source == NULL ? "" : source->id,
                         .denominator = denominator == NULL ? "" : denominator->id,
                         .definition = definition};
}

static void read_convert(kt_json place, kt_sector_settings *out)
{
    const char **names = NULL;
    const size_t count = kt_json_absent(place) ? 0 : kt_json_texts(place, &names);
    out->convert = kt_arena_array(place.arena, kt_sector_revision, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_sector_revision revision = kt_sector_revision_find(names[i]);
        if (revision == KT_SECTOR_REVISIONS) {
            kt_json_wrong(kt_json_element(place, i),
                          "expected tol2008, tol2025, nace2 or nace21; found \"%s\"", names[i]);
        }
        out->convert[out->convert_count++] = revision;
    }
}

void kt_config_sectors(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"convert", "rates", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL) {
        return;
    }
    kt_json_only(root, keys);
    read_convert(kt_json_member(root, "convert"), &config->sectors);
    const kt_json rates = kt_json_member(root, "rates");
    const size_t count = kt_json_absent(rates) ? 0 : kt_json_count(rates);
    if (count > RATE_LIMIT) {
        kt_json_wrong(rates, "expected at most %d rates", RATE_LIMIT);
        return;
    }
    config->sectors.rates = kt_arena_array(arena, kt_sector_rate, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_rate(kt_json_element(rates, i), config);
    }
}
