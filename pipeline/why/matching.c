/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/file.h"
#include "counterfactual_rows.h"
#include "matching_rows.h"
#include "why/why.h"

#define NEWEST_INPUTS 24 /* that are listed without being asked for */

static kt_panel_place published(const kt_why *of)
{
    return (kt_panel_place){.folder = kt_path_join(of->arena, of->run.folder, "csv"),
                            .parts = kt_path_join(of->arena, of->workspace, "store/months"),
                            .threads = of->config->analysis.threads};
}

static void say_that_nobody_asks(const kt_why *of)
{
    (void)kt_why_section(of, "inputs",
                         json_string("the configuration of today asks for no such row"));
}

static size_t first_shown(const kt_why *of, size_t count)
{
    return of->all || count <= NEWEST_INPUTS ? 0 : count - NEWEST_INPUTS;
}

static void put_row(const kt_function_fit *fit, size_t row, json_t *list)
{
    const kt_measure *measure = fit->spec->fit.measure;
    const kt_group *group = &fit->group;
    json_t *object = json_object();
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        if (group->key[i] != NULL) {
            kt_why_put_text(object, measure->inputs[i].name, group->key[i][row]);
        } else if (group->figure[i] != NULL) {
            kt_why_put_number(object, measure->inputs[i].name, group->figure[i][row]);
        }
    }
    for (size_t i = 0; i < group->many_count; i++) {
        kt_why_put_number(object, group->many_name[i], group->many[i][row]);
    }
    json_array_append_new(list, object);
}

static void explain_fit(const kt_why *of, const kt_function_fit *fit, size_t term)
{
    const size_t rows = fit->group.row_count;
    const kt_function_row made = kt_function_row_at(fit, term);
    (void)kt_why_section(
        of, "made_from",
        json_string(kt_arena_print(of->arena,
                                   "the %s of %zu months and markets of the run and the stocks of "
                                   "the month before, since the newest break of any of them",
                                   fit->spec->hires, rows)));
    json_t *inputs = kt_why_section(of, "inputs", json_array());
    for (size_t i = first_shown(of, rows); i < rows; i++) {
        put_row(fit, i, inputs);
    }
    json_t *list = kt_why_recomputed(of);
    kt_why_compare(list, "estimate", made.estimate, kt_why_cell(of, "estimate"));
    kt_why_compare(list, "standard_error", made.standard_error, kt_why_cell(of, "standard_error"));
    kt_why_compare(list, "n", (double)made.n, kt_why_cell(of, "n"));
}

/* The term of the fit that the row is; false for a row of another one. */
static bool is_asked(const kt_why *of, const kt_function_fit *fit, size_t *term)
{
    if (strcmp(fit->scope, kt_why_cell(of, "scope")) != 0 ||
        strcmp(fit->spec->name, kt_why_cell(of, "model")) != 0) {
        return false;
    }
    const size_t count = kt_function_row_count(fit);
    *term = 0;
    while (*term < count &&
           strcmp(kt_function_row_at(fit, *term).term, kt_why_cell(of, "term")) != 0) {
        (*term)++;
    }
    return *term < count;
}

kt_status kt_why_matching_function(const kt_why *of, kt_error *err)
{
    const kt_panel_place place = published(of);
    kt_function_list list;
    size_t term = 0;
    KT_TRY(kt_functions_fit(of->config->contract, &of->config->matching, &place, of->arena, &list,
                            err));
    for (size_t i = 0; i < list.count; i++) {
        if (is_asked(of, &list.at[i], &term)) {
            explain_fit(of, &list.at[i], term);
            return KT_OK;
        }
    }
    say_that_nobody_asks(of);
    return KT_OK;
}

static void put_month(const kt_counterfactual_row *row, json_t *list)
{
    char name[KT_PERIOD_SIZE];
    json_t *object = json_object();
    kt_why_put_text(object, "time_period", kt_period_write(row->period, name));
    kt_why_put_number(object, "unemployment_rate", row->unemployment_rate);
    kt_why_put_number(object, "job_finding", row->job_finding);
    kt_why_put_number(object, "separation", row->separation);
    kt_why_put_number(object, "mismatch", row->mismatch);
    json_array_append_new(list, object);
}

static void explain_month(const kt_why *of, const kt_counterfactual *path, size_t at)
{
    char first[KT_PERIOD_SIZE];
    const kt_counterfactual_row *row = &path->at[at];
    const size_t start = kt_counterfactual_start(path, at);
    const size_t count = at - start + 1;
    (void)kt_why_section(
        of, "made_from",
        json_string(row->reason != NULL
                        ? row->reason
                        : kt_arena_print(of->arena,
                                         "rates of %zu months of the run; the path begins at the "
                                         "observed rate of %s",
                                         count, kt_period_write(path->at[start].period, first))));
    json_t *inputs = kt_why_section(of, "inputs", json_array());
    for (size_t i = first_shown(of, count); i < count; i++) {
        put_month(&path->at[start + i], inputs);
    }
    json_t *list = kt_why_recomputed(of);
    kt_why_compare(list, "observed_rate", row->unemployment_rate, kt_why_cell(of, "observed_rate"));
    kt_why_compare(list, "counterfactual_rate", row->rate, kt_why_cell(of, "counterfactual_rate"));
    kt_why_compare(list, "mismatch_unemployment", row->difference,
                   kt_why_cell(of, "mismatch_unemployment"));
}

kt_status kt_why_counterfactual(const kt_why *of, kt_error *err)
{
    const kt_panel_place place = published(of);
    kt_period period;
    kt_counterfactual path;
    if (!kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return kt_fail(err, KT_ERR_DATA, "why %s: a row without a period", of->schema->table);
    }
    KT_TRY(kt_counterfactual_make(of->config->contract, &of->config->counterfactual, &place,
                                  of->arena, &path, err));
    for (size_t i = 0; i < path.count; i++) {
        if (kt_period_compare(path.at[i].period, period) == 0) {
            explain_month(of, &path, i);
            return KT_OK;
        }
    }
    say_that_nobody_asks(of);
    return KT_OK;
}
