/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

static kt_status run(kt_session *session, kt_error *err)
{
    return kt_night_command(session, "fetch", err);
}

const kt_command kt_command_fetch = {
    .name = "fetch",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_TABLES) | KT_TAKES(KT_OPTION_REDIRECT) |
               KT_TAKES(KT_OPTION_DRY_RUN) | KT_TAKES(KT_OPTION_EXPLAIN),
    .summary = "Bring the archive up to date with the services",
    .notes =
        "Replies go to archive/ and stay there. A fetch that was cut short goes on where it was.",
    .run = run,
};
