/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROGRESS_H
#define KT_ANALYSIS_PROGRESS_H

#include <stdint.h>

/** What a project realised of an indicator from its start on, and what it promised for its end. */
typedef struct kt_progress_question {
    double target, realised;    /* NAN: not reported */
    int64_t start_day, end_day; /* first and last of the project; KT_NO_DAY: not known */
    int64_t until_day;          /* the last that the realised figure counts */
} kt_progress_question;

/**
 * Half of the target is much after a third of the time and little after most of it:
 *
 *     achievement = realised / target,   elapsed = days gone / days of the project,
 *     progress    = achievement / elapsed        1: as much as an even pace would have made
 *
 * NAN where a figure or a day is not known, where nothing was promised, and of the progress where
 * no day has gone. A figure of after the project's end has all its time behind it.
 */
typedef struct kt_progress {
    double achievement, elapsed, progress;
} kt_progress;

kt_progress kt_progress_of(const kt_progress_question *question);

#endif
