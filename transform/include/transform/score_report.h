/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SCORE_REPORT_H
#define KT_TRANSFORM_SCORE_REPORT_H

#include <stdint.h>

#include "transform/laari.h"
#include "transform/project_list.h"

/**
 * What participants of projects answered on a scale, in a template beside that of the indicators: a
 * CSV with the columns hankekoodi, mittari, jakso, vaihe, n, keskiarvo, keskihajonta, pvm. A row is
 * how many answered at their start (alku), their end (loppu) or some time later (seuranta), and the
 * mean and standard deviation of their answers. Never what one person answered.
 */
typedef enum kt_score_stage {
    KT_SCORE_START,
    KT_SCORE_END,
    KT_SCORE_FOLLOW_UP,
    KT_SCORE_STAGES
} kt_score_stage;

/** start, end, follow_up. */
const char *kt_score_stage_name(kt_score_stage stage);

typedef struct kt_score_row {
    const char *project;
    const kt_scale *scale;
    const char *period; /* 2024-H1, 2024, END */
    kt_score_stage stage;
    double persons;       /* who answered; of 0 there is no mean */
    double mean, sd;      /* NAN where the cell is empty */
    int64_t reported_day; /* KT_NO_DAY */
    size_t line;
} kt_score_row;

typedef struct kt_score_report {
    const kt_score_row *rows; /* in the order of the file */
    size_t row_count;
    const kt_project_reject *rejects;
    size_t reject_count;
} kt_score_report;

/** What no two rows of a report have in common: project, scale, period and stage. */
const char *kt_score_key(const kt_score_row *row, kt_arena *arena);

/** True if the first line names a project's code and a scale as the template does. */
bool kt_score_report_is(const kt_project_file *file);

/**
 * KT_ERR_FORMAT for a file of another kind and where more than one row in a hundred is rejected: an
 * unknown scale, stage or period, a mean outside the scale, a deviation that no answers on it have,
 * a second row of the same figure.
 */
kt_status kt_score_report_read(const kt_project_file *file, const kt_laarit *all, kt_arena *arena,
                               kt_score_report *out, kt_error *err) KT_MUST_CHECK;

#endif
