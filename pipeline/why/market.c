/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "why/market.h"

#include <math.h>
#include <string.h>

#include "allocated.h"
#include "analysis/measure.h"
#include "core/codes.h"
#include "core/number.h"
#include "index_sensitivity.h"

static size_t position_or_first(const kt_codes *codes, const char *code)
{
    const size_t at = kt_codes_find(codes, code);
    return at == KT_NO_CODE ? 0 : at;
}

static const kt_market_spec *spec_of(const kt_why *of)
{
    for (size_t i = 0; i < of->config->market_count; i++) {
        if (strcmp(of->config->markets[i].name, kt_why_cell(of, "market")) == 0) {
            return &of->config->markets[i];
        }
    }
    return NULL;
}

/* Places the one market, in all its scopes, in the one table; false if the row's is not there. */
static bool place(kt_why_market *in, kt_market_spec *spec, const kt_market_table *table)
{
    const kt_why *of = in->of;
    kt_config alone = *of->config;
    alone.markets = spec;
    alone.market_count = 1;
    kt_market_table *tables = kt_arena_array(of->arena, kt_market_table, alone.source_count + 1);
    for (size_t i = 0; i < alone.source_count; i++) {
        tables[i].source = alone.sources[i];
    }
    tables[kt_config_source(&alone, spec->source)] = *table;
    kt_markets markets;
    kt_markets_place(&alone, tables, of->arena, &markets);
    for (size_t i = 0; i < markets.count; i++) {
        if (strcmp(markets.at[i].market.scope, kt_why_cell(of, "scope")) == 0) {
            in->placed = markets.at[i];
            return true;
        }
    }
    return false;
}

static kt_status find_shares(kt_why_market *in, const kt_market_table *table, kt_error *err)
{
    in->has_limit = in->month.known != NULL;
    if (!in->has_limit) {
        return KT_OK;
    }
    kt_cube *whole = NULL;
    const kt_cube *seen = kt_market_table_see(table, in->month.known, in->of->arena);
    KT_TRY(kt_allocated_add(seen, table, in->of->arena, &whole, err));
    kt_market_slab known = in->slab;
    known.cube = whole;
    return kt_index_shares_of(&in->placed.market, &known, &in->found, in->of->arena, &in->shares,
                              err);
}

static kt_status gather(kt_why_market *in, const kt_market_table *table, kt_error *err)
{
    kt_cube *whole = NULL;
    const kt_cube *seen = kt_market_table_see(table, in->month.slab, in->of->arena);
    KT_TRY(kt_allocated_add(seen, table, in->of->arena, &whole, err));
    in->slab =
        (kt_market_slab){.cube = whole,
                         .unemployed = kt_codes_find(whole->codes[KT_ROLE_MEASURE], "unemployed"),
                         .vacancies = kt_codes_find(whole->codes[KT_ROLE_MEASURE], "vacancies"),
                         .sector = position_or_first(whole->codes[KT_ROLE_SECTOR], KT_TOTAL),
                         .group = position_or_first(whole->codes[KT_ROLE_GROUP], KT_TOTAL)};
    KT_TRY(kt_market_gather(&in->placed.market, &in->slab, in->of->arena, &in->found, err));
    return find_shares(in, table, err);
}

/* The cells at their points: what the value is made of. Ranges are the night's work. */
static kt_cells points_of(const kt_why_market *in)
{
    kt_cells cells = in->found.cells;
    cells.unemployed_low = cells.unemployed_high = NULL;
    cells.vacancies_low = cells.vacancies_high = NULL;
    return cells;
}

static kt_status share_out(kt_why_market *in, kt_error *err)
{
    const char *alpha = kt_why_cell(in->of, "alpha");
    if (!kt_number_read(alpha, strlen(alpha), &in->alpha)) {
        in->alpha = NAN;
    }
    const kt_cells cells = points_of(in);
    in->contributions = kt_arena_array(in->of->arena, kt_contribution, cells.count + 1);
    /* Shares are the same for every exponent. */
    return kt_contributions_compute(&cells, isnan(in->alpha) ? 0.5 : in->alpha, in->contributions,
                                    err);
}

kt_status kt_why_market_open(const kt_why *of, double rule, kt_why_market *out, const char **reason,
                             kt_error *err)
{
    *out = (kt_why_market){.of = of};
    const kt_market_spec *spec = spec_of(of);
    *reason = "the configuration of today has no such market";
    if (spec == NULL) {
        return KT_OK;
    }
    kt_why_month_open(of, spec->source, kt_why_cell(of, "time_period"), rule, &out->month);
    if (out->month.reason != NULL) {
        *reason = out->month.reason;
        return KT_OK;
    }
    kt_market_table table = {.source = out->month.source, .rollup = out->month.rollup};
    kt_market_table_describe(&table, of->arena);
    out->month.rollup = table.rollup;
    kt_market_spec one = *spec;
    if (!place(out, &one, &table)) {
        return KT_OK;
    }
    *reason = NULL;
    KT_TRY(gather(out, &table, err));
    return share_out(out, err);
}

kt_status kt_why_market_widen(kt_why_market *in, kt_error *err)
{
    in->placed.market = in->placed.crossed->with_unallocated.market;
    KT_TRY(kt_market_gather(&in->placed.market, &in->slab, in->of->arena, &in->found, err));
    return share_out(in, err);
}

static size_t cell_place(const kt_why_market *in, size_t cell, size_t measure)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = measure,
                                 [KT_ROLE_REGION] = in->placed.market.region[cell],
                                 [KT_ROLE_OCCUPATION] = in->placed.market.occupation[cell],
                                 [KT_ROLE_SECTOR] = in->slab.sector,
                                 [KT_ROLE_GROUP] = in->slab.group};
    return kt_cube_at(in->slab.cube, at);
}

static const char *region_code(const kt_why_market *in, size_t cell)
{
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_regions(in->month.rollup, &lines);
    return in->placed.has_regions ? lines[in->placed.market.region[cell]].code
                                  : in->placed.market.scope;
}

static const char *occupation_code(const kt_why_market *in, size_t cell)
{
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_occupations(in->month.rollup, &lines);
    return lines[in->placed.market.occupation[cell]].code;
}

/* A cell as it may be shown, and its rank: nothing ranks a cell of which a figure is hidden. */
static json_t *describe_cell(const kt_why_market *in, size_t cell, double *rank)
{
    const size_t u = cell_place(in, cell, in->slab.unemployed);
    const size_t v = cell_place(in, cell, in->slab.vacancies);
    const bool shows_u = kt_obs_has_value((kt_obs)in->slab.cube->status[u]);
    const bool shows_v = kt_obs_has_value((kt_obs)in->slab.cube->status[v]);
    const kt_contribution *share = &in->contributions[cell];
    json_t *row = json_object();
    kt_why_put_text(row, "region", region_code(in, cell));
    kt_why_put_text(row, in->placed.has_sectors ? "sector" : "occupation",
                    occupation_code(in, cell));
    kt_why_put_figure(row, "unemployed", in->slab.cube, u, in->month.source);
    kt_why_put_figure(row, "vacancies", in->slab.cube, v, in->month.source);
    kt_why_put_number(row, "unemployed_share", shows_u ? share->unemployed_share : NAN);
    kt_why_put_number(row, "vacancy_share", shows_v ? share->vacancy_share : NAN);
    *rank = NAN;
    if (!isnan(in->alpha)) {
        *rank = shows_u && shows_v ? share->contribution : NAN;
        kt_why_put_number(row, "contribution", *rank);
    } else if (shows_u && shows_v) {
        *rank = fabs(share->unemployed_share - share->vacancy_share);
    }
    return row;
}

static void put_total(const kt_why_market *in, json_t *inputs, const char *name, double value,
                      double low, double high)
{
    kt_why_put_number(inputs, name, value);
    if (!isnan(low) && low < high) {
        kt_why_put_number(inputs, kt_arena_print(in->of->arena, "%s_low", name), low);
        kt_why_put_number(inputs, kt_arena_print(in->of->arena, "%s_high", name), high);
    }
}

/* The row that the cells' coverage is a share of. */
static size_t scope_place(const kt_why_market *in, size_t measure)
{
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = measure,
                                 [KT_ROLE_REGION] = in->placed.market.scope_region,
                                 [KT_ROLE_OCCUPATION] = in->placed.market.scope_occupation,
                                 [KT_ROLE_SECTOR] = in->slab.sector,
                                 [KT_ROLE_GROUP] = in->slab.group};
    return kt_cube_at(in->slab.cube, at);
}

static void put_shares(const kt_why_market *in, json_t *inputs)
{
    if (in->has_limit) {
        kt_why_put_share(in->of, inputs, "unemployed", in->shares.unemployed);
        kt_why_put_share(in->of, inputs, "vacancies", in->shares.vacancies);
    }
}

void kt_why_market_put(const kt_why_market *in)
{
    const kt_market *market = &in->placed.market;
    kt_why_statuses unemployed = {0};
    kt_why_statuses vacancies = {0};
    for (size_t i = 0; i < market->cell_count; i++) {
        unemployed.count[in->slab.cube->status[cell_place(in, i, in->slab.unemployed)]]++;
        vacancies.count[in->slab.cube->status[cell_place(in, i, in->slab.vacancies)]]++;
    }
    json_t *inputs = kt_why_section(in->of, "inputs", json_object());
    kt_why_put_text(inputs, "source", in->month.source->id);
    kt_why_put_number(inputs, "cells", (double)market->cell_count);
    kt_why_put_number(inputs, "cells_used", (double)in->found.cells_used);
    put_total(in, inputs, "unemployed", in->found.unemployed, in->found.cells.unemployed_total_low,
              in->found.cells.unemployed_total_high);
    kt_why_put_statuses(inputs, "unemployed_statuses", &unemployed);
    put_total(in, inputs, "vacancies", in->found.vacancies, in->found.cells.vacancies_total_low,
              in->found.cells.vacancies_total_high);
    kt_why_put_statuses(inputs, "vacancies_statuses", &vacancies);
    put_shares(in, inputs);
    if (market->scope_region != KT_NO_CODE) {
        kt_why_put_figure(inputs, "scope_unemployed", in->slab.cube,
                          scope_place(in, in->slab.unemployed), in->month.source);
        kt_why_put_figure(inputs, "scope_vacancies", in->slab.cube,
                          scope_place(in, in->slab.vacancies), in->month.source);
    }
    kt_why_put_text(
        inputs, "margins",
        market->margin_count == 0
            ? "none: the country holds more than its regions, so nothing ties the cells together"
            : kt_arena_print(in->of->arena,
                             "%zu regions whose occupations, unknown ones included, sum to the "
                             "region's own total; occupations of all regions are at most the "
                             "country's",
                             market->margin_count));
}

static kt_status run_measure(const kt_why_market *in, const kt_measure *measure, kt_findings **out,
                             kt_error *err)
{
    kt_group group = {.row_count = in->found.cells.count};
    for (size_t i = 0; i < kt_measure_input_count(measure); i++) {
        const char *input = measure->inputs[i].name;
        if (strcmp(input, "market") == 0) {
            group.key[i] = in->placed.names;
        } else if (strcmp(input, "unemployed") == 0) {
            group.figure[i] = in->found.cells.unemployed;
        } else if (strcmp(input, "vacancies") == 0) {
            group.figure[i] = in->found.cells.vacancies;
        }
    }
    const kt_param_value alpha = {.number = in->alpha};
    return kt_measure_run(measure, &group, isnan(in->alpha) ? NULL : &alpha, in->of->arena, out,
                          err);
}

void kt_why_market_compare(const kt_why_market *in, json_t *list, const char *name, double number)
{
    const bool withheld =
        strcmp(kt_why_cell(in->of, "obs_status"), "Q") == 0 && kt_why_cell(in->of, name)[0] == '\0';
    if (kt_schema_column(in->of->schema, name) != KT_NO_COLUMN && !withheld) {
        kt_why_compare(list, name, number, kt_why_cell(in->of, name));
    }
}

/* What the measure says of the same cells, without ranges. */
static kt_status recompute(const kt_why_market *in, kt_error *err)
{
    const char *id = kt_why_cell(in->of, "measure");
    const kt_measure *measure = kt_measure_find(id[0] == '\0' ? in->of->schema->table : id);
    if (measure == NULL) {
        return KT_OK;
    }
    kt_findings *findings = NULL;
    KT_TRY(run_measure(in, measure, &findings, err));
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < kt_measure_result_count(measure); i++) {
        const char *name = measure->results[i].name;
        if (strcmp(name, "value") == 0 || strcmp(name, "markets_n") == 0) {
            kt_why_market_compare(in, list, name, findings->number[i]);
        }
    }
    kt_why_market_compare(in, list, "unemployed_coverage", in->found.unemployed_coverage);
    kt_why_market_compare(in, list, "vacancies_coverage", in->found.vacancies_coverage);
    kt_why_market_compare(in, list, "tightness", in->found.vacancies / in->found.unemployed);
    return KT_OK;
}

void kt_why_market_list(const kt_why_market *in)
{
    kt_why_rows rows = kt_why_rows_new(in->placed.market.cell_count, in->of->arena);
    for (size_t i = 0; i < in->placed.market.cell_count; i++) {
        double rank = NAN;
        json_t *row = describe_cell(in, i, &rank);
        kt_why_rows_add(&rows, row, rank);
    }
    kt_why_list(in->of, "cells", &rows);
}

kt_status kt_why_index(const kt_why *of, kt_error *err)
{
    kt_why_market in;
    const char *reason = NULL;
    KT_TRY(kt_why_market_open(of, NAN, &in, &reason, err));
    if (reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(reason));
        return KT_OK;
    }
    kt_why_market_put(&in);
    KT_TRY(recompute(&in, err));
    kt_why_market_list(&in);
    return KT_OK;
}

/* What chance alone makes of the same cells, drawn again. */
static kt_status draw_again(const kt_why_market *in, const char *setting, kt_error *err)
{
    kt_index_null null;
    KT_TRY(kt_index_null_draw(&in->of->config->analysis.null, &in->found.cells, in->of->arena,
                              &null, err));
    json_t *list = kt_why_recomputed(in->of);
    if (strcmp(setting, "closed") == 0) {
        kt_why_market_compare(in, list, "value", null.found[0].null_closed);
    }
    for (size_t i = 0; i < null.count; i++) {
        if (strcmp(setting, null.setting[i]) == 0) {
            kt_why_market_compare(in, list, "value", null.found[i].null_mean);
        }
    }
    return KT_OK;
}

/* The same figure by the row's rule: hidden cells at a number, another exponent, another market.
 * Bounds of what is not allocated are the night's work, as all ranges are. */
kt_status kt_why_sensitivity(const kt_why *of, kt_error *err)
{
    kt_why_market in;
    const char *reason = NULL;
    const char *aspect = kt_why_cell(of, "aspect"), *setting = kt_why_cell(of, "setting");
    double rule = NAN;
    if (strcmp(aspect, "data_source") == 0) {
        return kt_why_source_sheet(of, err);
    }
    if (strcmp(aspect, "protected_cells") == 0) {
        (void)kt_number_read(setting, strlen(setting), &rule);
    }
    KT_TRY(kt_why_market_open(of, rule, &in, &reason, err));
    if (reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(reason));
        return KT_OK;
    }
    kt_why_market_put(&in);
    if (strcmp(aspect, "null") == 0) {
        return draw_again(&in, setting, err);
    }
    const bool bound = strcmp(setting, "low") == 0 || strcmp(setting, "high") == 0;
    return bound ? KT_OK : recompute(&in, err);
}

static size_t find_cell(const kt_why_market *in)
{
    size_t cell = 0;
    while (cell < in->placed.market.cell_count &&
           (strcmp(region_code(in, cell), kt_why_cell(in->of, "region_code")) != 0 ||
            strcmp(occupation_code(in, cell), kt_why_cell(in->of, "occupation_code")) != 0)) {
        cell++;
    }
    return cell;
}

static void compare_contribution(const kt_why_market *in, const kt_contribution *found)
{
    const struct {
        const char *name;
        double number;
    } figures[] = {
        {"contribution", found->contribution},
        {"unemployed_share", found->unemployed_share},
        {"vacancy_share", found->vacancy_share},
        {"persons_off_proportion", found->persons_off_proportion},
    };
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        const char *published = kt_why_cell(in->of, figures[i].name);
        if (published[0] != '\0') {
            kt_why_compare(list, figures[i].name, figures[i].number, published);
        }
    }
}

kt_status kt_why_contribution(const kt_why *of, kt_error *err)
{
    kt_why_market in;
    const char *reason = NULL;
    KT_TRY(kt_why_market_open(of, NAN, &in, &reason, err));
    const size_t cell = reason == NULL ? find_cell(&in) : 0;
    if (reason == NULL && cell == in.placed.market.cell_count) {
        reason = "the configuration of today has no such cell";
    }
    if (reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(reason));
        return KT_OK;
    }
    double rank = NAN;
    kt_why_market_put(&in);
    json_t *row = describe_cell(&in, cell, &rank);
    json_t *list = kt_why_section(of, "cell", json_array());
    json_array_append_new(list, row);
    compare_contribution(&in, &in.contributions[cell]);
    return KT_OK;
}
