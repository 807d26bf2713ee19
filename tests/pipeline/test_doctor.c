/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "core/text.h"
#include "doctor.h"
#include "fetch/archive.h"

#define NOW ((kt_instant)1795300000) /* 2026-11-21 */

static kt_doctor doctor_of(void *state)
{
    const bench *made = state;
    return (kt_doctor){.arena = made->arena, .workspace = path_of(state, "workspace"), .now = NOW};
}

/* The line of that check whose subject ends so; there has to be one. */
static const kt_doctor_line *line_of(const kt_doctor *doctor, const char *check,
                                     const char *subject)
{
    const kt_doctor_line *found = NULL;
    for (size_t i = 0; i < doctor->count; i++) {
        const kt_doctor_line *line = &doctor->lines[i];
        const bool fits =
            strcmp(line->of.check, check) == 0 && kt_text_ends(line->of.subject, subject);
        found = fits ? line : found;
    }
    assert_non_null(found);
    return found;
}

static void make_workspace(void *state)
{
    kt_error err = {0};
    assert_int_equal(kt_folder_make(path_of(state, "workspace"), &err), KT_OK);
}

/* An archive with one good reply of that time; the path of its body. */
static const char *make_archive(void *state, kt_instant time)
{
    const bench *made = state;
    kt_error err = {0};
    kt_archive *archive = NULL;
    kt_receipt receipt = {.source = "12r5",
                          .method = "POST",
                          .url = "https://example.org/12r5.px",
                          .time = time,
                          .status = 200,
                          .bytes = 2,
                          .campaign = "a",
                          .parts = 1,
                          .purpose = KT_PURPOSE_DATA};
    assert_int_equal(kt_archive_open(path_of(state, "workspace"), &archive, &err), KT_OK);
    assert_int_equal(kt_archive_store(archive, "{}", 2, receipt.sha256, &err), KT_OK);
    assert_int_equal(kt_archive_receipt(archive, &receipt, &err), KT_OK);
    const char *path = kt_archive_path(archive, receipt.sha256, made->arena);
    kt_archive_close(archive);
    return path;
}

static void assert_ill(const kt_doctor_line *line, kt_exit code, const char *found,
                       const char *mend)
{
    assert_int_equal(line->health, KT_HEALTH_FAULT);
    assert_int_equal(line->code, code);
    assert_non_null(strstr(line->found, found));
    assert_non_null(strstr(line->mend, mend));
}

static void a_workspace_that_is_not_there_yet_is_well_and_is_not_made(void **state)
{
    kt_doctor doctor = doctor_of(*state);
    kt_doctor_workspace(&doctor);
    kt_doctor_archive(&doctor);
    assert_int_equal(line_of(&doctor, "workspace", "workspace")->health, KT_HEALTH_OK);
    assert_int_equal(line_of(&doctor, "archive", "archive")->health, KT_HEALTH_OK);
    assert_false(kt_file_exists(doctor.workspace));
    assert_false(doctor.is_ours);
}

static void a_file_in_place_of_the_workspace_is_a_fault(void **state)
{
    kt_doctor doctor = doctor_of(*state);
    (void)write_words(*state, "workspace", "");
    kt_doctor_workspace(&doctor);
    assert_ill(line_of(&doctor, "workspace", "workspace"), KT_EXIT_CANTCREATE, "is no folder",
               "--workspace");
}

static void files_of_another_user_are_a_fault_that_names_one(void **state)
{
    if (geteuid() != 0) {
        skip();
    }
    kt_doctor doctor = doctor_of(*state);
    make_workspace(*state);
    const char *body = make_archive(*state, NOW);
    assert_int_equal(chown(body, 65534, 65534), 0);
    kt_doctor_workspace(&doctor);
    const kt_doctor_line *line = line_of(&doctor, "workspace", "workspace");
    assert_ill(line, KT_EXIT_PERMISSION, body, "chown -R root");
    assert_int_equal(kt_doctor_exit_code(&doctor), 77);
}

static void a_lock_that_is_held_is_told_with_its_process(void **state)
{
    make_workspace(*state);
    const char *path = write_words(*state, "workspace/lock", "4711\n");
    KT_AUTO(fd) int lock = open(path, O_RDWR | O_CLOEXEC);
    for (int held = 0; held < 2; held++) {
        kt_doctor doctor = doctor_of(*state);
        assert_int_equal(flock(lock, held ? LOCK_EX : LOCK_UN), 0);
        kt_doctor_workspace(&doctor);
        const kt_doctor_line *line = line_of(&doctor, "lock", "lock");
        assert_int_equal(line->health, held ? KT_HEALTH_WARNING : KT_HEALTH_OK);
        assert_int_equal(doctor.is_locked, held);
        assert_int_equal(strstr(line->found, "process 4711") != NULL, held);
    }
}

static void a_body_that_is_gone_is_named(void **state)
{
    make_workspace(*state);
    const char *body = make_archive(*state, NOW - 10);
    kt_doctor doctor = doctor_of(*state);
    kt_doctor_archive(&doctor);
    assert_int_equal(line_of(&doctor, "archive", "archive")->health, KT_HEALTH_OK);
    assert_int_equal(line_of(&doctor, "clock", "machine")->health, KT_HEALTH_OK);
    assert_int_equal(unlink(body), 0);
    kt_doctor_archive(&doctor);
    assert_ill(line_of(&doctor, "archive", "archive"), KT_EXIT_IO, body, "backup");
}

static void a_receipt_that_cannot_be_read_is_told_with_its_line(void **state)
{
    make_workspace(*state);
    (void)make_archive(*state, NOW);
    (void)write_words(*state, "workspace/archive/receipts/2026-10.jsonl", "no receipt\n");
    kt_doctor doctor = doctor_of(*state);
    kt_doctor_archive(&doctor);
    assert_ill(line_of(&doctor, "archive", "archive"), KT_EXIT_DATA, "2026-10.jsonl:1", "backup");
}

static void a_clock_before_the_newest_receipt_is_a_fault(void **state)
{
    make_workspace(*state);
    (void)make_archive(*state, NOW + 3600);
    kt_doctor doctor = doctor_of(*state);
    kt_doctor_archive(&doctor);
    assert_ill(line_of(&doctor, "clock", "machine"), KT_EXIT_CONFIG, "the newest receipt is of",
               "ntp");
}

static void the_worst_fault_gives_the_exit_code(void **state)
{
    static const kt_exit codes[] = {KT_EXIT_UNREACHED,  KT_EXIT_DATA,       KT_EXIT_IO,
                                    KT_EXIT_CANTCREATE, KT_EXIT_PERMISSION, KT_EXIT_CONFIG};
    kt_doctor doctor = doctor_of(*state);
    kt_doctor_warn(&doctor, (kt_checked){"a", "b"}, "nothing", "a warning");
    assert_int_equal(kt_doctor_exit_code(&doctor), 0);
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        kt_doctor_fault(&doctor, (kt_checked){"a", "b"}, codes[i], "this", "a\nb");
        assert_int_equal(kt_doctor_exit_code(&doctor), codes[i]);
    }
    assert_string_equal(kt_doctor_summary(&doctor), "6 faults, 1 warning in 7 checks, 0 calls");
    assert_string_equal(doctor.lines[1].found, "a b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_workspace_that_is_not_there_yet_is_well_and_is_not_made),
        in_bench(a_file_in_place_of_the_workspace_is_a_fault),
        in_bench(files_of_another_user_are_a_fault_that_names_one),
        in_bench(a_lock_that_is_held_is_told_with_its_process),
        in_bench(a_body_that_is_gone_is_named),
        in_bench(a_receipt_that_cannot_be_read_is_told_with_its_line),
        in_bench(a_clock_before_the_newest_receipt_is_a_fault),
        in_bench(the_worst_fault_gives_the_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
