/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/measure.h"
#include "cells.h"
#include "core/cleanup.h"
#include "core/period.h"
#include "keys.h"
#include "matching.h"

enum {
    IN_PERIOD,
    IN_MARKET,
    IN_HIRES,
    IN_VACANCIES,
    IN_UNEMPLOYED,
    IN_NEW_VACANCIES,
    IN_NEW_UNEMPLOYED,
    IN_INSTRUMENT
};
enum { PARAM_MODEL, PARAM_ERRORS, PARAM_LAG, PARAM_LEAST };
enum { OUT_ESTIMATE, OUT_ERROR, OUT_N, OUT_ADMISSIBLE, OUT_COUNT };

/* The words of the parameter model, in the order of kt_matching_model. */
static const char *const models[] = {"ols", "crs", "fe", "twoway", "2sls", "ces", "stockflow"};

typedef struct task {
    const kt_measure *self;
    const kt_group *group;
    const kt_param_value *params;
    kt_matching_model model;
    uint32_t *order; /* rows of the group by market, then time; after fill_rows those used */
    size_t count;    /* those used */
    size_t missing, zero;
    kt_matching_rows rows;
} task;

static bool has_effects(kt_matching_model model)
{
    return model == KT_MATCHING_FE || model == KT_MATCHING_TWOWAY;
}

/* What rows are sorted by. */
typedef struct sorting {
    const kt_group *group;
    const uint32_t *market; /* NULL: there are none */
    const int *time;        /* NULL: there are none */
} sorting;

static bool is_same_market(const sorting *of, uint32_t one, uint32_t other)
{
    return of->market == NULL || of->market[one] == of->market[other];
}

static int by_market_and_time(const void *one, const void *other, void *context)
{
    const sorting *of = context;
    const uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    if (!is_same_market(of, a, b)) {
        return strcmp(kt_key_of(of->group, IN_MARKET, a), kt_key_of(of->group, IN_MARKET, b));
    }
    if (of->time != NULL && of->time[a] != of->time[b]) {
        return of->time[a] < of->time[b] ? -1 : 1;
    }
    return a < b ? -1 : 1;
}

static const int *times_of(const kt_group *group, kt_arena *arena)
{
    if (!kt_keys_are_there(group, IN_PERIOD)) {
        return NULL;
    }
    int *time = kt_arena_array(arena, int, group->row_count + 1);
    for (size_t row = 0; row < group->row_count; row++) {
        kt_period period = {0};
        if (kt_period_read_dated(kt_key_of(group, IN_PERIOD, row), &period)) {
            time[row] = period.index;
        }
    }
    return time;
}

static kt_status sort_rows(task *of, const sorting *by, kt_arena *arena, kt_error *err)
{
    const kt_group *group = of->group;
    of->order = kt_arena_array(arena, uint32_t, group->row_count + 1);
    for (uint32_t row = 0; row < group->row_count; row++) {
        of->order[row] = row;
    }
    sorting how = *by;
    qsort_r(of->order, group->row_count, sizeof *of->order, by_market_and_time, &how);
    for (size_t i = 1; by->time != NULL && i < group->row_count; i++) {
        const uint32_t at = of->order[i], before = of->order[i - 1];
        if (by->time[at] == by->time[before] && is_same_market(by, at, before)) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column time_period: \"%s\" is the period of row %zu too%s",
                           kt_group_row(group, at), kt_key_of(group, IN_PERIOD, at),
                           kt_group_row(group, before),
                           by->market != NULL ? " and so is its market" : "");
        }
    }
    return KT_OK;
}

static kt_status needs(const char *param, const char *word, const char *column, kt_error *err)
{
    return kt_fail(err, KT_ERR_DATA, "no column \"%s\", which %s=%s needs", column, param, word);
}

/* The parameters are possible with the columns there are. */
static kt_status check_columns(const task *of, kt_error *err)
{
    const kt_group *group = of->group;
    const char *errors = of->params[PARAM_ERRORS].text, *model = models[of->model];
    const bool market = kt_keys_are_there(group, IN_MARKET);
    const bool time = kt_keys_are_there(group, IN_PERIOD);
    if (has_effects(of->model) && !market) {
        return needs("model", model, "market", err);
    }
    if (of->model == KT_MATCHING_TWOWAY && !time) {
        return needs("model", model, "time_period", err);
    }
    if (of->model == KT_MATCHING_2SLS && group->many_count == 0) {
        return needs("model", model, "instrument_*", err);
    }
    for (size_t i = IN_NEW_VACANCIES; i <= IN_NEW_UNEMPLOYED; i++) {
        if (of->model == KT_MATCHING_STOCKFLOW && group->figure[i] == NULL) {
            return needs("model", model, of->self->inputs[i].name, err);
        }
    }
    if (strcmp(errors, "cluster") == 0 && !market) {
        return needs("errors", errors, "market", err);
    }
    if (strcmp(errors, "newey_west") == 0 && !time) {
        return needs("errors", errors, "time_period", err);
    }
    return KT_OK;
}

/* Whether the model takes the logarithm of the column. */
static bool is_used(const task *of, size_t column)
{
    const bool flow = column == IN_NEW_VACANCIES || column == IN_NEW_UNEMPLOYED;
    return !flow || of->model == KT_MATCHING_STOCKFLOW;
}

/* Whether a row has all that the model needs; counts it if not. */
static bool is_whole(task *of, size_t row)
{
    bool missing = false, zero = false;
    for (size_t column = IN_HIRES; column <= IN_NEW_UNEMPLOYED; column++) {
        if (is_used(of, column)) {
            const double figure = of->group->figure[column][row];
            missing = missing || isnan(figure);
            zero = zero || figure == 0.0;
        }
    }
    for (size_t i = 0; of->model == KT_MATCHING_2SLS && i < of->group->many_count; i++) {
        missing = missing || isnan(of->group->many[i][row]);
    }
    of->missing += missing;
    of->zero += zero && !missing;
    return !missing && !zero;
}

/* Numbers the markets, which lie together. */
static void number_markets(task *of, const sorting *by, kt_arena *arena)
{
    uint32_t *market = kt_arena_array(arena, uint32_t, of->count + 1), count = 0;
    for (size_t i = 0; i < of->count; i++) {
        count += i == 0 || !is_same_market(by, of->order[i], of->order[i - 1]);
        market[i] = count - 1;
    }
    of->rows.market = market;
    of->rows.market_count = count;
}

/* Numbers the periods in time, by the list of all between the first and the last. */
static void number_periods(task *of, const sorting *by, kt_arena *arena)
{
    int first = INT_MAX, last = INT_MIN;
    assert(by->time != NULL);
    for (size_t i = 0; i < of->count; i++) {
        const int time = by->time[of->order[i]];
        first = time < first ? time : first;
        last = time > last ? time : last;
    }
    uint32_t *period = kt_arena_array(arena, uint32_t, of->count + 1), count = 0;
    uint32_t *number =
        kt_arena_array(arena, uint32_t, of->count > 0 ? (size_t)(last - first) + 1 : 0);
    for (size_t i = 0; i < of->count; i++) {
        period[i] = (uint32_t)(by->time[of->order[i]] - first);
        number[period[i]] = 1;
    }
    for (int time = 0; of->count > 0 && time <= last - first; time++) {
        count += number[time];
        number[time] = count - 1;
    }
    for (size_t i = 0; i < of->count; i++) {
        period[i] = number[period[i]];
    }
    of->rows.period = period;
    of->rows.period_count = count;
}

static const int *times_in_order(const task *of, const sorting *by, kt_arena *arena)
{
    int *time = kt_arena_array(arena, int, of->count + 1);
    assert(by->time != NULL);
    for (size_t i = 0; i < of->count; i++) {
        time[i] = by->time[of->order[i]];
    }
    return time;
}

static void set_errors(task *of, const sorting *by, kt_arena *arena)
{
    const char *word = of->params[PARAM_ERRORS].text;
    kt_errors *errors = &of->rows.errors;
    if (strcmp(word, "hc1") == 0) {
        errors->kind = KT_ERRORS_HC1;
    } else if (strcmp(word, "newey_west") == 0) {
        errors->kind = KT_ERRORS_NEWEY_WEST;
        errors->time = times_in_order(of, by, arena);
    } else if (strcmp(word, "cluster") == 0 ||
               (strcmp(word, "auto") == 0 && has_effects(of->model))) {
        errors->kind = KT_ERRORS_CLUSTER;
    } else {
        errors->kind = KT_ERRORS_CLASSICAL;
    }
    errors->lag = (size_t)of->params[PARAM_LAG].number;
    errors->cluster = of->rows.market;
    errors->cluster_count = of->rows.market_count;
}

static void fill_rows(task *of, const sorting *by, kt_arena *arena)
{
    const kt_group *group = of->group;
    for (size_t i = 0; i < group->row_count; i++) {
        if (is_whole(of, of->order[i])) {
            of->order[of->count++] = of->order[i];
        }
    }
    of->rows = (kt_matching_rows){
        .count = of->count,
        .order = of->order,
        .hires = group->figure[IN_HIRES],
        .vacancies = group->figure[IN_VACANCIES],
        .unemployed = group->figure[IN_UNEMPLOYED],
        .new_vacancies = group->figure[IN_NEW_VACANCIES],
        .new_unemployed = group->figure[IN_NEW_UNEMPLOYED],
        .instrument = group->many,
        .instrument_count = group->many_count,
        .least = (size_t)of->params[PARAM_LEAST].number,
    };
    number_markets(of, by, arena);
    if (of->model == KT_MATCHING_TWOWAY) {
        number_periods(of, by, arena);
    }
    set_errors(of, by, arena);
}

/* What the sorting took is given back before anything is fitted. */
static kt_status take_rows(task *of, kt_arena *arena, kt_error *err)
{
    KT_AUTO(arena) kt_arena *own = kt_arena_open("the rows of a matching function", 0);
    const bool markets = kt_keys_are_there(of->group, IN_MARKET);
    const sorting by = {
        .group = of->group,
        .market = markets ? kt_key_numbers(of->group, IN_MARKET, own) : NULL,
        .time = times_of(of->group, own),
    };
    KT_TRY(sort_rows(of, &by, arena, err));
    fill_rows(of, &by, arena);
    return KT_OK;
}

static kt_matching_model model_of(const char *word)
{
    size_t at = 0;
    while (strcmp(models[at], word) != 0) {
        at++;
    }
    return (kt_matching_model)at;
}

/* What was left out and what the fit says, or NULL. */
static const char *note_of(const task *of, const char *note, kt_arena *arena)
{
    if (of->missing + of->zero == 0) {
        return note;
    }
    return kt_arena_print(arena, "%s%srows left out: %zu with a missing figure, %zu with a 0",
                          note != NULL ? note : "", note != NULL ? "; " : "", of->missing,
                          of->zero);
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    task of = {.self = self, .group = group, .params = params};
    of.model = model_of(params[PARAM_MODEL].text);
    KT_TRY(check_columns(&of, err));
    KT_TRY(take_rows(&of, arena, err));
    const kt_matching found = kt_matching_fit(of.model, &of.rows, arena);
    kt_findings *findings = kt_findings_new(self, found.count, arena);
    for (size_t i = 0; i < found.count; i++) {
        double *number = &findings->number[i * OUT_COUNT];
        findings->key[i] = found.term[i].name;
        number[OUT_ESTIMATE] = found.term[i].estimate;
        number[OUT_ERROR] = found.term[i].error;
        number[OUT_N] = (double)of.count;
        findings->text[i * OUT_COUNT + OUT_ADMISSIBLE] = found.reason == NULL ? "true" : "false";
        findings->reason[i] = found.reason != NULL ? note_of(&of, found.reason, arena) : NULL;
        findings->note[i] = found.reason == NULL ? note_of(&of, found.note, arena) : NULL;
    }
    *out = findings;
    return KT_OK;
}

const kt_measure kt_measure_matching_function = {
    .id = "matching_function",
    .version = 1,
    .name_fi = "Kohtaantofunktio",
    .name_sv = "Matchningsfunktion",
    .name_en = "Matching function",
    .definition_fi =
        "Kuinka monta prosenttia enemmän rekrytointeja on kauden aikana, kun avoimia paikkoja "
        "(vacancies) tai työttömiä (unemployed) on prosentin enemmän. Jos jousto ei ole nollan ja "
        "yhden välissä, funktiota ei ole eikä lukuja anneta. Rekisterin täyttyneet työpaikat ovat "
        "täyttyneitä ilmoitettuja paikkoja, eivät rekrytointeja: ne eivät kelpaa tähän. Jousto on "
        "yhteys, ei syy: rekrytointi tyhjentää samat varannot, joista se syntyy. Klassiset "
        "keskivirheet ovat liian pieniä, kun jäännös seuraa edellisen kuukauden jäännöstä.",
    .definition_sv =
        "Hur många procent fler anställningar det görs under perioden när de lediga platserna "
        "(vacancies) eller de arbetslösa (unemployed) är en procent fler. En elasticitet som inte "
        "ligger mellan noll och ett är ingen matchningsfunktion och får inga tal. Registrets "
        "tillsatta platser är anmälda platser som har tillsatts, inte anställningar. Elasticiteten "
        "är ett samband, ingen orsak: anställningarna tömmer de stockar de uppstår ur. Klassiska "
        "fel är för små när det som blir över följer det från månaden före.",
    .definition_en =
        "By how many per cent hires in a period are more where vacancies, or the unemployed, are "
        "one per cent more. An elasticity that is not between 0 and 1 is no matching function and "
        "gets no figures. The filled vacancies of the Finnish register are notified vacancies that "
        "were filled, no hires. An elasticity is no cause: hires empty the stocks they come from. "
        "Classical errors are too small where what is left over follows that of the month before.",
    .formula =
        "ols: ln h = c + a ln v + b ln u; crs: ln(h/u) = c + a ln(v/u), b = 1 - a; fe, twoway: ols "
        "with effects of markets, and periods; 2sls: crs, ln(v/u) by instrument_* as they are; "
        "ces: ln(h/u) = c + ln(a (v/u)^r + 1 - a)/r; stockflow: ols with new vacancies and newly "
        "unemployed; least squares",
    .reference = "Petrongolo, B., Pissarides, C. A. (2001): Looking into the Black Box, Journal of "
                 "Economic Literature 39(2), 390-431; instruments: Borowczyk-Martins, D., Jolivet, "
                 "G., Postel-Vinay, F. (2013), Review of Economic Dynamics 16(3), 440-451",
    .shape = KT_ROW_PER_TERM,
    .repeat = KT_REPEAT_KEEP,
    .key_name = "term",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period",
                           .kind = KT_INPUT_PERIOD,
                           .optional = true,
                           .numbered = true},
            [IN_MARKET] =
                {.name = "market", .kind = KT_INPUT_KEY, .optional = true, .numbered = true},
            [IN_HIRES] = {.name = "hires", .kind = KT_INPUT_COUNT, .unit = "persons"},
            [IN_VACANCIES] = {.name = "vacancies", .kind = KT_INPUT_COUNT, .unit = "posts"},
            [IN_UNEMPLOYED] = {.name = "unemployed", .kind = KT_INPUT_COUNT, .unit = "persons"},
            [IN_NEW_VACANCIES] = {.name = "new_vacancies",
                                  .kind = KT_INPUT_COUNT,
                                  .unit = "posts",
                                  .optional = true},
            [IN_NEW_UNEMPLOYED] = {.name = "new_unemployed",
                                   .kind = KT_INPUT_COUNT,
                                   .unit = "persons",
                                   .optional = true},
            [IN_INSTRUMENT] =
                {.name = "instrument", .kind = KT_INPUT_NUMBER, .optional = true, .many = true},
        },
    .params =
        {
            [PARAM_MODEL] = {.name = "model",
                             .kind = KT_PARAM_CHOICE,
                             .choices = "ols crs fe twoway 2sls ces stockflow",
                             .fallback = "ols",
                             .meaning = "which function is fitted"},
            [PARAM_ERRORS] = {.name = "errors",
                              .kind = KT_PARAM_CHOICE,
                              .choices = "auto classical hc1 newey_west cluster",
                              .fallback = "auto",
                              .meaning = "which standard errors; auto: cluster (by market) with "
                                         "fe and twoway, else classical"},
            [PARAM_LAG] = {.name = "lag",
                           .kind = KT_PARAM_INTEGER,
                           .least = 0.0,
                           .most = 1000.0,
                           .fallback = "12",
                           .meaning = "the last lag with a weight, of newey_west"},
            [PARAM_LEAST] = {.name = "least_n",
                             .kind = KT_PARAM_INTEGER,
                             .least = 3.0,
                             .most = 1000000.0,
                             .fallback = "12",
                             .meaning = "with fewer observations nothing is estimated"},
        },
    .results =
        {
            [OUT_ESTIMATE] = {.name = "estimate", .unit = "ratio"},
            [OUT_ERROR] = {.name = "standard_error", .unit = "ratio"},
            [OUT_N] = {.name = "n", .unit = "count"},
            [OUT_ADMISSIBLE] = {.name = "admissible", .unit = "", .text = true},
        },
    .compute = compute,
};
