/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stl.h"

#include <math.h>
#include <string.h>

#include "analysis/measure.h"
#include "series.h"

/*
 * Figure = season + trend + remainder, as R's stl splits it; logarithms are for the caller to take.
 * R's parameters have their names here; auto is what R makes of one that is not given.
 */

enum { IN_PERIOD, IN_VALUE };
enum { OUT_SEASONAL, OUT_TREND, OUT_REMAINDER, OUT_WEIGHT, OUT_COUNT };
enum {
    P_PERIOD,
    P_S_WINDOW,
    P_ROBUST,
    P_T_WINDOW,
    P_L_WINDOW,
    P_S_DEGREE,
    P_T_DEGREE,
    P_L_DEGREE,
    P_S_JUMP,
    P_T_JUMP,
    P_L_JUMP,
    P_INNER,
    P_OUTER
};

#define AUTO         "auto"
#define WINDOW_LIMIT 999999

static size_t number_or(const kt_param_value *params, size_t at, size_t fallback)
{
    return params[at].text != NULL ? fallback : (size_t)params[at].number;
}

static size_t next_odd(size_t number)
{
    return number % 2 == 0 ? number + 1 : number;
}

static size_t tenth(size_t window)
{
    return (window + 9) / 10;
}

static size_t t_window_of(size_t period, size_t s_window)
{
    const double window = 1.5 * (double)period / (1.0 - 1.5 / (double)s_window);
    return next_odd((size_t)ceil(window));
}

static bool is_robust(const kt_param_value *params)
{
    static const char *const words[] = {"true", "yes", "1"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(params[P_ROBUST].text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* The season's round that the frequency has: 12 months, 4 quarters; 1 for years. */
static size_t round_of(const kt_param_value *params, const kt_series *series)
{
    return number_or(params, P_PERIOD,
                     series->count == 0 ? 1 : (size_t)series->period[0].frequency);
}

/* A jump follows from its window as it was said; an even window then gets one point more. */
static kt_stl_settings settings_of(const kt_param_value *params, size_t period, size_t count)
{
    const bool robust = is_robust(params), periodic = params[P_S_WINDOW].text != NULL;
    const size_t s_window = number_or(params, P_S_WINDOW, 10 * count + 1);
    const size_t t_window = number_or(params, P_T_WINDOW, t_window_of(period, s_window));
    const size_t l_window = number_or(params, P_L_WINDOW, next_odd(period));
    const size_t s_degree = periodic ? 0 : number_or(params, P_S_DEGREE, 0);
    const size_t t_degree = number_or(params, P_T_DEGREE, 1);
    const size_t l_degree = number_or(params, P_L_DEGREE, t_degree);
    return (kt_stl_settings){
        .period = period,
        .seasonal = {.window = next_odd(s_window),
                     .degree = (int)s_degree,
                     .jump = number_or(params, P_S_JUMP, tenth(s_window))},
        .trend = {.window = next_odd(t_window),
                  .degree = (int)t_degree,
                  .jump = number_or(params, P_T_JUMP, tenth(t_window))},
        .low_pass = {.window = next_odd(l_window),
                     .degree = (int)l_degree,
                     .jump = number_or(params, P_L_JUMP, tenth(l_window))},
        .periodic = periodic,
        .inner = number_or(params, P_INNER, robust ? 1 : 2),
        .outer = number_or(params, P_OUTER, robust ? 15 : 0),
    };
}

/* Why the series cannot be split, or NULL. */
static const char *find_reason(const kt_stretch *part, size_t period, kt_arena *arena)
{
    if (period < 2) {
        return "years have no season unless a period is given";
    }
    if (part->reason == NULL && part->count <= 2 * period) {
        return kt_arena_print(arena, "more than %zu figures are needed, there are %zu", 2 * period,
                              part->count);
    }
    return part->reason;
}

static bool is_finite(const kt_stl *found, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(found->seasonal[i]) || !isfinite(found->trend[i]) ||
            !isfinite(found->remainder[i])) {
            return false;
        }
    }
    return true;
}

static void write_row(const kt_stl *found, size_t at, double *number)
{
    number[OUT_SEASONAL] = found->seasonal[at];
    number[OUT_TREND] = found->trend[at];
    number[OUT_REMAINDER] = found->remainder[at];
    number[OUT_WEIGHT] = found->weight[at];
}

static kt_status compute(const kt_measure *self, const kt_group *group,
                         const kt_param_value *params, kt_arena *arena, kt_findings **out,
                         kt_error *err)
{
    kt_series series;
    KT_TRY(kt_series_read(self, group, IN_PERIOD, arena, &series, err));
    const kt_stretch part = kt_stretch_of(&series, group, IN_PERIOD, IN_VALUE, arena);
    const size_t period = round_of(params, &series);
    const char *reason = find_reason(&part, period, arena);
    kt_stl found = {0};
    if (reason == NULL) {
        const kt_stl_settings how = settings_of(params, period, part.count);
        found = kt_stl_split(part.value, part.count, &how, arena);
        reason = is_finite(&found, part.count) ? NULL : "the figures are too large to be added up";
    }
    kt_findings *findings = kt_findings_new(self, series.count, arena);
    for (size_t row = 0; row < series.count; row++) {
        findings->key[row] = group->key[IN_PERIOD][series.row[row]];
        findings->reason[row] = kt_stretch_reason(&part, reason, row);
        if (findings->reason[row] == NULL) {
            const size_t at = row - part.first;
            write_row(&found, at, &findings->number[row * OUT_COUNT]);
            findings->note[row] = at + period / 2 < part.count
                                      ? NULL
                                      : "provisional: the figures to come will move it";
        }
    }
    *out = findings;
    return KT_OK;
}

#define WHOLE(id, from, to, text)                                                               \
    {                                                                                           \
        .name = (id), .kind = KT_PARAM_INTEGER, .least = (from), .most = (to), .choices = AUTO, \
        .fallback = AUTO, .meaning = (text)                                                     \
    }

const kt_measure kt_measure_stl = {
    .id = "stl",
    .version = 1,
    .name_fi = "Kausivaihtelu ja trendi (STL)",
    .name_sv = "Säsongsvariation och trend (STL)",
    .name_en = "Season and trend (STL)",
    .definition_fi =
        "Jakaa aikasarjan kausivaihteluun, trendiin ja jäännökseen, joiden summa on alkuperäinen "
        "luku. Paino kertoo, kuinka paljon luku vaikutti jakoon: alle 1 vain, kun poikkeavien "
        "lukujen vaikutusta rajoitetaan (robust). Jako on summa; jos vaihtelu kasvaa tason mukana, "
        "anna lukujen logaritmit. Sarjan viimeisen puolen kauden tulokset ovat ennakollisia: "
        "niitä arvioitaessa ei ole lukuja kuin toiselta puolelta, ja uudet luvut muuttavat niitä. "
        "Ei ota huomioon työpäiviä eikä tasohyppyjä, eikä trendi ole ennuste.",
    .definition_sv =
        "Delar en tidsserie i säsongsvariation, trend och rest, vars summa är det ursprungliga "
        "talet. Vikten anger hur mycket talet påverkade uppdelningen: under 1 bara då avvikande "
        "tals inverkan begränsas (robust). Uppdelningen är en summa; växer variationen med nivån, "
        "ge talens logaritmer. Resultaten för seriens sista halva säsong är preliminära: där finns "
        "tal bara på ena sidan, och nya tal ändrar dem. Beaktar varken arbetsdagar eller "
        "nivåskiften, och trenden är ingen prognos.",
    .definition_en =
        "Splits a series into season, trend and remainder, which add up to the figure as it was. "
        "The weight says how much a figure counted: below 1 only where outlying figures are held "
        "back (robust). The split is a sum; where the swings grow with the level, give logarithms. "
        "Results of the last half round of the season are provisional: they have figures on one "
        "side only, and figures to come will move them. Knows neither working days nor shifts of "
        "level, and the trend is no forecast.",
    .formula = "value = seasonal + trend + remainder: loess over the years of each month, then of "
               "the figures less season, repeated; weight = (1 - (r / 6 median|r|)^2)^2",
    .reference = "Cleveland, R. B., Cleveland, W. S., McRae, J. E., Terpenning, I. (1990): STL: A "
                 "Seasonal-Trend Decomposition Procedure Based on Loess, Journal of Official "
                 "Statistics 6(1), 3-73",
    .shape = KT_ROW_PER_KEY,
    .repeat = KT_REPEAT_REFUSE,
    .key_name = "time_period",
    .inputs =
        {
            [IN_PERIOD] = {.name = "time_period", .kind = KT_INPUT_PERIOD},
            [IN_VALUE] = {.name = "value", .kind = KT_INPUT_NUMBER},
        },
    .params =
        {
            [P_PERIOD] = WHOLE("period", 2, 9999,
                               "periods in one round of the season; auto: 12 months, 4 quarters"),
            [P_S_WINDOW] = {.name = "s_window",
                            .kind = KT_PARAM_INTEGER,
                            .least = 3,
                            .most = WINDOW_LIMIT,
                            .choices = "periodic",
                            .fallback = "periodic",
                            .meaning = "years over which a month's season is smoothed, odd and at "
                                       "least 7 as a rule; periodic: the same in all years"},
            [P_ROBUST] = {.name = "robust",
                          .kind = KT_PARAM_CHOICE,
                          .choices = "false true no yes 0 1",
                          .fallback = "false",
                          .meaning = "hold outlying figures back"},
            [P_T_WINDOW] = WHOLE("t_window", 3, WINDOW_LIMIT,
                                 "periods over which the trend is smoothed; auto: the odd number "
                                 "from 1.5 period / (1 - 1.5 / s_window)"),
            [P_L_WINDOW] = WHOLE("l_window", 3, WINDOW_LIMIT,
                                 "periods over which the trend left in the season is smoothed; "
                                 "auto: the odd number from period"),
            [P_S_DEGREE] = WHOLE("s_degree", 0, 1,
                                 "season fitted by means (0) or lines (1); auto: 0, and always 0 "
                                 "if periodic"),
            [P_T_DEGREE] = WHOLE("t_degree", 0, 1, "the same for the trend; auto: 1"),
            [P_L_DEGREE] = WHOLE("l_degree", 0, 1,
                                 "the same for the trend left in the season; auto: as t_degree"),
            [P_S_JUMP] = WHOLE("s_jump", 1, WINDOW_LIMIT,
                               "the season is fitted in every so many years, lines between; auto: "
                               "a tenth of s_window, rounded up"),
            [P_T_JUMP] = WHOLE("t_jump", 1, WINDOW_LIMIT,
                               "the same for the trend, in periods; auto: a tenth of t_window"),
            [P_L_JUMP] = WHOLE("l_jump", 1, WINDOW_LIMIT,
                               "the same for the trend left in the season; auto: a tenth of "
                               "l_window"),
            [P_INNER] = WHOLE("inner", 1, 100, "rounds of season and trend; auto: 2, robust: 1"),
            [P_OUTER] = WHOLE("outer", 0, 100,
                              "rounds of weights for outlying figures; auto: 0, robust: 15"),
        },
    .results =
        {
            [OUT_SEASONAL] = {.name = "seasonal", .unit = "as value"},
            [OUT_TREND] = {.name = "trend", .unit = "as value"},
            [OUT_REMAINDER] = {.name = "remainder", .unit = "as value"},
            [OUT_WEIGHT] = {.name = "weight", .unit = "share"},
        },
    .compute = compute,
};
