/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/period.h"
#include "core/text.h"
#include "settings/parts.h"

#define MOST_COUNT ((long)1 << 53) /* whole numbers above it are not exact */

static const char *read_date(kt_json place, kt_instant *from)
{
    const char *day = kt_json_text(place);
    char again[KT_INSTANT_SIZE];
    *from = KT_NO_INSTANT;
    if (day != NULL && (!kt_instant_read(day, false, from) || strlen(day) != strlen("2026-06-08") ||
                        strncmp(kt_instant_write(*from, again), day, strlen(day)) != 0)) {
        kt_json_wrong(place, "expected a day such as 2026-06-08, found \"%s\"", day);
    }
    return day;
}

static const char *read_period(kt_json place)
{
    const char *text = kt_json_text(place);
    kt_period period;
    char name[KT_PERIOD_SIZE];
    if (text == NULL) {
        return "";
    }
    if (!kt_period_read(text, &period)) {
        kt_json_wrong(place, "expected a period such as 2026M06, 2026Q2 or Y2026, found \"%s\"",
                      text);
        return text;
    }
    return kt_arena_copy(place.arena, kt_period_write(period, name));
}

static double read_count(kt_json place)
{
    return kt_json_absent(place) ? (double)NAN : (double)kt_json_whole(place, 0, MOST_COUNT);
}

/* What a figure that is taken away becomes; with a value it is provisional. */
static kt_obs read_status(kt_json place, const kt_source *source)
{
    const char *letter = kt_json_text_or(place, NULL);
    kt_obs obs = KT_OBS_PROVISIONAL;
    if (letter == NULL) {
        return obs;
    }
    if (strlen(letter) != 1 || strchr("OLMQ", letter[0]) == NULL || !kt_obs_read(letter[0], &obs)) {
        kt_json_wrong(place, "expected O, L, M or Q, found \"%s\"", letter);
    } else if (obs == KT_OBS_PROTECTED && source != NULL && source->protected_high <= 0.0) {
        kt_json_wrong(place, "Q, but %s does not say what a protected figure can be", source->id);
    }
    return obs;
}

static const char *read_line(kt_json place)
{
    const char *text = kt_json_text(place);
    for (const char *c = text; c != NULL && *c != '\0'; c++) {
        if ((unsigned char)*c < ' ') {
            kt_json_wrong(place, "expected one line");
            break;
        }
    }
    if (text != NULL && text[strspn(text, " ")] == '\0') {
        kt_json_wrong(place, "expected words, found none");
    }
    return text;
}

static kt_correction read_correction(kt_json place, const kt_config *config)
{
    static const char *const keys[] = {"date",       "source",  "period", "region",
                                       "occupation", "measure", "group",  "value",
                                       "status",     "was",     "reason", NULL};
    kt_json_only(place, keys);
    const kt_json value = kt_json_member(place, "value"), status = kt_json_member(place, "status");
    const kt_source *source = kt_config_read_source(kt_json_member(place, "source"), config);
    if (kt_json_absent(value) == kt_json_absent(status)) {
        kt_json_wrong(place, "expected either value or status");
    }
    const char *slash = strrchr(place.file, '/');
    kt_correction one = {
        .place = kt_arena_print(place.arena, "%s: %s", slash == NULL ? place.file : slash + 1,
                                place.path),
        .source = source == NULL ? "" : source->id,
        .period = read_period(kt_json_member(place, "period")),
        .region = kt_json_text(kt_json_member(place, "region")),
        .occupation = kt_json_text_or(kt_json_member(place, "occupation"), KT_TOTAL),
        .measure = kt_json_text(kt_json_member(place, "measure")),
        .group = kt_json_text_or(kt_json_member(place, "group"), KT_TOTAL),
        .value = read_count(value),
        .obs = read_status(status, source),
        .was = read_count(kt_json_member(place, "was")),
        .reason = read_line(kt_json_member(place, "reason")),
    };
    one.date = read_date(kt_json_member(place, "date"), &one.from);
    return one;
}

static void expect_new(kt_json place, const kt_correction *one, const kt_config *config)
{
    for (size_t i = 0; i < config->correction_count; i++) {
        const kt_correction *other = &config->corrections[i];
        if (kt_text_same(one->date, other->date) && kt_correction_same_cell(one, other)) {
            kt_json_wrong(place, "a second correction of this cell from %s on", one->date);
        }
    }
}

void kt_config_corrections(const char *path, kt_config *config, kt_arena *arena,
                           kt_problems *problems)
{
    json_auto_t *document = NULL;
    kt_json list;
    if (!kt_json_load_list(path, "corrections", arena, problems, &document, &list)) {
        return;
    }
    const size_t count = kt_json_count(list);
    config->corrections = kt_arena_array(arena, kt_correction, count + 1);
    for (size_t i = 0; i < count; i++) {
        const kt_json place = kt_json_element(list, i);
        if (!kt_json_object(place)) {
            continue;
        }
        const kt_correction one = read_correction(place, config);
        expect_new(place, &one, config);
        config->corrections[config->correction_count++] = one;
    }
}

/* One correction, held against what the configuration says of its table. */
typedef struct held {
    const kt_config *config;
    const kt_correction *one;
    const kt_source *source;
    kt_arena *arena;
    kt_problems *problems;
} held;

static void tell(const held *of, const char *key, const char *words)
{
    const char *place = strchr(of->one->place, ':') + strlen(": ");
    kt_problems_add(of->problems, of->config->corrections_path,
                    kt_arena_print(of->arena, "%s.%s", place, key), "%s", words);
}

/* Groups that are contents are measures of their own; others are codes of a variable. */
static void check_group(const held *of)
{
    if (strcmp(of->one->group, KT_TOTAL) != 0 &&
        kt_source_variable(of->source, KT_ROLE_GROUP) == NULL) {
        tell(of, "group",
             kt_arena_print(of->arena, "\"%s\" is no group of %s", of->one->group, of->source->id));
    }
}

static void check_measure(const held *of)
{
    const char *known = "";
    for (size_t i = 0; i < of->source->measure_count; i++) {
        const kt_measure_spec *spec = &of->source->measures[i];
        if (strcmp(spec->measure, of->one->measure) == 0) {
            return;
        }
        known =
            kt_arena_print(of->arena, "%s%s%s", known, known[0] == '\0' ? "" : ", ", spec->measure);
    }
    tell(of, "measure",
         kt_arena_print(of->arena, "\"%s\" is no measure of %s, expected one of %s",
                        of->one->measure, of->source->id, known));
}

/* A code of ours, or the source's own for all or for what is without a place. */
static bool is_region(const held *of, const char *code)
{
    const kt_variable_spec *spec = kt_source_variable(of->source, KT_ROLE_REGION);
    bool known = strcmp(code, KT_TOTAL) == 0 || (spec != NULL && kt_text_same(spec->total, code)) ||
                 (spec != NULL && kt_class_find(&of->config->classifications->regions, code));
    for (size_t i = 0; i < of->source->unallocated_count; i++) {
        known = known || strcmp(of->source->unallocated[i].code, code) == 0;
    }
    return known;
}

/* ISCO-2512 is 2512 at the source. */
static bool is_occupation(const held *of, const char *code)
{
    const kt_variable_spec *spec = kt_source_variable(of->source, KT_ROLE_OCCUPATION);
    const kt_classification *all = &of->config->classifications->occupations;
    return strcmp(code, KT_TOTAL) == 0 ||
           (spec != NULL && (kt_text_same(spec->total, code) || kt_class_find(all, code) != NULL ||
                             kt_class_find(all, kt_arena_print(of->arena, "ISCO-%s", code))));
}

void kt_config_corrections_check(const kt_config *config, kt_arena *arena, kt_problems *problems)
{
    for (size_t i = 0; i < config->correction_count; i++) {
        const kt_correction *one = &config->corrections[i];
        const held of = {config, one, config->sources[kt_config_source(config, one->source)], arena,
                         problems};
        check_measure(&of);
        check_group(&of);
        if (!is_region(&of, one->region)) {
            tell(&of, "region",
                 kt_arena_print(arena,
                                "\"%s\" is no region, expected a code of regions.csv or of %s",
                                one->region, one->source));
        }
        if (!is_occupation(&of, one->occupation)) {
            tell(&of, "occupation",
                 kt_arena_print(arena, "\"%s\" is no occupation of %s, expected %s",
                                one->occupation, one->source,
                                kt_source_variable(of.source, KT_ROLE_OCCUPATION) == NULL
                                    ? "none, as it has no occupations"
                                    : "a code of occupations.csv"));
        }
    }
}
