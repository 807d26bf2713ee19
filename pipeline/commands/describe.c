/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "describe.h"

#include <stdio.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/roles.h"
#include "describe_find.h"
#include "fetch/look.h"
#include "fetch_settings.h"
#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/exit_code.h"

/* How services are spoken to where no configuration says it. */
static const kt_http_settings usual = {.connect_timeout_s = 20,
                                       .stall_timeout_s = 60,
                                       .total_timeout_s = 600,
                                       .reply_limit_bytes = (size_t)64 << 20,
                                       .parallel = 1,
                                       .retry_budget = 3,
                                       .calls_reserve = 1,
                                       .backoff_s = 2.0};

/* The configuration gives the names of contents that its sources know. None is no mistake. */
static const kt_config *known_config(kt_session *session)
{
    const char *path = NULL;
    const char *asked = kt_arguments_text(session->arguments, KT_OPTION_CONFIG);
    kt_problems *problems = kt_problems_new(session->arena);
    if (kt_config_find(asked, &path, NULL) != KT_OK) {
        return NULL;
    }
    const kt_config *config = kt_config_load(path, session->arena, problems);
    if (config == NULL) {
        kt_log_write(&session->log, KT_WARNING, "describe.config",
                     "%s cannot be read, so no content is known by its code: %s", path,
                     kt_problems_at(problems, 0));
    }
    return config;
}

/* The words are for people, and give way to --quiet. */
static void tell(const kt_session *session, const char *words)
{
    if (!session->summary.quiet) {
        (void)fputs(words, stderr);
    }
}

/* A measure of the table is often of a table that is fetched already. */
static void take_known(kt_described *of, const kt_config *config)
{
    if (config != NULL) {
        of->known = config->sources;
        of->known_count = config->source_count;
    }
}

/* What a night would make of the file: loaded, and looked at by the code of the night. */
static kt_status try_out(kt_session *session, const kt_fetch_options *options, const kt_text *file,
                         kt_error *err)
{
    const char *path = kt_path_join(session->arena, options->limiter_folder, "source.json");
    kt_problems *problems = kt_problems_new(session->arena);
    kt_look look = {0};
    KT_TRY(kt_file_write(path, file->bytes, file->length, err));
    look.source = kt_source_load(path, session->arena, problems);
    if (look.source == NULL) {
        return kt_problems_verdict(problems, err);
    }
    KT_TRY(kt_fetch_look((kt_look_past){0}, options, &look, 1, session->arena, err));
    if (look.status != KT_OK) {
        return kt_fail(err, look.status, "%s", look.message);
    }
    if (look.plan == NULL || look.is_folder) {
        tell(session, look.is_folder ? "the file was read as a night would read it\n"
                                     : "the newest figures were asked for as a night would ask\n");
    } else {
        tell(session, kt_arena_print(session->arena,
                                     "the file asks for %zu cells in %zu calls, %.0f seconds\n",
                                     look.plan->cells, look.plan->call_count, look.plan->seconds));
    }
    return KT_OK;
}

static kt_status tell_table(kt_session *session, const kt_described *of,
                            const kt_fetch_options *options, kt_error *err)
{
    KT_AUTO(text) kt_text words = {0};
    KT_AUTO(text) kt_text file = {0};
    kt_error why = {0};
    kt_guess guess;
    kt_guess_table(of, session->arena, &guess);
    kt_guess_put_words(of, &guess, &words);
    kt_guess_put_source(of, &guess, session->arena, &file);
    tell(session, words.bytes);
    const kt_status status = try_out(session, options, &file, &why);
    if (status == KT_ERR_CANCELLED) {
        return kt_fail(err, status, "%s", why.message);
    }
    if (status != KT_OK) {
        session->exit_code = KT_EXIT_DATA;
        kt_log_write(&session->summary, KT_WARNING, "describe.unready",
                     "the file has to be mended before a night can use it: %s", why.message);
    }
    (void)fwrite(file.bytes, 1, file.length, stdout);
    return KT_OK;
}

static kt_status describe(kt_session *session, const kt_fetch_options *options,
                          const kt_config *config, kt_error *err)
{
    kt_found found;
    KT_TRY(kt_describe_find(session->arguments->operand, options, session->arena, &found, err));
    if (found.listing != NULL) {
        (void)fputs(found.listing, stdout);
        return KT_OK;
    }
    take_known(&found.table, config);
    return tell_table(session, &found.table, options, err);
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_fetch_options options;
    const kt_config *config = known_config(session);
    KT_TRY(kt_fetch_settings(config == NULL ? &usual : &config->http, "", session->arguments,
                             session->arena, &options, err));
    KT_TRY(kt_fetch_scratch(session->arena, &options, err));
    const kt_status status = describe(session, &options, config, err);
    KT_TRY(kt_folder_remove(options.limiter_folder, NULL));
    return status;
}

const kt_command kt_command_describe = {
    .name = "describe",
    .operand = "URL|FILE",
    .operand_needed = true,
    .options = KT_TAKES(KT_OPTION_CONFIG) | KT_TAKES(KT_OPTION_REDIRECT),
    .summary = "What a table holds, and a source file for it",
    .notes = "The table is told on standard error, the file goes to standard output:\n"
             "kohtaanto describe URL > config/sources/ID.json. Roles, measures and units are\n"
             "guessed, and the file says of each guess why it was made. Known are tables of PxWeb\n"
             "1 and 2 and of Eurostat, and JSON-stat, PX-JSON, PX and CSV at any address or in a\n"
             "file. The address of a folder or of a service lists what is below; a data set of a\n"
             "file with several is named behind a '#'.\n"
             "Exit code 65 if the file has to be mended before a night can use it.",
    .run = run,
};
