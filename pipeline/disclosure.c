/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclosure.h"

#include <math.h>

#include "target_groups.h"
#include "transform/disclose.h"

bool kt_disclosure_first(const kt_source *source)
{
    return kt_source_variable(source, KT_ROLE_OCCUPATION) == NULL;
}

/* The table without occupations that stands before this one; NULL if there is none. */
static const kt_table *table_of_totals(const kt_night *night, const kt_source *source)
{
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *table = &night->tables[i];
        if (!kt_disclosure_first(source) && table->there && kt_disclosure_first(table->source)) {
            return table;
        }
    }
    return NULL;
}

const char *kt_disclosure_key(const kt_night *night, const kt_source *source)
{
    const kt_table *totals = table_of_totals(night, source);
    const bool strict = night->config->publish.strict_disclosure;
    return strict && totals != NULL && totals->key != NULL ? totals->key : "";
}

static kt_status cover(const kt_night *night, const kt_reconcile_table *table, kt_arena *arena,
                       kt_covering *covering, kt_error *err)
{
    kt_cube *totals = NULL;
    const kt_table *other = table_of_totals(night, table->source);
    if (other != NULL) {
        const char *path = kt_table_cube_path(night->store, other->source, arena);
        KT_TRY(kt_cube_load(path, arena, &totals, err));
    }
    KT_TRY(kt_disclose_cover(table, totals, arena, covering, err));
    kt_log_write(&night->session->log, KT_INFO, "transform.covered",
                 "%s: %zu totals and %zu figures covered, %zu of groups withheld",
                 table->source->id, covering->totals, covering->figures, covering->withheld);
    return KT_OK;
}

/* The checks of what is left, and what is left out of it. */
static void tell_withheld(kt_assembled *made, const kt_covering *covering, const kt_source *source,
                          kt_checks checks, kt_arena *arena)
{
    kt_check *rows = kt_arena_array(arena, kt_check, checks.count + 1);
    for (size_t i = 0; i < checks.count; i++) {
        rows[i] = checks.rows[i];
    }
    made->checks = rows;
    made->check_count = checks.count;
    if (kt_feeds_target_groups(source)) {
        rows[made->check_count++] = (kt_check){
            .name = "groups_withheld",
            .subject = source->id,
            .severity = "note",
            .passed = true,
            .measured = (double)covering->withheld,
            .threshold = NAN,
            .examples = "figures of groups, of whole maakunta, that would tell of protected ones; "
                        "what is finer is never shown under strict disclosure",
        };
    }
}

kt_status kt_disclosure_cover(const kt_night *night, const kt_workshop *shop, kt_assembled *made,
                              kt_arena *arena, kt_error *err)
{
    if (!night->config->publish.strict_disclosure) {
        return KT_OK;
    }
    const kt_reconcile_table table = kt_assembled_table(shop, made);
    kt_checks checks = {0};
    kt_covering covering = {0};
    KT_TRY(cover(night, &table, arena, &covering, err));
    KT_TRY(kt_reconcile_checks(&table, arena, &checks, err)); /* measured may tell a total */
    tell_withheld(made, &covering, shop->source, checks, arena);
    return KT_OK;
}
