/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/contents.h"

#include "core/cleanup.h"
#include "sample.h"

#define THREE_MONTHS \
    "timeperiod_m: 2026M04 2026M05 2026M06 | Alue: SSS MK01 MK02 | contentscode: U V"

/* Cells of April, May and June; in each SSS, MK01, MK02, and of each unemployed and vacancies. */
typedef struct ending {
    const char *cells;
    const char *check;     /* the one row there is; NULL: none */
    const char *vacancies; /* statuses of the whole country's vacancies, month by month */
    const char *last;      /* month in which they are collected */
} ending;

static const ending endings[] = {
    /* filled to the end */
    {"9 5 4 2 5 3  9 5 4 2 5 3  9 5 4 2 5 3", NULL, "AAA", "2026M06"},
    /* two months of zeros: stopped */
    {"9 5 4 2 5 3  9 0 4 0 5 0  9 0 4 0 5 0", "content_stopped", "ALL", "2026M04"},
    /* a nil of the source is a zero, what is missing is none */
    {"9 5 4 2 5 3  9 - 4 - 5 ..  9 0 4 0 5 0", "content_stopped", "ALL", "2026M04"},
    /* one region still has a figure */
    {"9 5 4 2 5 3  9 0 4 0 5 0  9 1 4 0 5 1", NULL, "AAA", "2026M06"},
    /* ... or a hidden one */
    {"9 5 4 2 5 3  9 0 4 0 5 0  9 0 4 0 5 ...", NULL, "AAA", "2026M06"},
    /* zero places are zero while others are filled */
    {"9 5 4 5 5 0  9 5 4 5 5 0  9 5 4 5 5 0", NULL, "AAA", "2026M06"},
    /* a month of zeros in between is no end */
    {"9 5 4 2 5 3  9 0 4 0 5 0  9 5 4 2 5 3", NULL, "AAA", "2026M06"},
    /* one month alone: nobody can tell yet, the table waits */
    {"9 5 4 2 5 3  9 5 4 2 5 3  9 0 4 0 5 0", "content_filled", "AAA", "2026M06"},
    /* never filled */
    {"9 0 4 0 5 0  9 0 4 0 5 0  9 0 4 0 5 0", NULL, "AAA", "2026M06"},
    /* not fetched any more is not zero */
    {"9 5 4 2 5 3  9 l 4 l 5 l  9 l 4 l 5 l", NULL, "ALL", "2026M04"},
};

static kt_cube *ended(const kt_source *source, const char *cells, kt_checks *checks,
                      kt_arena *arena)
{
    kt_cube *cube = sample_cube(source, sample_reply(arena, "a", THREE_MONTHS, cells), arena);
    kt_error err = {0};
    assert_int_equal(kt_contents_end(cube, source, arena, checks, &err), KT_OK);
    return cube;
}

static char status_of(const kt_cube *cube, const char *period, const char *measure)
{
    return kt_obs_letter((kt_obs)cube->status[cell_at(cube, period, measure, "SSS", NULL)]);
}

static void zeros_everywhere_at_the_end_of_the_table_end_a_content(void **state)
{
    static const char *const months[] = {"2026M04", "2026M05", "2026M06"};
    const kt_source *source = sample_source(*state, NULL);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        kt_checks checks = {0};
        const kt_cube *cube = ended(source, endings[i].cells, &checks, *state);
        assert_int_equal(checks.count, endings[i].check == NULL ? 0 : 1);
        if (checks.count > 0) {
            assert_string_equal(checks.rows[0].name, endings[i].check);
        }
        for (size_t m = 0; m < 3; m++) {
            assert_int_equal(status_of(cube, months[m], "vacancies"), endings[i].vacancies[m]);
            assert_int_equal(status_of(cube, months[m], "unemployed"), 'A');
        }
        kt_period last, wanted;
        assert_true(kt_content_last(cube, "vacancies", &last));
        assert_true(kt_period_read(endings[i].last, &wanted));
        assert_int_equal(kt_period_compare(last, wanted), 0);
        assert_false(kt_content_last(cube, "hired", &last));
    }
}

static void the_row_says_from_when_on(void **state)
{
    const kt_source *source = sample_source(*state, NULL);
    kt_checks checks = {0};
    (void)ended(source, endings[1].cells, &checks, *state);
    assert_string_equal(checks.rows[0].subject, "t1 vacancies");
    assert_string_equal(checks.rows[0].severity, "note");
    assert_int_equal(checks.rows[0].cells_failed, 6);
    assert_string_equal(checks.rows[0].examples,
                        "not collected from 2026M05 on: zero everywhere since, and not before");
    (void)ended(source, endings[7].cells, &checks, *state);
    assert_string_equal(checks.rows[0].severity, "hold");
    assert_false(checks.rows[0].passed);
    assert_non_null(strstr(checks.rows[0].examples, "period=2026M06"));
}

/* A stock of the end of May is inside until 2026-05-31 and outside until the day before. */
static void a_figure_outside_the_days_of_the_source_file_is_not_collected(void **state)
{
    static const struct {
        const char *from, *to, *statuses;
    } cases[] = {
        {NULL, "2026-05-31", "AAL"},         {NULL, "2026-05-30", "ALL"},
        {"2026-05-31", NULL, "LAA"},         {"2026-05-01", "2026-05-31", "LAL"},
        {"2020-01-01", "2030-12-31", "AAA"},
    };
    static const char *const months[] = {"2026M04", "2026M05", "2026M06"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_source *source = sample_source(*state, NULL);
        kt_measure_spec measures[2] = {source->measures[0], source->measures[1]};
        measures[1].valid_from = cases[i].from;
        measures[1].valid_to = cases[i].to;
        source->measures = measures;
        kt_checks checks = {0};
        const kt_cube *cube = ended(source, endings[0].cells, &checks, *state);
        assert_int_equal(checks.count, 0);
        for (size_t m = 0; m < 3; m++) {
            assert_int_equal(status_of(cube, months[m], "vacancies"), cases[i].statuses[m]);
            assert_int_equal(status_of(cube, months[m], "unemployed"), 'A');
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(zeros_everywhere_at_the_end_of_the_table_end_a_content),
        ARENA_TEST(the_row_says_from_when_on),
        ARENA_TEST(a_figure_outside_the_days_of_the_source_file_is_not_collected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
