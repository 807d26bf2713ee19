/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "panel.h"

#include <math.h>

#include "pipeline/publish_run.h"

#define OBSERVATIONS_2023 "observations/observations_2023.csv"

static const char *const figures[] = {"unemployed", "vacancies"};

static kt_panel_ask observations_of(void *state)
{
    return (kt_panel_ask){.schema = kt_contract_find(tree_contract(state), "observations"),
                          .figures = figures,
                          .figure_count = COUNT_OF(figures)};
}

static kt_panel_place findings_place(void *state, kt_codes *used)
{
    return (kt_panel_place){.folder = findings_of(state),
                            .parts = used == NULL ? NULL : path_of(state, "parts"),
                            .used = used,
                            .threads = 2};
}

static kt_panel *read_panel(void *state, const kt_panel_ask *ask, kt_codes *used)
{
    bench *made = state;
    kt_panel *panel = NULL;
    kt_error err = {0};
    const kt_panel_place place = findings_place(state, used);
    must(kt_folder_make(path_of(state, "parts"), &err), &err);
    must(kt_panel_read(ask, &place, made->arena, &panel, &err), &err);
    return panel;
}

static void assert_figure(const kt_panel_line *line, size_t figure, size_t period,
                          kt_published_figure expected)
{
    const kt_published_figure is = line->of[figure][period];
    const double pairs[][2] = {{is.is.value, expected.is.value},
                               {is.is.low, expected.is.low},
                               {is.is.high, expected.is.high}};
    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_true(pairs[i][0] == pairs[i][1] || (isnan(pairs[i][0]) && isnan(pairs[i][1])));
    }
    assert_int_equal(is.obs, expected.obs);
}

/* The country's row of December and January stands in two files. */
static void a_key_is_one_series_over_the_years(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    const kt_panel_ask ask = observations_of(*state);
    const kt_panel *panel = read_panel(*state, &ask, NULL);
    assert_int_equal(panel->line_count, 3);
    const kt_panel_line *country = &panel->lines[0];
    assert_string_equal(kt_panel_cell(panel, country, "region_code"), "SSS");
    assert_string_equal(kt_panel_cell(panel, country, "source"), "12r5");
    assert_null(kt_panel_cell(panel, country, "time_period"));
    assert_int_equal(country->first.index, 2022 * 12 + 11);
    assert_int_equal(country->count, 2);
    assert_figure(country, 1, 0, (kt_published_figure){{100, 100, 100}, KT_OBS_OBSERVED});
    assert_figure(country, 1, 1, (kt_published_figure){{102, 101, 104}, KT_OBS_ESTIMATED});
    assert_string_equal(kt_panel_cell(panel, &panel->lines[1], "region_code"), "MK01");
    assert_int_equal(panel->lines[1].count, 1);
}

static void a_hidden_figure_has_its_ends_and_no_number(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    const kt_panel_ask ask = observations_of(*state);
    const kt_panel *panel = read_panel(*state, &ask, NULL);
    assert_figure(&panel->lines[2], 1, 0, (kt_published_figure){{NAN, 1, 4}, KT_OBS_PROTECTED});
    assert_figure(&panel->lines[2], 0, 0, (kt_published_figure){{100, 100, 100}, KT_OBS_OBSERVED});
}

/* Uusimaa's row taken out of January and put into March: February has no row of any region. */
static void a_period_without_a_row_is_not_collected(void **state)
{
    write_findings(*state, OBSERVATIONS_2023, "\n2023M01,2023-01-01,12r5,maakunta,MK02",
                   "\n2023M03,2023-03-01,12r5,maakunta,MK02");
    const kt_panel_ask ask = observations_of(*state);
    const kt_panel *panel = read_panel(*state, &ask, NULL);
    const kt_panel_line *country = &panel->lines[0];
    assert_int_equal(country->count, 4);
    assert_figure(country, 0, 2, (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED});
    assert_figure(country, 0, 3, (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED});
    assert_int_equal(panel->lines[2].count, 1);
}

static void only_rows_that_pass_all_filters_are_taken(void **state)
{
    static const char *const levels[] = {"maakunta", "kunta"};
    static const char *const codes[] = {"SSS", "MK02"};
    static const kt_panel_filter filters[] = {{"region_level", levels, 2},
                                              {"region_code", codes, 2}};
    write_findings(*state, NULL, NULL, NULL);
    kt_panel_ask ask = observations_of(*state);
    ask.filters = filters;
    ask.filter_count = COUNT_OF(filters);
    const kt_panel *panel = read_panel(*state, &ask, NULL);
    assert_int_equal(panel->line_count, 1);
    assert_string_equal(panel->lines[0].key[2], "MK02");
}

static void years_before_the_first_are_not_read(void **state)
{
    write_findings(*state, NULL, NULL, NULL);
    kt_panel_ask ask = observations_of(*state);
    ask.first_year = 2023;
    assert_int_equal(read_panel(*state, &ask, NULL)->lines[0].count, 1);
}

static void a_line_is_found_by_its_key(void **state)
{
    static const char *const there[] = {"12r5", "maakunta", "MK01", "_T", "_T"};
    static const char *const absent[] = {"12r5", "maakunta", "MK03", "_T", "_T"};
    write_findings(*state, NULL, NULL, NULL);
    const kt_panel_ask ask = observations_of(*state);
    const kt_panel *panel = read_panel(*state, &ask, NULL);
    assert_ptr_equal(kt_panel_find(panel, there, KT_MONTHLY), &panel->lines[1]);
    assert_null(kt_panel_find(panel, there, KT_QUARTERLY));
    assert_null(kt_panel_find(panel, absent, KT_MONTHLY));
}

static void assert_same_line(const kt_panel_line *a, const kt_panel_line *b)
{
    assert_int_equal(a->count, b->count);
    assert_string_equal(a->key[2], b->key[2]);
    for (size_t i = 0; i < COUNT_OF(figures) * a->count; i++) {
        const size_t figure = i / a->count;
        assert_figure(a, figure, i % a->count, b->of[figure][i % a->count]);
    }
}

static void assert_same(const kt_panel *a, const kt_panel *b)
{
    assert_int_equal(a->line_count, b->line_count);
    for (size_t i = 0; i < a->line_count; i++) {
        assert_same_line(&a->lines[i], &b->lines[i]);
    }
}

/* A part that was damaged is as one that is absent. */
static void what_was_read_before_is_taken_from_its_parts(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    write_findings(*state, NULL, NULL, NULL);
    const kt_panel_ask ask = observations_of(*state);
    kt_codes *used = kt_codes_new(made->arena);
    const kt_panel *whole = read_panel(*state, &ask, used);
    assert_int_equal(kt_codes_count(used), 2);
    assert_same(read_panel(*state, &ask, used), whole);
    assert_int_equal(kt_codes_count(used), 2);
    const char *part = kt_path_join(made->arena, path_of(*state, "parts"), kt_codes_at(used, 0));
    must(kt_file_write(part, "KTPANEL1 is no part", 19, &err), &err);
    assert_same(read_panel(*state, &ask, used), whole);
}

/* The file changed, so what was kept of it is another one's. */
static void a_file_that_changed_is_read_again(void **state)
{
    bench *made = *state;
    kt_codes *used = kt_codes_new(made->arena);
    write_findings(*state, NULL, NULL, NULL);
    const kt_panel_ask ask = observations_of(*state);
    (void)read_panel(*state, &ask, used);
    write_findings(*state, OBSERVATIONS_2023, "300,300,300,A", "301,301,301,A");
    const kt_panel *panel = read_panel(*state, &ask, used);
    assert_figure(&panel->lines[1], 0, 0, (kt_published_figure){{301, 301, 301}, KT_OBS_OBSERVED});
}

static void a_column_that_is_not_there_is_told(void **state)
{
    bench *made = *state;
    static const char *const wrong[] = {"vacancy"};
    kt_panel_ask ask = observations_of(*state);
    kt_panel *panel = NULL;
    kt_error err = {0};
    ask.figures = wrong;
    ask.figure_count = 1;
    const kt_panel_place place = findings_place(*state, NULL);
    write_findings(*state, NULL, NULL, NULL);
    assert_int_equal(kt_panel_read(&ask, &place, made->arena, &panel, &err), KT_ERR_CONFIG);
    assert_non_null(strstr(err.message, "no column \"vacancy\""));
}

static void a_broken_file_is_named(void **state)
{
    bench *made = *state;
    kt_panel *panel = NULL;
    kt_error err = {0};
    const kt_panel_ask ask = observations_of(*state);
    const kt_panel_place place = findings_place(*state, NULL);
    write_findings(*state, OBSERVATIONS_2023, "2023M01,2023-01-01,12r5,country",
                   "2023M13,2023-01-01,12r5,country");
    assert_int_equal(kt_panel_read(&ask, &place, made->arena, &panel, &err), KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "2023M13"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_key_is_one_series_over_the_years),
        in_bench(a_hidden_figure_has_its_ends_and_no_number),
        in_bench(a_period_without_a_row_is_not_collected),
        in_bench(only_rows_that_pass_all_filters_are_taken),
        in_bench(years_before_the_first_are_not_read),
        in_bench(a_line_is_found_by_its_key),
        in_bench(what_was_read_before_is_taken_from_its_parts),
        in_bench(a_file_that_changed_is_read_again),
        in_bench(a_column_that_is_not_there_is_told),
        in_bench(a_broken_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
