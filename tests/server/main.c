/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "server/described.h"
#include "server/sample/sample.h"
#include "server/server.h"

/* kohtaanto-sample-server: serves the modelled tables, or those of files, until a signal ends it.
 */

#define EXIT_USAGE  64
#define EXIT_CANNOT 70

#define RENAMINGS 16

/* A table, a variable or a content that is called otherwise, as before the source renamed it. */
typedef struct renaming {
    const char *from, *to;
} renaming;

typedef struct settings {
    kt_server_options server;
    kt_sample_options sample;
    const char *port_file;
    const char *log_file;
    kt_fault_rule faults[KT_SERVER_RULES];
    size_t fault_count;
    renaming renamings[RENAMINGS];
    size_t renaming_count;
    const char *tables[KT_SERVER_TABLES];
    size_t table_count;
} settings;

static const char usage[] =
    "kohtaanto-sample-server: modelled tables, not official, as a service on 127.0.0.1\n"
    "\n"
    "  --service NAME    whose service it stands for: statfin (PxWeb v1), scb, latvia, ssb (PxWeb\n"
    "                    v2) or eurostat; its limits hold where none are given\n"
    "  --static FOLDER   serves the files of the folder, and is no statistics service at all\n"
    "  --table FILE      serves this table in place of the modelled ones; may be given several "
    "times\n"
    "  --port N          port to listen on (default: a free one)\n"
    "  --port-file FILE  the port is written here once the server listens\n"
    "  --max-cells N     cells a call may ask for\n"
    "  --max-calls N     calls a window may see, refused ones too\n"
    "  --window S        seconds of the window\n"
    "  --first MONTH     first month that is served (2021M01)\n"
    "  --last MONTH      last month that is served (2023M12)\n"
    "  --seed N          seed of the model\n"
    "  --revise N        draws the newest three months anew\n"
    "  --stop CODE=MONTH that content is zero everywhere from the month on\n"
    "  --rename FROM=TO  a table, a variable or a content is called TO; may be given several "
    "times\n"
    "  --fault RULE      FAULT[,call=data][,table=12ti][,after=N][,times=N][,seconds=S]...;\n"
    "                    may be given several times\n"
    "  --log FILE        a line for each call: what for, table, status, cells, fault\n"
    "  --config DIR      the folder with classifications/ and sample/\n";

enum {
    PORT,
    PORT_FILE,
    MAX_CELLS,
    MAX_CALLS,
    WINDOW,
    FIRST,
    LAST,
    SEED,
    REVISE,
    STOP,
    RENAME,
    FAULT,
    LOG,
    CONFIG,
    SERVICE,
    TABLE,
    STATIC,
    HELP
};

static const struct option long_options[] = {
    {"port", required_argument, NULL, PORT},
    {"port-file", required_argument, NULL, PORT_FILE},
    {"max-cells", required_argument, NULL, MAX_CELLS},
    {"max-calls", required_argument, NULL, MAX_CALLS},
    {"window", required_argument, NULL, WINDOW},
    {"first", required_argument, NULL, FIRST},
    {"last", required_argument, NULL, LAST},
    {"seed", required_argument, NULL, SEED},
    {"revise", required_argument, NULL, REVISE},
    {"stop", required_argument, NULL, STOP},
    {"rename", required_argument, NULL, RENAME},
    {"fault", required_argument, NULL, FAULT},
    {"log", required_argument, NULL, LOG},
    {"config", required_argument, NULL, CONFIG},
    {"service", required_argument, NULL, SERVICE},
    {"table", required_argument, NULL, TABLE},
    {"static", required_argument, NULL, STATIC},
    {"help", no_argument, NULL, HELP},
    {NULL, 0, NULL, 0},
};

static kt_status read_number(const char *name, const char *text, unsigned long most,
                             unsigned long *out, kt_error *err)
{
    char *end = NULL;
    *out = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || *out > most) {
        return kt_fail(err, KT_ERR_USAGE, "--%s: expected a whole number up to %lu, got '%s'", name,
                       most, text);
    }
    return KT_OK;
}

static kt_status add_fault(settings *s, char *text, kt_error *err)
{
    if (s->fault_count == KT_SERVER_RULES) {
        return kt_fail(err, KT_ERR_USAGE, "--fault: at most %d rules", KT_SERVER_RULES);
    }
    return kt_fault_rule_read(text, &s->faults[s->fault_count++], err);
}

/* Cuts an option's text at its equals sign. */
static kt_status read_pair(const char *option, const char *expected, char *text, const char **left,
                           const char **right, kt_error *err)
{
    char *equals = strchr(text, '=');
    if (equals == NULL) {
        return kt_fail(err, KT_ERR_USAGE, "--%s: expected %s, got '%s'", option, expected, text);
    }
    *equals = '\0';
    *left = text;
    *right = equals + 1;
    return KT_OK;
}

static kt_status add_renaming(settings *s, char *text, kt_error *err)
{
    if (s->renaming_count == RENAMINGS) {
        return kt_fail(err, KT_ERR_USAGE, "--rename: at most %d times", RENAMINGS);
    }
    renaming *one = &s->renamings[s->renaming_count++];
    return read_pair("rename", "FROM=TO", text, &one->from, &one->to, err);
}

static kt_status add_table(settings *s, const char *path, kt_error *err)
{
    if (s->table_count == KT_SERVER_TABLES) {
        return kt_fail(err, KT_ERR_USAGE, "--table: at most %d tables", KT_SERVER_TABLES);
    }
    s->tables[s->table_count++] = path;
    return KT_OK;
}

static kt_status set_service(settings *s, const char *name, kt_error *err)
{
    if (!kt_test_service_find(name, &s->server.service)) {
        return kt_fail(err, KT_ERR_USAGE, "--service: no service is called '%s'", name);
    }
    return KT_OK;
}

static kt_status set_number(settings *s, int option, kt_error *err)
{
    unsigned long number = 0;
    KT_TRY(read_number(long_options[option].name, optarg, option == PORT ? 65535 : 1UL << 40,
                       &number, err));
    switch (option) {
    case PORT:
        s->server.port = (int)number;
        break;
    case MAX_CELLS:
        s->server.max_cells = number;
        break;
    case MAX_CALLS:
        s->server.max_calls = number;
        break;
    case WINDOW:
        s->server.window_s = (int)number;
        break;
    case SEED:
        s->sample.seed = number;
        break;
    default:
        s->sample.revision = number;
        break;
    }
    return KT_OK;
}

static kt_status set_option(settings *s, int option, kt_error *err)
{
    switch (option) {
    case PORT_FILE:
        s->port_file = optarg;
        return KT_OK;
    case LOG:
        s->log_file = optarg;
        return KT_OK;
    case FIRST:
        s->sample.first = optarg;
        return KT_OK;
    case LAST:
        s->sample.last = optarg;
        return KT_OK;
    case CONFIG:
        s->sample.config = optarg;
        return KT_OK;
    case STOP:
        return read_pair("stop", "CODE=MONTH", optarg, &s->sample.stopped, &s->sample.stopped_from,
                         err);
    case RENAME:
        return add_renaming(s, optarg, err);
    case FAULT:
        return add_fault(s, optarg, err);
    case SERVICE:
        return set_service(s, optarg, err);
    case STATIC:
        s->server.service = KT_TEST_FILES;
        s->server.folder = optarg;
        return KT_OK;
    case TABLE:
        return add_table(s, optarg, err);
    default:
        return set_number(s, option, err);
    }
}

static kt_status read_options(int count, char **words, settings *s, kt_error *err)
{
    int option = 0;
    while ((option = getopt_long(count, words, "", long_options, NULL)) != -1) {
        if (option == HELP) {
            fputs(usage, stdout);
            exit(EXIT_SUCCESS);
        }
        if (option == '?') {
            return kt_fail(err, KT_ERR_USAGE, "--help lists the options");
        }
        KT_TRY(set_option(s, option, err));
    }
    return optind == count ? KT_OK : kt_fail(err, KT_ERR_USAGE, "'%s' is no option", words[optind]);
}

/* Whoever waits for the file must never read half of a number. */
static kt_status write_port(const char *path, int port, kt_error *err)
{
    char beside[4096];
    snprintf(beside, sizeof beside, "%s.part", path);
    FILE *file = fopen(beside, "w");
    if (file == NULL) {
        return kt_fail_errno(err, beside, "cannot be written");
    }
    const bool written = fprintf(file, "%d\n", port) > 0;
    if (fclose(file) != 0 || !written || rename(beside, path) != 0) {
        return kt_fail_errno(err, path, "cannot be written");
    }
    return KT_OK;
}

static void wait_for_signal(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    int which = 0;
    (void)sigwait(&ends, &which);
}

static void block_signals(void)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL);
}

static void rename_in(kt_served_table *table, const renaming *as, kt_arena *arena)
{
    kt_served_variable *contents = &table->variables[table->variable_count - 1];
    const char **values = kt_arena_array(arena, const char *, contents->count);
    for (size_t i = 0; i < contents->count; i++) {
        values[i] = strcmp(contents->values[i], as->from) == 0 ? as->to : contents->values[i];
    }
    contents->values = values;
    for (size_t i = 0; i < table->variable_count; i++) {
        kt_served_variable *variable = &table->variables[i];
        variable->code = strcmp(variable->code, as->from) == 0 ? as->to : variable->code;
    }
    table->id = strcmp(table->id, as->from) == 0 ? as->to : table->id;
}

static kt_status add_sample(const settings *s, kt_server *server, kt_arena *arena, kt_error *err)
{
    kt_sample sample;
    KT_TRY(kt_sample_make(&s->sample, arena, &sample, err));
    for (size_t i = 0; i < s->renaming_count; i++) {
        rename_in(sample.by_region, &s->renamings[i], arena);
        rename_in(sample.by_occupation, &s->renamings[i], arena);
        rename_in(sample.flows, &s->renamings[i], arena);
        rename_in(sample.by_industry, &s->renamings[i], arena);
    }
    kt_server_add(server, sample.by_region);
    kt_server_add(server, sample.by_occupation);
    kt_server_add(server, sample.flows);
    kt_server_add(server, sample.by_industry);
    kt_server_add(server, sample.employed);
    kt_server_add(server, sample.workers);
    return KT_OK;
}

static kt_status add_tables(const settings *s, kt_server *server, kt_arena *arena, kt_error *err)
{
    kt_problems *problems = kt_problems_new(arena);
    for (size_t i = 0; i < s->table_count; i++) {
        kt_served_table *table = kt_served_table_load(s->tables[i], arena, problems);
        if (table == NULL) {
            return kt_fail(err, KT_ERR_USAGE, "--table: %s", kt_problems_at(problems, 0));
        }
        kt_server_add(server, table);
    }
    return KT_OK;
}

static kt_status serve(const settings *s, kt_arena *arena, kt_error *err)
{
    kt_server_options options = s->server;
    KT_AUTO(file) FILE *log = s->log_file == NULL ? NULL : fopen(s->log_file, "a");
    if (s->log_file != NULL && log == NULL) {
        return kt_fail_errno(err, s->log_file, "cannot be written");
    }
    options.log = log;
    KT_AUTO(server) kt_server *server = NULL;
    KT_TRY(kt_server_start(&options, &server, err));
    const bool any = s->table_count > 0 || options.service == KT_TEST_FILES;
    KT_TRY(any ? add_tables(s, server, arena, err) : add_sample(s, server, arena, err));
    for (size_t i = 0; i < s->fault_count; i++) {
        kt_server_fault(server, &s->faults[i]);
    }
    printf("%s%s modelled, not official; seed %llu\n", kt_server_url(server),
           kt_server_base(server),
           (unsigned long long)(s->sample.seed != 0 ? s->sample.seed : KT_SAMPLE_SEED));
    (void)fflush(stdout);
    if (s->port_file != NULL) {
        KT_TRY(write_port(s->port_file, kt_server_port(server), err));
    }
    wait_for_signal();
    return KT_OK;
}

int main(int count, char **words)
{
    settings s = {.sample.config = KT_CONFIG};
    kt_error err = {0};
    block_signals(); /* before there are threads, so that all of them have it */
    kt_arena *arena = kt_arena_open("the sample", 0);
    kt_status status = read_options(count, words, &s, &err);
    if (status == KT_OK) {
        status = serve(&s, arena, &err);
    }
    kt_arena_free(arena);
    if (status != KT_OK) {
        fprintf(stderr, "kohtaanto-sample-server: %s\n", err.message);
        return status == KT_ERR_USAGE ? EXIT_USAGE : EXIT_CANNOT;
    }
    return EXIT_SUCCESS;
}
