/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/balance.h"

#include <math.h>
#include <stddef.h>

/* A place in the plane of rates: x the unemployment rate, y the vacancy rate. */
typedef struct point {
    double x, y;
} point;

const char *kt_balance_word(kt_balance_state state)
{
    static const char *const words[] = {
        [KT_BALANCED] = "balance",
        [KT_SURPLUS] = "surplus",
        [KT_MATCHING_PROBLEM] = "matching_problem",
        [KT_SHORTAGE] = "shortage",
        [KT_NOT_ASSESSABLE] = "not_assessable",
    };
    return words[state];
}

const char *kt_balance_reason_word(kt_balance_reason reason)
{
    static const char *const words[] = {
        [KT_BALANCE_ASSESSED] = NULL,
        [KT_BALANCE_NO_FIGURE] = "no_figure",
        [KT_BALANCE_NO_EMPLOYED] = "no_employed",
        [KT_BALANCE_SMALL_BASE] = "small_base",
    };
    return words[reason];
}

/* The root mean square: of two equal rates it is their own size, so thresholds compare. */
static double both_rates(point at)
{
    return sqrt((at.x * at.x + at.y * at.y) / 2.0);
}

static double ruling_rate(kt_balance_state state, point at)
{
    if (state == KT_SURPLUS) {
        return at.x;
    }
    return state == KT_SHORTAGE ? at.y : both_rates(at);
}

/* The state that the direction allows. */
static kt_balance_state direction_of(const kt_balance_settings *settings, point at)
{
    if (at.y < settings->surplus_below * at.x) {
        return KT_SURPLUS;
    }
    return at.y > settings->shortage_above * at.x ? KT_SHORTAGE : KT_MATCHING_PROBLEM;
}

static kt_balance_state state_at(const kt_balance_settings *settings, point at)
{
    const kt_balance_state state = direction_of(settings, at);
    return ruling_rate(state, at) < settings->degrees[state][0] ? KT_BALANCED : state;
}

static point place_of(double unemployed, double vacancies, double employed)
{
    return (point){unemployed / (unemployed + employed), vacancies / (vacancies + employed)};
}

static bool is_robust(const kt_balance_settings *settings, const kt_balance_figures *figures,
                      kt_balance_state state)
{
    const double unemployed[] = {figures->unemployed.low, figures->unemployed.high};
    const double vacancies[] = {figures->vacancies.low, figures->vacancies.high};
    for (int corner = 0; corner < 4; corner++) {
        const point at = place_of(unemployed[corner / 2], vacancies[corner % 2], figures->employed);
        if (state_at(settings, at) != state) {
            return false;
        }
    }
    return true;
}

static kt_balance_reason reason_of(const kt_balance_settings *settings,
                                   const kt_balance_figures *figures)
{
    if (isnan(figures->unemployed.value) || isnan(figures->vacancies.value)) {
        return KT_BALANCE_NO_FIGURE;
    }
    if (!(figures->employed > 0.0)) {
        return KT_BALANCE_NO_EMPLOYED;
    }
    return figures->unemployed.value + figures->employed < settings->least_base
               ? KT_BALANCE_SMALL_BASE
               : KT_BALANCE_ASSESSED;
}

kt_balance_view kt_balance_assess(const kt_balance_settings *settings,
                                  const kt_balance_figures *figures)
{
    kt_balance_view view = {.state = KT_NOT_ASSESSABLE,
                            .reason = reason_of(settings, figures),
                            .unemployment_rate = NAN,
                            .vacancy_rate = NAN};
    if (view.reason == KT_BALANCE_ASSESSED) {
        const point at =
            place_of(figures->unemployed.value, figures->vacancies.value, figures->employed);
        view.unemployment_rate = at.x;
        view.vacancy_rate = at.y;
        view.state = state_at(settings, at);
        view.robust = is_robust(settings, figures, view.state);
    }
    return view;
}

static point point_of(const kt_balance_view *view)
{
    return (point){view->unemployment_rate, view->vacancy_rate};
}

double kt_balance_ruling_rate(kt_balance_state state, const kt_balance_view *view)
{
    return ruling_rate(state, point_of(view));
}

int kt_balance_degree(const kt_balance_settings *settings, kt_balance_state state,
                      const kt_balance_view *view)
{
    const double rate = kt_balance_ruling_rate(state, view);
    int degree = state == KT_BALANCED ? 1 : 2;
    for (int i = 1; state != KT_BALANCED && i < KT_BALANCE_STEPS; i++) {
        degree += rate >= settings->degrees[state][i] ? 1 : 0;
    }
    return degree;
}

/* A part of the line of all places where vacancy rate over unemployment rate is slope; from and to
 * are distances from the origin. */
static double to_line(point at, double slope, double from, double to)
{
    const double length = sqrt(1.0 + slope * slope);
    const point direction = {1.0 / length, slope / length};
    const double along = fmin(fmax(at.x * direction.x + at.y * direction.y, from), to);
    return hypot(at.x - along * direction.x, at.y - along * direction.y);
}

/* Where the four states meet: distances from the origin, on the two lines and between them. */
typedef struct borders {
    double flat, steep;           /* slopes of the lines below and above the matching problem */
    double flat_edge, steep_edge; /* of the line: where surplus begins, where shortage does */
    double surplus_x, shortage_y; /* the rates themselves */
    double arc;                   /* where a matching problem begins */
    double flat_end, steep_end;   /* of the line: where balance ends on its farther side */
} borders;

static borders borders_of(const kt_balance_settings *settings)
{
    borders are = {.flat = settings->surplus_below,
                   .steep = settings->shortage_above,
                   .surplus_x = settings->degrees[KT_SURPLUS][0],
                   .shortage_y = settings->degrees[KT_SHORTAGE][0],
                   .arc = settings->degrees[KT_MATCHING_PROBLEM][0] * sqrt(2.0)};
    are.flat_edge = are.surplus_x * sqrt(1.0 + are.flat * are.flat);
    are.steep_edge = are.shortage_y / are.steep * sqrt(1.0 + are.steep * are.steep);
    are.flat_end = fmax(are.flat_edge, are.arc);
    are.steep_end = fmax(are.steep_edge, are.arc);
    return are;
}

/* To the upright edge at which a surplus begins, from the axis up to its line. */
static double to_surplus_edge(const borders *are, point at)
{
    return hypot(at.x - are->surplus_x, fmax(at.y - are->flat * are->surplus_x, 0.0));
}

static double to_shortage_edge(const borders *are, point at)
{
    return hypot(at.y - are->shortage_y, fmax(at.x - are->shortage_y / are->steep, 0.0));
}

static double to_arc(const kt_balance_settings *settings, const borders *are, point at)
{
    return direction_of(settings, at) == KT_MATCHING_PROBLEM ? fabs(hypot(at.x, at.y) - are->arc)
                                                             : INFINITY;
}

/* From a place outside of the state to the nearest one in it: its borders are all it has. */
static double distance_to(const kt_balance_settings *settings, kt_balance_state state, point at)
{
    const borders are = borders_of(settings);
    switch (state) {
    case KT_SURPLUS:
        return fmin(to_surplus_edge(&are, at), to_line(at, are.flat, are.flat_edge, INFINITY));
    case KT_SHORTAGE:
        return fmin(to_shortage_edge(&are, at), to_line(at, are.steep, are.steep_edge, INFINITY));
    case KT_MATCHING_PROBLEM:
        return fmin(to_arc(settings, &are, at), fmin(to_line(at, are.flat, are.arc, INFINITY),
                                                     to_line(at, are.steep, are.arc, INFINITY)));
    default:
        return fmin(fmin(to_arc(settings, &are, at),
                         fmin(to_surplus_edge(&are, at), to_shortage_edge(&are, at))),
                    fmin(to_line(at, are.flat, 0.0, are.flat_end),
                         to_line(at, are.steep, 0.0, are.steep_end)));
    }
}

double kt_balance_distance(const kt_balance_settings *settings, kt_balance_state state,
                           const kt_balance_view *view)
{
    const point at = point_of(view);
    double nearest = INFINITY;
    if (view->state == KT_NOT_ASSESSABLE || state == KT_NOT_ASSESSABLE) {
        return NAN;
    }
    if (view->state != state) {
        return -distance_to(settings, state, at);
    }
    for (kt_balance_state other = KT_BALANCED; other < KT_NOT_ASSESSABLE; other++) {
        nearest = other == state ? nearest : fmin(nearest, distance_to(settings, other, at));
    }
    return nearest;
}

static void start(const kt_balance_view *view, kt_balance_memory *memory)
{
    *memory = (kt_balance_memory){.state = view->state,
                                  .seen = view->state,
                                  .months = view->state == KT_NOT_ASSESSABLE ? 0 : 1};
}

void kt_balance_step(const kt_balance_settings *settings, const kt_balance_view *view, bool follows,
                     kt_balance_memory *memory)
{
    if (!follows || view->state == KT_NOT_ASSESSABLE || memory->state == KT_NOT_ASSESSABLE) {
        start(view, memory);
        return;
    }
    const bool again = view->state == memory->seen;
    memory->seen = view->state;
    memory->seen_months = view->state == memory->state ? 0 : (again ? memory->seen_months : 0) + 1;
    const bool left = view->state != memory->state &&
                      (memory->seen_months >= settings->hold_months ||
                       -kt_balance_distance(settings, memory->state, view) >= settings->margin);
    if (left) {
        start(view, memory);
    } else {
        memory->months++;
    }
}
