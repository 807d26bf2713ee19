/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/measure.h"
#include "cells.h"
#include "core/period.h"
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

/* A row of the group that is used, or not yet known to be. */
typedef struct place {
    size_t row;
    const char *market; /* "" where there are none */
    int time;           /* 0 where there are none */
} place;

typedef struct task {
    const kt_measure *self;
    const kt_group *group;
    const kt_param_value *params;
    kt_matching_model model;
    size_t count;
    place *place; /* by market, then time */
    size_t missing, zero;
    kt_matching_rows rows;
} task;

static bool has_effects(kt_matching_model model)
{
    return model == KT_MATCHING_FE || model == KT_MATCHING_TWOWAY;
}

static int by_market_and_time(const void *one, const void *other)
{
    const place *a = one, *b = other;
    const int order = strcmp(a->market, b->market);
    if (order != 0) {
        return order;
    }
    if (a->time != b->time) {
        return a->time < b->time ? -1 : 1;
    }
    return a->row < b->row ? -1 : 1;
}

static int by_time(const void *one, const void *other)
{
    const int a = *(const int *)one, b = *(const int *)other;
    return (a > b) - (a < b);
}

static kt_status sort_rows(task *of, kt_arena *arena, kt_error *err)
{
    const kt_group *group = of->group;
    of->place = kt_arena_array(arena, place, group->row_count + 1);
    for (size_t row = 0; row < group->row_count; row++) {
        place *at = &of->place[row];
        *at = (place){.row = row, .market = ""};
        if (group->key[IN_MARKET] != NULL) {
            at->market = group->key[IN_MARKET][row];
        }
        kt_period period = {0};
        if (group->key[IN_PERIOD] != NULL &&
            kt_period_read_dated(group->key[IN_PERIOD][row], &period)) {
            at->time = period.index;
        }
    }
    qsort(of->place, group->row_count, sizeof *of->place, by_market_and_time);
    for (size_t i = 1; group->key[IN_PERIOD] != NULL && i < group->row_count; i++) {
        const place *at = &of->place[i], *before = at - 1;
        if (at->time == before->time && strcmp(at->market, before->market) == 0) {
            return kt_fail(err, KT_ERR_DATA,
                           "row %zu, column time_period: \"%s\" is the period of row %zu too%s",
                           kt_group_row(group, at->row), group->key[IN_PERIOD][at->row],
                           kt_group_row(group, before->row),
                           group->key[IN_MARKET] != NULL ? " and so is its market" : "");
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
    const bool market = group->key[IN_MARKET] != NULL, time = group->key[IN_PERIOD] != NULL;
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

static const double *copy_figures(const task *of, const double *from, kt_arena *arena)
{
    double *to = kt_arena_array(arena, double, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        to[i] = from[of->place[i].row];
    }
    return to;
}

/* Numbers the markets, which lie together, and the periods. */
static void number_groups(task *of, int *time, kt_arena *arena)
{
    size_t *market = kt_arena_array(arena, size_t, of->count + 1);
    size_t *period = kt_arena_array(arena, size_t, of->count + 1);
    int *rising = kt_arena_array(arena, int, of->count + 1);
    size_t markets = 0, periods = 0;
    for (size_t i = 0; i < of->count; i++) {
        markets += i == 0 || strcmp(of->place[i].market, of->place[i - 1].market) != 0;
        market[i] = markets - 1;
        time[i] = of->place[i].time;
        rising[i] = time[i];
    }
    qsort(rising, of->count, sizeof *rising, by_time);
    for (size_t i = 0; i < of->count; i++) {
        if (i == 0 || rising[i] != rising[i - 1]) {
            rising[periods++] = rising[i];
        }
    }
    for (size_t i = 0; i < of->count; i++) {
        const int *at = bsearch(&time[i], rising, periods, sizeof *rising, by_time);
        period[i] = at != NULL ? (size_t)(at - rising) : 0;
    }
    of->rows.market = market;
    of->rows.period = period;
    of->rows.market_count = markets;
    of->rows.period_count = periods;
}

static void set_errors(task *of, const int *time)
{
    const char *word = of->params[PARAM_ERRORS].text;
    kt_errors *errors = &of->rows.errors;
    if (strcmp(word, "hc1") == 0) {
        errors->kind = KT_ERRORS_HC1;
    } else if (strcmp(word, "newey_west") == 0) {
        errors->kind = KT_ERRORS_NEWEY_WEST;
    } else if (strcmp(word, "cluster") == 0 ||
               (strcmp(word, "auto") == 0 && has_effects(of->model))) {
        errors->kind = KT_ERRORS_CLUSTER;
    } else {
        errors->kind = KT_ERRORS_CLASSICAL;
    }
    errors->lag = (size_t)of->params[PARAM_LAG].number;
    errors->time = time;
    errors->cluster = of->rows.market;
    errors->cluster_count = of->rows.market_count;
}

static void fill_rows(task *of, kt_arena *arena)
{
    const kt_group *group = of->group;
    for (size_t i = 0; i < group->row_count; i++) {
        if (is_whole(of, of->place[i].row)) {
            of->place[of->count++] = of->place[i];
        }
    }
    of->rows.count = of->count;
    of->rows.hires = copy_figures(of, group->figure[IN_HIRES], arena);
    of->rows.vacancies = copy_figures(of, group->figure[IN_VACANCIES], arena);
    of->rows.unemployed = copy_figures(of, group->figure[IN_UNEMPLOYED], arena);
    if (of->model == KT_MATCHING_STOCKFLOW) {
        of->rows.new_vacancies = copy_figures(of, group->figure[IN_NEW_VACANCIES], arena);
        of->rows.new_unemployed = copy_figures(of, group->figure[IN_NEW_UNEMPLOYED], arena);
    }
    const double **instrument = kt_arena_array(arena, const double *, group->many_count + 1);
    for (size_t i = 0; i < group->many_count; i++) {
        instrument[i] = copy_figures(of, group->many[i], arena);
    }
    of->rows.instrument = instrument;
    of->rows.instrument_count = group->many_count;
    of->rows.least = (size_t)of->params[PARAM_LEAST].number;
    int *time = kt_arena_array(arena, int, of->count + 1);
    number_groups(of, time, arena);
    set_errors(of, time);
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
    KT_TRY(sort_rows(&of, arena, err));
    fill_rows(&of, arena);
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
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD, .optional = true},
            [IN_MARKET] = {.name = "market", .kind = KT_INPUT_KEY, .optional = true},
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
