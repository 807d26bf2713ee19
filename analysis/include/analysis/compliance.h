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

/** A report period, in order of time, and the last day on which its report is in time. */
typedef struct kt_report_period {
    const char *name;
    int64_t due_day;
} kt_report_period;

typedef struct kt_compliance_rules {
    const char *const *required; /* indicators of the cluster; none: nothing is asked */
    size_t required_count;
    const kt_report_period *periods;
    size_t period_count;
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

/**
 * Required, reported and overdue are pairs of an indicator and a period that was due while the
 * project ran; late ones were reported behind their day. Failed checks are named once each: those
 * of the rules, and
 *
 *     negative           a figure below zero
 *     sexes_add_up       women, men and non-binary do not make the total, where all are given
 *     cumulative_falls   a value below that of an earlier period
 *     far_above_target   realised above far_above times the target after the project's end
 */
typedef struct kt_compliance {
    size_t required_n, reported_n, overdue_n, late_n, inconsistent_n;
    double completeness;       /* reported over required; NAN where nothing is due */
    const char *checks_failed; /* joined by '|', in the order above and of the rules; "" */
    kt_compliance_status status;
} kt_compliance;

kt_compliance kt_compliance_of(const kt_compliance_question *question, kt_arena *arena);

#endif
