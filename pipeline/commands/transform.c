/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

static kt_status run(kt_session *session, kt_error *err)
{
    return kt_night_command(session, "transform", err);
}

const kt_command kt_command_transform = {
    .name = "transform",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_ACCEPT),
    .summary = "Make a cube of each table from its replies, and check it",
    .notes =
        "Cubes go to store/cubes/. A version that breaks a rule is held and the last good one\n"
        "stands; --accept TABLE lets one through that is held for the size of a revision.",
    .run = run,
};
