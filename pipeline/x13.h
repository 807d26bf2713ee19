/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_X13_H
#define KT_PIPELINE_X13_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/period.h"

/**
 * X-13ARIMA-SEATS of the U.S. Census Bureau, a program of its own that this one neither brings nor
 * needs: it writes a specification, runs x13as and reads the tables that it saved. x13as ends with
 * 0 whatever happens; what went wrong stands in its file of errors.
 */
typedef struct kt_x13_settings {
    const char *program;     /* as it is configured; NULL: series are split by stl */
    const char *path;        /* of the executable; NULL if there is none */
    char hash[KT_HASH_SIZE]; /* of its bytes */
    bool always;             /* where there is none nothing is split; else stl stands in */
    bool seats;              /* by the model's own components; else by the filters of X-11 */
    bool airline;            /* the model (0 1 1)(0 1 1); else one that the program chooses */
    unsigned time_limit_s;   /* of one series */
} kt_x13_settings;

/** False where stl splits the series. */
bool kt_x13_splits(const kt_x13_settings *settings);

/** How a stretch is split, as rows tell it; version may be NULL. In the arena. */
const char *kt_x13_method(const kt_x13_settings *settings, const char *version, kt_arena *arena);

/** Figures of consecutive periods, none of them missing. */
typedef struct kt_x13_stretch {
    kt_period first;
    size_t count;
    const double *value;
    bool logarithms; /* the parts multiply: all figures are above zero */
} kt_x13_stretch;

typedef struct kt_x13_parts {
    double *adjusted, *trend, *remainder; /* of each period, in the unit of the figures */
    const char *reason;                   /* why there are none, or NULL */
    bool failed;                          /* the program gave none; else the stretch is too short */
    const char *version;                  /* as the program tells it; NULL if it did not */
} kt_x13_parts;

/** What x13as made of stretches; all 0 where stl splits them. */
typedef struct kt_x13_counts {
    size_t split, failed;
    const char *reason;  /* of the first that failed, with the name of its series; or NULL */
    const char *version; /* of the program; NULL if it told none */
} kt_x13_counts;

/** Splits one stretch in a temporary folder that is gone afterwards. What the program does wrong is
 * a reason. Any number of threads may do so at once; KT_ERR_CANCELLED if a signal came. */
kt_status kt_x13_split(const kt_x13_settings *settings, const kt_x13_stretch *stretch,
                       kt_arena *arena, kt_x13_parts *out, kt_error *err) KT_MUST_CHECK;

#endif
