/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/source.h"
#include "fetch/fetch.h"
#include "fetch/support.h"
#include "fetch/vintage.h"
#include "server/described.h"
#include "server/server.h"
#include "support/folder.h"

/*
 * Nights of fetching from a service of PxWeb 2 on loopback: 22 regions of a code list, 2 contents
 * and 6 months of a table that has more regions, and a variable that is left out.
 */
#define CELLS (22 * 2 * 6)

typedef struct scene {
    kt_arena *arena;
    char *folder;
    kt_server *server;
    kt_archive *archive;
    kt_source *source;
    kt_redirect redirect;
    kt_fetch_options options;
    kt_fetch_result result;
} scene;

static kt_status ignore(void *context, const kt_receipt *receipt, kt_error *err)
{
    (void)context;
    (void)receipt;
    (void)err;
    return KT_OK;
}

static void start(scene *of, const kt_server_options *options, const char *base)
{
    kt_error err = {0};
    *of = (scene){.arena = kt_arena_open("scene", 0)};
    of->folder = make_test_folder(of->arena);
    kt_problems *problems = kt_problems_new(of->arena);
    assert_ok(kt_server_start(options, &of->server, &err));
    kt_server_add(of->server,
                  kt_served_table_load(KT_ROOT "/tests/fixtures/server/arbetsmarknad.json",
                                       of->arena, problems));
    of->source =
        kt_source_load(KT_ROOT "/config/examples/sweden/sources/labour.json", of->arena, problems);
    assert_int_equal(kt_problems_count(problems), 0);
    of->source->base_url = base;
    assert_ok(kt_archive_open(of->folder, &of->archive, &err));
    of->redirect = (kt_redirect){"https://statistikdatabasen.scb.se", kt_server_url(of->server)};
    of->options = (kt_fetch_options){.user_agent = "kohtaanto-test",
                                     .connect_timeout_s = 2,
                                     .stall_timeout_s = 2,
                                     .total_timeout_s = 10,
                                     .reply_limit_bytes = (size_t)1 << 20,
                                     .parallel = 4,
                                     .retry_budget = 10,
                                     .calls_reserve = 1,
                                     .backoff_s = 0.01,
                                     .redirects = &of->redirect,
                                     .redirect_count = 1,
                                     .limiter_folder = of->folder,
                                     .exchanged = ignore};
}

static void end(scene *of)
{
    kt_error err = {0};
    kt_server_stop(of->server);
    kt_archive_close(of->archive);
    assert_ok(kt_folder_remove(of->folder, &err));
    kt_arena_free(of->arena);
}

#define SCB "https://statistikdatabasen.scb.se/api/v2"

static void night_to(scene *of, kt_fetch_state wanted)
{
    kt_error err = {0};
    kt_server_forget(of->server);
    of->result = (kt_fetch_result){.source = of->source};
    assert_ok(kt_fetch(of->archive, &of->options, &of->result, 1, of->arena, &err));
    if (of->result.state != wanted) {
        print_error("state %d, expected %d: %s\n", (int)of->result.state, (int)wanted,
                    of->result.message == NULL ? "" : of->result.message);
        fail();
    }
    assert_int_equal(kt_server_refused(of->server), 0);
}

/* Cells of the good data calls of the night. */
static size_t cells_fetched(const scene *of)
{
    size_t cells = 0;
    kt_server_call call;
    for (size_t i = 0; kt_server_call_at(of->server, i, &call); i++) {
        cells += call.call == KT_CALL_DATA && call.status == 200 ? call.cells : 0;
    }
    return cells;
}

static void a_table_is_fetched_by_its_code_list_and_then_probed(void **state)
{
    (void)state;
    scene of;
    const kt_server_options options = {.service = KT_TEST_SCB};
    start(&of, &options, SCB);
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(&of), CELLS);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_CONFIG), 1);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_METADATA), 1);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_CODELIST), 1);
    night_to(&of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_PROBE), 1);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_METADATA), 0);
    kt_server_republish(of.server, "TAB9001");
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(&of), CELLS / 2); /* three of the six months again */
    end(&of);
}

static void the_limit_of_cells_is_kept(void **state)
{
    (void)state;
    scene of;
    const kt_server_options options = {
        .service = KT_TEST_LATVIA, .max_cells = 50, .max_calls = 1000};
    start(&of, &options, SCB);
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(&of), CELLS);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_DATA), 6); /* 264 cells by 44 */
    end(&of);
}

/* The service gives less at once than it says: a 400 is then no sign of a table that changed. */
static void too_many_cells_halve_the_call(void **state)
{
    (void)state;
    scene of;
    const kt_server_options options = {
        .service = KT_TEST_LATVIA, .max_cells = 1000, .max_calls = 1000};
    const kt_fault_rule rule = {.fault = KT_FAULT_TOO_LARGE, .call = KT_CALL_DATA, .times = 1};
    start(&of, &options, SCB);
    kt_server_fault(of.server, &rule);
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(&of), CELLS);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_DATA), 3);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_METADATA), 1);
    end(&of);
}

static void a_limit_of_calls_in_the_headers_is_kept(void **state)
{
    (void)state;
    scene of;
    const kt_server_options options = {
        .service = KT_TEST_SSB, .max_cells = 50, .max_calls = 100, .window_s = 60};
    start(&of, &options, "https://statistikdatabasen.scb.se/api/pxwebapi/v2");
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(&of), CELLS);
    end(&of);
}

/* The newest month of the table is long ago: only then is the service asked. */
static void a_late_table_may_be_discontinued(void **state)
{
    (void)state;
    scene of;
    const kt_server_options options = {.service = KT_TEST_LATVIA, .max_calls = 1000};
    start(&of, &options, SCB);
    of.source->warn_age_days = 100000;
    kt_server_discontinue(of.server, "TAB9001");
    night_to(&of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_ABOUT), 0);
    assert_false(of.result.discontinued);
    of.source->warn_age_days = 1;
    night_to(&of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of.server, KT_CALL_ABOUT), 1);
    assert_true(of.result.discontinued);
    const kt_fault_rule silence = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_ABOUT};
    kt_server_fault(of.server, &silence);
    night_to(&of, KT_FETCH_UNCHANGED);
    assert_false(of.result.discontinued);
    end(&of);
}

static void each_fault_ends_as_in_version_1(void **state)
{
    static const struct {
        kt_fault fault;
        kt_fetch_state ends;
        size_t times;
        const char *says;
    } cases[] = {
        {KT_FAULT_WRONG_CODE, KT_FETCH_FETCHED, 1, NULL},
        {KT_FAULT_FEWER, KT_FETCH_FETCHED, 1, NULL},
        {KT_FAULT_CUT, KT_FETCH_FETCHED, 1, NULL},
        {KT_FAULT_HTML, KT_FETCH_FETCHED, 1, NULL},
        {KT_FAULT_WRONG_CODE, KT_FETCH_FAILED, 0, "the reply lacks Region="},
        {KT_FAULT_MISSING, KT_FETCH_FAILED, 0, "HTTP 404"},
        {KT_FAULT_TOO_LARGE, KT_FETCH_FAILED, 0, "se-labour: "},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        scene of;
        const kt_server_options options = {.service = KT_TEST_LATVIA, .max_calls = 1000};
        const kt_fault_rule rule = {
            .fault = cases[i].fault, .call = KT_CALL_DATA, .times = cases[i].times};
        start(&of, &options, SCB);
        kt_server_fault(of.server, &rule);
        night_to(&of, cases[i].ends);
        if (cases[i].says != NULL && strstr(of.result.message, cases[i].says) == NULL) {
            print_error("%s\n", of.result.message);
            fail();
        }
        end(&of);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_fetched_by_its_code_list_and_then_probed),
        cmocka_unit_test(the_limit_of_cells_is_kept),
        cmocka_unit_test(too_many_cells_halve_the_call),
        cmocka_unit_test(a_limit_of_calls_in_the_headers_is_kept),
        cmocka_unit_test(a_late_table_may_be_discontinued),
        cmocka_unit_test(each_fault_ends_as_in_version_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
