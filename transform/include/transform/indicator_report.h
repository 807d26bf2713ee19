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
 * (toteuma), or both. A column peruste, which may be absent, says what the figure is known from.
 */
typedef enum kt_indicator_basis {
    KT_BASIS_UNSTATED,
    KT_BASIS_MICRODATA,    /* participants one by one */
    KT_BASIS_TARGET_GROUP, /* true of all by what the project is */
    KT_BASIS_SURVEY,
    KT_BASIS_REGISTER,
    KT_BASIS_ESTIMATE
} kt_indicator_basis;

/** microdata, target_group, survey, register, estimate; "" of an unstated one. */
const char *kt_indicator_basis_name(kt_indicator_basis basis);

typedef struct kt_indicator_row {
    const char *project, *indicator;
    const char *period; /* 2024-H1, 2024, END */
    kt_indicator_sex sex;
    double target, realised; /* NAN where the cell is empty */
    int64_t reported_day;    /* KT_NO_DAY */
    kt_indicator_basis basis;
    size_t line;
} kt_indicator_row;

typedef struct kt_indicator_report {
    const kt_indicator_row *rows; /* in the order of the file */
    size_t row_count;
    const kt_project_reject *rejects;
    size_t reject_count;
} kt_indicator_report;

/** What no two rows of a report have in common: project, indicator, period and sex. */
const char *kt_indicator_key(const kt_indicator_row *row, kt_arena *arena);

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

/**
 * What cannot be, or seldom is, of the figures of one report, a line each with row and column: a
 * check of the catalogue that fails ("a result above its base"), and realised figures more than
 * far_above times their target. The rows stand all the same. At most `most` lines in out; how many
 * there are in all.
 */
size_t kt_indicator_report_doubts(const kt_indicator_report *report, const kt_indicators *all,
                                  double far_above, size_t most, kt_arena *arena,
                                  kt_list_warning *out);

#endif
