/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disclosure.h"

#include <math.h>
#include <string.h>

#include "target_groups.h"
#include "transform/disclose.h"

size_t kt_disclosure_rank(const kt_source *source)
{
    if (kt_source_variable(source, KT_ROLE_OCCUPATION) != NULL) {
        return KT_DISCLOSURE_RANKS - 1;
    }
    return kt_source_variable(source, KT_ROLE_SECTOR) != NULL ||
                   kt_source_variable(source, KT_ROLE_GROUP) != NULL
               ? 1
               : 0;
}

static size_t shared_measures(const kt_source *one, const kt_source *other)
{
    size_t count = 0;
    for (size_t i = 0; i < one->measure_count; i++) {
        count += kt_source_measure(other, one->measures[i].measure) != NULL;
    }
    return count;
}

static bool wants_regions(const kt_source *source, const char *some)
{
    const kt_variable_spec *regions = kt_source_variable(source, KT_ROLE_REGION);
    for (size_t i = 0; regions != NULL && i < regions->want_count; i++) {
        if (strcmp(regions->want[i], "*") == 0 || strcmp(regions->want[i], some) == 0) {
            return true;
        }
    }
    return false;
}

/* How many kinds of regions, as the source files name them, of the one the other has too. */
static size_t shared_regions(const kt_source *one, const kt_source *other)
{
    const kt_variable_spec *regions = kt_source_variable(one, KT_ROLE_REGION);
    size_t count = 0;
    for (size_t i = 0; regions != NULL && i < regions->want_count; i++) {
        count += wants_regions(other, regions->want[i]);
    }
    return count;
}

/* True if one shows more of the source's totals than other does, whatever their order. */
static bool is_better(const kt_source *source, const kt_source *one, const kt_source *other)
{
    const size_t measures = shared_measures(source, one);
    const size_t regions = shared_regions(source, one);
    if (other == NULL || measures != shared_measures(source, other)) {
        return measures > (other == NULL ? 0 : shared_measures(source, other));
    }
    return regions != shared_regions(source, other) ? regions > shared_regions(source, other)
                                                    : strcmp(one->id, other->id) < 0;
}

/* The table by region alone of which the totals of this source are, of those that are there: of the
 * same frequency, with most of its measures, then of its regions, then the first by id. NULL if
 * none has any of its measures, or the source is one by region alone. */
static const kt_table *table_of_totals(const kt_night *night, const kt_source *source)
{
    const kt_table *best = NULL;
    for (size_t i = 0; i < night->config->source_count; i++) {
        const kt_table *one = &night->tables[i];
        if (one->there && kt_disclosure_rank(one->source) == 0 && kt_disclosure_rank(source) > 0 &&
            one->source->frequency == source->frequency &&
            is_better(source, one->source, best == NULL ? NULL : best->source)) {
            best = one;
        }
    }
    return best;
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
    kt_log_write(
        &night->session->log, KT_INFO, "transform.covered",
        "%s: %zu totals and %zu figures covered, %zu of groups and %zu of sectors withheld",
        table->source->id, covering->totals, covering->figures, covering->withheld,
        covering->sectors);
    return KT_OK;
}

static kt_check withheld_row(const kt_source *source, const char *name, size_t count,
                             const char *words)
{
    return (kt_check){.name = name,
                      .subject = source->id,
                      .severity = "note",
                      .passed = true,
                      .measured = (double)count,
                      .threshold = NAN,
                      .examples = words};
}

/* The checks of what is left, and what is left out of it. */
static void tell_withheld(kt_assembled *made, const kt_covering *covering, const kt_source *source,
                          kt_checks checks, kt_arena *arena)
{
    const size_t before = made->own_checks;
    kt_check *rows = kt_arena_array(arena, kt_check, before + checks.count + 2);
    for (size_t i = 0; i < before + checks.count; i++) {
        rows[i] = i < before ? made->checks[i] : checks.rows[i - before];
    }
    made->checks = rows;
    made->check_count = before + checks.count;
    if (kt_feeds_target_groups(source)) {
        rows[made->check_count++] =
            withheld_row(source, "groups_withheld", covering->withheld,
                         "figures of groups, of whole maakunta, that would tell of protected ones; "
                         "what is finer is never shown under strict disclosure");
    }
    if (kt_source_variable(source, KT_ROLE_SECTOR) != NULL ||
        kt_source_variable(source, KT_ROLE_GROUP) != NULL) {
        rows[made->check_count++] = withheld_row(source, "sectors_withheld", covering->sectors,
                                                 "figures of sectors, or of groups beside a row of "
                                                 "all, that would tell of protected ones");
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
