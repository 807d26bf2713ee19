/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings/parts.h"

#include <string.h>

#include "core/cube.h"
#include "core/words.h"

#define NEED_LIMIT  100
#define MONTH_LIMIT 600

static const char *const measures[KT_NEED_MEASURES] = {
    [KT_NEED_ABOVE_SCOPE] = "above_scope",
    [KT_NEED_BELOW_SCOPE] = "below_scope",
    [KT_NEED_FIGURE] = "figure",
    [KT_NEED_ABOVE_MEAN] = "above_mean",
};

const char *kt_need_measure_name(kt_need_measure measure)
{
    return measures[measure];
}

static kt_need_measure read_measure(kt_json place)
{
    const char *word = kt_json_text(place);
    for (int i = 0; word != NULL && i < KT_NEED_MEASURES; i++) {
        if (strcmp(measures[i], word) == 0) {
            return (kt_need_measure)i;
        }
    }
    if (word != NULL) {
        kt_json_wrong(
            place, "expected above_scope, below_scope, figure or above_mean, found \"%s\"", word);
    }
    return KT_NEED_MEASURES;
}

/* The codes of one scheme, each a topic. */
static void read_scheme(kt_json place, const char *scheme, const kt_theming *theming, kt_need *need)
{
    const size_t count = kt_json_count(place);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i);
        const char *code = kt_json_text(item);
        if (code == NULL) {
            continue;
        }
        if (strcmp(code, KT_TOTAL) != 0 && theming != NULL &&
            !kt_topic_known(theming, scheme, code)) {
            kt_json_wrong(item, "\"%s\" is no %s of themes.json", code, scheme);
        }
        need->topics[need->topic_count++] = (kt_need_topic){scheme, code};
    }
}

static void read_topics(kt_json place, const kt_theming *theming, kt_need *need)
{
    static const char *const schemes[] = {"theme", "target_group", NULL};
    size_t all = 0;
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, schemes);
    for (size_t i = 0; schemes[i] != NULL; i++) {
        const kt_json codes = kt_json_member(place, schemes[i]);
        all += kt_json_absent(codes) ? 0 : kt_json_count(codes);
    }
    need->topics = kt_arena_array(place.arena, kt_need_topic, all + 1);
    for (size_t i = 0; schemes[i] != NULL; i++) {
        const kt_json codes = kt_json_member(place, schemes[i]);
        if (!kt_json_absent(codes)) {
            read_scheme(codes, schemes[i], theming, need);
        }
    }
    if (need->topic_count == 0) {
        kt_json_wrong(place, "expected at least one theme or target_group");
    }
}

static void read_figure(kt_json place, const kt_contract *contract, kt_need *need)
{
    const bool of_sectors = kt_need_is_of_sectors(need);
    const bool wanted = of_sectors || need->measure == KT_NEED_FIGURE;
    const size_t figures = of_sectors ? 2 : 1;
    if (!wanted && !kt_json_absent(place)) {
        kt_json_wrong(place, "only a need that is made of figures is of any");
    } else if (wanted) {
        kt_config_series_ask(place, contract, &need->of);
        if (need->of.figure_count > 0 && need->of.figure_count != figures) {
            kt_json_wrong(place, "expected %zu figures, found %zu", figures, need->of.figure_count);
        }
    }
}

bool kt_need_has_level(const kt_need *need, const char *level)
{
    bool found = false;
    for (size_t i = 0; i < need->level_count && !found; i++) {
        found = strcmp(need->levels[i], level) == 0;
    }
    return found;
}

/* All levels of the settings, or some of them. */
static void read_own_levels(kt_json place, const kt_need_settings *all, kt_need *need)
{
    need->levels = all->levels;
    need->level_count = all->level_count;
    if (kt_json_absent(place)) {
        return;
    }
    const kt_need whole = *need;
    need->level_count = kt_json_texts(place, &need->levels);
    for (size_t i = 0; i < need->level_count; i++) {
        if (!kt_need_has_level(&whole, need->levels[i])) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is none of levels", need->levels[i]);
        }
    }
}

static void read_need(kt_json place, const kt_config *config, kt_need_settings *out)
{
    static const char *const keys[] = {"need", "name",   "definition", "unit",     "measure",
                                       "of",   "months", "levels",     "projects", NULL};
    kt_need *need = &out->needs[out->need_count];
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    const kt_json id = kt_json_member(place, "need");
    *need = (kt_need){.id = kt_json_text(id),
                      .name = kt_words_read(kt_json_member(place, "name")),
                      .definition = kt_words_read(kt_json_member(place, "definition")),
                      .unit = kt_json_text(kt_json_member(place, "unit")),
                      .measure = read_measure(kt_json_member(place, "measure"))};
    for (size_t i = 0; need->id != NULL && i < out->need_count; i++) {
        if (strcmp(out->needs[i].id, need->id) == 0) {
            kt_json_wrong(id, "the need \"%s\" is there twice", need->id);
        }
    }
    read_figure(kt_json_member(place, "of"), config->contract, need);
    if (kt_need_is_of_sectors(need)) {
        need->months = (size_t)kt_json_whole(kt_json_member(place, "months"), 2, MONTH_LIMIT);
    }
    read_own_levels(kt_json_member(place, "levels"), out, need);
    read_topics(kt_json_member(place, "projects"), config->projects.theming, need);
    out->need_count += need->id != NULL ? 1 : 0;
}

static bool is_level(const char *name)
{
    for (const char *const *level = kt_region_levels(); *level != NULL; level++) {
        if (strcmp(*level, name) == 0) {
            return true;
        }
    }
    return false;
}

static void read_levels(kt_json place, kt_need_settings *out)
{
    out->level_count = kt_json_texts(place, &out->levels);
    for (size_t i = 0; i < out->level_count; i++) {
        if (!is_level(out->levels[i])) {
            kt_json_wrong(kt_json_element(place, i), "\"%s\" is no level of regions",
                          out->levels[i]);
        }
    }
}

static void read_limits(kt_json place, kt_coverage_limits *out)
{
    static const char *const keys[] = {"thin", "heavy", "unknown_share", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->thin = kt_json_number(kt_json_member(place, "thin"), 0.0, 1.0);
    out->heavy = kt_json_number(kt_json_member(place, "heavy"), 1.0, 1000.0);
    out->unknown_share = kt_json_number(kt_json_member(place, "unknown_share"), 0.0, 1.0);
}

void kt_config_needs(const char *path, kt_config *config, kt_arena *arena, kt_problems *problems)
{
    static const char *const keys[] = {"levels", "limits", "needs", NULL};
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (root.value == NULL || config->contract == NULL) {
        return;
    }
    kt_need_settings *out = &config->projects.needs;
    kt_json_only(root, keys);
    read_levels(kt_json_member(root, "levels"), out);
    read_limits(kt_json_member(root, "limits"), &out->limits);
    const kt_json list = kt_json_member(root, "needs");
    const size_t count = kt_json_count(list);
    if (count > NEED_LIMIT) {
        kt_json_wrong(list, "expected at most %d needs", NEED_LIMIT);
        return;
    }
    out->needs = kt_arena_array(arena, kt_need, count + 1);
    for (size_t i = 0; i < count; i++) {
        read_need(kt_json_element(list, i), config, out);
    }
}
