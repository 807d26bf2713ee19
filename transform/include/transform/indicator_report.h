/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_INDICATOR_REPORT_H
#define KT_TRANSFORM_INDICATOR_REPORT_H

#include <stdint.h>

#include "core/indicator.h"
#include "transform/indicators.h"
#include "transform/project_list.h"

/**
 * What projects report of the common indicators, in the template of the coordinators: a CSV with
 * the columns hankekoodi, indikaattori, jakso, sukupuoli, tavoite, toteuma, pvm in any order, with
 * semicolons or commas, in UTF-8 or Windows-1252. A row has a target (tavoite), what was done
 * (toteuma), or both.
 */
typedef struct kt_indicator_row {
    const char *project, *indicator;
    const char *period; /* 2024-H1, 2024, END */
    kt_indicator_sex sex;
    double target, realised; /* NAN where the cell is empty */
    int64_t reported_day;    /* KT_NO_DAY */
    size_t line;
} kt_indicator_row;

typedef struct kt_indicator_report {
    const kt_indicator_row *rows; /* in the order of the file */
    size_t row_count;
    const kt_project_reject *rejects;
    size_t reject_count;
} kt_indicator_report;

/** True if the first line names a project's code and an indicator as the template does. */
bool kt_indicator_report_is(const kt_project_file *file);

/**
 * KT_ERR_FORMAT for a file of another kind and where more than one row in a hundred is rejected: an
 * unknown indicator, sex or period, a figure that is no count, a day that is none, a second row of
 * the same figure.
 */
kt_status kt_indicator_report_read(const kt_project_file *file, const kt_indicators *all,
                                   kt_arena *arena, kt_indicator_report *out,
                                   kt_error *err) KT_MUST_CHECK;

#endif
