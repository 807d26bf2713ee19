/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "counterfactual_rows.h"

#include <math.h>

#include "core/number.h"
#include "published_flows.h"

enum { UNEMPLOYED, LABOUR_FORCE, STOCKS };

static const char *const stocks[STOCKS] = {"unemployed", "labour_force"};
static const char *const country[] = {"country"};
static const char *const mismatch_measure[] = {"mismatch"};
static const char *const value[] = {"value"};

typedef struct inputs {
    const kt_counterfactual_settings *settings;
    kt_arena *arena;
    kt_month_line unemployed, labour_force, outflow, inflow, mismatch;
} inputs;

static kt_status read_mismatch(const kt_contract *contract, const kt_panel_place *place, inputs *of,
                               kt_error *err)
{
    char alpha[KT_NUMBER_SIZE];
    const char **words = kt_arena_array(of->arena, const char *, 3);
    words[0] = of->settings->market;
    words[1] = of->settings->scope;
    (void)kt_number_write(of->settings->path.params[0].number, alpha);
    words[2] = kt_arena_copy(of->arena, alpha);
    const kt_panel_filter filters[] = {{"market", (const char *const *)words, 1},
                                       {"scope", (const char *const *)words + 1, 1},
                                       {"measure", mismatch_measure, 1},
                                       {"alpha", (const char *const *)words + 2, 1}};
    const kt_panel_ask ask = {.schema = kt_contract_find(contract, "mismatch"),
                              .figures = value,
                              .figure_count = 1,
                              .filters = filters,
                              .filter_count = sizeof filters / sizeof filters[0]};
    kt_panel *panel = NULL;
    if (ask.schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table mismatch");
    }
    KT_TRY(kt_panel_read(&ask, place, of->arena, &panel, err));
    const char *const key[] = {words[0], words[1], mismatch_measure[0], words[2]};
    of->mismatch.line = kt_panel_find(panel, key, KT_MONTHLY);
    return KT_OK;
}

static kt_status read_inputs(const kt_contract *contract, const kt_panel_place *place, inputs *of,
                             kt_error *err)
{
    const kt_counterfactual_settings *settings = of->settings;
    const char **flows = kt_arena_array(of->arena, const char *, 2);
    kt_flow_panels panels;
    flows[0] = settings->outflow;
    flows[1] = settings->inflow;
    const kt_flow_question question = {.source = settings->source,
                                       .stocks = stocks,
                                       .stock_count = STOCKS,
                                       .levels = country,
                                       .level_count = 1,
                                       .flows = flows,
                                       .flow_count = 2};
    KT_TRY(kt_flow_panels_read(contract, &question, place, of->arena, &panels, err));
    of->unemployed = kt_stock_line(&panels, country[0], settings->scope, UNEMPLOYED);
    of->labour_force = kt_stock_line(&panels, country[0], settings->scope, LABOUR_FORCE);
    of->outflow = kt_flow_line(&panels, country[0], settings->scope, settings->outflow);
    of->inflow = kt_flow_line(&panels, country[0], settings->scope, settings->inflow);
    return read_mismatch(contract, place, of, err);
}

static const char *what_is_absent(const inputs *of)
{
    const struct {
        kt_month_line line;
        const char *name;
    } all[] = {{of->unemployed, "unemployed"},
               {of->labour_force, "labour_force"},
               {of->outflow, of->settings->outflow},
               {of->inflow, of->settings->inflow},
               {of->mismatch, "mismatch"}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (all[i].line.line == NULL) {
            return kt_arena_print(of->arena, "no monthly figures of %s", all[i].name);
        }
    }
    return NULL;
}

/* A rate above 1 is none: so many cannot leave or enter. */
static double share(double part, double whole)
{
    const double rate = part / whole;
    return rate >= 0.0 && rate <= 1.0 ? rate : NAN;
}

/* The figures that a row is made of, by their statuses: the worst of them, or of those in the way.
 */
static void set_status(const inputs *of, int month, kt_counterfactual_row *row)
{
    const kt_obs all[] = {
        kt_month_figure(of->unemployed, month).obs, kt_month_figure(of->labour_force, month).obs,
        kt_month_figure(of->mismatch, month).obs, kt_month_figure(of->outflow, month + 1).obs,
        kt_month_figure(of->inflow, month + 1).obs};
    kt_obs worst = KT_OBS_OBSERVED;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        worst = kt_obs_worse(worst, all[i]);
        row->begins = row->begins || all[i] == KT_OBS_BREAK;
    }
    row->obs = worst;
}

static bool has_rates(const kt_counterfactual_row *row)
{
    return !isnan(row->unemployment_rate) && !isnan(row->job_finding) && !isnan(row->separation) &&
           !isnan(row->mismatch);
}

static kt_counterfactual_row row_of(const inputs *of, int month)
{
    const double unemployed = kt_month_number(of->unemployed, month);
    const double labour_force = kt_month_number(of->labour_force, month);
    kt_counterfactual_row row = {
        .period = {KT_MONTHLY, month},
        .unemployment_rate = share(unemployed, labour_force),
        .job_finding = share(kt_month_number(of->outflow, month + 1), unemployed),
        .separation = share(kt_month_number(of->inflow, month + 1), labour_force - unemployed),
        .mismatch = kt_month_number(of->mismatch, month),
        .rate = NAN,
        .difference = NAN};
    set_status(of, month, &row);
    return row;
}

static void gather(const inputs *of, kt_counterfactual *out)
{
    const kt_panel_line *line = of->unemployed.line;
    out->at = kt_arena_array(of->arena, kt_counterfactual_row, line->count + 1);
    for (size_t i = 0; i < line->count; i++) {
        const kt_counterfactual_row row = row_of(of, line->first.index + (int)i);
        if (!isnan(row.unemployment_rate)) {
            out->at[out->count++] = row;
        }
    }
    for (size_t i = 0; i < out->count; i++) {
        kt_counterfactual_row *row = &out->at[i];
        const bool follows =
            i > 0 && has_rates(row - 1) && row->period.index == (row - 1)->period.index + 1;
        row->begins = row->begins || !follows;
    }
}

static const char *missing_rate(const kt_counterfactual_row *row)
{
    return isnan(row->mismatch)      ? "no mismatch"
           : isnan(row->job_finding) ? "no job finding of the month after"
                                     : "no separation of the month after";
}

static void settle(const inputs *of, kt_counterfactual *out, size_t at)
{
    char start[KT_PERIOD_SIZE];
    const kt_counterfactual_settings *settings = of->settings;
    kt_counterfactual_row *row = &out->at[at];
    const char *common = kt_arena_print(
        of->arena,
        "%s market=%s unemployment=%s(unemployed/labour_force) job_finding=%s separation=%s",
        settings->path.method, settings->market, settings->source, settings->outflow,
        settings->inflow);
    if (isnan(row->rate)) {
        row->reason = row->reason == NULL ? missing_rate(row) : row->reason;
        row->obs = kt_obs_has_value(row->obs) ? KT_OBS_IMPOSSIBLE : row->obs;
        row->method = common;
        return;
    }
    const kt_counterfactual_row *first = &out->at[kt_counterfactual_start(out, at)];
    row->method =
        kt_arena_print(of->arena, "%s start=%s%s%s", common, kt_period_write(first->period, start),
                       row->note == NULL ? "" : "; ", row->note == NULL ? "" : row->note);
}

static kt_status run_path(const inputs *of, kt_counterfactual_row *rows, size_t count,
                          kt_error *err)
{
    const kt_measure *measure = of->settings->path.measure;
    double *column[4];
    const char **periods = kt_arena_array(of->arena, const char *, count);
    kt_group group = {.row_count = count};
    static const char *const names[] = {"unemployment_rate", "job_finding", "separation",
                                        "mismatch"};
    for (size_t i = 0; i < 4; i++) {
        column[i] = kt_arena_array(of->arena, double, count);
        group.figure[kt_measure_input_at(measure, names[i])] = column[i];
    }
    group.key[kt_measure_input_at(measure, "time_period")] = periods;
    for (size_t i = 0; i < count; i++) {
        char name[KT_PERIOD_SIZE];
        periods[i] = kt_arena_copy(of->arena, kt_period_write(rows[i].period, name));
        column[0][i] = rows[i].unemployment_rate;
        column[1][i] = rows[i].job_finding;
        column[2][i] = rows[i].separation;
        column[3][i] = rows[i].mismatch;
    }
    kt_findings *found = NULL;
    KT_TRY(kt_set_measure_run(&of->settings->path, &group, of->arena, &found, err));
    const size_t results = kt_measure_result_count(measure);
    for (size_t i = 0; i < count; i++) {
        const double *number = &found->number[i * results];
        rows[i].rate = number[kt_measure_result_at(measure, "counterfactual_rate")];
        rows[i].difference = number[kt_measure_result_at(measure, "mismatch_unemployment")];
        rows[i].reason = found->reason[i];
        rows[i].note = found->note[i];
    }
    return KT_OK;
}

/* Each stretch of months that have all rates is a path of its own. */
static kt_status run_paths(const inputs *of, kt_counterfactual *out, kt_error *err)
{
    for (size_t i = 0; i < out->count;) {
        size_t end = i;
        while (end < out->count && has_rates(&out->at[end]) && (end == i || !out->at[end].begins)) {
            end++;
        }
        KT_TRY(end == i ? KT_OK : run_path(of, &out->at[i], end - i, err));
        i = end == i ? i + 1 : end;
    }
    for (size_t i = 0; i < out->count; i++) {
        settle(of, out, i);
    }
    return KT_OK;
}

size_t kt_counterfactual_start(const kt_counterfactual *of, size_t at)
{
    while (at > 0 && !of->at[at].begins && !isnan(of->at[at - 1].rate)) {
        at--;
    }
    return at;
}

kt_status kt_counterfactual_make(const kt_contract *contract,
                                 const kt_counterfactual_settings *settings,
                                 const kt_panel_place *place, kt_arena *arena,
                                 kt_counterfactual *out, kt_error *err)
{
    inputs of = {.settings = settings, .arena = arena};
    *out = (kt_counterfactual){.settings = settings};
    if (settings->source == NULL) {
        return KT_OK;
    }
    KT_TRY(read_inputs(contract, place, &of, err));
    out->reason = what_is_absent(&of);
    if (out->reason != NULL) {
        return KT_OK;
    }
    gather(&of, out);
    return run_paths(&of, out, err);
}
