/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_COMPLIANCE_H
#define KT_ANALYSIS_COMPLIANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/indicator.h"

/**
 * Whether a project has reported the indicators that its cluster has agreed upon, in time, and
 * whether what it reports can be true. A missing report is a finding, not silence: using the common
 * set is a condition of the money.
 */

/** An indicator that the cluster has agreed to report of a period, and the last day in time. */
typedef struct kt_required_report {
    const char *indicator;
    size_t period; /* the place of the period in the list that goes with it */
    int64_t due_day;
} kt_required_report;

typedef struct kt_compliance_rules {
    const kt_required_report *required; /* none: nothing is asked */
    size_t required_count;
    size_t period_count; /* report periods, in order of time */
    const kt_indicator_check *checks;
    size_t check_count;
    const char *const *cumulative; /* indicators whose values never fall */
    size_t cumulative_count;
    double far_above; /* realised over target from which on it is told, once the project ended: 3 */
} kt_compliance_rules;

/** The project, on the day of the run. */
typedef struct kt_compliance_question {
    const kt_compliance_rules *rules;
    const kt_indicator_value *values; /* each (indicator, period, sex, target) once */
    size_t count;
    int64_t start_day, end_day; /* KT_NO_DAY: open */
    int64_t as_of_day;
    bool exempt;
} kt_compliance_question;

typedef enum kt_compliance_status {
    KT_COMPLIANCE_COMPLETE,
    KT_COMPLIANCE_PARTIAL,
    KT_COMPLIANCE_MISSING,
    KT_COMPLIANCE_INCONSISTENT,
    KT_COMPLIANCE_NOT_DUE,
    KT_COMPLIANCE_EXEMPT,
    KT_COMPLIANCE_STATUSES
} kt_compliance_status;

const char *kt_compliance_status_name(kt_compliance_status status);

typedef enum kt_report_state {
    KT_REPORT_REPORTED,
    KT_REPORT_LATE,      /* behind its day */
    KT_REPORT_OVERDUE,   /* its day has passed, and nothing was reported */
    KT_REPORT_NOT_DUE,   /* its day has not passed, and nothing was reported */
    KT_REPORT_NOT_ASKED, /* the project began behind its day */
    KT_REPORT_STATES
} kt_report_state;

const char *kt_report_state_name(kt_report_state state);

/** What came of one that the rules require. */
typedef struct kt_report_finding {
    kt_report_state state;
    int64_t reported_day; /* KT_NO_DAY: not reported, or nobody says when */
} kt_report_finding;

kt_report_finding kt_report_of(const kt_compliance_question *question,
                               const kt_required_report *report);

/**
 * Required, reported and overdue are those of the rules whose day has passed, the project having
 * begun by then; late ones were reported behind their day. Failed checks are named once each: those
 * of the rules, and
 *
 *     negative           a figure below zero
 *     sexes_add_up       women, men and non-binary do not make the total, where all are given
 *     cumulative_falls   a value below that of an earlier period
 *     far_above_target   realised above far_above times the target after the project's end
 *
 * Which of the figures of a failed check is wrong nobody knows: all of them are in doubt. A check
 * is of one period, so figures of the others stay out of doubt, but for cumulative_falls, which is
 * of the two periods that contradict each other. The status is inconsistent if any period is.
 */
typedef struct kt_compliance {
    size_t required_n, reported_n, overdue_n, late_n, inconsistent_n;
    double completeness;       /* reported over required; NAN where nothing is due */
    const char *checks_failed; /* joined by '|', in the order above and of the rules; "" */
    const bool *doubted;       /* of each of the question's values: a part of a failed check */
    kt_compliance_status status;
} kt_compliance;

kt_compliance kt_compliance_of(const kt_compliance_question *question, kt_arena *arena);

#endif
