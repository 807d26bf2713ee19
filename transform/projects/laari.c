/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/laari.h"

#include <string.h>

#include "core/file.h"
#include "core/instant.h"
#include "core/json.h"
#include "core/words.h"

#define FILE_NAME "laari.json"
#define DAY_S     INT64_C(86400)
#define MONTHS    60    /* the longest wait for a report */
#define PROJECTS  10000 /* the most that a cluster may wait for */
#define SCALE     1e6   /* the widest scale */
#define COST_DAYS 92    /* a quarter of a year */
#define DAYS      366

/* A file on its way in. */
typedef struct reading {
    kt_laarit *to;
    const kt_indicators *indicators;
} reading;

/* A day as 2023-01-01; KT_NO_DAY of an absent one. */
static int64_t read_day(kt_json place)
{
    const char *day = kt_json_text_or(place, NULL);
    kt_instant instant = 0;
    if (day == NULL) {
        return KT_NO_DAY;
    }
    if (strlen(day) != strlen("2023-01-01") || !kt_instant_read(day, false, &instant)) {
        kt_json_wrong(place, "expected a day as 2023-01-01, found \"%s\"", day);
        return KT_NO_DAY;
    }
    return instant / DAY_S;
}

/* One of two words. */
static bool is_second(kt_json place, const char *first, const char *second)
{
    const char *word = kt_json_text(place);
    const bool found = word != NULL && strcmp(word, second) == 0;
    if (word != NULL && !found && strcmp(word, first) != 0) {
        kt_json_wrong(place, "expected %s or %s, found \"%s\"", first, second, word);
    }
    return found;
}

static kt_laari_due read_due(kt_json place)
{
    static const char *const keys[] = {"at", "months", NULL};
    if (!kt_json_object(place)) {
        return (kt_laari_due){0};
    }
    kt_json_only(place, keys);
    return (kt_laari_due){.at_end = is_second(kt_json_member(place, "at"), "period", "end"),
                          .months = kt_json_whole(kt_json_member(place, "months"), 0, MONTHS)};
}

static kt_scale read_scale(kt_json place)
{
    static const char *const keys[] = {"code",   "name",        "least", "most",
                                       "better", "correlation", NULL};
    kt_json_only(place, keys);
    const kt_scale made = {.code = kt_json_text(kt_json_member(place, "code")),
                           .name = kt_words_read(kt_json_member(place, "name")),
                           .least = kt_json_number(kt_json_member(place, "least"), -SCALE, SCALE),
                           .most = kt_json_number(kt_json_member(place, "most"), -SCALE, SCALE),
                           .rising = is_second(kt_json_member(place, "better"), "low", "high"),
                           .correlation =
                               kt_json_number(kt_json_member(place, "correlation"), 0.0, 0.99)};
    if (made.least >= made.most) {
        kt_json_wrong(place, "expected least below most");
    }
    return made;
}

const kt_scale *kt_scale_find(const kt_laarit *all, const char *code)
{
    for (size_t i = 0; i < all->scale_count; i++) {
        if (all->scales[i].code != NULL && strcmp(all->scales[i].code, code) == 0) {
            return &all->scales[i];
        }
    }
    return NULL;
}

static void read_scales(kt_json place, reading *of)
{
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    of->to->scales = kt_arena_array(place.arena, kt_scale, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i);
        const kt_scale made = kt_json_object(item) ? read_scale(item) : (kt_scale){0};
        if (made.code != NULL &&
            (kt_scale_find(of->to, made.code) != NULL ||
             (of->indicators != NULL && kt_indicator_find(of->indicators, made.code) != NULL))) {
            kt_json_wrong(item, "another scale or indicator is called \"%s\" too", made.code);
        }
        of->to->scales[of->to->scale_count++] = made;
    }
}

static kt_laari_indicator read_indicator(kt_json place, const reading *of, const char *period)
{
    static const char *const keys[] = {"code", "required", "due", "weight", NULL};
    const kt_json code = kt_json_member(place, "code");
    kt_json_only(place, keys);
    const kt_laari_indicator made = {
        .code = kt_json_text(code),
        .required = kt_json_bool_or(kt_json_member(place, "required"), true),
        .due = read_due(kt_json_member(place, "due")),
        .weight = kt_json_number_or(kt_json_member(place, "weight"), 0.0, SCALE, 1.0)};
    if (made.code != NULL && period != NULL && of->indicators != NULL) {
        const kt_indicator *known = kt_indicator_find(of->indicators, made.code);
        if (known == NULL || strcmp(known->period, period) != 0) {
            kt_json_wrong(code, "\"%s\" is no indicator of %s in indicators.csv", made.code,
                          period);
        }
    }
    return made;
}

static const kt_laari_indicator *find_indicator(const kt_laari *laari, const char *code)
{
    for (size_t i = 0; i < laari->indicator_count; i++) {
        const char *other = laari->indicators[i].code;
        if (other != NULL && strcmp(other, code) == 0) {
            return &laari->indicators[i];
        }
    }
    return NULL;
}

static void read_indicators(kt_json place, const reading *of, kt_laari *out)
{
    const size_t count = kt_json_count(place);
    out->indicators = kt_arena_array(place.arena, kt_laari_indicator, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i);
        const kt_laari_indicator made =
            kt_json_object(item) ? read_indicator(item, of, out->period) : (kt_laari_indicator){0};
        if (made.code != NULL && find_indicator(out, made.code) != NULL) {
            kt_json_wrong(item, "\"%s\" stands here already", made.code);
        }
        out->indicators[out->indicator_count++] = made;
    }
}

static bool has_score(const kt_laari *laari, const kt_scale *scale)
{
    size_t at = 0;
    while (at < laari->score_count && laari->scores[at].scale != scale) {
        at++;
    }
    return scale != NULL && at < laari->score_count;
}

static void read_scores(kt_json place, const reading *of, kt_laari *out)
{
    static const char *const keys[] = {"code", "required", "due", NULL};
    const size_t count = kt_json_absent(place) ? 0 : kt_json_count(place);
    out->scores = kt_arena_array(place.arena, kt_laari_score, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(place, i), code = kt_json_member(item, "code");
        if (!kt_json_object(item)) {
            continue;
        }
        kt_json_only(item, keys);
        const char *name = kt_json_text(code);
        const kt_scale *scale = name == NULL ? NULL : kt_scale_find(of->to, name);
        if (name != NULL && scale == NULL) {
            kt_json_wrong(code, "\"%s\" is none of the scales", name);
        } else if (has_score(out, scale)) {
            kt_json_wrong(code, "\"%s\" stands here already", name);
        }
        out->scores[out->score_count++] =
            (kt_laari_score){.scale = scale,
                             .required = kt_json_bool_or(kt_json_member(item, "required"), true),
                             .due = read_due(kt_json_member(item, "due"))};
    }
}

static void read_projects(kt_json place, kt_laari *out)
{
    static const char *const keys[] = {"codes", "group_codes", "themes", NULL};
    if (!kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->code_count = kt_json_texts(kt_json_member(place, "codes"), &out->codes);
    out->group_code_count = kt_json_texts(kt_json_member(place, "group_codes"), &out->group_codes);
    out->theme_count = kt_json_texts(kt_json_member(place, "themes"), &out->themes);
    if (out->code_count + out->group_code_count + out->theme_count == 0) {
        kt_json_wrong(place, "expected codes, group_codes or themes");
    }
}

/* The id is a name in published columns. */
static const char *read_id(kt_json place)
{
    const char *id = kt_json_text(place);
    if (id != NULL &&
        (id[0] == '\0' || strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(id))) {
        kt_json_wrong(place, "expected lower-case letters, digits and '_', found \"%s\"", id);
    }
    return id;
}

static const char *read_period(kt_json place)
{
    static const char *const periods[] = {"2007-2013", "2014-2020", "2021-2027"};
    const char *word = kt_json_text(place);
    for (size_t i = 0; word != NULL && i < sizeof periods / sizeof periods[0]; i++) {
        if (strcmp(periods[i], word) == 0) {
            return word;
        }
    }
    if (word != NULL) {
        kt_json_wrong(place, "expected 2007-2013, 2014-2020 or 2021-2027, found \"%s\"", word);
    }
    return NULL;
}

static kt_laari read_laari(kt_json place, const reading *of)
{
    static const char *const keys[] = {"id",
                                       "name",
                                       "theme",
                                       "method",
                                       "period",
                                       "valid_from",
                                       "valid_to",
                                       "projects",
                                       "primary_indicator",
                                       "min_projects",
                                       "indicators",
                                       "scores",
                                       NULL};
    const kt_json primary = kt_json_member(place, "primary_indicator");
    kt_json_only(place, keys);
    kt_laari made = {.id = read_id(kt_json_member(place, "id")),
                     .name = kt_words_read(kt_json_member(place, "name")),
                     .theme = kt_json_text(kt_json_member(place, "theme")),
                     .method = kt_json_text(kt_json_member(place, "method")),
                     .period = read_period(kt_json_member(place, "period")),
                     .valid_from = read_day(kt_json_member(place, "valid_from")),
                     .valid_to = read_day(kt_json_member(place, "valid_to")),
                     .primary_indicator = kt_json_text(primary),
                     .min_projects =
                         (size_t)kt_json_whole(kt_json_member(place, "min_projects"), 1, PROJECTS)};
    read_projects(kt_json_member(place, "projects"), &made);
    read_indicators(kt_json_member(place, "indicators"), of, &made);
    read_scores(kt_json_member(place, "scores"), of, &made);
    if (made.primary_indicator != NULL && find_indicator(&made, made.primary_indicator) == NULL) {
        kt_json_wrong(primary, "\"%s\" is none of the indicators", made.primary_indicator);
    }
    if (made.valid_from != KT_NO_DAY && made.valid_to != KT_NO_DAY &&
        made.valid_from > made.valid_to) {
        kt_json_wrong(place, "expected valid_from before valid_to");
    }
    return made;
}

static bool has(const char *const *list, size_t count, const char *word)
{
    for (size_t i = 0; word != NULL && i < count; i++) {
        if (list[i] != NULL && strcmp(list[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static void check_codes_once(kt_json place, const kt_laari *other, const kt_laari *made)
{
    for (size_t i = 0; i < made->code_count; i++) {
        if (has(other->codes, other->code_count, made->codes[i])) {
            kt_json_wrong(place, "project %s stands in another cluster too", made->codes[i]);
        }
    }
}

/* An id, and a project named by its code, belong to one cluster. */
static void check_once(kt_json place, const kt_laarit *all, const kt_laari *made)
{
    for (size_t i = 0; i < all->count; i++) {
        const kt_laari *other = &all->at[i];
        if (has(&other->id, 1, made->id)) {
            kt_json_wrong(place, "another cluster is called \"%s\" too", made->id);
        }
        check_codes_once(place, other, made);
    }
}

static void read_reporting(kt_json place, kt_laarit *out)
{
    static const char *const keys[] = {"periods", "cumulative", "far_above", "cost_within_days",
                                       NULL};
    if (kt_json_absent(place) || !kt_json_object(place)) {
        return;
    }
    kt_json_only(place, keys);
    out->yearly = is_second(kt_json_member(place, "periods"), "half_year", "year");
    out->cumulative = kt_json_bool_or(kt_json_member(place, "cumulative"), true);
    out->far_above = kt_json_number_or(kt_json_member(place, "far_above"), 1.0, SCALE, 3.0);
    const kt_json days = kt_json_member(place, "cost_within_days");
    out->cost_within_days = kt_json_absent(days) ? COST_DAYS : kt_json_whole(days, 0, DAYS);
}

static void read_all(kt_json root, reading *of)
{
    static const char *const keys[] = {"reporting", "scales", "laarit", NULL};
    kt_json_only(root, keys);
    read_reporting(kt_json_member(root, "reporting"), of->to);
    read_scales(kt_json_member(root, "scales"), of);
    const kt_json laarit = kt_json_member(root, "laarit");
    const size_t count = kt_json_count(laarit);
    of->to->at = kt_arena_array(root.arena, kt_laari, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json item = kt_json_element(laarit, i);
        if (kt_json_object(item)) {
            const kt_laari made = read_laari(item, of);
            check_once(item, of->to, &made);
            of->to->at[of->to->count++] = made;
        }
    }
}

const kt_laarit *kt_laarit_load(const char *folder, const kt_indicators *indicators,
                                kt_arena *arena, kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    const char *path = kt_path_join(arena, folder, FILE_NAME);
    reading of = {.to = kt_arena_new(arena, kt_laarit), .indicators = indicators};
    *of.to = (kt_laarit){.cumulative = true, .far_above = 3.0, .cost_within_days = COST_DAYS};
    if (!kt_file_exists(path)) {
        return of.to;
    }
    json_auto_t *document = NULL;
    kt_json root;
    kt_json_load(path, arena, problems, &document, &root);
    if (!kt_json_absent(root)) {
        read_all(root, &of);
    }
    return kt_problems_count(problems) == before ? of.to : NULL;
}

/* The ways to belong to a cluster, the surest first. */
enum { BY_CODE, BY_GROUP, BY_THEME, WAYS };

static bool has_theme(const kt_laari *laari, const kt_project_themes *themes)
{
    for (size_t i = 0; i < themes->count; i++) {
        if (strcmp(themes->at[i].scheme, "theme") == 0 &&
            has(laari->themes, laari->theme_count, themes->at[i].code)) {
            return true;
        }
    }
    return false;
}

static bool belongs(const kt_laari *laari, int way, const kt_project *project,
                    kt_project_relation relation, const kt_project_themes *themes)
{
    switch (way) {
    case BY_CODE:
        return has(laari->codes, laari->code_count, project->text[KT_PROJECT_PROJECT_CODE]);
    case BY_GROUP:
        return has(laari->group_codes, laari->group_code_count,
                   project->text[KT_PROJECT_GROUP_CODE]);
    default:
        return relation != KT_RELATION_PARALLEL && relation != KT_RELATION_GHOST &&
               relation != KT_RELATION_COORDINATION && has_theme(laari, themes);
    }
}

static bool is_valid(const kt_laari *laari, const kt_project *project)
{
    const bool ended = laari->valid_to != KT_NO_DAY && project->start_day != KT_NO_DAY &&
                       project->start_day > laari->valid_to;
    const bool over = laari->valid_from != KT_NO_DAY && project->end_day != KT_NO_DAY &&
                      project->end_day < laari->valid_from;
    return !ended && !over && project->period != NULL &&
           strcmp(laari->period, project->period) == 0;
}

const kt_laari *kt_laari_of(const kt_laarit *all, const kt_project *project,
                            kt_project_relation relation, const kt_project_themes *themes)
{
    for (size_t i = 0; i < WAYS * all->count; i++) {
        const kt_laari *laari = &all->at[i % all->count];
        const int way = (int)(i / all->count);
        if (is_valid(laari, project) && belongs(laari, way, project, relation, themes)) {
            return laari;
        }
    }
    return NULL;
}
