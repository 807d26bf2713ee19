/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/progress.h"

#include <math.h>

#include "core/project.h"

/* Both its first and its last day are days of the project. */
static double elapsed_of(const kt_progress_question *of)
{
    if (of->start_day == KT_NO_DAY || of->end_day == KT_NO_DAY || of->end_day < of->start_day) {
        return NAN;
    }
    if (of->until_day < of->start_day) {
        return 0.0;
    }
    const int64_t last = of->until_day < of->end_day ? of->until_day : of->end_day;
    return (double)(last - of->start_day + 1) / (double)(of->end_day - of->start_day + 1);
}

kt_progress kt_progress_of(const kt_progress_question *question)
{
    kt_progress out = {.elapsed = elapsed_of(question)};
    out.achievement = question->target > 0.0 ? question->realised / question->target : NAN;
    out.progress = out.elapsed > 0.0 ? out.achievement / out.elapsed : NAN;
    return out;
}
