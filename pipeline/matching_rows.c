/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matching_rows.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "published_flows.h"

enum { UNEMPLOYED, VACANCIES, STOCKS };
enum { HIRES, NEW_VACANCIES, NEW_UNEMPLOYED, FLOWS };

static const char *const stocks[STOCKS] = {"unemployed", "vacancies"};
static const char *const flow_inputs[FLOWS] = {"hires", "new_vacancies", "new_unemployed"};

/* What is known of one region, and the months in which it has rows. */
typedef struct market {
    const char *code;
    kt_month_line stock[STOCKS], flow[FLOWS];
    int first, last; /* no row: last is before first */
} market;

typedef struct fitting {
    const kt_matching_settings *settings;
    const kt_flow_panels *panels;
    kt_arena *arena;
    const kt_function_spec *spec;
    const char *flows[FLOWS]; /* names; NULL: the function has no such input */
    market *markets;
    size_t market_count;
} fitting;

static bool is_of(const kt_function_spec *spec, const char *model)
{
    const kt_measure *measure = spec->fit.measure;
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        if (strcmp(measure->params[i].name, "model") == 0) {
            return strcmp(spec->fit.params[i].text, model) == 0;
        }
    }
    return false;
}

static double stock_before(const market *of, size_t stock, int month)
{
    return kt_month_number(of->stock[stock], month - 1);
}

/* ln(v/u) at the start of a month; NAN where one of them is 0 or not known. */
static double tightness(const market *of, int month)
{
    const double ratio = stock_before(of, VACANCIES, month) / stock_before(of, UNEMPLOYED, month);
    return ratio > 0.0 && !isinf(ratio) ? log(ratio) : NAN;
}

/* The month has all that the function is fitted to. */
static bool is_whole(const fitting *of, const market *one, int month)
{
    bool whole =
        !isnan(stock_before(one, UNEMPLOYED, month)) && !isnan(stock_before(one, VACANCIES, month));
    for (size_t i = 0; i < FLOWS; i++) {
        whole = whole && (of->flows[i] == NULL || !isnan(kt_month_number(one->flow[i], month)));
    }
    for (size_t i = 1; i <= of->spec->instruments; i++) {
        whole = whole && !isnan(tightness(one, month - (int)i));
    }
    return whole;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

/* Figures before the newest break of any of them stand on another basis. */
static int first_comparable(const fitting *of, const market *one)
{
    const int before = 1 + (int)of->spec->instruments;
    int first = one->flow[HIRES].line->first.index;
    for (size_t i = 0; i < STOCKS; i++) {
        const int newest = kt_month_break(one->stock[i]);
        first = newest == INT_MIN ? first : later(first, newest + before);
    }
    for (size_t i = 0; i < FLOWS; i++) {
        first = of->flows[i] == NULL ? first : later(first, kt_month_break(one->flow[i]));
    }
    return first;
}

/* From the first month that has everything to the last; holes between are left to the measure. */
static void span(const fitting *of, market *one)
{
    const kt_panel_line *hires = one->flow[HIRES].line;
    one->first = 0;
    one->last = -1;
    if (hires == NULL) {
        return;
    }
    one->first = first_comparable(of, one);
    one->last = hires->first.index + (int)hires->count - 1;
    while (one->first <= one->last && !is_whole(of, one, one->first)) {
        one->first++;
    }
    while (one->first <= one->last && !is_whole(of, one, one->last)) {
        one->last--;
    }
}

static void open_market(const fitting *of, const char *level, const char *code, market *out)
{
    *out = (market){.code = code};
    for (size_t i = 0; i < STOCKS; i++) {
        out->stock[i] = kt_stock_line(of->panels, level, code, i);
    }
    for (size_t i = 0; i < FLOWS; i++) {
        if (of->flows[i] != NULL) {
            out->flow[i] = kt_flow_line(of->panels, level, code, of->flows[i]);
        }
    }
    span(of, out);
}

/* Regions of the level that have monthly stocks; what is in no region is none. */
static const char *region_at(const fitting *of, size_t line, const char *level)
{
    const kt_panel *panel = of->panels->stocks;
    const char *code = kt_panel_cell(panel, &panel->lines[line], "region_code");
    const bool wanted =
        panel->lines[line].first.frequency == KT_MONTHLY && strncmp(code, "_X", 2) != 0 &&
        strcmp(kt_panel_cell(panel, &panel->lines[line], "region_level"), level) == 0;
    return wanted ? code : NULL;
}

static void open_markets(fitting *of, const char *scope)
{
    const kt_function_spec *spec = of->spec;
    of->markets = kt_arena_array(of->arena, market, of->panels->stocks->line_count + 1);
    of->market_count = 0;
    if (spec->markets != KT_MARKETS_REGIONS) {
        open_market(of, spec->scopes, scope, &of->markets[of->market_count++]);
        return;
    }
    for (size_t i = 0; i < of->panels->stocks->line_count; i++) {
        const char *code = region_at(of, i, spec->market_level);
        if (code != NULL) {
            open_market(of, spec->market_level, code, &of->markets[of->market_count++]);
        }
    }
}

/* The columns of a group while they are filled. */
typedef struct columns {
    const char **period, **market;
    double *stock[STOCKS], *flow[FLOWS], **instrument;
} columns;

static double *new_column(const fitting *of, const char *input, size_t rows, kt_group *group)
{
    double *column = kt_arena_array(of->arena, double, rows);
    group->figure[kt_measure_input_at(of->spec->fit.measure, input)] = column;
    return column;
}

static columns open_columns(const fitting *of, size_t rows, kt_group *group)
{
    const kt_measure *measure = of->spec->fit.measure;
    const size_t lags = of->spec->instruments;
    columns out = {.period = kt_arena_array(of->arena, const char *, rows),
                   .market = kt_arena_array(of->arena, const char *, rows),
                   .instrument = kt_arena_array(of->arena, double *, lags + 1)};
    const char **names = kt_arena_array(of->arena, const char *, lags + 1);
    group->row_count = rows;
    group->key[kt_measure_input_at(measure, "time_period")] = out.period;
    if (of->spec->markets != KT_MARKETS_NONE) {
        group->key[kt_measure_input_at(measure, "market")] = out.market;
    }
    for (size_t i = 0; i < STOCKS; i++) {
        out.stock[i] = new_column(of, stocks[i], rows, group);
    }
    for (size_t i = 0; i < FLOWS; i++) {
        out.flow[i] = of->flows[i] == NULL ? NULL : new_column(of, flow_inputs[i], rows, group);
    }
    for (size_t i = 0; i < lags; i++) {
        out.instrument[i] = kt_arena_array(of->arena, double, rows);
        names[i] = kt_arena_print(of->arena, "instrument_%zu", i + 1);
    }
    group->many_count = lags;
    group->many = (const double *const *)out.instrument;
    group->many_name = names;
    return out;
}

static void fill_row(const fitting *of, const market *one, int month, const columns *to, size_t row)
{
    char name[KT_PERIOD_SIZE];
    const char *period =
        kt_arena_copy(of->arena, kt_period_write((kt_period){KT_MONTHLY, month}, name));
    to->period[row] = period;
    to->market[row] = of->spec->markets == KT_MARKETS_MONTHS ? period + strlen("2023M") : one->code;
    for (size_t i = 0; i < STOCKS; i++) {
        to->stock[i][row] = stock_before(one, i, month);
    }
    for (size_t i = 0; i < FLOWS; i++) {
        if (to->flow[i] != NULL) {
            to->flow[i][row] = kt_month_number(one->flow[i], month);
        }
    }
    for (size_t i = 0; i < of->spec->instruments; i++) {
        to->instrument[i][row] = tightness(one, month - 1 - (int)i);
    }
}

static kt_obs status_of(const fitting *of, const market *one, int month)
{
    kt_obs worst = KT_OBS_OBSERVED;
    for (size_t i = 0; i < STOCKS + FLOWS; i++) {
        const kt_obs obs = i < STOCKS ? kt_month_figure(one->stock[i], month - 1).obs
                                      : kt_month_figure(one->flow[i - STOCKS], month).obs;
        const bool used = i < STOCKS || of->flows[i - STOCKS] != NULL;
        worst = used && obs <= KT_OBS_ESTIMATED ? kt_obs_worse(worst, obs) : worst;
    }
    return worst;
}

static void fill_group(const fitting *of, kt_function_fit *out)
{
    size_t rows = 0, at = 0;
    int first = INT_MAX, last = INT_MIN;
    for (size_t i = 0; i < of->market_count; i++) {
        const market *one = &of->markets[i];
        if (one->last >= one->first) {
            rows += (size_t)(one->last - one->first) + 1;
            first = one->first < first ? one->first : first;
            last = later(last, one->last);
        }
    }
    if (rows == 0) {
        return;
    }
    const columns to = open_columns(of, rows, &out->group);
    for (size_t i = 0; i < of->market_count; i++) {
        for (int month = of->markets[i].first; month <= of->markets[i].last; month++) {
            fill_row(of, &of->markets[i], month, &to, at++);
            out->obs = kt_obs_worse(out->obs, status_of(of, &of->markets[i], month));
        }
    }
    out->first = (kt_period){KT_MONTHLY, first};
    out->last = (kt_period){KT_MONTHLY, last};
}

/* Which input no market has, or that they have no month in common. */
static const char *why_nothing(const fitting *of)
{
    for (size_t i = 0; i < FLOWS; i++) {
        bool there = of->flows[i] == NULL;
        for (size_t j = 0; j < of->market_count; j++) {
            there = there || of->markets[j].flow[i].line != NULL;
        }
        if (!there) {
            return kt_arena_print(of->arena, "no monthly figures of %s", of->flows[i]);
        }
    }
    return of->market_count == 0 ? "no monthly figures of the markets"
                                 : "no month has all its figures";
}

static const char *method_of(const fitting *of)
{
    const kt_function_spec *spec = of->spec;
    const bool posts = strcmp(spec->hires, "vacancies_filled") == 0;
    const char *markets = spec->markets == KT_MARKETS_MONTHS ? "calendar_month"
                          : spec->market_level != NULL       ? spec->market_level
                                                             : NULL;
    const char *lags =
        spec->instruments == 0
            ? ""
            : kt_arena_print(of->arena, " instruments=%zu_earlier_tightnesses", spec->instruments);
    return kt_arena_print(
        of->arena, "%s%s%s%s hires=%s%s stocks=%s_month_before figures=raw", spec->fit.method,
        markets == NULL ? "" : " markets=", markets == NULL ? "" : markets, lags, spec->hires,
        posts ? "(notified_posts_filled_not_hires)" : "", of->settings->source);
}

static kt_status fit_scope(fitting *of, const char *scope, kt_function_fit *out, kt_error *err)
{
    kt_findings *found = NULL;
    open_markets(of, scope);
    *out = (kt_function_fit){.spec = of->spec, .scope = scope, .method = method_of(of)};
    fill_group(of, out);
    if (out->group.row_count == 0) {
        out->reason = why_nothing(of);
        return KT_OK;
    }
    KT_TRY(kt_set_measure_run(&of->spec->fit, &out->group, of->arena, &found, err));
    out->found = found;
    return KT_OK;
}

static kt_status fit_function(fitting *of, kt_function_list *out, size_t *room, kt_error *err)
{
    const bool inflows = is_of(of->spec, "stockflow");
    of->flows[HIRES] = of->spec->hires;
    of->flows[NEW_VACANCIES] = inflows ? of->settings->new_vacancies : NULL;
    of->flows[NEW_UNEMPLOYED] = inflows ? of->settings->new_unemployed : NULL;
    for (size_t i = 0; i < of->panels->stocks->line_count; i++) {
        const char *scope = region_at(of, i, of->spec->scopes);
        if (scope == NULL) {
            continue;
        }
        out->at = kt_arena_grow(of->arena, out->at, out->count, room, sizeof *out->at);
        KT_TRY(fit_scope(of, scope, &out->at[out->count++], err));
    }
    return KT_OK;
}

/* Levels and flows of all functions; twice the same is read once all the same. */
static kt_flow_question question_of(const kt_matching_settings *settings, kt_arena *arena)
{
    const size_t count = settings->function_count;
    const char **levels = kt_arena_array(arena, const char *, 2 * count + 1);
    const char **flows = kt_arena_array(arena, const char *, count + 3);
    kt_flow_question out = {.source = settings->source, .stocks = stocks, .stock_count = STOCKS};
    for (size_t i = 0; i < count; i++) {
        const kt_function_spec *spec = &settings->functions[i];
        flows[out.flow_count++] = spec->hires;
        levels[out.level_count++] = spec->scopes;
        if (spec->market_level != NULL) {
            levels[out.level_count++] = spec->market_level;
        }
    }
    if (settings->new_vacancies != NULL) {
        flows[out.flow_count++] = settings->new_vacancies;
    }
    if (settings->new_unemployed != NULL) {
        flows[out.flow_count++] = settings->new_unemployed;
    }
    out.levels = levels;
    out.flows = flows;
    return out;
}

kt_status kt_functions_fit(const kt_contract *contract, const kt_matching_settings *settings,
                           const kt_panel_place *place, kt_arena *arena, kt_function_list *out,
                           kt_error *err)
{
    kt_flow_panels panels;
    size_t room = 0;
    *out = (kt_function_list){.settings = settings};
    if (settings->source == NULL) {
        return KT_OK;
    }
    const kt_flow_question question = question_of(settings, arena);
    KT_TRY(kt_flow_panels_read(contract, &question, place, arena, &panels, err));
    fitting of = {.settings = settings, .panels = &panels, .arena = arena};
    for (size_t i = 0; i < settings->function_count; i++) {
        of.spec = &settings->functions[i];
        KT_TRY(fit_function(&of, out, &room, err));
    }
    return KT_OK;
}

size_t kt_function_row_count(const kt_function_fit *fit)
{
    return fit->found == NULL ? 1 : fit->found->row_count;
}

kt_function_row kt_function_row_at(const kt_function_fit *fit, size_t term)
{
    const kt_measure *measure = fit->spec->fit.measure;
    const kt_findings *found = fit->found;
    if (found == NULL) {
        return (kt_function_row){
            .term = "_T", .estimate = NAN, .standard_error = NAN, .reason = fit->reason};
    }
    const double *number = &found->number[term * kt_measure_result_count(measure)];
    return (kt_function_row){
        .term = found->key[term],
        .estimate = number[kt_measure_result_at(measure, "estimate")],
        .standard_error = number[kt_measure_result_at(measure, "standard_error")],
        .n = (size_t)number[kt_measure_result_at(measure, "n")],
        .admissible = found->reason[term] == NULL,
        .reason = found->reason[term] != NULL ? found->reason[term] : found->note[term]};
}
