/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sector_rows.h"

#include "pipeline/publish_support.h"
#include "publish/rows.h"
#include "transform/sample.h"

#define MONTHS "timeperiod_m: 2024M03 2025M01"

static kt_measure_spec of_posts[] = {
    {.measure = "vacancies", .code = "V", .unit = "posts", .group = "_T", .scale = 1.0},
    {.measure = "occupied_posts",
     .code = "O",
     .unit = "posts",
     .group = "_T",
     .scale = 1.0,
     .optional = true},
    {.measure = "vacancy_rate",
     .code = "R",
     .unit = "percent",
     .group = "_T",
     .scale = 1.0,
     .optional = true}};
static kt_measure_spec of_persons[] = {
    {.measure = "employed", .code = "E", .unit = "persons", .group = "_T", .scale = 1.0}};

static kt_sector_table table_of(bench *made, const char *revision, const char *shape,
                                const char *cells)
{
    kt_source *source = sample_sectors(made->arena, revision);
    const bool persons = strstr(shape, "contentscode: E") != NULL;
    source->frequency = persons ? KT_YEARLY : KT_MONTHLY;
    source->measures = persons ? of_persons : of_posts;
    source->measure_count = persons ? 1 : COUNT_OF(of_posts);
    const kt_cube *cube =
        sample_cube(source, sample_reply(made->arena, "a", shape, cells), made->arena);
    source->id = persons ? "persons" : "posts"; /* the reply is of t1 */
    return (kt_sector_table){source, cube,
                             sample_rollup(cube, source, sample_classes(made->arena), made->arena)};
}

/* The row of the job's period (of all of them) that begins so, without its first two cells. */
static const char *row_in(bench *made, const kt_sector_job *job, size_t period, const char *begins)
{
    kt_sector_rows *all = NULL;
    kt_error err = {0};
    assert_int_equal(kt_sector_rows_new(job, made->arena, &all, &err), KT_OK);
    kt_rows *rows = kt_rows_open_part(kt_contract_find(job->contract, "sectors"));
    assert_int_equal(kt_sector_rows_add(all, period, rows, &err), KT_OK);
    const char *text = kt_arena_copy_n(made->arena, rows->bytes.bytes, rows->bytes.length);
    kt_rows_discard(rows);
    const char *at = strstr(text, begins);
    if (at == NULL) {
        fail_msg("no row %s in\n%s", begins, text);
        return "";
    }
    return kt_arena_copy_n(made->arena, at, strcspn(at, "\n"));
}

static kt_sector_job job_of(bench *made, const kt_sector_feed *feed,
                            const kt_sector_settings *settings)
{
    return (kt_sector_job){.contract = tree_contract(made),
                           .classifications = sample_classes(made->arena),
                           .settings = settings,
                           .feeds = feed,
                           .feed_count = 1};
}

static const char *row_of(bench *made, const kt_sector_feed *feed,
                          const kt_sector_settings *settings, size_t period, const char *begins)
{
    const kt_sector_job job = job_of(made, feed, settings);
    return row_in(made, &job, period, begins);
}

static const kt_sector_rate employed = {"posts", "persons", KT_RATE_EMPLOYED};

/* 10 posts and 190 persons of the newest year that is not after the month. */
static void a_rate_has_the_persons_of_the_newest_year_that_is_not_after_it(void **state)
{
    bench *made = *state;
    const kt_sector_feed feed = {
        .vacancies =
            table_of(made, "tol2008", "Alue: SSS | Toimiala: SSS C | " MONTHS " | contentscode: V",
                     "20 40 10 30"),
        .denominator =
            table_of(made, "tol2008",
                     "Alue: SSS | Toimiala: SSS C | timeperiod_y: 2022 2024 2025 | contentscode: E",
                     "900 980 1000 180 190 270"),
        .rate = &employed};
    const kt_sector_settings none = {0};
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,tol2008,Teollisuus,10,10,10,190,2024,0.05,"
                        "v_over_v_plus_employed,A");
    assert_string_equal(row_of(made, &feed, &none, 1, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,tol2008,Teollisuus,30,30,30,270,2025,0.1,"
                        "v_over_v_plus_employed,A");
}

static void a_hidden_figure_has_its_limits_and_no_rate(void **state)
{
    bench *made = *state;
    const kt_sector_feed feed = {
        .vacancies = table_of(made, "tol2008",
                              "Alue: SSS | Toimiala: SSS C | timeperiod_m: 2024M03 | "
                              "contentscode: V",
                              "20 ..."),
        .denominator = table_of(
            made, "tol2008", "Alue: SSS | Toimiala: SSS C | timeperiod_y: 2023 | contentscode: E",
            "... 190"),
        .rate = &employed};
    const kt_sector_settings none = {0};
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,tol2008,Teollisuus,,1,4,190,2023,,"
                        "v_over_v_plus_employed,Q");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,_T"),
                        "posts,country,SSS,_T,_T,tol2008,Kaikki,20,20,20,,,,"
                        "v_over_v_plus_employed,A");
}

static void a_source_without_a_denominator_has_none(void **state)
{
    bench *made = *state;
    const kt_sector_feed feed = {
        .vacancies = table_of(made, "tol2008",
                              "Alue: SSS | Toimiala: SSS C | timeperiod_m: 2024M03 | "
                              "contentscode: V",
                              "20 10")};
    const kt_sector_settings none = {0};
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,tol2008,Teollisuus,10,10,10,,,,_Z,A");
}

/* TOL 2025 over TOL 2008: of G's 40 persons 30 stay and 10 go to T, which has the 5 of S. */
static void persons_of_another_revision_are_converted_and_the_name_says_so(void **state)
{
    bench *made = *state;
    const kt_sector_feed feed = {
        .vacancies = table_of(made, "tol2025",
                              "Alue: SSS | Toimiala: SSS G T | timeperiod_m: 2024M03 | "
                              "contentscode: V",
                              "20 10 5"),
        .denominator = table_of(
            made, "tol2008", "Alue: SSS | Toimiala: SSS G S | timeperiod_y: 2023 | contentscode: E",
            "80 40 5"),
        .rate = &employed};
    const kt_sector_settings none = {0};
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1,TOL-G"),
                        "posts,country,SSS,tol1,TOL-G,tol2025,Kauppa,10,10,10,30,2023,0.25,"
                        "v_over_v_plus_employed_converted,A");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1,TOL-T"),
                        "posts,country,SSS,tol1,TOL-T,tol2025,Muut palvelut,5,5,5,15,2023,0.25,"
                        "v_over_v_plus_employed_converted,A");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,_T"),
                        "posts,country,SSS,_T,_T,tol2025,Kaikki,20,20,20,80,2023,0.2,"
                        "v_over_v_plus_employed,A");
}

/* Of G's 20 posts 15 stay, 0 to 20 may; the persons are converted in the same way. */
static void a_table_is_shown_in_the_other_revision_too(void **state)
{
    bench *made = *state;
    kt_sector_revision to[] = {KT_NACE21, KT_TOL2025};
    const kt_sector_settings convert = {.convert = to, .convert_count = 2};
    const kt_sector_feed feed = {
        .vacancies = table_of(made, "tol2008",
                              "Alue: SSS | Toimiala: SSS G S | timeperiod_m: 2024M03 | "
                              "contentscode: V",
                              "40 20 1"),
        .denominator = table_of(
            made, "nace2", "Alue: SSS | Toimiala: SSS G S | timeperiod_y: 2023 | contentscode: E",
            "80 60 5"),
        .rate = &employed};
    assert_string_equal(row_of(made, &feed, &convert, 0, "posts,country,SSS,tol1,TOL-G,tol2025"),
                        "posts,country,SSS,tol1,TOL-G,tol2025,Kauppa,15,,,45,2023,0.25,"
                        "v_over_v_plus_employed_converted,E");
    assert_string_equal(row_of(made, &feed, &convert, 0, "posts,country,SSS,tol1,TOL-G,tol2008"),
                        "posts,country,SSS,tol1,TOL-G,tol2008,Kauppa ja autojen korjaus,20,20,20,"
                        "60,2023,0.25,v_over_v_plus_employed,A");
}

static void posts_of_the_same_survey_make_its_rate(void **state)
{
    bench *made = *state;
    static const kt_sector_rate occupied = {"posts", "posts", KT_RATE_OCCUPIED};
    const kt_sector_settings none = {0};
    kt_sector_feed feed = {.vacancies =
                               table_of(made, "nace2",
                                        "contentscode: V O | Alue: SSS | Toimiala: SSS C | "
                                        "timeperiod_m: 2024M03",
                                        "20 10 380 90"),
                           .rate = &occupied};
    feed.denominator = feed.vacancies;
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,nace2,Teollisuus,10,10,10,,,0.1,"
                        "v_over_v_plus_occupied,A");
    /* Or its own, in percent. */
    feed.vacancies = feed.denominator = table_of(
        made, "nace2", "contentscode: R | Alue: SSS | Toimiala: SSS C | timeperiod_m: 2024M03",
        "... 1.4");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,tol1"),
                        "posts,country,SSS,tol1,TOL-C,nace2,Teollisuus,,,,,,0.014,"
                        "v_over_v_plus_occupied,A");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,country,SSS,_T"),
                        "posts,country,SSS,_T,_T,nace2,Kaikki,,,,,,,v_over_v_plus_occupied,Q");
}

/* Municipalities have all sectors together, maakunta their divisions, what is left over no rate. */
static void the_coarser_the_region_the_finer_the_sectors(void **state)
{
    bench *made = *state;
    const kt_sector_settings none = {0};
    const kt_sector_feed feed = {
        .vacancies = table_of(made, "tol2008",
                              "Alue: SSS KU001 MK01 MK02 | Toimiala: SSS C 10 | "
                              "timeperiod_m: 2024M03 | contentscode: V",
                              "20 10 10 3 1 1 5 2 2 9 6 6"),
        .denominator = table_of(made, "tol2008",
                                "Alue: SSS MK01 MK02 | Toimiala: SSS C | timeperiod_y: 2023 | "
                                "contentscode: E",
                                "100 50 40 20 60 30"),
        .rate = &employed};
    (void)row_of(made, &feed, &none, 0, "posts,kunta,KU001,_T");
    (void)row_of(made, &feed, &none, 0, "posts,suuralue,SA1,tol1,TOL-C");
    (void)row_of(made, &feed, &none, 0, "posts,maakunta,MK02,tol2,TOL-10");
    assert_string_equal(row_of(made, &feed, &none, 0, "posts,maakunta,_X,_T"),
                        "posts,maakunta,_X,_T,_T,tol2008,Kaikki,6,6,6,,,,v_over_v_plus_employed,A");
}

/* Of SA1, which is both maakunta, S has two hidden figures of 2.5. In the other revision T has a
 * quarter of G's 60 posts beside it: 5 of 20 are hidden. */
static void a_sum_of_mostly_hidden_posts_has_no_value_in_either_revision(void **state)
{
    static const struct {
        double limit;
        const char *own, *converted;
    } cases[] = {{1.0, "5,2,8,,,,_Z,E", "20,,,,,,_Z,E"},
                 {0.5, ",2,8,,,,_Z,Q", "20,,,,,,_Z,E"},
                 {0.2, ",2,8,,,,_Z,Q", ",,,,,,_Z,Q"}};
    bench *made = *state;
    kt_sector_revision to = KT_TOL2025;
    const kt_sector_settings convert = {.convert = &to, .convert_count = 1};
    const kt_sector_feed feed = {.vacancies = table_of(made, "tol2008",
                                                       "Alue: SSS MK01 MK02 | Toimiala: SSS G S | "
                                                       "timeperiod_m: 2024M03 | contentscode: V",
                                                       "90 60 9 50 40 ... 40 20 ...")};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_sector_job job = job_of(made, &feed, &convert);
        job.protected_share_limit = cases[i].limit;
        const char *own =
            row_in(made, &job, 0, "posts,suuralue,SA1,tol1,TOL-S,tol2008,Muut palvelut,");
        const char *converted =
            row_in(made, &job, 0, "posts,suuralue,SA1,tol1,TOL-T,tol2025,Muut palvelut,");
        assert_string_equal(strstr(own, "palvelut,") + strlen("palvelut,"), cases[i].own);
        assert_string_equal(strstr(converted, "palvelut,") + strlen("palvelut,"),
                            cases[i].converted);
    }
}

static void a_rate_of_nothing_is_none(void **state)
{
    (void)state;
    assert_true(isnan(kt_sector_rate_of(KT_RATE_EMPLOYED, 0.0, 0.0)));
    assert_true(isnan(kt_sector_rate_of(KT_RATE_EMPLOYED, NAN, 5.0)));
    assert_close(kt_sector_rate_of(KT_RATE_LABOUR_FORCE, 5.0, 100.0), 0.05, 0.0);
    assert_close(kt_sector_rate_of(KT_RATE_OCCUPIED, 5.0, 95.0), 0.05, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_rate_has_the_persons_of_the_newest_year_that_is_not_after_it),
        in_bench(a_hidden_figure_has_its_limits_and_no_rate),
        in_bench(a_source_without_a_denominator_has_none),
        in_bench(persons_of_another_revision_are_converted_and_the_name_says_so),
        in_bench(a_table_is_shown_in_the_other_revision_too),
        in_bench(posts_of_the_same_survey_make_its_rate),
        in_bench(the_coarser_the_region_the_finer_the_sectors),
        in_bench(a_sum_of_mostly_hidden_posts_has_no_value_in_either_revision),
        cmocka_unit_test(a_rate_of_nothing_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
