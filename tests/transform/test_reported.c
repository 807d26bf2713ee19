/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reported.h"

#include <math.h>

#include "core/instant.h"
#include "core/support.h"

static kt_indicator_row row_of(const char *code, const char *period, kt_indicator_sex sex,
                               double realised)
{
    return (kt_indicator_row){.project = "S1",
                              .indicator = code,
                              .period = period,
                              .sex = sex,
                              .target = NAN,
                              .realised = realised,
                              .reported_day = KT_NO_DAY};
}

static void add(kt_reporting *to, const kt_indicator_row *rows, size_t count, int64_t day)
{
    const kt_indicator_report report = {.rows = rows, .row_count = count};
    kt_reporting_add_indicators(to, &report, (kt_report_origin){"inbox", day});
}

/* 10 and a target of 40 on day 100, both again on day 200, 12 on day 300 without the target; on
 * that day another file says 13. */
static void a_newer_report_keeps_what_older_ones_said(void **state)
{
    bench *made = *state;
    kt_reporting *reporting = kt_reporting_new(made->arena);
    kt_indicator_row row = row_of("EECO01", "2024", KT_SEX_ALL, 10);
    row.target = 40;
    add(reporting, &row, 1, 100);
    add(reporting, &row, 1, 200);
    row.target = NAN;
    row.realised = 12;
    add(reporting, &row, 1, 300);
    row.realised = 13;
    add(reporting, &row, 1, 300);
    const kt_reported_list all = kt_reporting_versions(reporting);
    assert_int_equal(all.count, 3);
    assert_close(all.at[0].value, 10, 0);
    assert_int_equal(all.at[0].snapshot_day, 100);
    assert_int_equal(all.at[0].last_snapshot_day, 200);
    assert_string_equal(all.at[0].source, "inbox");
    assert_false(all.at[0].current);
    assert_close(all.at[1].value, 13, 0);
    assert_int_equal(all.at[1].snapshot_day, 300);
    assert_true(all.at[1].current);
    assert_true(all.at[2].target && all.at[2].current);
    assert_close(all.at[2].value, 40, 0);
    assert_int_equal(all.at[2].last_snapshot_day, 200);
}

/* 10 on day 100; on day 200 one file says 12, and a later one 10 again. */
static void a_word_that_is_taken_back_is_no_version(void **state)
{
    bench *made = *state;
    kt_reporting *reporting = kt_reporting_new(made->arena);
    const kt_indicator_row ten = row_of("EECO01", "2024", KT_SEX_ALL, 10);
    const kt_indicator_row twelve = row_of("EECO01", "2024", KT_SEX_ALL, 12);
    add(reporting, &ten, 1, 100);
    add(reporting, &twelve, 1, 200);
    add(reporting, &ten, 1, 200);
    const kt_reported_list all = kt_reporting_versions(reporting);
    assert_int_equal(all.count, 1);
    assert_close(all.at[0].value, 10, 0);
    assert_int_equal(all.at[0].last_snapshot_day, 200);
    assert_true(all.at[0].current);
}

static void periods_end_on_their_last_day(void **state)
{
    (void)state;
    assert_int_equal(kt_report_period_end("2024-H1"), kt_days_from_civil(2024, 6, 30));
    assert_int_equal(kt_report_period_end("2024-H2"), kt_days_from_civil(2024, 12, 31));
    assert_int_equal(kt_report_period_end("2024"), kt_days_from_civil(2024, 12, 31));
    assert_true(kt_report_period_end("END") > kt_report_period_end("2999"));
}

/* What is reported, in the order of figures, and who of it is hidden: # of each. Worked out by
 * hand from what a reader could subtract. */
typedef struct one {
    const char *code, *period;
    kt_indicator_sex sex;
    double value;
    int64_t day;
} one;

#define FIGURES 12

#define ON(on, what, when, who, number)                                                       \
    {                                                                                         \
        .code = (what), .period = (when), .sex = KT_SEX_##who, .value = (number), .day = (on) \
    }

typedef struct hiding {
    one said[FIGURES];
    const char *hidden;
} hiding;

static const hiding cases[] = {
    /* nothing is small */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", F, 20),
      ON(100, "EECO01", "2024", M, 10)},
     "..."},
    /* zeros and fives are shown */
    {{ON(100, "EECO01", "2024", ALL, 5), ON(100, "EECO01", "2024", F, 5),
      ON(100, "EECO01", "2024", M, 0)},
     "..."},
    /* men are 4: women would tell it */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", F, 26),
      ON(100, "EECO01", "2024", M, 4)},
     ".##"},
    /* of a small total nothing else has to go but what is small */
    {{ON(100, "EECO01", "2024", ALL, 3), ON(100, "EECO01", "2024", F, 3),
      ON(100, "EECO01", "2024", M, 0)},
     "##."},
    /* non-binary are never shown of a project, nor that there are none; men are fewer than women */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", F, 20),
      ON(100, "EECO01", "2024", M, 10), ON(100, "EECO01", "2024", NB, 0)},
     "..##"},
    /* sensitive groups are not either, however many */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO12", "2024", ALL, 20),
      ON(100, "EECO12", "2024", F, 20)},
     ".##"},
    /* 02 + 04 + 05 = 01: the three employed go with the smaller of the others */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO02", "2024", ALL, 20),
      ON(100, "EECO04", "2024", ALL, 7), ON(100, "EECO05", "2024", ALL, 3)},
     "..##"},
    /* they do not add up: one has no status, so that 31 less 20 less 7 would be four who are not
     * among the unemployed or inactive */
    {{ON(100, "EECO01", "2024", ALL, 31), ON(100, "EECO02", "2024", ALL, 20),
      ON(100, "EECO04", "2024", ALL, 7), ON(100, "EECO05", "2024", ALL, 3)},
     "..##"},
    /* 26 women in the halves around the one in which men are 4 are 26 there too, hidden or not: the
     * total has to go */
    {{ON(100, "EECO01", "2024-H1", ALL, 26), ON(100, "EECO01", "2024-H1", F, 26),
      ON(100, "EECO01", "2024-H1", M, 0), ON(100, "EECO01", "2024-H2", ALL, 30),
      ON(100, "EECO01", "2024-H2", F, 26), ON(100, "EECO01", "2024-H2", M, 4),
      ON(100, "EECO01", "2025-H1", ALL, 31), ON(100, "EECO01", "2025-H1", F, 26),
      ON(100, "EECO01", "2025-H1", M, 5)},
     "...#.#..."},
    /* men were 4 and are 6: what women were goes, and with it, as the newest report repeats them,
     * the older total and not the newer figures */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(200, "EECO01", "2024", ALL, 32),
      ON(100, "EECO01", "2024", F, 26), ON(100, "EECO01", "2024", M, 4),
      ON(200, "EECO01", "2024", M, 6)},
     "#..#."},
    /* they were 6 and are 4: by now neither is shown, and women neither; 32 less 30 would be the
     * two that were taken back */
    {{ON(100, "EECO01", "2024", ALL, 32), ON(200, "EECO01", "2024", ALL, 30),
      ON(100, "EECO01", "2024", F, 26), ON(100, "EECO01", "2024", M, 6),
      ON(200, "EECO01", "2024", M, 4)},
     "#.###"},
    /* non-binary are not reported: two are neither women nor men, or say nothing */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", F, 16),
      ON(100, "EECO01", "2024", M, 12)},
     "..#"},
    /* nor would they be shown if they were twelve */
    {{ON(100, "EECO01", "2024", ALL, 40), ON(100, "EECO01", "2024", F, 16),
      ON(100, "EECO01", "2024", M, 12)},
     "..#"},
    /* of men alone five others are told, and may be; four may not */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", M, 25)}, ".."},
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO01", "2024", M, 26)}, ".#"},
    /* three of 30 are not unemployed */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO02", "2024", ALL, 27)}, ".#"},
    /* two of the 30 jobless were not employed when they left; of six a reader may know */
    {{ON(100, "EECO02", "2024", ALL, 20), ON(100, "EECO04", "2024", ALL, 10),
      ON(100, "EECR04", "2024", ALL, 28)},
     ".#."},
    {{ON(100, "EECO02", "2024", ALL, 20), ON(100, "EECO04", "2024", ALL, 10),
      ON(100, "EECR04", "2024", ALL, 24)},
     "..."},
    /* two are of 30 to 54 years */
    {{ON(100, "EECO01", "2024", ALL, 50), ON(100, "EECO06", "2024", ALL, 10),
      ON(100, "EECO07", "2024", ALL, 20), ON(100, "EECO08", "2024", ALL, 18)},
     ".#.."},
    /* of other indicators than a relation ties nothing is told */
    {{ON(100, "EECO05", "2024", ALL, 30), ON(100, "EECO02", "2024", ALL, 27)}, ".."},
    /* three came in a half year, then seven */
    {{ON(100, "EECO01", "2024-H1", ALL, 20), ON(100, "EECO01", "2024-H2", ALL, 23),
      ON(100, "EECO01", "2025-H1", ALL, 30)},
     "#.."},
    /* four in each: every second one can stay, the newest first */
    {{ON(100, "EECO01", "2024-H1", ALL, 20), ON(100, "EECO01", "2024-H2", ALL, 24),
      ON(100, "EECO01", "2025-H1", ALL, 28), ON(100, "EECO01", "2025-H2", ALL, 32)},
     "#.#."},
    /* two and two: four in the year are told by the year around the half that is hidden */
    {{ON(100, "EECO01", "2024-H1", ALL, 20), ON(100, "EECO01", "2024-H2", ALL, 22),
      ON(100, "EECO01", "2025-H1", ALL, 24)},
     "##."},
    /* nobody came: nothing to hide */
    {{ON(100, "EECO01", "2024-H1", ALL, 20), ON(100, "EECO01", "2024-H2", ALL, 20)}, ".."},
    /* no children are reported: three of 20 are neither under 30 nor above 54, all the same */
    {{ON(100, "EECO01", "2024", ALL, 20), ON(100, "EECO07", "2024", ALL, 8),
      ON(100, "EECO08", "2024", ALL, 9)},
     ".#."},
    /* of five a reader may know */
    {{ON(100, "EECO01", "2024", ALL, 22), ON(100, "EECO07", "2024", ALL, 8),
      ON(100, "EECO08", "2024", ALL, 9)},
     "..."},
    /* the unemployed are not reported: 30 less 20 less 8 are two */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO04", "2024", ALL, 20),
      ON(100, "EECO05", "2024", ALL, 8)},
     "..#"},
    /* nor are they here: 30 less 28 are two who are not long-term unemployed */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO03", "2024", ALL, 28)}, ".#"},
    /* and here 40 less 6 employed less 31 who were employed when they left are three jobless */
    {{ON(100, "EECO01", "2024", ALL, 40), ON(100, "EECO05", "2024", ALL, 6),
      ON(100, "EECR04", "2024", ALL, 31)},
     ".#."},
    /* men are not reported: of 12 who are not unemployed 10 are women, two are not */
    {{ON(100, "EECO01", "2024", ALL, 40), ON(100, "EECO01", "2024", F, 20),
      ON(100, "EECO02", "2024", ALL, 28), ON(100, "EECO02", "2024", F, 10)},
     "...#"},
    /* all but the unemployed women are two */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(100, "EECO02", "2024", F, 28)}, ".#"},
    /* ten were not unemployed in a half year, 13 in the next one */
    {{ON(100, "EECO01", "2024-H1", ALL, 30), ON(100, "EECO01", "2024-H2", ALL, 60),
      ON(100, "EECO02", "2024-H1", ALL, 20), ON(100, "EECO02", "2024-H2", ALL, 47)},
     "..#."},
    /* or by the next report */
    {{ON(100, "EECO01", "2024", ALL, 30), ON(200, "EECO01", "2024", ALL, 60),
      ON(100, "EECO02", "2024", ALL, 20), ON(200, "EECO02", "2024", ALL, 47)},
     "..#."},
    /* 15 are five more */
    {{ON(100, "EECO01", "2024-H1", ALL, 30), ON(100, "EECO01", "2024-H2", ALL, 60),
      ON(100, "EECO02", "2024-H1", ALL, 20), ON(100, "EECO02", "2024-H2", ALL, 45)},
     "...."},
    /* three of 1 to 4 that make 12 are 4 each; 11 leaves open which of them is 3 */
    {{ON(100, "EECO01", "2024", ALL, 12), ON(100, "EECO02", "2024", ALL, 4),
      ON(100, "EECO04", "2024", ALL, 4), ON(100, "EECO05", "2024", ALL, 4)},
     "####"},
    {{ON(100, "EECO01", "2024", ALL, 11), ON(100, "EECO02", "2024", ALL, 4),
      ON(100, "EECO04", "2024", ALL, 3), ON(100, "EECO05", "2024", ALL, 4)},
     ".###"},
    /* so are two that make eight */
    {{ON(100, "EECO01", "2024", ALL, 8), ON(100, "EECO01", "2024", F, 4),
      ON(100, "EECO01", "2024", M, 4)},
     "###"},
    /* nobody is left of the men but the employed: hiding the 7 unemployed would not hide them, who
     * are all women, nor is there anything to hide */
    {{ON(100, "EECO01", "2024", ALL, 87), ON(100, "EECO01", "2024", F, 69),
      ON(100, "EECO01", "2024", M, 18), ON(100, "EECO02", "2024", ALL, 7),
      ON(100, "EECO02", "2024", F, 7), ON(100, "EECO04", "2024", ALL, 25),
      ON(100, "EECO05", "2024", ALL, 55), ON(100, "EECO05", "2024", M, 18)},
     "........"},
    /* a newer report has two more, another one three less: the newest is shown */
    {{ON(100, "EECO01", "2024", ALL, 20), ON(200, "EECO01", "2024", ALL, 22)}, "#."},
    {{ON(100, "EECO01", "2024", ALL, 20), ON(200, "EECO01", "2024", ALL, 25),
      ON(300, "EECO01", "2024", ALL, 22)},
     "##."},
};

static const kt_indicators *catalogue(bench *made)
{
    const kt_indicators *all =
        kt_indicators_load(KT_ROOT "/config/projects", made->arena, kt_problems_new(made->arena));
    assert_non_null(all);
    return all;
}

static kt_reported_list versions_of(bench *made, const hiding *of)
{
    kt_reporting *reporting = kt_reporting_new(made->arena);
    for (size_t i = 0; i < FIGURES && of->said[i].code != NULL; i++) {
        const one *said = &of->said[i];
        kt_indicator_row *row = kt_arena_new(made->arena, kt_indicator_row);
        *row = row_of(said->code, said->period, said->sex, said->value);
        add(reporting, row, 1, said->day);
    }
    return kt_reporting_versions(reporting);
}

static void what_is_small_cannot_be_subtracted(void **state)
{
    bench *made = *state;
    const kt_reported_rules rules = {catalogue(made), true};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_reported_list all = versions_of(made, &cases[i]);
        char found[FIGURES + 1] = "";
        bool *hidden = NULL;
        kt_error err = {0};
        assert_int_equal(all.count, strlen(cases[i].hidden));
        assert_int_equal(kt_reported_hide(&all, &rules, made->arena, &hidden, &err), KT_OK);
        for (size_t j = 0; j < all.count; j++) {
            found[j] = hidden[j] ? '#' : '.';
        }
        assert_string_equal(found, cases[i].hidden);
    }
}

/* 12 answered at the end of 2025, 9 at that of 2024 and 20 at that of 2023: three more than 9 would
 * tell what three answered. Four are not shown at all. */
static void means_of_nearly_the_same_persons_are_not_shown_together(void **state)
{
    bench *made = *state;
    static const kt_scale scale = {.code = "tyokyky", .least = 0, .most = 10};
    const kt_score_row rows[] = {{"S1", &scale, "2023", KT_SCORE_START, 20, 5, 1, 1, 2},
                                 {"S1", &scale, "2024", KT_SCORE_START, 9, 5, 1, 1, 3},
                                 {"S1", &scale, "2025", KT_SCORE_START, 12, 5, 1, 1, 4},
                                 {"S1", &scale, "2025", KT_SCORE_END, 9, 5, 1, 1, 5},
                                 {"S1", &scale, "END", KT_SCORE_END, 4, 5, 1, 1, 6},
                                 {"S2", &scale, "2025", KT_SCORE_START, 9, 5, 1, 1, 7}};
    const kt_score_report report = {.rows = rows, .row_count = COUNT_OF(rows)};
    kt_reporting *reporting = kt_reporting_new(made->arena);
    kt_reporting_add_scores(reporting, &report, (kt_report_origin){"inbox", 100});
    const kt_reported_list all = kt_reporting_versions(reporting);
    static const bool want[] = {false, true, false, false, true, false};
    bool *hidden = NULL;
    kt_scores_hide(&all, made->arena, &hidden);
    assert_int_equal(all.count, COUNT_OF(want));
    for (size_t i = 0; i < all.count; i++) {
        assert_int_equal(hidden[i], want[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_newer_report_keeps_what_older_ones_said),
        in_bench(a_word_that_is_taken_back_is_no_version),
        in_bench(periods_end_on_their_last_day),
        in_bench(what_is_small_cannot_be_subtracted),
        in_bench(means_of_nearly_the_same_persons_are_not_shown_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
