/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/text.h"
#include "core/words.h"

#define PAIR_LIMIT 1000

static const char *const levels[] = {
    "country",        "kunta",           "seutukunta",  "maakunta", "ely", "suuralue",
    "tyollisyysalue", "elinvoimakeskus", "coordinator", "own",      NULL};
static const char *const indicators[] = {"unemployed", "vacancies", "labour_force", NULL};
static const char *const rules[] = {"mean", "nearest", NULL};

/* The position of a word in a NULL-ended list; a word that is not there is told with all that are.
 */
static size_t read_choice(kt_json place, const char *const *words)
{
    const char *word = kt_json_text(place);
    const char *all = words[0];
    size_t at = 0;
    while (word != NULL && words[at] != NULL && strcmp(words[at], word) != 0) {
        all = at == 0 ? all : kt_arena_print(place.arena, "%s, %s", all, words[at]);
        at++;
    }
    if (word != NULL && words[at] == NULL) {
        kt_json_wrong(place, "expected one of %s; found \"%s\"", all, word);
    }
    return word == NULL || words[at] == NULL ? 0 : at;
}

static const kt_source *find_source(const kt_config *config, const char *id)
{
    const size_t at = id == NULL ? config->source_count : kt_config_source(config, id);
    return at == config->source_count ? NULL : config->sources[at];
}

static kt_figure_place read_place(kt_json place, const kt_config *config)
{
    static const char *const keys[] = {"source", "measure", NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        kt_json_wrong(place, "expected a source and a measure");
        return (kt_figure_place){0};
    }
    kt_json_only(place, keys);
    const kt_figure_place figure = {
        .source = kt_json_text(kt_json_member(place, "source")),
        .measure = kt_json_text(kt_json_member(place, "measure")),
    };
    const kt_source *source = find_source(config, figure.source);
    if (figure.source != NULL && source == NULL) {
        kt_json_wrong(kt_json_member(place, "source"), "\"%s\" is none of the sources",
                      figure.source);
    } else if (source != NULL && figure.measure != NULL &&
               kt_source_measure(source, figure.measure) == NULL) {
        kt_json_wrong(kt_json_member(place, "measure"), "%s has no measure \"%s\"", figure.source,
                      figure.measure);
    }
    return figure;
}

static void read_levels(kt_json place, kt_source_pair *pair)
{
    const size_t count = kt_json_count(place);
    pair->levels = kt_arena_array(place.arena, const char *, count + 1);
    if (count == 0 && !kt_json_absent(place)) {
        kt_json_wrong(place, "expected at least one level of regions");
    }
    for (size_t i = 0; i < count; i++) {
        pair->levels[pair->level_count++] = levels[read_choice(kt_json_element(place, i), levels)];
    }
}

static void read_months(kt_json place, kt_json day, kt_source_pair *pair)
{
    static const char *const keys[] = {"month", "day", NULL};
    pair->months = (kt_month_rule)read_choice(place, rules);
    if ((pair->months == KT_MONTHS_NEAREST) == kt_json_absent(day)) {
        kt_json_wrong(day, "expected with \"months\": \"nearest\", and only there");
    }
    if (kt_json_absent(day) || !kt_json_object(day)) {
        return;
    }
    kt_json_only(day, keys);
    pair->reference_month = (int)kt_json_whole(kt_json_member(day, "month"), 1, 12);
    pair->reference_day = (int)kt_json_whole(kt_json_member(day, "day"), 1, 28);
}

static const kt_measure_spec *spec_of(const kt_config *config, kt_figure_place figure)
{
    const kt_source *source = find_source(config, figure.source);
    return source == NULL || figure.measure == NULL ? NULL
                                                    : kt_source_measure(source, figure.measure);
}

/* Figures that are not of one kind have no ratio, nor are there months in a year or weeks. */
static void check_kinds(kt_json place, const kt_source_pair *pair, const kt_config *config)
{
    const kt_measure_spec *counted = spec_of(config, pair->counted);
    const kt_measure_spec *asked = spec_of(config, pair->asked);
    if (counted == NULL || asked == NULL) {
        return;
    }
    if (!kt_text_same(counted->unit, asked->unit)) {
        kt_json_wrong(place, "%s counts in %s and %s in %s, expected one unit",
                      pair->counted.source, counted->unit, pair->asked.source, asked->unit);
    }
    const kt_source *survey = find_source(config, pair->asked.source);
    const kt_frequency own = find_source(config, pair->counted.source)->frequency;
    if (own != survey->frequency && own != KT_MONTHLY) {
        kt_json_wrong(place, "expected months of %s, or the frequency of %s", pair->counted.source,
                      pair->asked.source);
    }
}

static bool has_level(const kt_source_pair *pair, const char *level)
{
    for (size_t i = 0; i < pair->level_count; i++) {
        if (strcmp(pair->levels[i], level) == 0) {
            return true;
        }
    }
    return false;
}

static void check_levels(kt_json place, const kt_source_pair *pair, const kt_source_pair *other)
{
    for (size_t i = 0; i < pair->level_count; i++) {
        if (has_level(other, pair->levels[i])) {
            kt_json_wrong(kt_json_member(place, "levels"),
                          "%s at the level %s is compared with %s already", pair->indicator,
                          pair->levels[i], other->asked.source);
        }
    }
}

/* A row is told by its period, region and indicator, so only one pair may give it. */
static void check_rows(kt_json place, const kt_source_pair *pair, const kt_config *config)
{
    const kt_source *survey = find_source(config, pair->asked.source);
    for (size_t i = 0; i < config->pairs.count && survey != NULL; i++) {
        const kt_source_pair *other = &config->pairs.at[i];
        const kt_source *others = find_source(config, other->asked.source);
        if (others != NULL && others->frequency == survey->frequency &&
            strcmp(other->indicator, pair->indicator) == 0) {
            check_levels(place, pair, other);
        }
    }
}

static kt_words read_words(kt_json place)
{
    if (kt_json_absent(place)) {
        kt_json_wrong(place, "expected what is compared, in three languages");
        return (kt_words){0};
    }
    return kt_words_read(place);
}

static void read_pair(kt_json place, kt_config *config)
{
    static const char *const keys[] = {"indicator", "register",      "survey",     "levels",
                                       "months",    "reference_day", "definition", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    kt_source_pair pair = {
        .indicator = indicators[read_choice(kt_json_member(place, "indicator"), indicators)],
        .counted = read_place(kt_json_member(place, "register"), config),
        .asked = read_place(kt_json_member(place, "survey"), config),
        .definition = read_words(kt_json_member(place, "definition")),
    };
    read_levels(kt_json_member(place, "levels"), &pair);
    read_months(kt_json_member(place, "months"), kt_json_member(place, "reference_day"), &pair);
    check_kinds(place, &pair, config);
    check_rows(place, &pair, config);
    config->pairs.at[config->pairs.count++] = pair;
}

void kt_config_two_sources(const char *path, kt_config *config, kt_arena *arena,
                           kt_problems *problems)
{
    json_auto_t *document = NULL;
    kt_json list;
    if (!kt_json_load_list(path, "two_sources", arena, problems, &document, &list)) {
        return;
    }
    const size_t count = kt_json_count(list);
    if (count > PAIR_LIMIT) {
        kt_json_wrong(list, "expected at most %d pairs", PAIR_LIMIT);
        return;
    }
    config->pairs.at = kt_arena_array(arena, kt_source_pair, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_pair(kt_json_element(list, i), config);
    }
}
