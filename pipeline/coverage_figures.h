/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_COVERAGE_FIGURES_H
#define KT_PIPELINE_COVERAGE_FIGURES_H

#include "coverage_places.h"
#include "panel.h"

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
 * The newest period of a year in which the need is known of any cell of the level (of a gap: in
 * which the country has both figures). False if there is none.
 */
bool kt_coverage_period(const kt_coverage_figures *figures, size_t need, size_t level, int year,
                        kt_period *out);

/** The need of a cell in that period; need is a position of the configuration. */
kt_need_figure kt_coverage_need(const kt_coverage_figures *figures, size_t need, size_t level,
                                size_t cell, kt_period period);

/** Figures that stand beside the need, of the newest month of the year in which the country has
 * unemployed and vacancies; NAN where none is shown. */
typedef struct kt_coverage_stocks {
    double unemployed, long_term, vacancies;
} kt_coverage_stocks;

kt_coverage_stocks kt_coverage_stocks_of(const kt_coverage_figures *figures, size_t level,
                                         size_t cell, int year);

#endif
