/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "core/number.h"
#include "publish/observation_row.h"
#include "sector_rows.h"
#include "transform/assess.h"
#include "why/why.h"

static double number_in(const kt_why *of, const char *column)
{
    double number = NAN;
    const char *cell = kt_why_cell(of, column);
    return kt_number_read(cell, strlen(cell), &number) ? number : NAN;
}

const kt_sector_rate *kt_why_rate(const kt_why *of)
{
    const kt_sector_settings *settings = &of->config->sectors;
    for (size_t i = 0; i < settings->rate_count; i++) {
        if (kt_schema_column(of->schema, "vacancy_rate") != KT_NO_COLUMN &&
            strcmp(settings->rates[i].source, kt_why_cell(of, "source")) == 0) {
            return &settings->rates[i];
        }
    }
    return NULL;
}

static json_t *recomputed_list(const kt_why *of)
{
    json_t *list = json_object_get(of->answer, "recomputed");
    return list == NULL ? kt_why_recomputed(of) : list;
}

static size_t region_of(const kt_why *of, const kt_rollup *rollup)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(rollup, &lines);
    return kt_rollup_line_find(lines, count, kt_why_cell(of, "region_level"),
                               kt_why_cell(of, "region_code"));
}

/* The cell of a measure in the row's region, and in a sector of the slab. */
static size_t cell_of(const kt_why *of, const kt_why_month *month, const kt_cube *slab,
                      const char *measure, size_t sector)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = kt_codes_find(slab->codes[KT_ROLE_MEASURE], measure),
        [KT_ROLE_REGION] = region_of(of, month->rollup),
        [KT_ROLE_OCCUPATION] = kt_codes_find(slab->codes[KT_ROLE_OCCUPATION], KT_TOTAL),
        [KT_ROLE_SECTOR] = sector,
        [KT_ROLE_GROUP] = kt_place_of_all(month->cube, month->source, KT_ROLE_GROUP)};
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        if (at[role] == KT_NO_CODE) {
            return KT_NO_CODE;
        }
    }
    return kt_cube_at(slab, at);
}

/* Nothing is converted: the row's members are cells of the source, as they are of occupations. */
static void explain_own(const kt_why *of, const kt_why_month *month)
{
    static const kt_why_figure figure = {
        .measure = "vacancies", .column = "vacancies", .status = "obs_status"};
    kt_why_month turned = *month;
    turned.rollup = kt_rollup_turned(month->rollup, of->arena);
    if (turned.rollup == NULL) {
        (void)kt_why_section(of, "inputs",
                             json_string("a table of occupations and sectors: ask its source"));
        return;
    }
    turned.cube = kt_cube_turned(month->cube, of->arena);
    turned.slab = kt_cube_turned(month->slab, of->arena);
    kt_why_members(of, &turned, &figure, 1);
}

static const char *certainty_word(kt_certainty certainty)
{
    static const char *const words[] = {
        [KT_FLOW_EXACT] = "exact", [KT_FLOW_MAIN] = "main", [KT_FLOW_UNVERIFIED] = "unverified"};
    return words[certainty];
}

static void put_parts(const kt_why *of, const kt_why_month *month, const kt_conversion *conversion,
                      size_t line)
{
    const kt_conversion_part *parts = NULL;
    const kt_rollup_line *from = NULL;
    const size_t count = kt_conversion_parts(conversion, line, &parts);
    (void)kt_rollup_sectors(month->rollup, &from);
    json_t *list = kt_why_section(of, "members", json_array());
    for (size_t i = 0; i < count; i++) {
        const size_t cell = cell_of(of, month, month->slab, "vacancies", parts[i].line);
        json_t *row = json_object();
        kt_why_put_text(row, "sector", from[parts[i].line].code);
        kt_why_put_number(row, "share", parts[i].share);
        kt_why_put_text(row, "certainty", certainty_word(parts[i].certainty));
        if (cell != KT_NO_CODE) {
            kt_why_put_figure(row, "vacancies", month->slab, cell, month->source);
        }
        json_array_append_new(list, row);
    }
}

/* How much of a converted figure is hidden. */
static kt_status put_share(const kt_why *of, const kt_why_month *month,
                           const kt_conversion *conversion, const kt_cube *slab, size_t cell,
                           kt_error *err)
{
    if (month->known == NULL || cell == KT_NO_CODE) {
        return KT_OK;
    }
    kt_cube *known = NULL;
    KT_TRY(kt_conversion_period(conversion, month->known, of->arena, &known, err));
    kt_why_put_share(of, json_object_get(of->answer, "inputs"), "vacancies",
                     kt_protected_share(slab->value[cell], known->value[cell]));
    return KT_OK;
}

static kt_status explain_converted(const kt_why *of, const kt_why_month *month,
                                   kt_sector_revision to, kt_error *err)
{
    kt_conversion *conversion = NULL;
    const kt_rollup_line *lines = NULL;
    kt_conversion_new(month->rollup, to, of->arena, &conversion);
    if (conversion == NULL) {
        (void)kt_why_section(of, "inputs", json_string("its source is of the same revision today"));
        return KT_OK;
    }
    const size_t count = kt_conversion_sectors(conversion, &lines);
    const size_t line = kt_rollup_line_find(lines, count, kt_why_cell(of, "sector_level"),
                                            kt_why_cell(of, "sector_code"));
    if (line == KT_NO_CODE) {
        (void)kt_why_section(of, "inputs",
                             json_string("the configuration of today has no such row"));
        return KT_OK;
    }
    json_t *inputs = kt_why_section(of, "inputs", json_object());
    kt_why_put_text(inputs, "made_of",
                    kt_arena_print(of->arena,
                                   "sectors of %s, by sector_correspondences.csv: how much "
                                   "moves between them nobody has counted",
                                   kt_sector_revision_name(kt_rollup_revision(month->rollup))));
    kt_why_put_text(inputs, "certainty", lines[line].made_of);
    put_parts(of, month, conversion, line);
    kt_cube *slab = NULL;
    const kt_marked_month marked = kt_why_marked(of, month);
    KT_TRY(kt_sector_convert(conversion, &marked, of->arena, &slab, err));
    const size_t cell = cell_of(of, month, slab, "vacancies", line);
    KT_TRY(put_share(of, month, conversion, slab, cell, err));
    if (cell != KT_NO_CODE && !kt_obs_is_hidden((kt_obs)slab->status[cell])) {
        kt_why_compare(recomputed_list(of), "vacancies", round(slab->value[cell]),
                       kt_why_cell(of, "vacancies"));
    }
    return KT_OK;
}

/* The persons employed as their own table has them; nothing where it is of another revision. */
static void compare_employed(const kt_why *of, const kt_sector_rate *rate, json_t *section)
{
    kt_why_month month;
    char period[KT_PERIOD_SIZE];
    const kt_rollup_line *lines = NULL;
    const kt_period year = {KT_YEARLY, (int)number_in(of, "employed_year")};
    kt_why_put_text(section, "period", kt_period_write(year, period));
    kt_why_month_open(of, rate->denominator, period, NAN, &month);
    if (month.reason != NULL) {
        kt_why_put_text(section, "reason", month.reason);
        return;
    }
    const kt_sector_revision own = kt_rollup_revision(month.rollup);
    const kt_sector_revision row = kt_sector_revision_find(kt_why_cell(of, "sector_revision"));
    const size_t count = kt_rollup_sectors(month.rollup, &lines);
    if (own != KT_SECTOR_REVISIONS && !kt_sector_revisions_same(own, row)) {
        kt_why_put_text(section, "converted_from", kt_sector_revision_name(own));
        return;
    }
    const size_t cell = cell_of(of, &month, month.slab, kt_rate_measure(rate->definition),
                                kt_rollup_line_find(lines, count, kt_why_cell(of, "sector_level"),
                                                    kt_why_cell(of, "sector_code")));
    if (cell != KT_NO_CODE) {
        kt_why_compare(recomputed_list(of), "employed",
                       kt_figure_published(month.slab, cell, month.source, true).is.value,
                       kt_why_cell(of, "employed"));
    }
}

static bool is_told_by_source(const kt_why *of, const kt_sector_rate *rate)
{
    const size_t at = kt_config_source(of->config, rate->denominator);
    return at < of->config->source_count &&
           kt_source_measure(of->config->sources[at], kt_rate_measure(rate->definition)) == NULL;
}

static void explain_rate(const kt_why *of)
{
    const kt_sector_rate *rate = kt_why_rate(of);
    if (rate == NULL) {
        return;
    }
    if (is_told_by_source(of, rate)) {
        (void)kt_why_section(of, "denominator", json_string("the rate is the source's own"));
        return;
    }
    json_t *section = kt_why_section(of, "denominator", json_object());
    kt_why_put_text(section, "source", rate->denominator);
    kt_why_put_text(section, "measure", kt_rate_measure(rate->definition));
    kt_why_put_text(section, "definition", kt_why_cell(of, "vacancy_rate_definition"));
    const double employed = number_in(of, "employed");
    if (isnan(employed)) {
        return;
    }
    kt_why_put_number(section, "figure", employed);
    compare_employed(of, rate, section);
    kt_why_compare(recomputed_list(of), "vacancy_rate",
                   kt_sector_rate_of(rate->definition, number_in(of, "vacancies"), employed),
                   kt_why_cell(of, "vacancy_rate"));
}

kt_status kt_why_sector(const kt_why *of, kt_error *err)
{
    kt_why_month month;
    const kt_sector_revision row = kt_sector_revision_find(kt_why_cell(of, "sector_revision"));
    kt_why_month_open(of, kt_why_cell(of, "source"), kt_why_cell(of, "time_period"), NAN, &month);
    if (month.reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(month.reason));
        return KT_OK;
    }
    if (kt_rollup_revision(month.rollup) == row) {
        explain_own(of, &month);
    } else {
        KT_TRY(explain_converted(of, &month, row, err));
    }
    explain_rate(of);
    return KT_OK;
}
