/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/archive.h"

#include <sys/stat.h>

#include "core/text.h"
#include "fetch/support.h"

/* printf hello | sha256sum */
#define HELLO      "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
#define HELLO_FILE "archive/2c/f24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824.zst"
#define JULY       "archive/receipts/2026-07.jsonl"
#define IN_JULY    1783000000 /* date -u -d @1783000000: 2 July 2026 */

static void store(kt_archive *archive, const char *words, char sha256[KT_HASH_SIZE])
{
    kt_error err = {0};
    assert_ok(kt_archive_store(archive, words, strlen(words), sha256, &err));
}

static void assert_body(void *state, const kt_archive *archive, const char *sha256,
                        const char *words)
{
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = SIZE_MAX;
    assert_ok(kt_archive_load(archive, sha256, arena_of(state), &bytes, &length, &err));
    assert_int_equal(length, strlen(words));
    assert_memory_equal(bytes, words, length);
}

/* What is said of HELLO, which cannot be loaded. */
static kt_error refused(void *state, const kt_archive *archive, kt_status status)
{
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(kt_archive_load(archive, HELLO, arena_of(state), &bytes, &length, &err),
                     status);
    return err;
}

static void a_stored_body_comes_back_as_it_was(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    store(archive, "hello", sha256);
    assert_string_equal(sha256, HELLO);
    assert_true(kt_file_exists(path_of(*state, HELLO_FILE)));
    assert_body(*state, archive, HELLO, "hello");
}

static void an_empty_body_is_a_body(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    store(archive, "", sha256);
    assert_body(*state, archive, sha256, "");
}

static void a_body_that_is_there_is_not_written_again(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    struct stat first;
    struct stat second;
    store(archive, "hello", sha256);
    assert_int_equal(stat(path_of(*state, HELLO_FILE), &first), 0);
    store(archive, "hello", sha256);
    assert_int_equal(stat(path_of(*state, HELLO_FILE), &second), 0);
    assert_int_equal(first.st_ino, second.st_ino);
}

static void a_damaged_body_is_refused_with_its_path(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    store(archive, "hello", sha256);
    (void)write_words(*state, HELLO_FILE, "(\xb5/\xfd not quite");
    const kt_error err = refused(*state, archive, KT_ERR_FORMAT);
    assert_says(&err, HELLO_FILE);
    assert_says(&err, "damaged");
}

static void a_damaged_body_that_comes_again_is_mended(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    store(archive, "hello", sha256);
    (void)write_words(*state, HELLO_FILE, "");
    store(archive, "hello", sha256);
    assert_body(*state, archive, HELLO, "hello");
}

static void another_body_under_a_name_is_refused(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    store(archive, "hello", sha256);
    store(archive, "other", sha256);
    const char *other = kt_arena_print(arena_of(*state), "archive/%.2s/%s.zst", sha256, sha256 + 2);
    assert_int_equal(rename(path_of(*state, other), path_of(*state, HELLO_FILE)), 0);
    const kt_error err = refused(*state, archive, KT_ERR_FORMAT);
    assert_says(&err, sha256);
}

static void a_body_nobody_stored_is_not_found(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    (void)refused(*state, archive, KT_ERR_NOT_FOUND);
}

static void what_a_killed_run_left_is_gone_at_the_next_store(void **state)
{
    kt_error err = {0};
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    char sha256[KT_HASH_SIZE];
    assert_ok(kt_folder_make(path_of(*state, "archive/2c"), &err));
    const char *left = write_words(*state, "archive/2c/f24d.zst.123-4.tmp", "half");
    store(archive, "hello", sha256);
    assert_false(kt_file_exists(left));
    assert_true(kt_file_exists(path_of(*state, HELLO_FILE)));
}

static kt_receipt a_receipt(const char *source, kt_instant time)
{
    return (kt_receipt){.source = source,
                        .purpose = KT_PURPOSE_DATA,
                        .method = "POST",
                        .url = "https://example.fi/12r5.px",
                        .request = "{\"query\":[]}",
                        .time = time,
                        .status = 200,
                        .sha256 = HELLO,
                        .bytes = 5,
                        .updated = "2026-07-21T05:00:00Z",
                        .campaign = "12r5-a",
                        .part = 1,
                        .parts = 3,
                        .whole = true};
}

static void append(kt_archive *archive, const kt_receipt *receipt)
{
    kt_error err = {0};
    assert_ok(kt_archive_receipt(archive, receipt, &err));
}

static kt_receipt *read_all(void *state, const kt_archive *archive, size_t expected)
{
    kt_error err = {0};
    kt_receipt *read = NULL;
    size_t count = 0;
    assert_ok(kt_archive_receipts(archive, arena_of(state), &read, &count, &err));
    assert_int_equal(count, expected);
    return read;
}

static void assert_same_receipt(const kt_receipt *got, const kt_receipt *want)
{
    assert_string_equal(got->source, want->source);
    assert_int_equal(got->purpose, want->purpose);
    assert_string_equal(got->method, want->method);
    assert_string_equal(got->url, want->url);
    assert_true(kt_text_same(got->request, want->request));
    assert_int_equal(got->time, want->time);
    assert_int_equal(got->status, want->status);
    assert_true(kt_text_same(got->content_type, want->content_type));
    assert_true(kt_text_same(got->headers, want->headers));
    assert_true(kt_text_same(got->fault, want->fault));
    assert_string_equal(got->sha256, want->sha256);
    assert_int_equal(got->bytes, want->bytes);
    assert_true(kt_text_same(got->updated, want->updated));
    assert_true(kt_text_same(got->campaign, want->campaign));
    assert_int_equal(got->part, want->part);
    assert_int_equal(got->parts, want->parts);
    assert_int_equal(got->whole, want->whole);
}

static void receipts_come_back_in_the_order_of_writing(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    const kt_receipt written[] = {
        a_receipt("12r5", IN_JULY),
        {.source = "example.fi",
         .purpose = KT_PURPOSE_CONFIG,
         .method = "GET",
         .url = "https://example.fi/?config",
         .time = IN_JULY + 1,
         .content_type = "text/html",
         .headers = "HTTP/1.1 200 OK\r\nX-Quote: \"a\\b\"\r\n",
         .fault = "no connection"},
        a_receipt("12ti", IN_JULY + 2),
    };
    for (size_t i = 0; i < COUNT_OF(written); i++) {
        append(archive, &written[i]);
    }
    const kt_receipt *read = read_all(*state, archive, COUNT_OF(written));
    for (size_t i = 0; i < COUNT_OF(written); i++) {
        assert_same_receipt(&read[i], &written[i]);
    }
}

static void a_receipt_stands_in_the_file_of_its_month(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    const kt_receipt receipt = a_receipt("12r5", IN_JULY);
    append(archive, &receipt);
    assert_true(kt_file_exists(path_of(*state, JULY)));
}

static void the_order_survives_a_clock_that_goes_back(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    const kt_receipt late = a_receipt("late", IN_JULY);
    const kt_receipt early = a_receipt("early", 1700000000);
    append(archive, &late);
    append(archive, &early);
    const kt_receipt *read = read_all(*state, archive, 2);
    assert_string_equal(read[0].source, "late");
    assert_string_equal(read[1].source, "early");
}

static void header_bytes_that_are_no_utf8_are_read_as_latin1(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    kt_receipt receipt = a_receipt("12r5", IN_JULY);
    receipt.headers = "X-Name: Hyvink\xe4\xe4\r\n";
    append(archive, &receipt);
    assert_string_equal(read_all(*state, archive, 1)->headers,
                        "X-Name: Hyvink\xc3\xa4\xc3\xa4\r\n");
}

static void a_torn_last_line_is_left_out_and_cut_off_by_the_next(void **state)
{
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    const kt_receipt receipt = a_receipt("12r5", IN_JULY);
    append(archive, &receipt);
    FILE *month = fopen(path_of(*state, JULY), "ab");
    assert_non_null(month);
    assert_true(fputs("{\"time\":\"2026-07-02T", month) >= 0);
    assert_int_equal(fclose(month), 0);
    (void)read_all(*state, archive, 1);
    append(archive, &receipt);
    (void)read_all(*state, archive, 2);
}

static void an_unreadable_line_is_named_by_file_and_line(void **state)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        {"not json\n", JULY ":1: no receipt"},
        {"[1]\n", JULY ":1: no receipt: expected an object"},
        {"{\"time\":\"yesterday\"}\n", JULY ":1: time: expected a moment in UTC"},
        {"{\"time\":\"2026-07-02T00:00:00Z\"}\n", JULY ":1: source: expected a text"},
        {"{\"time\":\"2026-07-02T00:00:00Z\",\"source\":\"12r5\",\"purpose\":\"data\","
         "\"method\":\"POST\",\"url\":\"https://example.fi/12r5.px\",\"status\":200,\"bytes\":0,"
         "\"campaign\":\"a\",\"part\":0,\"parts\":4611686018427387904,\"whole\":true}\n",
         JULY ":1: parts: expected at most 1000000"},
    };
    KT_AUTO(archive) kt_archive *archive = open_archive(*state);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        kt_receipt *read = NULL;
        size_t count = 0;
        (void)write_words(*state, JULY, cases[i].line);
        assert_int_equal(kt_archive_receipts(archive, arena_of(*state), &read, &count, &err),
                         KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_stored_body_comes_back_as_it_was),
        in_bench(an_empty_body_is_a_body),
        in_bench(a_body_that_is_there_is_not_written_again),
        in_bench(a_damaged_body_is_refused_with_its_path),
        in_bench(a_damaged_body_that_comes_again_is_mended),
        in_bench(another_body_under_a_name_is_refused),
        in_bench(a_body_nobody_stored_is_not_found),
        in_bench(what_a_killed_run_left_is_gone_at_the_next_store),
        in_bench(receipts_come_back_in_the_order_of_writing),
        in_bench(a_receipt_stands_in_the_file_of_its_month),
        in_bench(the_order_survives_a_clock_that_goes_back),
        in_bench(header_bytes_that_are_no_utf8_are_read_as_latin1),
        in_bench(a_torn_last_line_is_left_out_and_cut_off_by_the_next),
        in_bench(an_unreadable_line_is_named_by_file_and_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
