/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_NUMBERED_RUN_H
#define KT_TESTS_NUMBERED_RUN_H

#include "pipeline/publish_run.h"

/* Runs that differ: each has a number in its id and in two of its tables, so that whoever reads
 * files of two runs sees two numbers. */
#define NUMBER_BASE 3000 /* what the untouched findings have */

static inline void write_number(void *state, unsigned number)
{
    const bench *made = state;
    kt_error err = {0};
    const char *checks = kt_arena_print(
        made->arena,
        "check,subject,severity,result,measured,threshold,cells_failed,examples,obs_status\n"
        "number,all,note,passed,%u,,0,,A\n",
        NUMBER_BASE + number);
    write_findings(state, "observations/observations_2023.csv", "3000,A",
                   kt_arena_print(made->arena, "%u,A", NUMBER_BASE + number));
    must(kt_file_write(kt_path_join(made->arena, findings_of(state), "checks/checks.csv"), checks,
                       strlen(checks), &err),
         &err);
}

static inline kt_publication numbered_publication(void *state, unsigned number)
{
    const bench *made = state;
    return tiny_publication(state, kt_arena_print(made->arena, "%016x", number));
}

#endif
