/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/same_rows.h"

#include "pipeline/publish_run.h"
#include "publish/check_output.h"

#define OBSERVATIONS      "observations/observations_2023.csv"
#define OBSERVATIONS_2022 "observations/observations_2022.csv"
#define EARLIER           "published/current"

/* What January ends with, and what a month more puts behind it. */
#define ROW_OF_FEBRUARY                                                                \
    "2023M02,2023-02-01,12r5,country,SSS,_T,_T,Koko maa,Kaikki ammatit,400,400,400,A," \
    "100,100,100,A,3000,A,0.25,0.25,0.25,A,A\n"
#define END_OF_JANUARY ",1,4,Q,1000,A,,0.01,0.04,Q,Q\n"

static kt_status publish(void *state, const char *run_id, const char *out,
                         kt_publish_result *result, kt_error *err)
{
    bench *made = state;
    kt_publication publication = tiny_publication(state, run_id);
    publication.out = out;
    return kt_publish(&publication, made->arena, result, err);
}

/* A first night, and the findings of a second one. */
static void first_night(void *state, const char *from, const char *to)
{
    kt_publish_result result;
    kt_error err = {0};
    write_findings(state, NULL, NULL, NULL);
    must(publish(state, RUN_A, NULL, &result, &err), &err);
    write_findings(state, OBSERVATIONS, from, to);
}

static const kt_same_rows *second_night(void *state)
{
    kt_publish_result result;
    kt_error err = {0};
    must(publish(state, RUN_B, NULL, &result, &err), &err);
    return kt_same_rows_of(result.same, result.same_count, "csv/" OBSERVATIONS);
}

static const char *read_file(void *state, const char *name)
{
    bench *made = state;
    char *bytes = NULL;
    size_t length = 0;
    kt_error err = {0};
    must(kt_file_read(path_of(state, name), 1 << 20, made->arena, &bytes, &length, &err), &err);
    return bytes;
}

/* The same findings published where no earlier run is, and checked from the first row on. */
static void assert_as_if_alone(void *state)
{
    bench *made = state;
    kt_publish_result result;
    kt_error err = {0};
    must(publish(state, RUN_B, path_of(state, "alone"), &result, &err), &err);
    assert_int_equal(result.same_count, 0);
    assert_string_equal(read_file(state, EARLIER "/csv/" OBSERVATIONS),
                        read_file(state, "alone/csv/" OBSERVATIONS));
    assert_string_equal(read_file(state, EARLIER "/csv-fi/" OBSERVATIONS),
                        read_file(state, "alone/csv-fi/" OBSERVATIONS));
    assert_string_equal(read_file(state, EARLIER "/SHA256SUMS"),
                        read_file(state, "alone/SHA256SUMS"));
    kt_problems *problems = kt_problems_new(made->arena);
    must(kt_check_output(path_of(state, EARLIER), tree_contract(state), 1, made->arena, problems,
                         &err),
         &err);
    assert_int_equal(kt_problems_count(problems), 0);
}

/* January has three rows; the last is read again, for what follows has to follow it. */
static void a_month_more_leaves_the_rows_before_it_alone(void **state)
{
    first_night(*state, END_OF_JANUARY, END_OF_JANUARY ROW_OF_FEBRUARY);
    const kt_same_rows *same = second_night(*state);
    assert_non_null(same);
    assert_int_equal(same->in_csv.rows, 2);
    assert_int_equal(same->in_fi.rows, 2);
    const char *csv = read_file(*state, EARLIER "/csv/" OBSERVATIONS);
    const char *fi = read_file(*state, EARLIER "/csv-fi/" OBSERVATIONS);
    assert_int_equal(strncmp(csv + same->in_csv.bytes, "2023M01,2023-01-01,12r5,maakunta,MK02", 37),
                     0);
    assert_int_equal(strncmp(fi + same->in_fi.bytes, "2023M01;2023-01-01;12r5;maakunta;MK02", 37),
                     0);
    assert_as_if_alone(*state);
}

static void a_changed_row_ends_what_is_the_same(void **state)
{
    first_night(*state, ",0.3333333333333333,0.3333333333333333,0.3333333333333333,A,L",
                ",0.25,0.25,0.25,A,L");
    assert_null(second_night(*state)); /* one row stands before it, and that is read again */
    assert_as_if_alone(*state);
}

static void what_follows_the_same_rows_is_checked(void **state)
{
    static const struct {
        const char *row, *says;
    } faults[] = {
        {"2023M01,2023-01-01,12r5,maakunta,MK02,_T,_T,Varsinais-Suomi,Kaikki ammatit,100,100,100,A,"
         ",1,4,Q,1000,A,,0.01,0.04,Q,Q\n",
         "row 5: key 2023M01 12r5 maakunta MK02 _T _T: the row before has it too"},
        {"2023M01,2023-01-01,12r5,maakunta,MK01,_T,_T,Uusimaa,Kaikki ammatit,100,100,100,A,"
         ",1,4,Q,1000,A,,0.01,0.04,Q,Q\n",
         "row 5: key 2023M01 12r5 maakunta MK01 _T _T: expected above the row before"},
        {"2023M02,2023-02-01,12r5,country,FI,_T,_T,Koko maa,Kaikki ammatit,400,400,400,A,"
         "100,100,100,A,3000,A,0.25,0.25,0.25,A,A\n",
         "row 5, column region_code: \"FI\" is not in dim_region"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        kt_publish_result result;
        kt_error err = {0};
        must(kt_folder_remove(path_of(*state, "published"), &err), &err);
        first_night(*state, END_OF_JANUARY,
                    kt_arena_print(made->arena, "%s%s", END_OF_JANUARY, faults[i].row));
        assert_int_equal(publish(*state, RUN_B, NULL, &result, &err), KT_ERR_DATA);
        assert_says(&err, faults[i].says);
    }
}

/* Whatever the disk made of the earlier run, its bytes are not taken, and nothing is left out. */
static void a_spoilt_file_has_no_rows_that_are_the_same(void **state)
{
    static const char *const spoilt[] = {EARLIER "/csv/" OBSERVATIONS,
                                         EARLIER "/csv-fi/" OBSERVATIONS};
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(spoilt); i++) {
        kt_error err = {0};
        must(kt_folder_remove(path_of(*state, "published"), &err), &err);
        must(kt_folder_remove(path_of(*state, "alone"), &err), &err);
        first_night(*state, END_OF_JANUARY, END_OF_JANUARY ROW_OF_FEBRUARY);
        const char *path = path_of(*state, spoilt[i]);
        char *bytes = kt_arena_copy(made->arena, read_file(*state, spoilt[i]));
        bytes[strlen(bytes) - 4] ^= 1;
        must(kt_file_write(path, bytes, strlen(bytes), &err), &err);
        assert_null(second_night(*state));
        assert_as_if_alone(*state);
    }
}

/* A year that csv-fi has not whole is made and checked as a whole. */
static void a_year_that_leaves_csv_fi_is_no_beginning(void **state)
{
    bench *made = *state;
    kt_publish_result result;
    kt_error err = {0};
    first_night(*state, END_OF_JANUARY, END_OF_JANUARY ROW_OF_FEBRUARY);
    kt_publication publication = tiny_publication(*state, RUN_B);
    publication.fi_months = 1;
    must(kt_publish(&publication, made->arena, &result, &err), &err);
    assert_null(kt_same_rows_of(result.same, result.same_count, "csv/" OBSERVATIONS));
    const char *fi = read_file(*state, EARLIER "/csv-fi/" OBSERVATIONS);
    assert_null(strstr(fi, "2023M01"));
    assert_non_null(strstr(fi, "2023M02"));
}

/* Of a year that nothing changed in, csv-fi loses its oldest month: the rest is not read in vain.
 */
static void rows_that_csv_fi_leaves_out_are_passed_over(void **state)
{
    static const char row[] =
        "12r5,country,SSS,_T,_T,Koko maa,Kaikki ammatit,400,400,400,A,100,100,100,A,3000,A,0.25,0."
        "25,0.25,A,A\n";
    bench *made = *state;
    const char *path = kt_path_join(made->arena, findings_of(*state), OBSERVATIONS_2022);
    const char *year = kt_arena_print(made->arena, "%s2022M11,2022-11-01,%s2022M12,2022-12-01,%s",
                                      OBSERVATIONS_HEADER, row, row);
    kt_publication publication = tiny_publication(*state, RUN_A);
    publication.fi_months = 3;
    for (size_t night = 0; night < 2; night++) {
        kt_publish_result result;
        kt_error err = {0};
        write_findings(*state, OBSERVATIONS, END_OF_JANUARY,
                       night == 0 ? END_OF_JANUARY : END_OF_JANUARY ROW_OF_FEBRUARY);
        must(kt_file_write(path, year, strlen(year), &err), &err);
        publication.run_id = night == 0 ? RUN_A : RUN_B;
        must(kt_publish(&publication, made->arena, &result, &err), &err);
        const kt_same_rows *same =
            kt_same_rows_of(result.same, result.same_count, "csv/" OBSERVATIONS_2022);
        assert_int_equal(same == NULL ? 0 : same->in_csv.rows, night);
        assert_int_equal(same == NULL ? 0 : same->in_fi.rows, 0);
        const char *fi = read_file(*state, EARLIER "/csv-fi/" OBSERVATIONS_2022);
        assert_true((strstr(fi, "2022M11;") != NULL) == (night == 0));
    }
    publication.out = path_of(*state, "alone");
    kt_publish_result result;
    kt_error err = {0};
    must(kt_publish(&publication, made->arena, &result, &err), &err);
    assert_string_equal(read_file(*state, EARLIER "/SHA256SUMS"),
                        read_file(*state, "alone/SHA256SUMS"));
}

static void rows_before_a_month_are_counted(void **state)
{
    bench *made = *state;
    const kt_schema *schema = kt_contract_find(tree_contract(*state), "observations");
    static const struct {
        const char *rows;
        int first_month;
        size_t expected;
    } cases[] = {
        {"2022M01,a\n2022M01,b\n2022M02,c\n", 2022 * 12 + 1, 2},
        {"2022M01,a\n2022M02,b\n2022M02,c\n", 2022 * 12 + 1, 1},
        {"2022M01,a\n", 2022 * 12, 0},
        {"2022M01,a\n2022M02,b\n", 2022 * 12 + 5, 0}, /* nothing is left: no file at all */
        {"2022M11,a\n2022Q1,b\n2022Q4,c\n", 2022 * 12 + 11, 2},
        {"2022M12,a\n2022Q1,b\n", 2022 * 12 + 11, 0}, /* what follows is older again */
        {"2022M01,a\nnever,b\n2022M02,c\n", 2022 * 12 + 1, 0},
        {"", 2022 * 12, 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *text = kt_arena_print(made->arena, "time_period,x\n%s", cases[i].rows);
        const char *path = write_words(*state, "rows.csv", text);
        const kt_row_mark mark = kt_rows_before(path, schema, cases[i].first_month);
        assert_int_equal(mark.rows, cases[i].expected);
        assert_true(mark.rows == 0 || text[mark.bytes - 1] == '\n');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_month_more_leaves_the_rows_before_it_alone),
        in_bench(a_changed_row_ends_what_is_the_same),
        in_bench(what_follows_the_same_rows_is_checked),
        in_bench(a_spoilt_file_has_no_rows_that_are_the_same),
        in_bench(a_year_that_leaves_csv_fi_is_no_beginning),
        in_bench(rows_that_csv_fi_leaves_out_are_passed_over),
        in_bench(rows_before_a_month_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
