/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/check_output.h"

#include "core/hash.h"
#include "pipeline/publish_run.h"
#include "publish/stage.h"

/* Stages the findings as they are, without the check that kt_publish makes before it goes on. */
static char *stage_findings(void *state)
{
    bench *made = state;
    kt_error err = {0};
    const kt_publication publication = tiny_publication(state, RUN_A);
    kt_publish_result result = {0};
    char *staging = path_of(state, "staging");
    must(kt_folder_remove(staging, &err), &err);
    must(kt_stage_run(&publication, NULL, staging, made->arena, &result, &err), &err);
    return staging;
}

static kt_problems *check(void *state, const char *dir)
{
    bench *made = state;
    kt_error err = {0};
    kt_problems *problems = kt_problems_new(made->arena);
    must(kt_check_output(dir, tree_contract(state), 2, made->arena, problems, &err), &err);
    return problems;
}

static void a_good_run_has_no_violation(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    const kt_problems *problems = check(*state, stage_findings(*state));
    if (kt_problems_count(problems) > 0) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    assert_int_equal(kt_problems_count(problems), 0);
}

/* Violations in the rows themselves: every checksum is right. */
typedef struct planted {
    const char *file, *from, *to;
    const char *told;
} planted;

#define OBS_2023 "observations/observations_2023.csv"
#define MIS_2023 "mismatch/mismatch_2023.csv"

static const planted rows_planted[] = {
    {OBS_2023, "vacancies_low", "vacancies_least",
     "row 1, column 15: \"vacancies_least\", expected vacancies_low"},
    {OBS_2023, "300,300,300,A", "300,300,3x0,A",
     "row 3, column unemployed_high: \"3x0\": expected a whole number"},
    {OBS_2023, "300,300,300,A", "300.5,300,301,A",
     "row 3, column unemployed: \"300.5\": not a whole number"},
    {OBS_2023, "300,300,300,A", "-300,300,300,A", "column unemployed: \"-300\": below the least"},
    {OBS_2023, "300,300,300,A", "0300,300,300,A", "column unemployed: \"0300\": expected a whole"},
    {OBS_2023, "300,300,300,A", "3e2,300,300,A", "column unemployed: \"3e2\": expected a whole"},
    {OBS_2023, "0.255,0.2525", "2.55e-1,0.2525",
     "column tightness: \"2.55e-1\": expected a number"},
    {OBS_2023, "0.255,0.2525", "nan,0.2525", "column tightness: \"nan\": expected a number"},
    {OBS_2023, "0.255,0.2525", "inf,0.2525", "column tightness: \"inf\": expected a number"},
    {OBS_2023, "0.255,0.2525", "0.2550,0.2525", "column tightness: \"0.2550\": expected a number"},
    {OBS_2023, "maakunta,MK01", "maakunta,MK03",
     "row 3, column region_code: \"MK03\" is not in dim_region at level maakunta"},
    {OBS_2023, "maakunta,MK01", "ely,MK01",
     "row 3, column region_code: \"MK01\" is not in dim_region at level ely"},
    {"project_regions/project_regions.csv", "obs_status\n",
     "obs_status\nS1,national,MK01,implementation,1,stated,2026-01-01,A\n",
     "row 2, column region_code: \"MK01\" is not in dim_region at level national"},
    {"project_themes/project_themes.csv", "obs_status\n",
     "obs_status\nS1,approach,kohtaanto,1,keyword,0.8,2026-01-01,E\n",
     "row 2, column code: \"kohtaanto\" is not in dim_theme at scheme approach"},
    {OBS_2023, "12r5,maakunta,MK01", "12r6,maakunta,MK01",
     "row 3, column source: \"12r6\" is not in sources"},
    {OBS_2023, "12r5,maakunta,MK02", "12r5,maakunta,MK01",
     "row 4: key 2023M01 12r5 maakunta MK01 _T _T: the row before has it too"},
    {OBS_2023, "maakunta,MK01", "aaa,MK01",
     "row 3: key 2023M01 12r5 aaa MK01 _T _T: expected above the row before"},
    {OBS_2023, "2023M01,2023-01-01,12r5,country", "2022M12,2022-12-01,12r5,country",
     "row 2, column time_period: 2022M12, expected the year 2023"},
    {OBS_2023, "2023M01,2023-01-01,12r5,country", "2023M01,2023-02-01,12r5,country",
     "row 2, column period_start: \"2023-02-01\", expected 2023-01-01"},
    {OBS_2023, "2023M01,2023-01-01,12r5,country", "202301,2023-01-01,12r5,country",
     "row 2, column time_period: \"202301\""},
    {OBS_2023, ",1,4,Q", ",1,4,A",
     "row 4, column vacancies: empty, expected one of Q, O, L, M in vacancies_status, found A"},
    {OBS_2023, ",1,4,Q", "2,1,4,Q",
     "row 4, column vacancies: \"2\", expected an empty cell, for vacancies_status is Q"},
    {OBS_2023, ",1,4,Q", ",,,Q",
     "row 4, column vacancies_low: empty, expected an end of the interval"},
    {OBS_2023, ",1,4,Q", ",3,3,Q", "row 4, column vacancies: protected, but its interval is"},
    {OBS_2023, ",1,4,Q", ",1,4,O", "row 4, column vacancies_low: \"1\", expected an empty cell"},
    {OBS_2023, ",1,4,Q", ",1,4,X", "row 4, column vacancies_status: \"X\": expected one of A"},
    {OBS_2023, "102,101,104,E", "102,103,104,E",
     "column vacancies: expected vacancies_low <= vacancies <= vacancies_high, found 103, 102, "
     "104"},
    {OBS_2023, "102,101,104,E", "105,101,104,E", "column vacancies: expected vacancies_low <="},
    {OBS_2023, "0.26,E,E", "0.26,E,A", "row 2, column obs_status: A, expected E, the worst"},
    {OBS_2023, "A,L\n", "A,A\n", "row 3, column obs_status: A, expected L, the worst of the row"},
    {OBS_2023, "Uusimaa", "Uus\x01maa", "row 3, column region_name: \"Uus maa\": a control"},
    {OBS_2023, "Uusimaa", "Uus\xff", "column region_name"},
    {OBS_2023, "Uusimaa", "", "row 3, column region_name: empty, expected a value"},
    {OBS_2023, "Uusimaa", "\"Uusimaa", "row 3"},
    {OBS_2023, ",E,E\n", ",E\n", "row 2: 23 columns, expected 24"},
    {OBS_2023, "E,E\n", "E,E\r\n", "row 2: expected LF alone"},
    {OBS_2023, "time_period", "\xef\xbb\xbftime_period", "expected no byte order mark"},
    {MIS_2023, "0.03,0.02,0.05", "0.06,0.02,0.05",
     "column value: expected value_low <= value <= value_high"},
    {MIS_2023, "1,0.9,0.5", "1,1.9,0.5",
     "row 2, column vacancies_coverage: \"1.9\": above the most"},
    {MIS_2023, "mismatch,0.3", "lilien,0.3",
     "row 2, column measure: \"lilien\" is not in dim_indicator"},
    {MIS_2023, "SSS,mismatch,0.3", "MK77,mismatch,0.3",
     "row 2, column scope: \"MK77\" is not in dim_region"},
    {MIS_2023, "mismatch 1,O", "mismatch 1,A",
     "row 3, column value: empty, expected one of Q, O, L, M in obs_status, found A"},
    {"contributions/contributions_2023.csv", "looser_than_scope", "looser",
     "column side: \"looser\": none of the words"},
    {"contributions/contributions_2023.csv", ",,,,,,,contributions 1,Q",
     ",,0.02,,,,,contributions 1,Q", "column contribution: \"0.02\", expected an empty cell"},
    {"sources/sources.csv", "fresh", "new", "column state: \"new\": none of the words"},
    {"dim_region/dim_region.csv", "2011-01-01", "2011-02-30",
     "row 3, column valid_from: \"2011-02-30\": expected a day"},
    {"dim_region/dim_region.csv", "MK02,", "002,", "column code: \"002\": a code of digits alone"},
};

/* Some faults cannot be staged at all; those are told by what stages them. */
static const kt_problems *check_planted(void *state, const planted *fault)
{
    bench *made = state;
    kt_error err = {0};
    write_findings(state, fault->file, fault->from, fault->to);
    const kt_publication publication = tiny_publication(state, RUN_A);
    kt_publish_result result = {0};
    char *staging = path_of(state, "staging");
    must(kt_folder_remove(staging, &err), &err);
    if (kt_stage_run(&publication, NULL, staging, made->arena, &result, &err) == KT_OK) {
        return check(state, staging);
    }
    kt_problems *problems = kt_problems_new(made->arena);
    kt_problems_add_line(problems, err.message);
    return problems;
}

static void each_violation_in_the_rows_is_found(void **state)
{
    for (size_t i = 0; i < COUNT_OF(rows_planted); i++) {
        const kt_problems *problems = check_planted(*state, &rows_planted[i]);
        assert_told(problems, rows_planted[i].told);
        assert_told(problems, rows_planted[i].file);
    }
}

/* Replaces a file's text as somebody with an editor would. */
static void tamper(void *state, const char *dir, const char *name, const char *from, const char *to)
{
    bench *made = state;
    kt_error err = {0};
    const char *path = kt_path_join(made->arena, dir, name);
    const char *text = read_words(state, path);
    const char *at = strstr(text, from);
    assert_non_null(at);
    const char *changed =
        kt_arena_print(made->arena, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    must(kt_file_write(path, changed, strlen(changed), &err), &err);
}

static const planted files_planted[] = {
    {"csv/" OBS_2023, "400,400,400", "401,401,401", OBS_2023 ": sha256"},
    {"csv/" OBS_2023, "400,400,400", "4000,400,400", "bytes, expected"},
    {"csv-fi/" OBS_2023, "0,255", "0,256",
     "csv-fi/" OBS_2023 ": row 2, column tightness: \"0,256\", expected what csv says in row 2"},
    {"csv-fi/" OBS_2023, "0,255", "0.255", "column tightness: \"0.255\", expected what csv says"},
    {"csv-fi/" OBS_2023, ";E\r\n", ";E\n", "csv-fi/" OBS_2023 ": row 2: expected CR LF"},
    {"csv-fi/" OBS_2023, "\xef\xbb\xbf", "", "csv-fi/" OBS_2023 ": expected a byte order mark"},
    {"csv-fi/" OBS_2023,
     "2023M01;2023-01-01;12r5;country;SSS;_T;_T;Koko maa;Kaikki ammatit;400;400;"
     "400;A;102;101;104;E;3000;A;0,255;0,2525;0,26;E;E\r\n",
     "", "csv-fi/" OBS_2023},
    {"csv-fi/checks/checks.csv", "'=1+1", "=1+1",
     "csv-fi/checks/checks.csv: row 3, column subject"},
    {"SHA256SUMS", "csv/checks/checks.csv", "csv/checks/other.csv",
     "csv/checks/checks.csv: is not listed in SHA256SUMS"},
    {"SHA256SUMS", "  csv-fi/beveridge", " csv-fi/beveridge",
     "SHA256SUMS: row 1: expected a sha256"},
    {"SHA256SUMS", "  csv-fi/beveridge", "  ../beveridge",
     "SHA256SUMS: row 1: \"../beveridge/beveridge_2023.csv\" leads"},
    {"SHA256SUMS", "  csv-fi/beveridge", "  csv-fj/beveridge",
     "SHA256SUMS: row 2: paths are not sorted"},
    {"MANIFEST.json", "\"rows\": 3", "\"rows\": 4", "rows, expected 4 as in MANIFEST.json"},
    {"MANIFEST.json", "\"contract\": 1", "\"contract\": 2", "MANIFEST.json: contract: expected"},
    {"MANIFEST.json", "\"licence\": \"CC BY 4.0\"", "\"licence\": \"CC0\"",
     "MANIFEST.json: content_sha256: expected"},
    {"MANIFEST.json", "\"as_of\": \"2026-11-21T05:00:00Z\"", "\"as_of\": \"21.11.2026\"",
     "MANIFEST.json: as_of"},
    {"MANIFEST.json", "csv/checks/checks.csv", "csv/checks/check.csv", "is not listed"},
    {"MANIFEST.json", "\"modelled\": false", "\"modelled\": true", "MANIFEST.json: notice"},
    {"MANIFEST.json", "\n}", "", "MANIFEST.json"},
};

static void each_tampered_file_is_found(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    for (size_t i = 0; i < COUNT_OF(files_planted); i++) {
        const planted *fault = &files_planted[i];
        const char *dir = stage_findings(*state);
        tamper(*state, dir, fault->file, fault->from, fault->to);
        assert_told(check(*state, dir), fault->told);
    }
}

/* Files that are not what the tables make of them, though every list says that they are. */
static const planted made_planted[] = {
    {"datapackage.json", "\"integer\"", "\"number\"", "datapackage.json: sha256"},
    {"datapackage.json", "CC-BY-4.0", "CC0-1.0", "datapackage.json: sha256"},
    {"meta/observations_2023.csv-metadata.json", "\"integer\"", "\"double\"",
     "meta/observations_2023.csv-metadata.json: sha256"},
    {"load/kohtaanto.pq", "Int64.Type", "type text", "load/kohtaanto.pq: sha256"},
    {"qgis/country.csv", "400,400,400", "400,400,401", "qgis/country.csv: sha256"},
    {"qgis/country.csvt", "String", "Integer", "qgis/country.csvt: sha256"},
};

static void what_is_made_of_the_tables_is_made_again(void **state)
{
    bench *made = *state;
    write_findings(*state, NULL, NULL, NULL);
    for (size_t i = 0; i < COUNT_OF(made_planted); i++) {
        const planted *fault = &made_planted[i];
        char before[KT_HASH_SIZE], after[KT_HASH_SIZE];
        kt_error err = {0};
        const char *dir = stage_findings(*state);
        const char *path = kt_path_join(made->arena, dir, fault->file);
        must(kt_hash_file(path, before, NULL, &err), &err);
        tamper(*state, dir, fault->file, fault->from, fault->to);
        must(kt_hash_file(path, after, NULL, &err), &err);
        tamper(*state, dir, "SHA256SUMS", before, after);
        tamper(*state, dir, "MANIFEST.json", before, after);
        assert_told(check(*state, dir),
                    kt_arena_print(made->arena, "%s %s, but the run's tables", fault->told, after));
    }
}

static void a_file_beside_the_package_is_found(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    const char *dir = stage_findings(*state);
    tamper(*state, dir, "SHA256SUMS", "qgis/country.csv\n", "qgis/continent.csv\n");
    const kt_problems *problems = check(*state, dir);
    assert_told(problems, "qgis/continent.csv: belongs to no part of a run");
    assert_told(problems, "qgis/country.csv: is not listed, expected what the run's tables give");
}

static void what_is_missing_or_too_much_is_found(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    const char *dir = stage_findings(*state);
    assert_int_equal(unlink(kt_path_join(made->arena, dir, "csv/checks/checks.csv")), 0);
    assert_told(check(*state, dir), "csv/checks/checks.csv");

    dir = stage_findings(*state);
    assert_int_equal(unlink(kt_path_join(made->arena, dir, "csv-fi/checks/checks.csv")), 0);
    assert_told(check(*state, dir), "csv-fi/checks/checks.csv: is not there, expected 2 rows");

    dir = stage_findings(*state);
    must(kt_file_write(kt_path_join(made->arena, dir, "csv/checks/notes.txt"), "x", 1, &err), &err);
    const kt_problems *problems = check(*state, dir);
    assert_told(problems, "csv/checks/notes.txt: no file of a table of the contract");
    assert_told(problems, "csv/checks/notes.txt: is not listed in SHA256SUMS");

    dir = stage_findings(*state);
    assert_int_equal(symlink("x", kt_path_join(made->arena, dir, "csv/link")), 0);
    assert_told(check(*state, dir), "csv/link: neither a file nor a folder");

    dir = stage_findings(*state);
    assert_int_equal(unlink(kt_path_join(made->arena, dir, "MANIFEST.json")), 0);
    assert_told(check(*state, dir), "MANIFEST.json");
    assert_int_equal(unlink(kt_path_join(made->arena, dir, "SHA256SUMS")), 0);
    assert_told(check(*state, dir), "SHA256SUMS");
}

static void a_folder_that_is_not_there_is_a_failure(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    kt_problems *problems = kt_problems_new(made->arena);
    assert_int_equal(kt_check_output(path_of(*state, "nowhere"), tree_contract(*state), 1,
                                     made->arena, problems, &err),
                     KT_ERR_NOT_FOUND);
    assert_says(&err, "nowhere");
}

/* One row over the limit, with nothing else wrong. */
static void a_file_of_over_a_million_rows_is_found(void **state)
{
    bench *made = *state;
    write_findings(*state, NULL, NULL, NULL);
    KT_AUTO(file)
    FILE *file = fopen(kt_path_join(made->arena, findings_of(*state), "checks/checks.csv"), "wb");
    assert_non_null(file);
    fputs("check,subject,severity,result,measured,threshold,cells_failed,examples,obs_status\n",
          file);
    for (int i = 0; i <= KT_CHECK_ROW_LIMIT; i++) {
        fprintf(file, "a,%07d,note,passed,,,0,,A\n", i);
    }
    fflush(file);
    const kt_problems *problems = check(*state, stage_findings(*state));
    assert_told(problems, "csv/checks/checks.csv: 1000001 rows, expected at most 1000000");
    assert_int_equal(kt_problems_count(problems), 1);
}

static void many_violations_of_one_file_are_counted(void **state)
{
    bench *made = *state;
    write_findings(*state, NULL, NULL, NULL);
    KT_AUTO(file)
    FILE *file = fopen(kt_path_join(made->arena, findings_of(*state), "checks/checks.csv"), "wb");
    assert_non_null(file);
    fputs("check,subject,severity,result,measured,threshold,cells_failed,examples,obs_status\n",
          file);
    for (int i = 0; i < KT_CHECK_LINES + 50; i++) {
        fprintf(file, "a,%07d,fatal,passed,,,0,,A\n", i);
    }
    fflush(file);
    const kt_problems *problems = check(*state, stage_findings(*state));
    assert_int_equal(kt_problems_count(problems), KT_CHECK_LINES + 1);
    assert_told(problems, "50 more violations in this file");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_good_run_has_no_violation),
        in_bench(each_violation_in_the_rows_is_found),
        in_bench(each_tampered_file_is_found),
        in_bench(what_is_made_of_the_tables_is_made_again),
        in_bench(a_file_beside_the_package_is_found),
        in_bench(what_is_missing_or_too_much_is_found),
        in_bench(a_folder_that_is_not_there_is_a_failure),
        in_bench(a_file_of_over_a_million_rows_is_found),
        in_bench(many_violations_of_one_file_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
