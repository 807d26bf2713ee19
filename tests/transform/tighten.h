/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TRANSFORM_TIGHTEN_H
#define KT_TESTS_TRANSFORM_TIGHTEN_H

#include "support/arena.h"
#include "support/fillings.h"
#include "transform/margins.h"

static inline kt_bounds tighten(const kt_margin_table *table, kt_arena *arena)
{
    kt_bounds found = {0};
    kt_error error = {0};
    if (kt_margins_tighten(table, arena, &found, &error) != KT_OK) {
        fail_msg("%s", error.message);
    }
    return found;
}

#endif
