/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/documents.h"
#include "fetch/open_night.h"

/* The folder of the source is WORKSPACE/served; the server is not asked for anything. */
static int open_folder(void **state)
{
    const kt_server_options service = {.service = KT_TEST_FILES};
    open_night *of = open_night_at(&service, KT_ROOT "/tests/fixtures/fetch/files.json");
    of->source->folder = kt_path_join(of->arena, of->folder, "served");
    *state = of;
    return 0;
}

#define at_folder(test) cmocka_unit_test_setup_teardown(test, open_folder, close_open_night)

/* As if it had been written long ago: a file of this moment is waited for. */
static void make_old(open_night *of, const char *name)
{
    const struct timespec times[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    const char *path = kt_arena_print(of->arena, "%s/served/%s", of->folder, name);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void drop_words(open_night *of, const char *name, const char *words)
{
    serve_file(of, name, words);
    make_old(of, name);
}

static void drop_dated(open_night *of, const char *name, const char *updated, const char *figures)
{
    document words = two_months(figures);
    words.updated = kt_arena_print(of->arena, "\"updated\":\"%s\",", updated);
    drop_words(of, name, write_document(of->arena, &words));
}

static void drop(open_night *of, const char *name, const char *months, const char *figures)
{
    document words = two_months(figures);
    words.months = months;
    drop_words(of, name, write_document(of->arena, &words));
}

#define MAY_JUNE "\"2026M05\",\"2026M06\""
#define JUNE     "\"2026M06\""
#define EIGHT    "1,2,3,4,5,6,7,8"

static void each_file_is_a_reply_in_the_order_of_names(void **state)
{
    open_night *of = *state;
    drop(of, "b.json", JUNE, "1,2,3,4");
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop(of, "c.csv", MAY_JUNE, EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_int_equal(vintage->reply_count, 2);
    assert_string_equal(vintage->replies[0]->url, "file:a.json");
    assert_string_equal(vintage->replies[1]->url, "file:b.json");
    assert_string_equal(vintage->replies[0]->last_period, "2026M06");
    assert_null(vintage->replies[0]->request);
    assert_true(vintage->last_whole != KT_NO_INSTANT);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 0);
}

/* The edition of July came first, that of June later and under a later name. */
static void files_that_state_their_dates_stand_in_the_order_of_these(void **state)
{
    open_night *of = *state;
    drop_dated(of, "a.json", "2026-07-21T05:00:00Z", EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    drop_dated(of, "c.json", "2026-05-20T05:00:00Z", "1,2,3,4,5,6,7,0");
    drop_dated(of, "b.json", "2026-06-23T05:00:00Z", "1,2,3,4,5,6,7,9");
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_int_equal(vintage->reply_count, 3);
    assert_string_equal(vintage->replies[0]->url, "file:c.json");
    assert_string_equal(vintage->replies[1]->url, "file:b.json");
    assert_string_equal(vintage->replies[2]->url, "file:a.json");
    assert_string_equal(vintage->updated, "2026-07-21T05:00:00Z");
}

static void a_file_with_known_bytes_is_unchanged_and_one_that_vanished_stays(void **state)
{
    open_night *of = *state;
    size_t before = 0;
    size_t after = 0;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop(of, "b.json", JUNE, "1,2,3,4");
    fetch_open(of, KT_FETCH_FETCHED);
    (void)receipts_of_night(of, &before);
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_int_equal(unlink(kt_path_join(of->arena, of->source->folder, "a.json")), 0);
    fetch_open(of, KT_FETCH_UNCHANGED);
    (void)receipts_of_night(of, &after);
    assert_int_equal(before, after);
    assert_int_equal(vintage_of_night(of)->reply_count, 2);
}

static void a_corrected_file_takes_the_place_of_itself(void **state)
{
    open_night *of = *state;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop(of, "b.json", JUNE, "1,2,3,4");
    fetch_open(of, KT_FETCH_FETCHED);
    drop(of, "a.json", MAY_JUNE, "1,2,3,4,5,6,7,9");
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_int_equal(vintage->reply_count, 2);
    assert_string_equal(vintage->replies[1]->url, "file:a.json");
}

/* Bytes that come back after others are news again. */
static void a_correction_that_is_taken_back_is_a_correction(void **state)
{
    open_night *of = *state;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    drop(of, "a.json", MAY_JUNE, "1,2,3,4,5,6,7,9");
    fetch_open(of, KT_FETCH_FETCHED);
    drop(of, "a.json", MAY_JUNE, EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    fetch_open(of, KT_FETCH_UNCHANGED);
}

static void names_of_copies_on_their_way_and_hidden_ones_are_passed_over(void **state)
{
    static const char *const names[] = {".a.json", "a.json.tmp", "a.json.part", "a.json~",
                                        "b.json.filepart"};
    static kt_address_spec all[] = {{.path = "*", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    open_night *of = *state;
    of->source->addresses = all;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        drop_words(of, names[i], "half");
    }
    fetch_fails(of, "no file is called *, expected some");
    assert_int_equal(of->result.status, KT_ERR_NOT_FOUND);
    drop(of, "a.json", MAY_JUNE, EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
}

static void a_file_that_was_written_just_now_is_taken_if_nobody_writes_to_it(void **state)
{
    open_night *of = *state;
    const document words = two_months(EIGHT);
    serve_file(of, "a.json", write_document(of->arena, &words));
    fetch_open(of, KT_FETCH_FETCHED);
}

static void what_cannot_be_read_is_refused_by_itself(void **state)
{
    static const struct {
        const char *words, *says;
    } cases[] = {
        {"", "file:b.json: not a JSON object but an empty body"},
        {"half of a fi", "file:b.json: not a JSON object but plain text"},
        {"{\"class\":\"dataset\"}", "file:b.json: "},
        {"{\"error\":\"x\"}", "file:b.json: "},
    };
    open_night *of = *state;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop(of, "c.json", JUNE, "1,2,3,4");
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        drop_words(of, "b.json", cases[i].words);
        fetch_fails(of, cases[i].says);
        assert_true(kt_text_starts(of->result.message, "files: file:b.json: "));
        assert_int_equal(vintage_of_night(of)->reply_count, 2);
        assert_non_null(vintage_of_night(of)->last_fault);
    }
    drop(of, "b.json", JUNE, "1,2,3,4");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_null(vintage_of_night(of)->last_fault);
}

static void a_file_that_stays_bad_is_told_each_night_and_recorded_once(void **state)
{
    open_night *of = *state;
    size_t before = 0;
    size_t after = 0;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop_words(of, "bad.json", "<html><body>no</body></html>");
    drop_words(of, "worse.json", "<html><body>no</body></html>");
    fetch_fails(of, "file:bad.json: not a JSON object but a web page");
    assert_non_null(strstr(of->result.message, "; and 1 more"));
    (void)receipts_of_night(of, &before);
    fetch_fails(of, "file:bad.json: not a JSON object but a web page");
    assert_int_equal(of->result.refusal_count, 2);
    assert_true(kt_text_starts(of->result.refusals[0], "file:bad.json: not a JSON object"));
    assert_true(kt_text_starts(of->result.refusals[1], "file:worse.json: not a JSON object"));
    (void)receipts_of_night(of, &after);
    assert_int_equal(before, after);
    assert_int_equal(unlink(kt_path_join(of->arena, of->source->folder, "bad.json")), 0);
    assert_int_equal(unlink(kt_path_join(of->arena, of->source->folder, "worse.json")), 0);
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_null(vintage_of_night(of)->last_fault);
}

static void a_file_that_lacks_what_is_wanted_is_refused(void **state)
{
    open_night *of = *state;
    document words = two_months("1,2,3,4");
    words.areas = "\"SSS\"";
    drop_words(of, "a.json", write_document(of->arena, &words));
    fetch_fails(of, "file:a.json: variable area (region): no value matches MK*");
    assert_int_equal(of->result.status, KT_ERR_FORMAT);
}

static void a_file_without_a_variable_that_is_expected_is_refused(void **state)
{
    open_night *of = *state;
    drop_words(of, "a.json",
               "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"time\",\"content\"],"
               "\"size\":[1,2],\"role\":{\"time\":[\"time\"]},\"dimension\":{"
               "\"time\":{\"category\":{\"index\":[\"2026M06\"]}},"
               "\"content\":{\"category\":{\"index\":[\"U\",\"V\"]}}},\"value\":[1,2]}");
    fetch_fails(of, "file:a.json: no variable for the role region, expected area; the table has "
                    "time (time), content (content)");
    assert_int_equal(of->result.status, KT_ERR_FORMAT);
}

static void a_file_above_the_limit_is_not_read(void **state)
{
    open_night *of = *state;
    of->options.reply_limit_bytes = 100;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    fetch_fails(of, "file:a.json: ");
    assert_non_null(strstr(of->result.message, "larger than the limit of 100 bytes"));
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    open_night *of = *state;
    of->source->folder = kt_path_join(of->arena, of->folder, "nowhere");
    fetch_fails(of, "nowhere");
    assert_int_equal(of->result.status, KT_ERR_NOT_FOUND);
}

static void files_of_a_folder_below_are_taken_by_their_path(void **state)
{
    static kt_address_spec below[] = {
        {.path = "2026/*.json", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    open_night *of = *state;
    of->source->addresses = below;
    drop(of, "2026/a.json", MAY_JUNE, EIGHT);
    drop(of, "b.json", MAY_JUNE, EIGHT);
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
    assert_string_equal(vintage_of_night(of)->replies[0]->url, "file:2026/a.json");
}

static void a_name_that_cannot_stand_in_a_receipt_is_refused(void **state)
{
    open_night *of = *state;
    drop(of, "a\xff.json", MAY_JUNE, EIGHT);
    fetch_fails(of, "file:a?.json: a name of letters that are no UTF-8");
}

static void no_receipt_names_a_folder_of_the_machine(void **state)
{
    open_night *of = *state;
    size_t count = 0;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop_words(of, "b.json", "");
    fetch_fails(of, "file:b.json");
    const kt_receipt *receipts = receipts_of_night(of, &count);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_null(strstr(receipts[i].url, of->folder));
        assert_true(receipts[i].fault == NULL || strstr(receipts[i].fault, of->folder) == NULL);
    }
}

static void a_dry_run_tells_the_new_files_and_takes_none(void **state)
{
    open_night *of = *state;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    drop(of, "b.json", JUNE, "1,2,3,4");
    of->options.dry_run = true;
    fetch_open(of, KT_FETCH_PLANNED);
    assert_int_equal(of->result.plan->call_count, 2);
    assert_string_equal(of->result.plan->calls[1].url, "file:b.json");
    size_t count = 0;
    (void)receipts_of_night(of, &count);
    assert_int_equal(count, 0);
}

static void link_to(const open_night *of, const char *target, const char *name)
{
    assert_int_equal(symlink(target, kt_path_join(of->arena, of->source->folder, name)), 0);
}

static void a_link_is_told_and_what_it_leads_to_is_never_read(void **state)
{
    open_night *of = *state;
    drop(of, "a.json", MAY_JUNE, EIGHT);
    assert_int_equal(mkdir(kt_path_join(of->arena, of->folder, "away"), 0700), 0);
    const char *secret = kt_path_join(of->arena, of->folder, "away/secret.json");
    assert_int_equal(rename(kt_path_join(of->arena, of->source->folder, "a.json"), secret), 0);
    drop(of, "b.json", JUNE, "1,2,3,4");
    link_to(of, secret, "c.json");
    link_to(of, "nowhere", "d.json");
    fetch_fails(of, "files: file:c.json: a link, expected the file itself; and 1 more");
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
    size_t count = 0;
    const kt_receipt *receipts = receipts_of_night(of, &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(strcmp(receipts[i].url, "file:b.json") == 0 || receipts[i].bytes == 0);
    }
}

static void a_folder_below_that_is_a_link_is_not_followed(void **state)
{
    static kt_address_spec below[] = {
        {.path = "2026/*.json", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    open_night *of = *state;
    of->source->addresses = below;
    drop(of, "2026/a.json", MAY_JUNE, EIGHT);
    const char *inside = kt_path_join(of->arena, of->source->folder, "2026");
    const char *away = kt_path_join(of->arena, of->folder, "away");
    assert_int_equal(rename(inside, away), 0);
    link_to(of, away, "2026");
    fetch_fails(of, "file:2026/a.json: it cannot be read: a link is on its way");
    assert_int_equal(vintage_of_night(of)->reply_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_folder(each_file_is_a_reply_in_the_order_of_names),
        at_folder(files_that_state_their_dates_stand_in_the_order_of_these),
        at_folder(a_file_with_known_bytes_is_unchanged_and_one_that_vanished_stays),
        at_folder(a_corrected_file_takes_the_place_of_itself),
        at_folder(a_correction_that_is_taken_back_is_a_correction),
        at_folder(names_of_copies_on_their_way_and_hidden_ones_are_passed_over),
        at_folder(a_file_that_was_written_just_now_is_taken_if_nobody_writes_to_it),
        at_folder(what_cannot_be_read_is_refused_by_itself),
        at_folder(a_file_that_stays_bad_is_told_each_night_and_recorded_once),
        at_folder(a_file_that_lacks_what_is_wanted_is_refused),
        at_folder(a_file_without_a_variable_that_is_expected_is_refused),
        at_folder(a_file_above_the_limit_is_not_read),
        at_folder(a_folder_that_is_not_there_is_named),
        at_folder(files_of_a_folder_below_are_taken_by_their_path),
        at_folder(a_link_is_told_and_what_it_leads_to_is_never_read),
        at_folder(a_folder_below_that_is_a_link_is_not_followed),
        at_folder(a_name_that_cannot_stand_in_a_receipt_is_refused),
        at_folder(no_receipt_names_a_folder_of_the_machine),
        at_folder(a_dry_run_tells_the_new_files_and_takes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
