/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "pipeline/ledger.h"

static const kt_receipt receipt = {
    .source = "12r5",
    .purpose = KT_PURPOSE_DATA,
    .method = "POST",
    .url = "https://pxdata.stat.fi/x",
    .request = "{}",
    .time = 1790000000,
    .status = 200,
    .sha256 = "aa",
    .bytes = 17,
    .updated = "2026-04-01T05:00:00Z",
    .campaign = "12r5-1",
    .part = 0,
    .parts = 1,
    .whole = true,
};

static kt_ledger *prepare(void *state, kt_receipts receipts, const char **rebuilt)
{
    const bench *made = state;
    kt_error err = {0};
    kt_ledger *ledger = NULL;
    if (kt_ledger_prepare(made->folder, receipts, made->arena, &ledger, rebuilt, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return ledger;
}

static size_t count_of(kt_ledger *ledger)
{
    kt_error err = {0};
    size_t count = 0;
    assert_int_equal(kt_ledger_count_replies(ledger, &count, &err), KT_OK);
    return count;
}

static void a_new_workspace_gets_an_empty_ledger(void **state)
{
    const char *rebuilt = NULL;
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, (kt_receipts){0}, &rebuilt);
    assert_null(rebuilt); /* nothing was lost */
    assert_int_equal(count_of(ledger), 0);
}

static void a_lost_ledger_is_made_again_from_the_receipts(void **state)
{
    const char *rebuilt = NULL;
    const kt_receipts receipts = {.at = &receipt, .count = 1};
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, receipts, &rebuilt);
    assert_non_null(rebuilt);
    assert_int_equal(count_of(ledger), 1);
}

static void a_damaged_ledger_is_made_again(void **state)
{
    static const char *const damages[] = {"no database at all, only words", "SQLite format 3"};
    const kt_receipts receipts = {.at = &receipt, .count = 1};
    for (size_t i = 0; i < COUNT_OF(damages); i++) {
        const char *rebuilt = NULL;
        (void)write_bytes(*state, "ledger.sqlite", damages[i], strlen(damages[i]));
        KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, receipts, &rebuilt);
        assert_non_null(rebuilt);
        assert_int_equal(count_of(ledger), 1);
    }
}

static void an_old_journal_is_not_played_into_the_new_ledger(void **state)
{
    const char *rebuilt = NULL;
    const kt_receipts receipts = {.at = &receipt, .count = 1};
    (void)write_bytes(*state, "ledger.sqlite", "broken", 6);
    (void)write_bytes(*state, "ledger.sqlite-journal", "stale", 5);
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, receipts, &rebuilt);
    assert_int_equal(count_of(ledger), 1);
    assert_false(kt_file_exists(path_of(*state, "ledger.sqlite-journal")));
}

static void receipts_that_a_crash_kept_from_it_are_added(void **state)
{
    const kt_receipt receipts[] = {receipt, receipt, receipt};
    const char *rebuilt = NULL;
    kt_ledger_close(prepare(*state, (kt_receipts){.at = receipts, .count = 1}, &rebuilt));
    KT_AUTO(ledger)
    kt_ledger *ledger = prepare(*state, (kt_receipts){.at = receipts, .count = 3}, &rebuilt);
    assert_null(rebuilt);
    assert_int_equal(count_of(ledger), 3);
}

static void a_ledger_that_knows_more_than_the_archive_is_made_again(void **state)
{
    const kt_receipt receipts[] = {receipt, receipt};
    const char *rebuilt = NULL;
    kt_ledger_close(prepare(*state, (kt_receipts){.at = receipts, .count = 2}, &rebuilt));
    KT_AUTO(ledger)
    kt_ledger *ledger = prepare(*state, (kt_receipts){.at = receipts, .count = 1}, &rebuilt);
    assert_non_null(strstr(rebuilt, "holds 2 replies, the archive 1"));
    assert_int_equal(count_of(ledger), 1);
}

static kt_ledger_run run_of(const char *state, kt_instant started)
{
    return (kt_ledger_run){.command = "run",
                           .started = started,
                           .finished = KT_NO_INSTANT,
                           .state = state,
                           .exit_code = -1,
                           .as_of = KT_NO_INSTANT,
                           .known_until = KT_NO_INSTANT};
}

static void the_last_run_is_the_one_begun_last(void **state)
{
    const bench *made = *state;
    const char *rebuilt = NULL;
    kt_error err = {0};
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, (kt_receipts){0}, &rebuilt);
    kt_ledger_run last;
    bool found = true;
    assert_int_equal(kt_ledger_last_run(ledger, made->arena, &last, &found, &err), KT_OK);
    assert_false(found);
    int64_t number = 0;
    kt_ledger_run run = run_of("running", 1790000100);
    assert_int_equal(kt_ledger_add_run(ledger, &run, &number, &err), KT_OK);
    run = run_of("running", 1790000000);
    assert_int_equal(kt_ledger_add_run(ledger, &run, &number, &err), KT_OK);
    assert_int_equal(kt_ledger_last_run(ledger, made->arena, &last, &found, &err), KT_OK);
    assert_true(found);
    assert_true(last.started == 1790000100);
    assert_int_equal(last.exit_code, -1);
}

static void a_published_run_is_found_by_id_and_by_as_of(void **state)
{
    const bench *made = *state;
    const char *rebuilt = NULL;
    kt_error err = {0};
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, (kt_receipts){0}, &rebuilt);
    kt_ledger_run run = run_of("running", 1790000000);
    int64_t number = 0;
    assert_int_equal(kt_ledger_add_run(ledger, &run, &number, &err), KT_OK);
    run.state = "published";
    run.run_id = "0123456789abcdef";
    run.as_of = 1784523600; /* 2026-07-20T05:00:00Z */
    run.known_until = 1784523605;
    run.exit_code = 100;
    assert_int_equal(kt_ledger_end_run(ledger, number, &run, &err), KT_OK);
    static const char *const names[] = {"0123456789abcdef", "2026-07-20T05:00:00Z"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        kt_ledger_run got;
        bool found = false;
        assert_int_equal(kt_ledger_find_run(ledger, names[i], made->arena, &got, &found, &err),
                         KT_OK);
        assert_true(found);
        assert_true(got.known_until == 1784523605);
        assert_int_equal(got.exit_code, 100);
    }
}

static void rebuilding_reads_the_published_runs_from_their_manifests(void **state)
{
    const bench *made = *state;
    kt_error err = {0};
    const char *folder = path_of(*state, "published/runs/20260720T050000Z_0123456789abcdef");
    assert_int_equal(kt_folder_make(folder, &err), KT_OK);
    static const char manifest[] =
        "{\"run_id\": \"0123456789abcdef\", \"as_of\": \"2026-07-20T05:00:00Z\", \"run\": "
        "{\"command\": \"run\", \"started\": \"2026-07-20T05:00:00Z\", \"known_until\": "
        "\"2026-07-20T05:00:05Z\", \"exit_code\": \"100\"}}";
    (void)write_bytes(*state, "published/runs/20260720T050000Z_0123456789abcdef/MANIFEST.json",
                      manifest, strlen(manifest));
    assert_int_equal(kt_folder_make(path_of(*state, "published/runs/half"), &err), KT_OK);
    assert_int_equal(kt_ledger_rebuild(made->folder, (kt_receipts){0}, made->arena, &err), KT_OK);
    const char *rebuilt = NULL;
    KT_AUTO(ledger) kt_ledger *ledger = prepare(*state, (kt_receipts){0}, &rebuilt);
    kt_ledger_run got;
    bool found = false;
    assert_int_equal(
        kt_ledger_find_run(ledger, "0123456789abcdef", made->arena, &got, &found, &err), KT_OK);
    assert_true(found);
    assert_string_equal(got.folder, "runs/20260720T050000Z_0123456789abcdef");
    assert_int_equal(got.exit_code, 100);
    assert_true(got.known_until - got.as_of == 5);
}

static void an_unfinished_campaign_is_no_vintage(void **state)
{
    const bench *made = *state;
    kt_receipt receipts[] = {receipt, receipt, receipt};
    receipts[1].campaign = receipts[2].campaign = "12r5-2";
    receipts[1].parts = receipts[2].parts = 3;
    receipts[2].part = 2;
    kt_campaign *campaigns = NULL;
    const size_t count = kt_campaigns_find((kt_receipts){.at = receipts, .count = 3}, "12r5",
                                           KT_NO_INSTANT, made->arena, &campaigns);
    assert_int_equal(count, 1);
    assert_string_equal(campaigns[0].name, "12r5-1");
    assert_int_equal(campaigns[0].part_count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_new_workspace_gets_an_empty_ledger),
        in_bench(a_lost_ledger_is_made_again_from_the_receipts),
        in_bench(a_damaged_ledger_is_made_again),
        in_bench(an_old_journal_is_not_played_into_the_new_ledger),
        in_bench(receipts_that_a_crash_kept_from_it_are_added),
        in_bench(a_ledger_that_knows_more_than_the_archive_is_made_again),
        in_bench(the_last_run_is_the_one_begun_last),
        in_bench(a_published_run_is_found_by_id_and_by_as_of),
        in_bench(rebuilding_reads_the_published_runs_from_their_manifests),
        in_bench(an_unfinished_campaign_is_no_vintage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
