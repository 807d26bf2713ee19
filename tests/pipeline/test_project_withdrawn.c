/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/withdrawn.h"

#include "core/file.h"
#include "core/support.h"
#include "support/arena.h"
#include "support/folder.h"

typedef struct shelf {
    kt_arena *arena;
    const char *workspace;
    kt_source source;
    kt_receipt receipt;
} shelf;

static void open_shelf(kt_arena *arena, shelf *out)
{
    kt_error err = {0};
    *out = (shelf){.arena = arena,
                   .workspace = make_test_folder(arena),
                   .source = {.id = "inbox"},
                   .receipt = {.sha256 = "abc", .url = "file:x.csv"}};
    assert_int_equal(kt_folder_make(kt_path_join(arena, out->workspace, "archive"), &err), KT_OK);
}

static kt_withdrawals load(const shelf *of, const char *lines, kt_status want, kt_error *err)
{
    kt_withdrawals out = {0};
    const char *path = kt_path_join(of->arena, of->workspace, "archive/withdrawn.jsonl");
    assert_int_equal(kt_file_write(path, lines, strlen(lines), err), KT_OK);
    assert_int_equal(kt_withdrawals_load(of->workspace, of->arena, &out, err), want);
    return out;
}

static kt_list_file file_of(const shelf *of, const char *held)
{
    return (kt_list_file){.source = &of->source, .receipt = &of->receipt, .held = held};
}

/* 2026-01-01T00:00:00Z is 1767225600; a day is 86400. */
#define GONE \
    "{\"source\":\"inbox\",\"sha256\":\"abc\",\"time\":\"2026-01-01T00:00:00Z\",\"gone\":true}\n"
#define BACK \
    "{\"source\":\"inbox\",\"sha256\":\"abc\",\"time\":\"2026-01-02T00:00:00Z\",\"gone\":false}\n"
#define DAY INT64_C(1767225600)

static void the_last_that_was_noted_counts(void **state)
{
    shelf of;
    kt_error err = {0};
    open_shelf(*state, &of);
    const kt_list_file file = file_of(&of, "half a list");
    const kt_withdrawals both = load(&of, GONE BACK, KT_OK, &err);
    assert_false(kt_is_withdrawn(both, &file, KT_NO_INSTANT));
    assert_false(kt_is_withdrawn(both, &file, DAY - 1));
    assert_true(kt_is_withdrawn(both, &file, DAY));
    assert_false(kt_is_withdrawn(both, &file, DAY + 86400));
    assert_true(kt_is_withdrawn(load(&of, GONE BACK GONE, KT_OK, &err), &file, KT_NO_INSTANT));
    kt_source other = {.id = "elsewhere"};
    const kt_list_file of_other = {.source = &other, .receipt = &of.receipt};
    assert_false(kt_is_withdrawn(load(&of, GONE, KT_OK, &err), &of_other, KT_NO_INSTANT));
    assert_int_equal(kt_folder_remove(of.workspace, &err), KT_OK);
}

static void only_what_is_held_is_withdrawn(void **state)
{
    shelf of;
    kt_error err = {0};
    open_shelf(*state, &of);
    kt_list_file files[] = {file_of(&of, "half a list"), file_of(&of, NULL)};
    kt_project_lists lists = {.at = files, .count = 2};
    kt_list_withdraw(&lists, load(&of, GONE, KT_OK, &err), KT_NO_INSTANT);
    assert_true(files[0].withdrawn && files[0].replaced);
    assert_false(files[1].withdrawn || files[1].replaced);
    assert_int_equal(kt_folder_remove(of.workspace, &err), KT_OK);
}

static void what_cannot_be_read_is_told_by_its_line(void **state)
{
    shelf of;
    kt_error err = {0};
    open_shelf(*state, &of);
    (void)load(&of, GONE "{\"source\":\"inbox\",\"sha256\":\"abc\"}\n", KT_ERR_FORMAT, &err);
    assert_non_null(strstr(
        err.message, "withdrawn.jsonl:2: expected an object with source, sha256, time and gone"));
    assert_int_equal(kt_folder_remove(of.workspace, &err), KT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_last_that_was_noted_counts),
        ARENA_TEST(only_what_is_held_is_withdrawn),
        ARENA_TEST(what_cannot_be_read_is_told_by_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
