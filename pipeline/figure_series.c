/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure_series.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const kt_series_words[KT_SERIES_WORDS] = {
    [KT_SERIES_SOURCE] = "source",
    [KT_SERIES_REGION_LEVEL] = "region_level",
    [KT_SERIES_REGION_CODE] = "region_code",
    [KT_SERIES_SECTOR_LEVEL] = "sector_level",
    [KT_SERIES_SECTOR_CODE] = "sector_code",
    [KT_SERIES_OCCUPATION_LEVEL] = "occupation_level",
    [KT_SERIES_OCCUPATION_CODE] = "occupation_code",
    [KT_SERIES_INDICATOR] = "indicator",
};

/* Columns that say what the figure of a row is. */
static const char *const own_indicators[] = {"indicator", "flow", "group_code"};

static const char *indicator_of(const kt_panel *panel, const kt_panel_line *line,
                                const char *figure)
{
    const char *found = NULL;
    for (size_t i = 0; i < sizeof own_indicators / sizeof own_indicators[0] && found == NULL; i++) {
        found = kt_panel_cell(panel, line, own_indicators[i]);
    }
    return found == NULL ? figure : found;
}

static void name_series(const kt_panel *panel, const kt_panel_line *line, const char *figure,
                        kt_figure_series *out)
{
    for (int i = 0; i < KT_SERIES_INDICATOR; i++) {
        const char *cell = kt_panel_cell(panel, line, kt_series_words[i]);
        const char *absent = i == KT_SERIES_SOURCE ? "_Z" : "_T";
        out->word[i] = cell == NULL ? absent : cell;
    }
    out->word[KT_SERIES_INDICATOR] = indicator_of(panel, line, figure);
}

typedef struct placed_series {
    kt_figure_series is;
    size_t place; /* in the order of the settings */
} placed_series;

static int compare_words(const kt_figure_series *a, const kt_figure_series *b)
{
    int order = 0;
    for (int i = 0; order == 0 && i < KT_SERIES_WORDS; i++) {
        order = strcmp(a->word[i], b->word[i]);
    }
    return order != 0 ? order : (int)a->first.frequency - (int)b->first.frequency;
}

static int by_words(const void *a, const void *b)
{
    const placed_series *left = a, *right = b;
    const int order = compare_words(&left->is, &right->is);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

typedef struct gathering {
    kt_arena *arena;
    placed_series *at;
    size_t count, room;
} gathering;

static void add_panel(gathering *of, const kt_panel *panel, const kt_series_ask *ask)
{
    for (size_t i = 0; i < panel->line_count * ask->figure_count; i++) {
        const kt_panel_line *line = &panel->lines[i / ask->figure_count];
        const size_t figure = i % ask->figure_count;
        of->at = kt_arena_grow(of->arena, of->at, of->count, &of->room, sizeof *of->at);
        placed_series *series = &of->at[of->count];
        series->place = of->count++;
        series->is =
            (kt_figure_series){.first = line->first, .count = line->count, .at = line->of[figure]};
        name_series(panel, line, ask->figures[figure], &series->is);
    }
}

static void keep_each_once(gathering *of, kt_figure_series_list *out)
{
    if (of->count > 0) {
        qsort(of->at, of->count, sizeof *of->at, by_words);
    }
    out->at = kt_arena_array(of->arena, kt_figure_series, of->count + 1);
    out->count = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (out->count == 0 || compare_words(&of->at[i].is, &out->at[out->count - 1]) != 0) {
            out->at[out->count++] = of->at[i].is;
        }
    }
}

kt_status kt_figure_series_read(const kt_contract *contract, const kt_series_settings *settings,
                                const kt_panel_place *place, kt_arena *arena,
                                kt_figure_series_list *out, kt_error *err)
{
    gathering of = {.arena = arena};
    out->asked = kt_arena_array(arena, size_t, settings->ask_count + 1);
    for (size_t i = 0; i < settings->ask_count; i++) {
        const kt_series_ask *ask = &settings->asks[i];
        const kt_panel_ask question = {.schema = kt_contract_find(contract, ask->table),
                                       .figures = ask->figures,
                                       .figure_count = ask->figure_count,
                                       .filters = ask->filters,
                                       .filter_count = ask->filter_count};
        kt_panel *panel = NULL;
        KT_TRY(kt_panel_read(&question, place, arena, &panel, err));
        add_panel(&of, panel, ask);
        out->asked[i] = panel->line_count * ask->figure_count;
    }
    keep_each_once(&of, out);
    return KT_OK;
}

static bool has_figure(const kt_figure_series *series, size_t at)
{
    return kt_obs_has_value(series->at[at].obs) && !isnan(series->at[at].is.value);
}

bool kt_series_run_next(const kt_figure_series *series, size_t from, kt_series_run *out)
{
    while (from < series->count && !has_figure(series, from)) {
        from++;
    }
    size_t end = from;
    while (end < series->count && has_figure(series, end) &&
           (end == from || series->at[end].obs != KT_OBS_BREAK)) {
        end++;
    }
    *out = (kt_series_run){from, end - from};
    return end > from;
}
