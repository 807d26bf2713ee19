/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_DISTANCE_H
#define KT_ANALYSIS_DISTANCE_H

#include "analysis/measure.h"
#include "cells.h"

/**
 * Distances between the distributions of job seekers and of posts over the markets: measures of one
 * row whose inputs are market, unemployed, vacancies, and whose results are the distance and job
 * seekers off proportion.
 */
enum { KT_DISTANCE_MARKET, KT_DISTANCE_UNEMPLOYED, KT_DISTANCE_VACANCIES };
enum { KT_DISTANCE_VALUE, KT_DISTANCE_PERSONS };

/** How far apart the shares u_i/U and v_i/V of one market are. */
typedef double kt_apart(double unemployed_share, double vacancy_share);

/** Half the sum of how far apart the shares are, over the cells used; 1/2 sum_i apart_i. */
double kt_distance_half_sum(const kt_cells *cells, const kt_totals *totals, kt_apart *apart);

/** The findings of such a measure; distance is asked only where the totals have no reason. */
kt_status kt_distance_compute(const kt_measure *self, const kt_group *group,
                              double (*distance)(const kt_cells *, const kt_totals *),
                              kt_arena *arena, kt_findings **out, kt_error *err) KT_MUST_CHECK;

#endif
