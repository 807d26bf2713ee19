/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fetch/open_night.h"

/* Lists of projects in a folder: rows that fetch does not read. */

static int open_folder(void **state)
{
    const kt_server_options service = {.service = KT_TEST_FILES};
    open_night *of = open_night_at(&service, KT_ROOT "/tests/fixtures/fetch/files.json");
    kt_problems *problems = kt_problems_new(of->arena);
    of->source =
        kt_source_load_list(KT_ROOT "/tests/fixtures/fetch/lists.json", of->arena, problems);
    assert_non_null(of->source);
    of->source->folder = kt_path_join(of->arena, of->folder, "served");
    *state = of;
    return 0;
}

#define at_folder(test) cmocka_unit_test_setup_teardown(test, open_folder, close_open_night)

static void drop(open_night *of, const char *name, const char *words)
{
    const struct timespec times[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    serve_file(of, name, words);
    const char *path = kt_arena_print(of->arena, "%s/served/%s", of->folder, name);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void a_folder_without_lists_is_no_failure(void **state)
{
    open_night *of = *state;
    fetch_open(of, KT_FETCH_UNCHANGED);
    of->source->folder = kt_path_join(of->arena, of->folder, "nowhere");
    fetch_open(of, KT_FETCH_UNCHANGED);
}

static void each_list_is_kept_as_it_came(void **state)
{
    open_night *of = *state;
    drop(of, "2016.csv", "Koodi,Rahasto\nS20001,ESR\n");
    drop(of, "2026.xlsx", "PK\003\004 and what follows");
    fetch_open(of, KT_FETCH_FETCHED);
    fetch_open(of, KT_FETCH_UNCHANGED);
    drop(of, "2016.csv", "Koodi,Rahasto\nS20001,ESR\nS20002,ESR\n");
    fetch_open(of, KT_FETCH_FETCHED);
    size_t count = 0;
    const kt_receipt *receipts = receipts_of_night(of, &count);
    static const char *const wanted[] = {"file:2016.csv", "file:2026.xlsx", "file:2016.csv"};
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(receipts[i].url, wanted[i]);
        assert_string_equal(receipts[i].source, "lists");
        assert_int_equal(receipts[i].purpose, KT_PURPOSE_DATA);
    }
}

static void what_is_no_list_is_refused(void **state)
{
    static const char *const words[] = {"", "<!DOCTYPE html><p>No such snapshot", "{\"a\":1}"};
    open_night *of = *state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        drop(of, "list.csv", words[i]);
        fetch_fails(of, "lists: file:list.csv: not a CSV but ");
    }
    drop(of, "list.csv", "Koodi,Rahasto\nS20001,ESR\n");
    fetch_open(of, KT_FETCH_FETCHED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_folder(a_folder_without_lists_is_no_failure),
        at_folder(each_list_is_kept_as_it_came),
        at_folder(what_is_no_list_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
