/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BALANCE_H
#define KT_ANALYSIS_BALANCE_H

#include <stdbool.h>

#include "analysis/tightness.h"

/**
 * The balance of an occupation: where it stands in the plane of two rates,
 *
 *     unemployment rate = u / (u + e),    vacancy rate = v / (v + e),
 *
 * in the words of Työvoimabarometri (KEHA-keskus), whose thresholds are not public: these are ours.
 * The direction from the origin (vacancy rate over unemployment rate, the tangent of the angle)
 * says which state it may be: flat is surplus, steep is shortage, between them is a matching
 * problem. How far out it lies says the degree, in the rate that rules the state: the unemployment
 * rate of a surplus, the vacancy rate of a shortage, the root mean square of both of a matching
 * problem. Below the first threshold of its direction every occupation is in balance, degree 1.
 */
typedef enum kt_balance_state {
    KT_BALANCED,
    KT_SURPLUS,
    KT_MATCHING_PROBLEM,
    KT_SHORTAGE,
    KT_NOT_ASSESSABLE,
    KT_BALANCE_STATES
} kt_balance_state;

/** "balance", "surplus", "matching_problem", "shortage", "not_assessable". */
const char *kt_balance_word(kt_balance_state state);

#define KT_BALANCE_STEPS 4 /* thresholds of a state: from degree 2, mild, to 5, alarming */

typedef struct kt_balance_settings {
    double surplus_below, shortage_above; /* vacancy rate over unemployment rate */
    /** Of each state but balance, ascending: the rates at which its degrees 2 to 5 begin. */
    double degrees[KT_NOT_ASSESSABLE][KT_BALANCE_STEPS];
    double least_base;    /* unemployed and employed persons, of fewer nothing is said */
    unsigned hold_months; /* that a new state has to be seen before it is the state */
    double margin;        /* of rates: a state left by so much is left at once */
} kt_balance_settings;

/** What an occupation is judged by; a value is NAN where none is published. */
typedef struct kt_balance_figures {
    kt_interval unemployed, vacancies;
    double employed;
} kt_balance_figures;

/** Why nothing is said. */
typedef enum kt_balance_reason {
    KT_BALANCE_ASSESSED,
    KT_BALANCE_NO_FIGURE,   /* unemployed or vacancies are hidden, mostly hidden, or absent */
    KT_BALANCE_NO_EMPLOYED, /* hidden or absent, or nobody is */
    KT_BALANCE_SMALL_BASE,
    KT_BALANCE_REASONS
} kt_balance_reason;

/** "no_figure", "no_employed", "small_base"; NULL for what is assessed. */
const char *kt_balance_reason_word(kt_balance_reason reason);

/** One month by itself. Rates are NAN where the state is not assessable. */
typedef struct kt_balance_view {
    kt_balance_state state;
    kt_balance_reason reason;
    double unemployment_rate, vacancy_rate;
    bool robust; /* the same state at all corners of the two intervals */
} kt_balance_view;

kt_balance_view kt_balance_assess(const kt_balance_settings *settings,
                                  const kt_balance_figures *figures);

/** The rate that rules the degree of the state; of balance the root mean square of both. */
double kt_balance_ruling_rate(kt_balance_state state, const kt_balance_view *view);

/** 1 to 5 for the state, which may be one that is held: no state but balance is below 2. */
int kt_balance_degree(const kt_balance_settings *settings, kt_balance_state state,
                      const kt_balance_view *view);

/**
 * How far the two rates are from the nearest place where the state begins or ends, as the straight
 * line between them: positive where they lie in that state, negative where they have left it. NAN
 * for what is not assessable.
 */
double kt_balance_distance(const kt_balance_settings *settings, kt_balance_state state,
                           const kt_balance_view *view);

/** What the months before leave behind. Starts as KT_BALANCE_START. */
typedef struct kt_balance_memory {
    kt_balance_state state;
    kt_balance_state seen; /* the newest raw state */
    unsigned seen_months;  /* in a row that it was another one than state */
    unsigned months;       /* that the state has been so; 0: nothing is remembered */
} kt_balance_memory;

#define KT_BALANCE_START ((kt_balance_memory){.state = KT_NOT_ASSESSABLE})

/**
 * The state with the next month: a raw state becomes it when it was seen hold_months times in a
 * row, or at once where the rates lie at least margin outside of the state before. A month that
 * cannot be assessed has no state and forgets; so does one that does not follow, which stands on
 * another basis or after a gap, and begins with its own.
 */
void kt_balance_step(const kt_balance_settings *settings, const kt_balance_view *view, bool follows,
                     kt_balance_memory *memory);

#endif
