/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curve_lines.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const kt_curve_ask *ask;
    const kt_panel *panel;
    kt_arena *arena;
    kt_curve_line *at;
    size_t count, room;
} reading;

/* The line's figure of that kind in a period; not collected where it has none. */
typedef struct line_sides {
    const kt_panel_line *of[KT_CURVE_FIGURES]; /* NULL: no such row */
    size_t figure[KT_CURVE_FIGURES];
    bool shared; /* the row's status is of more than the figure: one that is there was observed */
} line_sides;

static kt_published_figure figure_at(const line_sides *sides, int kind, kt_period period)
{
    kt_published_figure figure = kt_panel_figure(sides->of[kind], sides->figure[kind], period);
    if (sides->shared && !isnan(figure.is.value)) {
        figure.obs = KT_OBS_OBSERVED;
    }
    return figure;
}

/* The row of another indicator that is alike in all else. */
static const kt_panel_line *sibling(const reading *of, const kt_panel_line *line,
                                    const char *indicator)
{
    const char **key = kt_arena_array(of->arena, const char *, of->panel->column_count + 1);
    const size_t place = kt_schema_column(of->panel->schema, "indicator");
    for (size_t i = 0; i < of->panel->column_count; i++) {
        key[i] = of->panel->columns[i] == place ? indicator : line->key[i];
    }
    return kt_panel_find(of->panel, key, line->first.frequency);
}

static line_sides sides_of(const reading *of, const kt_panel_line *line)
{
    line_sides found = {.shared = of->ask->column != NULL};
    for (int i = 0; i < KT_CURVE_FIGURES; i++) {
        found.of[i] = of->ask->column == NULL ? line : sibling(of, line, of->ask->of[i]);
        found.figure[i] = of->ask->column == NULL ? (size_t)i : 0;
    }
    return found;
}

/* What is absent hides a break: the worst of the figures without a value, where there is one. */
static kt_obs worst_of(const kt_published_figure of[KT_CURVE_FIGURES])
{
    kt_obs absent = KT_OBS_OBSERVED, worst = KT_OBS_OBSERVED;
    for (int i = 0; i < KT_CURVE_FIGURES; i++) {
        worst = kt_obs_worse(worst, of[i].obs);
        absent = kt_obs_has_value(of[i].obs) ? absent : kt_obs_worse(absent, of[i].obs);
    }
    return absent == KT_OBS_OBSERVED ? worst : absent;
}

static double share(double part, double whole)
{
    const double rate = whole > 0.0 ? part / whole : NAN;
    return rate >= 0.0 && rate <= 1.0 ? rate : NAN;
}

static void put_rates(const kt_curve_line *line, const line_sides *sides, size_t at)
{
    const kt_period period = {line->first.frequency, line->first.index + (int)at};
    kt_published_figure of[KT_CURVE_FIGURES];
    for (int i = 0; i < KT_CURVE_FIGURES; i++) {
        of[i] = figure_at(sides, i, period);
    }
    kt_obs obs = worst_of(of);
    const double persons = of[KT_CURVE_LABOUR_FORCE].is.value;
    const double unemployed = of[KT_CURVE_UNEMPLOYED].is.value;
    const double posts = of[KT_CURVE_VACANCIES].is.value;
    double u = share(unemployed, persons);
    double v =
        share(posts, line->ask->definition == KT_RATE_LABOUR_FORCE ? persons
                                                                   : posts + persons - unemployed);
    double by_labour_force = share(posts, persons);
    if (kt_obs_has_value(obs) && (isnan(u) || isnan(v) || isnan(by_labour_force))) {
        obs = KT_OBS_IMPOSSIBLE;
    }
    if (!kt_obs_has_value(obs) || obs == KT_OBS_IMPOSSIBLE) {
        u = v = by_labour_force = NAN;
    }
    line->unemployment[at] = (kt_published_figure){{u, u, u}, obs};
    line->vacancy[at] = (kt_published_figure){{v, v, v}, obs};
    line->by_labour_force[at] = by_labour_force;
}

static void add_line(reading *of, const kt_panel_line *from)
{
    const line_sides sides = sides_of(of, from);
    of->at = kt_arena_grow(of->arena, of->at, of->count, &of->room, sizeof *of->at);
    kt_curve_line *line = &of->at[of->count++];
    *line = (kt_curve_line){
        .ask = of->ask,
        .first = from->first,
        .count = from->count,
        .unemployment = kt_arena_array(of->arena, kt_published_figure, from->count),
        .vacancy = kt_arena_array(of->arena, kt_published_figure, from->count),
        .by_labour_force = kt_arena_array(of->arena, double, from->count),
        .made = kt_arena_array(of->arena, kt_curve_point, from->count),
    };
    for (int i = 0; i < KT_SERIES_OCCUPATION_LEVEL; i++) {
        const char *cell = kt_panel_cell(of->panel, from, kt_series_words[i]);
        const char *absent = i == KT_SERIES_SOURCE ? "_Z" : "_T";
        line->word[i] = cell == NULL ? absent : cell;
    }
    if (of->ask->source != NULL) {
        line->word[KT_SERIES_SOURCE] = of->ask->source;
    }
    for (size_t i = 0; i < line->count; i++) {
        put_rates(line, &sides, i);
        line->shown = line->shown || line->unemployment[i].obs != KT_OBS_NOT_COLLECTED;
    }
}

/* A row that begins a line: each does, or that of the unemployed where figures are rows. A region
 * without a labour force, as what is in no region, has no rates. */
static bool begins_line(const reading *of, const kt_panel_line *line)
{
    const char *code = kt_panel_cell(of->panel, line, "region_code");
    const bool region = code == NULL || strncmp(code, "_X", 2) != 0;
    return region && (of->ask->column == NULL || strcmp(kt_panel_cell(of->panel, line, "indicator"),
                                                        of->ask->of[KT_CURVE_UNEMPLOYED]) == 0);
}

static int compare_lines(const void *a, const void *b)
{
    const kt_curve_line *left = a, *right = b;
    int order = 0;
    for (int i = 0; order == 0 && i < KT_SERIES_OCCUPATION_LEVEL; i++) {
        order = strcmp(left->word[i], right->word[i]);
    }
    return order != 0 ? order : (int)left->first.frequency - (int)right->first.frequency;
}

/* Lines of several tables may have the same words: the first one of the settings stands. */
static void settle(reading *of, kt_curve_lines *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < of->count; i++) {
        size_t at = 0;
        while (at < kept && compare_lines(&of->at[at], &of->at[i]) != 0) {
            at++;
        }
        if (at == kept) {
            of->at[kept++] = of->at[i];
        }
    }
    if (kept > 0) {
        qsort(of->at, kept, sizeof *of->at, compare_lines);
    }
    *out = (kt_curve_lines){of->at, kept};
}

static kt_status read_ask(reading *of, const kt_contract *contract, const kt_panel_place *place,
                          kt_error *err)
{
    const kt_curve_ask *ask = of->ask;
    const kt_panel_ask question = {.schema = kt_contract_find(contract, ask->table),
                                   .figures = ask->column == NULL ? ask->of : &ask->column,
                                   .figure_count = ask->column == NULL ? KT_CURVE_FIGURES : 1,
                                   .filters = ask->filters,
                                   .filter_count = ask->filter_count};
    kt_panel *panel = NULL;
    KT_TRY(kt_panel_read(&question, place, of->arena, &panel, err));
    of->panel = panel;
    for (size_t i = 0; i < panel->line_count; i++) {
        if (begins_line(of, &panel->lines[i])) {
            add_line(of, &panel->lines[i]);
        }
    }
    return KT_OK;
}

kt_status kt_curve_lines_read(const kt_config *config, const kt_panel_place *place, kt_arena *arena,
                              kt_curve_lines *out, kt_error *err)
{
    reading of = {.arena = arena};
    for (size_t i = 0; i < config->beveridge.ask_count; i++) {
        of.ask = &config->beveridge.asks[i];
        KT_TRY(read_ask(&of, config->contract, place, err));
    }
    settle(&of, out);
    return KT_OK;
}
