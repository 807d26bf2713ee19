/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checking.h"

#include <ctype.h>
#include <string.h>

#include "core/text.h"

#define SECTION  "tol1"
#define DIVISION "tol2"
#define LETTER   4 /* its place in TOL-C */

/* A sum of sectors: the rows that are its parts, and the row that they make. */
typedef struct sector_sum {
    kt_source_rows parts;
    size_t total;
    bool at_most; /* not all parts are in the table */
} sector_sum;

/* One figure of a row (all sectors of a period, measure, region and occupation). */
static void check_row(kt_checking *checking, const sector_sum *of, size_t row, bool at_most)
{
    const kt_cube *cube = checking->cube;
    const size_t stride = cube->stride[KT_ROLE_SECTOR];
    for (size_t group = 0; group < cube->size[KT_ROLE_GROUP]; group++) {
        kt_check_sum sum = {.known = true};
        for (size_t i = 0; i < of->parts.count; i++) {
            kt_check_part(cube, row + of->parts.at[i] * stride + group, &sum);
        }
        kt_check_hold(checking, row + of->total * stride + group, &sum, of->at_most || at_most);
    }
}

/* Which regions are looked at, and whether parts may be less than their total in all of them. */
typedef enum span { SPAN_ALL, SPAN_REGIONS, SPAN_COUNTRY } span;

static void check_rows(const kt_reconciling *job, kt_checking *checking, const sector_sum *of,
                       size_t measure, span over)
{
    const kt_cube *cube = job->cube;
    const kt_outline *regions = &job->rollup->regions;
    const size_t country = job->rollup->country == KT_NO_CODE
                               ? KT_NO_CODE
                               : regions->recipe[job->rollup->country].member[0];
    const size_t occupations = cube->size[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < cube->size[KT_ROLE_PERIOD] * cube->size[KT_ROLE_REGION]; i++) {
        const size_t period = i / cube->size[KT_ROLE_REGION], r = i % cube->size[KT_ROLE_REGION];
        if (over != SPAN_ALL && (r == country) != (over == SPAN_COUNTRY)) {
            continue;
        }
        for (size_t o = 0; o < occupations; o++) {
            check_row(checking, of,
                      period * cube->stride[KT_ROLE_PERIOD] +
                          measure * cube->stride[KT_ROLE_MEASURE] +
                          r * cube->stride[KT_ROLE_REGION] + o * cube->stride[KT_ROLE_OCCUPATION],
                      over == SPAN_COUNTRY);
        }
    }
}

static size_t *row_list(const kt_reconciling *job)
{
    return kt_arena_array(job->arena, size_t, job->cube->size[KT_ROLE_SECTOR] + 1);
}

static bool is_own(const kt_outline *outline, size_t line)
{
    return strcmp(outline->line[line].made_of, "source") == 0;
}

/* The divisions of one section that the source has besides it. */
static sector_sum section_sum(const kt_reconciling *job, size_t section)
{
    const kt_outline *outline = &job->rollup->sectors;
    const kt_classification *all = &job->rollup->classifications->sectors[job->rollup->revision];
    sector_sum of = {.parts = {row_list(job), 0}, .total = outline->recipe[section].member[0]};
    size_t wanted = 0;
    for (size_t i = 0; i < all->item_count; i++) {
        const char *parent = kt_class_parent(all, all->items[i].code, SECTION);
        if (!kt_text_same(parent, outline->line[section].code)) {
            continue;
        }
        const size_t line =
            kt_rollup_line_find(outline->line, outline->count, DIVISION, all->items[i].code);
        wanted++;
        if (line != KT_NO_CODE) {
            kt_line_rows(outline, line, &of.parts, job->arena);
        }
    }
    of.at_most = of.parts.count < wanted;
    return of;
}

static void check_sections(kt_reconciling *job, const kt_run *sections, size_t measure)
{
    kt_checking checking = kt_check_begin(job, "sectors_sum_to_section", measure, NULL);
    for (size_t line = sections->first; line < sections->first + sections->count; line++) {
        const sector_sum of = section_sum(job, line);
        if (is_own(&job->rollup->sectors, line) && of.parts.count > 0) {
            check_rows(job, &checking, &of, measure, SPAN_ALL);
        }
    }
    kt_check_end(&checking);
}

/* True if the total's code is of sections (B-S) among which that sector is not. */
static bool is_outside(const kt_classification *all, const char *total, const char *code)
{
    const bool spans = isupper((unsigned char)total[0]) && total[1] == '-' &&
                       isupper((unsigned char)total[2]) && total[3] == '\0';
    const char *parent = kt_class_parent(all, code, SECTION);
    const int letter = code[0] == '_' ? 0 : parent == NULL ? code[LETTER] : parent[LETTER];
    return spans && (letter < total[0] || letter > total[2]);
}

/* The sections that the total is made of, or the divisions where the table has no sections. */
static sector_sum total_sum(const kt_reconciling *job, const kt_run *run, size_t total)
{
    const kt_outline *outline = &job->rollup->sectors;
    const kt_classification *all = &job->rollup->classifications->sectors[job->rollup->revision];
    const char *code = kt_codes_at(job->cube->codes[KT_ROLE_SECTOR], total);
    sector_sum of = {.parts = {row_list(job), 0}, .total = total};
    for (size_t line = run->first; line < outline->count; line++) {
        if (strcmp(outline->line[line].level, run->level) == 0 &&
            !is_outside(all, code, outline->line[line].code)) {
            kt_line_rows(outline, line, &of.parts, job->arena);
        }
    }
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *item = &all->items[i];
        of.at_most = of.at_most ||
                     (strcmp(item->level, run->level) == 0 && !is_outside(all, code, item->code) &&
                      kt_rollup_line_find(outline->line, outline->count, run->level, item->code) ==
                          KT_NO_CODE);
    }
    return of;
}

static void check_total(kt_reconciling *job, const kt_run *run, size_t total, size_t measure)
{
    const sector_sum of = total_sum(job, run, total);
    kt_checking regions = kt_check_begin(job, "sectors_sum_to_total", measure, run->level);
    check_rows(job, &regions, &of, measure, SPAN_REGIONS);
    kt_check_end(&regions);
    if (job->rollup->country != KT_NO_CODE) {
        kt_checking country = kt_check_begin(job, "sectors_within_country", measure, run->level);
        check_rows(job, &country, &of, measure, SPAN_COUNTRY);
        kt_check_end(&country);
    }
}

/* True if the source has a row of its own at that level: what is summed from finer rows is held
 * with these. */
static bool has_own(const kt_outline *outline, const kt_run *run)
{
    for (size_t line = run->first; line < run->first + run->count; line++) {
        if (is_own(outline, line)) {
            return true;
        }
    }
    return false;
}

void kt_check_sectors(kt_reconciling *job, size_t measure)
{
    const kt_outline *outline = &job->rollup->sectors;
    const char *const levels[] = {SECTION, DIVISION};
    const kt_run *total = kt_outline_run(outline, KT_TOTAL);
    if (job->rollup->revision == KT_SECTOR_REVISIONS) {
        return;
    }
    const kt_run *sections = kt_outline_run(outline, SECTION);
    if (has_own(outline, sections) && kt_outline_run(outline, DIVISION)->count > 0) {
        check_sections(job, sections, measure);
    }
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const kt_run *run = kt_outline_run(outline, levels[i]);
        if (has_own(outline, run) && total != NULL && is_own(outline, total->first)) {
            check_total(job, run, outline->recipe[total->first].member[0], measure);
        }
    }
}
