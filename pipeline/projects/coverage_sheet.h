/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_COVERAGE_SHEET_H
#define KT_PIPELINE_PROJECTS_COVERAGE_SHEET_H

#include "analysis/project_coverage.h"
#include "analysis/project_funding.h"
#include "projects/coverage_figures.h"

/** Money of projects against one need, cell by cell: the rows of `coverage` before they are
 * written. */

/** The scheme whose codes are the sectors. */
#define KT_COVERAGE_SECTORS "sector_tol2008"

/** One scheme of themes: how its codes are numbered, and the money by them. */
typedef struct kt_coverage_scheme {
    const char *name;
    kt_codes *codes, *sectors;
    kt_funding_question question;
    kt_funding funding;
} kt_coverage_scheme;

typedef struct kt_coverage_study {
    const kt_config *config;
    const kt_project_study *projects;
    int64_t seen_day; /* the newest list */
    kt_coverage_places places;
    kt_coverage_figures *figures;
    kt_coverage_scheme *schemes;
    size_t scheme_count;
    int first_year; /* that a project has a day in; years follow one another */
    size_t year_count;
    kt_funding_span *years;
} kt_coverage_study;

/** Everything but the sheets, in the arena; projects is borrowed. No year without projects. */
kt_status kt_coverage_study_make(const kt_config *config, const kt_project_study *projects,
                                 const kt_panel_place *from, kt_arena *arena,
                                 kt_coverage_study *out, kt_error *err) KT_MUST_CHECK;

/** Which sheet. */
typedef struct kt_coverage_choice {
    size_t need, topic, level, year; /* positions; the topic is one of the need's */
} kt_coverage_choice;

/** Cents of one cell. */
typedef struct kt_coverage_money {
    int64_t granted, realised;
    int64_t unclassified;     /* granted there to projects that nobody knows the topic of */
    int64_t all_topics;       /* granted there */
    int64_t national, shared; /* that would be here if it were spread by unemployed: what has the
                                 whole country, or several cells, as its area; KT_NO_MONEY: the
                                 unemployed of a cell are not known */
} kt_coverage_money;

/** A sheet of regions has one sector, all of them (_T). One of sectors has each of them in each
 * region, and behind them what is in none that anybody knows (_X). Positions are region *
 * sector_count + sector. */
typedef struct kt_coverage_sheet {
    kt_coverage_choice choice;
    const kt_need *need;
    const kt_need_topic *topic;
    const kt_coverage_level *level;
    const char *sector_level;
    const char **sectors;
    size_t sector_count;
    size_t cell_sectors; /* those that have needs */
    bool has_period;
    kt_period period; /* of the need's figures */
    /* Of each region, then of what is national and of what is in no single region. */
    kt_coverage_money *money;
    size_t *projects, *active;
    double *unclassified_share; /* NAN where no money is */
    kt_need_figure *needs;      /* of cells alone */
    kt_coverage_stocks *stocks; /* of cells alone */
    kt_coverage found;          /* of kt_coverage_cell_at */
    /* Of all. */
    int64_t national, located, shared,
        unlocated; /* in one cell, known but in no single one, nowhere */
    int64_t undated;
    double unlocated_share; /* of what is not national; NAN where there is none */
    double classified_share;
} kt_coverage_sheet;

/** The number of a cell among those that have needs: of what is found. */
static inline size_t kt_coverage_cell_at(const kt_coverage_sheet *sheet, size_t region,
                                         size_t sector)
{
    return region * sheet->cell_sectors + sector;
}

kt_status kt_coverage_sheet_make(const kt_coverage_study *study, kt_coverage_choice choice,
                                 kt_arena *arena, kt_coverage_sheet *out,
                                 kt_error *err) KT_MUST_CHECK;

#endif
