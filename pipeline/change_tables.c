/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_tables.h"

#include <math.h>
#include <string.h>

#include "core/text.h"
#include "flows.h"

const kt_change_table kt_change_tables[] = {
    {.table = "flows", .figure = "value", .indicator = "flow"},
    {.table = "target_groups", .figure = "persons", .indicator = "group_code"},
    {.table = NULL},
};

enum { REGION_LEVEL, REGION_CODE }; /* of a line's key: both tables begin so */

#define MOST_KEYS 8

/* Posts open, and people seeking work, in one month are so in the next: a year of them has a mean.
 * Days are means already. A flow has its group behind its name. */
kt_change_kind kt_change_table_kind(const kt_change_table *of, const char *indicator,
                                    bool *of_parts)
{
    *of_parts = kt_text_starts(indicator, "open_days");
    if (*of_parts) {
        return KT_CHANGE_RATIO;
    }
    const bool stays = kt_text_starts(indicator, "vacancies_open") ||
                       kt_text_starts(indicator, "job_seekers_during");
    return strcmp(of->table, "flows") == 0 && !stays ? KT_CHANGE_FLOW : KT_CHANGE_STOCK;
}

kt_status kt_change_table_read(const kt_change_table *of, const kt_config *config,
                               const kt_panel_place *place, kt_arena *arena, kt_panel **out,
                               kt_error *err)
{
    static const char *const all[] = {KT_TOTAL};
    const kt_panel_filter filters[] = {
        {.column = "region_level",
         .texts = config->analysis.changes_levels,
         .count = config->analysis.changes_level_count},
        {.column = "occupation_level", .texts = all, .count = 1},
    };
    const kt_panel_ask ask = {.schema = kt_contract_find(config->contract, of->table),
                              .figures = &of->figure,
                              .figure_count = 1,
                              .filters = filters,
                              .filter_count = strcmp(of->table, "flows") == 0 ? 2 : 1};
    if (ask.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"%s\"", of->table);
    }
    return kt_panel_read(&ask, place, arena, out, err);
}

bool kt_change_is_region(const kt_panel_line *line)
{
    return !kt_text_starts(line->key[REGION_CODE], "_X");
}

/* The line of the same figure in another region. */
static const kt_panel_line *beside(const kt_panel *panel, const kt_panel_line *line,
                                   const char *level, const char *code)
{
    const char *key[MOST_KEYS];
    for (size_t i = 0; i < panel->column_count && i < MOST_KEYS; i++) {
        key[i] = line->key[i];
    }
    key[REGION_LEVEL] = level;
    key[REGION_CODE] = code;
    return kt_panel_find(panel, key, line->first.frequency);
}

/* As in the figures of `observations`: what the level leaves over, else what the finest does. */
static const kt_panel_line *left_over(const kt_panel *panel, const kt_panel_line *line)
{
    static const char *const finest_first[] = {"kunta", "seutukunta", "maakunta", "ely",
                                               "suuralue"};
    const kt_panel_line *found = beside(panel, line, line->key[REGION_LEVEL], "_X");
    for (size_t i = 0; i < sizeof finest_first / sizeof finest_first[0] && found == NULL; i++) {
        found = beside(panel, line, finest_first[i], "_X");
    }
    return found;
}

/* A period without a figure does not say B; then the registry does. */
static bool begins(const kt_change_table *of, const kt_config *config, const kt_panel_line *line,
                   const char *indicator, kt_period period, kt_obs obs)
{
    const bool is_flow = strcmp(of->table, "flows") == 0;
    bool found = obs == KT_OBS_BREAK;
    for (size_t i = 0; i < config->source_count && !found && !kt_obs_has_value(obs); i++) {
        const kt_source *source = config->sources[i];
        const kt_break_place place = {
            .source = source->id,
            .measure = is_flow ? indicator : NULL,
            .region = {.level = line->key[REGION_LEVEL], .code = line->key[REGION_CODE]},
            .occupation = {.level = KT_TOTAL, .code = KT_TOTAL}};
        found = (!is_flow || kt_flow_measure(source, indicator) != NULL) &&
                kt_breaks_begin(config->breaks, &place, period);
    }
    return found;
}

static double allocated_share(kt_published_figure country, kt_published_figure left)
{
    return country.is.value > 0.0 ? 1.0 - left.is.value / country.is.value : NAN;
}

void kt_change_table_points(const kt_change_table *of, const kt_config *config,
                            const kt_panel *panel, const kt_panel_line *line, size_t count,
                            kt_change_point *points)
{
    const char *indicator = kt_panel_cell(panel, line, of->indicator);
    const kt_panel_line *country = beside(panel, line, "country", "SSS");
    const kt_panel_line *left = line == country ? NULL : left_over(panel, line);
    const int newest = line->first.index + (int)line->count - 1;
    bool of_parts = false;
    (void)kt_change_table_kind(of, indicator, &of_parts);
    for (size_t i = 0; i < count; i++) {
        const kt_period period = {line->first.frequency, newest - (int)(count - 1 - i)};
        const kt_published_figure figure = kt_panel_figure(line, 0, period);
        const kt_published_figure rest = kt_panel_figure(left, 0, period);
        points[i] =
            (kt_change_point){.figure = figure.is,
                              .placed = figure.is,
                              .part = NAN,
                              .whole = NAN,
                              .vacancies_allocated = 1.0,
                              .unemployed_allocated = 1.0,
                              .obs = figure.obs,
                              .begins = begins(of, config, line, indicator, period, figure.obs)};
        if (line != country && !of_parts) {
            points[i].placed.high += fmax(rest.is.high, 0.0);
            points[i].vacancies_allocated =
                allocated_share(kt_panel_figure(country, 0, period), rest);
        }
    }
}
