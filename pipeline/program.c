/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "pipeline/command_line.h"
#include "pipeline/exit_code.h"
#include "pipeline/signals.h"

const char *kt_version(void)
{
    return KT_VERSION;
}

/* Where nobody watches, a run is one line; --log asks for all of them. */
static void open_logs(const kt_arguments *arguments, kt_session *session)
{
    const char *shape = kt_arguments_text(arguments, KT_OPTION_LOG);
    const bool quiet = kt_arguments_has(arguments, KT_OPTION_QUIET);
    session->summary = (kt_log){
        .stream = stderr, .json = shape != NULL && strcmp(shape, "json") == 0, .quiet = quiet};
    session->log = session->summary;
    session->log.quiet = quiet || (shape == NULL && isatty(STDERR_FILENO) == 0);
}

static kt_status flush_results(kt_error *err)
{
    if (fflush(stdout) != 0 || ferror(stdout) != 0) {
        return kt_fail_errno(err, "standard output", "cannot write");
    }
    return KT_OK;
}

static kt_status run_command(kt_session *session, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    if (kt_arguments_has(arguments, KT_OPTION_HELP)) {
        (void)fputs(kt_help(arguments->command, session->arena), stdout);
    } else if (kt_arguments_has(arguments, KT_OPTION_VERSION)) {
        (void)printf("kohtaanto %s\n", kt_version());
    } else {
        KT_TRY(arguments->command->run(session, err));
    }
    return flush_results(err);
}

int kt_program(int argc, char *const *argv)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("command", 0);
    kt_arguments arguments;
    kt_error error = {0};
    kt_session session = {.arguments = &arguments, .arena = arena};
    kt_status status = kt_arguments_read(argc, argv, arena, &arguments, &error);
    open_logs(&arguments, &session);
    if (status == KT_OK) {
        kt_signals_catch();
        status = run_command(&session, &error);
    }
    if (status == KT_OK) {
        return session.exit_code;
    }
    kt_log_write(&session.log, KT_ERROR, "failed", "%s", error.message);
    return kt_exit_code(status);
}
