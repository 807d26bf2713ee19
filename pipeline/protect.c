/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protect.h"

#include "core/file.h"
#include "transform/withdraw.h"

/* The store of the newest version, which an ordinary night leaves. */
static const char *newest_store(const kt_night *night, kt_arena *arena)
{
    return kt_path_join(arena, night->workspace, "store");
}

const char *kt_protect_key(const kt_night *night, const kt_source *source, kt_arena *arena)
{
    if (night->until == KT_NO_INSTANT) {
        return "";
    }
    const kt_table newest = kt_table_load(source, newest_store(night, arena), arena);
    return newest.key == NULL ? "" : newest.key;
}

kt_status kt_protect(const kt_night *night, const kt_reconcile_table *table, kt_arena *arena,
                     kt_error *err)
{
    if (night->until == KT_NO_INSTANT) {
        return KT_OK;
    }
    const char *path = kt_table_cube_path(newest_store(night, arena), table->source, arena);
    kt_cube *newest = NULL;
    KT_TRY(kt_cube_load(path, arena, &newest, err));
    kt_withdraw(table->cube, newest, arena);
    if (!night->config->publish.strict_disclosure) {
        kt_withdraw_totals(table, arena);
    }
    return KT_OK;
}
