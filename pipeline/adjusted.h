/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ADJUSTED_H
#define KT_PIPELINE_ADJUSTED_H

#include "figure_series.h"

/**
 * A series without its season, run by run: what lies before a gap or a break of the statistic tells
 * nothing of what lies behind it. A run of which all figures are above zero is split as logarithms,
 * where the settings have it so: adjusted and trend are then in the unit of the figure, and the
 * remainder is a ratio. By x13as where the settings have such a program, else by stl.
 */
typedef struct kt_adjusted {
    double *adjusted, *trend, *remainder; /* of each period; NAN where there is none */
    const char **reason;                  /* why there is none; NULL where there is one */
    bool *logarithms;
    bool *provisional; /* figures to come will move it */
    kt_x13_counts x13;
} kt_adjusted;

kt_status kt_adjust(const kt_series_settings *settings, const kt_figure_series *series,
                    kt_arena *arena, kt_adjusted *out, kt_error *err) KT_MUST_CHECK;

/** How series are split, as rows tell it; version of x13as, or NULL. In the arena. */
const char *kt_adjust_method(const kt_series_settings *settings, const char *version,
                             kt_arena *arena);

#endif
