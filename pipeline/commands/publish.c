/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "night.h"

static kt_status run(kt_session *session, kt_error *err)
{
    return kt_night_command(session, "publish", err);
}

const kt_command kt_command_publish = {
    .name = "publish",
    .options = KT_TAKES_CONFIG,
    .summary = "Publish what was analysed, all at once",
    .notes = "A complete run appears below published/runs/ and `current` is replaced by a rename.",
    .run = run,
};
