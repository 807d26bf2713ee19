/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_THEME_GAPS_H
#define KT_PIPELINE_PROJECTS_THEME_GAPS_H

#include "projects/coverage_sheet.h"

/** A maakunta where a need of a theme is high: in the highest quarter, in the newest year in which
 * the need is known. */
typedef struct kt_theme_gap {
    const char *theme, *maakunta;
    const char *need; /* that is high there */
} kt_theme_gap;

typedef struct kt_theme_gaps {
    kt_theme_gap *at; /* by need, then theme, then maakunta */
    size_t count;
} kt_theme_gaps;

/** In the arena; none of a study without projects. */
kt_status kt_theme_gaps_find(const kt_coverage_study *study, kt_arena *arena, kt_theme_gaps *out,
                             kt_error *err) KT_MUST_CHECK;

#endif
