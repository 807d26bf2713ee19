/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_COMMAND_LINE_H
#define KT_PIPELINE_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/log.h"

/**
 * What stands on the command line: a command, options, operands. One table holds every option, and
 * each command is one file in commands/ and one line in commands.def. Help is made from both, so
 * it cannot lie.
 */
typedef enum kt_option {
    KT_OPTION_CONFIG,
    KT_OPTION_WORKSPACE,
    KT_OPTION_TABLES,
    KT_OPTION_REDIRECT,
    KT_OPTION_LOG,
    KT_OPTION_QUIET,
    KT_OPTION_HELP,
    KT_OPTION_VERSION,
    KT_OPTION_OFFLINE,
    KT_OPTION_DRY_RUN,
    KT_OPTION_EXPLAIN,
    KT_OPTION_ONLY,
    KT_OPTION_ACCEPT,
    KT_OPTION_AS_OF,
    KT_OPTION_OUT,
    KT_OPTION_BY,
    KT_OPTION_PARAM,
    KT_OPTION_WEIGHTS,
    KT_OPTION_LIST,
    KT_OPTION_FORMAT,
    KT_OPTION_ALL,
    KT_OPTION_SINCE,
    KT_OPTION_LIST_FORMAT, /* written --format too, of commands that take it */
    KT_OPTION_SNAPSHOT_DATE,
    KT_OPTION_ACCEPT_LIST,
    KT_OPTION_REGION,
    KT_OPTION_PROJECT,
    KT_OPTION_LANG,
    KT_OPTION_PERIOD,
    KT_OPTION_CSV,
    KT_OPTION_CHART,
    KT_OPTIONS
} kt_option;

#define KT_TAKES(option) (UINT32_C(1) << (option))

/** What every command takes. */
#define KT_TAKES_ALWAYS                                                               \
    (KT_TAKES(KT_OPTION_LOG) | KT_TAKES(KT_OPTION_QUIET) | KT_TAKES(KT_OPTION_HELP) | \
     KT_TAKES(KT_OPTION_VERSION))

/** What every command that reads the configuration takes besides. */
#define KT_TAKES_CONFIG (KT_TAKES(KT_OPTION_CONFIG) | KT_TAKES(KT_OPTION_WORKSPACE))

typedef struct kt_arguments kt_arguments;

/** What a command works with. Results go to standard output, everything for people to the log. */
typedef struct kt_session {
    const kt_arguments *arguments;
    kt_arena *arena; /* of the whole command */
    kt_log log;
    kt_log summary; /* the same stream; speaks where log keeps quiet, unless --quiet was said */
    int exit_code;  /* of a command that succeeds: 0, unless it says otherwise (100) */
} kt_session;

typedef struct kt_command {
    const char *name;    /* as it is typed: "check-config" */
    const char *operand; /* "DIR"; NULL for none */
    bool operand_needed; /* unless --list stands in its place */
    bool more_operands;  /* any number of words may follow it */
    uint32_t options;    /* KT_TAKES(...) joined; KT_TAKES_ALWAYS comes of itself */
    const char *summary; /* one line of `kohtaanto --help` */
    const char *notes;   /* a paragraph of its own --help; "" for none */
    /** Does it. A failure's exit code follows from its status. */
    kt_status (*run)(kt_session *session, kt_error *err);
} kt_command;

struct kt_arguments {
    const kt_command *command; /* NULL with --help or --version alone */
    const char *operand;       /* NULL if there is none */
    const char **more;         /* the words after it */
    size_t more_count;
    const char **values[KT_OPTIONS];
    size_t counts[KT_OPTIONS]; /* how often each option was given */
};

/**
 * Reads a command line. KT_ERR_USAGE names what is wrong and the nearest word that would be right.
 * Texts are borrowed from argv.
 */
kt_status kt_arguments_read(int argc, char *const *argv, kt_arena *arena, kt_arguments *out,
                            kt_error *err) KT_MUST_CHECK;

/** True if the option was given. */
bool kt_arguments_has(const kt_arguments *arguments, kt_option option);

/** Its last value; NULL if it was not given. */
const char *kt_arguments_text(const kt_arguments *arguments, kt_option option);

/** The command at that position in commands.def, or NULL past the last one. */
const kt_command *kt_command_at(size_t index);

/** What --help prints: of one command, or of the program if command is NULL. In the arena. */
const char *kt_help(const kt_command *command, kt_arena *arena);

/** The program: reads the command line, runs the command, gives the exit code. */
int kt_program(int argc, char *const *argv);

/** The version of the program: "0.2.0". */
const char *kt_version(void);

#endif
