/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/coverage_figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"

enum { UNEMPLOYED, VACANCIES };

/* The line of each cell, level after level, and the country's; NULL where there is none. */
typedef struct lines {
    const kt_panel_line **of; /* [level][cell][sector], as offsets say */
    size_t sectors;           /* 1 where the rows are of regions alone */
    const kt_panel_line *country;
} lines;

struct kt_coverage_figures {
    const kt_config *config;
    const kt_coverage_places *places;
    size_t *offsets; /* of each level */
    const char **sectors;
    size_t sector_count;
    lines stocks, long_term;
    lines *needs; /* of each need that is made of figures */
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

/* 0 where rows are of regions alone; out of range for a sector that is no cell. */
static size_t sector_of(const kt_coverage_figures *all, const char *code, size_t sectors)
{
    size_t at = 0;
    while (sectors > 1 && at < sectors && strcmp(all->sectors[at], code) != 0) {
        at++;
    }
    return at;
}

/* Where a line stands, in the cells of all levels; NULL for a region that is no cell. */
static const kt_panel_line **slot_of(const kt_coverage_figures *all, const kt_panel *panel,
                                     const kt_panel_line *line, lines *out)
{
    const char *level_name = kt_panel_cell(panel, line, "region_level");
    const char *code = kt_panel_cell(panel, line, "region_code");
    const size_t sector = sector_of(all, kt_panel_cell(panel, line, "sector_code"), out->sectors);
    if (strcmp(level_name, "country") == 0) {
        return strcmp(code, "SSS") == 0 ? &out->country : NULL;
    }
    size_t at = 0;
    while (strcmp(all->places->levels[at].name, level_name) != 0) {
        at++; /* rows are asked for at these levels and the country's alone */
    }
    const kt_coverage_level *level = &all->places->levels[at];
    const size_t cell = cell_called(level, code);
    return cell < level->count && sector < out->sectors
               ? &out->of[(all->offsets[at] + cell) * out->sectors + sector]
               : NULL;
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
    out->of =
        kt_arena_array(arena, const kt_panel_line *, all_cells(all->places) * out->sectors + 1);
    for (size_t i = 0; i < panel->line_count; i++) {
        const kt_panel_line *line = &panel->lines[i];
        const kt_panel_line **slot = slot_of(all, panel, line, out);
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
    out->sectors = out->sectors == 0 ? 1 : out->sectors;
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

static int by_code(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void find_sectors(kt_coverage_figures *all, kt_arena *arena)
{
    const kt_classification *sectors = &all->config->classifications->sectors[KT_TOL2008];
    all->sectors = kt_arena_array(arena, const char *, sectors->item_count + 1);
    for (size_t i = 0; i < sectors->item_count; i++) {
        const kt_class_item *item = &sectors->items[i];
        if (strcmp(item->level, "tol1") == 0 && item->code[0] != '_') {
            all->sectors[all->sector_count++] = item->code;
        }
    }
    qsort(all->sectors, all->sector_count, sizeof(const char *), by_code);
}

static kt_status read_need(kt_coverage_figures *all, size_t at, const kt_panel_place *from,
                           kt_arena *arena, kt_error *err)
{
    const kt_need *need = &all->config->projects.needs.needs[at];
    all->needs[at].sectors = kt_need_is_of_sectors(need) ? all->sector_count : 1;
    return need->of.figure_count == 0
               ? KT_OK
               : read_lines(all, &need->of, from, arena, &all->needs[at], err);
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
    find_sectors(all, arena);
    KT_TRY(read_stocks(all, from, arena, err));
    for (size_t i = 0; i < settings->need_count; i++) {
        KT_TRY(read_need(all, i, from, arena, err));
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

/* The rate of a month: posts by posts and persons employed; nobody at work has none. */
static double rate_of(double vacancies, double employed)
{
    return vacancies + employed > 0.0 ? vacancies / (vacancies + employed) : NAN;
}

/* Posts that persons employed would have beside them at that rate. */
static double posts_at(double rate, double employed)
{
    return rate < 1.0 ? employed * rate / (1.0 - rate) : NAN;
}

/* How far a month can be part of the mean: with a figure, by its limits, or not at all. */
static kt_obs month_status(const kt_published_figure *vacancies,
                           const kt_published_figure *employed, bool later)
{
    const bool limits =
        kt_obs_is_hidden(vacancies->obs) && !isnan(vacancies->is.low) && !isnan(vacancies->is.high);
    if ((later && vacancies->obs == KT_OBS_BREAK) || isnan(employed->is.value) ||
        (!limits && !has_value(vacancies))) {
        return KT_OBS_NOT_COLLECTED;
    }
    return limits ? KT_OBS_ESTIMATED : vacancies->obs;
}

kt_need_figure kt_need_above_mean(const kt_published_figure *vacancies,
                                  const kt_published_figure *employed, size_t months)
{
    kt_interval rate = {0.0, 0.0, 0.0};
    kt_obs obs = KT_OBS_OBSERVED;
    for (size_t i = 0; i < months; i++) {
        const kt_interval v = vacancies[i].is;
        const double d = employed[i].is.value;
        const bool has = has_value(&vacancies[i]);
        obs = kt_obs_worse(obs, month_status(&vacancies[i], &employed[i], i > 0));
        rate.value += rate_of(has ? v.value : (v.low + v.high) / 2.0, d) / (double)months;
        rate.low += rate_of(v.low, d) / (double)months;
        rate.high += rate_of(v.high, d) / (double)months;
    }
    const kt_interval now = vacancies[months - 1].is;
    const double d = employed[months - 1].is.value;
    const kt_obs own = vacancies[months - 1].obs;
    const kt_interval above = {positive(now.value - posts_at(rate.value, d)),
                               positive(now.low - posts_at(rate.high, d)),
                               positive(now.high - posts_at(rate.low, d))};
    const bool exact = rate.low == rate.high && now.low == now.high;
    const kt_interval is = {above.value, exact ? above.value : above.low,
                            exact ? above.value : above.high};
    return settled(is, kt_obs_has_value(obs) && kt_obs_is_hidden(own) ? own : obs);
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
    const lines *of = &figures->needs[need];
    if (of->of == NULL) {
        return newest_of(figures->stocks.country, 2, year, out);
    }
    const size_t end = figures->offsets[level + 1] * of->sectors;
    for (size_t i = figures->offsets[level] * of->sectors; i < end; i++) {
        kt_period own = {0};
        if (newest_of(of->of[i], 1, year, &own) && (!found || is_later(own, *out))) {
            *out = own;
            found = true;
        }
    }
    return found;
}

static const kt_panel_line *line_of(const kt_coverage_figures *figures, kt_need_place place)
{
    const lines *of = &figures->needs[place.need];
    return of->of[(figures->offsets[place.level] + place.cell) * of->sectors + place.sector];
}

static kt_need_figure above_mean(const kt_panel_line *line, size_t months, kt_period period)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("months of a need", 0);
    kt_published_figure *vacancies = kt_arena_array(arena, kt_published_figure, months);
    kt_published_figure *employed = kt_arena_array(arena, kt_published_figure, months);
    for (size_t i = 0; i < months; i++) {
        const kt_period one = {period.frequency, period.index - (int)(months - 1 - i)};
        vacancies[i] = kt_panel_figure(line, 0, one);
        employed[i] = kt_panel_figure(line, 1, one);
    }
    return kt_need_above_mean(vacancies, employed, months);
}

kt_need_figure kt_coverage_need(const kt_coverage_figures *figures, kt_need_place place,
                                kt_period period)
{
    const kt_need *is = &figures->config->projects.needs.needs[place.need];
    const size_t at = figures->offsets[place.level] + place.cell;
    if (kt_need_is_of_sectors(is)) {
        return above_mean(line_of(figures, place), is->months, period);
    }
    if (is->measure == KT_NEED_FIGURE) {
        const kt_published_figure one = kt_panel_figure(line_of(figures, place), 0, period);
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

kt_coverage_stocks kt_coverage_sector_stocks(const kt_coverage_figures *figures,
                                             kt_need_place place, kt_period period)
{
    return (kt_coverage_stocks){NAN, NAN, number_of(line_of(figures, place), 0, period)};
}

size_t kt_coverage_sectors(const kt_coverage_figures *figures, const char *const **codes)
{
    *codes = figures->sectors;
    return figures->sector_count;
}
