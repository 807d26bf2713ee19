/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/ledger.h"

#include <fcntl.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"

#define SCHEMA_VERSION 1
#define WAIT_MS        5000

struct kt_ledger {
    sqlite3 *db;
    char *path;
};

static const char schema[] =
    "CREATE TABLE replies (number INTEGER PRIMARY KEY, source TEXT NOT NULL,"
    " purpose TEXT NOT NULL, method TEXT, url TEXT, request TEXT, time TEXT NOT NULL,"
    " status INTEGER NOT NULL, content_type TEXT, fault TEXT, sha256 TEXT, bytes INTEGER NOT NULL,"
    " updated TEXT, campaign TEXT, part INTEGER, parts INTEGER, whole INTEGER NOT NULL);"
    "CREATE INDEX replies_by_source ON replies (source, campaign);"
    "CREATE TABLE runs (number INTEGER PRIMARY KEY, command TEXT NOT NULL, started TEXT,"
    " finished TEXT, state TEXT NOT NULL, exit_code INTEGER, run_id TEXT, as_of TEXT,"
    " known_until TEXT, folder TEXT, version TEXT, configuration TEXT, message TEXT);"
    "CREATE INDEX runs_by_run_id ON runs (run_id);"
    "CREATE TABLE vintages (source TEXT NOT NULL, campaign TEXT NOT NULL, updated TEXT,"
    " first TEXT, last TEXT, parts INTEGER NOT NULL, whole INTEGER NOT NULL, verdict TEXT,"
    " reason TEXT, PRIMARY KEY (source, campaign));"
    "CREATE TABLE checks (run INTEGER NOT NULL REFERENCES runs (number), \"check\" TEXT NOT NULL,"
    " subject TEXT NOT NULL, severity TEXT NOT NULL, result TEXT NOT NULL, measured REAL,"
    " threshold REAL, cells_failed INTEGER NOT NULL, examples TEXT);"
    "CREATE INDEX checks_by_run ON checks (run);"
    "PRAGMA user_version = 1;";

static kt_status status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR: /* a table that is not there: the file is some other database */
        return KT_ERR_FORMAT;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return KT_ERR_PERMISSION;
    case SQLITE_CANTOPEN:
        return KT_ERR_CANTCREATE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return KT_ERR_BUSY;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return KT_ERR_BUG;
    default:
        return KT_ERR_IO;
    }
}

static kt_status failed(const kt_ledger *ledger, kt_error *err)
{
    return kt_fail(err, status_of(sqlite3_extended_errcode(ledger->db)), "%s: %s", ledger->path,
                   sqlite3_errmsg(ledger->db));
}

static kt_status execute(kt_ledger *ledger, const char *sql, kt_error *err)
{
    return sqlite3_exec(ledger->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KT_OK
                                                                        : failed(ledger, err);
}

static void kt_auto_statement(sqlite3_stmt **statement)
{
    (void)sqlite3_finalize(*statement);
}

/* One value of a row, in the order of the question marks. */
typedef struct value {
    enum { VALUE_NULL, VALUE_TEXT, VALUE_COUNT, VALUE_NUMBER } kind;
    const char *text;
    int64_t count;
    double number;
} value;

static value text(const char *words)
{
    return (value){.kind = words == NULL ? VALUE_NULL : VALUE_TEXT, .text = words};
}

static value count(int64_t number)
{
    return (value){.kind = VALUE_COUNT, .count = number};
}

static value number(double number_or_nan)
{
    return (value){.kind = isnan(number_or_nan) ? VALUE_NULL : VALUE_NUMBER,
                   .number = number_or_nan};
}

static value instant(kt_instant moment, char words[KT_INSTANT_SIZE])
{
    return moment == KT_NO_INSTANT ? (value){.kind = VALUE_NULL}
                                   : text(kt_instant_write(moment, words));
}

static int bind_value(sqlite3_stmt *statement, int place, const value *of)
{
    switch (of->kind) {
    case VALUE_TEXT:
        return sqlite3_bind_text(statement, place, of->text, -1, SQLITE_STATIC);
    case VALUE_COUNT:
        return sqlite3_bind_int64(statement, place, of->count);
    case VALUE_NUMBER:
        return sqlite3_bind_double(statement, place, of->number);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(statement, place);
}

static kt_status change(kt_ledger *ledger, const char *sql, const value *values, size_t value_count,
                        kt_error *err)
{
    KT_AUTO(statement) sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->db, sql, -1, &statement, NULL) != SQLITE_OK) {
        return failed(ledger, err);
    }
    for (size_t i = 0; i < value_count; i++) {
        if (bind_value(statement, (int)i + 1, &values[i]) != SQLITE_OK) {
            return failed(ledger, err);
        }
    }
    return sqlite3_step(statement) == SQLITE_DONE ? KT_OK : failed(ledger, err);
}

#define CHANGE(ledger, sql, values, err) \
    change((ledger), (sql), (values), sizeof(values) / sizeof((values)[0]), (err))

static kt_status single_number(kt_ledger *ledger, const char *sql, int64_t *out, kt_error *err)
{
    KT_AUTO(statement) sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(ledger->db, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW) {
        return failed(ledger, err);
    }
    *out = sqlite3_column_int64(statement, 0);
    return KT_OK;
}

static kt_status connect(const char *path, int flags, kt_ledger **out, kt_error *err)
{
    kt_ledger *ledger = calloc(1, sizeof *ledger);
    *out = ledger;
    if (ledger == NULL || (ledger->path = strdup(path)) == NULL) {
        return kt_fail(err, KT_ERR_IO, "%s: no memory", path);
    }
    if (sqlite3_open_v2(path, &ledger->db, flags, NULL) != SQLITE_OK) {
        return failed(ledger, err);
    }
    (void)sqlite3_busy_timeout(ledger->db, WAIT_MS);
    return execute(ledger, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;", err);
}

static kt_status make_schema(kt_ledger *ledger, kt_error *err)
{
    KT_TRY(kt_ledger_begin(ledger, err));
    KT_TRY(execute(ledger, schema, err));
    return kt_ledger_commit(ledger, err);
}

/* A ledger that failed on its way to the caller is closed. */
static kt_status hand_over(kt_ledger *ledger, kt_status status, kt_ledger **out)
{
    if (status == KT_OK) {
        *out = ledger;
    } else {
        kt_ledger_close(ledger);
    }
    return status;
}

kt_status kt_ledger_create(const char *path, kt_ledger **out, kt_error *err)
{
    /* Made by hand first, so that the system's reason for refusing it is the one that is told. */
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0 || close(file) != 0) {
        return kt_fail_errno(err, path, "cannot create the ledger");
    }
    kt_ledger *ledger = NULL;
    kt_status status = connect(path, SQLITE_OPEN_READWRITE, &ledger, err);
    if (status == KT_OK) {
        status = make_schema(ledger, err);
    }
    return hand_over(ledger, status, out);
}

static kt_status look_over(kt_ledger *ledger, kt_error *err)
{
    int64_t version = 0;
    KT_TRY(single_number(ledger, "PRAGMA user_version", &version, err));
    if (version != SCHEMA_VERSION) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: version %lld, expected %d", ledger->path,
                       (long long)version, SCHEMA_VERSION);
    }
    int64_t intact = 0;
    KT_TRY(single_number(ledger, "SELECT quick_check = 'ok' FROM pragma_quick_check(1)", &intact,
                         err));
    return intact == 1 ? KT_OK : kt_fail(err, KT_ERR_FORMAT, "%s: damaged", ledger->path);
}

kt_status kt_ledger_open(const char *path, kt_ledger **out, kt_error *err)
{
    if (access(path, F_OK) != 0) {
        return kt_fail_errno(err, path, "cannot open the ledger");
    }
    kt_ledger *ledger = NULL;
    kt_status status = connect(path, SQLITE_OPEN_READWRITE, &ledger, err);
    if (status == KT_OK) {
        status = look_over(ledger, err);
    }
    return hand_over(ledger, status, out);
}

void kt_ledger_close(kt_ledger *ledger)
{
    if (ledger != NULL) {
        (void)sqlite3_close(ledger->db);
        free(ledger->path);
        free(ledger);
    }
}

kt_status kt_ledger_begin(kt_ledger *ledger, kt_error *err)
{
    return execute(ledger, "BEGIN IMMEDIATE", err);
}

kt_status kt_ledger_commit(kt_ledger *ledger, kt_error *err)
{
    return execute(ledger, "COMMIT", err);
}

kt_status kt_ledger_add_reply(kt_ledger *ledger, const kt_receipt *receipt, kt_error *err)
{
    static const char *const purposes[] = {
        [KT_PURPOSE_CONFIG] = "config",
        [KT_PURPOSE_METADATA] = "metadata",
        [KT_PURPOSE_PROBE] = "probe",
        [KT_PURPOSE_DATA] = "data",
    };
    char time[KT_INSTANT_SIZE];
    const value values[] = {
        text(receipt->source),          text(purposes[receipt->purpose]),
        text(receipt->method),          text(receipt->url),
        text(receipt->request),         instant(receipt->time, time),
        count(receipt->status),         text(receipt->content_type),
        text(receipt->fault),           text(receipt->sha256[0] == '\0' ? NULL : receipt->sha256),
        count((int64_t)receipt->bytes), text(receipt->updated),
        text(receipt->campaign),        count((int64_t)receipt->part),
        count((int64_t)receipt->parts), count(receipt->whole),
    };
    return CHANGE(ledger,
                  "INSERT INTO replies (source, purpose, method, url, request, time, status,"
                  " content_type, fault, sha256, bytes, updated, campaign, part, parts, whole)"
                  " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                  values, err);
}

kt_status kt_ledger_count_replies(kt_ledger *ledger, size_t *out, kt_error *err)
{
    int64_t rows = 0;
    KT_TRY(single_number(ledger, "SELECT count(*) FROM replies", &rows, err));
    *out = (size_t)rows;
    return KT_OK;
}

static kt_status put_run(kt_ledger *ledger, value run_number, const kt_ledger_run *run,
                         kt_error *err)
{
    char started[KT_INSTANT_SIZE];
    char finished[KT_INSTANT_SIZE];
    char as_of[KT_INSTANT_SIZE];
    char known[KT_INSTANT_SIZE];
    const value values[] = {
        run_number,
        text(run->command),
        instant(run->started, started),
        instant(run->finished, finished),
        text(run->state),
        run->exit_code < 0 ? text(NULL) : count(run->exit_code),
        text(run->run_id),
        instant(run->as_of, as_of),
        instant(run->known_until, known),
        text(run->folder),
        text(run->version),
        text(run->configuration),
        text(run->message),
    };
    return CHANGE(ledger,
                  "INSERT INTO runs (number, command, started, finished, state, exit_code, run_id,"
                  " as_of, known_until, folder, version, configuration, message)"
                  " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
                  " ON CONFLICT (number) DO UPDATE SET command = excluded.command,"
                  " started = excluded.started, finished = excluded.finished,"
                  " state = excluded.state, exit_code = excluded.exit_code,"
                  " run_id = excluded.run_id, as_of = excluded.as_of,"
                  " known_until = excluded.known_until, folder = excluded.folder,"
                  " version = excluded.version, configuration = excluded.configuration,"
                  " message = excluded.message",
                  values, err);
}

kt_status kt_ledger_add_run(kt_ledger *ledger, const kt_ledger_run *run, int64_t *out,
                            kt_error *err)
{
    KT_TRY(put_run(ledger, (value){.kind = VALUE_NULL}, run, err));
    *out = sqlite3_last_insert_rowid(ledger->db);
    return KT_OK;
}

kt_status kt_ledger_end_run(kt_ledger *ledger, int64_t run_number, const kt_ledger_run *run,
                            kt_error *err)
{
    return put_run(ledger, count(run_number), run, err);
}

kt_status kt_ledger_put_vintage(kt_ledger *ledger, const kt_ledger_vintage *vintage, kt_error *err)
{
    char first[KT_INSTANT_SIZE];
    char last[KT_INSTANT_SIZE];
    const value values[] = {
        text(vintage->source),        text(vintage->campaign),
        text(vintage->updated),       instant(vintage->first, first),
        instant(vintage->last, last), count((int64_t)vintage->parts),
        count(vintage->whole),        text(vintage->verdict),
        text(vintage->reason),
    };
    return CHANGE(ledger, "INSERT OR REPLACE INTO vintages VALUES (?,?,?,?,?,?,?,?,?)", values,
                  err);
}

kt_status kt_ledger_add_check(kt_ledger *ledger, int64_t run, const kt_ledger_check *check,
                              kt_error *err)
{
    const value values[] = {
        count(run),
        text(check->check),
        text(check->subject),
        text(check->severity),
        text(check->result),
        number(check->measured),
        number(check->threshold),
        count((int64_t)check->cells_failed),
        text(check->examples),
    };
    return CHANGE(ledger, "INSERT INTO checks VALUES (?,?,?,?,?,?,?,?,?)", values, err);
}

static const char *read_text(sqlite3_stmt *row, int column, kt_arena *arena)
{
    const unsigned char *words = sqlite3_column_text(row, column);
    return words == NULL ? NULL : kt_arena_copy(arena, (const char *)words);
}

static kt_instant read_instant(sqlite3_stmt *row, int column)
{
    kt_instant moment = KT_NO_INSTANT;
    const unsigned char *words = sqlite3_column_text(row, column);
    return words != NULL && kt_instant_read((const char *)words, false, &moment) ? moment
                                                                                 : KT_NO_INSTANT;
}

static void read_run(sqlite3_stmt *row, kt_arena *arena, kt_ledger_run *out)
{
    *out = (kt_ledger_run){
        .command = read_text(row, 0, arena),
        .started = read_instant(row, 1),
        .finished = read_instant(row, 2),
        .state = read_text(row, 3, arena),
        .exit_code = sqlite3_column_type(row, 4) == SQLITE_NULL ? -1 : sqlite3_column_int(row, 4),
        .run_id = read_text(row, 5, arena),
        .as_of = read_instant(row, 6),
        .known_until = read_instant(row, 7),
        .folder = read_text(row, 8, arena),
        .version = read_text(row, 9, arena),
        .configuration = read_text(row, 10, arena),
        .message = read_text(row, 11, arena),
    };
}

static kt_status select_run(kt_ledger *ledger, const char *sql, const char *parameter,
                            kt_arena *arena, kt_ledger_run *out, kt_error *err)
{
    KT_AUTO(statement) sqlite3_stmt *row = NULL;
    if (sqlite3_prepare_v2(ledger->db, sql, -1, &row, NULL) != SQLITE_OK ||
        (parameter != NULL &&
         sqlite3_bind_text(row, 1, parameter, -1, SQLITE_STATIC) != SQLITE_OK)) {
        return failed(ledger, err);
    }
    const int step = sqlite3_step(row);
    if (step == SQLITE_ROW) {
        read_run(row, arena, out);
        return KT_OK;
    }
    return step == SQLITE_DONE ? KT_ERR_NO_DATA : failed(ledger, err);
}

#define RUN_COLUMNS                                                                              \
    "command, started, finished, state, exit_code, run_id, as_of, known_until, folder, version," \
    " configuration, message"

static kt_status found_or_not(kt_status status, bool *found)
{
    *found = status == KT_OK;
    return status == KT_ERR_NO_DATA ? KT_OK : status;
}

kt_status kt_ledger_last_run(kt_ledger *ledger, kt_arena *arena, kt_ledger_run *out, bool *found,
                             kt_error *err)
{
    return found_or_not(select_run(ledger,
                                   "SELECT " RUN_COLUMNS
                                   " FROM runs ORDER BY started DESC, number DESC LIMIT 1",
                                   NULL, arena, out, err),
                        found);
}

kt_status kt_ledger_find_run(kt_ledger *ledger, const char *name, kt_arena *arena,
                             kt_ledger_run *out, bool *found, kt_error *err)
{
    return found_or_not(
        select_run(ledger,
                   "SELECT " RUN_COLUMNS
                   " FROM runs WHERE (run_id = ?1 OR as_of = ?1) AND state = 'published'"
                   " ORDER BY number LIMIT 1",
                   name, arena, out, err),
        found);
}
