/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FOUND_BREAKS_H
#define KT_PIPELINE_FOUND_BREAKS_H

#include "adjusted.h"

/** A break that was found in a stretch of a series. */
typedef struct kt_found_break {
    kt_period first;     /* on the new level */
    kt_period low, high; /* ends of its interval, if bounded */
    bool bounded;
    const char *note; /* why there is no interval, or that it is cut; NULL for a whole one */
    const char *direction;
    double size;
    bool logarithms;
} kt_found_break;

typedef struct kt_found_breaks {
    kt_found_break *at; /* in time */
    size_t count;
    size_t stretches; /* of the series */
    size_t unsplit;   /* of them: too short to have a season, so not searched */
} kt_found_breaks;

/** Searches each stretch of the adjusted series, by the measure of the settings. In the arena. */
kt_status kt_found_breaks_of(const kt_series_settings *settings, const kt_figure_series *series,
                             const kt_adjusted *adjusted, kt_arena *arena, kt_found_breaks *out,
                             kt_error *err) KT_MUST_CHECK;

#endif
