/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "balance_rows.h"
#include "core/codes.h"
#include "core/number.h"
#include "why/why.h"

static double number_in(const kt_why *of, const char *column)
{
    double number = NAN;
    const char *cell = kt_why_cell(of, column);
    return kt_number_read(cell, strlen(cell), &number) ? number : NAN;
}

static json_t *recomputed_list(const kt_why *of)
{
    json_t *list = json_object_get(of->answer, "recomputed");
    return list == NULL ? kt_why_recomputed(of) : list;
}

static void compare_words(const kt_why *of, const char *figure, const char *recomputed)
{
    const char *published = kt_why_cell(of, figure);
    json_t *row = json_object();
    kt_why_put_text(row, "figure", figure);
    kt_why_put_text(row, "from_inputs", recomputed);
    kt_why_put_text(row, "published", published);
    kt_why_put_text(row, "verdict", strcmp(recomputed, published) == 0 ? "equal" : "NOT EQUAL");
    json_array_append_new(recomputed_list(of), row);
}

/* A figure that is hidden or absent has nothing to compare: `observations` tells of it. */
static void explain_members(const kt_why *of, const kt_why_month *month)
{
    static const kt_why_figure both[] = {
        {.measure = "unemployed", .column = "unemployed", .status = "obs_status"},
        {.measure = "vacancies", .column = "vacancies", .status = "obs_status"},
    };
    kt_why_figure shown[2];
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        if (kt_why_cell(of, both[i].column)[0] != '\0') {
            shown[count++] = both[i];
        }
    }
    if (count == 0 && month->reason == NULL) {
        (void)kt_why_section(of, "inputs",
                             json_string("both figures are hidden or absent: ask observations"));
        return;
    }
    kt_why_members(of, month, shown, count);
}

/* The row's region and occupation in a rolled-up period, as it may be shown. */
static kt_published_figure figure_in(const kt_why *of, const kt_why_month *month,
                                     const char *measure)
{
    const kt_rollup_line *regions = NULL, *occupations = NULL;
    const size_t region_count = kt_rollup_regions(month->rollup, &regions);
    const size_t occupation_count = kt_rollup_occupations(month->rollup, &occupations);
    const kt_balance_place place = {
        .measure = measure,
        .region = kt_rollup_line_find(regions, region_count, kt_why_cell(of, "region_level"),
                                      kt_why_cell(of, "region_code")),
        .occupation =
            kt_rollup_line_find(occupations, occupation_count, kt_why_cell(of, "occupation_level"),
                                kt_why_cell(of, "occupation_code"))};
    const kt_marked_table table = {
        .source = month->source, .cube = month->cube, .rollup = month->rollup};
    return kt_balance_figure(&table, month->slab, &place);
}

static const kt_balance_level *level_of(const kt_why *of)
{
    const kt_balance_plan *plan = &of->config->balance;
    for (size_t i = 0; i < plan->level_count; i++) {
        if (strcmp(plan->levels[i].occupation_level, kt_why_cell(of, "occupation_level")) == 0) {
            return &plan->levels[i];
        }
    }
    return NULL;
}

const char *kt_why_employed(const kt_why *of)
{
    const bool is_balance = strcmp(of->schema->table, KT_BALANCE_TABLE) == 0;
    const kt_balance_level *level = is_balance ? level_of(of) : NULL;
    return level == NULL ? NULL : level->employed;
}

static void explain_employed(const kt_why *of, const kt_balance_level *level)
{
    char period[KT_PERIOD_SIZE];
    kt_why_month month;
    json_t *section = kt_why_section(of, "denominator", json_object());
    const double year = number_in(of, "employed_year");
    kt_why_put_text(section, "source", level->employed);
    if (isnan(year)) {
        kt_why_put_text(section, "reason", "hidden or absent there");
        return;
    }
    kt_why_put_text(section, "period", kt_period_write((kt_period){KT_YEARLY, (int)year}, period));
    kt_why_month_open(of, level->employed, period, NAN, &month);
    if (month.reason != NULL) {
        kt_why_put_text(section, "reason", month.reason);
        return;
    }
    kt_why_compare(recomputed_list(of), "employed", figure_in(of, &month, "employed").is.value,
                   kt_why_cell(of, "employed"));
}

/* "0.05, 0.08, 0.12, 0.2": where degrees 2 to 5 begin. */
static void put_rates(const kt_why *of, json_t *section, kt_balance_state state)
{
    const char *words = "";
    for (size_t i = 0; i < KT_BALANCE_STEPS; i++) {
        char number[KT_NUMBER_SIZE] = "";
        (void)kt_number_write(of->config->balance.rules.degrees[state][i], number);
        words = kt_arena_print(of->arena, "%s%s%s", words, i == 0 ? "" : ", ", number);
    }
    kt_why_put_text(section, kt_balance_word(state), words);
}

static void put_rules(const kt_why *of)
{
    const kt_balance_settings *rules = &of->config->balance.rules;
    json_t *section = kt_why_section(of, "thresholds", json_object());
    kt_why_put_number(section, "surplus_below", rules->surplus_below);
    kt_why_put_number(section, "shortage_above", rules->shortage_above);
    for (kt_balance_state state = KT_SURPLUS; state < KT_NOT_ASSESSABLE; state++) {
        put_rates(of, section, state);
    }
    kt_why_put_number(section, "least_base", rules->least_base);
    kt_why_put_number(section, "hold_months", rules->hold_months);
    kt_why_put_number(section, "margin", rules->margin);
}

static kt_balance_state state_of(const char *word)
{
    kt_balance_state state = KT_BALANCED;
    while (state < KT_NOT_ASSESSABLE && strcmp(kt_balance_word(state), word) != 0) {
        state++;
    }
    return state;
}

/* Which state holds follows from the months before; the rest is of this one. */
static void judge(const kt_why *of, const kt_why_month *month)
{
    const kt_balance_settings *rules = &of->config->balance.rules;
    const kt_balance_figures figures = {figure_in(of, month, "unemployed").is,
                                        figure_in(of, month, "vacancies").is,
                                        number_in(of, "employed")};
    const kt_balance_view view = kt_balance_assess(rules, &figures);
    const kt_balance_state state = state_of(kt_why_cell(of, "state"));
    json_t *list = recomputed_list(of);
    json_t *section = kt_why_section(of, "judged", json_object());
    kt_why_compare(list, "unemployment_rate", view.unemployment_rate,
                   kt_why_cell(of, "unemployment_rate"));
    kt_why_compare(list, "vacancy_rate", view.vacancy_rate, kt_why_cell(of, "vacancy_rate"));
    compare_words(of, "state_raw", kt_balance_word(view.state));
    if (view.state == KT_NOT_ASSESSABLE) {
        kt_why_put_text(section, "reason", kt_balance_reason_word(view.reason));
        return;
    }
    compare_words(of, "robustness", view.robust ? "robust" : "fragile");
    kt_why_compare(list, "degree", kt_balance_degree(rules, state, &view),
                   kt_why_cell(of, "degree"));
    kt_why_compare(list, "distance_to_threshold", kt_balance_distance(rules, state, &view),
                   kt_why_cell(of, "distance_to_threshold"));
    kt_why_put_number(section, "vacancy_rate_over_unemployment_rate",
                      view.vacancy_rate / view.unemployment_rate);
    kt_why_put_number(section, "angle_degrees",
                      atan2(view.vacancy_rate, view.unemployment_rate) * 180.0 / acos(-1.0));
    kt_why_put_number(section, "ruling_rate", kt_balance_ruling_rate(state, &view));
    if (state != view.state) {
        kt_why_put_text(section, "held",
                        "another state was not yet seen for hold_months in a row, nor have the "
                        "rates left this one by margin: state_raw of the months before says it");
    }
}

kt_status kt_why_occupation_balance(const kt_why *of, kt_error *err)
{
    const kt_balance_level *level = level_of(of);
    kt_why_month month;
    (void)err;
    if (level == NULL) {
        (void)kt_why_section(of, "inputs",
                             json_string("the configuration of today has no such row"));
        return KT_OK;
    }
    (void)kt_why_section(of, "source", json_string(of->config->balance.source));
    kt_why_month_open(of, of->config->balance.source, kt_why_cell(of, "time_period"), NAN, &month);
    explain_members(of, &month);
    explain_employed(of, level);
    put_rules(of);
    if (month.reason == NULL) {
        judge(of, &month);
    }
    return KT_OK;
}
