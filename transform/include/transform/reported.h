/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_REPORTED_H
#define KT_TRANSFORM_REPORTED_H

#include "core/error.h"
#include "transform/indicator_report.h"
#include "transform/score_report.h"

/**
 * What projects reported over all reports that were ever received. Nothing is overwritten: a figure
 * that a later report says otherwise has a version for each, and one that a later report does not
 * repeat stands.
 */
typedef struct kt_reported {
    const char *project, *code; /* of an indicator, or of a scale */
    const char *period;         /* 2024-H1, 2024, END */
    kt_indicator_sex sex;       /* of an indicator */
    bool target;                /* of an indicator: what was promised, not what was done */
    kt_score_stage stage;       /* of a scale */
    double value;               /* the count; of a scale the mean, NAN of nobody's */
    double persons, sd;         /* of a scale; NAN */
    kt_indicator_basis basis;   /* of an indicator */
    int64_t reported_day;       /* KT_NO_DAY */
    const char *source;         /* of the first report that says so */
    int64_t snapshot_day;       /* of the first report that says so */
    int64_t last_snapshot_day;  /* of the last one in a row that says the same */
    bool current;               /* no later report says otherwise */
} kt_reported;

typedef struct kt_reporting kt_reporting;

kt_reporting *kt_reporting_new(kt_arena *arena);

/** Where a report came from, and of which day it speaks. */
typedef struct kt_report_origin {
    const char *source;
    int64_t snapshot_day;
} kt_report_origin;

/** Adds a report, whose texts have to last. Of two reports of one day the one that is
 * added later counts where both have a figure. */
void kt_reporting_add_indicators(kt_reporting *reporting, const kt_indicator_report *report,
                                 kt_report_origin origin);
void kt_reporting_add_scores(kt_reporting *reporting, const kt_score_report *report,
                             kt_report_origin origin);

typedef struct kt_reported_list {
    kt_reported *at; /* by project, code, period, sex, stage, target last, then day */
    size_t count;
} kt_reported_list;

/** Everything that was added, indicators or scores. */
kt_reported_list kt_reporting_versions(kt_reporting *reporting);

/** The order of figures; 0 of two versions of one. */
int kt_reported_compare(const kt_reported *x, const kt_reported *y);

/** What is known of indicators that ties their figures together. */
typedef struct kt_reported_rules {
    const kt_indicators *indicators;
    bool cumulative; /* realised figures count from the start, so they never fall */
} kt_reported_rules;

/**
 * Which figures of indicators may not be shown project by project: counts of 1 to 4, the sensitive
 * indicators and non-binary participants, and so many others that none of these can be computed
 * (transform/hide_counts.h) from women, men and non-binary that make a total, from the checks of
 * the catalogue and what cannot be above what, from the periods of figures that never fall, and
 * from what older reports said, nor by who knows that a small count is one of 1 to 4. Neither can 1
 * to 4 persons that nobody reports: what is left of a total, or of a base, without its parts, or
 * without those that are reported, and by how much a figure or what is left grew between two
 * periods or two reports (projects/reported_equations.h). Of a series earlier periods and older
 * reports are hidden before the newest figures. A figure that may not be shown as of the newest
 * report is not shown as of older ones. hidden: of each of list, in the arena.
 *
 * What this is not: a reader who knows a figure of the project from elsewhere can compute more, and
 * so can one who knows how we choose, or who kept a run that was published before the newest
 * report. Where everything around small counts is hidden, that they are 1 to 4 may still leave one
 * number.
 */
kt_status kt_reported_hide(const kt_reported_list *list, const kt_reported_rules *rules,
                           kt_arena *arena, bool **hidden, kt_error *err) KT_MUST_CHECK;

/**
 * The same of scores: fewer than 5 persons are not shown, nor is a mean whose persons are 1 to 4
 * more or fewer than those of another one that is shown of the same project, scale and stage: the
 * two would tell what these answered. The newest are shown first.
 */
void kt_scores_hide(const kt_reported_list *list, kt_arena *arena, bool **hidden);

/** How the published tables call a report period: a year alone is Y2024. */
#define KT_REPORT_PERIOD_SIZE 12
const char *kt_report_period_code(const char *period, char out[KT_REPORT_PERIOD_SIZE]);

/** The last day of a report period; KT_END_DAY of END. */
#define KT_END_DAY INT64_MAX
int64_t kt_report_period_end(const char *period);

#endif
