/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_CONTRIBUTION_H
#define KT_ANALYSIS_CONTRIBUTION_H

#include "cells.h"

/** What kt_contributions_compute makes of all cells, for one cell after the other. */

/** Cells and what they sum to. */
typedef struct kt_contribution_scope {
    kt_cells cells;
    double alpha;
    kt_totals totals;
    kt_totals alone; /* without margins */
} kt_contribution_scope;

/** The cells are borrowed. Fails as kt_contributions_compute does. */
kt_status kt_contribution_open(const kt_cells *cells, double alpha, kt_contribution_scope *out,
                               kt_error *err) KT_MUST_CHECK;

kt_contribution kt_contribution_at(const kt_contribution_scope *of, size_t cell);

#endif
