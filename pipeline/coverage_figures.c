/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coverage_figures.h"

#include <math.h>
#include <string.h>

enum { UNEMPLOYED, VACANCIES };

/* The line of each cell, level after level, and the country's; NULL where there is none. */
typedef struct lines {
    const kt_panel_line **of; /* [level][cell], as offsets say */
    const kt_panel_line *country;
} lines;

struct kt_coverage_figures {
    const kt_config *config;
    const kt_coverage_places *places;
    size_t *offsets; /* of each level */
    lines stocks, long_term;
    lines *needs; /* of each need that is a figure */
};

static size_t all_cells(const kt_coverage_places *places)
{
    size_t count = 0;
    for (size_t i = 0; i < places->level_count; i++) {
        count += places->levels[i].count;
    }
    return count;
}

static size_t cell_called(const kt_coverage_level *level, const char *code)
{
    size_t at = 0;
    while (at < level->count && strcmp(level->cells[at], code) != 0) {
        at++;
    }
    return at;
}

/* Where a line stands, in the cells of all levels; NULL for a region that is no cell. */
static const kt_panel_line **slot_of(const kt_coverage_figures *all, lines *out,
                                     const char *level_name, const char *code)
{
    if (strcmp(level_name, "country") == 0) {
        return strcmp(code, "SSS") == 0 ? &out->country : NULL;
    }
    size_t at = 0;
    while (strcmp(all->places->levels[at].name, level_name) != 0) {
        at++; /* rows are asked for at these levels and the country's alone */
    }
    const kt_coverage_level *level = &all->places->levels[at];
    const size_t cell = cell_called(level, code);
    return cell < level->count ? &out->of[all->offsets[at] + cell] : NULL;
}

static size_t rank_of(const kt_coverage_figures *all, const kt_panel *panel,
                      const kt_panel_line *line)
{
    const char *source = kt_panel_cell(panel, line, "source");
    return source == NULL ? 0 : kt_config_source(all->config, source);
}

/* Of several sources the first of the configuration. */
static void place_lines(const kt_coverage_figures *all, const kt_panel *panel, kt_arena *arena,
                        lines *out)
{
    out->of = kt_arena_array(arena, const kt_panel_line *, all_cells(all->places) + 1);
    for (size_t i = 0; i < panel->line_count; i++) {
        const kt_panel_line *line = &panel->lines[i];
        const kt_panel_line **slot = slot_of(all, out, kt_panel_cell(panel, line, "region_level"),
                                             kt_panel_cell(panel, line, "region_code"));
        if (slot != NULL &&
            (*slot == NULL || rank_of(all, panel, line) < rank_of(all, panel, *slot))) {
            *slot = line;
        }
    }
}

/* Rows of the cells' levels and of the country. */
static kt_panel_filter levels_wanted(const kt_coverage_places *places, kt_arena *arena)
{
    const char **texts = kt_arena_array(arena, const char *, places->level_count + 1);
    for (size_t i = 0; i < places->level_count; i++) {
        texts[i] = places->levels[i].name;
    }
    texts[places->level_count] = "country";
    return (kt_panel_filter){"region_level", texts, places->level_count + 1};
}

static kt_status read_lines(const kt_coverage_figures *all, const kt_series_ask *ask,
                            const kt_panel_place *from, kt_arena *arena, lines *out, kt_error *err)
{
    kt_panel *panel = NULL;
    kt_panel_filter *filters = kt_arena_array(arena, kt_panel_filter, ask->filter_count + 1);
    for (size_t i = 0; i < ask->filter_count; i++) {
        filters[i] = ask->filters[i];
    }
    filters[ask->filter_count] = levels_wanted(all->places, arena);
    const kt_panel_ask question = {.schema = kt_contract_find(all->config->contract, ask->table),
                                   .figures = ask->figures,
                                   .figure_count = ask->figure_count,
                                   .filters = filters,
                                   .filter_count = ask->filter_count + 1};
    if (question.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"%s\"", ask->table);
    }
    KT_TRY(kt_panel_read(&question, from, arena, &panel, err));
    place_lines(all, panel, arena, out);
    return KT_OK;
}

static kt_status read_stocks(kt_coverage_figures *all, const kt_panel_place *from, kt_arena *arena,
                             kt_error *err)
{
    static const char *figures[] = {"unemployed", "vacancies"}, *persons[] = {"persons"};
    static const char *const everybody[] = {"_T"}, *const long_term[] = {"long_term"};
    kt_panel_filter by_occupation = {"occupation_level", everybody, 1};
    kt_panel_filter by_group = {"group_code", long_term, 1};
    const kt_series_ask stocks = {"observations", figures, 2, &by_occupation, 1};
    const kt_series_ask groups = {"target_groups", persons, 1, &by_group, 1};
    KT_TRY(read_lines(all, &stocks, from, arena, &all->stocks, err));
    return read_lines(all, &groups, from, arena, &all->long_term, err);
}

kt_status kt_coverage_figures_read(const kt_config *config, const kt_coverage_places *places,
                                   const kt_panel_place *from, kt_arena *arena,
                                   kt_coverage_figures **out, kt_error *err)
{
    const kt_need_settings *settings = &config->projects.needs;
    kt_coverage_figures *all = kt_arena_new(arena, kt_coverage_figures);
    *all = (kt_coverage_figures){.config = config, .places = places};
    all->offsets = kt_arena_array(arena, size_t, places->level_count + 1);
    for (size_t i = 0; i < places->level_count; i++) {
        all->offsets[i + 1] = all->offsets[i] + places->levels[i].count;
    }
    all->needs = kt_arena_array(arena, lines, settings->need_count + 1);
    KT_TRY(read_stocks(all, from, arena, err));
    for (size_t i = 0; i < settings->need_count; i++) {
        const kt_need *need = &settings->needs[i];
        KT_TRY(need->measure == KT_NEED_FIGURE
                   ? read_lines(all, &need->of, from, arena, &all->needs[i], err)
                   : KT_OK);
    }
    *out = all;
    return KT_OK;
}

/* NAN stays NAN. */
static double positive(double persons)
{
    return persons < 0.0 ? 0.0 : persons;
}

static bool has_value(const kt_published_figure *figure)
{
    return kt_obs_has_value(figure->obs) && !isnan(figure->is.value);
}

/* The scope's job seekers for a vacancy; NAN where it has no vacancy. */
static double per_vacancy(double unemployed, double vacancies)
{
    return vacancies > 0.0 ? unemployed / vacancies : NAN;
}

/* The worst status; of figures that are not there the worst of theirs. */
static kt_obs obs_of(const kt_published_figure *const *figures, size_t count)
{
    kt_obs worst = KT_OBS_OBSERVED, absent = KT_OBS_OBSERVED;
    for (size_t i = 0; i < count; i++) {
        worst = kt_obs_worse(worst, figures[i]->obs);
        absent = has_value(figures[i]) ? absent : kt_obs_worse(absent, figures[i]->obs);
    }
    return kt_obs_has_value(absent) ? worst : absent;
}

/* What is hidden but can only be one number is that number; what is not there has no ends. */
static kt_need_figure settled(kt_interval is, kt_obs obs)
{
    if (kt_obs_is_hidden(obs) && is.low == is.high) {
        return (kt_need_figure){{is.low, is.low, is.low}, KT_OBS_ESTIMATED};
    }
    if (kt_obs_is_hidden(obs) && !isnan(is.low) && !isnan(is.high)) {
        is.value = NAN;
        return (kt_need_figure){is, obs};
    }
    if (kt_obs_is_hidden(obs)) {
        obs = KT_OBS_NOT_COLLECTED; /* hidden, and nobody says within which limits */
    }
    if (kt_obs_has_value(obs) && (isnan(is.value) || isnan(is.low) || isnan(is.high))) {
        obs = KT_OBS_IMPOSSIBLE; /* a scope without a vacancy has no ratio */
    }
    return kt_obs_has_value(obs) ? (kt_need_figure){is, obs}
                                 : (kt_need_figure){{NAN, NAN, NAN}, obs};
}

/*
 * above = max(0, U - V r), below = max(0, V r - U), with r = U_scope / V_scope. U and V r are apart
 * at their ends: the least of what is above has the least U and the most V and r.
 */
kt_need_figure kt_need_gap(kt_need_measure measure, const kt_published_figure *unemployed,
                           const kt_published_figure *vacancies,
                           const kt_published_figure *scope_unemployed,
                           const kt_published_figure *scope_vacancies)
{
    const kt_published_figure *const all[] = {unemployed, vacancies, scope_unemployed,
                                              scope_vacancies};
    const kt_interval u = unemployed->is, v = vacancies->is;
    const kt_interval su = scope_unemployed->is, sv = scope_vacancies->is;
    const double least = u.low - v.high * per_vacancy(su.high, sv.low);
    const double most = u.high - v.low * per_vacancy(su.low, sv.high);
    const double found = u.value - v.value * per_vacancy(su.value, sv.value);
    const kt_interval above = {positive(found), positive(least), positive(most)};
    const kt_interval below = {positive(-found), positive(-most), positive(-least)};
    return settled(measure == KT_NEED_ABOVE_SCOPE ? above : below,
                   obs_of(all, sizeof all / sizeof all[0]));
}

static kt_period period_at(const kt_panel_line *line, size_t at)
{
    return (kt_period){line->first.frequency, line->first.index + (int)at};
}

/* Later by its last day. */
static bool is_later(kt_period one, kt_period other)
{
    return kt_period_last_day(one) > kt_period_last_day(other);
}

static bool newest_of(const kt_panel_line *line, size_t figures, int year, kt_period *out)
{
    bool found = false;
    for (size_t i = line == NULL ? 0 : line->count; i-- > 0 && !found;) {
        const kt_period period = period_at(line, i);
        found = kt_period_year(period) == year;
        for (size_t f = 0; f < figures && found; f++) {
            found = has_value(&line->of[f][i]);
        }
        *out = found ? period : *out;
    }
    return found;
}

bool kt_coverage_period(const kt_coverage_figures *figures, size_t need, size_t level, int year,
                        kt_period *out)
{
    bool found = false;
    if (figures->config->projects.needs.needs[need].measure != KT_NEED_FIGURE) {
        return newest_of(figures->stocks.country, 2, year, out);
    }
    const lines *of = &figures->needs[need];
    for (size_t i = figures->offsets[level]; i < figures->offsets[level + 1]; i++) {
        kt_period own = {0};
        if (newest_of(of->of[i], 1, year, &own) && (!found || is_later(own, *out))) {
            *out = own;
            found = true;
        }
    }
    return found;
}

kt_need_figure kt_coverage_need(const kt_coverage_figures *figures, size_t need, size_t level,
                                size_t cell, kt_period period)
{
    const kt_need *is = &figures->config->projects.needs.needs[need];
    const size_t at = figures->offsets[level] + cell;
    if (is->measure == KT_NEED_FIGURE) {
        const kt_published_figure one = kt_panel_figure(figures->needs[need].of[at], 0, period);
        const bool empty = kt_obs_has_value(one.obs) && isnan(one.is.value);
        return settled(one.is, empty ? KT_OBS_NOT_COLLECTED : one.obs);
    }
    const kt_panel_line *own = figures->stocks.of[at], *scope = figures->stocks.country;
    const kt_published_figure u = kt_panel_figure(own, UNEMPLOYED, period);
    const kt_published_figure v = kt_panel_figure(own, VACANCIES, period);
    const kt_published_figure su = kt_panel_figure(scope, UNEMPLOYED, period);
    const kt_published_figure sv = kt_panel_figure(scope, VACANCIES, period);
    return kt_need_gap(is->measure, &u, &v, &su, &sv);
}

static double number_of(const kt_panel_line *line, size_t figure, kt_period period)
{
    const kt_published_figure is = kt_panel_figure(line, figure, period);
    return has_value(&is) ? is.is.value : NAN;
}

kt_coverage_stocks kt_coverage_stocks_of(const kt_coverage_figures *figures, size_t level,
                                         size_t cell, int year)
{
    const size_t at = figures->offsets[level] + cell;
    kt_period period;
    if (!newest_of(figures->stocks.country, 2, year, &period)) {
        return (kt_coverage_stocks){NAN, NAN, NAN};
    }
    return (kt_coverage_stocks){number_of(figures->stocks.of[at], UNEMPLOYED, period),
                                number_of(figures->long_term.of[at], 0, period),
                                number_of(figures->stocks.of[at], VACANCIES, period)};
}
