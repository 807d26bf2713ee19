/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_series.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "publish/observations.h"

const kt_change_indicator kt_change_indicators[] = {
    {.id = "unemployed", .kind = KT_CHANGE_STOCK, .unemployed = true},
    {.id = "vacancies", .kind = KT_CHANGE_STOCK, .vacancies = true},
    {.id = "tightness", .kind = KT_CHANGE_RATIO, .unemployed = true, .vacancies = true},
    {.id = "job_seekers_per_vacancy",
     .kind = KT_CHANGE_RATIO,
     .unemployed = true,
     .vacancies = true,
     .per_vacancy = true},
    {.id = NULL},
};

const kt_change_indicator *kt_change_indicator_find(const char *id)
{
    const kt_change_indicator *one = kt_change_indicators;
    while (one->id != NULL && strcmp(one->id, id) != 0) {
        one++;
    }
    return one->id == NULL ? NULL : one;
}

bool kt_change_has(const kt_change_source *of, const kt_change_indicator *indicator)
{
    const kt_codes *measures = of->cube->codes[KT_ROLE_MEASURE];
    return (!indicator->unemployed || kt_codes_find(measures, "unemployed") != KT_NO_CODE) &&
           (!indicator->vacancies || kt_codes_find(measures, "vacancies") != KT_NO_CODE);
}

/* A level that leaves nothing over of its own, as groups of ours, lacks at most what the finest
 * level lacks. */
static size_t left_over_anywhere(const kt_change_panel *panel)
{
    static const char *const finest_first[] = {"kunta", "seutukunta", "maakunta", "ely",
                                               "suuralue"};
    size_t found = KT_NO_CODE;
    for (size_t i = 0; i < sizeof finest_first / sizeof finest_first[0] && found == KT_NO_CODE;
         i++) {
        found = kt_rollup_line_find(panel->lines, panel->line_count, finest_first[i], "_X");
    }
    return found;
}

static void place_unallocated(kt_change_panel *panel, kt_arena *arena)
{
    const size_t anywhere = left_over_anywhere(panel);
    panel->unallocated = kt_arena_array(arena, size_t, panel->line_count + 1);
    for (size_t i = 0; i < panel->line_count; i++) {
        const size_t own =
            kt_rollup_line_find(panel->lines, panel->line_count, panel->lines[i].level, "_X");
        panel->unallocated[i] = own != KT_NO_CODE ? own : anywhere;
    }
}

static kt_status read_month(const kt_change_panel *panel, size_t place, size_t occupation,
                            kt_published_row *out, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("changes of a period", 0);
    kt_cube *cube = NULL;
    const kt_observation_source from = {.source = panel->of.source,
                                        .cube = panel->of.cube,
                                        .rollup = panel->of.rollup,
                                        .breaks = panel->of.breaks,
                                        .protected_share_limit = panel->of.protected_share_limit};
    KT_TRY(kt_observation_slab_make(&from, place, arena, &cube, err));
    const kt_observation_slab slab = kt_observation_slab_of(cube, panel->of.source);
    for (size_t i = 0; i < panel->line_count; i++) {
        out[i] = kt_observation_figures(&slab, i, occupation);
    }
    return KT_OK;
}

static kt_status read_months(kt_change_panel *panel, const kt_period *periods, size_t occupation,
                             kt_arena *arena, kt_error *err)
{
    const int oldest = panel->newest.index - (int)panel->count + 1;
    panel->months = kt_arena_array(arena, kt_published_row *, panel->count);
    for (size_t i = 0; i < panel->of.cube->size[KT_ROLE_PERIOD]; i++) {
        if (periods[i].frequency != panel->newest.frequency || periods[i].index < oldest) {
            continue;
        }
        kt_published_row *month = kt_arena_array(arena, kt_published_row, panel->line_count);
        KT_TRY(read_month(panel, i, occupation, month, err));
        panel->months[periods[i].index - oldest] = month;
    }
    return KT_OK;
}

static kt_period newest_of(const kt_period *periods, size_t count, kt_frequency frequency)
{
    kt_period newest = {frequency, 0};
    for (size_t i = 0; i < count; i++) {
        if (periods[i].frequency == frequency && periods[i].index > newest.index) {
            newest = periods[i];
        }
    }
    return newest;
}

kt_status kt_change_panel_make(const kt_change_source *of, size_t count, kt_arena *arena,
                               kt_change_panel **out, kt_error *err)
{
    kt_change_panel *panel = kt_arena_new(arena, kt_change_panel);
    *panel = (kt_change_panel){.of = *of, .count = count};
    panel->line_count = kt_rollup_regions(of->rollup, &panel->lines);
    panel->country = kt_rollup_line_find(panel->lines, panel->line_count, "country", "SSS");
    place_unallocated(panel, arena);
    kt_period *periods = NULL;
    KT_TRY(kt_cube_periods(of->cube, arena, &periods, err));
    panel->newest = newest_of(periods, of->cube->size[KT_ROLE_PERIOD], of->source->frequency);
    const kt_rollup_line *occupations = NULL;
    const size_t occupation_count = kt_rollup_occupations(of->rollup, &occupations);
    const size_t total = kt_rollup_line_find(occupations, occupation_count, KT_TOTAL, KT_TOTAL);
    if (total == KT_NO_CODE) {
        panel->line_count = 0;
        *out = panel;
        return KT_OK;
    }
    panel->total = occupations[total];
    KT_TRY(read_months(panel, periods, total, arena, err));
    *out = panel;
    return KT_OK;
}

static const kt_published_figure nothing = {{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};

kt_published_figure kt_change_figure(const kt_change_panel *panel,
                                     const kt_change_indicator *indicator, size_t line,
                                     size_t period)
{
    if (panel->months[period] == NULL) {
        return nothing;
    }
    const kt_published_row *row = &panel->months[period][line];
    if (indicator->kind == KT_CHANGE_RATIO) {
        return indicator->per_vacancy ? row->seekers_per_vacancy : row->tightness;
    }
    return indicator->unemployed ? row->unemployed : row->vacancies;
}

/* The share of the country that its regions at the line's level hold. */
static double allocated_share(kt_published_figure country, kt_published_figure left)
{
    return country.is.value > 0.0 ? 1.0 - left.is.value / country.is.value : NAN;
}

static void put_shares(const kt_change_panel *panel, const kt_change_indicator *indicator,
                       size_t line, const kt_published_row *month, kt_change_point *point)
{
    const size_t left = panel->unallocated[line];
    point->vacancies_allocated = point->unemployed_allocated = 1.0;
    if (line == panel->country) {
        return;
    }
    const bool known = left != KT_NO_CODE && panel->country != KT_NO_CODE;
    if (indicator->vacancies) {
        point->vacancies_allocated =
            known ? allocated_share(month[panel->country].vacancies, month[left].vacancies) : NAN;
    }
    if (indicator->unemployed) {
        point->unemployed_allocated =
            known ? allocated_share(month[panel->country].unemployed, month[left].unemployed) : NAN;
    }
}

/* A region's posts are at most its own and all that have no region. */
static kt_interval with_unallocated(const kt_change_panel *panel, size_t line,
                                    const kt_published_row *month)
{
    kt_interval posts = month[line].vacancies.is;
    if (line != panel->country && panel->unallocated[line] != KT_NO_CODE) {
        posts.high += fmax(month[panel->unallocated[line]].vacancies.is.high, 0.0);
    }
    return posts;
}

static kt_interval place_posts(const kt_change_panel *panel, const kt_change_indicator *indicator,
                               size_t line, const kt_published_row *month)
{
    if (!indicator->vacancies) {
        return month[line].unemployed.is;
    }
    const kt_interval posts = with_unallocated(panel, line, month);
    if (!indicator->unemployed) {
        return posts;
    }
    const kt_interval persons = month[line].unemployed.is;
    return indicator->per_vacancy ? kt_tightness(posts, persons) : kt_tightness(persons, posts);
}

static bool begins(const kt_change_panel *panel, const kt_change_indicator *indicator, size_t line,
                   kt_period period)
{
    kt_break_place place = {.source = panel->of.source->id,
                            .measure = "unemployed",
                            .region = panel->lines[line],
                            .occupation = panel->total};
    if (indicator->unemployed && kt_breaks_begin(panel->of.breaks, &place, period)) {
        return true;
    }
    place.measure = "vacancies";
    return indicator->vacancies && kt_breaks_begin(panel->of.breaks, &place, period);
}

void kt_change_points(const kt_change_panel *panel, const kt_change_indicator *indicator,
                      size_t line, kt_change_point *points)
{
    for (size_t i = 0; i < panel->count; i++) {
        const kt_published_row *month = panel->months[i];
        const kt_published_figure figure = kt_change_figure(panel, indicator, line, i);
        kt_period period = panel->newest;
        period.index -= (int)(panel->count - 1 - i);
        points[i] = (kt_change_point){.figure = figure.is,
                                      .obs = figure.obs,
                                      .placed = figure.is,
                                      .begins = begins(panel, indicator, line, period)};
        if (month == NULL) {
            continue;
        }
        const double posts = month[line].vacancies.is.value;
        const double persons = month[line].unemployed.is.value;
        points[i].part = indicator->per_vacancy ? persons : posts;
        points[i].whole = indicator->per_vacancy ? posts : persons;
        points[i].placed = place_posts(panel, indicator, line, month);
        put_shares(panel, indicator, line, month, &points[i]);
    }
}
