/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_plan.h"

#include <string.h>

#include "core/text.h"
#include "sector_code.h"
#include "sector_evidence.h"

#define SECTION  "tol1"
#define DIVISION "tol2"

/* The source's sectors by what they are; a source without sectors has the total alone. */
typedef struct sector_rows {
    const kt_classification *all; /* of the source's revision */
    size_t total;                 /* KT_NO_CODE if there is none */
    const char *total_code;
    size_t *unknown[2]; /* of sections, of divisions */
    size_t unknown_count[2];
    size_t *of_item; /* of each item of the classification: the source's row, or KT_NO_CODE */
} sector_rows;

static void add_unknown(sector_rows *rows, size_t level, size_t row)
{
    rows->unknown[level][rows->unknown_count[level]++] = row;
}

/* X is what sections do not know, 00 what divisions do not; a pattern of the source file is both
 * of them. */
static void note_unknown(sector_rows *rows, const char *ours, size_t row)
{
    const bool of_sections = kt_text_same(ours, "TOL-X"),
               of_divisions = kt_text_same(ours, "TOL-00");
    if (!of_divisions) {
        add_unknown(rows, 0, row);
    }
    if (!of_sections) {
        add_unknown(rows, 1, row);
    }
}

/* A table that has one of the two alone means it at both levels. */
static void share_unknown(sector_rows *rows)
{
    const size_t from = rows->unknown_count[0] > 0 ? 0 : 1;
    if (rows->unknown_count[1 - from] == 0) {
        rows->unknown[1 - from] = rows->unknown[from];
        rows->unknown_count[1 - from] = rows->unknown_count[from];
    }
}

static kt_status sort_row(const kt_planner *planner, sector_rows *rows, size_t row, kt_error *err)
{
    const kt_variable_spec *spec = kt_source_variable(planner->source, KT_ROLE_SECTOR);
    const char *code = kt_codes_at(planner->cube->codes[KT_ROLE_SECTOR], row);
    const kt_class_item *item = NULL;
    if (strcmp(code, rows->total_code) == 0) {
        rows->total = row;
        return KT_OK;
    }
    if (spec != NULL && spec->unknown != NULL && kt_text_matches(code, spec->unknown)) {
        item = kt_class_find(rows->all, kt_arena_print(planner->arena, "TOL-%s", code));
        note_unknown(rows, item == NULL ? code : item->code, row);
        return KT_OK;
    }
    KT_TRY(kt_sector_code_read(planner, row, &item, err));
    if (item == NULL) {
        kt_rollup_gap(planner->rollup, "%s: an aggregate of sectors, in no sum", code);
    } else if (strcmp(item->level, "unknown") == 0) {
        note_unknown(rows, item->code, row);
    } else {
        rows->of_item[item - rows->all->items] = row;
    }
    return KT_OK;
}

static kt_status sort_rows(const kt_planner *planner, sector_rows *rows, kt_error *err)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_SECTOR];
    const kt_variable_spec *spec = kt_source_variable(planner->source, KT_ROLE_SECTOR);
    rows->total = KT_NO_CODE;
    rows->total_code = spec != NULL && spec->total != NULL ? spec->total : KT_TOTAL;
    for (size_t level = 0; level < 2; level++) {
        rows->unknown[level] = kt_arena_array(planner->arena, size_t, kt_codes_count(codes) + 1);
    }
    rows->of_item = kt_arena_array(planner->arena, size_t, rows->all->item_count + 1);
    for (size_t i = 0; i < rows->all->item_count; i++) {
        rows->of_item[i] = KT_NO_CODE;
    }
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        KT_TRY(sort_row(planner, rows, i, err));
    }
    for (size_t i = 0; i < rows->all->item_count; i++) {
        KT_TRY(rows->of_item[i] == KT_NO_CODE
                   ? KT_OK
                   : kt_sector_label_check(planner, rows->of_item[i], &rows->all->items[i], err));
    }
    KT_TRY(kt_sector_gap_check(planner, rows->of_item, err));
    share_unknown(rows);
    return KT_OK;
}

static void add_line(const kt_planner *planner, kt_rollup_line line, const size_t *members,
                     size_t count)
{
    (void)kt_outline_add(&planner->rollup->sectors, line,
                         (kt_recipe){.kind = KT_FROM_SOURCE, .count = count, .member = members},
                         planner->arena);
}

/* The source's divisions of a section. False if one of them is not there: the sum would be too
 * small and nobody could tell. */
static bool divisions_of(const kt_planner *planner, const sector_rows *rows,
                         const kt_class_item *section, size_t **out, size_t *count)
{
    *out = kt_arena_array(planner->arena, size_t, rows->all->item_count + 1);
    *count = 0;
    for (size_t i = 0; i < rows->all->item_count; i++) {
        if (!kt_text_same(kt_class_parent(rows->all, rows->all->items[i].code, SECTION),
                          section->code)) {
            continue;
        }
        if (rows->of_item[i] == KT_NO_CODE) {
            return false;
        }
        (*out)[(*count)++] = rows->of_item[i];
    }
    return *count > 0;
}

/* Adds the line of one sector; false if it cannot be made. */
static bool add_sector(const kt_planner *planner, const sector_rows *rows,
                       const kt_class_item *item)
{
    const size_t own = rows->of_item[item - rows->all->items];
    size_t *members, count;
    if (own != KT_NO_CODE) {
        add_line(planner, (kt_rollup_line){item->level, item->code, "source"},
                 kt_one_member(own, planner->arena), 1);
        return true;
    }
    if (strcmp(item->level, SECTION) != 0 || !divisions_of(planner, rows, item, &members, &count)) {
        return false;
    }
    add_line(planner, (kt_rollup_line){item->level, item->code, DIVISION}, members, count);
    return true;
}

static void plan_level(const kt_planner *planner, const sector_rows *rows, const char *level)
{
    kt_outline *outline = &planner->rollup->sectors;
    const size_t unknown = strcmp(level, SECTION) == 0 ? 0 : 1;
    const char *missing = NULL;
    kt_run run = {.level = level, .first = outline->count};
    for (size_t i = 0; i < rows->all->item_count; i++) {
        const kt_class_item *item = &rows->all->items[i];
        if (strcmp(item->level, level) == 0 && !add_sector(planner, rows, item) &&
            missing == NULL) {
            missing = item->code;
        }
    }
    run.count = outline->count - run.first;
    run.whole = run.count > 0 && missing == NULL;
    outline->run[outline->run_count++] = run;
    if (run.count == 0) {
        kt_rollup_gap(planner->rollup, "%s: not in the table", level);
    } else if (missing != NULL) {
        kt_rollup_gap(planner->rollup, "%s: %s is not in the table", level, missing);
    }
    if (run.count > 0 && rows->unknown_count[unknown] > 0) {
        add_line(planner, (kt_rollup_line){level, "_X", "source"}, rows->unknown[unknown],
                 rows->unknown_count[unknown]);
    }
}

/* All source rows of a level's lines, unknown sectors among them. */
static size_t rows_of_level(const kt_planner *planner, const kt_run *run, size_t **out)
{
    const kt_outline *outline = &planner->rollup->sectors;
    size_t *rows = kt_arena_array(planner->arena, size_t,
                                  kt_codes_count(planner->cube->codes[KT_ROLE_SECTOR]) + 1);
    size_t count = 0;
    for (size_t line = run->first; line < outline->count; line++) {
        const kt_recipe *recipe = &outline->recipe[line];
        for (size_t i = 0; strcmp(outline->line[line].level, run->level) == 0 && i < recipe->count;
             i++) {
            rows[count++] = recipe->member[i];
        }
    }
    *out = rows;
    return count;
}

/* The table's own total; without one, all sectors of a level that is there in full. */
static void plan_total(const kt_planner *planner, const sector_rows *rows)
{
    kt_outline *outline = &planner->rollup->sectors;
    const kt_run *base = NULL;
    for (size_t i = 0; i < outline->run_count && base == NULL; i++) {
        base = outline->run[i].whole ? &outline->run[i] : NULL;
    }
    kt_run run = {.level = KT_TOTAL, .first = outline->count, .count = 1, .whole = true};
    if (rows->total != KT_NO_CODE) {
        add_line(planner, (kt_rollup_line){KT_TOTAL, KT_TOTAL, "source"},
                 kt_one_member(rows->total, planner->arena), 1);
    } else if (base != NULL) {
        size_t *members;
        const size_t count = rows_of_level(planner, base, &members);
        add_line(planner, (kt_rollup_line){KT_TOTAL, KT_TOTAL, base->level}, members, count);
    } else {
        kt_rollup_gap(planner->rollup, "%s: no total of sectors in the table", KT_TOTAL);
        return;
    }
    outline->run[outline->run_count++] = run;
}

/* True if the lines are the source's rows, one by one: nothing has to be summed. */
static bool is_plain(const kt_outline *outline, size_t source_rows)
{
    for (size_t i = 0; i < outline->count; i++) {
        if (outline->recipe[i].count != 1 || outline->recipe[i].member[0] != i) {
            return false;
        }
    }
    return outline->count == source_rows;
}

kt_status kt_plan_sectors(const kt_planner *planner, kt_error *err)
{
    kt_rollup *rollup = planner->rollup;
    const kt_sector_revision revision = kt_sector_revision_find(planner->source->sector_revision);
    const bool none = revision == KT_SECTOR_REVISIONS;
    sector_rows rows = {.all = &planner->classifications->sectors[none ? KT_TOL2008 : revision]};
    rollup->revision = revision;
    KT_TRY(sort_rows(planner, &rows, err));
    rollup->sectors = kt_outline_new(rows.all->item_count + 3, 3, planner->arena);
    if (!none) {
        plan_level(planner, &rows, SECTION);
        plan_level(planner, &rows, DIVISION);
    }
    plan_total(planner, &rows);
    rollup->plain_sectors = is_plain(&rollup->sectors, planner->cube->size[KT_ROLE_SECTOR]);
    return KT_OK;
}
