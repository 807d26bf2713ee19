/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

static kt_status run(kt_session *session, kt_error *err)
{
    return kt_night_command(session, "analyse", err);
}

const kt_command kt_command_analyse = {
    .name = "analyse",
    .options = KT_TAKES_CONFIG,
    .summary = "Compute the tables that are published from the cubes",
    .notes = "They go to store/findings/.",
    .run = run,
};
