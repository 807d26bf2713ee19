/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "night.h"
#include "pipeline/exit_code.h"
#include "publish/check_output.h"

static kt_status run(kt_session *session, kt_error *err)
{
    const kt_config *config = NULL;
    KT_TRY(kt_night_config(session, &config, err));
    kt_problems *problems = kt_problems_new(session->arena);
    const char *dir = session->arguments->operand;
    KT_TRY(kt_check_output(dir, config->contract, config->analysis.threads, session->arena,
                           problems, err));
    const size_t count = kt_problems_count(problems);
    for (size_t i = 0; i < count; i++) {
        (void)puts(kt_problems_at(problems, i));
    }
    if (count > 0) {
        session->exit_code = KT_EXIT_DATA;
    } else {
        (void)printf("%s: in order\n", dir);
    }
    return KT_OK;
}

const kt_command kt_command_check_output = {
    .name = "check-output",
    .operand = "DIR",
    .operand_needed = true,
    .options = KT_TAKES(KT_OPTION_CONFIG),
    .summary = "Hold a published run against the contract, cell by cell",
    .notes = "One line for each violation, and exit code 65 if there is any.",
    .run = run,
};
