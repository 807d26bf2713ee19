/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/hash.h"
#include "pipeline/publish_run.h"
#include "publish/check_output.h"
#include "publish/manifest.h"

#define NAME_A "runs/20261121T050000Z_" RUN_A
#define NAME_B "runs/20261121T050000Z_" RUN_B

static kt_publish_result publish_as(void *state, const kt_publication *publication)
{
    bench *made = state;
    kt_error err = {0};
    kt_publish_result result = {0};
    must(kt_publish(publication, made->arena, &result, &err), &err);
    return result;
}

static kt_publish_result publish(void *state, const char *run_id)
{
    const kt_publication publication = tiny_publication(state, run_id);
    return publish_as(state, &publication);
}

static void assert_refused(void *state, const kt_publication *publication, kt_status status,
                           const char *words)
{
    bench *made = state;
    kt_error err = {0};
    kt_publish_result result = {0};
    assert_int_equal(kt_publish(publication, made->arena, &result, &err), status);
    assert_says(&err, words);
}

static char *published(void *state, const char *name)
{
    bench *made = state;
    return kt_path_join(made->arena, path_of(state, "published"), name);
}

static const char *current_link(void *state)
{
    bench *made = state;
    char link[256];
    const ssize_t length = readlink(published(state, "current"), link, sizeof link);
    return length < 0 ? "" : kt_arena_copy_n(made->arena, link, (size_t)length);
}

static void assert_no_violation(void *state, const char *dir)
{
    bench *made = state;
    kt_error err = {0};
    kt_problems *problems = kt_problems_new(made->arena);
    must(kt_check_output(dir, tree_contract(state), 1, made->arena, problems, &err), &err);
    if (kt_problems_count(problems) > 0) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    assert_int_equal(kt_problems_count(problems), 0);
}

static struct stat stat_of(void *state, const char *name)
{
    struct stat about;
    assert_int_equal(stat(published(state, name), &about), 0);
    return about;
}

static size_t count_names(void *state, const char *folder)
{
    bench *made = state;
    kt_error err = {0};
    char **names = NULL;
    size_t count = 0;
    must(kt_folder_list(folder, made->arena, &names, &count, &err), &err);
    return count;
}

static void a_run_is_published_whole(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    const kt_publish_result result = publish(*state, RUN_A);
    assert_true(result.published);
    assert_string_equal(result.folder, published(*state, NAME_A));
    assert_string_equal(current_link(*state), NAME_A);
    assert_int_equal(result.files, 2 * COUNT_OF(tiny_findings) + TINY_PACKAGE + 2);
    assert_int_equal(result.files_linked, 0);
    assert_int_equal(result.bytes, result.bytes_new);
    assert_int_equal(count_names(*state, path_of(*state, "published")), 2);
    assert_no_violation(*state, result.folder);
    assert_string_equal(read_words(*state, published(*state, "current/csv/checks/checks.csv")),
                        tiny_findings[0].text);
}

static void sha256sum_itself_agrees(void **state)
{
    bench *made = *state;
    write_findings(*state, NULL, NULL, NULL);
    const kt_publish_result result = publish(*state, RUN_A);
    const char *sums = kt_arena_print(
        made->arena, "cd '%s' && sha256sum --quiet --strict -c SHA256SUMS", result.folder);
    assert_int_equal(system(sums), 0);
    const char *content = kt_arena_print(
        made->arena,
        "cd '%s' && grep -q \"$(sed '/^  \"content_sha256\"/,$d' MANIFEST.json | sha256sum | "
        "cut -c1-64)\" MANIFEST.json",
        result.folder);
    assert_int_equal(system(content), 0);
}

static void csv_fi_is_what_a_finnish_excel_reads(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    assert_string_equal(
        read_words(*state, published(*state, "current/csv-fi/checks/checks.csv")),
        "\xef\xbb\xbf"
        "check;subject;severity;result;measured;threshold;cells_failed;examples;obs_status\r\n"
        "regions_within_country;12r5 vacancies maakunta;hold;passed;0,5;1;0;;A\r\n"
        "trial;\"'=1+1;\"\"x\"\"\";note;passed;-0,25;;0;'@here;A\r\n");
}

static void csv_fi_holds_the_newest_months_only(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    kt_publication publication = tiny_publication(*state, RUN_A);
    publication.fi_months = 1;
    const kt_publish_result result = publish_as(*state, &publication);
    assert_true(kt_file_exists(published(*state, "current/csv/mismatch/mismatch_2022.csv")));
    assert_true(kt_file_exists(published(*state, "current/csv-fi/mismatch/mismatch_2023.csv")));
    assert_false(kt_file_exists(published(*state, "current/csv-fi/mismatch/mismatch_2022.csv")));
    assert_no_violation(*state, result.folder);
}

static void the_manifest_says_what_the_run_is_made_of(void **state)
{
    static const char *const said[] = {
        "\"run_id\": \"0123456789abcdef\"",
        "\"as_of\": \"2026-11-21T05:00:00Z\"",
        "\"contract\": 1",
        "\"version\": \"0.1.0\"",
        "\"modelled\": false",
        "\"licence\": \"CC BY 4.0\"",
        "\"sv\": \"Statistikcentralen\"",
        "\"path\": \"csv/observations/observations_2023.csv\"",
        "\"run\": {\"started\":\"2026-11-21T05:10:00Z\",\"host\":\"\\\"anywhere\\\"\"}\n}\n",
    };
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    const char *manifest = read_words(*state, published(*state, "current/MANIFEST.json"));
    for (size_t i = 0; i < COUNT_OF(said); i++) {
        assert_non_null(strstr(manifest, said[i]));
    }
    assert_true(strstr(manifest, tiny_replies[1]) < strstr(manifest, tiny_replies[0]));
    assert_null(strstr(read_words(*state, published(*state, "current/SHA256SUMS")), "MANIFEST"));
}

static void the_same_run_is_published_once(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    const struct stat before = stat_of(*state, "current/MANIFEST.json");
    write_findings(*state, "checks/checks.csv", "0.5", "0.75");
    const kt_publish_result again = publish(*state, RUN_A);
    assert_false(again.published);
    assert_string_equal(again.folder, published(*state, NAME_A));
    const struct stat after = stat_of(*state, "current/MANIFEST.json");
    assert_true(before.st_ino == after.st_ino && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
}

static void unchanged_files_are_links_to_the_earlier_run(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    write_findings(*state, "observations/observations_2023.csv", "3000,A,0.255", "3100,A,0.255");
    const kt_publish_result next = publish(*state, RUN_B);
    assert_string_equal(current_link(*state), NAME_B);
    /* New are the table in both dialects, the map of the country, datapackage.json and
     * dcat.jsonld. */
    assert_int_equal(next.files_linked, 2 * COUNT_OF(tiny_findings) + TINY_PACKAGE - 5);
    assert_true(stat_of(*state, NAME_A "/csv/checks/checks.csv").st_ino ==
                stat_of(*state, NAME_B "/csv/checks/checks.csv").st_ino);
    assert_true(stat_of(*state, NAME_A "/csv-fi/checks/checks.csv").st_ino ==
                stat_of(*state, NAME_B "/csv-fi/checks/checks.csv").st_ino);
    assert_int_equal(stat_of(*state, NAME_B "/csv/observations/observations_2023.csv").st_nlink, 1);
    assert_int_equal(stat_of(*state, NAME_B "/csv/checks/checks.csv").st_mode & 0222, 0);
    assert_no_violation(*state, published(*state, NAME_A));
    assert_no_violation(*state, published(*state, NAME_B));
}

static bool is_proven(const kt_publish_result *result, const char *path)
{
    return kt_codes_find(result->proven, path) != KT_NO_CODE;
}

static void the_same_bytes_are_not_checked_twice(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    assert_int_equal(kt_codes_count(publish(*state, RUN_A).proven), 0);
    write_findings(*state, "observations/observations_2023.csv", "3000,A,0.255", "3100,A,0.255");
    const kt_publish_result next = publish(*state, RUN_B);
    assert_int_equal(kt_codes_count(next.proven), 2 * COUNT_OF(tiny_findings) - 2);
    assert_true(is_proven(&next, "csv/observations/observations_2022.csv"));
    assert_true(is_proven(&next, "csv-fi/observations/observations_2022.csv"));
    assert_false(is_proven(&next, "csv/observations/observations_2023.csv"));
    assert_false(is_proven(&next, "csv-fi/observations/observations_2023.csv"));
}

static void another_table_of_keys_matters_only_if_a_key_is_gone(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    write_findings(*state, "dim_region/dim_region.csv", "Nyland", "Nylands");
    const kt_publish_result renamed = publish(*state, RUN_B);
    assert_false(is_proven(&renamed, "csv/dim_region/dim_region.csv"));
    assert_true(is_proven(&renamed, "csv/observations/observations_2023.csv"));
    write_findings(*state, "dim_region/dim_region.csv", "MK02,", "MK03,");
    const kt_publication publication = tiny_publication(*state, "0000000000000000");
    assert_refused(*state, &publication, KT_ERR_DATA,
                   "\"MK02\" is not in dim_region at level maakunta");
}

static void another_configuration_or_program_proves_nothing(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    kt_publication publication = tiny_publication(*state, RUN_B);
    publication.configuration = "dd00000000000000000000000000000000000000000000000000000000000000";
    kt_publish_result result = publish_as(*state, &publication);
    assert_int_equal(kt_codes_count(result.proven), 0);
    assert_true(result.files_linked > 0);
    publication.run_id = "0000000000000000";
    publication.version = "0.0.9";
    result = publish_as(*state, &publication);
    assert_int_equal(kt_codes_count(result.proven), 0);
}

static void a_manifest_that_was_changed_by_hand_proves_nothing(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    const char *path = published(*state, NAME_A "/MANIFEST.json");
    char *words = kt_arena_copy(made->arena, read_words(*state, path));
    char *rows = strstr(words, "\"rows\": ");
    rows[strlen("\"rows\": ")]++;
    must(kt_file_write(path, words, strlen(words), &err), &err);
    assert_int_equal(kt_codes_count(publish(*state, RUN_B).proven), 0);
    assert_no_violation(*state, published(*state, NAME_B));
}

static void csv_fi_that_the_disk_has_spoilt_is_made_again(void **state)
{
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    const char *path = published(*state, NAME_A "/csv-fi/mismatch/mismatch_2023.csv");
    must(kt_file_write(path, "spoilt", 6, &err), &err);
    publish(*state, RUN_B);
    assert_no_violation(*state, published(*state, NAME_B));
}

static void months_that_leave_csv_fi_are_left_out(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    kt_publication publication = tiny_publication(*state, RUN_A);
    publication.fi_months = 2;
    (void)publish_as(*state, &publication);
    assert_true(kt_file_exists(published(*state, "current/csv-fi/mismatch/mismatch_2022.csv")));
    write_findings(*state, "mismatch/mismatch_2023.csv",
                   "2023M01,2023-01-01,maakunta,SSS,mismatch,0.5",
                   "2023M02,2023-02-01,maakunta,SSS,mismatch,0.5");
    publication.run_id = RUN_B;
    const kt_publish_result result = publish_as(*state, &publication);
    assert_false(kt_file_exists(published(*state, "current/csv-fi/mismatch/mismatch_2022.csv")));
    assert_true(is_proven(&result, "csv/mismatch/mismatch_2022.csv"));
    assert_no_violation(*state, published(*state, NAME_B));
}

static void what_the_disk_has_spoilt_is_not_linked(void **state)
{
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    must(kt_file_write(published(*state, NAME_A "/csv/checks/checks.csv"), "spoilt", 6, &err),
         &err);
    publish(*state, RUN_B);
    assert_no_violation(*state, published(*state, NAME_B));
    assert_int_equal(stat_of(*state, NAME_B "/csv/checks/checks.csv").st_nlink, 1);
}

static void leftovers_are_removed_and_runs_are_not(void **state)
{
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    must(kt_folder_make(published(*state, ".staging-0000000000000000/csv/checks"), &err), &err);
    must(kt_file_write(published(*state, ".staging-0000000000000000/csv/x"), "x", 1, &err), &err);
    assert_int_equal(symlink("runs/nowhere", published(*state, ".staging-current")), 0);
    publish(*state, RUN_B);
    assert_int_equal(count_names(*state, path_of(*state, "published")), 2);
    assert_int_equal(count_names(*state, published(*state, "runs")), 2);
}

static void current_is_mended_where_a_run_was_moved_but_not_pointed_at(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    publish(*state, RUN_B);
    assert_int_equal(unlink(published(*state, "current")), 0);
    assert_int_equal(symlink(NAME_A, published(*state, "current")), 0);
    assert_false(publish(*state, RUN_B).published);
    assert_string_equal(current_link(*state), NAME_B);
}

static void assert_untouched(void *state)
{
    assert_string_equal(current_link(state), NAME_A);
    assert_int_equal(count_names(state, path_of(state, "published")), 2);
    assert_int_equal(count_names(state, published(state, "runs")), 1);
    assert_no_violation(state, published(state, "current"));
}

static kt_status try_run_b(void *state, kt_error *err)
{
    bench *made = state;
    kt_publish_result result = {0};
    const kt_publication publication = tiny_publication(state, RUN_B);
    return kt_publish(&publication, made->arena, &result, err);
}

static void a_run_that_breaks_the_contract_is_not_published(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    write_findings(*state, "observations/observations_2023.csv", ",1,4,Q", "2,1,4,Q");
    const kt_publication second = tiny_publication(*state, RUN_B);
    assert_refused(*state, &second, KT_ERR_DATA,
                   "row 4, column vacancies: \"2\", expected an empty cell");
    assert_untouched(*state);
}

static void a_table_without_a_file_stops_publication(void **state)
{
    bench *made = *state;
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    assert_int_equal(unlink(kt_path_join(made->arena, findings_of(*state), "checks/checks.csv")),
                     0);
    const kt_publication second = tiny_publication(*state, RUN_B);
    assert_refused(*state, &second, KT_ERR_NOT_FOUND, "checks: holds no file of the table");
    assert_untouched(*state);
}

/* A child that may not write a file of over 600 bytes: its disk is full in the middle of the run.
 */
static void a_full_disk_publishes_nothing(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    write_findings(*state, "observations/observations_2023.csv", "400,400,400", "401,401,401");
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit limit = {600, 600};
        kt_error err = {0};
        (void)signal(SIGXFSZ, SIG_IGN);
        const bool limited = setrlimit(RLIMIT_FSIZE, &limit) == 0;
        const kt_status status = try_run_b(*state, &err);
        _exit(limited && status == KT_ERR_IO && strstr(err.message, "observations_2023.csv") != NULL
                  ? 0
                  : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_untouched(*state);
}

static void a_folder_that_cannot_be_made_is_told(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    write_words(*state, "published", "a file");
    const kt_publication publication = tiny_publication(*state, RUN_A);
    assert_refused(*state, &publication, KT_ERR_CANTCREATE, "published");
}

static void a_folder_of_the_users_becomes_the_run(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    kt_publication publication = tiny_publication(*state, RUN_B);
    publication.out = path_of(*state, "asof/day/");
    const kt_publish_result result = publish_as(*state, &publication);
    assert_true(result.published);
    assert_no_violation(*state, path_of(*state, "asof/day"));
    assert_int_equal(count_names(*state, path_of(*state, "asof")), 1);
    assert_untouched(*state);
    assert_refused(*state, &publication, KT_ERR_CANTCREATE, "asof/day: is not empty");
}

/* The tree's contract with one table that is not for everybody. */
static const kt_contract *contract_with_internal_checks(void *state)
{
    bench *made = state;
    kt_error err = {0};
    const kt_contract *contract = tree_contract(state);
    const char *folder = path_of(state, "contract");
    must(kt_folder_make(folder, &err), &err);
    for (size_t i = 0; i < contract->table_count; i++) {
        const char *name = kt_arena_print(made->arena, "%s.json", contract->tables[i].table);
        const char *text =
            read_words(state, kt_path_join(made->arena, KT_ROOT "/config/contract", name));
        const char *open = strstr(text, "\"public\": true");
        if (strcmp(name, "checks.json") == 0) {
            text = kt_arena_print(made->arena, "%.*s\"public\": false%s", (int)(open - text), text,
                                  open + strlen("\"public\": true"));
        }
        must(kt_file_write(kt_path_join(made->arena, folder, name), text, strlen(text), &err),
             &err);
    }
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_contract *changed = kt_contract_load(folder, made->arena, problems);
    assert_non_null(changed);
    return changed;
}

static void an_internal_table_stays_out_of_the_public_folder(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    kt_publication publication = tiny_publication(*state, RUN_A);
    publication.contract = contract_with_internal_checks(*state);
    publication.public_only = true;
    (void)publish_as(*state, &publication);
    assert_false(kt_file_exists(published(*state, "current/csv/checks")));
    assert_true(kt_file_exists(published(*state, "current/csv/sources/sources.csv")));

    kt_problems *problems = kt_problems_new(made->arena);
    publication.public_only = false;
    publication.run_id = RUN_B;
    const kt_publish_result result = publish_as(*state, &publication);
    assert_true(kt_file_exists(published(*state, "current/csv/checks/checks.csv")));
    must(kt_check_output(result.folder, publication.contract, 1, made->arena, problems, &err),
         &err);
    assert_int_equal(kt_problems_count(problems), 0);
}

static void the_same_findings_give_the_same_bytes(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    kt_publication publication = tiny_publication(*state, RUN_A);
    publication.published = path_of(*state, "elsewhere");
    publication.threads = 1;
    (void)publish_as(*state, &publication);
    assert_string_equal(read_words(*state, published(*state, "current/SHA256SUMS")),
                        read_words(*state, path_of(*state, "elsewhere/current/SHA256SUMS")));
    assert_string_equal(read_words(*state, published(*state, "current/MANIFEST.json")),
                        read_words(*state, path_of(*state, "elsewhere/current/MANIFEST.json")));
}

static void without_a_run_there_is_no_current(void **state)
{
    bench *made = *state;
    assert_null(kt_published_current(path_of(*state, "published"), made->arena));
    write_findings(*state, NULL, NULL, NULL);
    publish(*state, RUN_A);
    assert_string_equal(kt_published_current(path_of(*state, "published"), made->arena),
                        published(*state, NAME_A));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_run_is_published_whole),
        in_bench(sha256sum_itself_agrees),
        in_bench(csv_fi_is_what_a_finnish_excel_reads),
        in_bench(csv_fi_holds_the_newest_months_only),
        in_bench(the_manifest_says_what_the_run_is_made_of),
        in_bench(the_same_run_is_published_once),
        in_bench(unchanged_files_are_links_to_the_earlier_run),
        in_bench(the_same_bytes_are_not_checked_twice),
        in_bench(another_table_of_keys_matters_only_if_a_key_is_gone),
        in_bench(another_configuration_or_program_proves_nothing),
        in_bench(a_manifest_that_was_changed_by_hand_proves_nothing),
        in_bench(csv_fi_that_the_disk_has_spoilt_is_made_again),
        in_bench(months_that_leave_csv_fi_are_left_out),
        in_bench(what_the_disk_has_spoilt_is_not_linked),
        in_bench(leftovers_are_removed_and_runs_are_not),
        in_bench(current_is_mended_where_a_run_was_moved_but_not_pointed_at),
        in_bench(a_run_that_breaks_the_contract_is_not_published),
        in_bench(a_table_without_a_file_stops_publication),
        in_bench(a_full_disk_publishes_nothing),
        in_bench(a_folder_that_cannot_be_made_is_told),
        in_bench(a_folder_of_the_users_becomes_the_run),
        in_bench(an_internal_table_stays_out_of_the_public_folder),
        in_bench(the_same_findings_give_the_same_bytes),
        in_bench(without_a_run_there_is_no_current),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
