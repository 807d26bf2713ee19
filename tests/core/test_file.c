/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"

#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "core/support.h"

static void check_content(void *state, const char *path, const char *content)
{
    const bench *made = state;
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1000, made->arena, &bytes, &length, &error), KT_OK);
    assert_string_equal(bytes, content);
    assert_int_equal(length, strlen(content));
}

static void a_written_file_is_read_back_and_leaves_nothing_beside_it(void **state)
{
    bench *made = *state;
    char *path = path_of(made, "t.txt");
    kt_error error = {0};
    assert_int_equal(kt_file_write(path, "first", 5, &error), KT_OK);
    assert_int_equal(kt_file_write(path, "second", 6, &error), KT_OK);
    check_content(made, path, "second");
    assert_int_equal(kt_file_write(path_of(made, "empty"), NULL, 0, &error), KT_OK);
    check_content(made, path_of(made, "empty"), "");
    char **names = NULL;
    size_t count = 0;
    assert_int_equal(kt_folder_list(made->folder, made->arena, &names, &count, &error), KT_OK);
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "empty");
    assert_string_equal(names[1], "t.txt");
}

static void a_file_is_written_under_the_umask(void **state)
{
    bench *made = *state;
    char *path = path_of(made, "t.txt");
    kt_error error = {0};
    const mode_t before = umask(027);
    const kt_status status = kt_file_write(path, "x", 1, &error);
    umask(before);
    assert_int_equal(status, KT_OK);
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
}

static void appended_lines_follow_one_another(void **state)
{
    bench *made = *state;
    char *path = path_of(made, "2026-11.jsonl");
    kt_error error = {0};
    assert_int_equal(kt_file_append(path, "one\n", 4, &error), KT_OK);
    assert_int_equal(kt_file_append(path, "two\n", 4, &error), KT_OK);
    check_content(made, path, "one\ntwo\n");
}

/* A file size limit stands in for the full disk: part of the bytes fit, the rest does not. */
static kt_status with_room_for(rlim_t bytes, kt_status (*put)(const char *, kt_error *),
                               const char *path, kt_error *err)
{
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    const struct rlimit small = {.rlim_cur = bytes, .rlim_max = before.rlim_max};
    void (*const handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    const kt_status status = put(path, err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, handler);
    return status;
}

static kt_status append_line(const char *path, kt_error *err)
{
    return kt_file_append(path, "a longer line\n", 14, err);
}

static kt_status write_line(const char *path, kt_error *err)
{
    return kt_file_write(path, "a longer line\n", 14, err);
}

static void half_a_line_on_a_full_disk_is_taken_back(void **state)
{
    bench *made = *state;
    char *path = write_words(made, "log", "old\n");
    kt_error error = {0};
    assert_int_equal(with_room_for(8, append_line, path, &error), KT_ERR_IO);
    assert_says(&error, "log: only 4 of 14 bytes could be written");
    check_content(made, path, "old\n");
}

static void a_full_disk_leaves_the_old_file_and_nothing_beside_it(void **state)
{
    bench *made = *state;
    char *path = write_words(made, "t", "old");
    kt_error error = {0};
    assert_int_equal(with_room_for(8, write_line, path, &error), KT_ERR_IO);
    assert_says(&error, "t: cannot write");
    check_content(made, path, "old");
    char **names = NULL;
    size_t count = 0;
    assert_int_equal(kt_folder_list(made->folder, made->arena, &names, &count, &error), KT_OK);
    assert_int_equal(count, 1);
}

static void a_full_device_is_an_io_error(void **state)
{
    (void)state;
    kt_error error = {0};
    assert_int_equal(kt_file_append("/dev/full", "x\n", 2, &error), KT_ERR_IO);
    assert_says(&error, "/dev/full: cannot write: No space left on device");
}

typedef struct read_case {
    const char *name;
    kt_status status;
    const char *says;
} read_case;

static void what_cannot_be_read_is_refused_with_its_name(void **state)
{
    bench *made = *state;
    (void)write_words(made, "long", "12345678901");
    static const read_case cases[] = {
        {"none", KT_ERR_NOT_FOUND, "none: cannot open: No such file or directory"},
        {"long/below", KT_ERR_NOT_FOUND, "Not a directory"},
        {"long", KT_ERR_FORMAT, "long: 11 bytes, more than the limit of 10"},
        {".", KT_ERR_FORMAT, "a folder where a file is expected"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *bytes = NULL;
        size_t length = 0;
        kt_error error = {0};
        assert_int_equal(
            kt_file_read(path_of(made, cases[i].name), 10, made->arena, &bytes, &length, &error),
            cases[i].status);
        assert_says(&error, cases[i].says);
        assert_null(bytes);
    }
}

static void a_stream_is_read_up_to_its_limit(void **state)
{
    const bench *made = *state;
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    assert_int_equal(kt_file_read("/dev/zero", 1000, made->arena, &bytes, &length, &error),
                     KT_ERR_FORMAT);
    assert_says(&error, "/dev/zero: longer than the limit of 1000 bytes");
    assert_int_equal(kt_file_read("/dev/null", 1000, made->arena, &bytes, &length, &error), KT_OK);
    assert_int_equal(length, 0);
    assert_string_equal(bytes, "");
}

static void what_cannot_be_created_is_named(void **state)
{
    bench *made = *state;
    (void)write_words(made, "file", "");
    char *below_none = path_of(made, "none/t");
    char *below_file = path_of(made, "file/t");
    kt_error error = {0};
    assert_int_equal(kt_file_write(below_none, "x", 1, &error), KT_ERR_CANTCREATE);
    assert_says(&error, "none/t: cannot create: No such file or directory");
    assert_int_equal(kt_file_append(below_none, "x", 1, &error), KT_ERR_CANTCREATE);
    assert_int_equal(kt_file_write(below_file, "x", 1, &error), KT_ERR_CANTCREATE);
    assert_int_equal(kt_folder_make(below_file, &error), KT_ERR_CANTCREATE);
    assert_says(&error, "file: a file stands where a folder is needed");
    assert_int_equal(kt_file_write(made->folder, "x", 1, &error), KT_ERR_CANTCREATE);
}

static void folders_are_made_with_their_parents(void **state)
{
    bench *made = *state;
    char *deep = path_of(made, "a/b//c");
    kt_error error = {0};
    assert_int_equal(kt_folder_make(deep, &error), KT_OK);
    assert_int_equal(kt_folder_make(deep, &error), KT_OK);
    assert_true(kt_file_exists(deep));
    assert_int_equal(kt_folder_make("/tmp", &error), KT_OK);
    assert_int_equal(kt_folder_sync(path_of(made, "none"), &error), KT_ERR_NOT_FOUND);
}

static void names_come_sorted_bytewise(void **state)
{
    bench *made = *state;
    static const char *const files[] = {"b", "a10", "a2", "Z", "\xc3\xa4"};
    static const char *const sorted[] = {"Z", "a10", "a2", "b", "\xc3\xa4"};
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        (void)write_words(made, files[i], "");
    }
    char **names = NULL;
    size_t count = 0;
    kt_error error = {0};
    assert_int_equal(kt_folder_list(made->folder, made->arena, &names, &count, &error), KT_OK);
    assert_int_equal(count, COUNT_OF(sorted));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(names[i], sorted[i]);
    }
    assert_int_equal(kt_folder_list(path_of(made, "none"), made->arena, &names, &count, &error),
                     KT_ERR_NOT_FOUND);
}

static void a_removed_folder_takes_no_link_s_target_with_it(void **state)
{
    bench *made = *state;
    kt_error error = {0};
    char *kept = write_words(made, "kept", "still here");
    assert_int_equal(kt_folder_make(path_of(made, "run/csv/x"), &error), KT_OK);
    (void)write_words(made, "run/csv/t.csv", "a\n");
    assert_int_equal(symlink(kept, path_of(made, "run/link")), 0);
    assert_int_equal(symlink(made->folder, path_of(made, "run/csv/loop")), 0);
    assert_int_equal(kt_folder_remove(path_of(made, "run"), &error), KT_OK);
    assert_false(kt_file_exists(path_of(made, "run")));
    check_content(made, kept, "still here");
    assert_int_equal(kt_folder_remove(path_of(made, "run"), &error), KT_OK);
    assert_int_not_equal(kt_folder_remove(kept, &error), KT_OK);
    check_content(made, kept, "still here");
}

static void an_unreadable_folder_is_a_matter_of_permission(void **state)
{
    bench *made = *state;
    char *closed = path_of(made, "closed");
    kt_error error = {0};
    assert_int_equal(mkdir(closed, 0), 0);
    if (geteuid() == 0) {
        skip(); /* root may read everything */
    }
    char **names = NULL;
    size_t count = 0;
    assert_int_equal(kt_folder_list(closed, made->arena, &names, &count, &error),
                     KT_ERR_PERMISSION);
    assert_int_equal(kt_file_write(path_of(made, "closed/t"), "x", 1, &error), KT_ERR_PERMISSION);
    assert_int_equal(chmod(closed, 0700), 0);
}

typedef struct path_case {
    const char *folder, *name, *joined;
} path_case;

static void paths_are_joined_and_split(void **state)
{
    const bench *made = *state;
    static const path_case joins[] = {
        {"config", "a.json", "config/a.json"},
        {"config/", "a.json", "config/a.json"},
        {"config", "/etc/a.json", "/etc/a.json"},
        {"/", "a", "/a"},
        {".", "a", "./a"},
    };
    static const path_case splits[] = {
        {"config", "config/a.json", NULL},
        {".", "a.json", NULL},
        {"/", "/a", NULL},
        {"/x/y", "/x/y/z", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(joins); i++) {
        assert_string_equal(kt_path_join(made->arena, joins[i].folder, joins[i].name),
                            joins[i].joined);
    }
    for (size_t i = 0; i < COUNT_OF(splits); i++) {
        assert_string_equal(kt_path_folder(made->arena, splits[i].name), splits[i].folder);
    }
}

static void a_way_back_is_left_out_unless_it_leads_elsewhere(void **state)
{
    bench *made = *state;
    kt_error error = {0};
    const char *deep = path_of(made, "a/b");
    assert_int_equal(kt_folder_make(deep, &error), KT_OK);
    assert_int_equal(symlink("a/b", path_of(made, "link")), 0);
    static const struct {
        const char *path, *folded;
    } cases[] = {
        {"a/../x", "x"},
        {"a/b/../../x", "x"},
        {"a/b/../c/x.json", "a/c/x.json"},
        {"a/./../x", "a/./../x"},
        {"link/../x", "link/../x"},
        {"nowhere/../x", "nowhere/../x"},
        {"a/b/../link/../x", "a/link/../x"},
        {"a/b..", "a/b.."},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_string_equal(kt_path_fold(made->arena, path_of(made, cases[i].path)),
                            path_of(made, cases[i].folded));
    }
    assert_string_equal(kt_path_fold(made->arena, "../../x"), "../../x");
    assert_string_equal(kt_path_fold(made->arena, "/../x"), "/../x");
    assert_string_equal(kt_path_fold(made->arena, "/tmp/../x"), "/x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_written_file_is_read_back_and_leaves_nothing_beside_it),
        in_bench(a_file_is_written_under_the_umask),
        in_bench(appended_lines_follow_one_another),
        in_bench(half_a_line_on_a_full_disk_is_taken_back),
        in_bench(a_full_disk_leaves_the_old_file_and_nothing_beside_it),
        in_bench(a_full_device_is_an_io_error),
        in_bench(what_cannot_be_read_is_refused_with_its_name),
        in_bench(a_stream_is_read_up_to_its_limit),
        in_bench(what_cannot_be_created_is_named),
        in_bench(folders_are_made_with_their_parents),
        in_bench(names_come_sorted_bytewise),
        in_bench(a_removed_folder_takes_no_link_s_target_with_it),
        in_bench(an_unreadable_folder_is_a_matter_of_permission),
        in_bench(paths_are_joined_and_split),
        in_bench(a_way_back_is_left_out_unless_it_leads_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
