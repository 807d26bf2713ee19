/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_FUNDING_H
#define KT_ANALYSIS_PROJECT_FUNDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/project.h"

/**
 * Money of projects by time, place and topic, in whole cents, so that nothing is lost and nothing
 * made. What a project was granted accrues evenly over its days; the part of a period is split over
 * its places, each of these over its themes, and each of these over its sectors. Sums over any of
 * them are therefore exactly what was split, whatever else they are read by.
 */

/** A part of a project: the number of a place, theme or sector, and its weight. */
typedef struct kt_money_share {
    size_t at;
    double weight; /* not negative; those of one list not all 0 */
} kt_money_share;

typedef struct kt_money_shares {
    const kt_money_share *at;
    size_t count; /* at least one */
} kt_money_shares;

typedef struct kt_funded_project {
    int64_t granted, realised;  /* cents; KT_NO_MONEY counts as nothing */
    int64_t start_day, end_day; /* both included; KT_NO_DAY: nobody knows when */
    int64_t seen_day;           /* of its list: what is realised was so on days up to it */
    kt_money_shares places, themes, sectors;
    size_t undertaking; /* the number of what it is a part of: a parallel project and its sister
                           are one */
    bool counts;        /* false: nothing was granted, so it is no project at work */
} kt_funded_project;

/** Days from first_day up to last_day. */
typedef struct kt_funding_span {
    int64_t first_day, last_day;
} kt_funding_span;

typedef struct kt_funding_question {
    const kt_funded_project *projects;
    size_t count;
    const kt_funding_span *spans; /* that do not overlap */
    size_t span_count;
    size_t places, themes, sectors; /* how many numbers there are of each */
} kt_funding_question;

typedef enum kt_funding_kind {
    KT_FUNDING_GRANTED,
    KT_FUNDING_REALISED,
    KT_FUNDING_KINDS
} kt_funding_kind;

/** In place of a number: all of them, what is in no span too. */
#define KT_FUNDING_ALL ((size_t)-1)

/** The span span_count of a question holds the money of no known day and of days in no span. */
typedef struct kt_funding_slice {
    size_t span, place, theme, sector;
} kt_funding_slice;

typedef struct kt_funding {
    const kt_funding_question *question;
    int64_t *cents; /* by kind, span, place, theme, sector; the last fastest */
} kt_funding;

/** Everything in the arena; the question is borrowed. */
kt_funding kt_funding_make(const kt_funding_question *question, kt_arena *arena);

/** Cents of a slice. */
int64_t kt_funding_sum(const kt_funding *funding, kt_funding_kind kind, kt_funding_slice slice);

/**
 * Undertakings by cell: those with a place whose cell_of_place is the cell, with that theme and
 * sector, at work on a day of the span (KT_FUNDING_ALL: at any time, also one that nobody knows).
 * A place of the slice is not looked at. out has cells elements.
 */
void kt_funding_count(const kt_funding_question *question, const size_t *cell_of_place,
                      size_t cells, kt_funding_slice slice, kt_arena *arena, size_t *out);

#endif
