/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure_series.h"

#include <math.h>

#include "pipeline/publish_run.h"

static const char *both[] = {"unemployed", "vacancies"};
static const char *one[] = {"vacancies"};

static kt_figure_series_list read_series(void *state, kt_series_ask *asks, size_t count)
{
    bench *made = state;
    kt_figure_series_list list = {0};
    kt_error err = {0};
    const kt_series_settings settings = {.asks = asks, .ask_count = count};
    const kt_panel_place place = {.folder = findings_of(state), .threads = 1};
    write_findings(state, NULL, NULL, NULL);
    must(kt_figure_series_read(tree_contract(state), &settings, &place, made->arena, &list, &err),
         &err);
    return list;
}

static void a_series_is_named_by_its_columns(void **state)
{
    kt_series_ask asks[] = {{.table = "observations", .figures = both, .figure_count = 2}};
    const kt_figure_series_list list = read_series(*state, asks, 1);
    assert_int_equal(list.count, 6);
    const kt_figure_series *first = &list.at[0];
    assert_string_equal(first->word[KT_SERIES_SOURCE], "12r5");
    assert_string_equal(first->word[KT_SERIES_REGION_CODE], "SSS");
    assert_string_equal(first->word[KT_SERIES_SECTOR_LEVEL], "_T");
    assert_string_equal(first->word[KT_SERIES_OCCUPATION_CODE], "_T");
    assert_string_equal(first->word[KT_SERIES_INDICATOR], "unemployed");
    assert_string_equal(list.at[1].word[KT_SERIES_INDICATOR], "vacancies");
    assert_true(first->at[0].is.value == 400.0);
}

static void what_is_asked_twice_stands_once(void **state)
{
    kt_series_ask asks[] = {{.table = "observations", .figures = both, .figure_count = 2},
                            {.table = "observations", .figures = one, .figure_count = 1}};
    assert_int_equal(read_series(*state, asks, 2).count, 6);
}

#define NONE                                  \
    {                                         \
        {NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED \
    }
#define SEEN(figure)                                    \
    {                                                   \
        {(figure), (figure), (figure)}, KT_OBS_OBSERVED \
    }
#define NEW_BASIS(figure)                            \
    {                                                \
        {(figure), (figure), (figure)}, KT_OBS_BREAK \
    }
#define HIDDEN                            \
    {                                     \
        {NAN, 1.0, 4.0}, KT_OBS_PROTECTED \
    }

/* Where runs begin and how long they are, one after the other. */
static void a_run_has_no_gap_and_no_break_inside(void **state)
{
    static const struct {
        kt_published_figure at[6];
        size_t runs, first[3], count[3];
    } cases[] = {
        {{SEEN(1), SEEN(2), SEEN(3), SEEN(4), SEEN(5), SEEN(6)}, 1, {0}, {6}},
        {{NONE, SEEN(2), SEEN(3), SEEN(4), SEEN(5), NONE}, 1, {1}, {4}},
        {{SEEN(1), HIDDEN, SEEN(3), SEEN(4), NONE, SEEN(6)}, 3, {0, 2, 5}, {1, 2, 1}},
        {{SEEN(1), SEEN(2), NEW_BASIS(3), SEEN(4), SEEN(5), SEEN(6)}, 2, {0, 2}, {2, 4}},
        {{NEW_BASIS(1), SEEN(2), NEW_BASIS(3), NEW_BASIS(4), SEEN(5), SEEN(6)},
         3,
         {0, 2, 3},
         {2, 1, 3}},
        {{NONE, NONE, HIDDEN, NONE, NONE, NONE}, 0, {0}, {0}},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_figure_series series = {.count = 6, .at = cases[i].at};
        kt_series_run run = {0};
        size_t runs = 0;
        for (size_t from = 0; kt_series_run_next(&series, from, &run);
             from = run.first + run.count) {
            assert_int_equal(run.first, cases[i].first[runs]);
            assert_int_equal(run.count, cases[i].count[runs]);
            runs++;
        }
        assert_int_equal(runs, cases[i].runs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_series_is_named_by_its_columns),
        in_bench(what_is_asked_twice_stands_once),
        in_bench(a_run_has_no_gap_and_no_break_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
