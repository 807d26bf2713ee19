/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/cleanup.h"

/* Which levels of a roll-up are made of several lines, named once each. */
static void name_sums(const kt_rollup_line *lines, const kt_recipe *recipes, size_t count,
                      kt_text *names)
{
    const char *last = "";
    for (size_t i = 0; i < count; i++) {
        const bool summed = recipes[i].kind != KT_FROM_REST && recipes[i].count > 1 &&
                            strncmp(lines[i].code, "_X", 2) != 0;
        if (summed && strcmp(lines[i].level, last) != 0) {
            last = lines[i].level;
            kt_text_print(names, "%s%s", names->length == 0 ? "" : ", ", last);
        }
    }
}

static const char *levels_without(const kt_rollup *rollup, kt_arena *arena)
{
    KT_AUTO(text) kt_text names = {0};
    const kt_rollup_line *lines = NULL;
    size_t count = kt_rollup_regions(rollup, &lines);
    name_sums(lines, kt_rollup_region_recipes(rollup), count, &names);
    count = kt_rollup_occupations(rollup, &lines);
    name_sums(lines, kt_rollup_occupation_recipes(rollup), count, &names);
    count = kt_rollup_sectors(rollup, &lines);
    name_sums(lines, kt_rollup_sector_recipes(rollup), count, &names);
    return names.length == 0 ? NULL : kt_arena_copy(arena, names.bytes);
}

kt_status kt_unit_checks(const kt_analysis_job *job, size_t table, kt_rows *rows, kt_error *err)
{
    const kt_source *source = job->night->config->sources[table];
    const char *levels =
        job->rollups[table] == NULL ? NULL : levels_without(job->rollups[table], job->arena);
    for (size_t i = 0; levels != NULL && i < source->measure_count; i++) {
        const kt_measure_spec *spec = &source->measures[i];
        if (kt_source_counts(source, spec->measure)) {
            continue;
        }
        KT_TRY(kt_check_row_add(
            rows,
            (kt_check_row){
                .check = KT_CHECK_UNITS,
                .subject = kt_arena_print(job->arena, "%s %s", source->id, spec->measure),
                .severity = "note",
                .result = "absent",
                .measured = NAN,
                .threshold = NAN,
                .examples =
                    kt_arena_print(job->arena, "figures in %s are not added; only own rows at %s",
                                   spec->unit, levels)},
            err));
    }
    return KT_OK;
}
