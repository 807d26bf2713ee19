/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ALL_PERIODS_H
#define KT_PIPELINE_ALL_PERIODS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "core/period.h"

/** Periods as files and rows order them: by year, and then bytewise by their names. */
typedef struct kt_period_list {
    kt_period *at;
    size_t count;
} kt_period_list;

/** The periods of all these cubes, each once; a cube that is NULL has none. */
kt_status kt_all_periods(const kt_cube *const *cubes, size_t count, kt_arena *arena,
                         kt_period_list *out, kt_error *err) KT_MUST_CHECK;

/** Consecutive periods of one frequency. */
typedef struct kt_stretch {
    kt_period first;
    size_t count;
} kt_stretch;

/** The same of the periods of many series, most of which cover the same ones. */
typedef struct kt_stretches {
    kt_arena *arena;
    kt_stretch *at; /* none goes on where another ends */
    size_t count, room;
} kt_stretches;

void kt_stretches_add(kt_stretches *stretches, kt_period first, size_t count);

kt_period_list kt_stretches_list(const kt_stretches *stretches);

/** The position of a period in the list, or KT_NO_CODE. */
size_t kt_all_periods_find(const kt_period_list *list, kt_period period);

#endif
