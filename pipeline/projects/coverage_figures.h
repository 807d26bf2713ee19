/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_COVERAGE_FIGURES_H
#define KT_PIPELINE_PROJECTS_COVERAGE_FIGURES_H

#include "panel.h"
#include "projects/coverage_places.h"

/** The published figures that money of projects is held against, as everybody can read them. */
typedef struct kt_coverage_figures kt_coverage_figures;

/** Reads them for the cells of all levels; places is borrowed. */
kt_status kt_coverage_figures_read(const kt_config *config, const kt_coverage_places *places,
                                   const kt_panel_place *from, kt_arena *arena,
                                   kt_coverage_figures **out, kt_error *err) KT_MUST_CHECK;

/** How large a need is in one cell. */
typedef struct kt_need_figure {
    kt_interval is; /* value is NAN where none may be shown */
    kt_obs obs;
} kt_need_figure;

/** Job seekers of a cell above the number that its scope's V/U would give it, or below it; 0 or
 * more. The ends are what the ends of all four figures leave: never too narrow. */
kt_need_figure kt_need_gap(kt_need_measure measure, const kt_published_figure *unemployed,
                           const kt_published_figure *vacancies,
                           const kt_published_figure *scope_unemployed,
                           const kt_published_figure *scope_vacancies);

/**
 * Posts of a sector above the number that its mean vacancy rate V/(V + D) would give it, of months
 * up to the need's own, the last. A hidden month counts in the mean by the middle of its limits,
 * and the need has then a range; without one of the months, or over a break, there is none.
 */
kt_need_figure kt_need_above_mean(const kt_published_figure *vacancies,
                                  const kt_published_figure *employed, size_t months);

/** The sectors of needs that sectors have: sections of TOL 2008, by code. */
size_t kt_coverage_sectors(const kt_coverage_figures *figures, const char *const **codes);

/**
 * The newest period of a year in which the need is known of any cell of the level (of a gap: in
 * which the country has both figures). False if there is none.
 */
bool kt_coverage_period(const kt_coverage_figures *figures, size_t need, size_t level, int year,
                        kt_period *out);

/** Which need (a position of the configuration) of which cell; sector is 0 where regions have it.
 */
typedef struct kt_need_place {
    size_t need, level, cell, sector;
} kt_need_place;

kt_need_figure kt_coverage_need(const kt_coverage_figures *figures, kt_need_place place,
                                kt_period period);

/** Figures that stand beside the need; NAN where none is shown. */
typedef struct kt_coverage_stocks {
    double unemployed, long_term, vacancies;
} kt_coverage_stocks;

/** Of the newest month of the year in which the country has unemployed and vacancies. */
kt_coverage_stocks kt_coverage_stocks_of(const kt_coverage_figures *figures, size_t level,
                                         size_t cell, int year);

/** Job seekers have no sector of their own: its vacancies alone, in that period. */
kt_coverage_stocks kt_coverage_sector_stocks(const kt_coverage_figures *figures,
                                             kt_need_place place, kt_period period);

#endif
