/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/vintage.h"

#include "fetch/support.h"

#define U1 "2026-06-01T05:00:00Z"
#define U2 "2026-07-01T05:00:00Z"

/* A good reply to a question that depends on the part's number alone. */
static kt_receipt data(const char *campaign, size_t part, size_t parts, kt_instant time,
                       const char *updated)
{
    static const char *const requests[] = {"a", "b", "c", "d"};
    return (kt_receipt){.source = "12ti",
                        .purpose = KT_PURPOSE_DATA,
                        .method = "POST",
                        .url = "https://example.fi/12ti.px",
                        .request = requests[part],
                        .time = time,
                        .status = 200,
                        .sha256 = "ab",
                        .updated = updated,
                        .campaign = campaign,
                        .part = part,
                        .parts = parts};
}

static kt_receipt bad(kt_receipt receipt, const char *fault)
{
    receipt.fault = fault;
    return receipt;
}

static kt_receipt other(kt_purpose purpose, const char *source, kt_instant time)
{
    return (kt_receipt){.source = source,
                        .purpose = purpose,
                        .method = "GET",
                        .url = "https://example.fi/12ti.px",
                        .time = time,
                        .status = 200};
}

static const kt_vintage *find(void *state, const kt_receipt *receipts, size_t count,
                              kt_instant until)
{
    return kt_vintage_find(receipts, count, "12ti", until, arena_of(state));
}

#define find_all(receipts)          find(*state, receipts, COUNT_OF(receipts), KT_NO_INSTANT)
#define find_until(receipts, until) find(*state, receipts, COUNT_OF(receipts), until)

static void nothing_received_is_an_empty_vintage(void **state)
{
    const kt_vintage *vintage = find(*state, NULL, 0, KT_NO_INSTANT);
    assert_int_equal(vintage->reply_count, 0);
    assert_null(vintage->updated);
    assert_true(vintage->last_good == KT_NO_INSTANT);
}

static void a_campaign_counts_when_its_last_part_is_there(void **state)
{
    const kt_receipt receipts[] = {data("c", 1, 2, 10, U1), data("c", 0, 2, 20, U1)};
    assert_int_equal(find(*state, receipts, 1, KT_NO_INSTANT)->reply_count, 0);
    const kt_vintage *vintage = find_all(receipts);
    assert_int_equal(vintage->reply_count, 2);
    assert_ptr_equal(vintage->replies[0], &receipts[1]);
    assert_ptr_equal(vintage->replies[1], &receipts[0]);
    assert_string_equal(vintage->updated, U1);
    assert_true(vintage->last_good == 20);
    assert_true(vintage->last_whole == KT_NO_INSTANT);
}

static void parts_of_two_publications_are_no_table(void **state)
{
    const kt_receipt receipts[] = {data("c", 0, 2, 10, U1), data("c", 1, 2, 20, U2)};
    assert_int_equal(find_all(receipts)->reply_count, 0);
}

static void of_a_part_received_again_the_newest_counts(void **state)
{
    const kt_receipt receipts[] = {data("c", 0, 2, 10, U1), data("c", 1, 2, 20, U2),
                                   data("c", 0, 2, 30, U2)};
    const kt_vintage *vintage = find_all(receipts);
    assert_int_equal(vintage->reply_count, 2);
    assert_ptr_equal(vintage->replies[0], &receipts[2]);
    assert_string_equal(vintage->updated, U2);
}

static void a_part_that_was_split_makes_more_parts(void **state)
{
    const kt_receipt receipts[] = {data("c", 1, 2, 10, U1), data("c", 0, 3, 20, U1),
                                   data("c", 2, 3, 30, U1)};
    assert_int_equal(find(*state, receipts, 2, KT_NO_INSTANT)->reply_count, 0);
    assert_int_equal(find_all(receipts)->reply_count, 3);
}

static void a_bad_reply_does_not_count(void **state)
{
    const kt_receipt receipts[] = {data("c", 0, 2, 10, U1),
                                   bad(data("c", 1, 2, 20, U1), "no JSON")};
    assert_int_equal(find_all(receipts)->reply_count, 0);
}

static void another_table_does_not_count(void **state)
{
    kt_receipt receipts[] = {data("c", 0, 1, 10, U1)};
    receipts[0].source = "12r5";
    assert_int_equal(find_all(receipts)->reply_count, 0);
}

static void what_came_after_the_moment_does_not_count(void **state)
{
    const kt_receipt receipts[] = {data("c", 0, 1, 10, U1), data("d", 1, 2, 20, U2),
                                   data("d", 0, 2, 30, U2)};
    const kt_vintage *before = find_until(receipts, 29);
    assert_int_equal(before->reply_count, 1);
    assert_string_equal(before->updated, U1);
    assert_string_equal(find_until(receipts, 30)->updated, U2);
}

static void the_same_question_has_one_answer_the_newest(void **state)
{
    const kt_receipt receipts[] = {data("c", 0, 2, 10, U1), data("c", 1, 2, 11, U1),
                                   data("d", 0, 1, 20, U2)};
    const kt_vintage *vintage = find_all(receipts);
    assert_int_equal(vintage->reply_count, 2);
    assert_ptr_equal(vintage->replies[0], &receipts[1]);
    assert_ptr_equal(vintage->replies[1], &receipts[2]);
}

static void the_last_whole_campaign_is_remembered(void **state)
{
    kt_receipt receipts[] = {data("c", 0, 1, 10, U1), data("d", 0, 1, 20, U2)};
    receipts[0].whole = true;
    const kt_vintage *vintage = find_all(receipts);
    assert_true(vintage->last_good == 20);
    assert_true(vintage->last_whole == 10);
}

static void a_failure_counts_until_it_is_mended(void **state)
{
    const kt_receipt receipts[] = {
        data("c", 0, 1, 10, U1),
        bad(other(KT_PURPOSE_PROBE, "12ti", 20), "HTTP 503"),
        other(KT_PURPOSE_PROBE, "12ti", 21),
    };
    const kt_vintage *vintage = find_until(receipts, 20);
    assert_true(vintage->last_failed == 20);
    assert_string_equal(vintage->last_fault, "HTTP 503");
    assert_true(find_all(receipts)->last_failed == KT_NO_INSTANT);
}

static void an_earlier_failure_is_over_when_a_campaign_is_complete(void **state)
{
    const kt_receipt receipts[] = {bad(data("c", 1, 2, 10, U1), "cut"), data("d", 0, 1, 20, U1)};
    assert_true(find_until(receipts, 10)->last_failed == 10);
    assert_true(find_all(receipts)->last_failed == KT_NO_INSTANT);
}

static void limits_that_could_not_be_read_are_a_failure_of_the_hosts_tables(void **state)
{
    const kt_receipt receipts[] = {
        data("c", 0, 1, 10, U1),
        bad(other(KT_PURPOSE_CONFIG, "example.fi", 20), "no connection"),
        bad(other(KT_PURPOSE_CONFIG, "example.se", 30), "no connection"),
        other(KT_PURPOSE_CONFIG, "example.fi", 40),
    };
    assert_true(find_until(receipts, 30)->last_failed == 20);
    assert_true(find_all(receipts)->last_failed == KT_NO_INSTANT);
}

static void a_body_is_known_since_its_first_data_receipt(void **state)
{
    (void)state;
    kt_receipt receipts[] = {other(KT_PURPOSE_PROBE, "12ti", 5), data("c", 0, 1, 10, U1),
                             data("d", 0, 1, 20, U1)};
    memcpy(receipts[0].sha256, "ab", 3);
    assert_true(kt_first_received(receipts, 3, "ab") == 10);
    assert_true(kt_first_received(receipts, 3, "cd") == KT_NO_INSTANT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(nothing_received_is_an_empty_vintage),
        in_bench(a_campaign_counts_when_its_last_part_is_there),
        in_bench(parts_of_two_publications_are_no_table),
        in_bench(of_a_part_received_again_the_newest_counts),
        in_bench(a_part_that_was_split_makes_more_parts),
        in_bench(a_bad_reply_does_not_count),
        in_bench(another_table_does_not_count),
        in_bench(what_came_after_the_moment_does_not_count),
        in_bench(the_same_question_has_one_answer_the_newest),
        in_bench(the_last_whole_campaign_is_remembered),
        in_bench(a_failure_counts_until_it_is_mended),
        in_bench(an_earlier_failure_is_over_when_a_campaign_is_complete),
        in_bench(limits_that_could_not_be_read_are_a_failure_of_the_hosts_tables),
        cmocka_unit_test(a_body_is_known_since_its_first_data_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
