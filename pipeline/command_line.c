/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/command_line.h"

#include <string.h>

#include "command_table.h"
#include "core/text.h"

static const kt_option_row rows[KT_OPTIONS] = {
    [KT_OPTION_CONFIG] = {"config", "FILE",
                          "the configuration (config/kohtaanto.json, then /etc/kohtaanto/)"},
    [KT_OPTION_WORKSPACE] = {"workspace", "DIR", "archive, ledger, store and published runs"},
    [KT_OPTION_TABLES] = {"tables", "ID,ID", "only these sources"},
    [KT_OPTION_REDIRECT] = {"redirect", "FROM=TO",
                            "speak to another host in place of one; may be repeated"},
    [KT_OPTION_LOG] = {"log", "text|json", "the shape of the lines on standard error"},
    [KT_OPTION_QUIET] = {"quiet", NULL, "warnings and errors only"},
    [KT_OPTION_HELP] = {"help", NULL, "this"},
    [KT_OPTION_VERSION] = {"version", NULL, "the version of the program"},
    [KT_OPTION_OFFLINE] = {"offline", NULL, "ask no service: what is here has to do"},
    [KT_OPTION_DRY_RUN] = {"dry-run", NULL, "print what would be fetched, and fetch no data"},
    [KT_OPTION_EXPLAIN] = {"explain", NULL,
                           "print why each source would be fetched or not, and fetch no data"},
    [KT_OPTION_ONLY] = {"only", "STAGE", "fetch, transform, analyse or publish alone"},
    [KT_OPTION_ACCEPT] = {"accept", "TABLE", "let a held table through once; recorded"},
    [KT_OPTION_AS_OF] = {"as-of", "WHEN", "what was known then: a day, an instant, or a run_id"},
    [KT_OPTION_OUT] = {"out", "DIR",
                       "the folder for what is made; with --as-of it becomes the run"},
    [KT_OPTION_BY] = {"by", "COL,COL", "the columns that make the groups"},
    [KT_OPTION_PARAM] = {"param", "NAME=VALUE",
                         "a parameter; several values, joined by commas, give several rows"},
    [KT_OPTION_WEIGHTS] = {"weights", "FILE", "weights between markets, as CSV"},
    [KT_OPTION_LIST] = {"list", NULL, "the measures there are"},
    [KT_OPTION_SINCE] = {"since", "DAY", "only what was fetched on that day or later"},
    [KT_OPTION_FORMAT] = {"format", "text|json", "the shape of the result"},
    [KT_OPTION_LIST_FORMAT] = {"format", "ID",
                               "how the list is laid out; without it its header tells"},
    [KT_OPTION_SNAPSHOT_DATE] = {"snapshot-date", "DAY",
                                 "the day of which the list speaks; without it its name tells"},
    [KT_OPTION_ACCEPT_LIST] = {"accept", NULL,
                               "let a list that lacks much of the one before it through; recorded"},
    [KT_OPTION_REGION] = {"region", "CODE", "the region: SSS, MK19, TA01, EVK01, CA1"},
    [KT_OPTION_PROJECT] = {"project", "CODE", "the project, as its list calls it"},
    [KT_OPTION_LANG] = {"lang", "fi|sv|en", "the language; without it the configuration's first"},
    [KT_OPTION_PERIOD] = {"period", "MONTH", "a published month; without it the newest"},
    [KT_OPTION_CSV] = {"csv", NULL, "the rows that the page shows too, a file for each table"},
    [KT_OPTION_CHART] = {"chart", "NAME", "one chart as SVG, with the rows it is made of"},
    [KT_OPTION_ALL] = {"all", NULL, "every input, not the largest alone"},
};

const kt_option_row *kt_option_row_of(kt_option option)
{
    return &rows[option];
}

#define KT_COMMAND(name) extern const kt_command kt_command_##name;
#include "commands.def"
#undef KT_COMMAND

const kt_command *kt_command_at(size_t index)
{
    static const kt_command *const commands[] = {
#define KT_COMMAND(name) &kt_command_##name,
#include "commands.def"
#undef KT_COMMAND
    };
    return index < sizeof commands / sizeof commands[0] ? commands[index] : NULL;
}

/* The nearest of two words to what was typed, for "did you mean"; NULL if neither is near. */
static const char *nearer(const char *typed, const char *best, const char *word)
{
    const size_t limit = 3;
    const size_t best_distance = best == NULL ? limit : kt_text_distance(typed, best, limit);
    return kt_text_distance(typed, word, limit) < best_distance ? word : best;
}

static kt_status unknown_command(const char *typed, kt_error *err)
{
    const char *best = NULL;
    for (size_t i = 0; kt_command_at(i) != NULL; i++) {
        best = nearer(typed, best, kt_command_at(i)->name);
    }
    return best == NULL ? kt_fail(err, KT_ERR_USAGE,
                                  "unknown command \"%s\"; kohtaanto --help lists them", typed)
                        : kt_fail(err, KT_ERR_USAGE, "unknown command \"%s\"; did you mean %s?",
                                  typed, best);
}

static bool takes(const kt_command *command, kt_option option)
{
    const uint32_t options = KT_TAKES_ALWAYS | (command == NULL ? 0 : command->options);
    return (options & KT_TAKES(option)) != 0;
}

static kt_status unknown_option(const kt_command *command, const char *typed, kt_error *err)
{
    const char *best = NULL;
    for (kt_option i = 0; i < KT_OPTIONS; i++) {
        best = takes(command, i) ? nearer(typed, best, rows[i].name) : best;
    }
    const char *of = command == NULL ? "kohtaanto" : command->name;
    return best == NULL ? kt_fail(err, KT_ERR_USAGE, "%s: unknown option --%s", of, typed)
                        : kt_fail(err, KT_ERR_USAGE, "%s: unknown option --%s; did you mean --%s?",
                                  of, typed, best);
}

/* Of two options of one name the one that the command takes. */
static kt_option option_named(const kt_command *command, const char *name)
{
    kt_option found = KT_OPTIONS;
    for (kt_option option = 0; option < KT_OPTIONS; option++) {
        if (strcmp(rows[option].name, name) == 0 &&
            (found == KT_OPTIONS || takes(command, option))) {
            found = option;
        }
    }
    return found;
}

/* A command line being read. */
typedef struct reader {
    int argc, at;
    char *const *argv;
    bool options_over; /* after "--" */
    kt_arena *arena;
    kt_arguments *out;
} reader;

static void add_value(const reader *in, kt_option option, const char *value)
{
    kt_arguments *out = in->out;
    if (out->values[option] == NULL) {
        out->values[option] = kt_arena_array(in->arena, const char *, (size_t)in->argc);
    }
    out->values[option][out->counts[option]++] = value;
}

static kt_status read_option(reader *in, const char *word, kt_error *err)
{
    const char *equals = strchr(word, '=');
    const char *name =
        equals == NULL ? word : kt_arena_copy_n(in->arena, word, (size_t)(equals - word));
    const kt_option option = option_named(in->out->command, name);
    if (option == KT_OPTIONS || !takes(in->out->command, option)) {
        return unknown_option(in->out->command, name, err);
    }
    if (rows[option].argument == NULL) {
        if (equals != NULL) {
            return kt_fail(err, KT_ERR_USAGE, "--%s takes no value", name);
        }
        add_value(in, option, "");
        return KT_OK;
    }
    const char *value = equals == NULL ? NULL : equals + 1;
    if (value == NULL && in->at + 1 < in->argc) {
        in->at++;
        value = in->argv[in->at];
    }
    if (value == NULL || value[0] == '\0') {
        return kt_fail(err, KT_ERR_USAGE, "--%s needs a value: --%s %s", name, name,
                       rows[option].argument);
    }
    add_value(in, option, value);
    return KT_OK;
}

static const kt_command *command_named(const char *name)
{
    const kt_command *command = NULL;
    for (size_t i = 0; (command = kt_command_at(i)) != NULL; i++) {
        if (strcmp(command->name, name) == 0) {
            return command;
        }
    }
    return NULL;
}

static kt_status read_operand(reader *in, const char *word, kt_error *err)
{
    kt_arguments *out = in->out;
    if (out->command == NULL) {
        out->command = command_named(word);
        return out->command == NULL ? unknown_command(word, err) : KT_OK;
    }
    if (out->operand != NULL && out->command->more_operands) {
        out->more[out->more_count++] = word;
        return KT_OK;
    }
    if (out->command->operand == NULL || out->operand != NULL) {
        return kt_fail(err, KT_ERR_USAGE, "%s: \"%s\" is one word too many", out->command->name,
                       word);
    }
    out->operand = word;
    return KT_OK;
}

/* What can be said only when the whole line is read. */
static kt_status check_whole(const kt_arguments *arguments, kt_error *err)
{
    if (kt_arguments_has(arguments, KT_OPTION_HELP) ||
        kt_arguments_has(arguments, KT_OPTION_VERSION)) {
        return KT_OK;
    }
    const kt_command *command = arguments->command;
    if (command == NULL) {
        return kt_fail(err, KT_ERR_USAGE, "no command; kohtaanto --help lists them");
    }
    if (command->operand_needed && arguments->operand == NULL &&
        !kt_arguments_has(arguments, KT_OPTION_LIST)) {
        return kt_fail(err, KT_ERR_USAGE, "%s: %s is missing", command->name, command->operand);
    }
    const char *log = kt_arguments_text(arguments, KT_OPTION_LOG);
    if (log != NULL && strcmp(log, "text") != 0 && strcmp(log, "json") != 0) {
        return kt_fail(err, KT_ERR_USAGE, "--log: expected text or json, found \"%s\"", log);
    }
    const char *format = kt_arguments_text(arguments, KT_OPTION_FORMAT);
    if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "json") != 0) {
        return kt_fail(err, KT_ERR_USAGE, "--format: expected text or json, found \"%s\"", format);
    }
    return KT_OK;
}

static kt_status read_word(reader *in, const char *word, kt_error *err)
{
    if (in->options_over || word[0] != '-' || word[1] == '\0') {
        return read_operand(in, word, err);
    }
    if (strcmp(word, "--") == 0) {
        in->options_over = true;
        return KT_OK;
    }
    if (word[1] == '-') {
        return read_option(in, word + 2, err);
    }
    return kt_fail(err, KT_ERR_USAGE, "unknown option %s; options are written --name", word);
}

kt_status kt_arguments_read(int argc, char *const *argv, kt_arena *arena, kt_arguments *out,
                            kt_error *err)
{
    *out = (kt_arguments){.more = kt_arena_array(arena, const char *, (size_t)argc)};
    reader in = {.argc = argc, .argv = argv, .arena = arena, .out = out};
    for (in.at = 1; in.at < argc; in.at++) {
        KT_TRY(read_word(&in, argv[in.at], err));
    }
    return check_whole(out, err);
}

bool kt_arguments_has(const kt_arguments *arguments, kt_option option)
{
    return arguments->counts[option] > 0;
}

const char *kt_arguments_text(const kt_arguments *arguments, kt_option option)
{
    const size_t count = arguments->counts[option];
    return count == 0 ? NULL : arguments->values[option][count - 1];
}
