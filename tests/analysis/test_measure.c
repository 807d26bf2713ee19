/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/measure.h"

#include "analysis/support.h"

static void every_measure_is_found_by_its_own_id(void **state)
{
    (void)state;
    assert_non_null(kt_measure_at(0));
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        assert_ptr_equal(kt_measure_find(kt_measure_at(i)->id), kt_measure_at(i));
    }
    assert_null(kt_measure_find("no_such_measure"));
}

static void assert_told(const char *id, const char *what, const char *text)
{
    if (text == NULL || *text == '\0') {
        fail_msg("%s has no %s", id, what);
    }
}

static void every_measure_says_what_it_is_in_three_languages(void **state)
{
    (void)state;
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        const kt_measure *measure = kt_measure_at(i);
        assert_told(measure->id, "Finnish name", measure->name_fi);
        assert_told(measure->id, "Swedish name", measure->name_sv);
        assert_told(measure->id, "English name", measure->name_en);
        assert_told(measure->id, "Finnish definition", measure->definition_fi);
        assert_told(measure->id, "Swedish definition", measure->definition_sv);
        assert_told(measure->id, "English definition", measure->definition_en);
        assert_told(measure->id, "formula", measure->formula);
        assert_told(measure->id, "reference", measure->reference);
        assert_true(measure->version >= 1);
    }
}

static void every_measure_has_inputs_and_results_with_units(void **state)
{
    (void)state;
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        const kt_measure *measure = kt_measure_at(i);
        assert_true(kt_measure_input_count(measure) > 0);
        assert_true(kt_measure_result_count(measure) > 0);
        for (size_t j = 0; j < kt_measure_result_count(measure); j++) {
            assert_non_null(measure->results[j].unit);
        }
        assert_int_equal(measure->shape != KT_ONE_ROW, measure->key_name != NULL);
    }
}

static void assert_fallbacks_read(const kt_measure *measure)
{
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        const kt_param *param = &measure->params[i];
        kt_param_value value;
        assert_non_null(param->meaning);
        assert_true(param->fallback == NULL || kt_param_read(param, NULL, &value, NULL) == KT_OK);
    }
}

static void the_fallback_of_every_parameter_is_a_value_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; kt_measure_at(i) != NULL; i++) {
        assert_fallbacks_read(kt_measure_at(i));
    }
}

static void new_findings_have_no_figure_yet(void **state)
{
    const kt_measure *measure = kt_measure_find("contributions");
    const kt_findings *findings = kt_findings_new(measure, 2, *state);
    assert_int_equal(findings->row_count, 2);
    for (size_t i = 0; i < 2 * kt_measure_result_count(measure); i++) {
        assert_true(isnan(findings->number[i]));
        assert_null(findings->text[i]);
    }
    assert_null(findings->reason[1]);
    assert_null(findings->note[1]);
    assert_non_null(findings->key);
    assert_null(kt_findings_new(kt_measure_find("mismatch"), 1, *state)->key);
}

static void a_negative_count_names_its_row_and_column(void **state)
{
    const uint32_t rows[] = {2, 7};
    const char *const markets[] = {"a", "b"};
    const double u[] = {3, 4}, v[] = {1, -2};
    const kt_group group = {
        .row_count = 2, .row_number = rows, .key = {markets}, .figure = {NULL, u, v}};
    const kt_param_value params[] = {{.number = 0.5}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(
        kt_measure_run(kt_measure_find("mismatch"), &group, params, *state, &found, &err),
        KT_ERR_DATA);
    assert_string_equal(err.message, "row 7, column vacancies: -2 is below zero");
    assert_null(found);
}

static void a_figure_of_some_cells_alone_is_noted(void **state)
{
    const char *const markets[] = {"a", "b", "c"};
    const double u[] = {3, 4, NAN}, v[] = {1, 2, 9};
    kt_group group = {.row_count = 3, .key = {markets}, .figure = {NULL, u, v}};
    const kt_param_value params[] = {{.number = 0.5}};
    kt_findings *found = NULL;
    kt_error err = {0};
    const kt_measure *mismatch = kt_measure_find("mismatch");
    assert_int_equal(kt_measure_run(mismatch, &group, params, *state, &found, &err), KT_OK);
    assert_string_equal(found->note[0], "cells without a figure are left out");
    group.row_count = 2;
    assert_int_equal(kt_measure_run(mismatch, &group, params, *state, &found, &err), KT_OK);
    assert_null(found->note[0]);
}

enum { MARKETS = 10000 };

/* How far the rows of a stream have been compared with all of them. */
typedef struct comparison {
    const kt_findings *all;
    size_t results, done;
} comparison;

static kt_status compare_rows(void *context, const kt_findings *rows, kt_error *err)
{
    (void)err;
    comparison *at = context;
    const size_t from = at->done * at->results, places = rows->row_count * at->results;
    assert_memory_equal(rows->number, at->all->number + from, places * sizeof(double));
    assert_memory_equal(rows->text, at->all->text + from, places * sizeof(char *));
    for (size_t i = 0; i < rows->row_count; i++, at->done++) {
        assert_ptr_equal(rows->key[i], at->all->key[at->done]);
        assert_ptr_equal(rows->reason[i], at->all->reason[at->done]);
        assert_ptr_equal(rows->note[i], at->all->note[at->done]);
    }
    return KT_OK;
}

static void a_stream_has_the_rows_of_the_whole(void **state)
{
    static const char *market[MARKETS];
    static double u[MARKETS], v[MARKETS];
    for (size_t i = 0; i < MARKETS; i++) {
        market[i] = kt_arena_print(*state, "m%zu", i);
        u[i] = i % 7 == 0 ? NAN : (double)(i % 53);
        v[i] = (double)(i % 11);
    }
    const kt_group group = {.row_count = MARKETS, .key = {market}, .figure = {NULL, u, v}};
    const kt_param_value params[] = {{.number = 0.5}};
    static const char *const ids[] = {"contributions", "relative_tightness"};
    for (size_t i = 0; i < 2; i++) {
        const kt_measure *measure = kt_measure_find(ids[i]);
        kt_findings *all = NULL;
        kt_error err = {0};
        assert_int_equal(kt_measure_run(measure, &group, params, *state, &all, &err), KT_OK);
        comparison at = {.all = all, .results = kt_measure_result_count(measure)};
        const kt_findings_sink sink = {.take = compare_rows, .context = &at};
        assert_int_equal(kt_measure_stream(measure, &group, params, &sink, *state, &err), KT_OK);
        assert_int_equal(at.done, MARKETS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure_is_found_by_its_own_id),
        cmocka_unit_test(every_measure_says_what_it_is_in_three_languages),
        cmocka_unit_test(every_measure_has_inputs_and_results_with_units),
        cmocka_unit_test(the_fallback_of_every_parameter_is_a_value_of_it),
        ARENA_TEST(new_findings_have_no_figure_yet),
        ARENA_TEST(a_negative_count_names_its_row_and_column),
        ARENA_TEST(a_figure_of_some_cells_alone_is_noted),
        ARENA_TEST(a_stream_has_the_rows_of_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
