/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_FETCH_NIGHT_H
#define KT_TESTS_FETCH_NIGHT_H

#include "core/source.h"
#include "fetch/fetch.h"
#include "fetch/support.h"
#include "fetch/vintage.h"
#include "server/server.h"
#include "server/shape.h"
#include "support/folder.h"

/**
 * Nights of fetching against a server on loopback: a small 12r5 (25 regions x 36 months x 3
 * contents) and a small 12ti (20 x 5 x 36 x 2), 2021M01 to 2023M12, and an empty workspace.
 */
#define R5_CELLS  (25 * 36 * 3)
#define TI_CELLS  (20 * 5 * 36 * 2)
#define MAX_CELLS 1000
#define R5_PARTS  3 /* 2700 cells in pieces of 1000 */
#define TI_PARTS  8 /* 7200 cells in pieces of 1000 */

typedef struct night {
    kt_arena *arena;
    char *folder;
    kt_server *server;
    kt_served_table *r5_table;
    kt_archive *archive;
    kt_source *r5, *ti;
    kt_redirect redirect;
    kt_fetch_options options;
    kt_fetch_result results[2]; /* of the last night: 12r5, 12ti */
    kt_error err;
    atomic_int cancelled;
    size_t exchanges, cancel_after; /* the night is cancelled after so many exchanges; 0: never */
} night;

static kt_status count_exchange(void *context, const kt_receipt *receipt, kt_error *err)
{
    (void)receipt;
    (void)err;
    night *of = context;
    of->exchanges++;
    if (of->exchanges == of->cancel_after) {
        atomic_store(&of->cancelled, 1);
    }
    return KT_OK;
}

static inline void serve_tables(night *of)
{
    const kt_test_shape r5 = {.id = "12r5", .regions = 25, .first_year = 2021, .periods = 36};
    const kt_test_shape ti = {
        .id = "12ti", .regions = 20, .occupations = 5, .first_year = 2021, .periods = 36};
    of->r5_table = kt_test_table(&r5, of->arena);
    kt_server_add(of->server, of->r5_table);
    kt_server_add(of->server, kt_test_table(&ti, of->arena));
}

static inline kt_source *load_source(night *of, const char *path)
{
    kt_problems *problems = kt_problems_new(of->arena);
    kt_source *source = kt_source_load(path, of->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(source);
    return source;
}

static inline int open_night(void **state)
{
    night *of = calloc(1, sizeof *of);
    assert_non_null(of);
    kt_error err = {0};
    const kt_server_options server = {.max_cells = MAX_CELLS, .max_calls = 500, .window_s = 1};
    of->arena = kt_arena_open("night", 0);
    of->folder = make_test_folder(of->arena);
    assert_ok(kt_server_start(&server, &of->server, &err));
    serve_tables(of);
    assert_ok(kt_archive_open(of->folder, &of->archive, &err));
    of->r5 = load_source(of, KT_ROOT "/config/sources/12r5.json");
    of->ti = load_source(of, KT_ROOT "/config/sources/12ti.json");
    of->redirect = (kt_redirect){"https://pxdata.stat.fi", kt_server_url(of->server)};
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
                                     .limiter_folder = of->folder,
                                     .cancelled = &of->cancelled,
                                     .context = of,
                                     .exchanged = count_exchange};
    *state = of;
    return 0;
}

static inline int close_night(void **state)
{
    night *of = *state;
    kt_error err = {0};
    kt_server_stop(of->server);
    kt_archive_close(of->archive);
    const int failed = kt_folder_remove(of->folder, &err) != KT_OK;
    kt_arena_free(of->arena);
    free(of);
    return failed;
}

#define at_night(test) cmocka_unit_test_setup_teardown(test, open_night, close_night)

/** Fetches the first `count` of 12r5 and 12ti. The server's counters begin anew. */
static inline kt_status fetch_some(night *of, size_t count)
{
    kt_server_forget(of->server);
    of->exchanges = 0;
    of->results[0].source = of->r5;
    of->results[1].source = of->ti;
    of->err = (kt_error){0};
    return kt_fetch(of->archive, &of->options, of->results, count, of->arena, &of->err);
}

/** A night with 12r5 alone, which has to end in that state. */
#define fetch_to(of, wanted) check_fetch((of), (wanted), __FILE__, __LINE__)

static inline void check_fetch(night *of, kt_fetch_state wanted, const char *file, int line)
{
    const kt_status status = fetch_some(of, 1);
    const kt_fetch_result *result = &of->results[0];
    if (status != KT_OK || result->state != wanted) {
        print_error("status %d %s; state %d, expected %d: %s\n", (int)status, of->err.message,
                    (int)result->state, (int)wanted,
                    result->message == NULL ? "" : result->message);
        _fail(file, line);
    }
}

static inline kt_receipt *receipts_of(night *of, size_t *count)
{
    kt_error err = {0};
    kt_receipt *receipts = NULL;
    assert_ok(kt_archive_receipts(of->archive, of->arena, &receipts, count, &err));
    return receipts;
}

static inline const kt_vintage *vintage_of(night *of, const char *source)
{
    size_t count = 0;
    const kt_receipt *receipts = receipts_of(of, &count);
    return kt_vintage_find(receipts, count, source, KT_NO_INSTANT, of->arena);
}

/** The newest receipt that is not good, or NULL. */
static inline const kt_receipt *last_bad(night *of)
{
    size_t count = 0;
    const kt_receipt *receipts = receipts_of(of, &count);
    for (size_t i = count; i-- > 0;) {
        if (!kt_receipt_is_good(&receipts[i])) {
            return &receipts[i];
        }
    }
    return NULL;
}

/** Cells of all good data calls of the night. */
static inline size_t cells_fetched(night *of)
{
    size_t cells = 0;
    kt_server_call call;
    for (size_t i = 0; kt_server_call_at(of->server, i, &call); i++) {
        cells += call.call == KT_CALL_DATA && call.status == 200 ? call.cells : 0;
    }
    return cells;
}

#endif
