/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "doctor.h"

#include <stdio.h>
#include <string.h>

#include "pipeline/command_line.h"
#include "store_view.h"

static kt_status load_config(kt_session *session, kt_doctor *doctor, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    const char *path = NULL;
    KT_TRY(kt_config_find(kt_arguments_text(arguments, KT_OPTION_CONFIG), &path, err));
    kt_problems *problems = kt_problems_new(session->arena);
    kt_config *config = kt_config_load(path, session->arena, problems);
    if (config != NULL) {
        kt_config_tables_check(config, session->arena, problems);
    }
    doctor->config = config;
    doctor->workspace = kt_arguments_text(arguments, KT_OPTION_WORKSPACE);
    if (doctor->workspace == NULL && config != NULL) {
        doctor->workspace = config->workspace;
    }
    kt_doctor_config(doctor, path, problems);
    return KT_OK;
}

static kt_status look_at_sources(kt_session *session, kt_doctor *doctor, kt_error *err)
{
    kt_night night = {
        .config = doctor->config, .arguments = session->arguments, .arena = session->arena};
    KT_TRY(kt_store_wanted(&night, err));
    if (kt_arguments_has(session->arguments, KT_OPTION_OFFLINE)) {
        return KT_OK;
    }
    return kt_doctor_sources(doctor, session->arguments, night.wanted, err);
}

static kt_status examine(kt_session *session, kt_doctor *doctor, kt_error *err)
{
    KT_TRY(load_config(session, doctor, err));
    if (doctor->workspace != NULL) {
        kt_doctor_workspace(doctor);
        kt_doctor_archive(doctor);
    }
    return doctor->config == NULL ? KT_OK : look_at_sources(session, doctor, err);
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_doctor doctor = {.arena = session->arena, .now = kt_instant_now()};
    const kt_status status = examine(session, &doctor, err);
    const char *format = kt_arguments_text(session->arguments, KT_OPTION_FORMAT);
    kt_doctor_print(&doctor, format != NULL && strcmp(format, "json") == 0, stdout);
    session->exit_code = kt_doctor_exit_code(&doctor);
    kt_log_write(&session->summary, KT_INFO, "doctor", "%s", kt_doctor_summary(&doctor));
    return status;
}

const kt_command kt_command_doctor = {
    .name = "doctor",
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_TABLES) | KT_TAKES(KT_OPTION_REDIRECT) |
               KT_TAKES(KT_OPTION_OFFLINE) | KT_TAKES(KT_OPTION_FORMAT),
    .summary = "What would make a night fail, and what mends it",
    .notes =
        "Looks at the configuration, the workspace, the disk, the clock, the archive, and at "
        "every\n"
        "source: its limits and the metadata of its table, within the limits, and no figure. Each\n"
        "check is one line: ok, warning or fault, and behind a fault what mends it. Nothing is\n"
        "changed, no lock is taken.\n"
        "Exit code 0 if there is no fault, else the first of these that fits one: 78\n"
        "configuration, wanted codes, a table that ended, the clock; 77 rights; 73 the workspace\n"
        "cannot be made; 74 disk, bodies of the archive; 65 lists of the archive; 69 a service "
        "that\n"
        "does not answer as it should.",
    .run = run,
};
