/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "night.h"
#include "pipeline/exit_code.h"
#include "projects/lists.h"
#include "projects/rejected.h"

#define DAY_S INT64_C(86400)

static void print_sums(const kt_list_file *list)
{
    char euros[KT_MONEY_SIZE];
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        if (list->sums[i] != KT_NO_MONEY) {
            (void)printf("  %s: %s\n", kt_project_sum_name((kt_project_sum)i),
                         kt_money_write(list->sums[i], euros));
        }
    }
}

static void print_rows(const kt_list_file *list)
{
    char day[KT_INSTANT_SIZE];
    (void)printf("%s: %s as of %.10s: %zu rows: ", list->name, list->format,
                 kt_instant_write(list->snapshot_day * DAY_S, day), list->rows);
    if (list->models != NULL) {
        (void)printf("of models or their uses, each taken\n");
    } else if (kt_list_file_is_report(list)) {
        (void)printf("of %zu projects, %zu rejected\n", list->projects, list->reject_count);
    } else {
        (void)printf("%zu projects, %zu joined, %zu of other funds, %zu rejected, %zu footers, %zu "
                     "blank\n",
                     list->projects, list->joined, list->left_out, list->reject_count,
                     list->footers, list->blanks);
    }
}

static void print_list(const kt_list_file *list, kt_list_fate fate, kt_arena *arena)
{
    print_rows(list);
    print_sums(list);
    for (size_t i = 0; i < list->reject_count; i++) {
        (void)printf("  rejected: row %zu: %s\n", list->rejects[i].line, list->rejects[i].reason);
    }
    if (list->reject_count > 0 && kt_list_file_is_list(list)) {
        (void)printf("  %s\n", kt_list_rejected_words(list, arena));
    }
    for (size_t i = 0; i < list->warning_count; i++) {
        (void)printf("  %s\n", list->warnings[i].words);
    }
    if (list->warned > list->warning_count) {
        (void)printf("  %zu more warnings\n", list->warned - list->warning_count);
    }
    static const char *const fates[] = {
        [KT_LIST_IMPORTED] = "imported: the next run counts it",
        [KT_LIST_KNOWN] = "nothing new: this file is in the archive already",
        [KT_LIST_ACCEPTED] = "accepted, though it lacks much of the list before it: the next run "
                             "counts it"};
    (void)puts(fates[fate]);
}

static kt_status read_words(const kt_session *session, kt_list_import *out, kt_error *err)
{
    const kt_arguments *arguments = session->arguments;
    const char *day = kt_arguments_text(arguments, KT_OPTION_SNAPSHOT_DATE);
    kt_instant instant = KT_NO_INSTANT;
    if (strcmp(arguments->operand, "import") != 0) {
        return kt_fail(err, KT_ERR_USAGE, "projects: expected import, found \"%s\"",
                       arguments->operand);
    }
    if (arguments->more_count != 1) {
        return kt_fail(err, KT_ERR_USAGE, "projects import: expected one file, found %zu",
                       arguments->more_count);
    }
    if (day != NULL &&
        (strlen(day) != strlen("2026-09-25") || !kt_instant_read(day, false, &instant))) {
        return kt_fail(err, KT_ERR_USAGE,
                       "--snapshot-date: expected a day as 2026-09-25, found \"%s\"", day);
    }
    *out = (kt_list_import){.path = arguments->more[0],
                            .format = kt_arguments_text(arguments, KT_OPTION_LIST_FORMAT),
                            .snapshot_day = day == NULL ? KT_NO_DAY : instant / DAY_S,
                            .accept = kt_arguments_has(arguments, KT_OPTION_ACCEPT_LIST)};
    return KT_OK;
}

static kt_status import(kt_night *night, const kt_list_import *what, kt_error *err)
{
    kt_list_file list;
    kt_list_fate fate = KT_LIST_IMPORTED;
    if (night->config->projects.formats == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: names no file of projects, expected one",
                       night->config->path);
    }
    KT_TRY(kt_project_list_import(night, what, night->arena, &list, &fate, err));
    print_list(&list, fate, night->arena);
    return KT_OK;
}

static kt_status run(kt_session *session, kt_error *err)
{
    kt_list_import what;
    kt_night night;
    KT_TRY(read_words(session, &what, err));
    kt_status status = kt_night_open(session, &night, err);
    if (status == KT_OK) {
        status = import(&night, &what, err);
    }
    kt_night_close(&night, status, status == KT_OK ? session->exit_code : kt_exit_code(status),
                   status == KT_OK ? "imported a list of projects" : err->message);
    return status;
}

const kt_command kt_command_projects = {
    .name = "projects",
    .operand = "import",
    .operand_needed = true,
    .more_operands = true,
    .options = KT_TAKES_CONFIG | KT_TAKES(KT_OPTION_LIST_FORMAT) |
               KT_TAKES(KT_OPTION_SNAPSHOT_DATE) | KT_TAKES(KT_OPTION_ACCEPT_LIST),
    .summary =
        "Take a list of funded projects, or their report, into the archive: projects import FILE",
    .notes =
        "Formats of lists are those of projects.json; \"indicators\" and \"scores\" are the\n"
        "templates that projects report in, \"models\" and \"model_use\" good models and who uses\n"
        "them; a fault refuses these whole. Every row is accounted for; a file of which more\n"
        "than one row in a hundred cannot be read is refused (65), and so is a list that lacks\n"
        "most projects of the list of its format before it, or many that have not ended, unless\n"
        "--accept lets it through. So is one of a day that is yet to come, one of which a table\n"
        "cannot have a cell, and a file that is still being written.\n"
        "The same file again changes nothing. Files that are dropped into the folder of\n"
        "projects.json are taken by each run without this command.",
    .run = run,
};
