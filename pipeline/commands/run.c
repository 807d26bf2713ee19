/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

static kt_status run(kt_session *session, kt_error *err)
{
    const char *only = kt_arguments_text(session->arguments, KT_OPTION_ONLY);
    return kt_night_command(session, only, err);
}

const kt_command kt_command_run = {
    .name = "run",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_TABLES) | KT_TAKES(KT_OPTION_REDIRECT) |
               KT_TAKES(KT_OPTION_OFFLINE) | KT_TAKES(KT_OPTION_DRY_RUN) |
               KT_TAKES(KT_OPTION_EXPLAIN) | KT_TAKES(KT_OPTION_ONLY) | KT_TAKES(KT_OPTION_ACCEPT) |
               KT_TAKES(KT_OPTION_AS_OF) | KT_TAKES(KT_OPTION_OUT),
    .summary = "Fetch, transform, analyse, publish: the nightly job",
    .notes =
        "A run that would publish what is published already publishes nothing and says so.\n"
        "With --as-of WHEN --out DIR it writes what was known then, and leaves `current` be.\n\n"
        "  kohtaanto run --as-of 2026-11-20 --out /tmp/then",
    .run = run,
};
