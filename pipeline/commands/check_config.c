/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/exit_code.h"

static kt_status run(kt_session *session, kt_error *err)
{
    const char *path = NULL;
    KT_TRY(kt_config_find(kt_arguments_text(session->arguments, KT_OPTION_CONFIG), &path, err));
    kt_problems *problems = kt_problems_new(session->arena);
    const kt_config *config = kt_config_load(path, session->arena, problems);
    if (config != NULL) {
        kt_config_tables_check(config, session->arena, problems);
    }
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        (void)puts(kt_problems_at(problems, i));
    }
    if (config == NULL || kt_problems_count(problems) > 0) {
        session->exit_code = KT_EXIT_CONFIG;
        return KT_OK;
    }
    (void)printf("%s: %zu sources, %zu markets, configuration %s\n", path, config->source_count,
                 config->market_count, config->hash);
    return KT_OK;
}

const kt_command kt_command_check_config = {
    .name = "check-config",
    .options = KT_TAKES(KT_OPTION_CONFIG),
    .summary = "Tell every mistake of the configuration, one a line",
    .notes =
        "Also what a night would stop a single table for: a region in two places, a correction\n"
        "of a measure, region or occupation that nobody knows. Exit code 78 if there is any.",
    .run = run,
};
