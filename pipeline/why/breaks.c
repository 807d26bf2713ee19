/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "change_series.h"
#include "core/text.h"
#include "why/why.h"

static const char *const figures[] = {"unemployed", "vacancies", "labour_force"};
#define FIGURES (sizeof figures / sizeof figures[0])

/* NULL: the row does not say. */
static const char *said(const kt_why *of, const char *column)
{
    const char *cell = kt_why_cell(of, column);
    return cell[0] == '\0' ? NULL : cell;
}

static const kt_market_spec *market_of(const kt_why *of)
{
    const char *market = kt_why_cell(of, "market");
    for (size_t i = 0; i < of->config->market_count; i++) {
        if (strcmp(of->config->markets[i].name, market) == 0) {
            return &of->config->markets[i];
        }
    }
    return NULL;
}

/* Where the figures behind the row stand: those of a market in its cells. */
static kt_break_place place_of(const kt_why *of)
{
    kt_break_place place = {
        .region = {.level = said(of, "region_level"), .code = said(of, "region_code")},
        .occupation = {.level = said(of, "occupation_level"), .code = said(of, "occupation_code")}};
    const kt_market_spec *market = market_of(of);
    if (said(of, "market") != NULL) {
        const bool has_regions = market != NULL && market->region_level != NULL;
        const bool has_occupations = market != NULL && market->occupation_level != NULL;
        place.region.level = has_regions ? market->region_level : NULL;
        place.region.code = has_regions ? place.region.code : NULL;
        place.occupation.level = has_occupations ? market->occupation_level : NULL;
        place.occupation.code = has_occupations ? place.occupation.code : NULL;
    } else if (place.occupation.code == NULL) {
        place.occupation = (kt_rollup_line){.level = KT_TOTAL, .code = KT_TOTAL};
    }
    return place;
}

/* True if the row is that figure, or made of it. */
static bool is_behind(const kt_why *of, const char *figure)
{
    const char *indicator = kt_why_cell(of, "indicator");
    const bool is_labour_force = strcmp(figure, "labour_force") == 0;
    const kt_change_indicator *one = kt_change_indicator_find(indicator);
    if (one != NULL && one->kind == KT_CHANGE_RATIO) {
        return !is_labour_force;
    }
    return indicator[0] != '\0'
               ? strcmp(indicator, figure) == 0
               : !is_labour_force || kt_schema_column(of->schema, figure) != KT_NO_COLUMN;
}

/* "unemployed, vacancies"; "" if it concerns none of the row's. */
static const char *figures_of(const kt_why *of, const kt_break *one, kt_break_place place)
{
    const char *words = "";
    for (size_t i = 0; i < FIGURES; i++) {
        place.measure = figures[i];
        if (is_behind(of, figures[i]) && kt_break_means(one, &place)) {
            words = kt_arena_print(of->arena, "%s%s%s", words, words[0] == '\0' ? "" : ", ",
                                   figures[i]);
        }
    }
    return words;
}

/* A change is a comparison with the periods of the year before, any other row is of its own. */
static bool begins(const kt_why *of, const kt_break *one, const char *source)
{
    kt_period period;
    if (!kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return false;
    }
    int periods = strcmp(of->schema->table, "changes") == 0 ? (int)period.frequency : 1;
    for (; periods > 0; periods--, period.index--) {
        if (kt_break_begins(one, source, period)) {
            return true;
        }
    }
    return false;
}

static const char *concerned(const kt_why *of, const kt_break *one)
{
    const size_t *sources = NULL;
    const size_t count = kt_why_sources(of, &sources);
    kt_break_place place = place_of(of);
    for (size_t i = 0; i < count; i++) {
        place.source = of->run.sources[sources[i]].id;
        const char *words = begins(of, one, place.source) ? figures_of(of, one, place) : "";
        if (words[0] != '\0') {
            return words;
        }
    }
    return "";
}

/* The row of `checks` that tells how many rows it marks. */
static bool is_its_check(const kt_why *of, const kt_break *one)
{
    const char *id = strrchr(kt_why_cell(of, "subject"), ' ');
    return strcmp(kt_why_cell(of, "check"), KT_CHECK_BREAK) == 0 && id != NULL &&
           strcmp(id + 1, one->id) == 0;
}

void kt_why_add_breaks(const kt_why *of)
{
    /* Not every cell of a market need be meant: its own status says whether one was. */
    const bool silent =
        said(of, "market") != NULL && strcmp(kt_why_cell(of, "obs_status"), "B") != 0;
    json_t *section = json_object();
    for (size_t i = 0; i < of->run.breaks.count; i++) {
        const kt_break *one = &of->run.breaks.at[i];
        const char *words = silent ? "" : concerned(of, one);
        if (words[0] == '\0' && !is_its_check(of, one)) {
            continue;
        }
        json_t *entry = json_object();
        kt_why_put_text(entry, "date", one->date);
        if (words[0] != '\0') {
            kt_why_put_text(entry, "figures", words);
        }
        kt_why_put_text(entry, "what", one->what.en);
        kt_why_put_text(entry, "citation", one->citation);
        kt_why_put_text(entry, "url", one->url);
        json_object_set_new(section, one->id, entry);
    }
    if (json_object_size(section) > 0) {
        (void)kt_why_section(of, "breaks", section);
    } else {
        json_decref(section);
    }
}
