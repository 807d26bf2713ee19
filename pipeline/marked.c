/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/marked.h"

#include "transform/assess.h"

kt_status kt_marked_period(const kt_marked_table *table, size_t period, kt_arena *arena,
                           kt_cube **out, kt_error *err)
{
    kt_cube *slab = NULL;
    KT_TRY(kt_rollup_period(table->rollup, table->cube, period, arena, &slab, err));
    KT_TRY(kt_assess_mark(table->rollup, table->cube, period, table->protected_share_limit, slab,
                          err));
    kt_breaks_mark(table->breaks, table->source, table->rollup, slab);
    *out = slab;
    return KT_OK;
}

kt_status kt_marked_month_open(const kt_marked_table *table, size_t period, kt_arena *arena,
                               kt_marked_month *out, kt_error *err)
{
    kt_marked_month month = {.source = table->source,
                             .rollup = table->rollup,
                             .protected_share_limit = table->protected_share_limit};
    KT_TRY(kt_marked_period(table, period, arena, &month.slab, err));
    KT_TRY(kt_assess_has_limit(table->protected_share_limit)
               ? kt_assess_known(table->rollup, table->cube, period, arena, &month.known, err)
               : KT_OK);
    *out = month;
    return KT_OK;
}
