/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_sheet.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/measure.h"
#include "analysis/mismatch.h"
#include "index_columns.h"

enum { COUNTED, ASKED, SIDES };

static const char *const columns[SIDES] = {"register", "survey"};

/* What the rows are made from, and the regions of one level in one period. */
typedef struct gathering {
    const kt_panel *panel;
    kt_arena *arena;
    kt_source_sheet *out;
    size_t room;
    double *unemployed[SIDES], *vacancies[SIDES];
    size_t regions;
    kt_obs obs;
} gathering;

static const char *cell(const gathering *of, const kt_panel_line *line, const char *column)
{
    return kt_panel_cell(of->panel, line, column);
}

/* The row of vacancies of the same region and frequency; NULL if there is none. */
static const kt_panel_line *vacancies_of(const gathering *of, const kt_panel_line *unemployed)
{
    const char *const key[] = {cell(of, unemployed, "region_level"),
                               cell(of, unemployed, "region_code"), "vacancies"};
    return kt_panel_find(of->panel, key, unemployed->first.frequency);
}

/* A region counts where all four figures are known. */
static void add_region(gathering *of, const kt_panel_line *unemployed, kt_period period)
{
    const kt_panel_line *vacancies = vacancies_of(of, unemployed);
    kt_published_figure u[SIDES], v[SIDES];
    for (size_t side = 0; side < SIDES; side++) {
        u[side] = kt_panel_figure(unemployed, side, period);
        v[side] = kt_panel_figure(vacancies, side, period);
        if (isnan(u[side].is.value) || isnan(v[side].is.value)) {
            return;
        }
    }
    for (size_t side = 0; side < SIDES; side++) {
        of->unemployed[side][of->regions] = u[side].is.value;
        of->vacancies[side][of->regions] = v[side].is.value;
        of->obs = kt_obs_worse(of->obs, kt_obs_worse(u[side].obs, v[side].obs));
    }
    of->regions++;
}

static kt_status mismatch_of(const gathering *of, size_t side, double *out, kt_error *err)
{
    static const double half = 0.5;
    const kt_cells cells = {.count = of->regions,
                            .unemployed = of->unemployed[side],
                            .vacancies = of->vacancies[side],
                            .unemployed_total_low = NAN,
                            .unemployed_total_high = NAN,
                            .vacancies_total_low = NAN,
                            .vacancies_total_high = NAN};
    kt_mismatch found;
    KT_TRY(kt_mismatch_compute(&cells, &half, 1, of->arena, &found, err));
    *out = found.value;
    return KT_OK;
}

static bool begins(const gathering *of, const kt_panel_line *line, const char *level)
{
    return strcmp(cell(of, line, "indicator"), "unemployed") == 0 &&
           strcmp(cell(of, line, "region_level"), level) == 0;
}

static kt_status add_period(gathering *of, const char *level, kt_period period, kt_error *err)
{
    kt_source_mismatch made = {.period = period, .level = level};
    of->regions = 0;
    of->obs = KT_OBS_OBSERVED;
    for (size_t i = 0; i < of->panel->line_count; i++) {
        const kt_panel_line *line = &of->panel->lines[i];
        if (begins(of, line, level) && line->first.frequency == period.frequency) {
            add_region(of, line, period);
        }
    }
    if (of->regions < 2) {
        return KT_OK;
    }
    KT_TRY(mismatch_of(of, COUNTED, &made.counted, err));
    KT_TRY(mismatch_of(of, ASKED, &made.asked, err));
    made.regions = of->regions;
    made.obs = of->obs;
    kt_source_sheet *out = of->out;
    out->at = kt_arena_grow(of->arena, out->at, out->count, &of->room, sizeof *out->at);
    out->at[out->count++] = made;
    return KT_OK;
}

/* True for the first line of its level and frequency: its periods are those of all. */
static bool is_first(const gathering *of, size_t line)
{
    const kt_panel_line *is = &of->panel->lines[line];
    const char *level = cell(of, is, "region_level");
    bool first = begins(of, is, level);
    for (size_t i = 0; first && i < line; i++) {
        const kt_panel_line *before = &of->panel->lines[i];
        first = !begins(of, before, level) || before->first.frequency != is->first.frequency;
    }
    return first;
}

static kt_status add_level(gathering *of, const kt_panel_line *line, kt_error *err)
{
    for (size_t i = 0; i < line->count; i++) {
        const kt_period period = {line->first.frequency, line->first.index + (int)i};
        KT_TRY(add_period(of, cell(of, line, "region_level"), period, err));
    }
    return KT_OK;
}

kt_status kt_source_sheet_make(const kt_contract *contract, const kt_panel_place *place,
                               kt_arena *arena, kt_source_sheet *out, kt_error *err)
{
    const kt_panel_ask ask = {.schema = kt_contract_find(contract, "two_sources"),
                              .figures = columns,
                              .figure_count = SIDES};
    kt_panel *panel = NULL;
    *out = (kt_source_sheet){0};
    KT_TRY(kt_panel_read(&ask, place, arena, &panel, err));
    gathering of = {.panel = panel, .arena = arena, .out = out};
    for (size_t side = 0; side < SIDES; side++) {
        of.unemployed[side] = kt_arena_array(arena, double, panel->line_count + 1);
        of.vacancies[side] = kt_arena_array(arena, double, panel->line_count + 1);
    }
    for (size_t i = 0; i < panel->line_count; i++) {
        KT_TRY(is_first(&of, i) ? add_level(&of, &panel->lines[i], err) : KT_OK);
    }
    return KT_OK;
}

size_t kt_source_sheet_count(const kt_source_sheet *sheet, int year)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        count += kt_period_year(sheet->at[i].period) == year ? 1 : 0;
    }
    return count;
}

void kt_source_sheet_hash(const kt_source_sheet *sheet, int year, kt_hasher *hasher)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const kt_source_mismatch *row = &sheet->at[i];
        if (kt_period_year(row->period) == year) {
            const double numbers[] = {row->counted, row->asked, (double)row->period.index,
                                      (double)row->period.frequency, (double)row->obs};
            kt_hash_add(hasher, row->level, strlen(row->level) + 1);
            kt_hash_add(hasher, numbers, sizeof numbers);
        }
    }
}

static kt_status put(const kt_source_mismatch *row, size_t side, kt_rows *rows, kt_error *err)
{
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE], headline[80], method[120];
    const kt_measure *measure = kt_measure_find("mismatch");
    const double value = side == COUNTED ? row->counted : row->asked;
    (void)snprintf(headline, sizeof headline, "mismatch %s 0.5", row->level);
    (void)snprintf(method, sizeof method, "%s/%d alpha=0.5 of two_sources, %zu regions",
                   measure->id, measure->version, row->regions);
    kt_rows_text(rows, KT_SENSITIVITY_TIME_PERIOD, kt_period_write(row->period, period));
    kt_rows_text(rows, KT_SENSITIVITY_PERIOD_START, kt_period_start(row->period, start));
    kt_rows_text(rows, KT_SENSITIVITY_HEADLINE, headline);
    kt_rows_text(rows, KT_SENSITIVITY_ASPECT, "data_source");
    kt_rows_text(rows, KT_SENSITIVITY_SETTING, columns[side]);
    kt_rows_number(rows, KT_SENSITIVITY_VALUE, value);
    kt_rows_status(rows, KT_SENSITIVITY_OBS_STATUS, isnan(value) ? KT_OBS_IMPOSSIBLE : row->obs);
    kt_rows_text(rows, KT_SENSITIVITY_METHOD, method);
    return kt_rows_end(rows, err);
}

kt_status kt_source_sheet_add(const kt_source_sheet *sheet, int year, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < sheet->count; i++) {
        const bool inside = kt_period_year(sheet->at[i].period) == year;
        KT_TRY(inside ? put(&sheet->at[i], COUNTED, rows, err) : KT_OK);
        KT_TRY(inside ? put(&sheet->at[i], ASKED, rows, err) : KT_OK);
    }
    return KT_OK;
}
