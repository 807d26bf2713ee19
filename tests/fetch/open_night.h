/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FETCH_OPEN_NIGHT_H
#define KT_TESTS_FETCH_OPEN_NIGHT_H

#include "core/source.h"
#include "fetch/fetch.h"
#include "fetch/support.h"
#include "fetch/vintage.h"
#include "server/described.h"
#include "server/server.h"
#include "support/folder.h"

/**
 * Nights of fetching one table from a service that tells no metadata, on loopback, into an empty
 * workspace. A server of files shows what `serve_file` wrote.
 */
typedef struct open_night {
    kt_arena *arena;
    char *folder;
    kt_server *server;
    kt_served_table *table;
    kt_archive *archive;
    kt_source *source;
    kt_redirect redirect;
    kt_fetch_options options;
    kt_fetch_result result; /* of the last night */
    kt_error err;
} open_night;

static inline kt_source *load_open_source(open_night *of, const char *path)
{
    kt_problems *problems = kt_problems_new(of->arena);
    kt_source *source = kt_source_load(path, of->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(source);
    return source;
}

static inline open_night *open_night_at(const kt_server_options *service, const char *source)
{
    open_night *of = calloc(1, sizeof *of);
    assert_non_null(of);
    kt_error err = {0};
    of->arena = kt_arena_open("open night", 0);
    of->folder = make_test_folder(of->arena);
    kt_server_options options = *service;
    options.folder = kt_path_join(of->arena, of->folder, "served");
    assert_ok(kt_folder_make(options.folder, &err));
    assert_ok(kt_server_start(&options, &of->server, &err));
    assert_ok(kt_archive_open(of->folder, &of->archive, &err));
    of->source = load_open_source(of, source);
    of->redirect.to = kt_server_url(of->server);
    of->options = (kt_fetch_options){.user_agent = "kohtaanto-test",
                                     .connect_timeout_s = 2,
                                     .stall_timeout_s = 1,
                                     .total_timeout_s = 4,
                                     .reply_limit_bytes = (size_t)1 << 20,
                                     .parallel = 3,
                                     .retry_budget = 20,
                                     .calls_reserve = 1,
                                     .backoff_s = 0.01,
                                     .redirects = &of->redirect,
                                     .redirect_count = 1,
                                     .limiter_folder = of->folder};
    of->source->limits = (kt_limits_spec){.calls = 500, .window_s = 1};
    return of;
}

static inline int close_open_night(void **state)
{
    open_night *of = *state;
    kt_error err = {0};
    kt_server_stop(of->server);
    kt_archive_close(of->archive);
    const int failed = kt_folder_remove(of->folder, &err) != KT_OK;
    kt_arena_free(of->arena);
    free(of);
    return failed;
}

/** A night that has to end in that state. The server's counters begin anew. */
#define fetch_open(of, wanted) check_open_night((of), (wanted), __FILE__, __LINE__)

static inline void check_open_night(open_night *of, kt_fetch_state wanted, const char *file,
                                    int line)
{
    kt_server_forget(of->server);
    of->err = (kt_error){0};
    of->result = (kt_fetch_result){.source = of->source};
    const kt_status status =
        kt_fetch(of->archive, &of->options, &of->result, 1, of->arena, &of->err);
    if (status != KT_OK || of->result.state != wanted) {
        print_error("status %d %s; state %d, expected %d: %s\n", (int)status, of->err.message,
                    (int)of->result.state, (int)wanted,
                    of->result.message == NULL ? "" : of->result.message);
        _fail(file, line);
    }
}

/** A night that has to fail with words that hold these. */
#define fetch_fails(of, words) check_failing_night((of), (words), __FILE__, __LINE__)

static inline void check_failing_night(open_night *of, const char *words, const char *file,
                                       int line)
{
    check_open_night(of, KT_FETCH_FAILED, file, line);
    if (strstr(of->result.message, words) == NULL || strpbrk(of->result.message, "\r\n") != NULL) {
        print_error("\"%s\" does not say \"%s\" in one line\n", of->result.message, words);
        _fail(file, line);
    }
}

static inline void serve_file(open_night *of, const char *name, const char *words)
{
    kt_error err = {0};
    const char *path = kt_arena_print(of->arena, "%s/served/%s", of->folder, name);
    assert_ok(kt_folder_make(kt_path_folder(of->arena, path), &err));
    assert_ok(kt_file_write(path, words, strlen(words), &err));
}

static inline kt_receipt *receipts_of_night(open_night *of, size_t *count)
{
    kt_error err = {0};
    kt_receipt *receipts = NULL;
    assert_ok(kt_archive_receipts(of->archive, of->arena, &receipts, count, &err));
    return receipts;
}

static inline const kt_vintage *vintage_of_night(open_night *of)
{
    size_t count = 0;
    const kt_receipt *receipts = receipts_of_night(of, &count);
    return kt_vintage_find(receipts, count, of->source->id, KT_NO_INSTANT, of->arena);
}

/** The address of call number index of the last night, without the host. */
static inline const char *address_of_call(open_night *of, size_t index)
{
    kt_server_call call;
    assert_true(kt_server_call_at(of->server, index, &call));
    return call.address;
}

#endif
