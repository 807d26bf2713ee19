/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "two_sources_rows.h"
#include "why/why.h"

static bool has_level(const kt_source_pair *pair, const char *level)
{
    for (size_t i = 0; i < pair->level_count; i++) {
        if (strcmp(pair->levels[i], level) == 0) {
            return true;
        }
    }
    return false;
}

static const kt_source *source_of(const kt_why *of, kt_figure_place place)
{
    return of->config->sources[kt_config_source(of->config, place.source)];
}

const kt_source_pair *kt_why_pair(const kt_why *of)
{
    kt_period period;
    if (strcmp(of->schema->table, "two_sources") != 0 ||
        !kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        return NULL;
    }
    for (size_t i = 0; i < of->config->pairs.count; i++) {
        const kt_source_pair *pair = &of->config->pairs.at[i];
        if (strcmp(pair->indicator, kt_why_cell(of, "indicator")) == 0 &&
            has_level(pair, kt_why_cell(of, "region_level")) &&
            source_of(of, pair->asked)->frequency == period.frequency) {
            return pair;
        }
    }
    return NULL;
}

static kt_published_figure not_there(void)
{
    return (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED};
}

/* The row's region in a rolled-up period; not collected where the table does not have it. */
static kt_published_figure figure_in(const kt_why *of, const kt_why_month *month,
                                     const char *measure)
{
    const kt_rollup_line *regions = NULL;
    const kt_rollup_line *occupations = NULL;
    const size_t region_count = kt_rollup_regions(month->rollup, &regions);
    const size_t occupation_count = kt_rollup_occupations(month->rollup, &occupations);
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = kt_codes_find(month->slab->codes[KT_ROLE_MEASURE], measure),
        [KT_ROLE_REGION] = kt_rollup_line_find(
            regions, region_count, kt_why_cell(of, "region_level"), kt_why_cell(of, "region_code")),
        [KT_ROLE_OCCUPATION] =
            kt_rollup_line_find(occupations, occupation_count, KT_TOTAL, KT_TOTAL),
        [KT_ROLE_SECTOR] = kt_rollup_all_sectors(month->rollup),
        [KT_ROLE_GROUP] = kt_place_of_all(month->cube, month->source, KT_ROLE_GROUP),
    };
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        if (at[role] == KT_NO_CODE) {
            return not_there();
        }
    }
    return kt_figure_published(month->slab, kt_cube_at(month->slab, at), month->source, true);
}

/* One period of one source, as a row of the list; *known is false where nobody can tell. */
static kt_published_figure add_input(const kt_why *of, kt_figure_place place, kt_period period,
                                     json_t *list, bool *known)
{
    char name[KT_PERIOD_SIZE];
    kt_why_month month;
    kt_published_figure figure = not_there();
    json_t *row = json_object();
    json_array_append_new(list, row);
    kt_why_month_open(of, place.source, kt_period_write(period, name), NAN, &month);
    kt_why_put_text(row, "source", place.source);
    kt_why_put_text(row, "time_period", name);
    if (month.reason != NULL) {
        *known = false;
        kt_why_put_text(row, "reason", month.reason);
        return figure;
    }
    figure = figure_in(of, &month, place.measure);
    const char letter[] = {kt_obs_letter(figure.obs), '\0'};
    kt_why_put_number(row, place.measure, figure.is.value);
    kt_why_put_text(row, "status", letter);
    return figure;
}

static void compare(const kt_why *of, kt_published_figure counted, kt_published_figure asked)
{
    json_t *list = kt_why_recomputed(of);
    kt_why_compare(list, "register", counted.is.value, kt_why_cell(of, "register"));
    kt_why_compare(list, "survey", asked.is.value, kt_why_cell(of, "survey"));
    kt_why_compare(list, "ratio", kt_pair_ratio(counted, asked).is.value, kt_why_cell(of, "ratio"));
}

kt_status kt_why_two_sources(const kt_why *of, kt_error *err)
{
    const kt_source_pair *pair = kt_why_pair(of);
    kt_period period;
    (void)err;
    if (pair == NULL || !kt_period_read(kt_why_cell(of, "time_period"), &period)) {
        (void)kt_why_section(of, "inputs",
                             json_string("the configuration of today compares no such figures"));
        return KT_OK;
    }
    (void)kt_why_section(of, "compared", json_string(pair->definition.en));
    const kt_month_list months =
        kt_pair_months(pair, source_of(of, pair->counted)->frequency, period);
    kt_published_figure counted[KT_MOST_MONTHS];
    json_t *list = kt_why_section(of, "inputs", json_array());
    bool known = true;
    for (size_t i = 0; i < months.count; i++) {
        counted[i] = add_input(of, pair->counted, months.at[i], list, &known);
    }
    const kt_published_figure asked = add_input(of, pair->asked, period, list, &known);
    if (known || kt_why_cell(of, "ratio")[0] == '\0') {
        compare(of, kt_pair_mean(counted, months.count), asked);
    }
    return KT_OK;
}
