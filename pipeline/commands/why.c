/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "night.h"
#include "publish/publish.h"
#include "why/keys.h"
#include "why/why.h"

/* Opens what is asked: the published run, never waiting for the one that is being made. */
static kt_status open_question(kt_session *session, kt_why *of, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    *of = (kt_why){.arena = session->arena, .all = kt_arguments_has(arguments, KT_OPTION_ALL)};
    KT_TRY(kt_night_config(session, &of->config, err));
    const char *workspace = kt_arguments_text(arguments, KT_OPTION_WORKSPACE);
    of->workspace = workspace == NULL ? of->config->workspace : workspace;
    of->store = kt_path_join(of->arena, of->workspace, "store");
    KT_TRY(kt_why_schema(of->config->contract, arguments->operand, of->arena, &of->schema, err));
    const char *folder = NULL;
    KT_TRY(kt_published_of(of->workspace, of->arena, &folder, err));
    return kt_why_run_read(folder, of->arena, &of->run, err);
}

static kt_status find_row(const kt_arguments *arguments, kt_why *of, kt_error *err)
{
    kt_why_keys keys;
    KT_TRY(kt_why_keys_read(of->schema, arguments->more, arguments->more_count, of->arena, &keys,
                            err));
    const char *csv = kt_path_join(of->arena, of->run.folder, "csv");
    if (!kt_file_exists(kt_path_join(of->arena, csv, of->schema->table))) {
        return kt_fail(err, KT_ERR_NOT_FOUND, "why %s: the published run has no such table",
                       of->schema->table);
    }
    return kt_why_find(csv, &keys, of->arena, &of->cells, err);
}

static kt_status answer(const kt_why *of, kt_error *err)
{
    kt_why_add_row(of);
    KT_TRY(kt_why_add_formula(of, err));
    KT_TRY(kt_why_add_inputs(of, err));
    kt_why_add_run(of);
    return KT_OK;
}

static kt_status write_answer(const kt_why *of, bool json, kt_error *err)
{
    KT_AUTO(text) kt_text out = {0};
    if (json) {
        KT_AUTO(free)
        char *bytes = json_dumps(of->answer, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
        if (bytes == NULL) {
            return kt_fail(err, KT_ERR_BUG, "why: an answer that cannot be written down");
        }
        kt_text_print(&out, "%s\n", bytes);
    } else {
        kt_why_print(of, &out);
    }
    return fwrite(out.bytes, 1, out.length, stdout) == out.length
               ? KT_OK
               : kt_fail_errno(err, "standard output", "cannot write");
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_why of;
    KT_TRY(open_question(session, &of, err));
    KT_TRY(find_row(session->arguments, &of, err));
    json_auto_t *object = json_object();
    of.answer = object;
    KT_TRY(answer(&of, err));
    const char *format = kt_arguments_text(session->arguments, KT_OPTION_FORMAT);
    return write_answer(&of, format != NULL && strcmp(format, "json") == 0, err);
}

const kt_command kt_command_why = {
    .name = "why",
    .operand = "TABLE KEY=VALUE...",
    .operand_needed = true,
    .more_operands = true,
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_FORMAT) | KT_TAKES(KT_OPTION_ALL),
    .summary = "Where a published figure comes from: formula, inputs, replies, checks",
    .notes =
        "Finds one row of a table of the published run by its columns. Keys that are not given\n"
        "are the usual ones: scope=SSS, measure=mismatch, alpha=0.5, all occupations. Inputs come\n"
        "from the store; where that is lost or newer than the run, the answer says so instead.\n"
        "What is hidden is shown as its limits. Needs no lock and writes nothing. Exit\n"
        "code 64 for a key that is missing or no column, 65 if no row has the keys.\n\n"
        "  kohtaanto why mismatch time_period=2023M10 market=maakunta alpha=0.5\n"
        "  kohtaanto why observations time_period=2023M10 region_code=KU091\n"
        "  kohtaanto why sources source=12r5 --format json",
    .run = run,
};
