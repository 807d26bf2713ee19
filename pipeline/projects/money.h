/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_MONEY_H
#define KT_PIPELINE_PROJECTS_MONEY_H

#include "projects/coverage_sheet.h"

/** Cents of the newest lists at one level of regions, and where `coverage` has them. */
typedef struct kt_project_money {
    const char *level;
    const char *period;                           /* of the programme; KT_ALL_PERIODS */
    const char *kind;                             /* granted_eu_state_eur, realised_eu_state_eur */
    int64_t listed;                               /* as the lists say it, project by project */
    int64_t located, national, shared, unlocated; /* as it was split */
} kt_project_money;

#define KT_ALL_PERIODS "all periods"

typedef struct kt_project_moneys {
    kt_project_money *at; /* by period with all of them last, then level, then kind */
    size_t count;
} kt_project_moneys;

/** For every level of the needs, in the arena. All periods are the very sums that `coverage` is
 * made of; each period is split anew in the same way, from its own projects. */
kt_project_moneys kt_project_moneys_of(const kt_coverage_study *study, kt_arena *arena);

#endif
