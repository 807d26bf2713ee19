/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_WORKERS_H
#define KT_SERVER_SAMPLE_WORKERS_H

#include "server/sample/model.h"
#include "server/table.h"

/**
 * Persons employed by occupation in the shape of 115s (maakunta x two-digit occupations x years x
 * contents), two years before the months of the sample, as the employment register has them.
 */
typedef struct kt_workers {
    const kt_model *model;
    const kt_codes *areas;       /* SSS, the maakunta, then others that nobody works in */
    const kt_codes *occupations; /* SSS, then those of the model */
    kt_arena *arena;
} kt_workers;

kt_status kt_workers_make(const kt_workers *of, kt_served_table **out, kt_error *err) KT_MUST_CHECK;

#endif
